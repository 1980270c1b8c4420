"""When offices are open and how many desks they have, by role and never by person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from vuon.toml.table import Text

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKING_DAYS = (0, 1, 2, 3, 4)
#: What happens to those still queuing when a resource closes.
CLOSINGS = ("finish", "stop_tickets", "return_next_day")


@dataclass(frozen=True)
class Hours:
    """A stretch of the day on some days of the week.

    Args:
        start, end: minutes from midnight, start < end <= 1440.
        days: 0 is Monday, 6 is Sunday.
    """

    start: int
    end: int
    days: tuple[int, ...] = WORKING_DAYS


@dataclass(frozen=True)
class Shift:
    """So many desks during a stretch of the day; several shifts at once add up.

    Args:
        start, end: minutes from midnight, in half-hours by habit; start < end <= 1440.
        desks: how many desks (or machines) are open.
        days: 0 is Monday, 6 is Sunday.
    """

    start: int
    end: int
    desks: int
    days: tuple[int, ...] = WORKING_DAYS


@dataclass(frozen=True)
class Calendar:
    """The days that are looked at. Minute 0 of a run is midnight before `start`.

    Args:
        start: the first day.
        horizon_days: how many calendar days new cases come; 28 is four weeks.
        opening: when offices are open in an ordinary week.
        holidays: days on which nothing is open and nobody comes.
    """

    start: date
    horizon_days: int = 28
    opening: tuple[Hours, ...] = (Hours(450, 690), Hours(810, 1020))
    holidays: tuple[date, ...] = ()


@dataclass(frozen=True)
class Resource:
    """A pool of desks or machines with one queue, shared by the steps that name it.

    Args:
        key: stable name.
        name: its role, never a person.
        desks: how many are open whenever the calendar is, if there are no shifts.
        shifts: how many are open when; they replace `desks` and the calendar's hours.
        holidays: days closed besides those of the calendar.
        closing: one of `CLOSINGS`: the queue is finished; no tickets are given in the last
            `stop_minutes` and who has one is served; who waits is sent home and makes a new trip
            on the next opening day.
        stop_minutes: how long before each closing tickets stop, for "stop_tickets".
        keep_place: whether those sent home are first on the next day, in their order.
        cost_per_hour: what one desk costs the state, in đồng.
    """

    key: str
    name: Text = field(default_factory=Text)
    desks: int = 1
    shifts: tuple[Shift, ...] = ()
    holidays: tuple[date, ...] = ()
    closing: str = "finish"
    stop_minutes: int = 0
    keep_place: bool = False
    cost_per_hour: float = 0
