"""The practice places that this installation ships, and the worlds behind them."""

from __future__ import annotations

from functools import lru_cache

from vuon.practice import Place, read
from vuon.practice.arithmetic import open_world
from vuon.practice.later import Stories, read_stories
from vuon.practice.world import World
from vuon_web import shipped


@lru_cache
def places() -> dict[str, Place]:
    """Every shipped place by its key, read once; a broken one stops here, with its reason."""
    files = sorted(shipped("places").glob("*/place.toml"))
    return {file.parent.name: read(file.parent) for file in files}


@lru_cache
def world(place: str) -> World:
    """What computes the place with this key. Only actions and queries ask it, never a template."""
    return open_world(shipped("places") / place)


@lru_cache
def stories(place: str) -> Stories:
    """What can be told of the place a year later."""
    return read_stories(shipped("places") / place, places()[place])
