"""Which assumption matters: how much of an outcome's spread comes from each uncertainty.

Sobol' indices by Jansen's formulas (M. J. W. Jansen, Analysis of variance designs for model output,
Computer Physics Communications 117 (1999) 35-43) on n(d + 2) runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from vuon.errors import N_, VuonError, Words
from vuon.futures.ensemble import BREAKS
from vuon.futures.sample import BITS, MOST, Dimension, power, sobol
from vuon.xlrm import Column, ColumnModel, Luck, Lucks, Model, Policy

#: What is measured first: what nobody has looked at, then what somebody said.
_FIRST = ("assumed", "said", "measured")
#: Below this share of the spread nothing is worth measuring.
LITTLE = 0.05


@dataclass(frozen=True)
class Influence:
    """How much of the spread an uncertainty explains.

    `first` is its share alone, `total` its share together with all others; both may leave 0 to 1 by
    the error of a sample. `light` says what its range rests on.
    """

    name: str
    first: float
    total: float
    light: str = "assumed"


def indices(
    answer: Callable[[Column], Column], d: int, n: int = 1024, seed: int = 1
) -> tuple[Column, Column]:
    """First and total indices of a function of d numbers from 0 to 1.

    Args:
        answer: the function, of an array (d, rows), giving an array (rows).
        n: rows of each of the two samples, rounded up to a power of two.

    Raises:
        ValueError: more dimensions than Sobol' points are known for.

    >>> first, total = indices(lambda x: x[0] + 2 * x[1], 2)
    >>> [round(float(each), 2) for each in first], [round(float(each), 2) for each in total]
    ([0.2, 0.8], [0.2, 0.8])
    """
    if 2 * d > MOST:
        raise ValueError(f"at most {MOST // 2} dimensions")
    n = min(power(n), 1 << BITS)
    points = sobol(2 * d, 0, n, scrambling=seed)
    a, b = points[:d], points[d:]
    at_a, at_b = answer(a), answer(b)
    first, total = np.empty(d), np.empty(d)
    there = np.isfinite(at_a) & np.isfinite(at_b)
    spread = float(np.concatenate([at_a[there], at_b[there]]).var()) if there.any() else 0.0
    for i in range(d):
        mixed = a.copy()
        mixed[i] = b[i]
        at = answer(mixed)
        kept = there & np.isfinite(at)
        if spread == 0 or not kept.any():
            first[i] = total[i] = 0.0
            continue
        first[i] = 1 - ((at_b[kept] - at[kept]) ** 2).mean() / (2 * spread)
        total[i] = ((at_a[kept] - at[kept]) ** 2).mean() / (2 * spread)
    return first, total


def influences(
    model: Model,
    policy: Policy,
    outcome: str,
    dims: Sequence[Dimension],
    n: int = 1024,
    seed: int = 1,
) -> tuple[Influence, ...]:
    """How much each uncertainty moves an outcome under a policy, in the order of `dims`.

    All runs have the same luck, so that what moves the outcome is the uncertainty.
    """

    def answer(points: Column) -> Column:
        rows = {each.name: each.at(u) for each, u in zip(dims, points, strict=True)}
        if isinstance(model, ColumnModel):
            with np.errstate(all="ignore"):
                return model.run_columns(policy, rows, Lucks(seed))[outcome]
        return np.array([_one(i, rows) for i in range(points.shape[1])])

    def _one(i: int, rows: dict[str, Column]) -> float:
        values = {name: float(column[i]) for name, column in rows.items()}
        try:
            return model.run(policy, values, Luck(seed)).get(outcome, np.nan)
        except BREAKS:
            return np.nan

    lights = {each.name: each.light for each in model.uncertainties}
    first, total = indices(answer, len(dims), n, seed)
    return tuple(
        Influence(each.name, float(f), float(t), lights.get(each.name, "assumed"))
        for each, f, t in zip(dims, first, total, strict=True)
    )


def measure_next(found: Sequence[Influence]) -> tuple[Influence, ...]:
    """What to measure next: those that move the outcome, assumed ones first, then by their share.

    >>> known = Influence("a", 0.6, 0.6, "measured")
    >>> guess = Influence("b", 0.3, 0.3)
    >>> [each.name for each in measure_next([known, guess, Influence("c", 0, 0.01)])]
    ['b', 'a']
    """
    some = [each for each in found if each.total >= LITTLE]
    return tuple(sorted(some, key=lambda each: (_FIRST.index(each.light), -each.total)))


def advice(found: Sequence[Influence], name: Callable[[str], str] = str) -> Words:
    """The sentence "measure this next".

    Raises:
        VuonError: `futures.nothing_moves` if no uncertainty moves the outcome.
    """
    some = measure_next(found)
    if not some:
        raise VuonError(
            "futures.nothing_moves",
            Words(N_("No uncertainty moves this outcome.")),
            Words(N_("Look at another outcome, or at wider ranges.")),
        )
    return Words(
        N_("Measure this next: {name}. It moves {tenths} of 10 parts of the outcome’s spread."),
        {"name": name(some[0].name), "tenths": max(1, min(10, round(10 * some[0].total)))},
    )
