"""What a plan can find: its own lot, drawn and read thousands of times on made-up outcomes.

Nothing is looked up in a formula: the very lot, the very reading, with noise as one expects it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from vuon.errors import N_, VuonError, Words
from vuon.trials.plans import fixed_of, smallest_p, space_of
from vuon.trials.protocol import LotRule

if TYPE_CHECKING:
    import numpy as np

#: The allocations that are compared in each made-up trial, and how many trials are made.
COMPARED, RUNS, SEARCHED = 2_000, 2_000, 600
TARGET = 0.8


@dataclass(frozen=True)
class Noise:
    """How outcomes differ for other reasons than the new way.

    Args:
        sd: spread of a unit measured once, or of one person where several are measured in a unit.
        share: for yes and no: the share of yes with the old way; sd then plays no part.
        people: how many people a unit's value rests on.
        icc: how alike people of one unit are, 0 to 1; units then differ even with many people.
        ar: how much of one period is left in the next, between −1 and 1.
        trend: by how much every period is higher than the one before, in the outcome's unit.
        baseline: correlation with a baseline that the reading takes out, 0 to 1.
    """

    sd: float = 1.0
    share: float | None = None
    people: int = 1
    icc: float = 0.0
    ar: float = 0.0
    trend: float = 0.0
    baseline: float = 0.0

    def __post_init__(self) -> None:
        fine = (
            self.sd > 0
            and self.people >= 1
            and 0 <= self.icc <= 1
            and -1 < self.ar < 1
            and 0 <= self.baseline < 1
            and (self.share is None or 0 < self.share < 1)
        )
        if not fine:
            raise VuonError(
                "trials.noise",
                Words(N_("The spread that is expected is not possible.")),
                Words(N_("Give a spread above 0, and shares and correlations below 1.")),
            )


@dataclass(frozen=True)
class Power:
    """What a plan can find.

    Args:
        effects, power: how often an effect of that size is told from chance.
        detectable: the effect that is found in four of five trials; None where none is.
        smallest_p: the smallest p of any result.
        runs: how many made-up trials each figure rests on.
    """

    effects: tuple[float, ...]
    power: tuple[float, ...]
    detectable: float | None
    smallest_p: Fraction
    runs: int


def power(
    lot: LotRule,
    noise: Noise | None = None,
    *,
    effects: tuple[float, ...] = (),
    alpha: float = 0.05,
    target: float = TARGET,
    seed: int = 1,
    runs: int = RUNS,
) -> Power:
    """How often a plan finds effects, and the smallest one that it finds in four of five trials.

    Args:
        lot: the lot of the plan.
        noise: as expected; one standard deviation where nothing is said.
        effects: in the outcome's unit; of shares, 0.1 is ten points.
        alpha, target: the level of the test, and the chance that is asked of `detectable`.
        seed: which luck; equal seeds give equal figures.

    Raises:
        VuonError: `trials.no_lot` without a lot, `trials.noise`.

    >>> found = power(LotRule("complete", tuple("abcdef"), 3), effects=(5.0,), runs=200)
    >>> found.power, found.detectable is None
    ((0.0,), True)
    """
    space = space_of(lot)
    if space is None:
        raise VuonError(
            "trials.no_lot",
            Words(N_("Nothing was drawn by lot, so there is no exact reading.")),
            Words(N_("Describe what was seen.")),
        )
    known = noise or Noise()
    least = smallest_p(lot, space)
    trials = _Trials.made(lot, known, seed, runs)
    found = tuple(trials.found(effect, alpha) for effect in effects)
    if least > alpha:
        return Power(effects, found, None, least, trials.runs)
    most = 40 * known.sd if known.share is None else 1 - known.share
    fewer = _Trials.made(lot, known, seed, min(runs, SEARCHED))
    return Power(effects, found, fewer.detectable(most, alpha, target), least, trials.runs)


@dataclass(frozen=True)
class _Trials:
    """Made-up trials, in batches that share a baseline."""

    batches: tuple[_Batch, ...]
    runs: int

    @classmethod
    def made(cls, lot: LotRule, noise: Noise, seed: int, runs: int) -> _Trials:
        count = 8 if noise.baseline else 1
        each = -(-runs // count)
        return cls(
            tuple(_batch(lot, noise, f"{seed} {at}", each) for at in range(count)), each * count
        )

    def found(self, effect: float, alpha: float) -> float:
        """The share of trials whose p is at most alpha."""
        shares = [batch.found(effect, alpha) for batch in self.batches]
        return sum(shares) / len(shares)

    def detectable(self, most: float, alpha: float, target: float) -> float | None:
        """The effect at which the share reaches the target, by bisection."""
        if self.found(most, alpha) < target:
            return None
        low, high = 0.0, most
        for _ in range(14):
            middle = (low + high) / 2
            low, high = (low, middle) if self.found(middle, alpha) >= target else (middle, high)
        return high


@dataclass(frozen=True)
class _Batch:
    u: np.ndarray
    z: np.ndarray
    at: np.ndarray
    base: np.ndarray
    noise: Noise
    luck: np.ndarray | None

    def found(self, effect: float, alpha: float) -> float:
        """The share of this batch's trials that tell the effect from chance."""
        import numpy as np

        # Single precision, one trial a row: twice as fast, and enough for a share of thousands.
        values = np.abs(self.outcomes(effect).astype(np.float32) @ self.u.T)
        mine = values[np.arange(len(self.at)), self.at]
        as_far = np.count_nonzero(values >= (mine * (1 - 1e-5))[:, None], axis=1)
        return float((as_far <= (alpha + 1e-9) * len(self.u)).mean())

    def outcomes(self, effect: float) -> np.ndarray:
        """One row a trial."""
        import numpy as np

        mean: np.ndarray = self.base + effect * self.z[self.at]
        if self.luck is None:
            return mean
        people = self.noise.people
        shares = np.clip(mean, 0, 1)
        if self.luck.ndim == 3:
            counted: np.ndarray = (self.luck < shares[:, :, None]).mean(axis=2)
            return counted
        # Many people: a bell curve, rounded to what can be counted.
        wide = np.sqrt(shares * (1 - shares) / people)
        rounded = np.clip(np.round(people * (shares + wide * self.luck)), 0, people)
        made: np.ndarray = rounded / people
        return made


