"""The weekly pattern less holidays as minutes over the horizon, and the clock of opening minutes.

Minute 0 is midnight before the first day of the calendar. Nights, lunch and Tết do not count as
desk wait: H(t), the opening minutes up to t, is the clock for that.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate, pairwise

from vuon.journeys.model import Arrivals, Calendar, Group, Journey, Resource, Span

DAY = 1440
Interval = tuple[float, float]
#: A value from a moment on, until the next one.
Change = tuple[float, float]


@dataclass(frozen=True)
class OpeningClock:
    """Opening minutes H(t) over `intervals`, which are apart and in order.

    >>> clock = OpeningClock(((450, 690), (810, 1020)))
    >>> clock.opened(700), clock.moment(250), clock.later(600, 100)
    (240.0, 820.0, 820.0)
    """

    intervals: tuple[Interval, ...]

    @cached_property
    def _starts(self) -> tuple[float, ...]:
        return tuple(start for start, _ in self.intervals)

    @cached_property
    def _before(self) -> tuple[float, ...]:
        """Opening minutes before each interval, and those of all at the end."""
        return (0.0, *accumulate(float(end - start) for start, end in self.intervals))

    @property
    def total(self) -> float:
        """All opening minutes."""
        return self._before[-1]

    def opened(self, moment: float) -> float:
        """H(t): opening minutes from 0 to `moment`."""
        at = bisect_right(self._starts, moment) - 1
        if at < 0:
            return 0.0
        start, end = self.intervals[at]
        return self._before[at] + min(moment, end) - start

    def moment(self, minutes: float) -> float:
        """The first moment at which so many opening minutes have passed.

        Raises:
            ValueError: there are not so many; build the clock over more days.
        """
        if minutes > self.total + 1e-9:
            raise ValueError(f"only {self.total} opening minutes, not {minutes}")
        if minutes <= 0:
            return 0.0
        # The first interval at whose end at least so many minutes have passed.
        low, high = 0, len(self.intervals) - 1
        while low < high:
            middle = (low + high) // 2
            if self._before[middle + 1] < minutes:
                low = middle + 1
            else:
                high = middle
        start, end = self.intervals[low]
        return float(min(start + minutes - self._before[low], end))

    def later(self, moment: float, minutes: float) -> float:
        """The moment when, from `moment` on, so many opening minutes have passed."""
        return moment if minutes <= 0 else max(moment, self.moment(self.opened(moment) + minutes))

    def is_open(self, moment: float) -> bool:
        """Whether it is open at `moment`; closed at the very end of an interval."""
        at = bisect_right(self._starts, moment) - 1
        return at >= 0 and moment < self.intervals[at][1]

    def next_open(self, moment: float) -> float:
        """`moment` if it is open, else when it next opens; infinity if it does not."""
        if self.is_open(moment):
            return moment
        at = bisect_right(self._starts, moment)
        return float(self._starts[at]) if at < len(self._starts) else math.inf


def open_days(calendar: Calendar, days: int, closed: Iterable[date] = ()) -> tuple[int, ...]:
    """The numbers, from 0, of the days that are no holiday.

    Args:
        days: how many days to look at; more than the horizon where cases still run out.
        closed: holidays besides those of the calendar.
    """
    off = {(each - calendar.start).days for each in (*calendar.holidays, *closed)}
    return tuple(day for day in range(days) if day not in off)


def weekday(calendar: Calendar, day: int) -> int:
    """The day of the week of day number `day`; 0 is Monday."""
    return (calendar.start + timedelta(days=day)).weekday()


def opening(calendar: Calendar, days: int = 0) -> OpeningClock:
    """The clock of the calendar's opening hours over `days` days, those of the horizon if 0.

    >>> from datetime import date
    >>> opening(Calendar(date(2026, 8, 3), 7)).total  # five days of seven and a half hours
    2250.0
    """
    found = [
        (day * DAY + hours.start, day * DAY + hours.end)
        for day in open_days(calendar, days or calendar.horizon_days)
        for hours in calendar.opening
        if weekday(calendar, day) in hours.days
    ]
    return OpeningClock(merged(found))


def merged(intervals: Iterable[tuple[float, float]]) -> tuple[Interval, ...]:
    """The intervals in order, those that touch or overlap made one.

    >>> merged([(5, 8), (0, 5), (9, 10)])
    ((0.0, 8.0), (9.0, 10.0))
    """
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], float(end)))
        else:
            found.append((float(start), float(end)))
    return tuple(found)


def desks(resource: Resource, calendar: Calendar, days: int = 0) -> tuple[Change, ...]:
    """How many desks are open from when on, beginning with minute 0.

    >>> from datetime import date
    >>> desks(Resource("counter", desks=2), Calendar(date(2026, 8, 3), 1))
    ((0.0, 0.0), (450.0, 2.0), (690.0, 0.0), (810.0, 2.0), (1020.0, 0.0))
    """
    steps: dict[float, float] = {0.0: 0.0}
    shifts = [(s.start, s.end, s.days, s.desks) for s in resource.shifts]
    shifts = shifts or [(h.start, h.end, h.days, resource.desks) for h in calendar.opening]
    for day in open_days(calendar, days or calendar.horizon_days, resource.holidays):
        today = weekday(calendar, day)
        for start, end, on, count in shifts:
            if today in on:
                for minute, change in ((start, count), (end, -count)):
                    at = float(day * DAY + minute)
                    steps[at] = steps.get(at, 0.0) + change
    return _summed(steps)


def _summed(steps: dict[float, float]) -> tuple[Change, ...]:
    """Running sums of the steps; moments at which nothing changes are left out."""
    found: list[Change] = []
    level = 0.0
    for at in sorted(steps):
        level += steps[at]
        # Sums of rates that end together are 0, not a last digit.
        level = 0.0 if abs(level) < 1e-12 else level
        if not found or level != found[-1][1]:
            found.append((at, level))
    return tuple(found)


def resource_clock(resource: Resource, calendar: Calendar, days: int = 0) -> OpeningClock:
    """The clock of the minutes in which at least one desk of the resource is open."""
    changes = desks(resource, calendar, days)
    found = [(a, b) for (a, n), (b, _) in pairwise(changes) if n > 0]
    return OpeningClock(merged(found))


def arrival_rates(journey: Journey, group: Group, days: int = 0) -> tuple[Change, ...]:
    """Arrivals a minute of one group from when on, over the horizon, beginning with minute 0.

    Appointments, the crowd before opening and the backlog are not in it.

    >>> from datetime import date
    >>> from vuon.journeys.model import Figure, Share
    >>> from vuon.toml.table import Text
    >>> way = Journey("a", Text(), calendar=Calendar(date(2026, 8, 3), 1),
    ...               arrivals=Arrivals(Figure(90)), groups=(Group("all", Share(1)),))
    >>> arrival_rates(way, way.group("all"))[:3]  # 90 people in 450 minutes
    ((0.0, 0.0), (450.0, 0.2), (690.0, 0.0))
    """
    calendar, arrivals = journey.calendar, journey.arrivals
    if calendar is None or arrivals is None:
        return ((0.0, 0.0),)
    steps: dict[float, float] = {0.0: 0.0}
    level = per_day(arrivals, group)
    for day in open_days(calendar, days or calendar.horizon_days):
        for span in day_spans(arrivals, group.key, calendar, weekday(calendar, day)):
            rate = level * span.part / (span.end - span.start)
            for minute, change in ((span.start, rate), (span.end, -rate)):
                at = float(day * DAY + minute)
                steps[at] = steps.get(at, 0.0) + change
    return _summed(steps)


def per_day(arrivals: Arrivals, group: Group) -> float:
    """Cases of one group on an ordinary day."""
    own = dict(arrivals.per_day_for).get(group.key)
    return own.value if own else arrivals.per_day.value * group.share.value


def day_spans(arrivals: Arrivals, group: str, calendar: Calendar, today: int) -> tuple[Span, ...]:
    """When in a day of the week a group comes: its spans, else evenly over the opening hours."""
    spans = arrivals.spans_of(group)
    if spans:
        return tuple(each for each in spans if today in each.days)
    hours = [(h.start, h.end) for h in calendar.opening if today in h.days]
    whole = sum(end - start for start, end in hours)
    return tuple(Span(start, end, (end - start) / whole, (today,)) for start, end in hours)
