"""Wrong codes cost: at most ten a second for the whole server, five a minute for one seat.

Never counted by address: a room of people shares one. Kept in memory, so each process of a
server counts for itself; `vuon up` runs one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

SERVER_A_SECOND = 10
SEAT_A_MINUTE = 5


@dataclass
class _Bucket:
    room: float
    refill: float  # a second
    level: float
    at: float


@dataclass
class Guesses:
    """Counts guesses. A right one is given back; a wrong one is spent.

    `clock` returns seconds that only grow.
    """

    clock: Callable[[], float] = time.monotonic
    _buckets: dict[str, _Bucket] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, seat: str = "") -> bool:
        """Take a guess for the server and for `seat` (a hash, or empty); False if none is left."""
        with self._lock:
            buckets = [self._bucket("", SERVER_A_SECOND, SERVER_A_SECOND)]
            if seat:
                buckets.append(self._bucket(seat, SEAT_A_MINUTE, SEAT_A_MINUTE / 60))
            if any(bucket.level < 1 for bucket in buckets):
                return False
            for bucket in buckets:
                bucket.level -= 1
            return True

    def give_back(self, seat: str = "") -> None:
        """The guess was right."""
        with self._lock:
            for name in {"", seat}:
                if name in self._buckets:
                    bucket = self._buckets[name]
                    bucket.level = min(bucket.room, bucket.level + 1)

    def forget(self) -> None:
        """Begin anew, as after a start."""
        with self._lock:
            self._buckets.clear()

    def _bucket(self, name: str, room: float, refill: float) -> _Bucket:
        now = self.clock()
        if len(self._buckets) > 10_000:
            # Full buckets say nothing; drop them so that memory stays bounded.
            self._buckets = {
                key: each
                for key, each in self._buckets.items()
                if each.level + (now - each.at) * each.refill < each.room
            }
        bucket = self._buckets.setdefault(name, _Bucket(room, refill, room, now))
        bucket.level = min(bucket.room, bucket.level + (now - bucket.at) * bucket.refill)
        bucket.at = now
        return bucket


GUESSES = Guesses()
