"""Tickets and stopwatch sheets, row by row, from a week that the kernel ran.

The week knows the *signal* of the move, never the truth behind it: two truths that show the same
signal show the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from vuon import seeds
from vuon.journeys.calendars import OpeningClock, resource_clock, weekday
from vuon.journeys.citizens import Citizen
from vuon.journeys.model import DAYS
from vuon.practice.logs import AGAIN, DONE, Log
from vuon.practice.material import Rows
from vuon.practice.true_way import BUSY, DAY, FINISHED, WEEK_DAYS, Centre, kind_of


def rows_of(
    log: Log,
    centre: Centre,
    people: Sequence[Citizen],
    signal: str | None,
    *,
    seed: int,
    names: tuple[seeds.Name, ...],
) -> Rows:
    """The rows of a log, in the order in which people came.

    Args:
        log: what is written down.
        centre: the counter of the place.
        people: everybody of a week.
        signal: the cause that the rows point at; None for nothing clear.
        seed, names: luck that draws which visits of a week are among the rows.
    """
    journey = centre.place.journey
    assert journey.calendar is not None
    seen = list(people)
    if log.day is not None:
        seen = [p for p in seen if weekday(journey.calendar, int(p.entered // DAY)) == log.day]
    elif len(seen) > log.rows:
        seen.sort(key=lambda p: seeds.uniform(seed, *names, "row", p.group, p.number))
    seen = sorted(seen[: log.rows], key=lambda p: (p.entered, p.group, p.number))
    pool = journey.resource(journey.step(centre.counter.step).resource)
    clock = resource_clock(pool, journey.calendar, 2 * WEEK_DAYS)
    visits = [_visit(centre, clock, citizen, log.face_of(signal)) for citizen in seen]
    texts = {column.shows: dict(column.values) for column in log.columns}
    return Rows(
        log.title,
        tuple((column.shows, column.title) for column in log.columns),
        tuple(
            tuple(
                str(n) if key == "number" else texts[key].get(visit[key], visit[key])
                for key in texts
            )
            for n, visit in enumerate(visits, 1)
        ),
        tuple(tuple(text for _key, text in column.values) for column in log.columns),
    )


def _visit(
    centre: Centre, clock: OpeningClock, citizen: Citizen, face: tuple[float, float]
) -> dict[str, str]:
    """What can be written of one visit; times in whole minutes."""
    calendar = centre.place.journey.calendar
    assert calendar is not None
    part = face[kind_of(citizen.group)[1] == BUSY]
    minutes = max(1, round(citizen.served * part))
    arrived, called = int(citizen.entered), int(called_at(clock, citizen.entered, citizen.waited))
    return {
        "day": DAYS[weekday(calendar, arrived // DAY)],
        "arrived": _clock(arrived),
        "called": _clock(called),
        "done": _clock(called + minutes),
        "wait": str(called - arrived),
        "desk": str(minutes),
        "outcome": DONE if citizen.ended == FINISHED else AGAIN,
    }


def _clock(minute: int) -> str:
    """A minute of a week as a time of its day.

    >>> _clock(1440 + 8 * 60 + 5)
    '08:05'
    """
    return f"{minute % DAY // 60:02}:{minute % 60:02}"


def called_at(clock: OpeningClock, entered: float, waited: float) -> float:
    """The minute at which somebody was called who came at `entered`: waiting counts while the desk
    is open, and behind closed doors as long as the queue of that day is finished.

    >>> clock = OpeningClock(((450, 690), (1890, 2130)))
    >>> called_at(clock, 430, 10), called_at(clock, 680, 30)
    (460.0, 710.0)
    """
    begins = clock.next_open(entered)
    tonight = clock.opened((begins // DAY + 1) * DAY)
    left = tonight - clock.opened(begins)
    if waited <= left:
        return float(clock.later(begins, waited))
    return clock.moment(tonight) + waited - left
