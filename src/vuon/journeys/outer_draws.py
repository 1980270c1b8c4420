"""How sure a difference is when the figures themselves are not: an outer loop over what they leave
possible, with common luck inside.

Two spreads are told apart: between the worlds that the figures leave possible, and between
replications in one world. The probability that a redesign is better is a share of worlds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vuon.errors import VuonError
from vuon.journeys.compare import PLACES
from vuon.journeys.compile import compiled, envelope
from vuon.journeys.measure_next import DRAIN_DAYS, spread
from vuon.journeys.model import Journey
from vuon.journeys.people import METRICS, MORE_IS_BETTER
from vuon.journeys.running import runnable
from vuon.journeys.simulate import Opener, luck, outcomes
from vuon.journeys.uncertain import outer


@dataclass(frozen=True)
class Worlds:
    """The difference that a redesign makes in each world that the figures leave possible.

    Args:
        differences: redesign − as it is, one for each world, the mean over replications.
        luck: the standard deviation of a difference between replications of one world, on
            average.
    """

    metric: str
    group: str
    differences: tuple[float, ...]
    luck: float

    @property
    def mean(self) -> float:
        """The mean over worlds."""
        return sum(self.differences) / len(self.differences)

    @property
    def sd(self) -> float:
        """The standard deviation between worlds."""
        mean, n = self.mean, len(self.differences)
        return float((sum((x - mean) ** 2 for x in self.differences) / max(1, n - 1)) ** 0.5)

    @property
    def better(self) -> float:
        """The share of worlds in which the redesign is better; a draw counts half."""
        sign = 1 if self.metric in MORE_IS_BETTER else -1
        points = (1.0 if sign * x > 0 else 0.5 if x == 0 else 0.0 for x in self.differences)
        return sum(points) / len(self.differences)


def worlds(
    as_is: Journey,
    redesign: Journey,
    *,
    draws: int = 100,
    replications: int = 10,
    metrics: Sequence[str] = METRICS,
    seed: int = 1,
    opener: Opener | None = None,
) -> Mapping[tuple[str, str], Worlds]:
    """The differences between two variants in `draws` worlds, by metric and group.

    What both variants have in common is drawn once for both. Inner replications share their luck
    between variants and between worlds.

    Raises:
        VuonError: `journey.not_runnable`, `journey.full`.
    """
    for journey in (as_is, redesign):
        refused = runnable(journey)
        if refused:
            raise VuonError("journey.not_runnable", refused[0].what, refused[0].do)
    keys = luck(seed, 0, range(replications))
    shared = {group.key for group in redesign.groups}
    groups = ("", *(group.key for group in as_is.groups if group.key in shared))
    columns = [(m, g) for m in metrics for g in groups if m != "load" or not g]
    found: dict[tuple[str, str], list[list[float]]] = {column: [] for column in columns}
    for row in range(draws):

        def number(name: str, row: int = row) -> float:
            return spread(seed, "outer", name, row, draws)

        both = [outer(journey, number) for journey in (as_is, redesign)]
        under = envelope(both)
        one, other = (
            outcomes(compiled(each, under=under, drain_days=DRAIN_DAYS), keys, opener)
            for each in both
        )
        for metric, group in columns:
            place = PLACES[metric]
            found[metric, group].append(
                [
                    other.outcome(n, group, place) - one.outcome(n, group, place)
                    for n in range(replications)
                ]
            )
    return {(m, g): _worlds(m, g, rows) for (m, g), rows in found.items()}


def _worlds(metric: str, group: str, rows: Sequence[Sequence[float]]) -> Worlds:
    means = tuple(sum(row) / len(row) for row in rows)
    within = [
        sum((x - mean) ** 2 for x in row) / max(1, len(row) - 1)
        for row, mean in zip(rows, means, strict=True)
    ]
    return Worlds(metric, group, means, float((sum(within) / len(within)) ** 0.5))
