"""What the same purse would have allowed: a search over all plans under the true causes.

Every plan meets the same futures, so that a difference between two plans is never luck. Up to
`MOST_PLANS` are all computed; beyond that, halves are kept on ever more futures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vuon.practice import costs
from vuon.practice.game import begin
from vuon.practice.later import Adopted, year_of
from vuon.practice.plans import Ideas, every_plan
from vuon.practice.world import Draw, Future, Outcome, Outcomes, World

FUTURES = 100
RANKED = 40
MOST_PLANS = 10_000
FEWEST = 8


@dataclass(frozen=True)
class Ranged:
    """An outcome over many futures: its mean, and the range that holds eight in ten of them."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class OverFutures:
    """What a plan would do over the futures that could have come.

    `first`, `completed`, `visits`, `wait_minutes` and `dong` for all ("") and for each group.
    """

    ideas: Ideas
    figures: dict[str, dict[str, Ranged]]

    def first(self, group: str = "") -> Ranged:
        """The share that finishes at the first visit."""
        return self.figures[group]["first"]


def futures_of(world: World, draw: Draw, count: int = FUTURES) -> list[Future]:
    """Futures that could have come, the same ones for every plan."""
    return [world.another_future(draw, number) for number in range(count)]


def over_futures(world: World, draw: Draw, what: Adopted, futures: Sequence[Future]) -> OverFutures:
    """What is in force, over many futures."""
    years = [year_of(world, draw, what, future) for future in futures]
    groups = ["", *years[0].groups]
    return OverFutures(
        what.ideas,
        {
            group: {
                name: _ranged([getattr(_of(year, group), name) for year in years])
                for name in ("first", "completed", "visits", "wait_minutes", "dong")
            }
            for group in groups
        },
    )


def _of(outcomes: Outcomes, group: str) -> Outcome:
    return outcomes.groups[group] if group else outcomes.total


def _ranged(values: Sequence[float]) -> Ranged:
    ordered = sorted(values)
    tenth = len(ordered) // 10
    return Ranged(sum(values) / len(values), ordered[tenth], ordered[-1 - tenth])


def best_possible(world: World, draw: Draw, count: int = FUTURES) -> OverFutures:
    """The plan that the whole purse allows with the most people who finish at the first visit.

    Every plan is set up and tried for the least time within the days of the purse, as a team
    would have to, and then runs for a year.
    """
    start = begin(world, "full")
    place, plans = world.place, []
    for ideas in every_plan(place):
        if costs.why_not_ideas(place, start, ideas, pilot_days=place.limits.pilot_days) is None:
            after = costs.after_ideas(place, start, ideas)
            plans.append(Adopted(ideas, world.adherence(after.staff), 0, ()))
    futures = futures_of(world, draw, count)
    # Plans are compared on the same futures, so that fewer are enough to put them in order.
    enough = min(count, RANKED)
    tried = enough if len(plans) <= MOST_PLANS else FEWEST
    while len(plans) > 1:
        scores = {
            plan: sum(year_of(world, draw, plan, future).total.first for future in futures[:tried])
            for plan in plans
        }
        plans.sort(key=lambda plan: -scores[plan])
        plans = plans[: 1 if tried >= enough else max(1, len(plans) // 2)]
        tried = min(2 * tried, enough)
    return over_futures(world, draw, plans[0], futures)
