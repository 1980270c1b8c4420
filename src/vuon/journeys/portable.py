"""A comparison as one JSON that a browser runs without the network: arrays, patches, luck.

The arrays of the journey as it is stand there once; each position of a lever is a patch against
them, and a combination of levers is its patches one after the other and what then is left over, so
that the arrays are exactly those that `compile` gives. Whole numbers beyond 2**53 are written as
text. Nothing here is a statistic: those come from the kernels.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from vuon.journeys import compare as c
from vuon.journeys import kernel_compare as k
from vuon.journeys import kernel_results as r
from vuon.journeys import kernel_tables as t
from vuon.journeys import simulate as s
from vuon.journeys.applying import Change
from vuon.journeys.compile import Compiled, Envelope, compiled
from vuon.journeys.model import Journey
from vuon.journeys.people import METRICS
from vuon.journeys.positions import Lever, envelope_of, levers_of, variants

Arrays = Mapping[str, Sequence[int] | Sequence[float]]
#: Stretches of an array that are others: from which cell on, and what; -1 replaces all of it.
Patch = dict[str, list[tuple[int, list[Any]]]]
FORMAT = 1
#: Cells in between that are alike and yet sent: a stretch of its own costs more.
GAP = 4
#: From so many values on, whole numbers are sent as differences.
LONG = 24
_EXACT = 2**53


@dataclass(frozen=True)
class Portable:
    """A journey, the levers of an idea, and what every combination changes.

    Args:
        base: as it is.
        floor: what the values change that have no lever; often nothing.
        singles: by lever and position, against `floor`; None where it cannot run.
        rests: by combination, what is left over after `floor` and the singles; None if it cannot
            run.
        under: the envelope of all of them.
    """

    levers: tuple[Lever, ...]
    base: Compiled
    floor: Patch
    singles: tuple[tuple[Patch, ...], ...]
    rests: Mapping[tuple[int, ...], Patch | None]
    under: Envelope

    def arrays(self, places: Sequence[int]) -> dict[str, list[Any]]:
        """The kernel's inputs at a combination, put together as a browser does it.

        Raises:
            ValueError: it cannot run.
        """
        rest = self.rests[tuple(places)]
        if rest is None:
            raise ValueError(f"{places} cannot run")
        return patched(self.together(places), rest)

    def together(self, places: Sequence[int]) -> dict[str, list[Any]]:
        """The patches of a combination's positions one after the other, without its rest."""
        found = patched(self.base.arrays, self.floor)
        for lever, place in zip(self.singles, places, strict=True):
            found = patched(found, lever[place])
        return found


def patch(before: Arrays, after: Arrays) -> Patch:
    """The stretches in which `after` differs.

    >>> patch({"a": [1, 2, 3], "b": [1]}, {"a": [1, 5, 6], "b": [1, 2]})
    {'a': [(1, [5, 6])], 'b': [(-1, [1, 2])]}
    """
    found: Patch = {}
    for name, values in after.items():
        old = before.get(name)
        if old is None or len(old) != len(values):
            found[name] = [(-1, list(values))]
            continue
        cells = [n for n, (x, y) in enumerate(zip(old, values, strict=True)) if x != y]
        if cells:
            found[name] = [(a, list(values[a : b + 1])) for a, b in _stretches(cells)]
    return found


def _stretches(cells: Sequence[int]) -> list[tuple[int, int]]:
    found = [(cells[0], cells[0])]
    for each in cells[1:]:
        first, last = found[-1]
        if each - last <= GAP:
            found[-1] = (first, each)
        else:
            found.append((each, each))
    return found


def patched(arrays: Arrays, changes: Patch) -> dict[str, list[Any]]:
    """The arrays with a patch laid over them.

    >>> patched({"a": [1, 2, 3]}, {"a": [(1, [5, 6, 7])]})
    {'a': [1, 5, 6, 7]}
    """
    found = {name: list(values) for name, values in arrays.items()}
    for name, stretches in changes.items():
        for first, values in stretches:
            if first < 0:
                found[name] = list(values)
            else:
                found[name][first : first + len(values)] = values
    return found


def portable(journey: Journey, changes: Sequence[Change]) -> Portable:
    """A journey and the levers of changes, compiled for a browser.

    Args:
        journey: one that `runnable` has nothing against.
        changes: those of an idea, each with a target and values.

    Raises:
        VuonError: `journey.too_large` if the journey does not fit into the kernel's tables.
    """
    levers = levers_of(journey, changes)
    redesigns = variants(journey, changes, levers)
    under = envelope_of(journey, redesigns.values())
    base = compiled(journey, under=under)
    made: dict[tuple[int, ...], Arrays | None] = {
        places: compiled(each, under=under).arrays if each else None
        for places, each in redesigns.items()
    }
    zero = made[(0,) * len(levers)] or base.arrays
    singles = tuple(
        tuple(
            patch(zero, made[_alone(levers, n, place)] or zero)
            for place in range(len(lever.values))
        )
        for n, lever in enumerate(levers)
    )
    found = Portable(levers, base, patch(base.arrays, zero), singles, {}, under)
    rests = {
        places: None if arrays is None else patch(found.together(places), arrays)
        for places, arrays in made.items()
    }
    return replace(found, rests=rests)


