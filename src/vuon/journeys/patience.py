"""How long people wait before they leave: who was served had more patience than was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from vuon.journeys.model import Dist
from vuon.special import gamma_quantile


@dataclass(frozen=True)
class Patience:
    """Patience from a queue.

    Args:
        dist: exponential, mean = total waiting ÷ who left; None where nobody left.
        left: how many left.
        waited: total minutes waited, of those who left and of those who were served.
        most: the rate of leaving a minute is below this with 95 %.
        curve: Kaplan-Meier: (minutes, share who would still be waiting).
    """

    dist: Dist | None
    left: int
    waited: float
    most: float
    curve: tuple[tuple[float, float], ...]


def patience(left: Sequence[float], stayed: Sequence[float], source: str = "stopwatch") -> Patience:
    """The patience of people of whom some left after `left` minutes and others were called after
    `stayed` minutes.

    The rate is Gamma(½ + who left, total waiting); its 5 and 95 % give the interval of the mean.

    >>> found = patience([20, 40], [5, 10, 25])
    >>> found.dist["mean"], found.left
    (50.0, 2)
    """
    waited = float(sum(left) + sum(stayed))
    gone = len(left)
    most = gamma_quantile(0.5 + gone, 0.95) / waited if waited else float("inf")
    if not gone or not waited:
        return Patience(None, gone, waited, most, kaplan_meier(left, stayed))
    least = gamma_quantile(0.5 + gone, 0.05) / waited
    dist = Dist.of("exponential", mean=waited / gone, source=source, n=gone)
    dist = replace(dist, low=1 / most, high=1 / least)
    return Patience(dist, gone, waited, most, kaplan_meier(left, stayed))


def kaplan_meier(
    seen: Sequence[float], censored: Sequence[float] = ()
) -> tuple[tuple[float, float], ...]:
    """The share for whom it lasts longer than each time at which it ended for somebody.

    Who is cut off at the very time of an ending still counts among those at risk.

    Source: Kaplan and Meier (1958).

    >>> kaplan_meier([6, 13], [6, 9])
    ((6, 0.75), (13, 0.0))
    """
    everybody = sorted([(x, 0) for x in seen] + [(x, 1) for x in censored])
    at_risk, share = len(everybody), 1.0
    found = []
    for time, same in groupby(everybody, key=lambda each: each[0]):
        kinds = [cut for _, cut in same]
        ended = kinds.count(0)
        if ended:
            share *= 1 - ended / at_risk
            found.append((time, share))
        at_risk -= len(kinds)
    return tuple(found)
