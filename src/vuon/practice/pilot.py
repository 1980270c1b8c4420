"""The pilot of a game: what a plan can show, its lot, its half-way point, and its reading.

Everything that is inferred is inferred by `vuon.trials`, as for a real pilot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vuon import seeds
from vuon.errors import N_, VuonError, Words
from vuon.practice import costs
from vuon.practice.place import Place
from vuon.practice.world import (
    BEFORE_AFTER,
    DESIGNS,
    NEW,
    OLD,
    SIDE_BY_SIDE,
    WEEKS_BY_LOT,
    CentreWeek,
    Draw,
    PilotPlan,
    World,
)

if TYPE_CHECKING:
    from vuon.practice.game import State
    from vuon.trials.randomise import Lot, Space
    from vuon.trials.sealing import Sealed
    from vuon.trials.verdict import Verdict

DAYS_A_WEEK = 5
BLOCK = 2
WORTHWHILE = (0.05, 0.10, 0.15)
GUARDRAILS = (0.25, 0.35)
#: Days for which a pilot stands still after its guardrail has spoken.
PAUSE_DAYS = 3
#: The gain half way that somebody wants to publish.
GOOD_NUMBER = 0.10


@dataclass(frozen=True)
class Reading:
    """What the rows say.

    Args:
        units: how many units the comparison rests on: weeks of a point, or points.
        new, old: shares that finished at the first visit.
        estimate: the difference, new less old.
        low, high: the interval; infinite where the lot is too coarse, None without a lot.
        p, smallest_p: None without a lot.
        flips: whether those who could not be asked could turn the sign round.
        verdict: what may be said.
    """

    units: int
    new: float
    old: float
    estimate: float
    low: float | None
    high: float | None
    p: float | None
    smallest_p: float | None
    flips: bool
    verdict: Verdict

    @property
    def observational(self) -> bool:
        """Whether nothing was drawn by lot."""
        return self.low is None


@dataclass(frozen=True)
class Pilot:
    """A sealed pilot. `ended` is the number of weeks it ran, 0 while it is half way."""

    plan: PilotPlan
    sealed: Sealed
    public_number: str
    lot: Lot | None
    arms: Mapping[tuple[str, int], str]
    adherence: float
    rows: tuple[CentreWeek, ...]
    half: int
    happens: Mapping[str, tuple[int, str]]
    alarm: int | None
    answers: tuple[str, ...]
    ended: int = 0
    reading: Reading | None = None

    @property
    def happened(self) -> tuple[str, ...]:
        """What happened until now: until half way, or until the end."""
        until = self.ended or self.half
        return tuple(key for key, (week, _) in self.happens.items() if week <= until)

    @property
    def days(self) -> int:
        """Working days it took."""
        paused = self.alarm is not None and self.alarm <= self.ended
        return self.ended * DAYS_A_WEEK + (PAUSE_DAYS if paused else 0)

    @property
    def good(self) -> bool:
        """Whether the final reading bears out a good number."""
        return self.reading is not None and self.reading.verdict.code == "works"

    @property
    def shown(self) -> tuple[CentreWeek, ...]:
        """The rows that can be seen: none until the pilot has ended, since a look is a look."""
        return tuple(row for row in self.rows if row.week <= self.ended) if self.ended else ()


def plan_from(place: Place, fields: Mapping[str, Any]) -> PilotPlan:
    """The plan that an event describes.

    Raises:
        VuonError: `pilot.…` for what cannot be understood.
    """
    sites = tuple(site.key for site in place.sites if site.key in fields.get("sites", ()))
    guardrail = fields.get("guardrail")
    return PilotPlan(
        ideas=costs.known_ideas(place, fields.get("ideas", ()), "full"),
        design=str(fields.get("design", "")),
        sites=sites,
        weeks=int(fields.get("weeks", 0)),
        worthwhile=float(fields.get("worthwhile", 0)),
        guardrail=float(guardrail) if guardrail else None,
        promise=bool(fields.get("promise")),
    )


def _refusal(code: str, what: str, do: str, **named: Any) -> VuonError:
    return VuonError(code, Words(what, named), Words(do, named))


def check_plan(world: World, state: State, plan: PilotPlan) -> VuonError | None:
    """Why this pilot cannot begin; None if it can, even where it can show nothing."""
    least = -(-world.place.limits.pilot_days // DAYS_A_WEEK)
    if plan.design not in DESIGNS:
        what = N_("It is not said what is compared with what.")
        return _refusal("pilot.design", what, N_("Choose one way of comparing."))
    if not plan.sites or (plan.design == SIDE_BY_SIDE and len(plan.sites) < 2):
        what = N_("Too few points take part for this comparison.")
        return _refusal("pilot.sites", what, N_("Mark one more point."))
    if plan.weeks < least:
        return _refusal(
            "pilot.weeks",
            N_("A pilot takes at least {least} weeks."),
            N_("Choose more weeks."),
            least=least,
        )
    if plan.design == WEEKS_BY_LOT and plan.weeks % BLOCK:
        what = N_("Weeks are drawn in pairs, so their number must be even.")
        return _refusal("pilot.pairs", what, N_("Choose one week more or less."))
    if not any(abs(plan.worthwhile - known) < 1e-9 for known in WORTHWHILE):
        what = N_("It is not said from which gain it would be worth it.")
        return _refusal("pilot.worthwhile", what, N_("Choose one of the three."))
    return costs.why_not_ideas(world.place, state, plan.ideas, pilot_days=plan.weeks * DAYS_A_WEEK)


def most_weeks(place: Place, state: State, ideas: Sequence[str]) -> int:
    """How many weeks of pilot the days left allow, once these ideas are set up."""
    left = place.purse.working_days - state.days - costs.setup_days(place, ideas)
    return max(0, left // DAYS_A_WEEK)


def space_of(plan: PilotPlan, weeks: int | None = None) -> Space | None:
    """Every way in which the lot could have fallen, over the first `weeks`; None without a lot."""
    from vuon.trials import randomise

    if plan.design == BEFORE_AFTER:
        return None
    if plan.design == SIDE_BY_SIDE:
        return randomise.complete(len(plan.sites), len(plan.sites) // 2)
    ran = plan.weeks if weeks is None else weeks
    blocks = [f"{site}{(week - 1) // BLOCK}" for site in plan.sites for week in range(1, ran + 1)]
    return randomise.blocked(blocks, 1)


def _arms(plan: PilotPlan, lot: Lot | None) -> dict[tuple[str, int], str]:
    weeks = range(1, plan.weeks + 1)
    if lot is None:
        return {(site, week): NEW for site in plan.sites for week in weeks}
    if plan.design == SIDE_BY_SIDE:
        drawn = dict(zip(plan.sites, lot.allocation, strict=True))
        return {(site, week): NEW if drawn[site] else OLD for site in plan.sites for week in weeks}
    units = [(site, week) for site in plan.sites for week in weeks]
    return {unit: NEW if new else OLD for unit, new in zip(units, lot.allocation, strict=True)}


def start_pilot(world: World, draw: Draw, plan: PilotPlan, staff: float) -> Pilot:
    """The pilot sealed, drawn by lot, and run until half way."""
    from vuon.trials import randomise, sealing

    sealed = sealing.seal(
        {
            "place": world.place.key,
            "ideas": list(plan.ideas),
            "design": plan.design,
            "sites": list(plan.sites),
            "weeks": plan.weeks,
            "outcome": "finished at the first visit",
            "worthwhile": plan.worthwhile,
            "guardrail": plan.guardrail,
            "promise": plan.promise,
        }
    )
    number = f"{seeds.whole(draw.seed, 'public number', low=0, high=999_999):06}"
    space = space_of(plan)
    lot = randomise.draw_lot(space, randomise.lot_seed(sealed.sha256, number)) if space else None
    arms = _arms(plan, lot)
    adherence = world.adherence(staff)
    rows = world.pilot(draw, plan, arms, adherence)
    half = BLOCK * ((plan.weeks + BLOCK) // (2 * BLOCK))
    first = _difference([row for row in rows if row.week <= half])
    pressed = "press" in draw.future.shocks and first is not None and first >= GOOD_NUMBER
    return Pilot(
        plan=plan,
        sealed=sealed,
        public_number=number,
        lot=lot,
        arms=arms,
        adherence=adherence,
        rows=rows,
        half=half,
        happens=world.happenings(draw, plan),
        alarm=_alarm(plan, rows),
        answers=("decline", "publish", "stop") if pressed else ("go_on", "stop"),
    )


def _alarm(plan: PilotPlan, rows: Sequence[CentreWeek]) -> int | None:
    """The week in which the guardrail speaks, over the people of the new way."""
    from vuon.trials.monitor import e_value

    if plan.guardrail is None:
        return None
    harmed = seen = 0
    for week in range(1, plan.weeks + 1):
        for row in rows:
            if row.week == week and row.arm == NEW:
                harmed, seen = harmed + row.long_wait, seen + row.seen
        if seen and e_value(harmed, seen, plan.guardrail) >= 20:
            return week
    return None


def end_pilot(world: World, draw: Draw, pilot: Pilot, answer: str) -> Pilot:
    """The pilot once somebody answered half way, with its reading."""
    ended = pilot.half if answer == "stop" else pilot.plan.weeks
    rows = [row for row in pilot.rows if row.week <= ended]
    return replace(pilot, ended=ended, reading=read_rows(pilot.plan, rows, ended))


def _difference(rows: Sequence[CentreWeek]) -> float | None:
    new = [row.share for row in rows if row.arm == NEW and row.share is not None]
    old = [row.share for row in rows if row.arm == OLD and row.share is not None]
    return sum(new) / len(new) - sum(old) / len(old) if new and old else None


def read_rows(plan: PilotPlan, rows: Sequence[CentreWeek], weeks: int) -> Reading:
    """The honest reading of a pilot's rows over its first `weeks`."""
    from vuon.trials import verdict

    shares = {arm: _shares(rows, arm) for arm in (NEW, OLD)}
    new, old = (sum(each) / len(each) for each in (shares[NEW], shares[OLD]))
    bounds = [_filled(rows, kind) for kind in ("worst", "best")]
    flips = bounds[0] * bounds[1] < 0
    space = space_of(plan, weeks)
    if space is None:
        said = verdict.verdict(None, None, plan.worthwhile, randomised=False, estimate=new - old)
        return Reading(len(rows), new, old, new - old, None, None, None, None, flips, said)
    y, drawn, fixed = _units(plan, rows, weeks)
    found = _exact(y, drawn, space, fixed)
    low, high = (found.low, found.high) if not flips else (float("-inf"), float("inf"))
    said = verdict.verdict(low, high, plan.worthwhile, randomised=True)
    return Reading(
        len(y),
        new,
        old,
        found.estimate,
        found.low,
        found.high,
        found.p,
        float(found.smallest_p),
        flips,
        said,
    )


