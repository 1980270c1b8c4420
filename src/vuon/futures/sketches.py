"""Sketches: what is kept of millions of runs, of one size whatever their number.

For each policy and measure: how many, mean, spread, smallest and largest, a histogram, how often it
fails, how much worse than the best policy of the same future, and the worst futures by number.
Sketches merge; spreads merge without sums of squares, which would cancel (T. F. Chan, G. H. Golub
and R. J. LeVeque, Am. Stat. 37 (1983) 242-247).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from vuon.futures.sample import Edges
from vuon.xlrm import Column, Measure

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
#: Bins of a histogram between its edges; one more on each side counts what lies beyond.
BINS = 64
#: How many of the worst futures are kept by number.
WORST = 20
_NOBODY = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Sketch:
    """What is kept of some futures; arrays of shape (policies, measures, …).

    `n` counts futures with a value; `broken` those in which the model gave none. `luck` is the sum
    of squared distances of replications from the mean of their future. Regret is counted where
    every policy has a value or the best of those that have one. `worst` holds numbers of futures,
    the worst first, and `worst_at` their values, turned so that more is better.
    """

    n: Whole
    broken: Whole
    mean: Column
    m2: Column
    luck: Column
    least: Column
    most: Column
    bins: Whole
    fails: Whole
    regret_mean: Column
    regret_most: Column
    regret_bins: Whole
    worst: Whole
    worst_at: Column

    @property
    def digest(self) -> str:
        """The SHA-256 of every bit of it."""
        found = hashlib.sha256()
        for each in fields(self):
            array = getattr(self, each.name)
            found.update(f"{each.name}{array.shape}{array.dtype.str}".encode())
            found.update(np.ascontiguousarray(array).tobytes())
        return found.hexdigest()

    @property
    def spread(self) -> Column:
        """The standard deviation between futures; NaN for fewer than two."""
        return _root(self.m2, self.n - 1)

    def luck_spread(self, replications: int) -> Column:
        """The standard deviation between replications of a future; NaN for one replication."""
        return _root(self.luck, self.n * (replications - 1))


def _root(squares: Column, count: Whole) -> Column:
    with np.errstate(divide="ignore", invalid="ignore"):
        made: Column = np.sqrt(np.where(count > 0, squares / count, np.nan))
    return made


def signs(measures: Sequence[Measure]) -> Column:
    """1 where more is better, -1 where less is, for each measure as (1, measures, 1)."""
    found = [1.0 if each.direction == "more" else -1.0 for each in measures]
    return np.array(found)[None, :, None]


def failing(values: Column, measures: Sequence[Measure]) -> Flags:
    """Where a measure is missed or the model gave no value, by policy, measure and future."""
    found = np.empty(values.shape, dtype=np.bool_)
    for m, each in enumerate(measures):
        held = (
            values[:, m] >= each.threshold
            if each.direction == "more"
            else values[:, m] <= each.threshold
        )
        np.logical_not(held, out=found[:, m])
    return found


def regrets(values: Column, measures: Sequence[Measure]) -> Column:
    """How much worse each policy is than the best one of the same future, at least 0.

    NaN where the policy has no value; the best is looked for among those that have one.
    """
    better = values * signs(measures)
    best = np.fmax.reduce(better, axis=0)
    made: Column = best[None] - better
    return made


def of(
    values: Column,
    measures: Sequence[Measure],
    edges: Sequence[Edges],
    start: int = 0,
    luck: Column | None = None,
) -> Sketch:
    """The sketch of a block of futures.

    Args:
        values: outcome of each measure, shape (policies, measures, futures); NaN where the model
            broke.
        start: number of the first future.
        luck: squared distances of replications, summed for each future, of the same shape.
    """
    there = np.isfinite(values)
    whole = bool(there.all())
    n = there.sum(axis=2)
    kept = values if whole else np.where(there, values, 0.0)
    mean = kept.sum(axis=2) / np.maximum(n, 1)
    apart = kept - mean[:, :, None]
    if not whole:
        apart[~there] = 0.0
    regret = regrets(values, measures)
    lows = np.array([[e.low for e in edges]])[:, :, None]
    highs = np.array([[e.high for e in edges]])[:, :, None]
    tops = np.array([[e.regret for e in edges]])[:, :, None]
    worst, worst_at = _worst(values * signs(measures), start)
    return Sketch(
        n=n,
        broken=values.shape[2] - n,
        mean=mean,
        m2=np.einsum("pms,pms->pm", apart, apart),
        luck=np.zeros(n.shape) if luck is None else np.where(there, luck, 0.0).sum(axis=2),
        least=np.where(there, values, np.inf).min(axis=2) if not whole else values.min(axis=2),
        most=np.where(there, values, -np.inf).max(axis=2) if not whole else values.max(axis=2),
        bins=_counted(values, lows, highs, there, whole),
        fails=failing(values, measures).sum(axis=2),
        regret_mean=(regret if whole else np.where(there, regret, 0.0)).sum(axis=2)
        / np.maximum(n, 1),
        regret_most=(regret if whole else np.where(there, regret, 0.0)).max(axis=2),
        regret_bins=_counted(regret, np.zeros_like(tops), tops, there, whole),
        worst=worst,
        worst_at=worst_at,
    )


def _counted(values: Column, low: Column, high: Column, there: Flags, whole: bool) -> Whole:
    """Histograms along the last axis, with a bin beyond each edge."""
    policies, measures, _ = values.shape
    place = np.floor((values - low) * (BINS / (high - low)))
    if not whole:
        place[~there] = 0
    np.clip(place, -1, BINS, out=place)
    row = np.arange(policies * measures).reshape(policies, measures, 1) * (BINS + 2) + 1
    found = place.astype(np.int64) + row
    flat = found.ravel() if whole else found[there]
    made = np.bincount(flat, minlength=policies * measures * (BINS + 2))
    return made.reshape(policies, measures, BINS + 2).astype(np.int64)


def _worst(better: Column, start: int) -> tuple[Whole, Column]:
    """The worst futures with a value, ties by the smaller number; unused places hold no number."""
    policies, measures, count = better.shape
    ids = np.full((policies, measures, WORST), _NOBODY, dtype=np.int64)
    at = np.full((policies, measures, WORST), np.inf)
    for p in range(policies):
        for m in range(measures):
            row = np.where(np.isfinite(better[p, m]), better[p, m], np.inf)
            if count > WORST:
                limit = np.partition(row, WORST - 1)[WORST - 1]
                some = np.flatnonzero(row <= limit)
            else:
                some = np.arange(count)
            some = some[np.argsort(row[some], kind="stable")][:WORST]
            some = some[np.isfinite(row[some])]
            ids[p, m, : some.size] = some + start
            at[p, m, : some.size] = row[some]
    return ids, at


def merge(a: Sketch, b: Sketch) -> Sketch:
    """The sketch of both; the same digits whenever the same sketches are merged in the same order.

    Raises:
        ValueError: the two are of other policies, measures or histograms.
    """
    if a.bins.shape != b.bins.shape:
        raise ValueError("sketches of another kind do not merge")
    n = a.n + b.n
    share = b.n / np.maximum(n, 1)
    apart = b.mean - a.mean
    at = np.concatenate([a.worst_at, b.worst_at], axis=2)
    ids = np.concatenate([a.worst, b.worst], axis=2)
    order = np.lexsort((ids, at), axis=2)[:, :, :WORST]
    return Sketch(
        n=n,
        broken=a.broken + b.broken,
        mean=a.mean + apart * share,
        m2=a.m2 + b.m2 + apart * apart * (a.n * share),
        luck=a.luck + b.luck,
        least=np.minimum(a.least, b.least),
        most=np.maximum(a.most, b.most),
        bins=a.bins + b.bins,
        fails=a.fails + b.fails,
        regret_mean=a.regret_mean + (b.regret_mean - a.regret_mean) * share,
        regret_most=np.maximum(a.regret_most, b.regret_most),
        regret_bins=a.regret_bins + b.regret_bins,
        worst=np.take_along_axis(ids, order, axis=2),
        worst_at=np.take_along_axis(at, order, axis=2),
    )


def regret_quantile(sketch: Sketch, edges: Sequence[Edges], share: float) -> Column:
    """The regret that a share of futures stays below, known to one width of its bin.

    The upper end of the bin is told; beyond the last edge the largest regret seen. Shape (policies,
    measures).
    """
    reached = np.cumsum(sketch.regret_bins, axis=2)
    needed = np.ceil(share * sketch.n)[:, :, None]
    bin_ = (reached < needed).sum(axis=2)  # 0 lies below the lower edge, which no regret does
    tops = np.array([[e.regret for e in edges]])
    told = np.where(bin_ > BINS, sketch.regret_most, bin_ * tops / BINS)
    made: Column = np.minimum(told, sketch.regret_most)
    return made


def frozen(values: Column, measures: Sequence[Measure]) -> tuple[Edges, ...]:
    """Edges for histograms, from a first block of values, with a tenth of room on each side."""
    found = []
    regret = regrets(values, measures)
    for m in range(len(measures)):
        some = values[:, m][np.isfinite(values[:, m])]
        low, high = (float(some.min()), float(some.max())) if some.size else (0.0, 1.0)
        room = (high - low) / 10 or max(abs(low), 1.0) / 2
        told = regret[:, m][np.isfinite(regret[:, m])]
        top = float(told.max()) if told.size else 0.0
        span = high - low + 2 * room
        # Four digits of the width are enough for an edge, and another machine repeats them.
        places = 4 - math.floor(math.log10(span))
        found.append(
            Edges(
                round(low - room, places),
                round(high + room, places),
                float(f"{(top or span) * 1.1:.6g}"),
            )
        )
    return tuple(found)
