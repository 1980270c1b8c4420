"""Sealing a plan: its canonical text, a hash that changes with every byte, and a chain of events.

Four words stand for the first 32 bits of the hash, so that two people can compare by eye and ear
what hangs on the wall with what lies in the computer. 32 bits can be forged on purpose: paper
carries the whole hash beside the words.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from vuon import canonical

FIRST = "0" * 64


@dataclass(frozen=True)
class Sealed:
    """A plan that can no longer change unnoticed."""

    text: str
    sha256: str
    words: tuple[str, ...]


@lru_cache
def _words() -> tuple[str, ...]:
    text = (files("vuon.trials") / "data" / "seal-words.txt").read_text("utf-8")
    found = tuple(unicodedata.normalize("NFC", text).split())
    assert len(set(found)) == 256, "one word for each byte"
    return found


def seal(plan: Mapping[str, Any]) -> Sealed:
    """The plan as it is sealed.

    Args:
        plan: what is decided beforehand, as texts, numbers, lists and tables.

    Raises:
        TypeError, ValueError: as `vuon.canonical.dumps`.

    >>> first, other = seal({"weeks": 6, "worthwhile": 0.1}), seal({"worthwhile": 0.1, "weeks": 6})
    >>> first == other, len(first.words)
    (True, 4)
    """
    return sealed_text(canonical.dumps(plan))


def sealed_text(text: str) -> Sealed:
    """The seal of a canonical text, with its words."""
    digest = hashlib.sha256(text.encode()).digest()
    return Sealed(text, digest.hex(), tuple(_words()[byte] for byte in digest[:4]))


def intact(sealed: Sealed) -> bool:
    """Whether text, hash and words still belong together, byte by byte.

    >>> from dataclasses import replace
    >>> kept = seal({"weeks": 6})
    >>> intact(kept), intact(replace(kept, text=kept.text + " "))
    (True, False)
    """
    return sealed == sealed_text(sealed.text)


@dataclass(frozen=True)
class Link:
    """One event of a chain, with the hash of the one before it."""

    event: Mapping[str, Any]
    previous: str
    sha256: str


def append(chain: tuple[Link, ...], event: Mapping[str, Any]) -> tuple[Link, ...]:
    """The chain with one more event.

    >>> chain = append(append((), {"kind": "sealed"}), {"kind": "drawn"})
    >>> first_broken(chain) is None
    True
    """
    previous = chain[-1].sha256 if chain else FIRST
    return (*chain, Link(event, previous, _link(previous, event)))


def _link(previous: str, event: Mapping[str, Any]) -> str:
    return hashlib.sha256(f"{previous}{canonical.dumps(event)}".encode()).hexdigest()


def first_broken(chain: tuple[Link, ...]) -> int | None:
    """The place, from 0, of the first event that was changed, moved or left out; None if whole."""
    previous = FIRST
    for place, link in enumerate(chain):
        if link.previous != previous or link.sha256 != _link(previous, link.event):
            return place
        previous = link.sha256
    return None
