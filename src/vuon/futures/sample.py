"""Designs: which futures are looked at. Row i of a design follows from (design, i) alone.

So a worker needs no more than numbers of rows, a run that stopped goes on where it was, and more
rows of a Sobol' or random design are simply the next ones. Only SHA-256, the raw words of a counter
generator and exact arithmetic are used: no version of numpy changes a digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vuon import canonical, seeds
from vuon.errors import N_, Words
from vuon.xlrm import Column, Uncertainty

KINDS = ("sobol", "lhs", "random")
SCALES = ("even", "log", "whole")
#: Bits of a Sobol' point; a design has at most 2**BITS rows.
BITS = 30
#: Dimensions of the table of direction numbers that is shipped.
MOST = 256
_ALL = (1 << BITS) - 1
_Words = NDArray[np.uint32]


@dataclass(frozen=True)
class Dimension:
    """One uncertainty as it is explored.

    Args:
        name: key of the uncertainty.
        low, high: the range, low below high; both 0 where there are `levels`.
        levels: the possible values where they are few; each is equally wide.
        scale: "even"; "log" (evenly in the logarithm, both ends above 0); "whole" (whole numbers,
            both ends included).

    Raises:
        ValueError: the range is empty or does not fit its scale.
    """

    name: str
    low: float = 0.0
    high: float = 0.0
    levels: tuple[float, ...] = ()
    scale: str = "even"

    def __post_init__(self) -> None:
        if self.scale not in SCALES:
            raise ValueError(f"{self.name}: scale is one of {SCALES}")
        if not self.levels and not self.low < self.high:
            raise ValueError(f"{self.name}: low must lie below high")
        if self.scale == "log" and self.low <= 0:
            raise ValueError(f"{self.name}: a logarithm needs a range above 0")

    @classmethod
    def of(cls, uncertainty: Uncertainty) -> Dimension:
        """The dimension of an uncertainty over its whole range."""
        return cls(uncertainty.name, uncertainty.low, uncertainty.high, uncertainty.levels)

    def at(self, u: Column) -> Column:
        """The values at `u` of the way, 0 <= u < 1.

        >>> Dimension("clerks", 2, 4, scale="whole").at(np.array([0.0, 0.5, 0.999]))
        array([2., 3., 4.])
        """
        if self.levels:
            found: Column = np.asarray(self.levels, dtype=np.float64)
            return found[np.floor(u * len(self.levels)).astype(np.intp)]
        if self.scale == "whole":
            return self.low + np.floor(u * (self.high - self.low + 1))
        if self.scale == "log":
            made: Column = self.low * (self.high / self.low) ** u
            return made
        return self.low + u * (self.high - self.low)


@dataclass(frozen=True)
class Edges:
    """Between which values a histogram counts in bins of one width; beside them it counts, too."""

    low: float
    high: float
    regret: float

    def __post_init__(self) -> None:
        if not self.low < self.high or not self.regret > 0:
            raise ValueError("edges lie apart")


@dataclass(frozen=True)
class Design:
    """Which futures are looked at, in an order that never changes.

    Args:
        dims: what is explored, in a fixed order.
        n: how many futures; a power of two for "sobol".
        kind: "sobol" (scrambled, the default), "lhs" (closed: it cannot be made longer) or
            "random".
        seed: which scrambling, permutation or draw, and which luck within runs.
        chunk: how many futures one piece of work holds, a power of two.
        edges: of the histograms, one for each measure; empty until they are frozen.

    Raises:
        ValueError: a number does not fit.
    """

    dims: tuple[Dimension, ...]
    n: int
    kind: str = "sobol"
    seed: int = 1
    chunk: int = 4096
    edges: tuple[Edges, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind is one of {KINDS}")
        if not self.dims or len({each.name for each in self.dims}) < len(self.dims):
            raise ValueError("a design explores different uncertainties")
        if self.chunk != power(self.chunk):
            raise ValueError("a chunk is a power of two")
        if not 1 <= self.n <= 1 << BITS:
            raise ValueError(f"a design has 1 to 2**{BITS} futures")
        if self.kind == "sobol" and (self.n != power(self.n) or len(self.dims) > MOST):
            raise ValueError(f"a Sobol' design has a power of two of rows, and {MOST} dimensions")

    @cached_property
    def sha(self) -> str:
        """The SHA-256 of everything that a row and its place in a histogram depend on.

        The number of rows is part of it only where rows depend on it: a longer design of the
        other kinds takes over what was computed.
        """
        return canonical.digest(
            {
                "dims": [[d.name, d.low, d.high, d.levels, d.scale] for d in self.dims],
                "kind": self.kind,
                "n": self.n if self.kind == "lhs" else None,
                "seed": self.seed,
                "chunk": self.chunk,
                "edges": [[e.low, e.high, e.regret] for e in self.edges],
            }
        )

    def unit(self, start: int, count: int) -> Column:
        """Rows `start` to `start + count` as numbers 0 <= u < 1, shape (dimensions, count)."""
        if not 0 <= start <= start + count <= self.n:
            raise IndexError("rows lie outside the design")
        d = len(self.dims)
        if self.kind == "sobol":
            return sobol(d, start, count, scrambling=self.seed)
        if self.kind == "lhs":
            return _latin(d, self.n, self.seed)[:, start : start + count]
        return _drawn(d, self.seed, start, count)

    def columns(self, start: int, count: int) -> dict[str, Column]:
        """The values of rows `start` to `start + count`, by name."""
        rows = self.unit(start, count)
        return {each.name: each.at(u) for each, u in zip(self.dims, rows, strict=True)}

    def row(self, i: int) -> dict[str, float]:
        """Future number i.

        >>> found = Design((Dimension("arrivals", 100, 140),), 8).row(3)
        >>> 100 <= found["arrivals"] < 140
        True
        """
        return {name: float(column[0]) for name, column in self.columns(i, 1).items()}

    def scrambled(self, k: int) -> Design:
        """The design under scrambling number k: four of them show how far figures can be trusted.

        Number 0 is the design itself.
        """
        return replace(self, seed=seeds.key(self.seed, "scrambling", k)) if k else self


def power(n: int) -> int:
    """The smallest power of two that is at least n.

    >>> power(500), power(512)
    (512, 512)
    """
    return 1 << max(0, n - 1).bit_length()


def planned(dims: Sequence[Dimension], n: int, **others: Any) -> tuple[Design, tuple[Words, ...]]:
    """A design of at least n futures, and what is to be said about it.

    >>> design, said = planned([Dimension("arrivals", 100, 140)], 500)
    >>> design.n, said[0].say()
    (512, '500 futures were asked for; 512 are looked at, a power of two, to lie evenly.')
    """
    kind = others.get("kind", "sobol")
    if kind != "sobol" or n == power(n):
        return Design(tuple(dims), n, **others), ()
    said = Words(
        N_("{n} futures were asked for; {more} are looked at, a power of two, to lie evenly."),
        {"n": n, "more": power(n)},
    )
    return Design(tuple(dims), power(n), **others), (said,)


@lru_cache(maxsize=8)
def _directions(d: int) -> _Words:
    """Direction numbers of d dimensions, shape (d, BITS), the first bit of a fraction highest."""
    table = np.zeros((d, BITS), dtype=np.uint32)
    table[0] = [1 << (BITS - 1 - k) for k in range(BITS)]
    from importlib.resources import files

    text = files("vuon.futures").joinpath("data/joe-kuo.txt").read_text("ascii")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for line in lines[: d - 1]:
        dimension, s, a, *m = map(int, line.split())
        for k in range(s, BITS):
            found = m[k - s] ^ (m[k - s] << s)
            for j in range(1, s):
                found ^= ((a >> (s - 1 - j)) & 1) * (m[k - j] << j)
            m.append(found)
        table[dimension - 1] = [m[k] << (BITS - 1 - k) for k in range(BITS)]
    return table


@lru_cache(maxsize=8)
def _scrambled(d: int, seed: int) -> tuple[_Words, _Words]:
    """Direction numbers after a random linear scrambling of their bits, and a random shift.

    Each bit takes up earlier ones at random (J. Matoušek, On the L2-discrepancy for anchored boxes,
    J. Complexity 14 (1998) 527-556), which keeps the balance of the sequence.
    """
    table = _directions(d)
    masks = np.zeros((d, BITS), dtype=np.uint32)
    for j in range(d):
        for r in range(BITS):
            own = 1 << (BITS - 1 - r)
            masks[j, r] = (seeds.key(seed, "sobol", j, r) & _ALL & ~(2 * own - 1)) | own
    odd = np.bitwise_count(table[:, :, None] & masks[:, None, :]) & 1
    places = np.uint32(1) << np.arange(BITS - 1, -1, -1, dtype=np.uint32)
    shifts = [seeds.key(seed, "sobol", j, "shift") & _ALL for j in range(d)]
    return (odd * places).sum(axis=2, dtype=np.uint32), np.array(shifts, dtype=np.uint32)


def sobol(d: int, start: int, count: int, *, scrambling: int | None = None) -> Column:
    """Points `start` to `start + count` of Sobol's sequence, shape (d, count).

    Directions are those of Joe and Kuo (2008), in the order of Gray's code of Antonov and Saleev
    (1979).

    Args:
        d: number of dimensions, 1 to `MOST`.
        scrambling: the seed of a scrambling; None for the sequence as it was published.

    >>> sobol(2, 0, 4)
    array([[0.  , 0.5 , 0.75, 0.25],
           [0.  , 0.5 , 0.25, 0.75]])
    """
    if scrambling is None:
        table, shift = _directions(d), np.zeros(d, dtype=np.uint32)
    else:
        table, shift = _scrambled(d, scrambling)
    made = np.empty((d, count), dtype=np.uint32)
    at = start
    while at < start + count:
        # The largest block that begins here, is a power of two long and lies at a multiple of it.
        size = at & -at if at else 1 << BITS
        while size > start + count - at:
            size //= 2
        _block(table, shift, at, made[:, at - start : at - start + size])
        at += size
    points: Column = np.multiply(made, 2.0**-BITS, dtype=np.float64)
    return points


def _block(table: _Words, shift: _Words, start: int, made: _Words) -> None:
    """Fill in the points of an aligned block: each half is the other one, some bits turned."""
    made[:, 0] = shift
    for bit in range(BITS):
        if (start ^ start >> 1) >> bit & 1:
            made[:, 0] ^= table[:, bit]
    for bit in range(made.shape[1].bit_length() - 1):
        turned = table[:, bit] ^ table[:, bit - 1] if bit else table[:, 0]
        half = 1 << bit
        np.bitwise_xor(made[:, :half], turned[:, None], out=made[:, half : 2 * half])


def _raw(key: int, first: int, count: int) -> NDArray[np.uint64]:
    """Words `first` to `first + count` of the counter generator Philox under a key."""
    bits = np.random.Philox(key=key & (2**64 - 1))
    bits.advance(first // 4)  # counted in blocks of four words
    return bits.random_raw(first % 4 + count)[first % 4 :]


def _uniform(words: NDArray[np.uint64]) -> Column:
    made: Column = np.multiply(words >> np.uint64(11), 2.0**-53, dtype=np.float64)
    return made


def _drawn(d: int, seed: int, start: int, count: int) -> Column:
    words = _raw(seeds.key(seed, "random"), start * d, count * d)
    return np.ascontiguousarray(_uniform(words).reshape(count, d).T)


@lru_cache(maxsize=2)
def _latin(d: int, n: int, seed: int) -> Column:
    """Each of n equal slices of every dimension exactly once, in a random order."""
    made: Column = np.empty((d, n))
    for j in range(d):
        order = np.argsort(_raw(seeds.key(seed, "lhs", j), 0, n), kind="stable")
        within: Column = _uniform(_raw(seeds.key(seed, "lhs", j, "within"), 0, n))
        np.divide(order + within, n, out=made[j])
    return np.minimum(made, np.nextafter(1.0, 0.0), out=made)
