"""Without a lot: a series with comparison units, and differences in differences. Observational.

Nothing here is an exact p value, and nothing says more than "consistent with": whatever else
changed at the same time may have made the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from vuon.errors import N_, VuonError, Words

if TYPE_CHECKING:
    import numpy as np

#: As many points as a series needs before and after, and before for differences in differences.
BEFORE, AFTER, TRENDS = 20, 12, 4


def _too_short(what: str, do: str, **named: object) -> VuonError:
    return VuonError("trials.too_short", Words(what, named), Words(do, named))


def simplex_weights(target: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Shares, none below 0 and together 1, with which the others come nearest to the target.

    Least squares by an active set, after C. L. Lawson and R. J. Hanson, *Solving Least Squares
    Problems* (1974), chapter 23, with the sum as an equality: whoever has a share keeps it while
    it stays above 0; whoever would make the fit better is let in.

    Args:
        target: T values.
        others: T × J values.

    >>> import numpy as np
    >>> found = simplex_weights(np.array([1.0, 2.0]), np.array([[0.0, 2.0, 9.0], [0.0, 4.0, 9.0]]))
    >>> found.round(6).tolist()
    [0.5, 0.5, 0.0]
    """
    import numpy as np

    count = others.shape[1]
    scale = max(float(np.abs(others).max()), float(np.abs(target).max()), 1e-300)
    x, y = others / scale, target / scale
    weights = np.zeros(count)
    start = int(((x - y[:, None]) ** 2).sum(axis=0).argmin())
    weights[start] = 1.0
    inside = weights > 0
    for _ in range(10 * count + 100):
        weights, inside = _within(x, y, weights, inside)
        pull = x.T @ (y - x @ weights)
        gain = np.where(inside, -np.inf, pull - pull[inside].mean())
        best = int(gain.argmax())
        if inside.all() or gain[best] <= 1e-12:
            break
        inside[best] = True
    return weights


