"""Which world a game is played in: worlds are numbered, and a game keeps the one it began with.

1 is arithmetic from the tables alone. 2 takes logs, queues and the rows of a pilot from the journey
kernel, where a place says enough for it. A game is a list of events that are computed anew whenever
somebody looks: in another world the same events would show other evidence.
"""

from __future__ import annotations

from pathlib import Path

from vuon.practice import arithmetic
from vuon.practice.arithmetic import Arithmetic
from vuon.practice.simulated import Simulated
from vuon.practice.waiting import read_waiting

TABLES, KERNEL = 1, 2


def open_world(folder: Path, number: int | None = None) -> Arithmetic:
    """The world of the place in `folder`.

    Args:
        folder: as for `vuon.practice.read`.
        number: `TABLES` or `KERNEL`; the newest that the place has if None.

    Raises:
        VuonError: as `vuon.practice.arithmetic.open_world`, and `table.…` for a broken
            `queue.toml`.
    """
    world = arithmetic.open_world(folder)
    waiting = read_waiting(folder)
    if number == TABLES or waiting is None or world.truth.counter is None:
        return world
    return Simulated(world.place, world.truth, world.sources, waiting)


def number_of(world: object) -> int:
    """The number of a world that `open_world` gave."""
    return KERNEL if isinstance(world, Simulated) else TABLES
