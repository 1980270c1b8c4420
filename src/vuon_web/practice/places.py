"""The practice places that this installation ships."""

from __future__ import annotations

from functools import lru_cache

from vuon.practice import Place, read
from vuon_web import shipped


@lru_cache
def places() -> dict[str, Place]:
    """Every shipped place by its key, read once; a broken one stops here, with its reason."""
    files = sorted(shipped("places").glob("*/place.toml"))
    return {file.parent.name: read(file.parent) for file in files}
