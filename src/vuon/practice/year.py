"""Fifty-two weeks of a place under its truth: files, visits, queue, trust, what is in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from vuon.practice.world import Draw, Future, Outcomes

if TYPE_CHECKING:
    from vuon.practice.arithmetic import Arithmetic

WEEKS_A_YEAR = 52


def run_year(
    world: Arithmetic,
    draw: Draw,
    ideas: Sequence[str],
    adherence: float,
    late_weeks: int,
    lapsing: Sequence[str],
    comes: Future,
) -> Outcomes:
    """The year in one future; see `World.year`."""
    names = [group.key for group in world.place.groups]
    firsts: dict[str, float] = dict.fromkeys(("", *names), 0.0)
    done, total_wait = _shares_by_phase(world, draw, ideas, adherence, comes, lapsing), 0.0
    trust, week_of = world.truth.week.trust, world.truth.week
    start = done(0, False)[""]
    returning = world.files(trust) * (world.visits(start) - 1)
    backlog = 0.0
    for week in range(1, WEEKS_A_YEAR + 1):
        working = week > late_weeks
        now = done(week, working)
        for key in firsts:
            firsts[key] += now[key] / WEEKS_A_YEAR
        first = now[""]
        new = world.files(trust) * comes.demand
        arrivals = new + returning
        force = _in_force(world, ideas, lapsing, week) if working else ()
        capacity = world.capacity(force)
        load = (backlog + arrivals) / capacity
        served = min(backlog + arrivals, capacity)
        backlog += arrivals - served
        total_wait += world.wait_minutes(load, force) / WEEKS_A_YEAR
        newcomers = new / arrivals
        again = newcomers + (1 - newcomers) * world.truth.comes_again
        returning = served * (1 - first) * again
        trust += (1 / world.visits(first) - trust) / week_of.trust_weeks
    return Outcomes(
        world.outcome(firsts[""], total_wait),
        {key: world.outcome(firsts[key], total_wait) for key in names},
    )


def _in_force(
    world: Arithmetic, ideas: Sequence[str], lapsing: Sequence[str], week: int
) -> Sequence[str]:
    if week <= world.truth.lapse_week:
        return ideas
    return [idea for idea in ideas if idea not in lapsing]


def _shares_by_phase(
    world: Arithmetic,
    draw: Draw,
    ideas: Sequence[str],
    adherence: float,
    future: Future,
    lapsing: Sequence[str],
) -> Callable[[int, bool], dict[str, float]]:
    """The shares that finish at the first visit, computed once for each phase of the year."""
    known: dict[tuple[tuple[str, ...], bool], dict[str, float]] = {}

    def shares(week: int, working: bool) -> dict[str, float]:
        force = tuple(_in_force(world, ideas, lapsing, week)) if working else ()
        lighter = future.rule_week is not None and week >= future.rule_week
        key = (force, lighter)
        if key not in known:
            scale = world.scale("rule") if lighter else None
            known[key] = {
                "": world.first(draw.cause, force, adherence, second=draw.second, scale=scale)
            } | {
                group.key: world.group_first(
                    draw.cause, force, adherence, group.key, second=draw.second, scale=scale
                )
                for group in world.place.groups
            }
        return known[key]

    return shares
