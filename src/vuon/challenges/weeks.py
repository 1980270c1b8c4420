"""The calendar of a proposed programme: short live sessions, an hour alone, two follow-ups."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from vuon.challenges.programme import Proposal, Step
from vuon.errors import N_, VuonError, Words

LIVE_MINUTES = 120
ALONE_MINUTES = 60
LONGEST = 52

#: Weeks after the start in which somebody asks what has become of it.
FOLLOW_UPS = (12, 26)
_ASK = N_("Is it still running? Who owns it? Is it used elsewhere?")


@dataclass(frozen=True)
class Week:
    """One week: its Monday, the live session (if any) and the work alone, as card keys."""

    number: int
    monday: date
    has_live: bool
    live: tuple[str, ...]
    live_minutes: int
    alone: tuple[str, ...]
    alone_minutes: int


@dataclass(frozen=True)
class FollowUp:
    """A later week in which three questions are asked."""

    number: int
    monday: date
    ask: Words


@dataclass(frozen=True)
class Calendar:
    """The weeks of a programme, its follow-ups, and the cards for which no time was left."""

    weeks: tuple[Week, ...]
    follow_ups: tuple[FollowUp, ...]
    left_over: tuple[str, ...] = ()


@dataclass
class _Slot:
    """One sitting; `middle` is the share of all planned time that has passed at its middle."""

    week: int
    live: bool
    size: int
    middle: float
    cards: list[str] = field(default_factory=list)
    used: int = 0


def plan_weeks(proposal: Proposal, starts: date, weeks: int = 8) -> Calendar:
    """A calendar for `proposal`: one live session of two hours at most in each fortnight, and
    one hour alone in each week, in the order of the programme and spread over all weeks.

    Activities for the group go into live sessions as far as the order allows; if there is more
    work than time, those are left over which the plan's stages stress least.

    Args:
        proposal: the programme; its last activity closes the last live session.
        starts: the first day possible; week 1 begins on the first Monday from that day on.
        weeks: 1 to 52.

    Returns:
        Weeks, follow-ups in weeks 12 and 26 (later ones only), and what did not fit.

    Raises:
        VuonError: `programme.weeks` if `weeks` is not between 1 and 52.

    >>> plan_weeks(Proposal(()), date(2026, 12, 2)).weeks[0].monday
    datetime.date(2026, 12, 7)
    """
    if not 1 <= weeks <= LONGEST:
        raise VuonError(
            "programme.weeks",
            Words(N_("A programme of {weeks} weeks cannot be planned."), {"weeks": weeks}),
            Words(N_("Choose between 1 and {most} weeks."), {"most": LONGEST}),
        )
    first = starts + timedelta(days=-starts.weekday() % 7)
    slots = _slots(weeks)
    left_over = _fill(proposal.steps, slots)

    def sitting(week: int, live: bool) -> _Slot:
        empty = _Slot(week, live, 0, 0.0)
        return next((s for s in slots if s.week == week and s.live is live), empty)

    def monday(week: int) -> date:
        return first + timedelta(weeks=week - 1)

    planned = []
    for number in range(1, weeks + 1):
        live, alone = sitting(number, True), sitting(number, False)
        planned.append(
            Week(
                number,
                monday(number),
                live.size > 0,
                tuple(live.cards),
                live.used,
                tuple(alone.cards),
                alone.used,
            )
        )
    later = tuple(FollowUp(n, monday(n), Words(_ASK)) for n in FOLLOW_UPS if n > weeks)
    return Calendar(tuple(planned), later, tuple(left_over))


def _slots(weeks: int) -> list[_Slot]:
    """The sittings in their order in time.

    A fortnight meets in its first week; the last one meets in its last week, after the hour
    alone, so that the programme ends in the room. The first week always meets.
    """
    live_weeks = {1, *range(1, weeks - 1, 2), weeks}
    slots: list[_Slot] = []
    for week in range(1, weeks + 1):
        live = [_Slot(week, True, LIVE_MINUTES, 0.0)] if week in live_weeks else []
        alone = [_Slot(week, False, ALONE_MINUTES, 0.0)]
        slots += alone + live if week == weeks else live + alone
    total, passed = sum(slot.size for slot in slots), 0
    for slot in slots:
        slot.middle = (passed + slot.size / 2) / total
        passed += slot.size
    return slots


#: What it costs to leave an activity out, next to which distances in time are small.
_LEFT_OUT = 100.0
_GROUP_ALONE, _ALONE_IN_GROUP = 0.3, 0.05

_Plan = tuple[float, tuple[int, ...]]


def _fill(steps: tuple[Step, ...], slots: list[_Slot]) -> list[str]:
    """Puts the steps into the slots in order; returns the keys for which no slot was left.

    Exact dynamic programming over (last slot, minutes used in it): among all ways that keep the
    order and the sizes, the one nearest to an even spread. The last step closes the last slot.
    """
    total = sum(step.minutes for step in steps)
    plans: dict[tuple[int, int], _Plan] = {(0, 0): (0.0, ())}
    done = 0
    for number, step in enumerate(steps):
        aim = (done + step.minutes / 2) / total
        done += step.minutes
        closes = number == len(steps) - 1
        further: dict[tuple[int, int], _Plan] = {}
        for (at, used), (cost, placed) in plans.items():
            skipped = (cost + _LEFT_OUT * (1 + step.weight + 9 * closes), (*placed, -1))
            _keep_better(further, (at, used), skipped)
            for n in range(len(slots) - 1 if closes else at, len(slots)):
                minutes = (used if n == at else 0) + step.minutes
                if minutes <= slots[n].size:
                    price = cost + _price(step, slots[n], aim)
                    _keep_better(further, (n, minutes), (price, (*placed, n)))
        plans = further
    _, placed = min(plans.values())
    left_over: list[str] = []
    for step, n in zip(steps, placed, strict=True):
        if n < 0:
            left_over.append(step.card)
        else:
            slots[n].cards.append(step.card)
            slots[n].used += step.minutes
    return left_over


def _price(step: Step, slot: _Slot, aim: float) -> float:
    """How far `slot` lies from where `step` should fall, in time and in company."""
    company = 0.0
    if step.together != slot.live:
        company = _GROUP_ALONE if step.together else _ALONE_IN_GROUP
    return abs(slot.middle - aim) + company


def _keep_better(plans: dict[tuple[int, int], _Plan], state: tuple[int, int], plan: _Plan) -> None:
    """Keeps `plan` for `state` if none is known that costs less."""
    if state not in plans or plan < plans[state]:
        plans[state] = plan
