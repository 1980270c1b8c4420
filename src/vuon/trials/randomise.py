"""Every way in which a lot can fall, and a public lot that anybody can repeat.

A reading is exact only for the lot that was really used, so a `Space` holds all allocations that
were equally likely. A lot is drawn from the hash of the sealed plan and a public number that nobody
knew when the plan was sealed, by SHA-256 alone: another program in another language comes to the
same result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import chain, combinations, product
from math import comb, prod
from typing import TYPE_CHECKING, Protocol

from vuon.errors import N_, VuonError, Words

if TYPE_CHECKING:
    import numpy as np

Allocation = tuple[int, ...]
#: Up to so many allocations all are computed; beyond it so many are sampled.
LISTED = 20_000


def counter_stream(seed: bytes) -> Iterator[int]:
    """Endless 64-bit numbers: the first eight bytes of SHA-256(seed ‖ counter as eight bytes)."""
    counter = 0
    while True:
        yield int.from_bytes(hashlib.sha256(seed + counter.to_bytes(8, "big")).digest()[:8], "big")
        counter += 1


def below(numbers: Iterator[int], bound: int) -> int:
    """A number from 0 to `bound` − 1, every one equally likely: what would favour the small ones
    is thrown away and drawn again."""
    limit = (1 << 64) - (1 << 64) % bound
    return next(number for number in numbers if number < limit) % bound


def lot_seed(plan_hash: str, public_number: str) -> bytes:
    """What the lot is drawn from: SHA-256 of the plan's hash, a vertical bar, and the number."""
    return hashlib.sha256(f"{plan_hash}|{public_number}".encode()).digest()


class Lottery(Protocol):
    """What a reading needs to know of a lot: every way in which it could have fallen."""

    @property
    def units(self) -> int:
        """How many units."""

    @property
    def size(self) -> int:
        """In how many ways the lot can fall."""

    def smallest_p(self) -> Fraction:
        """The smallest two-sided p that any result can give."""

    def __contains__(self, allocation: object) -> bool: ...

    def __iter__(self) -> Iterator[Allocation]: ...

    def draw(self, seed: bytes) -> Allocation:
        """The allocation that a seed gives."""

    def matrix(self, drawn: Allocation, limit: int = ...) -> tuple[np.ndarray, bool]:
        """Allocations as rows of 0 and 1, and whether they are a sample."""


@dataclass(frozen=True)
class Part:
    """Units among which a fixed number is drawn for the new way."""

    units: tuple[int, ...]
    treated: int

    @property
    def size(self) -> int:
        """In how many ways the lot of this part can fall."""
        return comb(len(self.units), self.treated)


