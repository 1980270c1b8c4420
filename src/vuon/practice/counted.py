"""The weeks of a pilot at its points: everybody who comes, and of them those who are counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vuon import seeds
from vuon.journeys.citizens import Citizen, citizens
from vuon.journeys.compile import Compiled
from vuon.practice.centre_week import THREE_DAYS
from vuon.practice.true_way import FINISHED, LATER, Week, kind_of, lucky
from vuon.practice.world import NEW, OLD, CentreWeek, Draw, PilotPlan

if TYPE_CHECKING:
    from vuon.practice.simulated import Simulated

#: Nobody is quite sure to finish, nor to fail.
LEAST, MOST = 0.02, 0.98
Shift = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Conditions:
    """What holds for everybody in one week: the way of working and what has come over it."""

    arm: str
    surge: bool
    lighter: bool
    unpowered: bool


@dataclass
class PilotWeeks:
    """Weeks of one pilot, each at its point. Kinds of weeks are compiled once."""

    world: Simulated
    draw: Draw
    plan: PilotPlan
    adherence: float
    _kinds: dict[Conditions, tuple[Compiled, Shift]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.happens = self.world.happenings(self.draw, self.plan)
        self.incident = self.world.incident(self.draw, self.plan)

    def row(self, site: str, week: int, arm: str) -> CentreWeek:
        """One point in one week."""
        about = self.world.truth.pilot
        # Weeks are drawn in pairs: what is mixed up is the old week of the pair.
        at, where = self.happens[self.incident]
        pair = (where, (at - 1) // 2) == (site, (week - 1) // 2)
        mixed = pair and self.incident == "mixed" and arm == OLD and week > 0
        here = (week, site) == (at, where)
        people = self._counted(site, week, arm, holiday=here and self.incident == "holiday")
        if mixed:
            new = {_name(each): each for each in self._week(site, week, NEW)}
            people = [
                new[_name(each)] if self._luck(site, week, each, "mixed") < about.incident_mixed
                else each
                for each in people
            ]  # fmt: skip
        chance = about.incident_lost if here and self.incident == "lost" else about.lost
        gone = [self._luck(site, week, each, "lost") < chance for each in people]
        done = [each.ended == FINISHED for each in people]
        return CentreWeek(
            site,
            week,
            arm,
            seen=len(people),
            finished=sum(a and not b for a, b in zip(done, gone, strict=True)),
            lost=sum(gone),
            long_wait=sum(each.waited > about.long_wait_minutes for each in people),
        )

    def _luck(self, site: str, week: int, citizen: Citizen, purpose: str) -> float:
        return seeds.uniform(self.draw.seed, "resident", site, week, *_name(citizen), purpose)

    def _counted(self, site: str, week: int, arm: str, *, holiday: bool) -> list[Citizen]:
        """Those who agreed, of all who came for the first time: the same under both ways."""
        about = self.world.truth.pilot
        low, high = about.people
        many = seeds.whole(self.draw.seed, "people", site, week, low=low, high=high)
        if holiday:
            many = max(2, int(many * about.incident_holiday))
        came = [each for each in self._week(site, week, arm) if kind_of(each.group)[0] != LATER]
        came.sort(key=lambda each: self._luck(site, week, each, "agrees"))
        return came[:many]

    # --- a week

    def _week(self, site: str, week: int, arm: str) -> tuple[Citizen, ...]:
        """Everybody who comes in a week."""
        ready, sure = self._kind(self._conditions(week, arm))
        luck = self.world.truth.pilot.spread * seeds.bell(self.draw.seed, "week", site, week)
        shift = {key: _shift(share, points + luck) for key, (share, points) in sure.items()}
        return citizens(lucky(ready, shift), seeds.key(self.draw.seed, "pilot", site, week))

    def _conditions(self, week: int, arm: str) -> Conditions:
        when = {key: begins for key, (begins, _) in self.happens.items()}
        shocks = self.world.truth.shocks
        return Conditions(
            arm,
            surge="surge" in when and 0 <= week - when["surge"] < shocks["surge"]["weeks"],
            lighter="rule" in when and week >= when["rule"],
            unpowered=when.get("power") == week,
        )

    def _kind(self, conditions: Conditions) -> tuple[Compiled, Shift]:
        """A kind of week ready to run, and each group's share with the points of its ideas."""
        if conditions not in self._kinds:
            self._kinds[conditions] = self._made(conditions)
        return self._kinds[conditions]

    def _made(self, now: Conditions) -> tuple[Compiled, Shift]:
        world, draw, demand = self.world, self.draw, 1.0
        ideas = self.plan.ideas if now.arm == NEW else ()
        scale: dict[str, float] = {}
        if now.surge:
            scale |= world.scale("surge")
            demand = world.truth.shocks["surge"]["demand"]
        if now.lighter:
            scale |= world.scale("rule")
        off = THREE_DAYS if now.unpowered else 0.0
        hazards = world.hazards_of(
            draw.cause, ideas, self.adherence, second=draw.second, scale=scale, unpowered=off
        )
        first = world.files(world.truth.week.trust) * demand
        usual = world.first(draw.cause, ideas, self.adherence, second=draw.second)
        later = first * (world.visits(usual) - 1)
        sure: Shift = {}
        for group in [*(each.key for each in world.place.groups), LATER]:
            share = 1.0
            for each in hazards.values():
                share *= 1 - min(each[group], 1.0)
            sure[group] = share, world.points(ideas, group)
        return world.centre.compiled(Week(first, later, world.capacity(ideas), hazards)), sure


def _name(citizen: Citizen) -> tuple[str, int]:
    return citizen.group, citizen.number


def _shift(share: float, luck: float) -> tuple[float, float]:
    """The chances of being sent home, and of being done, in spite of all, that move a share by
    `luck`.

    >>> _shift(0.5, -0.25), _shift(0.5, 0.25)
    ((0.5, 0.0), (0.0, 0.5))
    """
    aim = min(max(share + luck, LEAST), MOST)
    if aim <= share:
        return 1 - aim / share, 0.0
    return 0.0, (aim - share) / (1 - share)
