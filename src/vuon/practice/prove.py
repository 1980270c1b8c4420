"""The proof that a place teaches: teams that look and test serve more people than those that guess.

The same seeds for all teams, so that the luck of a world is the same for each. An interval is the
mean ± 1.96 standard errors over the seeds, which for some hundred seeds keeps its promise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from vuon.errors import N_, Words
from vuon.practice.beliefs import brier, posterior, prior, shares_of
from vuon.practice.best import futures_of
from vuon.practice.game import begin
from vuon.practice.later import Adopted, adopted, year_of
from vuon.practice.plans import Ideas, affordable
from vuon.practice.teams import TEAMS, play
from vuon.practice.world import Draw, World

#: In this order teams must do better, the first best.
ORDER = ("tester", "listener", "tool-lover", "guesser")
#: Beliefs of testers must come closer to the truth by this share of the first distance.
CLOSER = 1 / 3
#: No fixed plan may be the best one in more than this share of worlds.
ONE_FITS_ALL = 0.5
LEVEL = 1.96


@dataclass(frozen=True)
class Score:
    """A team over all seeds: the mean share that finishes at the first visit in the year later,
    with its interval."""

    team: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Proof:
    """What playing a place many times showed.

    Args:
        seeds: how many worlds.
        scores: each team.
        brier_start, brier_end: mean distance of testers' beliefs from the truth.
        best: how often each plan was the best one, as a share of the worlds, the most first.
        reasons: why the place does not teach; empty if it does.
    """

    seeds: int
    scores: tuple[Score, ...]
    brier_start: float
    brier_end: float
    best: tuple[tuple[Ideas, float], ...]
    reasons: tuple[Words, ...]

    @property
    def teaches(self) -> bool:
        """Whether it does."""
        return not self.reasons

    def score(self, team: str) -> Score:
        """The score of a team."""
        return next(score for score in self.scores if score.team == team)


def prove(
    world: World, seeds: Iterable[int], *, progress: Callable[[int], None] = lambda done: None
) -> Proof:
    """Play the place with every team on every seed.

    Args:
        world: the place.
        seeds: of the worlds; at least two.
        progress: called with the number of worlds that are done.
    """
    firsts: dict[str, list[float]] = {name: [] for name in TEAMS}
    briers: list[tuple[float, float]] = []
    winners: Counter[Ideas] = Counter()
    start = prior(world.place)
    for done, seed in enumerate(seeds, 1):
        for name in TEAMS:
            team = play(world, seed, name)
            what = adopted(world, team.draw, team.state)
            firsts[name].append(year_of(world, team.draw, what).total.first)
            if name == "tester":
                laid = team.state.beans
                held = shares_of(laid) if laid else posterior(world, team.state.found)
                cause = team.draw.cause
                briers.append((brier(start, cause), brier(held, cause)))
        winners[_best_plan(world, world.draw(seed))] += 1
        progress(done)
    scores = tuple(_score(name, values) for name, values in firsts.items())
    before, after = (sum(each[n] for each in briers) / len(briers) for n in (0, 1))
    best = tuple((ideas, count / len(briers)) for ideas, count in winners.most_common())
    return Proof(len(briers), scores, before, after, best, _reasons(scores, before, after, best))


def _score(name: str, values: Sequence[float]) -> Score:
    mean = sum(values) / len(values)
    spread = sum((value - mean) ** 2 for value in values) / max(1, len(values) - 1)
    error = LEVEL * sqrt(spread / len(values))
    return Score(name, mean, mean - error, mean + error)


def _best_plan(world: World, draw: Draw) -> Ideas:
    """The plan that the whole purse allows and the truth rewards most."""
    calm = futures_of(world, draw, 1)[0]
    plans = affordable(world, begin(world, "full"))
    return max(
        plans,
        key=lambda ideas: (
            year_of(world, draw, Adopted(ideas, plans[ideas], 0, ()), calm).total.first
        ),
        default=(),
    )


def _reasons(
    scores: Sequence[Score], before: float, after: float, best: Sequence[tuple[Ideas, float]]
) -> tuple[Words, ...]:
    by_name = {score.team: score for score in scores}
    found = []
    for better, worse in pairwise(ORDER):
        if by_name[better].mean <= by_name[worse].mean:
            found.append(
                Words(
                    N_("The {better} serves no more people than the {worse}: {one}% and {other}%."),
                    {
                        "better": better,
                        "worse": worse,
                        "one": round(100 * by_name[better].mean, 1),
                        "other": round(100 * by_name[worse].mean, 1),
                    },
                )
            )
    if by_name["tester"].low <= by_name["guesser"].high:
        found.append(Words(N_("Between tester and guesser luck alone could make the difference.")))
    if after > before * (1 - CLOSER):
        found.append(
            Words(
                N_("Testers' beliefs come too little closer to the truth: {before} to {after}."),
                {"before": round(before, 3), "after": round(after, 3)},
            )
        )
    if best and best[0][1] > ONE_FITS_ALL:
        found.append(
            Words(
                N_("One plan is the best in {share}% of the worlds: {ideas}."),
                {"share": round(100 * best[0][1]), "ideas": " + ".join(best[0][0])},
            )
        )
    return tuple(found)
