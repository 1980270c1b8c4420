"""A report held against its sealed plan: what was kept, what was changed and what is not told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vuon.errors import N_, VuonError, Words
from vuon.trials.analyse import AS_PLANNED, Analysis
from vuon.trials.plans import cells_of
from vuon.trials.protocol import EXPLORATORY, Protocol

SAME, CHANGED, UNTOLD = "same", "changed", "untold"


@dataclass(frozen=True)
class Point:
    """One thing of the plan and what became of it."""

    code: str
    state: str
    words: Words


def as_report(protocol: Protocol, found: Analysis) -> dict[str, Any]:
    """What a reading reports, in the form that `against` holds against a plan."""
    primary = found.primary
    return {
        "plan": found.plan_sha256,
        "rows": found.rows_sha256,
        "label": found.label,
        "primary": primary.outcome.key if primary else "",
        "worthwhile": primary.outcome.worthwhile if primary else None,
        "units": len(cells_of(protocol.lot)),
        "lot": protocol.lot.kind,
        "alpha": found.alpha,
        "looks": len(protocol.looks),
        "outcomes": [each.outcome.key for each in found.outcomes],
        "missing": sum(each.missing for each in found.outcomes),
        "verdict": primary.verdict.code if primary and primary.verdict else "",
    }


def against(protocol: Protocol, plan_sha256: str, report: Mapping[str, Any]) -> tuple[Point, ...]:
    """What a report says beside what its plan said.

    Args:
        protocol: the sealed plan.
        plan_sha256: its hash.
        report: as `as_report` gives it, or written by hand; what it leaves out is untold.

    Raises:
        VuonError: `report.kind` for what is no table.

    >>> points = against(Protocol("x"), "", {"lot": "complete"})
    >>> next(point.state for point in points if point.code == "lot")
    'changed'
    """
    if not isinstance(report, Mapping):
        raise VuonError(
            "report.kind",
            Words(N_("This is no report.")),
            Words(N_("Give what `vuon trial read --json` prints.")),
        )
    primary = protocol.primary
    planned: dict[str, tuple[object, str]] = {
        "plan": (plan_sha256, N_("plan by its hash")),
        "primary": (primary.key if primary else "", N_("outcome that decides")),
        "worthwhile": (primary.worthwhile if primary else None, N_("worthwhile gain")),
        "units": (len(cells_of(protocol.lot)), N_("units")),
        "lot": (protocol.lot.kind, N_("lot")),
        "alpha": (protocol.last_alpha, N_("level of the last reading")),
        "looks": (len(protocol.looks), N_("looks before the end")),
        "outcomes": ([each.key for each in protocol.outcomes], N_("all outcomes")),
    }
    found = [_point(key, report, *said) for key, said in planned.items()]
    label = report.get("label")
    if label == EXPLORATORY:
        found.append(Point("label", CHANGED, Words(N_("The reading is exploratory."))))
    elif label != AS_PLANNED:
        words = Words(N_("It is not told whether the sealed plan was followed."))
        found.append(Point("label", UNTOLD, words))
    return tuple(found)


def _point(key: str, report: Mapping[str, Any], planned: object, name: str) -> Point:
    named = {"what": Words(name), "planned": _shown(planned)}
    if key not in report or report[key] in (None, ""):
        words = N_("{what}: the plan said {planned}, the report says nothing.")
        return Point(key, UNTOLD if planned not in (None, "") else SAME, Words(words, named))
    told = report[key]
    named["told"] = _shown(told)
    if _same(planned, told):
        return Point(key, SAME, Words(N_("{what}: {told}, as planned."), named))
    words = N_("{what}: the plan said {planned}, the report says {told}.")
    return Point(key, CHANGED, Words(words, named))


def _same(planned: object, told: object) -> bool:
    numbers = isinstance(planned, int | float) and isinstance(told, int | float)
    if numbers:
        return abs(float(planned) - float(told)) <= 1e-9  # type: ignore[arg-type]
    if isinstance(planned, list) and isinstance(told, list):
        return sorted(map(str, planned)) == sorted(map(str, told))
    return planned == told


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    if isinstance(value, float):
        return f"{value:g}"
    return str(value) if value not in (None, "") else "–"
