"""What a stopwatch sheet says about arrivals, service and patience.

The sheet itself (CSV `sitting, ticket, group, arrived, called, done, left, reason, open_desks`) is
read where evidence is kept, which also says what was cut off when the watching began or ended.
Whatever has these names fits here: rows are `Ticket`s, stretches of time are `Observed`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

#: Minutes in a slot of the day: rates are counted by the half-hour.
SLOT = 30


class Ticket(Protocol):
    """One person in a queue; a time is None where nobody saw it."""

    @property
    def sitting(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def arrived(self) -> datetime | None: ...
    @property
    def times(self) -> tuple[datetime, ...]: ...
    @property
    def open_desks(self) -> int | None: ...


class Observed(Protocol):
    """Times of one quantity of one group: seen whole, and cut off."""

    @property
    def quantity(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def values(self) -> tuple[float, ...]: ...
    @property
    def censored(self) -> tuple[float, ...]: ...


#: Whole times and cut-off ones, in minutes.
Times = tuple[list[float], list[float]]


def pooled(observed: Iterable[Observed], quantity: str) -> dict[str, Times]:
    """All times of a quantity over the sittings: by group, and of everybody under ""."""
    found: dict[str, Times] = {"": ([], [])}
    for each in observed:
        if each.quantity != quantity:
            continue
        for group in dict.fromkeys(("", each.group)):
            values, cut = found.setdefault(group, ([], []))
            values.extend(each.values)
            cut.extend(each.censored)
    return found


def windows(tickets: Iterable[Ticket]) -> dict[str, tuple[datetime, datetime]]:
    """From when to when each sitting watched: the first and the last time that was seen in it."""
    found: dict[str, tuple[datetime, datetime]] = {}
    for ticket in tickets:
        for time in ticket.times:
            start, end = found.get(ticket.sitting, (time, time))
            found[ticket.sitting] = (min(start, time), max(end, time))
    return found