def _alone(levers: Sequence[Lever], number: int, place: int) -> tuple[int, ...]:
    return tuple(place if n == number else 0 for n in range(len(levers)))


def told(
    journey: Journey,
    found: Portable,
    *,
    seed: int = 1,
    scenario: int = 0,
    metrics: Sequence[str] = METRICS,
    pilot: int = c.PILOT,
    cap: int = c.CAP,
) -> dict[str, Any]:
    """A comparison as plain values for JSON; the browser's `frontend/src/wasm` reads it.

    Args:
        journey: as it is.
        seed, scenario, metrics, pilot, cap: as of `compare`.
    """
    rows = {key: n for n, key in enumerate(found.base.groups)} | {"": r.ROW_ALL}
    columns = c.columns_of(metrics, c.shared_groups(journey, journey))
    wanted = c.wanted_of(journey)
    decides = c.deciding(wanted, columns)
    return {
        "format": FORMAT,
        "base": _arrays(found.base.arrays),
        "floor": _patch(found.floor),
        "singles": [[_patch(each) for each in lever] for lever in found.singles],
        # The last lever moves fastest.
        "rests": [rest if rest is None else _patch(rest) for rest in found.rests.values()],
        "ideas": [lever.idea for lever in found.levers],
        "luck": [str(key) for key in s.luck(seed, scenario, range(cap))],
        "pilot": pilot,
        "cap": cap,
        "student": list(c.student(cap)),
        "columns": [
            {
                "metric": metric,
                "group": group,
                "at": rows[group] * r.OUTCOMES + c.PLACES[metric],
                "needs": -1 if c.needs(metric) < 0 else rows[group] * r.OUTCOMES + c.needs(metric),
                "enough": wanted.get((metric, group), 0.0),
                "decides": (metric, group) in decides,
                "better": c.better(metric, 1.0, True),
            }
            for metric, group in columns
        ],
        "kernel": KERNEL,
    }


#: Constants of the kernels by which a browser calls them.
KERNEL = {
    "replications": t.REPLICATIONS,
    "h_replications": t.H_REPLICATIONS,
    "h_phase": t.H_PHASE,
    "width": r.ROWS * r.OUTCOMES,
    "values": k.VALUES,
    "v": {
        "before": k.V_LEFT, "after": k.V_RIGHT, "mean": k.V_MEAN, "half": k.V_HALF,
        "needed": k.V_NEEDED, "sure": k.V_SURE,
    },
}  # fmt: skip


@lru_cache(maxsize=8)
def layout_hash(module: Path) -> str:
    """The hash of the layout of a built kernel, as text: what a browser's copy must have."""
    return str(json.loads(module.with_suffix(".layout.json").read_text(encoding="utf-8"))["hash"])


def written(values: Mapping[str, Any]) -> str:
    """What is told as JSON in one line."""
    return json.dumps(values, separators=(",", ":"), allow_nan=False, ensure_ascii=False)


def _arrays(arrays: Arrays) -> dict[str, Any]:
    return {name: _packed(values) for name, values in arrays.items()}


def _patch(changes: Patch) -> dict[str, Any]:
    return {
        name: [[first, _packed(values)] for first, values in stretches]
        for name, stretches in changes.items()
    }


def _packed(values: Sequence[Any]) -> Any:
    """Values as JSON holds them; long rows of whole numbers by their differences.

    >>> _packed([1, 2**60, 0.5]), _packed(range(30, 900, 30))["d"][:3]
    ([1, '1152921504606846976', 0.5], [30, 30, 30])
    """
    if len(values) > LONG and all(_is_whole(each) for each in values):
        whole = [int(each) for each in values]
        return {"d": [whole[0], *(b - a for a, b in itertools.pairwise(whole))]}
    return [_number(each) for each in values]


def _is_whole(value: float) -> bool:
    """Whether a number of JSON without a point means the same, to the bit."""
    if not abs(value) < _EXACT or value != int(value):
        return False
    return value != 0 or math.copysign(1, value) > 0


def _number(value: float) -> int | float | str:
    if _is_whole(value):
        return int(value)
    return value if isinstance(value, float) and math.isfinite(value) else _text(value)


def _text(value: float) -> str:
    """As scripts read it.

    >>> _text(2**60), _text(float("-inf")), _text(float("nan"))
    ('1152921504606846976', '-Infinity', 'NaN')
    """
    if isinstance(value, int) or value != value:
        return str(value).replace("nan", "NaN")
    return "Infinity" if value > 0 else "-Infinity"


__all__ = ["Patch", "Portable", "layout_hash", "patch", "patched", "portable", "told", "written"]
