"""The first world of a place: arithmetic from the tables of its truth.

A visit ends unfinished for reasons that act one after another, so that the share that finishes at
the first visit is the product of (1 − hazard). The true cause has the large hazard; an idea
multiplies a cause's hazard by 1 − adherence × effect. Load, queue and cost follow from the visits.
Only +, −, ×, ÷ are used, so that every machine gives the same digits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from vuon import seeds
from vuon.practice.centre_week import centre_week
from vuon.practice.material import Material, material
from vuon.practice.place import Place
from vuon.practice.reading import read
from vuon.practice.sources import Source, read_sources
from vuon.practice.truth import Truth, read_truth
from vuon.practice.world import (
    BEFORE_AFTER,
    OLD,
    WEEKS_BY_LOT,
    CentreWeek,
    Draw,
    Future,
    Goodwill,
    Outcome,
    Outcomes,
    PilotPlan,
    mean_of,
)
from vuon.practice.year import WEEKS_A_YEAR, run_year

#: Weeks of records before a pilot that is read as before and after.
WEEKS_BEFORE = 6


@dataclass(frozen=True)
class Arithmetic:
    """A `World` computed from `place.toml`, `truth.toml` and the sources of one folder."""

    place: Place
    truth: Truth
    sources: Mapping[str, Source]

    # --- the draw

    def draw(self, seed: int, *, blended: bool = False) -> Draw:
        """The truth and the future of a seed."""
        priors = [(cause.key, cause.prior) for cause in self.place.causes]
        cause = seeds.choose(priors, seed, "cause") or priors[-1][0]
        second = None
        if blended:
            others = [key for key, _ in priors if key != cause]
            second = others[seeds.whole(seed, "second", low=0, high=len(others) - 1)]
        return Draw(seed, cause, second, self._future(seed))

    def another_future(self, draw: Draw, number: int) -> Future:
        """The future with this number, the same for every plan."""
        return self._future(draw.seed, "another", number)

    def _future(self, seed: int, *names: seeds.Name) -> Future:
        low, high = self.truth.demand
        shocks = {}
        for key, about in self.truth.shocks.items():
            if seeds.uniform(seed, *names, "shock", key) < about["chance"]:
                shocks[key] = seeds.uniform(seed, *names, "shock", key, "at")
        rule = seeds.uniform(seed, *names, "rule") < self.truth.rule_in_year
        return Future(
            demand=low + (high - low) * seeds.uniform(seed, *names, "demand"),
            rule_week=seeds.whole(seed, *names, "rule week", low=1, high=WEEKS_A_YEAR)
            if rule
            else None,
            sponsor_day=self._sponsor_day(shocks),
            shocks={key: at for key, at in shocks.items() if key != "sponsor"},
            incident=self.place.incidents[
                seeds.whole(seed, *names, "incident", low=0, high=len(self.place.incidents) - 1)
            ].key,
            incident_at=seeds.uniform(seed, *names, "incident", "at"),
        )

    def _sponsor_day(self, shocks: Mapping[str, float]) -> int | None:
        if "sponsor" not in shocks:
            return None
        after = int(self.truth.shocks["sponsor"]["after_day"])
        return after + int(shocks["sponsor"] * (self.place.purse.working_days - after))

    # --- what a move shows

    def signal(
        self, draw: Draw, move: str, *, earlier: Sequence[str | None], feared: bool
    ) -> str | None:
        """The cause that a move points at, given what it pointed at before; None for nothing."""
        names = (move, "signal", len(earlier))
        if earlier and seeds.uniform(draw.seed, *names, "again") < self.truth.repeats:
            return earlier[-1]
        true = draw.cause
        if draw.second and seeds.uniform(draw.seed, *names, "which") < self._second_share(draw):
            true = draw.second
        shares = self.truth.signal(move, true, feared=feared)
        return seeds.choose(list(shares.items()), draw.seed, *names, "afraid" if feared else "free")

    def _second_share(self, draw: Draw) -> float:
        hazards = self.hazards(draw.cause, draw.second)
        assert draw.second
        return hazards[draw.second] / (hazards[draw.second] + hazards[draw.cause])

    def likelihood(
        self,
        move: str,
        cause: str,
        signal: str | None,
        *,
        earlier: Sequence[str | None],
        feared: bool,
    ) -> float:
        """The chance of that signal if `cause` were true."""
        shares = self.truth.signal(move, cause, feared=feared)
        afresh = shares.get(signal, 0.0) if signal else 1 - sum(shares.values())
        if not earlier:
            return afresh
        return self.truth.repeats * (earlier[-1] == signal) + (1 - self.truth.repeats) * afresh

    def show(self, draw: Draw, move: str, signal: str | None, occurrence: int) -> Material:
        """The material of a move."""
        return material(self.sources[move], signal, seed=draw.seed, occurrence=occurrence)

    def fears(self, staff: float) -> bool:
        """Whether staff with this goodwill write in fear."""
        return staff < self.truth.fear_below

    def adherence(self, staff: float) -> float:
        """How well staff with this goodwill keep to what was agreed; 0 below the lowest step."""
        return next((share for at, share in self.truth.adherence if staff >= at), 0.0)

    # --- goodwill

    def successor(self, *, kept: bool) -> float:
        """The goodwill of a new leader, with or without a signed page and a sealed plan."""
        return self.truth.shocks["sponsor"]["signed_page" if kept else "falls_to"]

    def after_pilot(self, happened: Sequence[str], plan: PilotPlan, *, alarm: bool) -> Goodwill:
        """What the shocks of a pilot do to the goodwill of a team that was, or was not, ready."""
        staff = 0.0
        if "surge" in happened and plan.guardrail is None:
            staff += self.truth.shocks["surge"]["staff_unprepared"]
        if "complaint" in happened and not plan.promise:
            staff += self.truth.shocks["complaint"]["staff"]
        return staff, 0.0

    def press(self, *, publish: bool, bad: bool) -> Goodwill:
        """What publishing the first number, or declining to, does to goodwill."""
        about = self.truth.shocks["press"]
        if not publish:
            return 0.0, about["decline_sponsor"]
        later = about["publish_then_bad"] if bad else 0.0
        return about["publish_staff"] + later, about["publish_sponsor"]

    # --- what people live through

    def hazards(self, cause: str, second: str | None = None) -> dict[str, float]:
        """Each cause's hazard before anything is changed: 38 of 100 finish under every truth."""
        truth = self.truth
        found = {each.key: truth.other for each in self.place.causes}
        found[cause] = truth.main
        if second:
            found[second] = truth.second
            others = 1.0
            for key, hazard in found.items():
                others *= 1 if key == cause else 1 - hazard
            found[cause] = 1 - self.start / others
        return found

    @cached_property
    def start(self) -> float:
        """The share that finishes at the first visit at the start."""
        return (1 - self.truth.main) * (1 - self.truth.other) ** (len(self.place.causes) - 1)

    def first(
        self,
        cause: str,
        ideas: Sequence[str],
        adherence: float,
        *,
        group: str | None = None,
        second: str | None = None,
        scale: Mapping[str, float] | None = None,
        unpowered: float = 0,
    ) -> float:
        """The share that finishes at the first visit.

        Args:
            cause: the true cause.
            ideas: the ideas in force.
            adherence: how well staff keep to them, 0 to 1.
            group: for one group; for all if left out.
            second: a second cause, in the blended world.
            scale: factors on single causes' hazards, from shocks.
            unpowered: share of the week in which electric ideas stand still.
        """
        share = 1.0
        for key, base in self.hazards(cause, second).items():
            mine = group if key == cause else None
            share *= 1 - self.hazard(
                key, base, ideas, adherence, group=mine, scale=scale, unpowered=unpowered
            )
        return share

    def hazard(
        self,
        key: str,
        base: float,
        ideas: Sequence[str],
        adherence: float,
        *,
        group: str | None = None,
        scale: Mapping[str, float] | None = None,
        unpowered: float = 0,
    ) -> float:
        """What is left of one cause's hazard, 0 to 1; `group` only for the main cause."""
        hazard = base * (scale or {}).get(key, 1)
        if group:
            hazard *= self.truth.group_factor[group]
        for idea in ideas:
            effect = self.truth.effects[idea]
            works = adherence * (1 - unpowered if effect.electric else 1)
            hazard *= 1 - works * effect.causes.get(key, 0)
        return min(hazard, 1)

    def visits(self, first: float) -> float:
        """Visits a file: sent home, everyone comes once more, and after each later failure a
        certain share comes again."""
        return 1 + (1 - first) / (1 - self.truth.comes_again * (1 - first))

    def completed(self, first: float) -> float:
        """The share that finishes at all."""
        return first + (1 - first) * first / (1 - self.truth.comes_again * (1 - first))

    def more_hours(self, ideas: Sequence[str]) -> float:
        """Counter hours a week that ideas add or take."""
        return sum(self.truth.effects[idea].counter_hours for idea in ideas)

    def capacity(self, ideas: Sequence[str], *, more: float = 0) -> float:
        """Visits that the counters can serve in a week, with `more` hours besides."""
        week = self.truth.week
        more += self.more_hours(ideas)
        return (week.counter_hours + more) * 60 / week.minutes_a_visit

    def wait_minutes(self, load: float, ideas: Sequence[str] = ()) -> float:
        """Minutes in the queue at a load: 35 at the start, more the fuller it is."""
        queue = self.truth.queue
        load = min(load, queue.ceiling)
        return queue.minutes * (load / (1 - load)) / (queue.at_load / (1 - queue.at_load))

    def files(self, trust: float) -> float:
        """Files a week that come to a counter; the others are finished online."""
        week = self.truth.week
        online = week.online_base + week.online_slope * trust
        return week.files * (1 - week.online_saves * online)

    def outcome(self, first: float, wait: float) -> Outcome:
        cost, visits = self.truth.cost, self.visits(first)
        minutes = visits * (cost.travel_minutes + wait) + cost.form_minutes
        dong = minutes / 60 * cost.dong_an_hour + visits * cost.dong_a_trip + cost.dong_copies
        return Outcome(first, self.completed(first), visits, wait, dong)

    def _ordinary(self, cause: str, ideas: Sequence[str], adherence: float) -> Outcomes:
        """An ordinary week at rest under one cause."""
        total = self.first(cause, ideas, adherence)
        trust = 1 / self.visits(total)
        load = self.files(trust) * self.visits(total) / self.capacity(ideas)
        wait = self.wait_minutes(load, ideas)
        return Outcomes(
            self.outcome(total, wait),
            {
                group.key: self.outcome(self.group_first(cause, ideas, adherence, group.key), wait)
                for group in self.place.groups
            },
        )

    def group_first(
        self, cause: str, ideas: Sequence[str], adherence: float, group: str, **more: object
    ) -> float:
        first = self.first(cause, ideas, adherence, group=group, **more)  # type: ignore[arg-type]
        return min(max(first + self.points(ideas, group), 0), 1)

    def points(self, ideas: Sequence[str], group: str) -> float:
        """What ideas add for one group besides their effect on causes, as a share."""
        return sum(self.truth.effects[idea].groups.get(group, 0) for idea in ideas)

    def expect(
        self, beliefs: Mapping[str, float], ideas: Sequence[str], adherence: float
    ) -> Outcomes:
        """What would happen in an ordinary week if causes were true as often as believed."""
        under = [
            (share, self._ordinary(cause, ideas, adherence)) for cause, share in beliefs.items()
        ]
        return Outcomes(
            mean_of([(share, each.total) for share, each in under]),
            {
                group.key: mean_of([(share, each.groups[group.key]) for share, each in under])
                for group in self.place.groups
            },
        )

    def gain(self, draw: Draw, ideas: Sequence[str], adherence: float) -> float:
        """The true gain in first-visit finish, as a share, without shocks."""
        after = self.first(draw.cause, ideas, adherence, second=draw.second)
        return after - self.first(draw.cause, (), 0, second=draw.second)

    # --- a pilot

    def incident(self, draw: Draw, plan: PilotPlan) -> str:
        """What goes wrong in this pilot; ways can be mixed up only where both are at one point."""
        others = [each.key for each in self.place.incidents if each.key != "mixed"]
        if draw.future.incident == "mixed" and plan.design != WEEKS_BY_LOT and others:
            return others[0]
        return draw.future.incident

    def pilot(
        self, draw: Draw, plan: PilotPlan, arms: Mapping[tuple[str, int], str], adherence: float
    ) -> tuple[CentreWeek, ...]:
        """The rows of a pilot, with `arms[site, week]` as drawn.

        Residents keep their luck: the same person at the same point in the same week finishes
        under the new way whenever the old one would have been enough.
        """
        before = range(1 - WEEKS_BEFORE, 1) if plan.design == BEFORE_AFTER else range(0)
        rows = []
        for site in plan.sites:
            for week in (*before, *range(1, plan.weeks + 1)):
                arm = arms[site, week] if week > 0 else OLD
                rows.append(centre_week(self, draw, plan, site, week, arm, adherence))
        return tuple(rows)

    def happenings(self, draw: Draw, plan: PilotPlan) -> Mapping[str, tuple[int, str]]:
        """Shocks and the incident of a pilot: the week each comes, and at which point, if one."""
        someone_waits = plan.design != BEFORE_AFTER
        found = {
            key: (1 + int(at * plan.weeks), "")
            for key, at in draw.future.shocks.items()
            if key != "press" and (key != "complaint" or someone_waits)
        }
        which = int(draw.future.incident_at * len(plan.sites) * plan.weeks)
        found[self.incident(draw, plan)] = (
            1 + which // len(plan.sites),
            plan.sites[which % len(plan.sites)],
        )
        return found

    def scale(self, shock: str) -> dict[str, float]:
        """The factors of a shock on hazards: what its table calls `<cause>_hazard`."""
        named = self.truth.shocks.get(shock, {}).items()
        return {
            name.removesuffix("_hazard"): factor
            for name, factor in named
            if name.endswith("_hazard")
        }

    # --- the year later

    def year(
        self,
        draw: Draw,
        ideas: Sequence[str],
        adherence: float,
        *,
        late_weeks: int = 0,
        lapsing: Sequence[str] = (),
        future: Future | None = None,
    ) -> Outcomes:
        """Fifty-two weeks under the truth, in the drawn future or in `future`.

        Args:
            ideas: what was adopted.
            late_weeks: weeks of set-up before it works.
            lapsing: ideas that end when the leader's goodwill is used up.
        """
        return run_year(self, draw, ideas, adherence, late_weeks, lapsing, future or draw.future)


def open_world(folder: Path) -> Arithmetic:
    """The world of the place in `folder`.

    Raises:
        VuonError: as `read`, `read_truth` and `read_sources`.
    """
    place = read(folder)
    return Arithmetic(place, read_truth(folder, place), read_sources(folder, place))
