"""The practice places that this installation ships, and the worlds behind them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from vuon.practice import Place, read
from vuon_web import shipped

if TYPE_CHECKING:
    from vuon.practice.later import Stories
    from vuon.practice.world import World


@lru_cache
def places() -> dict[str, Place]:
    """Every shipped place by its key, in the order in which they are offered, read once; a broken
    one stops here, with its reason."""
    found = [read(file.parent) for file in shipped("places").glob("*/place.toml")]
    return {place.key: place for place in sorted(found, key=lambda each: (each.order, each.key))}


@lru_cache
def world(place: str, number: int = 0) -> World:
    """What computes the place with this key, in the world of that number; 0 for the newest.

    Only actions and queries ask it, never a template.
    """
    from vuon.practice.worlds import open_world  # not before the first game: the start is quick

    return open_world(shipped("places") / place, number or None)


def newest(place: str) -> int:
    """The number of the world in which a new game of this place is played."""
    from vuon.practice.worlds import number_of

    return number_of(world(place))


@lru_cache
def stories(place: str) -> Stories:
    """What can be told of the place a year later."""
    from vuon.practice.later import read_stories

    return read_stories(shipped("places") / place, places()[place])
