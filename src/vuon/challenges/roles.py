"""The roles a description gives to partners: first adopter, spreader, adviser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

from vuon import toml, vietnamese
from vuon.challenges.units import DATA, Token, tokens
from vuon.errors import N_, Words

RoleName = Literal["first_adopter", "spreader", "adviser"]
LABELS: dict[RoleName, str] = {
    "first_adopter": N_("first adopter"),
    "spreader": N_("spreader"),
    "adviser": N_("adviser"),
}
# "…" in a phrase skips at most so many words.
_SKIP = 6


@dataclass(frozen=True)
class Role:
    """A proposed role and the `sentence` and `phrase` that called it."""

    role: RoleName
    sentence: str
    phrase: str

    @property
    def label(self) -> Words:
        """The role in words."""
        return Words(LABELS[self.role])


@dataclass(frozen=True)
class _Phrase:
    role: RoleName
    text: str
    pieces: tuple[tuple[Token, ...], ...]


@lru_cache(maxsize=1)
def _data() -> tuple[tuple[_Phrase, ...], tuple[tuple[Token, ...], ...], int]:
    read: Any = toml.read(DATA / "roles.toml")
    phrases = tuple(
        _Phrase(role, text, tuple(tokens(piece) for piece in text.split("…")))
        for role in get_args(RoleName)
        for text in read[role]["phrases"]
    )
    denied = read["denied"]
    return phrases, tuple(tokens(text) for text in denied["phrases"]), denied["within"]


def roles(description: str) -> tuple[Role, ...]:
    """The roles that `description` proposes, each once with its first sentence.

    The sentences say what a person reads anyway, so that a wrong proposal is seen at once.

    >>> told = "They want to be the first to try this. Later they will share it with other cities."
    >>> [role.role for role in roles(told)]
    ['first_adopter', 'spreader']
    >>> roles("Trường sẽ góp ý cho dự thảo.")[0].role
    'adviser'
    """
    phrases, denied, within = _data()
    found: dict[RoleName, Role] = {}
    for sentence in _sentences(description):
        words = tokens(sentence)
        for phrase in phrases:
            if phrase.role in found:
                continue
            at = _place(words, phrase.pieces)
            if at >= 0 and not _denied(words[max(0, at - within) : at], denied):
                found[phrase.role] = Role(phrase.role, sentence, phrase.text)
    return tuple(found[role] for role in get_args(RoleName) if role in found)


def _sentences(text: str) -> list[str]:
    clean = vietnamese.nfc(text.replace("\xa0", " "))
    pieces = re.split(r"(?<=[.!?;])\s+|\n+", clean)
    return [squeezed for piece in pieces if (squeezed := " ".join(piece.split()))]


def _same(one: Token, other: Token) -> bool:
    if one.folded != other.folded:
        return False
    # "thử" is not "thư": marks count where both are written with marks.
    both = vietnamese.has_marks(one.raw) and vietnamese.has_marks(other.raw)
    return not both or one.spelt == other.spelt


def _at(words: tuple[Token, ...], at: int, piece: tuple[Token, ...]) -> bool:
    written = words[at : at + len(piece)]
    return len(written) == len(piece) and all(map(_same, written, piece))


def _place(words: tuple[Token, ...], pieces: tuple[tuple[Token, ...], ...]) -> int:
    """Where the phrase begins, -1 if it is not there."""
    for start in range(len(words)):
        at, found = start, True
        for number, piece in enumerate(pieces):
            reach = 1 if number == 0 else _SKIP + 1
            hits = (next_at for next_at in range(at, at + reach) if _at(words, next_at, piece))
            hit = next(hits, -1)
            if hit < 0:
                found = False
                break
            at = hit + len(piece)
        if found:
            return start
    return -1


def _denied(before: tuple[Token, ...], denied: tuple[tuple[Token, ...], ...]) -> bool:
    return any(_at(before, at, phrase) for at in range(len(before)) for phrase in denied)
