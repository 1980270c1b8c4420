"""Where a lab's partners are, on the tile map: provinces as they are today, no border drawn.

Only what names a province is placed. A plan's coordinates are the middle of a country and are
never a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from vuon.challenges import names, tiles
from vuon.challenges.tiles import Tile
from vuon_web.labs import panels, queries
from vuon_web.labs.panels import Panel
from vuon_web.labs.people import partner

if TYPE_CHECKING:
    from vuon_web.accounts.requests import Request
    from vuon_web.labs.models import Lab


@dataclass(frozen=True)
class Placed:
    """A tile of the map with the partners that are there, by their names as written."""

    tile: Tile
    name: str
    partners: tuple[str, ...]


def register() -> None:
    """Put the map on the lab's page."""
    panels.register("map", 35, tile_map)


def placed(lab: Lab) -> list[Placed]:
    """Every tile, from north to south, with the partners of `lab` in it."""
    there: dict[str, list[str]] = {}
    for agency in queries.agencies(lab):
        found = names.resolve(agency.name)
        if found and found.province:
            there.setdefault(found.province, []).append(partner(agency).name)
    english = get_language() == "en"
    return [
        Placed(tile, tile.name_en if english else tile.name, tuple(there.get(tile.key, ())))
        for tile in tiles.grid()
    ]


@lru_cache(maxsize=64)  # a hundred tiles and names: as much work as the rest of the page
def _drawn(places: tuple[Placed, ...], language: str) -> SafeString:
    return render_to_string("labs/panels/tiles.html", {"tiles": places})


def tile_map(request: Request, lab: Lab) -> Panel | None:
    """The map, and the same as a list."""
    found = placed(lab)
    context = {
        "drawn": _drawn(tuple(found), get_language() or ""),
        "here": [each for each in found if each.partners],
    }
    return Panel("labs/panels/map.html", context, aside=True)
