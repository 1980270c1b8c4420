"""Which figure to measure next: how much of a result's spread comes from each of them.

Sobol's shares of variance by Jansen's estimators over outer draws; inner replications share luck,
so that what is left between draws comes from the figures. Source: Jansen (1999); Saltelli et al.
(2010), table 2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vuon import seeds
from vuon.errors import VuonError
from vuon.journeys.compare import PLACES
from vuon.journeys.compile import compiled
from vuon.journeys.model import Journey
from vuon.journeys.running import runnable
from vuon.journeys.simulate import Opener, luck, outcomes
from vuon.journeys.uncertain import Unknown, outer, silent, unknowns

#: Figures at which the wait of outer draws may go up without end are cut here, in days of drain.
DRAIN_DAYS = 14.0


@dataclass(frozen=True)
class Part:
    """What one figure does to the spread of a result.

    Args:
        alone: share of the variance that would go if it were known exactly.
        total: share in which it plays a part, alone or with others.
    """

    unknown: Unknown
    alone: float
    total: float


@dataclass(frozen=True)
class Next:
    """What to measure next for one metric of one group.

    Args:
        mean, sd: of the result over outer draws.
        assumed: share of its variance that comes from assumed figures alone, from 0 to 1.
        parts: the uncertain figures, the largest part first.
        silent: figures that are assumed and of which nobody said how uncertain they are: they
            play no part here.
    """

    metric: str
    group: str
    mean: float
    sd: float
    assumed: float
    parts: tuple[Part, ...]
    silent: tuple[str, ...]


def measure_next(
    journey: Journey,
    metric: str = "wait",
    group: str = "",
    *,
    draws: int = 64,
    replications: int = 2,
    seed: int = 1,
    opener: Opener | None = None,
) -> Next:
    """The shares of variance of one metric that come from each uncertain figure.

    Runs draws × (figures + 3) × replications. With few draws shares are rough: above 64 draws
    they are right to about a tenth.

    Raises:
        VuonError: `journey.not_runnable`, `journey.full`.
    """
    refused = runnable(journey)
    if refused:
        raise VuonError("journey.not_runnable", refused[0].what, refused[0].do)
    known = unknowns(journey)
    names = [each.name for each in known]
    assumed = {each.name for each in known if each.light == "assumed"}
    keys = luck(seed, 0, range(replications))

    def result(row: int, from_other: set[str]) -> float:
        def number(name: str) -> float:
            one = "b" if name.removesuffix("/spread") in from_other else "a"
            return spread(seed, one, name, row, draws)

        drawn = compiled(outer(journey, number), drain_days=DRAIN_DAYS)
        found = outcomes(drawn, keys, opener)
        place = PLACES[metric]
        return sum(found.outcome(n, group, place) for n in range(replications)) / replications

    rows = range(draws)
    a, b = [result(n, set()) for n in rows], [result(n, set(names)) for n in rows]
    variance = _variance([*a, *b])

    def alone(mixed: Sequence[float]) -> float:
        return _part(lambda: 1 - _half_square(b, mixed) / variance, variance)

    parts = []
    for each in known:
        mixed = [result(n, {each.name}) for n in rows]
        total = _part(lambda m=mixed: _half_square(a, m) / variance, variance)  # type: ignore[misc]
        parts.append(Part(each, alone(mixed), total))
    parts.sort(key=lambda part: (-part.total, part.unknown.name))
    share = alone([result(n, assumed) for n in rows]) if assumed else 0.0
    whole = [*a, *b]
    mean = sum(whole) / len(whole)
    return Next(metric, group, mean, variance**0.5, share, tuple(parts), silent(journey))


def spread(seed: int, sample: str, name: str, row: int, rows: int) -> float:
    """A number strictly between 0 and 1; over all rows each of the equal parts is met once."""
    order = _order(seed, sample, name, rows)
    return (order[row] + 0.5 * (seeds.uniform(seed, sample, name, row) + 0.5)) / rows


@lru_cache(maxsize=4096)
def _order(seed: int, sample: str, name: str, rows: int) -> list[int]:
    return seeds.shuffled(range(rows), seed, "measure", sample, name)


def _half_square(one: Sequence[float], other: Sequence[float]) -> float:
    return sum((x - y) ** 2 for x, y in zip(one, other, strict=True)) / (2 * len(one))


def _variance(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((x - mean) ** 2 for x in values) / (len(values) - 1)


def _part(share: Callable[[], float], variance: float) -> float:
    """A share between 0 and 1; nothing has a part in what does not vary."""
    return min(1.0, max(0.0, share())) if variance > 0 else 0.0
