"""Lots over time: who starts when, which blocks get the new way, when one site switches.

Units are cells, a site in a period, site by site in the order of their periods; so every reading
of `exact` works on them as it does on people.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import factorial, prod
from typing import TYPE_CHECKING

from vuon.errors import N_, VuonError, Words
from vuon.trials.randomise import LISTED, Allocation, Space, below, blocked, counter_stream, listed

if TYPE_CHECKING:
    import numpy as np

#: More switch times than these are never listed: a year of days has enough with longer phases.
MOST_LISTED = 60_000


def cells(sites: int, periods: int) -> list[tuple[int, int]]:
    """Every site, from 0, with every period, from 1, in the order of all lots over time.

    >>> cells(2, 2)
    [(0, 1), (0, 2), (1, 1), (1, 2)]
    """
    return [(site, period) for site in range(sites) for period in range(1, periods + 1)]


def crossover(people: int, periods: int, block: int = 2) -> Space:
    """Each person has both ways; in each block of periods half of them, drawn, are the new way.

    >>> crossover(2, 6).size
    64
    """
    if block < 2 or block % 2 or periods % block or periods < block:
        raise VuonError(
            "trials.crossover",
            Words(N_("{periods} periods are no whole number of blocks of {block} with two halves."),
                  {"periods": periods, "block": block}),
            Words(N_("Take blocks of two periods, and an even number of periods.")),
        )  # fmt: skip
    return blocked([(one, (period - 1) // block) for one, period in cells(people, periods)],
                   block // 2)  # fmt: skip


def switches(points: int, phases: int = 4, least: int = 4) -> Space:
    """One site that goes to and fro: old, new, old, new; when it switches is drawn.

    Args:
        points: how many measurements, one after the other.
        phases: how many phases, the first one the old way.
        least: how many points each phase has at least.

    >>> switches(28).size
    455
    """
    free = points - phases * least
    if phases < 2 or least < 1 or free < 1:
        raise VuonError(
            "trials.switches",
            Words(N_("{points} points leave no choice of when to switch."), {"points": points}),
            Words(N_("Measure more often, or make the shortest phase shorter.")),
        )
    ways = prod(range(free + 1, free + phases)) // factorial(phases - 1)
    if ways > MOST_LISTED:
        raise VuonError(
            "trials.switches",
            Words(N_("There are {ways} ways to switch, too many to list."), {"ways": ways}),
            Words(N_("Put several measurements into one point, or make the phases longer.")),
        )
    return listed(list(_phases(points, phases, least)))


def _phases(points: int, phases: int, least: int, new: int = 0) -> Iterator[Allocation]:
    if phases == 1:
        yield (new,) * points
        return
    for length in range(least, points - (phases - 1) * least + 1):
        for rest in _phases(points - length, phases - 1, least, 1 - new):
            yield (new,) * length + rest


@dataclass(frozen=True)
class Starts:
    """All sites get the new way; who starts in which window is drawn, and when within it.

    Args:
        sites: how many sites.
        periods: how many periods each is measured, from 1.
        windows: for each site one tuple of periods in which a site may start; the same period for
            two sites where they start together.
    """

    sites: int
    periods: int
    windows: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        kinds = set(self.windows)
        every = [start for window in kinds for start in window]
        twice = len(every) != len(set(every)) or any(
            len(window) > 1 and self.windows.count(window) > 1 for window in kinds
        )
        if len(self.windows) != self.sites or not every or self.sites < 2 or len(kinds) < 2:
            raise VuonError(
                "trials.starts",
                Words(N_("A lot of starts needs a window for each of at least two sites.")),
                Words(N_("Name as many windows as there are sites, not all of them the same.")),
            )
        if twice or min(every) < 2 or max(every) > self.periods:
            raise VuonError(
                "trials.windows",
                Words(N_("The windows overlap, or leave no period before or after the start.")),
                Words(N_("Give each site its own window, from the second period to the last.")),
            )

    @property
    def units(self) -> int:
        """How many cells: sites times periods."""
        return self.sites * self.periods

    @property
    def size(self) -> int:
        """In how many ways the lot can fall."""
        orders = factorial(self.sites)
        for count in Counter(self.windows).values():
            orders //= factorial(count)
        return orders * prod(len(window) for window in self.windows)

    @property
    def mirrored(self) -> bool:
        """Never: nobody goes back to the old way."""
        return False

    def smallest_p(self) -> Fraction:
        """The smallest two-sided p that any result can give.

        >>> order_of_start(4, 8, (3, 4, 5, 6)).smallest_p()
        Fraction(1, 24)
        """
        return Fraction(1, self.size)

    def row(self, start: int) -> Allocation:
        """A site's periods, 1 from its start on."""
        return tuple(int(period >= start) for period in range(1, self.periods + 1))

    def __contains__(self, allocation: object) -> bool:
        if not isinstance(allocation, tuple) or len(allocation) != self.units:
            return False
        used = []
        for site in range(self.sites):
            row = allocation[site * self.periods : (site + 1) * self.periods]
            start = row.index(1) + 1 if 1 in row else 0
            window = next((each for each in self.windows if start in each), None)
            if window is None or row != self.row(start):
                return False
            used.append(window)
        return Counter(used) == Counter(self.windows)

    def __iter__(self) -> Iterator[Allocation]:
        """Every allocation, in an order that never changes."""
        for order in _orders(tuple(sorted(self.windows))):
            for starts in product(*order):
                yield tuple(z for start in starts for z in self.row(start))

    def draw(self, seed: bytes) -> Allocation:
        """The allocation that a seed gives: a Fisher–Yates shuffle of the windows in their order
        over the sites, then for each site one period of its window."""
        numbers = counter_stream(seed)
        order = sorted(self.windows)
        for at in range(len(order) - 1):
            other = at + below(numbers, len(order) - at)
            order[at], order[other] = order[other], order[at]
        starts = [window[below(numbers, len(window))] for window in order]
        return tuple(z for start in starts for z in self.row(start))

    def matrix(self, drawn: Allocation, limit: int = LISTED) -> tuple[np.ndarray, bool]:
        """As `Space.matrix`: every allocation, or the drawn one and a sample that never changes."""
        import numpy as np

        if self.size <= limit:
            return _every(self), False
        seed = hashlib.sha256(f"sample of {self.size} for {drawn}".encode()).digest()
        raw = np.random.Philox(key=int.from_bytes(seed[:16], "big")).random_raw
        order = raw((limit - 1) * self.sites).reshape(-1, self.sites).argsort(axis=1)
        windows = sorted(self.windows)
        picked = raw((limit - 1) * self.sites).reshape(-1, self.sites)
        lengths = np.array([len(window) for window in windows], dtype=np.uint64)[order]
        table = np.zeros((self.sites, max(len(window) for window in windows)), dtype=np.int64)
        for at, window in enumerate(windows):
            table[at, : len(window)] = window
        starts = table[order, (picked % lengths).astype(np.int64)]
        periods = np.arange(1, self.periods + 1)
        rows = (periods[None, None, :] >= starts[:, :, None]).reshape(limit - 1, -1)
        return np.vstack([np.array([drawn], dtype=np.float64), rows.astype(np.float64)]), True


def _orders(windows: tuple[tuple[int, ...], ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every different order of windows, in the order of their first periods."""
    if not windows:
        yield ()
        return
    for first in dict.fromkeys(windows):
        left = list(windows)
        left.remove(first)
        for rest in _orders(tuple(left)):
            yield (first, *rest)


@lru_cache(maxsize=16)
def _every(space: Starts) -> np.ndarray:
    import numpy as np

    return np.array(list(space), dtype=np.float64)


def order_of_start(sites: int, periods: int, starts: Sequence[int]) -> Starts:
    """The sites start one after the other, in the periods of `starts`; the order is drawn.

    >>> order_of_start(4, 8, (3, 4, 5, 6)).size
    24
    """
    return Starts(sites, periods, tuple((start,) for start in starts))


def multiple_baseline(sites: int, periods: int, windows: Sequence[Sequence[int]]) -> Starts:
    """Two or three sites start in windows of their own; the order and the period are drawn.

    >>> multiple_baseline(2, 12, [(4, 5, 6), (8, 9, 10)]).size
    18
    """
    return Starts(sites, periods, tuple(tuple(window) for window in windows))
