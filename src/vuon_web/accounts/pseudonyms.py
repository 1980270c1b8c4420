"""Pseudonyms: two plants and a colour, kept as keys and worded in the reader's language."""

from __future__ import annotations

import secrets
import tomllib
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

_FILE = Path(__file__).parent / "data" / "pseudonyms.toml"
_DICE = secrets.SystemRandom()

Names = dict[str, tuple[str, str]]


@lru_cache
def _words() -> tuple[Names, Names]:
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    plants = {key: (vi, en) for key, (vi, en) in read["plants"].items()}
    colours = {key: (vi, en) for key, (vi, en) in read["colours"].items()}
    return plants, colours


def draw() -> str:
    """A pseudonym at random, as keys: `"rice.fern.blue"`."""
    plants, colours = _words()
    first, second = _DICE.sample(sorted(plants), 2)
    return f"{first}.{second}.{_DICE.choice(sorted(colours))}"


def say(pseudonym: str, language: str | None = None) -> str:
    """The pseudonym in words; empty for an empty one.

    >>> say("rice.fern.blue", "vi"), say("rice.fern.blue", "en")
    ('Lúa Dương xỉ lam', 'blue Rice Fern')
    """
    if not pseudonym:
        return ""
    plants, colours = _words()
    first, second, colour = pseudonym.split(".")
    if (language or get_language() or "vi") == "vi":
        one, two = plants[first][0], plants[second][0]
        return f"{_capital(one)} {_capital(two)} {colours[colour][0]}"
    return f"{colours[colour][1]} {plants[first][1]} {plants[second][1]}"


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
