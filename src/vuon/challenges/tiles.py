"""The tile map: one tile a province in a grid, without any border; special zones by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from vuon import toml
from vuon.challenges.units import DATA, units


@dataclass(frozen=True)
class Tile:
    """The tile of one province: `row` from the north, `column` from the west, both from 0."""

    row: int
    column: int
    key: str
    name: str
    short_name: str
    name_en: str
    zones: tuple[str, ...]


@lru_cache(maxsize=1)
def grid() -> tuple[Tile, ...]:
    """The tiles of the present provinces, from north to south.

    >>> next(tile.zones for tile in grid() if tile.key == "da-nang")
    ('Hoàng Sa',)
    """
    known = units()
    return tuple(
        Tile(
            row["row"],
            row["column"],
            row["province"],
            known[row["province"]].vi,
            row.get("short", known[row["province"]].vi),
            known[row["province"]].en,
            tuple(row.get("zones", ())),
        )
        for row in toml.read(DATA / "tiles.toml")["tile"]
    )
