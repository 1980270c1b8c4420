"""The game: every move and belief is an event, and the state is a fold of the events.

The same seed and the same events give the same state, digit for digit; so a game can be replayed,
resumed after anything, or forked at any point. Nothing here knows what computes the world.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from vuon.errors import N_, VuonError, Words
from vuon.journeys.model import Pin, pin
from vuon.practice import costs
from vuon.practice.beans import Spread, spread
from vuon.practice.material import TIMES, Material
from vuon.practice.pilot import Pilot, check_plan, end_pilot, plan_from, start_pilot
from vuon.practice.world import Draw, Outcomes, PilotPlan, World

TASTER, FULL = "taster", "full"
MODES = (TASTER, FULL)
#: Moves in a taster.
TASTER_MOVES = 3
ADOPT, ADAPT, REPEAT, DROP = "adopt", "adapt", "repeat", "drop"
DECISIONS = (ADOPT, ADAPT, REPEAT, DROP)


class Stage(StrEnum):
    """Where a game stands."""

    GUESS = "guess"  # the first beans are not laid yet
    OPEN = "open"  # looking, listening, trying ideas
    PILOT = "pilot"  # sealed and half way: something asks for an answer
    READ = "read"  # the pilot's numbers are there, a decision is due
    OVER = "over"  # decided: the year later can be seen


@dataclass(frozen=True)
class Event:
    """One thing that a team did. Its fields are plain values, so that it can be kept as JSON.

    >>> Event.of({"kind": "move", "move": "observe"}).fields["move"]
    'observe'
    """

    kind: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Event:
        """The event that was kept as JSON."""
        return cls(kept["kind"], {key: kept[key] for key in kept if key != "kind"})

    def kept(self) -> dict[str, Any]:
        """The event as plain values."""
        return {"kind": self.kind, **self.fields}


@dataclass(frozen=True)
class Found:
    """What one move brought. `signal` is what the material points at; only the debrief shows it."""

    move: str
    choice: str
    feared: bool
    signal: str | None
    material: Material
    day: int


@dataclass(frozen=True)
class Belief:
    """Beans as they lay after so many moves."""

    after: int
    beans: Spread


@dataclass(frozen=True)
class Try:
    """An idea tried under the beliefs of that moment, with what the team expected beforehand."""

    ideas: tuple[str, ...]
    predicted: int
    expected: Outcomes
    by_cause: Mapping[str, float]
    after: int


@dataclass(frozen=True)
class State:
    """All that a game has come to. Holds signals: the web shows parts of it only.

    Args:
        days: working days used.
        money: million đồng left.
        staff, sponsor: goodwill left, 0 to 10.
        notices: shocks that have happened, in order.
    """

    mode: str
    stage: Stage
    days: int
    money: float
    staff: float
    sponsor: float
    found: tuple[Found, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    pins: tuple[Pin, ...] = ()
    tries: tuple[Try, ...] = ()
    pilot: Pilot | None = None
    decision: str = ""
    adopted: tuple[str, ...] = ()
    late_days: int = 0
    published: bool = False
    notices: tuple[str, ...] = ()

    @property
    def beans(self) -> Spread | None:
        """The beans as they lie now."""
        return self.beliefs[-1].beans if self.beliefs else None

    @property
    def stale(self) -> bool:
        """Whether something was found since the beans were laid."""
        return not self.beliefs or self.beliefs[-1].after < len(self.found)

    def made(self, move: str) -> tuple[Found, ...]:
        """What this move brought so far."""
        return tuple(each for each in self.found if each.move == move)


def begin(world: World, mode: str) -> State:
    """A game before its first event, with the whole purse."""
    purse = world.place.purse
    return State(
        mode=mode,
        stage=Stage.GUESS,
        days=0,
        money=float(purse.million_dong),
        staff=float(purse.goodwill_staff),
        sponsor=float(purse.goodwill_sponsor),
    )


def replay(world: World, draw: Draw, mode: str, events: Sequence[Event]) -> State:
    """The state after all events.

    Raises:
        VuonError: an event that cannot follow the ones before it.
    """
    state = begin(world, mode)
    for event in events:
        state = apply(world, draw, state, event)
    return state


def apply(world: World, draw: Draw, state: State, event: Event) -> State:
    """The state after one more event.

    Raises:
        VuonError: `game.…` in plain words where the event is not possible; the state is as before.
    """
    doers = {
        "beans": _beans,
        "move": _move,
        "pin": _pin,
        "try": _try,
        "seal": _seal,
        "halfway": _halfway,
        "decide": _decide,
    }
    if event.kind not in doers:
        raise _refusal("game.event", N_("This cannot be done in a game."))
    after = doers[event.kind](world, draw, state, event.fields)
    return _sponsor_moves(world, draw, after)


def _refusal(code: str, what: str, do: str = N_("Load the page again."), **named: Any) -> VuonError:
    return VuonError(code, Words(what, named), Words(do, named))


def _at(state: State, *stages: Stage) -> None:
    if state.stage not in stages:
        raise _refusal(
            "game.stage",
            N_("The game has moved on, so this cannot be done any more."),
            N_("Load the page again to see where it stands."),
        )


# --- beliefs


def _beans(world: World, draw: Draw, state: State, fields: Mapping[str, Any]) -> State:
    _at(state, Stage.GUESS, Stage.OPEN)
    laid = spread(world.place, fields["beans"])
    kept = tuple(each for each in state.beliefs if each.after < len(state.found))
    return replace(state, stage=Stage.OPEN, beliefs=(*kept, Belief(len(state.found), laid)))


def _pin(world: World, draw: Draw, state: State, fields: Mapping[str, Any]) -> State:
    """Pin a piece of material to a step of the map, or take the pin off (an empty step)."""
    _at(state, Stage.OPEN, Stage.PILOT, Stage.READ)
    piece, step = str(fields["piece"]), str(fields["step"])
    if piece not in pieces(state) or (step and step not in world.place.journey.keys):
        raise _refusal("game.pin", N_("There is no such note or step."))
    return replace(state, pins=pin(state.pins, piece, step))


def pieces(state: State) -> list[str]:
    """The names of everything found that can be pinned: `3-0` is the first piece of the fourth
    move, `3-rows` its table."""
    names = []
    for number, found in enumerate(state.found):
        names += [f"{number}-{at}" for at in range(len(found.material.pieces))]
        names += [f"{number}-rows"] if found.material.rows else []
    return names


# --- moves


def _move(world: World, draw: Draw, state: State, fields: Mapping[str, Any]) -> State:
    _at(state, Stage.OPEN)
    move, choice = costs.chosen(world.place, str(fields["move"]), str(fields.get("choice", "")))
    made = state.made(move.key)
    refused = costs.why_not_move(world.place, state, move, choice)
    if refused:
        raise refused
    assert len(made) < TIMES
    feared = bool(choice and choice.feared) or world.fears(state.staff)
    earlier = [each.signal for each in made]
    signal = world.signal(draw, move.key, earlier=earlier, feared=feared)
    return replace(
        state,
        days=state.days + move.days,
        money=state.money - move.money,
        staff=_bounded(state.staff + move.staff + (choice.staff if choice else 0)),
        sponsor=_bounded(state.sponsor + move.sponsor),
        found=(
            *state.found,
            Found(
                move.key,
                choice.key if choice else "",
                feared,
                signal,
                world.show(draw, move.key, signal, len(made)),
                state.days + move.days,
            ),
        ),
    )


def _bounded(goodwill: float) -> float:
    return min(max(goodwill, 0.0), 10.0)


def _sponsor_moves(world: World, draw: Draw, state: State) -> State:
    """The leader is transferred once the day has come; what was agreed with the old one on the
    first day and a sealed plan stay."""
    day = draw.future.sponsor_day
    if day is None or state.days < day or "sponsor" in state.notices or state.mode == TASTER:
        return state
    agreed = any(state.made(move.key) for move in world.place.moves if move.first)
    kept = agreed and state.pilot is not None
    return replace(
        state,
        sponsor=world.successor(kept=kept),
        notices=(*state.notices, "sponsor"),
    )


# --- ideas


def _try(world: World, draw: Draw, state: State, fields: Mapping[str, Any]) -> State:
    """Try ideas under the team's beliefs; the draw is never looked at."""
    _at(state, Stage.OPEN)
    ideas = costs.known_ideas(world.place, fields["ideas"], state.mode)
    predicted = int(fields["predicted"])
    if not 0 <= predicted <= 100:
        raise _refusal(
            "game.predicted",
            N_("The expected number must lie between 0 and 100."),
            N_("Write how many of 100 people would finish at the first visit."),
        )
    after = costs.after_ideas(world.place, state, ideas)
    adherence = world.adherence(after.staff)
    assert state.beans is not None, "open games have beliefs"
    beliefs = {cause.key: state.beans.share(cause.key) for cause in world.place.causes}
    expected = world.expect(beliefs, ideas, adherence)
    by_cause = {
        cause: world.expect({cause: 1.0}, ideas, adherence).total.first for cause in beliefs
    }
    made = Try(ideas, predicted, expected, by_cause, len(state.found))
    return replace(state, tries=(*state.tries, made))


