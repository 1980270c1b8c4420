"""The patient rule: peel thin slices off a cloud of futures until mostly failures are left.

J. H. Friedman and N. I. Fisher, Bump hunting in high-dimensional data, Stat. Comput. 9 (1999)
123-143; the lenient objectives as J. H. Kwakkel and M. Jaxa-Rozen, Improving scenario discovery for
handling heterogeneous uncertainties, Environ. Model. Softw. 79 (2016) 311-321.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vuon.xlrm import Column

OBJECTIVES = ("original", "lenient1", "lenient2")
#: Share of the remaining cases that one peel takes away.
ALPHA = 0.05
#: Share of all cases below which nothing is peeled.
LEAST_MASS = 0.05
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Region:
    """Limits of each variable, both included; `levels` where only some values of it are left."""

    low: Column
    high: Column
    levels: tuple[tuple[float, ...] | None, ...]

    @classmethod
    def whole(cls, d: int) -> Region:
        """Everything."""
        return cls(np.full(d, -np.inf), np.full(d, np.inf), (None,) * d)

    @property
    def restricted(self) -> tuple[int, ...]:
        """The variables with a limit, by number."""
        return tuple(
            j
            for j, levels in enumerate(self.levels)
            if levels is not None or self.low[j] > -np.inf or self.high[j] < np.inf
        )

    def without(self, j: int) -> Region:
        """The region without the limits of variable j."""
        low, high, levels = self.low.copy(), self.high.copy(), list(self.levels)
        low[j], high[j], levels[j] = -np.inf, np.inf, None
        return Region(low, high, tuple(levels))

    def only(self, j: int, x: Column) -> Flags:
        """Which cases fulfil the limits of variable j."""
        some = self.levels[j]
        if some is not None:
            found: Flags = np.isin(x[j], some)
            return found
        between: Flags = (x[j] >= self.low[j]) & (x[j] <= self.high[j])
        return between

    def holds(self, x: Column) -> Flags:
        """Which cases lie within."""
        found: Flags = np.ones(x.shape[1], dtype=np.bool_)
        for j in self.restricted:
            found &= self.only(j, x)
        return found


def _gain(
    kind: str, n: int, failures: int, n_after: NDArray[np.intp], failures_after: NDArray[np.intp]
) -> Column:
    """The objective of each possible peel; minus infinity where it takes nothing away."""
    lost = n - n_after
    with np.errstate(divide="ignore", invalid="ignore"):
        density = failures_after / n_after
        if kind == "original":
            told = density
        else:
            told = (density - failures / n) / lost
            if kind == "lenient2":
                told = told * n_after
    made: Column = np.where((lost > 0) & (n_after > 0), told, -np.inf)
    return made


def peel(
    x: Column,
    fails: Flags,
    categorical: Sequence[bool] = (),
    *,
    objective: str = "lenient1",
    alpha: float = ALPHA,
    least_mass: float = LEAST_MASS,
    enough: float = 1.0,
) -> list[Region]:
    """Ever smaller regions, from everything on, in which ever more cases fail.

    Args:
        x: cases, shape (variables, cases).
        fails: which cases fail.
        categorical: which variables lose one value at a time; none if it is left out.
        objective: one of `OBJECTIVES`.
        alpha, least_mass: as the constants of that name.
        enough: the share of failures at which peeling ends.

    Raises:
        ValueError: the objective is none of them.
    """
    if objective not in OBJECTIVES:
        raise ValueError(f"objective is one of {OBJECTIVES}")
    d, total = x.shape
    kinds = np.array(categorical or [False] * d, dtype=np.bool_)
    smooth, steps = np.flatnonzero(~kinds), np.flatnonzero(kinds)
    region = Region.whole(d)
    path = [region]
    live, y = np.ascontiguousarray(x, dtype=np.float64), fails
    while True:
        n, failures = y.size, int(np.count_nonzero(y))
        slice_ = max(1, int(alpha * n))
        if n - slice_ < max(1.0, least_mass * total) or failures >= enough * n:
            return path
        found = _smooth_cut(live, y, smooth, slice_, objective, failures)
        level = _level_cut(live, y, steps, objective, failures)
        best = max(found, level, key=lambda each: each[0])
        gain, j, region_of, keep = best
        if gain == -np.inf or np.count_nonzero(keep) < least_mass * total:
            return path
        region = _cut(region, j, region_of)
        live, y = live[:, keep], y[keep]
        path.append(region)


#: A cut: its objective, the variable, ("low" | "high", limit) or ("levels", values), what stays.
_Cut = tuple[float, int, tuple[str, Any], Flags]
_NO: _Cut = (-np.inf, -1, ("", 0.0), np.zeros(0, dtype=np.bool_))


def _cut(region: Region, j: int, what: tuple[str, Any]) -> Region:
    low, high, levels = region.low.copy(), region.high.copy(), list(region.levels)
    side, limit = what
    if side == "low":
        low[j] = limit
    elif side == "high":
        high[j] = limit
    else:
        levels[j] = limit
    return Region(low, high, tuple(levels))


def _smooth_cut(
    live: Column, y: Flags, smooth: NDArray[np.intp], slice_: int, objective: str, failures: int
) -> _Cut:
    """The best slice off the low or the high end of a variable, over all of them at once."""
    if not smooth.size:
        return _NO
    rows = live if smooth.size == live.shape[0] else live[smooth]
    n = rows.shape[1]
    parts = np.partition(rows, (slice_, n - 1 - slice_), axis=1)
    low, high = parts[:, slice_].copy(), parts[:, n - 1 - slice_].copy()
    # Where the end is one value many times over, all of that value goes.
    for j in np.flatnonzero(parts[:, : slice_ + 1].min(axis=1) == low):
        more = rows[j][rows[j] > low[j]]
        low[j] = more.min() if more.size else np.inf
    for j in np.flatnonzero(parts[:, n - 1 - slice_ :].max(axis=1) == high):
        less = rows[j][rows[j] < high[j]]
        high[j] = less.max() if less.size else -np.inf
    below, above = rows < low[:, None], rows > high[:, None]
    failed = rows[:, y]
    lost = np.concatenate([below.sum(axis=1), above.sum(axis=1)])
    lost_failures = np.concatenate(
        [(failed < low[:, None]).sum(axis=1), (failed > high[:, None]).sum(axis=1)]
    )
    gains = _gain(objective, n, failures, n - lost, failures - lost_failures)
    at = int(np.argmax(gains))
    column, side = at % smooth.size, "low" if at < smooth.size else "high"
    limit, gone = (low, below) if side == "low" else (high, above)
    cut = side, float(limit[column])
    return float(gains[at]), int(smooth[column]), cut, ~gone[column]


def _level_cut(
    live: Column, y: Flags, steps: NDArray[np.intp], objective: str, failures: int
) -> _Cut:
    """The best value to leave out of a variable that has few."""
    best = _NO
    n = y.size
    for j in steps:
        values, place = np.unique(live[j], return_inverse=True)
        lost = np.bincount(place, minlength=values.size)
        lost_failures = np.bincount(place[y], minlength=values.size)
        gains = _gain(objective, n, failures, n - lost, failures - lost_failures)
        at = int(np.argmax(gains))
        if gains[at] > best[0]:
            left = tuple(float(each) for k, each in enumerate(values) if k != at)
            best = (float(gains[at]), int(j), ("levels", left), place != at)
    return best


def paste(region: Region, x: Column, fails: Flags, *, alpha: float = ALPHA) -> Region:
    """The region made larger again, a slice at a time, while a larger share of it fails."""
    while True:
        inside = region.holds(x)
        n, failures = int(inside.sum()), int(fails[inside].sum())
        best, wider = 0.0, None
        for j in region.restricted:
            others = region.without(j).holds(x)
            for each in _wider(region, j, x, others & ~inside, max(1, int(alpha * n))):
                now = each.holds(x)
                gained = int(now.sum()) - n
                gain = (int(fails[now].sum()) / max(1, n + gained) - failures / max(1, n)) / max(
                    1, gained
                )
                if gained and gain > best:
                    best, wider = gain, each
        if wider is None:
            return region
        region = wider


def _wider(region: Region, j: int, x: Column, near: Flags, slice_: int) -> list[Region]:
    """The region with one limit of variable j moved outwards, or one more level."""
    some = region.levels[j]
    if some is not None:
        return [
            _cut(region, j, ("levels", (*some, float(value)))) for value in np.unique(x[j][near])
        ]
    found = []
    below = np.sort(x[j][near & (x[j] < region.low[j])])[::-1]
    above = np.sort(x[j][near & (x[j] > region.high[j])])
    if below.size:
        end = -np.inf if below.size <= slice_ else float(below[slice_ - 1])
        found.append(_cut(region, j, ("low", end)))
    if above.size:
        end = np.inf if above.size <= slice_ else float(above[slice_ - 1])
        found.append(_cut(region, j, ("high", end)))
    return found


def at_least(hits: int, cases: int, share: float) -> float:
    """The chance that so many of the cases, or more, hit when each does with this share.

    >>> at_least(9, 10, 0.5) == (10 + 1) / 2**10
    True
    """
    if hits <= 0 or share >= 1:
        return 1.0
    if share <= 0:
        return 0.0
    k = np.arange(cases + 1, dtype=np.float64)
    steps = np.log(np.maximum(cases - k[:-1], 1)) - np.log(k[1:])
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    logs += k * np.log(share) + (cases - k) * np.log1p(-share)
    # From the smallest on, so that nothing is lost beside the large ones.
    tail = np.sort(np.exp(logs[hits:]))
    return float(min(1.0, round(float(tail.sum()), 15)))


def quasi_p(region: Region, x: Column, fails: Flags) -> dict[int, float]:
    """For each restricted variable, how well chance explains the region's density without it."""
    inside = region.holds(x)
    cases, hits = int(inside.sum()), int(fails[inside].sum())
    found = {}
    for j in region.restricted:
        larger = region.without(j).holds(x)
        found[j] = at_least(hits, cases, int(fails[larger].sum()) / max(1, int(larger.sum())))
    return found
