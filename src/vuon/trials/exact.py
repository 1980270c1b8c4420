"""Exact readings: how far an effect can be told from the luck of the lot, and no further.

Under "the effect is τ for everyone" each allocation that could have been drawn gives a value
a − τ·b, scaled so that the drawn one gives (estimate − τ). The p value of τ is the share of
allocations whose value is at least as far from nought; the interval holds every τ whose p value is
above α. Both ends are read off two sorted lists, without a search.

Source: R. A. Fisher, *The Design of Experiments* (1935), chapter 3; inversion as in
P. R. Rosenbaum, *Design of Observational Studies* (2010), section 2.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, isfinite
from typing import TYPE_CHECKING

from vuon.errors import N_, VuonError, Words
from vuon.trials.randomise import LISTED, Lottery

if TYPE_CHECKING:
    import numpy as np

#: Values closer than this share of the largest count as equal: sums in another order are no effect.
TIE = 1e-9


@dataclass(frozen=True)
class Reading:
    """What a lot allows one to say.

    Args:
        estimate: the effect, in the outcome's unit: new less old.
        low, high: the interval at 1 − alpha; infinite where the lot is too coarse for one.
        p: two-sided, of no effect at all.
        alpha: what was asked.
        allocations: how many allocations were compared, the drawn one included.
        sampled: whether these were a sample of all.
        smallest_p: the smallest p that any result could have had.
    """

    estimate: float
    low: float
    high: float
    p: float
    alpha: float
    allocations: int
    sampled: bool
    smallest_p: Fraction

    @property
    def unbounded(self) -> bool:
        """Whether there is no interval, since no result can rule out chance."""
        return not (isfinite(self.low) and isfinite(self.high))


def read(
    y: Sequence[float],
    drawn: Sequence[int],
    space: Lottery,
    *,
    fixed: Sequence[Sequence[float]] | None = None,
    alpha: float = 0.05,
    limit: int = LISTED,
) -> Reading:
    """The effect with its exact interval and p value.

    Args:
        y: the outcome of each unit, in any unit of measure.
        drawn: the lot as it fell, 1 for the new way.
        space: every allocation that was equally likely.
        fixed: rows, one a unit, of what was fixed before the lot: blocks, sites, weeks, baseline.
            Their part of the outcome is taken out; a constant always is.
        alpha: 1 − the level of the interval, between 0 and 1.
        limit: up to how many allocations all are compared; beyond it a sample that never changes.

    Raises:
        VuonError: `trials.length`, `trials.not_a_number`, `trials.not_drawn` if the lot is none of
            the space, `trials.constant` if all outcomes are equal.

    Assumes that the lot was drawn as `space` says and that one unit's way does not touch another's
    outcome; nothing about the shape of the outcome.

    >>> from vuon.trials.randomise import complete
    >>> found = read([5, 6, 7, 8, 1, 2, 3, 4], [1, 1, 1, 1, 0, 0, 0, 0], complete(8, 4))
    >>> [round(each, 3) for each in (found.estimate, found.low, found.high, found.p)]
    [4.0, 1.0, 7.0, 0.029]
    """
    import numpy as np

    _check(y, drawn, space)
    a, found = _values(y, drawn, space, fixed, limit)
    b, estimate, count = found.b, float(a[0]), len(a)
    far = TIE * max(float(np.abs(a).max()), 1e-300)
    p = float((np.abs(a) >= abs(estimate) - far).sum()) / count
    rank = int(alpha * count) + 1
    lows, highs = _ends(a, b, estimate)
    low = float(np.partition(lows, rank - 1)[rank - 1]) if rank <= count else inf
    high = float(np.partition(highs, count - rank)[count - rank]) if rank <= count else -inf
    least = space.smallest_p() if found.sampled else found.smallest_p
    return Reading(estimate, low, high, p, alpha, count, found.sampled, least)


def p_value(
    y: Sequence[float],
    drawn: Sequence[int],
    space: Lottery,
    *,
    effect: float = 0.0,
    fixed: Sequence[Sequence[float]] | None = None,
    limit: int = LISTED,
) -> float:
    """The two-sided p value of an effect that is the same for everyone.

    >>> from vuon.trials.randomise import complete
    >>> p_value([3.0, 1.0, 2.0, 0.0], [1, 0, 1, 0], complete(4, 2))
    0.3333333333333333
    """
    import numpy as np

    _check(y, drawn, space)
    a, found = _values(y, drawn, space, fixed, limit)
    values = np.abs(a - effect * found.b)
    far = TIE * max(float(values.max()), 1e-300)
    return float((values >= values[0] - far).sum()) / len(a)


def _check(y: Sequence[float], drawn: Sequence[int], space: Lottery) -> None:
    if len(y) != space.units or len(drawn) != space.units:
        raise VuonError(
            "trials.length",
            Words(
                N_("There are {units} units in the lot, but {found} outcomes."),
                {"units": space.units, "found": len(y)},
            ),
            Words(N_("Give one outcome for each unit.")),
        )
    if not all(isfinite(value) for value in y):
        raise VuonError(
            "trials.not_a_number",
            Words(N_("An outcome is missing or not a number.")),
            Words(N_("Leave no unit out: fill the missing ones with the worst and the best.")),
        )
    if tuple(int(z) for z in drawn) not in space:
        raise VuonError(
            "trials.not_drawn",
            Words(N_("This allocation could not have been drawn by the lot that was sealed.")),
            Words(
                N_("Compare the list of units with the sealed plan; nothing is read until then.")
            ),
        )
    if max(y) - min(y) <= TIE * max(abs(max(y)), abs(min(y))):
        raise VuonError(
            "trials.constant",
            Words(N_("All outcomes are equal, so there is nothing to compare.")),
            Words(N_("Measure something that is not already at its floor or its ceiling.")),
        )


@dataclass(frozen=True)
class Comparison:
    """Every allocation of a lot, made ready for any outcome.

    Args:
        u: one row an allocation, the drawn one first; u @ y is what each gives for outcomes y.
        b: what each gives for the lot itself: 1 for the drawn one, between −1 and 1.
        sampled: whether these are a sample of all.
    """

    u: np.ndarray
    b: np.ndarray
    sampled: bool

    @property
    def smallest_p(self) -> Fraction:
        """The smallest p of any outcome: the drawn allocation and those that always equal it."""
        return Fraction(int((abs(self.b) > 1 - TIE).sum()), len(self.b))


def compare(
    drawn: Sequence[int],
    space: Lottery,
    fixed: Sequence[Sequence[float]] | None = None,
    limit: int = LISTED,
) -> Comparison:
    """Every allocation of a lot, with what was fixed before it taken out.

    Raises:
        VuonError: `trials.explained` if what was fixed leaves nothing of the lot.

    >>> from vuon.trials.randomise import complete
    >>> compare([1, 1, 0, 0], complete(4, 2)).smallest_p
    Fraction(1, 3)
    """
    import numpy as np

    z, sampled = space.matrix(tuple(int(each) for each in drawn), limit)
    left = _known(len(drawn), fixed)
    u = z - (z @ left) @ left.T
    length = np.sqrt(np.einsum("ij,ij->i", u, u))
    given = np.asarray(drawn, float)
    mine = given - left @ (left.T @ given)
    size = float(np.sqrt(mine @ mine))
    if size < 1e-9:
        raise VuonError(
            "trials.explained",
            Words(N_("What was fixed beforehand leaves nothing of the lot to compare.")),
            Words(N_("Take fewer things as fixed, or draw the lot within them.")),
        )
    u *= (1 / (np.where(length < 1e-9, np.inf, length) * size))[:, None]
    b = u @ mine
    # The drawn allocation stands first, exactly: what was read off it must not depend on rounding.
    at = next(row for row in np.flatnonzero(b > 1 - TIE) if (z[row] == given).all())
    u[at], b[at] = u[0], b[0]
    u[0], b[0] = mine / size**2, 1.0
    return Comparison(u, b, sampled)


def _known(units: int, fixed: Sequence[Sequence[float]] | None) -> np.ndarray:
    """An orthonormal base of what was fixed before the lot, a constant among it."""
    import numpy as np

    ones = np.ones((units, 1))
    known = ones if fixed is None else np.hstack([ones, np.asarray(fixed, float)])
    left, sizes, _ = np.linalg.svd(known, full_matrices=False)
    base: np.ndarray = left[:, sizes > 1e-10 * sizes[0]]
    return base


def _values(
    y: Sequence[float],
    drawn: Sequence[int],
    space: Lottery,
    fixed: Sequence[Sequence[float]] | None,
    limit: int,
) -> tuple[np.ndarray, Comparison]:
    """What every allocation gives, the drawn one first."""
    import numpy as np

    found = compare(drawn, space, fixed, limit)
    return found.u @ np.asarray(y, float), found


def _ends(a: np.ndarray, b: np.ndarray, estimate: float) -> tuple[np.ndarray, np.ndarray]:
    """Between which effects each allocation is at least as far out as the drawn one."""
    import numpy as np

    always = np.abs(b) > 1 - 1e-12
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (a - estimate) / (b - 1), (a + estimate) / (b + 1)
    lows, highs = np.minimum(one, other), np.maximum(one, other)
    lows[always], highs[always] = -inf, inf
    return lows, highs
