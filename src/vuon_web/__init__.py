"""Vuon, the product: serves what the library computes."""

from __future__ import annotations

from pathlib import Path

from vuon.errors import add_locale

add_locale(Path(__file__).with_name("locale"), "django")
