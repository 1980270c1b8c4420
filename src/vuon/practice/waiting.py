"""How long people wait at a load, as the kernel finds it over many weeks: `queue.toml` of a place.

Averages over thousands are looked up, not simulated while somebody plays. The file is made by
`vuon place queue` from the journey and the truth of the place; `vuon place check` runs some of it
again under other luck and says so if it no longer holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from vuon import seeds
from vuon.errors import N_, Words
from vuon.practice.plans import every_plan
from vuon.practice.true_way import Centre, Week
from vuon.toml.table import Table

if TYPE_CHECKING:
    from vuon.practice.arithmetic import Arithmetic

FILE = "queue.toml"
LOADS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4, 1.6)
#: Weeks that one number of the file is the mean of.
WEEKS = 1000
_HEAD = """\
# Minutes in the queue at each load of the counter, the mean over {weeks} weeks of the kernel.
# Made from journey.toml and truth.toml by: vuon place queue FOLDER
format = 1
loads = {loads}"""
_HOURS = """
[[hours]]
more = {more:g}
minutes = {minutes}"""


@dataclass(frozen=True)
class Mean:
    """A mean over weeks with its standard error."""

    value: float
    error: float


@dataclass(frozen=True)
class Waiting:
    """Minutes of waiting by load, for each number of counter hours more (or fewer) a week."""

    loads: tuple[float, ...]
    minutes: Mapping[float, tuple[float, ...]]

    def at(self, load: float, more: float = 0.0) -> float:
        """Minutes at a load, on a straight line between the loads of the file; never more than at
        the highest.

        >>> Waiting((0.5, 1.0), {0.0: (10.0, 40.0)}).at(0.75)
        25.0
        """
        known = sorted(self.minutes)
        if more in self.minutes or len(known) == 1:
            return self._on(load, self.minutes.get(more, self.minutes[known[0]]))
        place = min(max(bisect_right(known, more), 1), len(known) - 1)
        low, high = known[place - 1], known[place]
        part = min(max((more - low) / (high - low), 0.0), 1.0)
        below, above = (self._on(load, self.minutes[each]) for each in (low, high))
        return below + part * (above - below)

    def _on(self, load: float, minutes: Sequence[float]) -> float:
        if load <= self.loads[0]:
            return minutes[0] * load / self.loads[0]
        if load >= self.loads[-1]:
            return minutes[-1]
        place = bisect_right(self.loads, load)
        low, high = self.loads[place - 1], self.loads[place]
        part = (load - low) / (high - low)
        return minutes[place - 1] + part * (minutes[place] - minutes[place - 1])


def read_waiting(folder: Path) -> Waiting | None:
    """The waiting that `queue.toml` of a folder says; None where there is none.

    Raises:
        VuonError: `table.…` with file and line.
    """
    if not (folder / FILE).is_file():
        return None
    table = Table.read(folder / FILE, f"{folder.name}/{FILE}")
    if table.whole("format") != 1:
        raise table.wrong(
            "place.format",
            Words(N_("This place is written in a format that is not known here.")),
            Words(N_("Install a newer Vuon, or write format = {known}."), {"known": 1}),
            "format",
        )
    loads = table.numbers("loads")
    if list(loads) != sorted(set(loads)) or len(loads) < 2 or loads[0] <= 0:
        raise table.kind("loads", N_("a list of numbers that rise"))
    found = Waiting(
        loads,
        {
            item.number("more", -1000, 1000): item.numbers("minutes", len(loads))
            for item in table.items("hours")
        },
    )
    table.finish()
    return found


def hours_of(world: Arithmetic) -> list[float]:
    """The counter hours that any plan adds or takes, with 0, in order."""
    effects = world.truth.effects
    return sorted(
        {0.0}
        | {sum(effects[idea].counter_hours for idea in plan) for plan in every_plan(world.place)}
    )


def measured(
    world: Arithmetic, load: float, more: float, *, weeks: int = WEEKS, seed: int = 1
) -> Mean:
    """The mean wait of a visit at a load, over so many weeks of the kernel under one luck.

    Raises:
        ValueError: the place has no counter.
    """
    from vuon.journeys import kernel_results as r
    from vuon.journeys import simulate
    from vuon.journeys.citizens import fastest

    if world.truth.counter is None:
        raise ValueError("a place without a counter has no queue that runs")
    capacity = world.capacity((), more=more)
    week = Week(load * capacity, 0.0, capacity, {})
    ready = Centre(world.place, world.truth.counter).compiled(week)
    keys = [seeds.key(seed, "queue", number) for number in range(weeks)]
    found = simulate.outcomes(ready, keys, fastest())
    people = [found.outcome(n, "", r.O_ARRIVED) for n in range(weeks)]
    waits = [found.outcome(n, "", r.O_WAIT) * people[n] for n in range(weeks)]
    mean = sum(waits) / max(1.0, sum(people))
    off = sum((wait - mean * many) ** 2 for wait, many in zip(waits, people, strict=True))
    return Mean(mean, sqrt(off) / max(1.0, sum(people)))


def written(world: Arithmetic) -> Iterator[str]:
    """The parts of `queue.toml`, each as soon as it is ready; a line end goes between them."""
    yield _HEAD.format(weeks=WEEKS, loads=_listed(LOADS))
    for more in hours_of(world):
        minutes = [round(measured(world, load, more).value, 2) for load in LOADS]
        yield _HOURS.format(more=more, minutes=_listed(minutes))


def _listed(values: Sequence[float]) -> str:
    return "[" + ", ".join(f"{value:g}" for value in values) + "]"
