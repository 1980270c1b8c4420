"""The practice places that this installation ships."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import vuon_web
from vuon.practice import Place, read

PACKAGE = Path(vuon_web.__file__).parent


def folder() -> Path:
    """Where the shipped places lie: inside the wheel, or at the root of a checkout."""
    inside = PACKAGE / "shipped" / "places"
    return inside if inside.is_dir() else PACKAGE.parent.parent / "places"


@lru_cache
def places() -> dict[str, Place]:
    """Every shipped place by its key, read once; a broken one stops here, with its reason."""
    return {
        found.parent.name: read(found.parent) for found in sorted(folder().glob("*/place.toml"))
    }
