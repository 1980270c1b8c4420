"""What moves are worth, by enumeration over everything they could show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from vuon.practice.beliefs import prior
from vuon.practice.game import State, begin
from vuon.practice.plans import Ideas, affordable

if TYPE_CHECKING:
    from vuon.practice.world import World


@dataclass(frozen=True)
class Worth:
    """What a set of moves leads to.

    Args:
        first: the expected share that finishes at the first visit, if one then sets up the plan
            that is best for what was learnt.
        right: the chance that the cause held likeliest is the true one.
        days: working days used.
    """

    first: float
    right: float
    days: int


def state_after(world: World, moves: Sequence[str], choices: Sequence[str] = ()) -> State:
    """The purse after these moves, whatever they showed."""
    state = begin(world, "full")
    for key, choice in zip(moves, choices or [""] * len(moves), strict=True):
        move = world.place.move(key)
        way = move.choice(choice) or (move.choices[0] if move.choices else None)
        state = replace(
            state,
            days=state.days + move.days,
            money=state.money - move.money,
            staff=min(10.0, state.staff + move.staff + (way.staff if way else 0)),
            sponsor=min(10.0, state.sponsor + move.sponsor),
        )
    return state


def firsts(world: World, state: State) -> dict[Ideas, dict[str, float]]:
    """For each affordable plan, the share that finishes at the first visit under each cause."""
    causes = [cause.key for cause in world.place.causes]
    return {
        ideas: {cause: world.expect({cause: 1.0}, ideas, adherence).total.first for cause in causes}
        for ideas, adherence in affordable(world, state).items()
    }


def worth_of(world: World, moves: Sequence[str], *, known: bool = False) -> Worth:
    """What these moves are worth, over every combination of what they could point at.

    Args:
        moves: keys of moves, each once, made in this order.
        known: as if the cause were known afterwards, to see what their cost alone leaves.
    """
    weights = prior(world.place)
    state = state_after(world, moves)
    plans = firsts(world, state)
    nothing = world.expect(weights, (), 0).total.first
    if known:
        each = {
            cause: max((under[cause] for under in plans.values()), default=nothing)
            for cause in weights
        }
        return Worth(sum(weights[cause] * each[cause] for cause in weights), 1.0, state.days)
    total = right = 0.0
    for joint in _every_joint(world, tuple(moves)):
        best = max(
            (sum(joint[cause] * under[cause] for cause in joint) for under in plans.values()),
            default=nothing * sum(joint.values()),
        )
        total, right = total + best, right + max(joint.values())
    return Worth(total, right, state.days)


def _every_joint(world: World, moves: tuple[str, ...]) -> list[dict[str, float]]:
    """For each combination of signals, its chance together with each cause."""
    weights = prior(world.place)
    signals = [*weights, None]
    table = {
        (move, signal): {
            cause: world.likelihood(move, cause, signal, earlier=(), feared=False)
            for cause in weights
        }
        for move in moves
        for signal in signals
    }
    joints = []
    for shown in product(signals, repeat=len(moves)):
        joint = dict(weights)
        for move, signal in zip(moves, shown, strict=True):
            for cause in joint:
                joint[cause] *= table[move, signal][cause]
        if sum(joint.values()) > 0:
            joints.append(joint)
    return joints


def informative(world: World) -> tuple[str, ...]:
    """The moves that can tell causes apart, in the place's order."""
    weights = prior(world.place)
    return tuple(
        move.key
        for move in world.place.moves
        if any(
            len(
                {
                    world.likelihood(move.key, cause, signal, earlier=(), feared=False)
                    for cause in weights
                }
            )
            > 1
            for signal in [*weights, None]
        )
    )
