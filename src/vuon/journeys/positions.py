"""The levers of an idea: each value of its changes, from as it is over the idea to beyond it.

A lever stands at one of a few positions. The first one leaves the value out, which is the journey
as it is; one of the others is the idea's own. Every combination is a journey of its own, so that
what a browser shows at a combination is what `vuon journey compare` says of it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vuon.errors import VuonError
from vuon.journeys.applying import Change, apply, edge_address, part_of
from vuon.journeys.arrival_arrays import Envelope, envelope
from vuon.journeys.dists import mean
from vuon.journeys.levers import WHERE
from vuon.journeys.model import PRIORITIES, Figure, Journey, Share, of_group
from vuon.journeys.running import runnable

#: The most combinations that are made.
MOST = 125
#: How far a position is from as it is (0) to the idea (1), in the order in which they are kept
#: where there are too many.
PARTS = (0.0, 1.0, 1.5, 0.5, 2.0)
#: Values that only say how another one is meant.
HOW = (*WHERE, "every")
SWITCHES = ("new_visit", "keep_place", "remove", "reuse")
COUNTS = ("desks", "batch_per_week", "batch_size", "priority")
MONEY = ("fee", "other_money", "cost_per_hour")
SHARES = ("gives_up", "missing", "share", "digital", "appointments", "no_show")
#: The least and the most of what has bounds.
BOUNDS: Mapping[str, tuple[float, float]] = {
    "share": (0.0, 1.0),
    "factor": (0.0, math.inf),
    "money": (0.0, math.inf),
}
BOUNDS_OF: Mapping[str, tuple[float, float]] = {
    "batch_per_week": (1, 5),
    "batch_size": (1, math.inf),
    "priority": (0, PRIORITIES - 1),
}


@dataclass(frozen=True)
class Lever:
    """One value of one change that can be set otherwise.

    Args:
        change: the number of the change among those given.
        name: the value, as the change writes it.
        kind: "factor" (of 1), "share" (0 to 1), "count", "minutes", "money" (đồng), "switch".
        now: what the journey has as it is; None where it has nothing of the kind.
        values: by position; None leaves the value out.
        idea: the position of the idea's own value.
    """

    change: int
    name: str
    kind: str
    now: float | None
    values: tuple[float | None, ...]
    idea: int


def kind_of(name: str) -> str:
    """The kind of a value of a change.

    >>> [kind_of(each) for each in ("service_factor", "desks", "reuse", "fee", "move_minutes")]
    ['factor', 'count', 'switch', 'money', 'minutes']
    """
    if name in SWITCHES or name.startswith("into_"):
        return "switch"
    if name in COUNTS:
        return "count"
    if name in MONEY:
        return "money"
    if name in SHARES:
        return "share"
    return "minutes" if name.endswith("_minutes") else "factor"


def between(name: str, now: float | None, value: float) -> list[tuple[float, float | None]]:
    """The positions of a value: how far each is, and what it sets.

    >>> between("service_factor", 1.0, 0.6)
    [(0.0, None), (0.5, 0.8), (1.0, 0.6), (1.5, 0.4), (2.0, 0.2)]
    >>> between("desks", 0.0, 1)
    [(0.0, None), (1.0, 1), (1.5, 2), (2.0, 3)]
    >>> between("reuse", 0.0, 1)
    [(0.0, None), (1.0, 1)]
    """
    kind = kind_of(name)
    found: list[tuple[float, float | None]] = [(0.0, None), (1.0, value)]
    if kind == "switch" or now is None or value == now:
        return found
    low, high = BOUNDS_OF.get(name) or BOUNDS.get(kind, (-math.inf, math.inf))
    if kind == "minutes" and name != "move_minutes":
        low = 0.0
    way = value - now
    if kind == "count":
        sign = 1 if way > 0 else -1
        steps = [(1.5, value + sign), (2.0, value + 2 * sign)]
        steps += [(0.5, now + sign * (abs(way) // 2))] if abs(way) > 1 else []
    else:
        steps = [(part, _round(now + part * way)) for part in (0.5, 1.5, 2.0)]
        # Towards zero it is halved, not crossed.
        steps = [(p, _round(value / (1 + p)) if p > 1 and x <= low == 0 else x) for p, x in steps]
    taken = {now, value}
    for part, made in steps:
        beyond = (made - value) * way > 0 if part > 1 else (made - now) * (value - made) > 0
        if beyond and low <= made <= high and made not in taken:
            taken.add(made)
            found.append((part, made))
    return sorted(found, key=lambda each: each[0])


def _round(value: float) -> float:
    """To two digits that count."""
    return float(f"{value:.2g}")


def levers_of(journey: Journey, changes: Sequence[Change], most: int = MOST) -> tuple[Lever, ...]:
    """The levers of changes, with so few positions that their combinations are at most `most`.

    A position that the journey cannot run at is left out; values for which there is no room stay
    as the idea has them.

    Args:
        changes: those of an idea that `apply` takes.
    """
    found = []
    for number, change in enumerate(changes):
        group = next((n[6:] for n, v in change.values.items() if n.startswith("group_") and v), "")
        for name, value in change.values.items():
            if name in HOW or name.startswith("group_"):
                continue
            now = now_of(journey, change.target, name, group)
            steps = between(name, now, value)
            steps = [
                step
                for step in steps
                if step[0] in (0.0, 1.0) or _runs(journey, _with(changes, number, name, step[1]))
            ]
            found.append((number, name, now, steps))
    return tuple(_fewer(found, most))


_Found = tuple[int, str, float | None, list[tuple[float, float | None]]]


def _fewer(found: list[_Found], most: int) -> Iterator[Lever]:
    while math.prod(len(steps) for *_, steps in found) > most:
        longest = max((steps for *_, steps in found), key=len)
        if len(longest) > 2:
            longest.remove(max(longest, key=lambda step: PARTS.index(step[0])))
        else:
            found = found[:-1]
    for number, name, now, steps in found:
        values = tuple(value for _, value in steps)
        parts = [part for part, _ in steps]
        yield Lever(number, name, kind_of(name), now, values, parts.index(1.0))


def _with(
    changes: Sequence[Change], number: int, name: str, value: float | None
) -> tuple[Change, ...]:
    """The changes with one value set otherwise, or left out."""

    def made(change: Change) -> Change:
        values = {n: value if n == name else v for n, v in change.values.items()}
        return replace(change, values={n: v for n, v in values.items() if v is not None})

    return tuple(made(each) if n == number else each for n, each in enumerate(changes))


def at(changes: Sequence[Change], levers: Iterable[Lever], places: Iterable[int]) -> list[Change]:
    """The changes with every lever at its place.

    >>> lever = Lever(0, "service_factor", "factor", 1.0, (None, 0.8, 0.6), 2)
    >>> [each.values for each in at([Change("desk", "", {"service_factor": 0.6})], [lever], [1])]
    [{'service_factor': 0.8}]
    """
    found = tuple(changes)
    for lever, place in zip(levers, places, strict=True):
        found = _with(found, lever.change, lever.name, lever.values[place])
    return list(found)


def combinations(levers: Sequence[Lever]) -> list[tuple[int, ...]]:
    """All places of all levers; the last lever moves fastest."""
    return list(itertools.product(*(range(len(each.values)) for each in levers)))


def variants(
    journey: Journey, changes: Sequence[Change], levers: Sequence[Lever]
) -> dict[tuple[int, ...], Journey | None]:
    """The journey at every combination; None where it cannot run there."""
    found: dict[tuple[int, ...], Journey | None] = {}
    for places in combinations(levers):
        found[places] = _applied(journey, at(changes, levers, places))
    return found


def envelope_of(journey: Journey, redesigns: Iterable[Journey | None]) -> Envelope:
    """The envelope over a journey and all that it is compared with."""
    others = {(each.arrivals, each.groups): each for each in redesigns if each is not None}
    return envelope((journey, *others.values()))


def envelope_for(journey: Journey, changes: Sequence[Change]) -> Envelope:
    """The envelope under which an idea is tried, at whatever position of its levers: so a command
    and a page have the same digits."""
    return envelope_of(journey, variants(journey, changes, levers_of(journey, changes)).values())


def _applied(journey: Journey, changes: Sequence[Change]) -> Journey | None:
    try:
        made = apply(journey, changes)
    except (VuonError, ArithmeticError, ValueError):
        return None
    return None if runnable(made) else made


def _runs(journey: Journey, changes: Sequence[Change]) -> bool:
    return _applied(journey, changes) is not None


def now_of(journey: Journey, target: str, name: str, group: str = "") -> float | None:
    """What a journey has where a change would set a value; None if it has no such figure.

    Factors have 1, differences such as desks and minutes to move have 0.
    """
    kind = kind_of(name)
    if name in ("desks", "move_minutes", "stop_minutes", "appointments", "no_show"):
        return 0.0
    if name.endswith("_factor") or kind == "switch":
        return 1.0 if kind == "factor" else 0.0
    part = _part(journey, target, name)
    if name in ("service_minutes", "patience_minutes"):
        dist = getattr(part, f"{name.removesuffix('_minutes')}_of")(group)
        return None if dist is None else mean(dist)
    if name == "batch_per_week":
        return float(len(getattr(part, "batch_days", ()))) or None
    pairs = getattr(part, f"{name}_for", ())
    found = of_group(pairs, group, getattr(part, name, None))
    if isinstance(found, Share | Figure):
        return float(found.value)
    if found is None and name == "gives_up":
        return 0.0
    return float(found) if isinstance(found, int | float) else None


def _part(journey: Journey, target: str, name: str) -> object:
    """What has the figure: at a step, its pool of desks for a figure of desks."""
    kind = part_of(journey, target)
    if kind == "edge":
        return next(each for each in journey.edges if edge_address(each) == target)
    if kind == "arrivals":
        return journey.arrivals
    found = next(each for each in getattr(journey, f"{kind}s") if each.key == target)
    if kind == "step" and name == "cost_per_hour" and found.resource:
        return journey.resource(found.resource)
    return found


__all__ = [
    "MOST", "Lever", "at", "between", "combinations", "envelope_of", "kind_of", "levers_of",
    "now_of", "variants",
]  # fmt: skip
