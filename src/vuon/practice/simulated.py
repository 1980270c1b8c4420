"""The second world of a place: what a clock or a count would show comes from the journey kernel.

Tickets, stopwatch sheets, queues and the rows of a pilot are visits of people who queued for a
desk, were served, and finished or were sent home, in weeks that the kernel ran. What is an average
over thousands stays arithmetic; tests hold that both agree.

The luck of a person is named by the seed, the week and the person, never by the way of working or
by the moves made: the same people come under the old way and the new one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from vuon import seeds
from vuon.journeys.citizens import citizens
from vuon.journeys.compile import Compiled
from vuon.practice.arithmetic import WEEKS_BEFORE, Arithmetic
from vuon.practice.counted import PilotWeeks
from vuon.practice.log_rows import rows_of
from vuon.practice.material import Material
from vuon.practice.true_way import LATER, Centre, Week
from vuon.practice.waiting import Waiting
from vuon.practice.world import BEFORE_AFTER, OLD, CentreWeek, Draw, PilotPlan

#: Where nothing clear is shown all reasons are one.
ANY = "any"


@dataclass(frozen=True)
class Simulated(Arithmetic):
    """The world of a place whose truth has a counter and whose folder has a `queue.toml`."""

    waiting: Waiting | None = None

    @cached_property
    def centre(self) -> Centre:
        """The counter of the place.

        Raises:
            ValueError: the place has none; `worlds.open_world` gives it the tables' world.
        """
        if self.truth.counter is None:
            raise ValueError("a place without a counter has no weeks that run")
        return Centre(self.place, self.truth.counter)

    def wait_minutes(self, load: float, ideas: Sequence[str] = ()) -> float:
        """Minutes in the queue at a load, as the kernel found them over many weeks."""
        if self.waiting is None:
            return super().wait_minutes(load, ideas)
        return self.waiting.at(load, self.more_hours(ideas))

    # --- what a move shows

    def show(self, draw: Draw, move: str, signal: str | None, occurrence: int) -> Material:
        """The material of a move; its log comes from a week of the kernel under the signal."""
        found = super().show(draw, move, signal, occurrence)
        log = self.sources[move].log
        if log is None:
            return found
        names = (move, "log", occurrence)
        people = citizens(self._week_of(signal), seeds.key(draw.seed, *names))
        rows = rows_of(log, self.centre, people, signal, seed=draw.seed, names=names)
        return replace(found, rows=rows)

    def _week_of(self, signal: str | None) -> Compiled:
        """An ordinary week as a source that points at `signal` would see it."""
        if signal not in self._weeks:
            if signal is None:
                groups = [*(group.key for group in self.place.groups), LATER]
                hazards = {ANY: dict.fromkeys(groups, 1 - self.start)}
            else:
                hazards = self.hazards_of(signal, (), 0)
            first = self.files(self.truth.week.trust)
            later = first * (self.visits(self.start) - 1)
            week = Week(first, later, self.capacity(()), hazards)
            self._weeks[signal] = self.centre.compiled(week)
        return self._weeks[signal]

    @cached_property
    def _weeks(self) -> dict[str | None, Compiled]:
        return {}

    def hazards_of(
        self,
        cause: str,
        ideas: Sequence[str],
        adherence: float,
        *,
        second: str | None = None,
        scale: Mapping[str, float] | None = None,
        unpowered: float = 0,
    ) -> dict[str, dict[str, float]]:
        """Each cause's hazard for each group, and for those who come again; as in `first`."""
        groups = [*(group.key for group in self.place.groups), LATER]
        return {
            key: {
                group: self.hazard(
                    key,
                    base,
                    ideas,
                    adherence,
                    group=group if key == cause and group != LATER else None,
                    scale=scale,
                    unpowered=unpowered,
                )
                for group in groups
            }
            for key, base in self.hazards(cause, second).items()
        }

    # --- a pilot

    def pilot(
        self, draw: Draw, plan: PilotPlan, arms: Mapping[tuple[str, int], str], adherence: float
    ) -> tuple[CentreWeek, ...]:
        """The rows of a pilot, with `arms[site, week]` as drawn, person by person.

        Residents keep their luck: the same person at the same point in the same week finishes
        under the new way whenever the old one would have been enough.
        """
        before = range(1 - WEEKS_BEFORE, 1) if plan.design == BEFORE_AFTER else range(0)
        weeks = PilotWeeks(self, draw, plan, adherence)
        return tuple(
            weeks.row(site, week, arms[site, week] if week > 0 else OLD)
            for site in plan.sites
            for week in (*before, *range(1, plan.weeks + 1))
        )
