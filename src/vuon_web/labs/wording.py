"""Sentences that people write in one language of a document that knows two."""

from __future__ import annotations

from dataclasses import replace

from vuon.toml.table import Text
from vuon.vietnamese import nfc

LONGEST = 300


def worded(old: Text, words: str, language: str, longest: int | None = LONGEST) -> Text:
    """The text with other words in one language; the other language stays.

    Args:
        longest: how many letters are kept; None for all of them.

    >>> worded(Text("quầy", "desk"), " quầy  2 ", "vi")
    Text(vi='quầy 2', en='desk')
    """
    clean = nfc(" ".join(words.split()))[:longest]
    return replace(old, **{"en" if language == "en" else "vi": clean})
