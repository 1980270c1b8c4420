"""Codes of rooms and teams: six signs that no Vietnamese keyboard rewrites and nobody mixes up.

No 0 O 1 I, and no vowels, D or W, because Telex and VNI turn them into marked letters.
"""

from __future__ import annotations

import secrets

ALPHABET = "BCFGHJKLMNPQRSTVXZ23456789"
LENGTH = 6


def draw() -> str:
    """A code at random."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read(typed: str) -> str:
    """The code that somebody typed, in capitals, without spaces and hyphens; empty if it is none.

    >>> read(" bcf-gh2 "), read("hello")
    ('BCFGH2', '')
    """
    code = "".join(sign for sign in typed.upper() if sign not in " -·.")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