def _within(
    x: np.ndarray, y: np.ndarray, weights: np.ndarray, inside: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The best shares among those let in; whoever falls to 0 on the way there is let out."""
    import numpy as np

    inside = inside.copy()
    while True:
        free = np.flatnonzero(inside)
        last = free[-1]
        wanted = np.zeros_like(weights)
        if len(free) == 1:
            wanted[last] = 1.0
            return wanted, inside
        base = x[:, free[:-1]] - x[:, [last]]
        found, *_ = np.linalg.lstsq(base, y - x[:, last], rcond=1e-12)
        wanted[free[:-1]] = found
        wanted[last] = 1 - found.sum()
        if (wanted[free] >= 0).all():
            return wanted, inside
        falling = free[wanted[free] < 0]
        steps = weights[falling] / (weights[falling] - wanted[falling])
        step = float(steps.min())
        weights = weights + step * (wanted - weights)
        out = falling[steps <= step * (1 + 1e-12)]
        weights[out] = 0.0
        inside[out] = False
        weights = weights / weights.sum()


@dataclass(frozen=True)
class Jump:
    """What a series shows beside its synthetic control.

    Args:
        estimate: the mean gap after the change, in the outcome's unit.
        weights: the share of each comparison unit.
        gaps: the unit less its synthetic control, over time.
        before: the typical gap before, as root mean square: how good the control is.
        rank, of: as how many-th of how many the unit stands, by the gap after over that before.
    """

    estimate: float
    weights: tuple[float, ...]
    gaps: tuple[float, ...]
    before: float
    rank: int
    of: int

    @property
    def placebo_share(self) -> Fraction:
        """The share of units, itself among them, that stand out at least as much. No p of a lot:
        nobody drew which unit it would be."""
        return Fraction(self.rank, self.of)


def interrupted(
    unit: Sequence[float], others: Sequence[Sequence[float]], change: int, *, short: bool = False
) -> Jump:
    """A unit that changed, beside a weighted mean of those that did not.

    Args:
        unit: its outcome over time.
        others: at least two series as long, of units that did not change.
        change: the first point after the change, from 0.
        short: take less than 20 points before and 12 after.

    Raises:
        VuonError: `trials.too_short`.

    >>> calm = [[float(t % 3) for t in range(32)], [float(t % 4) for t in range(32)]]
    >>> found = interrupted([float(t % 3) + 2 * (t >= 20) for t in range(32)], calm, 20)
    >>> round(found.estimate, 6), str(found.placebo_share)
    (2.0, '1/3')
    """
    import numpy as np

    y, x = np.asarray(unit, float), np.asarray(others, float)
    if x.ndim != 2 or len(x) < 2 or x.shape[1] != len(y):
        raise _too_short(
            N_("A comparison needs at least two units with as many points."),
            N_("Find five to twenty places that did not change."),
        )
    least = (2, 1) if short else (BEFORE, AFTER)
    if change < least[0] or len(y) - change < least[1]:
        raise _too_short(
            N_("{before} points before and {after} after: {least} and {last} are needed."),
            N_("Collect more points, or only describe what was seen."),
            before=change,
            after=len(y) - change,
            least=least[0],
            last=least[1],
        )
    weights, gaps = _gaps(y, x, change)
    mine = _ratio(gaps, change)
    placebo = []
    for at in range(len(x)):
        rest = np.delete(x, at, axis=0)
        placebo.append(_ratio(_gaps(x[at], rest, change)[1], change))
    return Jump(
        float(gaps[change:].mean()),
        tuple(float(each) for each in weights),
        tuple(float(each) for each in gaps),
        float(np.sqrt((gaps[:change] ** 2).mean())),
        1 + sum(each >= mine * (1 - 1e-9) for each in placebo),
        1 + len(placebo),
    )


def _gaps(y: np.ndarray, others: np.ndarray, change: int) -> tuple[np.ndarray, np.ndarray]:
    weights = simplex_weights(y[:change], others[:, :change].T)
    return weights, y - weights @ others


def _ratio(gaps: np.ndarray, change: int) -> float:
    before, after = float((gaps[:change] ** 2).mean()), float((gaps[change:] ** 2).mean())
    return after / max(before, 1e-24)


@dataclass(frozen=True)
class Differences:
    """How much more one group changed than another.

    Args:
        estimate: change of the new group less change of the old one.
        placebo: the same at each date before, where nothing happened; they should be near nought.
        breakdown: how many times as large as the largest change of trend before the one at the
            start would have to be, for the whole difference to be that; infinite without any.
    """

    estimate: float
    placebo: tuple[float, ...]
    breakdown: float

    def bounds(self, times: float) -> tuple[float, float]:
        """From where to where the effect lies if trends parted at the start at most so many times
        as much as they ever did before.

        >>> Differences(2.0, (0.5, -0.5), 4.0).bounds(1)
        (1.5, 2.5)
        """
        slack = times * max((abs(each) for each in self.placebo), default=0.0)
        return self.estimate - slack, self.estimate + slack


def differences(
    new: Sequence[Sequence[float]], old: Sequence[Sequence[float]], change: int
) -> Differences:
    """Differences in differences with placebo dates and a bound for trends that part.

    Args:
        new, old: one row of outcomes over time for each unit of the two groups.
        change: the first point after the change, from 0; at least 4 points before.

    Raises:
        VuonError: `trials.too_short`.

    >>> found = differences([[1, 1, 1, 1, 4, 4]], [[0, 0, 0, 0, 1, 1]], 4)
    >>> found.estimate, found.placebo
    (2.0, (0.0, 0.0, 0.0))
    """
    import numpy as np

    if change < TRENDS or not new or not old or len(new[0]) <= change:
        raise _too_short(
            N_("There are {before} points before the change; {least} and a comparison are needed."),
            N_("Collect more points, or only describe what was seen."),
            before=change,
            least=TRENDS,
        )
    gap = np.asarray(new, float).mean(axis=0) - np.asarray(old, float).mean(axis=0)
    estimate = float(gap[change:].mean() - gap[:change].mean())
    # At each date before: the gap from then on less the gap until then, the change left out.
    placebo = tuple(float(gap[at:change].mean() - gap[:at].mean()) for at in range(1, change))
    largest = max(abs(each) for each in placebo)
    tiny = 1e-12 * max(float(np.abs(gap).max()), 1e-300)
    return Differences(estimate, placebo, abs(estimate) / largest if largest > tiny else np.inf)
