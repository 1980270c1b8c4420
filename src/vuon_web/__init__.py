"""Vuon, the product: serves what the library computes."""

from __future__ import annotations

from pathlib import Path

from vuon.errors import add_locale

PACKAGE = Path(__file__).parent

add_locale(PACKAGE / "locale", "django")


def shipped(kind: str) -> Path:
    """The folder of shipped "examples" or "places": in the wheel, or at the root of a checkout."""
    inside = PACKAGE / "shipped" / kind
    return inside if inside.is_dir() else PACKAGE.parent.parent / kind
