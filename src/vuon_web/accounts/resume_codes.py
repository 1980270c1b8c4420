"""Resume codes: eight words of a list of 1,024, which is 80 random bits.

The words are Vietnamese syllables without marks: quick to read out, to write down and to type on
any keyboard, also on one that is set to Telex or VNI. What comes back with marks, capitals,
commas or hyphens is the same code.
"""

from __future__ import annotations

import re
import secrets
from functools import lru_cache
from pathlib import Path

from vuon.vietnamese import fold
from vuon_web.accounts import tokens

COUNT = 8
_FILE = Path(__file__).parent / "data" / "resume-words.txt"


@lru_cache
def words() -> tuple[str, ...]:
    """The list, 1,024 different words."""
    return tuple(_FILE.read_text(encoding="ascii").split())


def draw() -> tuple[str, ...]:
    """A new code."""
    return tuple(secrets.choice(words()) for _ in range(COUNT))


def read(text: str) -> tuple[str, ...]:
    """The words that somebody typed.

    >>> read(" Bạn-LUA, sen ")
    ('ban', 'lua', 'sen')
    """
    return tuple(re.findall(r"[a-z0-9]+", fold(text)))


def mistyped(code: tuple[str, ...]) -> tuple[str, ...]:
    """The words that are in no code, so that they can be named without costing a guess."""
    return tuple(word for word in code if word not in set(words()))


def digest(code: tuple[str, ...]) -> str:
    """What is kept of a code."""
    return tokens.digest(" ".join(code))