def _exact(y: list[float], drawn: list[int], space: Space, fixed: list[list[float]] | None) -> Any:
    from vuon.trials import exact

    return exact.read(y, drawn, space, fixed=fixed)


def _shares(rows: Sequence[CentreWeek], arm: str) -> list[float]:
    return [row.share for row in rows if row.arm == arm and row.share is not None] or [0.0]


def _filled(rows: Sequence[CentreWeek], kind: str) -> float:
    """The difference if all who could not be asked had fared worst, or best, for the new way."""
    means = {}
    for arm in (NEW, OLD):
        finish = (arm == NEW) == (kind == "best")
        shares = [
            (row.finished + (row.lost if finish else 0)) / row.seen
            for row in rows
            if row.arm == arm and row.seen
        ]
        means[arm] = sum(shares) / len(shares) if shares else 0.0
    return means[NEW] - means[OLD]


def _units(
    plan: PilotPlan, rows: Sequence[CentreWeek], weeks: int
) -> tuple[list[float], list[int], list[list[float]] | None]:
    """Outcomes, lots and what was fixed beforehand, unit by unit in the order of the space."""
    by_unit = {(row.site, row.week): row for row in rows}
    middle = {arm: sum(_shares(rows, arm)) / len(_shares(rows, arm)) for arm in (NEW, OLD)}

    def share(row: CentreWeek) -> float:
        return row.share if row.share is not None else middle[row.arm]

    if plan.design == SIDE_BY_SIDE:
        y, drawn = [], []
        for site in plan.sites:
            mine = [by_unit[site, week] for week in range(1, weeks + 1)]
            y.append(sum(share(row) for row in mine) / len(mine))
            drawn.append(int(mine[0].arm == NEW))
        return y, drawn, None
    units = [by_unit[site, week] for site in plan.sites for week in range(1, weeks + 1)]
    pairs = list(dict.fromkeys((row.site, (row.week - 1) // BLOCK) for row in units))
    fixed = [
        [float((row.site, (row.week - 1) // BLOCK) == pair) for pair in pairs] for row in units
    ]
    return [share(row) for row in units], [int(row.arm == NEW) for row in units], fixed


@dataclass(frozen=True)
class Foresight:
    """What a plan can show, said before it starts."""

    units: int
    allocations: int | None
    smallest_p: float | None

    @property
    def can_show(self) -> bool:
        """Whether any result could rule out chance at the usual 5%."""
        return self.smallest_p is not None and self.smallest_p <= 0.05


def foresee(plan: PilotPlan) -> Foresight:
    """What the plan can show at best."""
    space = space_of(plan)
    if space is None:
        return Foresight(len(plan.sites) * plan.weeks, None, None)
    units = len(plan.sites) * (1 if plan.design == SIDE_BY_SIDE else plan.weeks)
    return Foresight(units, int(space.size), float(space.smallest_p()))
