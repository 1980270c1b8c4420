"""Named random streams: the same luck for every policy, digit for digit on every machine.

A number is drawn from its names alone ("this seed, observing, the second time"), never from what
was drawn before it. So an additional draw never changes another one, and two policies can be
compared under the same luck. Only SHA-256 and exact arithmetic are used, so that no version of
Python, operating system or processor changes a digit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

_T = TypeVar("_T")
Name = str | int

#: Draws are multiples of 2**-53, the finest that a float holds evenly between 0 and 1.
_STEPS = 2**53


def _digest(seed: int, names: tuple[Name, ...], counter: int) -> bytes:
    parts = [str(seed), *(f"{type(name).__name__}:{name}" for name in names), str(counter)]
    return hashlib.sha256("\x1f".join(parts).encode()).digest()


def uniform(seed: int, *names: Name) -> float:
    """A number from 0 (inclusive) to 1 (exclusive) that belongs to these names.

    >>> uniform(7, "observe", 1) == uniform(7, "observe", 1)
    True
    >>> uniform(7, "observe", 1) == uniform(7, "observe", 2)
    False
    """
    return next(stream(seed, *names))


def stream(seed: int, *names: Name) -> Iterator[float]:
    """Endless numbers between 0 and 1, independent of those of any other names."""
    counter = 0
    while True:
        digest = _digest(seed, names, counter)
        for start in range(0, 32, 8):
            yield (int.from_bytes(digest[start : start + 8], "big") >> 11) / _STEPS
        counter += 1


def key(seed: int, *names: Name) -> int:
    """A whole number of 64 bits with sign that belongs to these names, for counter generators.

    >>> key(7, "scenario", 0) != key(7, "scenario", 1)
    True
    """
    return int.from_bytes(_digest(seed, names, 0)[:8], "big", signed=True)


def whole(seed: int, *names: Name, low: int, high: int) -> int:
    """A whole number from `low` to `high`, both included, all equally likely.

    >>> whole(7, "people", low=8, high=8)
    8
    """
    return low + int(uniform(seed, *names) * (high - low + 1))


def bell(seed: int, *names: Name) -> float:
    """A number near a standard normal: twelve uniform ones less six, so from -6 to 6.

    Sums are exact where a logarithm's last digit would differ between machines.
    """
    found = stream(seed, *names)
    return sum(next(found) for _ in range(12)) - 6


def choose(shares: Sequence[tuple[_T, float]], seed: int, *names: Name) -> _T | None:
    """One of the items with its share as chance; None for what the shares leave of 1.

    >>> choose([("rain", 1.0)], 3, "weather")
    'rain'
    """
    left = Fraction(uniform(seed, *names))
    for item, share in shares:
        left -= Fraction(share)
        if left < 0:
            return item
    return None


def shuffled(items: Sequence[_T], seed: int, *names: Name) -> list[_T]:
    """The items in a random order, every order equally likely.

    >>> sorted(shuffled([1, 2, 3], 5, "pieces"))
    [1, 2, 3]
    """
    left = list(items)
    found = stream(seed, *names)
    for last in range(len(left) - 1, 0, -1):
        other = int(next(found) * (last + 1))
        left[last], left[other] = left[other], left[last]
    return left
