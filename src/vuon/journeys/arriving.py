"""How many people come when, from a log or a stopwatch sheet: counts by weekday and half-hour.

λ ~ Gamma(½ + Σ counts, days watched); thin cells shrink towards the shape of the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from vuon.journeys.calendars import day_spans, per_day
from vuon.journeys.logs import Log
from vuon.journeys.model import Arrivals, Calendar, Figure, Group, Journey, Share, Span
from vuon.journeys.stopwatch import SLOT, Ticket, windows
from vuon.special import gamma_quantile

#: So many days of its weekday's and hour's usual rate stand beside what was counted in a cell.
WEIGHT = 2.0
#: With fewer whole days than this all weekdays are taken as one.
FEW_DAYS = 10

Cell = tuple[int, int]  # weekday from Monday, number of the half-hour


@dataclass
class Counts:
    """Arrivals counted and days watched, by cell; a half-hour watched for ten minutes is ⅓ day."""

    people: dict[Cell, float] = field(default_factory=dict)
    days: dict[Cell, float] = field(default_factory=dict)

    def saw(self, time: datetime) -> None:
        """One arrival."""
        cell = (time.weekday(), (time.hour * 60 + time.minute) // SLOT)
        self.people[cell] = self.people.get(cell, 0.0) + 1

    def watched(self, weekday: int, start: float, end: float) -> None:
        """A stretch of a day, in minutes from midnight, in which everybody was counted."""
        for slot in range(int(start // SLOT), int(-(-end // SLOT))):
            part = (min(end, (slot + 1) * SLOT) - max(start, slot * SLOT)) / SLOT
            if part > 0:
                self.days[weekday, slot] = self.days.get((weekday, slot), 0.0) + part

    @property
    def whole(self) -> float:
        """All people who were counted in cells that were watched."""
        return sum(n for cell, n in self.people.items() if self.days.get(cell))


def from_tickets(tickets: Iterable[Ticket]) -> Counts:
    """The counts of a stopwatch sheet; who was there before it began is no arrival."""
    tickets = list(tickets)
    found = Counts()
    for start, end in windows(tickets).values():
        found.watched(start.weekday(), _minute(start), _minute(end))
    for ticket in tickets:
        if ticket.arrived is not None:
            found.saw(ticket.arrived)
    return found


def _minute(time: datetime) -> float:
    return time.hour * 60 + time.minute + time.second / 60


def from_log(log: Log, calendar: Calendar) -> Counts:
    """The counts of a log: a case comes with its first event; every open day from the first to the
    last such day was watched during the opening hours."""
    firsts = [events[0].first for events in log.cases.values()]
    found = Counts()
    if not firsts:
        return found
    for time in firsts:
        found.saw(time)
    first, last = min(firsts).date(), max(firsts).date()
    seen = {time.date() for time in firsts}
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        # A weekday on which nobody came at all was closed: a holiday that nobody listed.
        if day in calendar.holidays or day not in seen:
            continue
        for hours in calendar.opening:
            if day.weekday() in hours.days:
                found.watched(day.weekday(), hours.start, hours.end)
    return found


@dataclass(frozen=True)
class Rates:
    """Arrivals fitted to counts.

    Args:
        arrivals: per day and by half-hour.
        people: how many arrivals they rest on.
        days: how many days were watched, part days counted as parts.
        guessed: how much of the opening hours nobody watched on any day.
    """

    arrivals: Arrivals
    people: int
    days: float
    guessed: float


def fitted(counts: Counts, journey: Journey) -> Rates | None:
    """The arrivals of a journey from counts; None where nobody was counted in opening hours.

    Half-hours that nobody watched keep the rate that the journey had, else take the mean of those
    watched; evenly over opening hours.
    """
    calendar = journey.calendar
    if calendar is None or counts.whole < 1:
        return None
    weekdays = sorted({day for hours in calendar.opening for day in hours.days})
    slots = sorted({s for h in calendar.opening for s in range(h.start // SLOT, -(-h.end // SLOT))})
    if not any(counts.days.get((day, slot)) for day in weekdays for slot in slots):
        return None
    lengths = {slot: _open(calendar, slot) for slot in slots}
    in_a_day = {
        day: sum(counts.days.get((day, s), 0.0) for s in slots) / len(slots) for day in weekdays
    }
    days = sum(in_a_day.values())
    rates = _rates(counts, journey, weekdays, slots, pool=days < FEW_DAYS)
    usual = sum(rates.values()) / len(weekdays)
    seen = counts.whole
    low, high = (gamma_quantile(0.5 + seen, u) / (0.5 + seen) for u in (0.05, 0.95))
    spans: dict[tuple[int, float], list[int]] = {}
    for (day, slot), rate in rates.items():
        if rate:
            spans.setdefault((slot, round(rate / usual, 6)), []).append(day)
    figure = Figure(usual, "measured", usual * low, usual * high, round(seen))
    shown = tuple(
        Span(*lengths[slot], part, tuple(days_)) for (slot, part), days_ in sorted(spans.items())
    )
    old = journey.arrivals
    enters = old.enters if old else ""
    unseen = sum(not any(counts.days.get((day, s)) for day in weekdays) for s in slots)
    return Rates(
        Arrivals(figure, spans=shown, enters=enters), round(seen), days, unseen / len(slots)
    )


def minutes_open(counts: Counts, journey: Journey) -> float:
    """How many minutes of the opening hours were watched; 0 without a calendar."""
    calendar = journey.calendar
    if calendar is None:
        return 0.0
    found = 0.0
    for (day, slot), days in counts.days.items():
        hours = [h for h in calendar.opening if day in h.days]
        start, end = slot * SLOT, (slot + 1) * SLOT
        inside = sum(max(0, min(h.end, end) - max(h.start, start)) for h in hours)
        found += min(days * SLOT, inside * max(1.0, days))
    return found


def _open(calendar: Calendar, slot: int) -> tuple[int, int]:
    """The part of a half-hour that is open on some day."""
    start, end = slot * SLOT, (slot + 1) * SLOT
    inside = [h for h in calendar.opening if h.start < end and h.end > start]
    return max(start, min(h.start for h in inside)), min(end, max(h.end for h in inside))


def _rates(
    counts: Counts, journey: Journey, weekdays: list[int], slots: list[int], *, pool: bool
) -> dict[Cell, float]:
    """People in each cell of a day."""
    people = {s: sum(counts.people.get((d, s), 0.0) for d in weekdays) for s in slots}
    days = {s: sum(counts.days.get((d, s), 0.0) for d in weekdays) for s in slots}
    watched = [s for s in slots if days[s]]
    shape = {s: (0.5 + people[s]) / days[s] for s in watched}
    mean = sum(people[s] for s in watched) / sum(days[s] for s in watched)
    found: dict[Cell, float] = {}
    for day in weekdays:
        usual = sum(counts.days.get((day, s), 0.0) * shape[s] for s in watched)
        came = sum(counts.people.get((day, s), 0.0) for s in watched if counts.days.get((day, s)))
        factor = came / usual if usual and not pool else 1.0
        for slot in slots:
            if slot not in shape:
                found[day, slot] = _before(journey, day, slot, mean)
                continue
            expected = shape[slot] * factor
            seen, there = counts.people.get((day, slot), 0.0), counts.days.get((day, slot), 0.0)
            if pool:
                found[day, slot] = expected
            else:
                found[day, slot] = (seen + WEIGHT * expected) / (there + WEIGHT)
    # The ½ of each cell would add people who never came: the sum is that of the counts.
    whole = sum(found[d, s] * counts.days.get((d, s), 0.0) for d in weekdays for s in watched)
    scale = sum(people[s] for s in watched) / whole if whole else 1.0
    return {cell: rate * (scale if cell[1] in shape else 1.0) for cell, rate in found.items()}


def _before(journey: Journey, day: int, slot: int, mean: float) -> float:
    """What the journey said of a half-hour that nobody watched; the mean where it said nothing."""
    arrivals, calendar = journey.arrivals, journey.calendar
    if arrivals is None or calendar is None:
        return mean
    start, end = slot * SLOT, (slot + 1) * SLOT
    everybody = Group("", Share(1.0))
    found = 0.0
    for span in day_spans(arrivals, "", calendar, day):
        inside = max(0, min(end, span.end) - max(start, span.start))
        found += per_day(arrivals, everybody) * span.part * inside / (span.end - span.start)
    return found
