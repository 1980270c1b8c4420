"""What formulas made for thousands would say of the same rows: shown greyed, with the reason.

Only to compare. People of one place and week are alike, so counting them one by one promises too
much; and between few units a bell curve is too narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from vuon.errors import N_, Words
from vuon.special import normal_quantile, t_quantile

REASON = Words(N_("Counts people one by one, as if those of one place and week were not alike."))


@dataclass(frozen=True)
class Naive:
    """Intervals of the difference of two shares, new less old.

    Args:
        estimate: the difference of all people together.
        alone: as if people were independent.
        clustered: with what units differ more than luck alone.
        descriptive: the same with Student's t of units − 2 degrees.
        design_effect: how many times as wide, squared, the second is than the first.
    """

    estimate: float
    alone: tuple[float, float]
    clustered: tuple[float, float]
    descriptive: tuple[float, float]
    design_effect: float


def shares(
    new: Sequence[tuple[float, int]], old: Sequence[tuple[float, int]], level: float = 0.95
) -> Naive:
    """The usual intervals of shares.

    Args:
        new, old: for each unit how many finished, of how many; at least two units each.
        level: of the intervals.

    >>> found = shares([(3, 10), (6, 10)], [(2, 10), (3, 10)])
    >>> round(found.estimate, 3)
    0.2
    """
    (p, alone_new, units_new), (q, alone_old, units_old) = _arm(new), _arm(old)
    alone, clustered = sqrt(alone_new + alone_old), sqrt(units_new + units_old)
    difference, tail = p - q, 1 - (1 - level) / 2
    z, t = normal_quantile(tail), t_quantile(len(new) + len(old) - 2, tail)

    def around(half: float) -> tuple[float, float]:
        return difference - half, difference + half

    effect = (clustered / alone) ** 2 if alone else 1.0
    return Naive(
        difference, around(z * alone), around(z * clustered), around(t * clustered), effect
    )


def _arm(units: Sequence[tuple[float, int]]) -> tuple[float, float, float]:
    """The share, its variance if people were independent, and by the spread of units."""
    seen, count = sum(of for _, of in units), len(units)
    share = sum(yes for yes, _ in units) / seen
    spread = sum((yes - share * of) ** 2 for yes, of in units)
    return share, share * (1 - share) / seen, count / (count - 1) * spread / seen**2


def welch(new: Sequence[float], old: Sequence[float], level: float = 0.95) -> tuple[float, float]:
    """The interval of a difference of means for whoever believes that noise is bell-shaped.

    A fair second line beside the exact one: with few units it covers what it promises, if a little
    too often. B. L. Welch, *Biometrika* 34 (1947).

    Args:
        new, old: at least two values each, not all of them the same.

    >>> low, high = welch([5.0, 6.0, 7.0, 8.0], [1.0, 2.0, 3.0, 4.0])
    >>> round(low, 2), round(high, 2)
    (1.77, 6.23)
    """
    means, parts, freedom = [], [], 0.0
    for values in (new, old):
        mean = sum(values) / len(values)
        part = sum((value - mean) ** 2 for value in values) / (len(values) - 1) / len(values)
        means.append(mean)
        parts.append(part)
        freedom += part**2 / (len(values) - 1)
    spread = sum(parts)
    half = t_quantile(spread**2 / freedom, 1 - (1 - level) / 2) * sqrt(spread)
    return means[0] - means[1] - half, means[0] - means[1] + half
