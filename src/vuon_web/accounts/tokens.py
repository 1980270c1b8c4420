"""Secrets that a browser or a link holds: 256 random bits, of which only the hash is kept."""

from __future__ import annotations

import hashlib
import re
import secrets

_FORM = re.compile(r"[A-Za-z0-9_-]{43}")


def new() -> str:
    """A new token of 256 random bits, fit for a cookie and an address."""
    return secrets.token_urlsafe(32)


def is_formed(token: str) -> bool:
    """Whether `token` could be one of ours; says nothing of whether it is known.

    >>> is_formed(new()), is_formed("abc")
    (True, False)
    """
    return _FORM.fullmatch(token) is not None


def digest(token: str) -> str:
    """The SHA-256 of `token` in hexadecimal. A plain hash is enough for 80 bits or more."""
    return hashlib.sha256(token.encode()).hexdigest()