@dataclass(frozen=True)
class Space:
    """All allocations that were equally likely: a part drawn independently of the others, or a
    list of allocations.

    Args:
        units: how many units.
        parts: the blocks, pairs, or the whole; empty where `allocations` are listed.
        allocations: the list, where the lot chose among named allocations.
        groups: for each unit its cluster, where clusters are drawn; the parts are of clusters.
    """

    units: int
    parts: tuple[Part, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    groups: tuple[int, ...] = ()

    def __hash__(self) -> int:
        # Of a list its length and its first: whoever keeps spaces asks often, and lists are long.
        return hash(
            (self.units, self.parts, self.groups, len(self.allocations), *self.allocations[:1])
        )

    @property
    def size(self) -> int:
        """In how many ways the lot can fall."""
        return len(self.allocations) or prod(part.size for part in self.parts)

    @property
    def mirrored(self) -> bool:
        """Whether every allocation can also fall the other way round."""
        if self.allocations:
            return {tuple(1 - z for z in each) for each in self.allocations} == set(
                self.allocations
            )
        return all(2 * part.treated == len(part.units) for part in self.parts)

    def smallest_p(self) -> Fraction:
        """The smallest two-sided p that any result can give.

        >>> complete(6, 3).smallest_p(), blocked([1, 1, 2, 2], 1).smallest_p()
        (Fraction(1, 10), Fraction(1, 2))
        """
        return Fraction(2 if self.mirrored else 1, self.size)

    def __contains__(self, allocation: object) -> bool:
        if not isinstance(allocation, tuple) or len(allocation) != self.units:
            return False
        if self.allocations:
            return allocation in self.allocations
        drawn = self._of_groups(allocation)
        return drawn is not None and all(
            sum(drawn[unit] for unit in part.units) == part.treated for part in self.parts
        )

    def _of_groups(self, allocation: Allocation) -> Sequence[int] | None:
        """The allocation of clusters; None if units of one cluster differ."""
        if not self.groups:
            return allocation
        drawn: dict[int, int] = {}
        for group, z in zip(self.groups, allocation, strict=True):
            if drawn.setdefault(group, z) != z:
                return None
        return [drawn[group] for group in range(len(drawn))]

    def _spread(self, drawn: Sequence[int]) -> Allocation:
        return tuple(drawn[group] for group in self.groups) if self.groups else tuple(drawn)

    @property
    def _drawn(self) -> int:
        """How many units or clusters the lot is about."""
        return len(set(self.groups)) if self.groups else self.units

    def __iter__(self) -> Iterator[Allocation]:
        """Every allocation, in an order that never changes."""
        if self.allocations:
            yield from self.allocations
            return
        for chosen in product(*(combinations(part.units, part.treated) for part in self.parts)):
            drawn = [0] * self._drawn
            for units in chosen:
                for unit in units:
                    drawn[unit] = 1
            yield self._spread(drawn)

    def draw(self, seed: bytes) -> Allocation:
        """The allocation that a seed gives: in each part a Fisher–Yates shuffle of its units, the
        first ones get the new way."""
        numbers = counter_stream(seed)
        return self._draw(numbers)

    def _draw(self, numbers: Iterator[int]) -> Allocation:
        if self.allocations:
            return self.allocations[below(numbers, len(self.allocations))]
        drawn = [0] * self._drawn
        for part in self.parts:
            units = list(part.units)
            for at in range(part.treated):
                other = at + below(numbers, len(units) - at)
                units[at], units[other] = units[other], units[at]
                drawn[units[at]] = 1
        return self._spread(drawn)

    def matrix(self, drawn: Allocation, limit: int = LISTED) -> tuple[np.ndarray, bool]:
        """Allocations as rows of 0 and 1, and whether they are a sample.

        All of them up to `limit`; beyond it the drawn one and `limit` − 1 sampled ones, the same
        sample at every call.
        """
        if self.size <= limit:
            return _every(self), False
        return self._sampled(drawn, limit), True

    def _sampled(self, drawn: Allocation, limit: int) -> np.ndarray:
        """The drawn allocation and random ones; ranks of hashed numbers do the shuffling."""
        import numpy as np

        seed = hashlib.sha256(f"sample of {self.size} for {drawn}".encode()).digest()
        # The raw numbers of a counter keyed by the hash: methods on top of them may change.
        raw = np.random.Philox(key=int.from_bytes(seed[:16], "big")).random_raw
        if self.allocations:
            # The first allocations are favoured by less than one in 2**40.
            chosen = raw(limit - 1) % np.uint64(len(self.allocations))
            rows = np.array(self.allocations, dtype=np.float64)[chosen]
            return np.vstack([np.array([drawn], dtype=np.float64), rows])
        z = np.zeros((limit - 1, self._drawn))
        for part in self.parts:
            numbers = raw((limit - 1) * len(part.units)).reshape(limit - 1, -1)
            z[:, list(part.units)] = numbers.argsort(axis=1).argsort(axis=1) < part.treated
        if self.groups:
            z = z[:, list(self.groups)]
        return np.vstack([np.array([drawn], dtype=np.float64), z])


@lru_cache(maxsize=16)
def _every(space: Space) -> np.ndarray:
    """All allocations of a space as rows, in its order; kept, since one space is read often."""
    import numpy as np

    if space.allocations:
        return np.array(space.allocations, dtype=np.float64)
    z = np.zeros((1, space._drawn))
    for part in space.parts:
        chosen = np.fromiter(
            chain.from_iterable(combinations(part.units, part.treated)), dtype=np.intp
        ).reshape(-1, part.treated)
        one = np.zeros((len(chosen), space._drawn))
        np.put_along_axis(one, chosen, 1.0, axis=1)
        z = (z[:, None, :] + one[None, :, :]).reshape(-1, space._drawn)
    return z[:, list(space.groups)] if space.groups else z


def complete(units: int, treated: int) -> Space:
    """So many of the units are drawn.

    >>> complete(9, 4).size
    126
    """
    if not 0 < treated < units:
        raise VuonError(
            "trials.arms",
            Words(N_("Both ways need at least one unit.")),
            Words(N_("Give each way a unit, or do not draw a lot.")),
        )
    return Space(units, (Part(tuple(range(units)), treated),))


def blocked(blocks: Sequence[Hashable], treated: int) -> Space:
    """In each block so many are drawn; `blocks` names the block of each unit.

    >>> blocked(["a", "a", "b", "b"], 1).size
    4
    """
    known: dict[Hashable, list[int]] = {}
    for unit, block in enumerate(blocks):
        known.setdefault(block, []).append(unit)
    if any(not 0 < treated < len(units) for units in known.values()):
        raise VuonError(
            "trials.blocks",
            Words(N_("A block has no unit left for one of the two ways.")),
            Words(N_("Make the blocks larger, or draw fewer in each.")),
        )
    return Space(len(blocks), tuple(Part(tuple(units), treated) for units in known.values()))


def pairs(count: int) -> Space:
    """One of each pair is drawn; units stand pair by pair.

    >>> pairs(6).smallest_p()
    Fraction(1, 32)
    """
    return blocked([unit // 2 for unit in range(2 * count)], 1)


def clusters(groups: Sequence[Hashable], treated: int) -> Space:
    """So many of the groups are drawn, and all units of a group go the same way.

    >>> clusters(["1A", "1A", "1B", "1C"], 1).size
    3
    """
    names = list(dict.fromkeys(groups))
    whole = complete(len(names), treated)
    return Space(len(groups), whole.parts, groups=tuple(names.index(each) for each in groups))


def listed(allocations: Sequence[Sequence[int]]) -> Space:
    """One of these allocations is drawn, all equally likely.

    >>> listed([(1, 0, 0), (0, 1, 0)]).size
    2
    """
    rows = tuple(dict.fromkeys(tuple(int(z) for z in each) for each in allocations))
    if len(rows) < 2 or len({len(each) for each in rows}) != 1:
        raise VuonError(
            "trials.listed",
            Words(N_("A lot needs at least two different allocations of the same units.")),
            Words(N_("List every allocation that could have been drawn.")),
        )
    return Space(len(rows[0]), allocations=rows)


def redrawn(space: Space, before: Sequence[float], most: float) -> Space:
    """What is left of a space where a lot is drawn again until both ways were alike before.

    A lot that was thrown back can never be used, so it is no part of what a reading compares.

    Args:
        space: a lot of at most 20,000 allocations.
        before: what was measured of each unit before the lot.
        most: by how much the means of the two ways may differ.

    Raises:
        VuonError: `trials.redrawn` if too many allocations would have to be looked at,
            `trials.listed` if fewer than two are left.

    >>> redrawn(complete(4, 2), [1, 2, 3, 4], 0.5).size
    2
    """
    if space.size > LISTED:
        raise VuonError(
            "trials.redrawn",
            Words(N_("This lot has too many allocations to look at each beforehand.")),
            Words(N_("Draw it in blocks of units that are alike.")),
        )
    kept = []
    for drawn in space:
        new = [value for value, z in zip(before, drawn, strict=True) if z]
        old = [value for value, z in zip(before, drawn, strict=True) if not z]
        if abs(sum(new) / len(new) - sum(old) / len(old)) <= most:
            kept.append(drawn)
    return listed(kept)


@dataclass(frozen=True)
class Lot:
    """A lot as it fell: what it was drawn from, and who goes which way."""

    seed: str
    allocation: Allocation


def draw_lot(space: Lottery, seed: bytes) -> Lot:
    """The lot of a space for a seed; anybody who repeats it gets the same.

    >>> draw_lot(complete(4, 2), b"x") == draw_lot(complete(4, 2), b"x")
    True
    """
    return Lot(seed.hex(), space.draw(seed))
