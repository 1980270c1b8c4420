"""Desks by weekday and hour as a grid that can be added to, moved and merged."""

from __future__ import annotations

import itertools
from dataclasses import replace

from vuon.journeys.model import Calendar, Resource, Shift

#: The desks of one day of the week: stretches (start, end, desks), apart and in order.
Day = tuple[tuple[int, int, int], ...]
Week = tuple[Day, ...]
WEEKDAYS = range(7)


def week(resource: Resource, calendar: Calendar | None) -> Week:
    """The desks of an ordinary week, Monday first; of the calendar's hours without shifts."""
    shifts = resource.shifts
    if not shifts and calendar:
        shifts = tuple(Shift(h.start, h.end, resource.desks, h.days) for h in calendar.opening)
    return tuple(
        _stretches([(s.start, s.end, s.desks) for s in shifts if day in s.days]) for day in WEEKDAYS
    )


def _stretches(pieces: list[tuple[int, int, int]]) -> Day:
    """Overlapping pieces summed; never fewer than no desks."""
    edges = sorted({edge for start, end, _ in pieces for edge in (start, end)})
    found: list[tuple[int, int, int]] = []
    for start, end in itertools.pairwise(edges):
        count = max(0, sum(n for a, b, n in pieces if a <= start and end <= b))
        if not count:
            continue
        if found and found[-1][1:] == (start, count):
            found[-1] = (found[-1][0], end, count)
        else:
            found.append((start, end, count))
    return tuple(found)


def shifts(found: Week) -> tuple[Shift, ...]:
    """The week as shifts, days with the same stretch together."""
    days: dict[tuple[int, int, int], list[int]] = {}
    for day, stretches in enumerate(found):
        for stretch in stretches:
            days.setdefault(stretch, []).append(day)
    return tuple(Shift(*stretch, tuple(days[stretch])) for stretch in sorted(days))


def staffed(resource: Resource, found: Week) -> Resource:
    """The resource with the desks of `found`; with none at all it is closed, not open all day."""
    made = shifts(found)
    return replace(resource, shifts=made, desks=resource.desks if made else 0)


def added(
    found: Week, desks: int, start: int | None, end: int | None, days: tuple[int, ...]
) -> Week:
    """The week with so many desks more (or fewer) from `start` to `end` on some days.

    Without `start` and `end` whenever some desk is open.

    >>> added((((480, 600, 2),), *((),) * 6), 1, 540, 660, (0,))[0]
    ((480, 540, 2), (540, 600, 3), (600, 660, 1))
    """
    changed = []
    for day, stretches in enumerate(found):
        if day not in days:
            changed.append(stretches)
        elif start is None or end is None:
            changed.append(_stretches([(a, b, n + desks) for a, b, n in stretches]))
        else:
            changed.append(_stretches([*stretches, (start, end, desks)]))
    return tuple(changed)


def moved(found: Week, minutes: int, days: tuple[int, ...]) -> Week:
    """The week with the hours of some days so many minutes later, earlier if negative."""
    return tuple(
        tuple(
            (max(0, a + minutes), min(1440, b + minutes), n)
            for a, b, n in stretches
            if a + minutes < 1440 and b + minutes > 0
        )
        if day in days
        else stretches
        for day, stretches in enumerate(found)
    )


def merged(one: Resource, other: Resource, calendar: Calendar | None) -> Resource:
    """`other` with the desks of `one` besides its own, in one queue.

    An hour of a desk costs the mean of both, weighted by desk minutes; closing is that of `other`.
    """
    a, b = week(one, calendar), week(other, calendar)
    both = tuple(_stretches([*x, *y]) for x, y in zip(a, b, strict=True))
    minutes = [sum((e - s) * n for day in w for s, e, n in day) for w in (a, b)]
    whole = sum(minutes) or 1
    cost = (one.cost_per_hour * minutes[0] + other.cost_per_hour * minutes[1]) / whole
    return replace(
        staffed(other, both),
        holidays=tuple(day for day in other.holidays if day in one.holidays),
        cost_per_hour=cost,
    )
