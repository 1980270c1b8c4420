"""The debrief of a finished game: what was believed, what happened, what could have been.

Never a score, never a rank. Everything here may be shown, for the game is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vuon.journeys.model import pinned_at
from vuon.practice.beans import Spread
from vuon.practice.beliefs import posterior
from vuon.practice.best import FUTURES, OverFutures, best_possible, futures_of, over_futures
from vuon.practice.game import TASTER, Found, State, pieces
from vuon.practice.later import Adopted, adopted
from vuon.practice.pilot import (
    BLOCK,
    DAYS_A_WEEK,
    Foresight,
    foresee,
)
from vuon.practice.world import WEEKS_BY_LOT, Draw, PilotPlan, World
from vuon.practice.worth import informative

if TYPE_CHECKING:
    from vuon.practice.place import Move
    from vuon.practice.sources import Piece

#: What a part of an idea rests on, the best first.
MEASURED, SAID, ASSUMED = "measured", "said", "assumed"


@dataclass(frozen=True)
class Moment:
    """Beliefs after one move (none for the start): the team's beans as they lay then, and the
    beans of someone who weighs all material rightly."""

    move: str
    choice: str
    day: int
    beans: Spread | None
    bayes: Mapping[str, float]
    moved: int


@dataclass(frozen=True)
class PilotLookedBack:
    """The pilot of a team beside one of equal cost that shows more.

    `covers` says whether the interval held the true gain; None without an interval.
    """

    plan: PilotPlan
    foresight: Foresight
    true_gain: float
    covers: bool | None
    other: PilotPlan
    other_foresight: Foresight


@dataclass(frozen=True)
class Rests:
    """A step that an idea touches, and what was pinned there."""

    idea: str
    step: str
    light: str
    pinned: tuple[Piece | str, ...]


@dataclass(frozen=True)
class Debrief:
    """All that is talked about after a game."""

    cause: str
    second: str | None
    path: tuple[Moment, ...]
    nothing: OverFutures
    yours: OverFutures
    best: OverFutures
    adopted: Adopted
    pilot: PilotLookedBack | None
    unpinned: tuple[tuple[int, Found], ...]
    never_asked: tuple[Move, ...]
    rests: tuple[Rests, ...]


def debrief(
    world: World,
    draw: Draw,
    state: State,
    *,
    futures: int = FUTURES,
    best: OverFutures | None = None,
) -> Debrief:
    """The debrief of a finished game.

    Args:
        futures: over how many futures figures are ranged.
        best: the best possible of this draw, where it is known already.
    """
    what = adopted(world, draw, state)
    come = futures_of(world, draw, futures)
    return Debrief(
        cause=draw.cause,
        second=draw.second,
        path=path_of_beliefs(world, state),
        nothing=over_futures(world, draw, Adopted((), 0, 0, ()), come),
        yours=over_futures(world, draw, what, come),
        best=best or best_possible(world, draw, futures),
        adopted=what,
        pilot=_pilot(world, draw, state),
        unpinned=_unpinned(world, state),
        never_asked=_never_asked(world, state),
        rests=_rests(world, state, what.ideas),
    )


def path_of_beliefs(world: World, state: State) -> tuple[Moment, ...]:
    """Beans over time beside the beans that the material allowed."""
    moments = []
    last: Spread | None = None
    for count in range(len(state.found) + 1):
        laid = next((each.beans for each in state.beliefs if each.after == count), None)
        found = state.found[count - 1] if count else None
        moved = 0.0
        if laid and last:
            moved = sum(abs(laid.share(key) - last.share(key)) for key, _ in laid.beans) / 2
        moments.append(
            Moment(
                move=found.move if found else "",
                choice=found.choice if found else "",
                day=found.day if found else 0,
                beans=laid,
                bayes=posterior(world, state.found[:count]),
                moved=round(moved * world.place.beans),
            )
        )
        last = laid or last
    return tuple(moments)


def _pilot(world: World, draw: Draw, state: State) -> PilotLookedBack | None:
    if state.pilot is None or state.pilot.reading is None:
        return None
    plan, reading = state.pilot.plan, state.pilot.reading
    gain = world.gain(draw, plan.ideas, state.pilot.adherence)
    covers = None
    if reading.low is not None and reading.high is not None:
        covers = reading.low <= gain <= reading.high
    weeks = max(plan.weeks // BLOCK * BLOCK, BLOCK)
    other = replace(
        plan,
        design=WEEKS_BY_LOT,
        sites=tuple(site.key for site in world.place.sites),
        weeks=weeks,
    )
    return PilotLookedBack(plan, foresee(plan), gain, covers, other, foresee(other))


def _unpinned(world: World, state: State) -> tuple[tuple[int, Found], ...]:
    """Telling moves of whose material nothing was pinned, with their number."""
    pinned = {pin.evidence.split("-")[0] for pin in state.pins}
    telling = informative(world)
    return tuple(
        (number, found)
        for number, found in enumerate(state.found)
        if str(number) not in pinned
        and found.move in telling
        and any(name.startswith(f"{number}-") for name in pieces(state))
    )


def _never_asked(world: World, state: State) -> tuple[Move, ...]:
    """Ways to find out that could have told something and were not taken."""
    made = {found.move for found in state.found}
    telling = informative(world)
    return tuple(
        move
        for move in world.place.moves
        if move.key in telling and move.key not in made and (state.mode != TASTER or move.taster)
    )


def _rests(world: World, state: State, ideas: tuple[str, ...]) -> tuple[Rests, ...]:
    """For each step that an idea touches: a table or a walk counts as measured, words as said,
    nothing pinned as assumed."""
    found = []
    for key in ideas:
        for step in world.place.idea(key).steps:
            names = [pin.evidence for pin in pinned_at(state.pins, step)]
            kinds = {_kind(state, name) for name in names}
            light = next((each for each in (MEASURED, SAID) if each in kinds), ASSUMED)
            found.append(Rests(key, step, light, tuple(_pinned(state, name) for name in names)))
    return tuple(found)


def _kind(state: State, name: str) -> str:
    number, part = name.split("-")
    if part == "rows":
        return MEASURED
    kind = state.found[int(number)].material.pieces[int(part)].kind
    return MEASURED if kind == "seen" else SAID


def _pinned(state: State, name: str) -> Piece | str:
    number, part = name.split("-")
    found = state.found[int(number)]
    return found.move if part == "rows" else found.material.pieces[int(part)]


def days_of(plan: PilotPlan) -> int:
    """Working days of a pilot."""
    return plan.weeks * DAYS_A_WEEK
