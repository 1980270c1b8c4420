"""When desks are open, as the kernel's arrays: clocks of opening minutes, timetables of desks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from vuon.journeys.arrival_arrays import Arrays
from vuon.journeys.calendars import (
    DAY,
    OpeningClock,
    desks,
    open_days,
    opening,
    resource_clock,
    weekday,
)
from vuon.journeys.model import Calendar, Resource, Step

CLOSINGS = {"finish": 0, "stop_tickets": 1, "return_next_day": 2}


def time_arrays(resources: Sequence[Resource], calendar: Calendar, days: int) -> Arrays:
    """The kernel's arrays of clocks and desks; clocks that are alike are one.

    Args:
        resources: in the order of the kernel's rows.
        days: to be covered, those in which cases run out included.
    """
    clocks: dict[OpeningClock, int] = {_opening(calendar, days): 0}
    horizon = calendar.horizon_days * DAY
    first: list[int] = []
    times: list[float] = []
    counts: list[int] = []
    staffed = [_staffing(each, calendar, days, horizon) for each in resources]
    for _, changes, _ in staffed:
        first.append(len(times))
        times += [at for at, _ in changes]
        counts += [count for _, count in changes]
    return {
        "resource_clock": [clocks.setdefault(clock, len(clocks)) for clock, _, _ in staffed],
        "resource_closing": [CLOSINGS[each.closing] for each in resources],
        "resource_keep": [int(each.keep_place) for each in resources],
        "resource_stop": [_stop(each) for each in resources],
        "resource_cost": [each.cost_per_hour / 60 for each in resources],
        "desks_first": first,
        "desks_count": [len(changes) for _, changes, _ in staffed],
        "desks_time": times,
        "desks_value": counts,
        "open_minutes": [there for _, _, there in staffed],
        **_clocks(tuple(clocks)),
    }


def _stop(resource: Resource) -> float:
    """Minutes before closing in which nobody gets a ticket any more."""
    return float(resource.stop_minutes) if resource.closing == "stop_tickets" else 0.0


def _clocks(clocks: Sequence[OpeningClock]) -> Arrays:
    first: list[int] = []
    starts: list[float] = []
    ends: list[float] = []
    before: list[float] = []
    for clock in clocks:
        first.append(len(starts))
        passed = 0.0
        for start, end in clock.intervals:
            starts.append(start)
            ends.append(end)
            before.append(passed)
            passed += end - start
    return {
        "clock_first": first,
        "clock_count": [len(clock.intervals) for clock in clocks],
        "clock_start": starts,
        "clock_end": ends,
        "clock_before": before,
    }


def releases(step: Step, calendar: Calendar, days: int) -> tuple[float, ...]:
    """When a batch step lets everybody go who waits there."""
    if step.kind != "batch" or not step.batch_days:
        return ()
    return tuple(
        float(day * DAY + step.batch_at)
        for day in open_days(calendar, days)
        if weekday(calendar, day) in step.batch_days
    )


@lru_cache(maxsize=64)
def _opening(calendar: Calendar, days: int) -> OpeningClock:
    return opening(calendar, days)


@lru_cache(maxsize=256)
def _staffing(
    resource: Resource, calendar: Calendar, days: int, horizon: float
) -> tuple[OpeningClock, tuple[tuple[float, int], ...], float]:
    """A resource's clock, its changes of desks, and its desk minutes within the horizon."""
    changes = tuple((at, round(count)) for at, count in desks(resource, calendar, days))
    ends = [*(at for at, _ in changes[1:]), math.inf]
    there = math.fsum(
        count * (min(end, horizon) - at)
        for (at, count), end in zip(changes, ends, strict=True)
        if at < horizon
    )
    return resource_clock(resource, calendar, days), changes, there