# --- the pilot


def _seal(world: World, draw: Draw, state: State, fields: Mapping[str, Any]) -> State:
    _at(state, Stage.OPEN)
    if state.mode == TASTER:
        raise _refusal("game.taster", N_("The short game has no pilot."))
    plan = plan_from(world.place, fields)
    refused = check_plan(world, state, plan)
    if refused:
        raise refused
    return replace(
        costs.after_ideas(world.place, state, plan.ideas),
        stage=Stage.PILOT,
        adopted=plan.ideas,
        pilot=start_pilot(
            world, draw, plan, costs.after_ideas(world.place, state, plan.ideas).staff
        ),
    )


def _halfway(world: World, draw: Draw, state: State, fields: Mapping[str, Any]) -> State:
    """Answer what happened half way: go on, stop, and whether to publish the first number."""
    _at(state, Stage.PILOT)
    assert state.pilot is not None
    answer = str(fields["answer"])
    if answer not in state.pilot.answers:
        raise _refusal(
            "game.answer", N_("Choose one of the answers."), N_("Mark one, then send again.")
        )
    pilot = end_pilot(world, draw, state.pilot, answer)
    after = world.after_pilot(pilot.happened, pilot.plan, alarm=pilot.alarm is not None)
    staff, sponsor = state.staff + after[0], state.sponsor + after[1]
    published = answer == "publish"
    if published or answer == "decline":
        press = world.press(publish=published, bad=not pilot.good)
        staff, sponsor = staff + press[0], sponsor + press[1]
    return replace(
        state,
        stage=Stage.READ,
        pilot=pilot,
        days=state.days + pilot.days,
        staff=_bounded(staff),
        sponsor=_bounded(sponsor),
        published=published,
        notices=(*state.notices, *pilot.happened),
    )


