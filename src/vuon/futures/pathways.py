"""Signposts: what to watch, from when on it matters, and who does what then.

A signpost is proposed from a box in which an idea fails. Its limit is moved by what the next action
needs to be ready: whoever waits until the box is reached is too late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from vuon.errors import N_, Words
from vuon.futures.discover import Box
from vuon.toml.table import Text

OPS = (">=", "<=")
STATUS: dict[str, str] = {
    "far": N_("far"),
    "near": N_("near"),
    "crossed": N_("crossed"),
    "no_data": N_("no data"),
}
#: Readings in a row that a new status needs.
IN_A_ROW = 2
#: "near" begins at this share of the way from the usual value to the limit.
NEAR = 0.8


@dataclass(frozen=True)
class Reading:
    """A value of the variable on a day, and who brought it."""

    on: date
    value: float
    by: str = ""


@dataclass(frozen=True)
class Signpost:
    """Something to watch.

    Args:
        variable: key of the uncertainty.
        op: ">=" if it is crossed at or above the threshold, "<=" at or below.
        threshold: in the variable's unit.
        usual: the value at which it is far.
        lead_days: how long the next action needs until it works.
        source: where readings come from: a measure of a trial, a file, somebody once a month.
        owner: who reads it and acts, by office.
        every_days: how often a reading is due.
        then: the next action.
        readings: oldest first.

    Raises:
        ValueError: the operator is none of `OPS`, or a number of days is not above 0.
    """

    variable: str
    op: str
    threshold: float
    usual: float
    lead_days: int = 0
    source: str = ""
    owner: str = ""
    every_days: int = 30
    then: Text = field(default_factory=Text)
    readings: tuple[Reading, ...] = ()

    def __post_init__(self) -> None:
        if self.op not in OPS or self.every_days < 1 or self.lead_days < 0:
            raise ValueError("a signpost has an operator, a rhythm and a lead time")

    @property
    def draft(self) -> bool:
        """Whether it watches nothing yet: without a source or an owner it is a draft."""
        return not (self.source.strip() and self.owner.strip())

    def of(self, value: float) -> str:
        """What one value means: "far", "near" or "crossed"."""
        above = self.op == ">="
        if value >= self.threshold if above else value <= self.threshold:
            return "crossed"
        near = self.usual + NEAR * (self.threshold - self.usual)
        return "near" if (value >= near if above else value <= near) else "far"

    @property
    def status(self) -> str:
        """One of `STATUS`. A reading that stands alone changes nothing; two in a row do.

        The first reading counts at once: there is nothing that it could change.
        """
        told = [self.of(each.value) for each in self.readings]
        if not told:
            return "no_data"
        now = told[0]
        for before, after in pairwise(told):
            if before == after:
                now = after
        return now

    def silent(self, today: date) -> bool:
        """Whether readings have failed to come for twice their rhythm: an alarm of its own.

        One that never had a reading is no data, not silence.
        """
        if self.draft or not self.readings:
            return False
        return today - self.readings[-1].on > timedelta(days=2 * self.every_days)

    def say(self, name: str, value: str) -> Words:
        """What to watch, in a sentence.

        Args:
            name: the variable as people call it.
            value: the threshold as people write it.
        """
        sentence = (
            N_("Watch {name}: act when it reaches {value} or more.")
            if self.op == ">="
            else N_("Watch {name}: act when it falls to {value} or less.")
        )
        return Words(sentence, {"name": name, "value": value})

    def when(self, name: str, value: str) -> Words:
        """What must be seen, as a part of another sentence.

        >>> Signpost("x", ">=", 9, 5).when("the queue", "9").say("en")
        'the queue reaches 9 or more'
        """
        sentence = (
            N_("{name} reaches {value} or more")
            if self.op == ">="
            else N_("{name} falls to {value} or less")
        )
        return Words(sentence, {"name": name, "value": value})


def proposed(
    box: Box,
    usual: dict[str, float],
    *,
    lead_days: int = 0,
    per_day: dict[str, float] | None = None,
) -> tuple[Signpost, ...]:
    """A draft for each end of the box that today's value lies outside of.

    Args:
        box: in which an idea fails.
        usual: today's values by name.
        lead_days: what the next action needs until it works.
        per_day: how fast each variable moves, in its unit a day; the limit is moved towards today
            by what would pass in the lead time, at most to today's value.
    """
    found = []
    for limit in box.limits:
        now, pace = usual[limit.name], (per_day or {}).get(limit.name, 0.0)
        if limit.low is not None and now < limit.low:
            at = moved(limit.low, now, lead_days, pace)
            found.append(Signpost(limit.name, ">=", at, now, lead_days))
        if limit.high is not None and now > limit.high:
            at = moved(limit.high, now, lead_days, pace)
            found.append(Signpost(limit.name, "<=", at, now, lead_days))
    return tuple(found)


def moved(limit: float, usual: float, lead_days: int, per_day: float) -> float:
    """The limit moved towards the usual value by what passes in the lead time, at most to it.

    >>> moved(50, 20, 30, 0.5), moved(50, 20, 365, 0.5), moved(0.2, 0.4, 10, 0.01)
    (35.0, 20, 0.30000000000000004)
    """
    way = abs(per_day) * lead_days
    return max(usual, limit - way) if limit >= usual else min(usual, limit + way)


def due(signposts: Iterable[Signpost], today: date) -> Sequence[Signpost]:
    """Those that call: crossed, or silent."""
    return [each for each in signposts if each.status == "crossed" or each.silent(today)]
