"""`journey.toml`: read with errors that name the line, written in one canonical form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vuon.errors import N_, Words
from vuon.journeys.model import KINDS, LIGHTS, STATUSES, Edge, Journey, Pin, Share, Step
from vuon.toml.table import Table
from vuon.toml.writing import Section, dumps

FORMAT = 1
#: What this version reads; every other table is kept and written back.
_OWN = ("format", "id", "title", "status", "step", "edge", "pin")
MOST_STEPS = 200


def read(source: Path | str, name: str = "journey.toml") -> Journey:
    """The journey of a file or a text.

    Raises:
        VuonError: `toml.…` and `table.…` with file and line; `journey.format` for a newer format;
            `journey.unknown_step` for an edge or pin to a step that is not there;
            `journey.too_many` above 200 steps.

    >>> read('format = 1\\n[[step]]\\nkey = "desk"\\ntitle = "Quầy"').step("desk").title.vi
    'Quầy'
    """
    table = Table.read(source, name)
    if table.whole("format", 1) > FORMAT:
        raise table.wrong(
            "journey.format",
            Words(N_("This journey is written in a format that is not known here.")),
            Words(N_("Install a newer Vuon, or write format = {known}."), {"known": FORMAT}),
            "format",
        )
    steps = tuple(_step(item) for item in table.items("step", optional=True))
    if len(steps) > MOST_STEPS:
        raise table.wrong(
            "journey.too_many",
            Words(
                N_("The journey has {count} steps, more than {most}."),
                {"count": len(steps), "most": MOST_STEPS},
            ),
            Words(N_("Divide it into several journeys.")),
            "step",
        )
    keys = [step.key for step in steps]
    found = Journey(
        id=table.name("id", "journey"),
        title=table.label("title"),
        status=table.among("status", STATUSES, "as_is"),
        steps=steps,
        edges=tuple(_edge(item, keys) for item in table.items("edge", optional=True)),
        pins=tuple(_pin(item, keys) for item in table.items("pin", optional=True)),
        extra={key: value for key, value in table.values.items() if key not in _OWN},
    )
    for key in found.extra:
        table.finished(key)
    table.finish()
    return found


def _step(table: Table) -> Step:
    return Step(
        key=table.name("key"),
        title=table.label("title", optional=False),
        office=table.label("office"),
        kind=table.among("kind", KINDS, "do"),
        hands_over=table.label("hands_over"),
        stops=table.label("stops"),
        gives_up=_share(table, "gives_up"),
    )


def _share(table: Table, key: str) -> Share | None:
    if key not in table:
        return None
    inner = table.inner(key)
    return Share(inner.share("value"), inner.among("light", LIGHTS, "assumed"))


def _edge(table: Table, keys: list[str]) -> Edge:
    return Edge(
        source=_known(table, "from", keys),
        target=_known(table, "to", keys),
        rework=table.flag("rework"),
        share=_share(table, "share"),
        why=table.label("why"),
    )


def _pin(table: Table, keys: list[str]) -> Pin:
    return Pin(table.words("evidence"), _known(table, "step", keys), table.flag("against"))


def _known(table: Table, key: str, keys: list[str]) -> str:
    found = table.name(key)
    if found not in keys:
        raise table.wrong(
            "journey.unknown_step",
            Words(N_("{step} is no step of this journey."), {"step": found}),
            Words(N_("Correct its spelling, or add the step.")),
            key,
        )
    return found


def write(journey: Journey) -> str:
    """The journey as canonical TOML: the same journey always gives the same text."""
    sections: list[Section] = [
        (
            "",
            {
                "format": FORMAT,
                "id": journey.id,
                "title": journey.title,
                "status": journey.status,
                **{k: v for k, v in journey.extra.items() if not _is_table(v)},
            },
        )
    ]
    sections += [("[[step]]", _step_values(step)) for step in journey.steps]
    sections += [("[[edge]]", _edge_values(edge)) for edge in journey.edges]
    sections += [
        ("[[pin]]", {"step": pin.step, "evidence": pin.evidence, "against": pin.against or None})
        for pin in journey.pins
    ]
    for key, value in journey.extra.items():
        if isinstance(value, Mapping):
            sections.append((f"[{key}]", value))
        elif _is_table(value):
            sections += [(f"[[{key}]]", each) for each in value]  # type: ignore[attr-defined]
    return dumps(sections)


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)
    )


def _step_values(step: Step) -> dict[str, Any]:
    return {
        "key": step.key,
        "title": step.title,
        "office": step.office,
        "kind": step.kind,
        "hands_over": step.hands_over,
        "stops": step.stops,
        "gives_up": _share_values(step.gives_up),
    }


def _edge_values(edge: Edge) -> dict[str, Any]:
    return {
        "from": edge.source,
        "to": edge.target,
        "rework": edge.rework or None,
        "share": _share_values(edge.share),
        "why": edge.why,
    }


def _share_values(share: Share | None) -> dict[str, Any] | None:
    return {"value": share.value, "light": share.light} if share else None
