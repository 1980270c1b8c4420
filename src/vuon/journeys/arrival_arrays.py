"""Who comes and when, as the kernel's arrays: rates under an envelope, appointments, crowds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from vuon.journeys.calendars import DAY, arrival_rates, open_days, per_day, weekday
from vuon.journeys.kernel_arrivals import NUMBER_SLOT
from vuon.journeys.model import Arrivals, Calendar, Figure, Group, Journey, Share, Span
from vuon.toml.table import Text

#: Values from moments on, beginning with minute 0.
Curve = tuple[tuple[float, float], ...]
#: For each group the highest rate that any variant of a comparison has.
Envelope = Mapping[str, Curve]
Arrays = dict[str, list[int] | list[float]]


def envelope(journeys: Iterable[Journey]) -> dict[str, Curve]:
    """For each group the highest arrival rate of all journeys, on the moments of all of them.

    Journeys that are compared are compiled under one envelope: then a candidate who comes in both
    is the same citizen.
    """
    found: dict[str, list[Curve]] = {}
    for journey in journeys:
        for group in journey.groups:
            found.setdefault(group.key, []).append(rates(journey, group))
    return {key: _highest(curves) for key, curves in found.items()}


def rates(journey: Journey, group: Group) -> Curve:
    """Rates within the horizon, beginning at 0."""
    if journey.arrivals is None:
        return ((0.0, 0.0),)
    level = per_day(journey.arrivals, group)
    shape = _shape(calendar_of(journey), journey.arrivals.spans_of(group.key))
    return tuple((at, level * rate) for at, rate in shape)


@lru_cache(maxsize=256)
def _shape(calendar: Calendar, spans: tuple[Span, ...]) -> Curve:
    """Rates for one case on an ordinary day; the spans are those of one group."""
    one = Group("", Share(1.0))
    usual = Arrivals(Figure(1.0), spans=tuple(replace(each, group="") for each in spans))
    journey = Journey("", Text(), calendar=calendar, arrivals=usual, groups=(one,))
    found = arrival_rates(journey, one)
    horizon = calendar.horizon_days * DAY
    return tuple((at, max(0.0, rate)) for at, rate in found if at < horizon)


def widened(base: Envelope, journey: Journey) -> Envelope:
    """The envelope with room for a journey that was not there when it was made."""
    found = {key: list(curve) for key, curve in base.items()}
    for group in journey.groups:
        own = rates(journey, group)
        if not _covers(found.get(group.key, ()), own):
            curves = [tuple(found[group.key])] if group.key in found else []
            found[group.key] = list(_highest([*curves, own]))
    return {key: tuple(curve) for key, curve in found.items()}


def _covers(over: Sequence[tuple[float, float]], own: Sequence[tuple[float, float]]) -> bool:
    """Whether an envelope changes wherever a curve does, and is nowhere below it."""
    grid = [at for at, _ in over]
    there = set(grid)
    if not all(at in there for at, _ in own):
        return False
    return all(mine <= rate for mine, (_, rate) in zip(_on(grid, own), over, strict=True))


def _highest(curves: list[Curve]) -> Curve:
    if all(curve == curves[0] for curve in curves):
        return curves[0]
    grid = sorted({at for curve in curves for at, _ in curve})
    return tuple(zip(grid, map(max, *(_on(grid, curve) for curve in curves)), strict=True))


def _on(grid: Sequence[float], curve: Sequence[tuple[float, float]]) -> list[float]:
    """The values of a curve on a grid of moments in order that holds all of its own."""
    found, level, ahead = [], 0.0, iter(curve)
    moment, rate = next(ahead, (math.inf, 0.0))
    for at in grid:
        if at >= moment:
            level = rate
            moment, rate = next(ahead, (math.inf, 0.0))
        found.append(level)
    return found


def calendar_of(journey: Journey) -> Calendar:
    """The days that are looked at.

    Raises:
        ValueError: there are none; `running.runnable` says so before.
    """
    if journey.calendar is None:
        raise ValueError("a journey without a calendar does not run")
    return journey.calendar


def arrival_arrays(
    journey: Journey, groups: Sequence[Group], steps: Mapping[str, int], under: Envelope | None
) -> Arrays:
    """The kernel's arrays of all who come.

    Args:
        groups: in the order of the kernel's rows.
        steps: the row of each step.
        under: the envelope of the comparison; the group's own rates if None.

    Raises:
        ValueError: the envelope is below the rates, or does not change where they do.
    """
    rows = {group.key: n for n, group in enumerate(groups)}
    return {
        **_streams(journey, groups, under),
        **_slots(journey, rows, steps),
        **_crowds(journey),
        **_backlog(journey, rows, steps),
    }


def _streams(journey: Journey, groups: Sequence[Group], under: Envelope | None) -> Arrays:
    first: list[int] = []
    count: list[int] = []
    time: list[float] = []
    value: list[float] = []
    over: list[float] = []
    for group in groups:
        own = rates(journey, group)
        curve = (under or {}).get(group.key) or own
        if curve is not own and not _covers(curve, own):
            raise ValueError("the envelope is not that of this comparison")
        some = any(rate > 0 for _, rate in own)
        first.append(len(time))
        count.append(len(curve) if some else 0)
        if some:
            grid = [at for at, _ in curve]
            time += grid
            over += [rate for _, rate in curve]
            value += _on(grid, own)
    return {
        "rate_first": first,
        "rate_count": count,
        "rate_time": time,
        "rate_value": value,
        "rate_envelope": over,
    }


def _slots(journey: Journey, rows: Mapping[str, int], steps: Mapping[str, int]) -> Arrays:
    found: list[tuple[float, int, int, int, float]] = []
    taken: dict[int, int] = {}
    calendar, arrivals = calendar_of(journey), journey.arrivals
    for slots in arrivals.slots if arrivals else ():
        step, who = steps[slots.step or journey.enters], rows.get(slots.group, -1)
        for day in open_days(calendar, calendar.horizon_days):
            if weekday(calendar, day) not in slots.days:
                continue
            for at in range(day * DAY + slots.start, day * DAY + slots.end, slots.every):
                for _ in range(slots.seats):
                    seat = taken[at] = taken.get(at, -1) + 1
                    number = NUMBER_SLOT + (at << 10) + seat
                    found.append((float(at), number, who, step, slots.no_show.value))
    found.sort()
    return {
        "slot_time": [each[0] for each in found],
        "slot_number": [each[1] for each in found],
        "slot_group": [each[2] for each in found],
        "slot_step": [each[3] for each in found],
        "slot_no_show": [each[4] for each in found],
    }


def _crowds(journey: Journey) -> Arrays:
    """The days on which people stand before the door, and when it opens."""
    times: list[float] = []
    days: list[int] = []
    calendar, arrivals = calendar_of(journey), journey.arrivals
    if arrivals and arrivals.before_opening > 0:
        for day in open_days(calendar, calendar.horizon_days):
            today = weekday(calendar, day)
            starts = [hours.start for hours in calendar.opening if today in hours.days]
            if starts:
                times.append(float(day * DAY + min(starts)))
                days.append(day)
    return {"crowd_time": times, "crowd_day": days}


def _backlog(journey: Journey, rows: Mapping[str, int], steps: Mapping[str, int]) -> Arrays:
    arrivals = journey.arrivals
    found = sorted(
        (steps[each.step], rows.get(each.group, -1), each.count)
        for each in (arrivals.backlog if arrivals else ())
    )
    return {
        "backlog_step": [each[0] for each in found],
        "backlog_group": [each[1] for each in found],
        "backlog_count": [each[2] for each in found],
    }