# --- the decision


def _decide(world: World, draw: Draw, state: State, fields: Mapping[str, Any]) -> State:
    _at(state, Stage.OPEN, Stage.READ)
    decision = str(fields["decision"])
    if decision not in DECISIONS or (state.pilot is None and decision in (ADAPT, REPEAT)):
        raise _refusal(
            "game.decision", N_("Choose one of the decisions."), N_("Mark one, then send again.")
        )
    if state.mode == TASTER and not state.tries:
        raise _refusal(
            "game.try_first",
            N_("No idea has been tried yet."),
            N_("Write what you expect of one, and try it."),
        )
    if decision == DROP:
        return replace(state, stage=Stage.OVER, decision=decision, adopted=())
    if state.pilot is not None and decision != ADAPT:
        return replace(state, stage=Stage.OVER, decision=decision)
    ideas = costs.known_ideas(world.place, fields.get("ideas", ()), state.mode)
    before = state.pilot.plan.ideas if state.pilot else ()
    refused = costs.why_not_ideas(world.place, state, ideas, before)
    if refused:
        raise refused
    after = costs.after_ideas(world.place, state, ideas, before)
    late = max(0, after.days - world.place.purse.working_days)
    days = min(after.days, world.place.purse.working_days)
    return replace(
        after, stage=Stage.OVER, decision=decision, adopted=ideas, late_days=late, days=days
    )


def plan_of(state: State) -> PilotPlan | None:
    """The plan that was sealed, if one was."""
    return state.pilot.plan if state.pilot else None
