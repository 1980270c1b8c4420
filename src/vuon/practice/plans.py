"""All plans of a place, and the best of them for a purse and a belief."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from vuon.practice import costs

if TYPE_CHECKING:
    from vuon.practice.game import State
    from vuon.practice.place import Place
    from vuon.practice.world import World

Ideas = tuple[str, ...]


def every_plan(place: Place) -> Iterator[Ideas]:
    """Each single idea and each combination that may be set up together."""
    keys = [idea.key for idea in place.ideas]
    for count in range(1, place.limits.ideas + 1):
        yield from combinations(keys, count)


def affordable(world: World, state: State) -> dict[Ideas, float]:
    """The plans that this state allows with the shortest pilot, each with its adherence."""
    place, found = world.place, {}
    for ideas in every_plan(place):
        if costs.why_not_ideas(place, state, ideas, pilot_days=place.limits.pilot_days) is None:
            found[ideas] = world.adherence(costs.after_ideas(place, state, ideas).staff)
    return found


def best_plan(
    world: World, state: State, beliefs: Mapping[str, float]
) -> tuple[Ideas, float] | None:
    """The affordable plan with the most people who finish at the first visit, as believed, and
    that share; None if nothing can be afforded any more."""
    best: tuple[Ideas, float] | None = None
    under = {cause: beliefs[cause] for cause in beliefs if beliefs[cause] > 0}
    for ideas, adherence in affordable(world, state).items():
        share = sum(
            belief * world.expect({cause: 1.0}, ideas, adherence).total.first
            for cause, belief in under.items()
        )
        if best is None or share > best[1]:
            best = (ideas, share)
    return best
