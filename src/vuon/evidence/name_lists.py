"""Words by which people, places and offices are told apart in Vietnamese text."""

from __future__ import annotations

from functools import lru_cache

from vuon import toml
from vuon.evidence.shapes import FILE
from vuon.vietnamese import fold


@lru_cache(maxsize=64)
def words(name: str) -> frozenset[str]:
    """A list of `data/redaction.toml` by its name.

    >>> "già làng" in words("kin")
    True
    """
    return frozenset(word.replace("_", " ") for word in _all()[name].split())


@lru_cache(maxsize=1)
def _all() -> dict[str, str]:
    return dict(toml.read(FILE)["words"])


@lru_cache(maxsize=64)
def folded(name: str) -> frozenset[str]:
    """The same list without accents and case, for texts that were typed without them.

    >>> "gia lang" in folded("kin")
    True
    """
    return frozenset(fold(word) for word in words(name))