class _Luck:
    """Raw numbers of a counter keyed by a hash, turned into what is needed; no stream of numpy."""

    def __init__(self, name: str) -> None:
        import numpy as np

        digest = hashlib.sha256(f"power {name}".encode()).digest()
        self._raw = np.random.Philox(key=int.from_bytes(digest[:16], "big")).random_raw

    def uniform(self, *shape: int) -> np.ndarray:
        import numpy as np

        raw = self._raw(int(np.prod(shape))).reshape(shape)
        made: np.ndarray = ((raw >> np.uint64(11)).astype(float) + 0.5) / 2**53
        return made

    def bell(self, *shape: int) -> np.ndarray:
        """Standard normal numbers, by Box and Muller."""
        import numpy as np

        radius, turn = self.uniform(*shape), self.uniform(*shape)
        made: np.ndarray = np.sqrt(-2 * np.log(radius)) * np.cos(2 * np.pi * turn)
        return made


def _batch(lot: LotRule, noise: Noise, name: str, runs: int) -> _Batch:
    import numpy as np

    space = space_of(lot)
    assert space is not None
    luck = _Luck(name)
    first = space.draw(name.encode())
    z, _ = space.matrix(first, COMPARED)
    fixed = fixed_of(lot)
    columns = [np.ones((space.units, 1))] + ([np.array(fixed)] if fixed else [])
    before = luck.bell(space.units)
    if noise.baseline:
        columns.append(before[:, None])
    left, sizes, _ = np.linalg.svd(np.hstack(columns), full_matrices=False)
    left = left[:, sizes > 1e-10 * sizes[0]]
    rest = z - (z @ left) @ left.T
    length = np.sqrt((rest**2).sum(axis=1))
    u = rest / np.where(length < 1e-9, np.inf, length)[:, None]
    at = (luck.uniform(runs) * len(z)).astype(int)
    base = _bases(lot, noise, luck, runs, space.units)
    if noise.baseline:
        size = float(base.std())
        base = base * (1 - noise.baseline**2) ** 0.5 + noise.baseline * size * before
    return _Batch(
        u.astype(np.float32), z, at, base, noise, _answers(noise, luck, runs, space.units)
    )


def _bases(lot: LotRule, noise: Noise, luck: _Luck, runs: int, units: int) -> np.ndarray:
    """What each unit would have without the new way; of shares, the mean share."""
    import numpy as np

    made = luck.bell(runs, units)
    periods = lot.periods if lot.over_time else 1
    if noise.ar and periods > 1:
        rows = made.reshape(runs, -1, periods)
        for t in range(1, periods):
            rows[:, :, t] = noise.ar * rows[:, :, t - 1] + (1 - noise.ar**2) ** 0.5 * rows[:, :, t]
        made = rows.reshape(runs, units)
    if noise.share is not None:
        between = (noise.icc * noise.share * (1 - noise.share)) ** 0.5
        made = noise.share + between * made
    elif noise.people > 1:
        made = noise.sd * (noise.icc + (1 - noise.icc) / noise.people) ** 0.5 * made
    else:
        made = noise.sd * made
    steps = np.tile(np.arange(periods), units // periods)
    moved: np.ndarray = made + noise.trend * steps
    return moved


def _answers(noise: Noise, luck: _Luck, runs: int, units: int) -> np.ndarray | None:
    """The luck with which people say yes: one number each, or one a unit where they are many."""
    if noise.share is None:
        return None
    if noise.people <= 30:
        return luck.uniform(runs, units, noise.people)
    return luck.bell(runs, units)
