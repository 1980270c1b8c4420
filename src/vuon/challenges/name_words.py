"""The words by which names of organisations are told apart, from `data/partners.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from vuon import toml, vietnamese
from vuon.challenges import phrases
from vuon.challenges.phrases import Phrase, phrase
from vuon.challenges.units import DATA, Token, tokens

# An organisation that others are parts of, one that is usually a part, or neither.
Side = Literal["whole", "part", "plain"]


@dataclass(frozen=True)
class Vocabulary:
    """The words of `data/partners.toml`, folded."""

    heads: dict[Phrase, Side]
    heads_vi: dict[Phrase, Side]
    not_heads: tuple[Phrase, ...]
    connectors: frozenset[str]
    starters: frozenset[str]
    topics: frozenset[str]
    told_vi: frozenset[str]
    written_vi: frozenset[str]
    countries: tuple[Phrase, ...]


def _words(text: str) -> Phrase:
    # Unlike `phrase`, "and", "the" and "và" count.
    return tuple(word.folded for word in tokens(text))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary, loaded once."""
    read: Any = toml.read(DATA / "partners.toml")
    sides: tuple[Side, ...] = ("whole", "part", "plain")
    said = phrases.phrases()

    def heads(table: dict[str, list[str]]) -> dict[Phrase, Side]:
        return {_words(text): side for side in sides for text in table[side]}

    def singles(texts: list[str]) -> frozenset[str]:
        return frozenset(phrase(text)[0] if phrase(text) else text for text in texts)

    words = read["words"]
    return Vocabulary(
        heads(read["heads"]),
        heads(read["heads_vi"]),
        tuple(_words(text) for text in read["heads_vi"]["not"]),
        frozenset(vietnamese.nfc(text) for text in words["connectors"]),
        singles(words["starters"]),
        singles(words["topics"]),
        frozenset(vietnamese.nfc(text) for text in words["told_vi"]),
        frozenset(
            vietnamese.nfc(text).lower() for side in sides for text in read["heads_vi"][side]
        ),
        (*said.home, *said.foreign),
    )


def spelt_vietnamese(written: tuple[Token, ...]) -> bool:
    """Vietnamese heads need their marks: "Ban" and "Bo" are words of other languages too."""
    texts = " ".join(vietnamese.nfc(word.raw).lower() for word in written)
    return texts in vocabulary().written_vi
