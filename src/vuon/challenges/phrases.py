"""Names with the words around them: governments of places, departments, communes.

"UBND tỉnh Quảng Nam", "Da Nang government", "Sở Nội vụ tỉnh Thừa Thiên Huế", "phường Hải Châu".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from vuon import toml
from vuon.challenges.units import (
    DATA,
    Index,
    Token,
    Unit,
    commune_index,
    compact,
    matches,
    tokens,
    unit_index,
    units,
)

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """The folded word sequences of `data/phrases.toml`, longest first."""

    government_before: tuple[Phrase, ...]
    government_after: tuple[Phrase, ...]
    rank_before: tuple[Phrase, ...]
    rank_after: tuple[Phrase, ...]
    links: tuple[Phrase, ...]
    between: tuple[Phrase, ...]
    commune_before: tuple[tuple[str, Phrase], ...]
    commune_after: tuple[tuple[str, Phrase], ...]
    university: tuple[Phrase, ...]
    home: tuple[Phrase, ...]
    foreign: tuple[Phrase, ...]
    acronyms_as_words: frozenset[str]


def phrase(text: str) -> Phrase:
    """The folded words of `text`.

    >>> phrase("Ủy ban nhân dân")
    ('uy', 'ban', 'nhan', 'dan')
    """
    return tuple(word.folded for word in compact(tokens(text)))


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The words around names, loaded once."""
    read: Mapping[str, Any] = toml.read(DATA / "phrases.toml")

    def listed(texts: list[str]) -> tuple[Phrase, ...]:
        return tuple(sorted((phrase(text) for text in texts), key=len, reverse=True))

    def by_kind(table: Mapping[str, list[str]]) -> tuple[tuple[str, Phrase], ...]:
        return tuple((kind, words) for kind, texts in table.items() for words in listed(texts))

    return Phrases(
        listed(read["government"]["before"]),
        listed(read["government"]["after"]),
        listed(read["rank"]["before"]),
        listed(read["rank"]["after"]),
        listed(read["link"]["words"]),
        listed(read["link"]["between"]),
        by_kind(read["commune"]["before"]),
        by_kind(read["commune"]["after"]),
        listed(read["university"]["words"]),
        listed(read["country"]["home"]),
        listed(read["country"]["others"]),
        frozenset(read["acronym"]["words"]),
    )


def starts(words: list[Token], at: int, choices: tuple[Phrase, ...]) -> int:
    """The length of the longest of `choices` that stands at `at`, or 0."""
    if at >= len(words) or words[at].folded not in _first_words(choices):
        return 0
    for choice in choices:
        if tuple(word.folded for word in words[at : at + len(choice)]) == choice:
            return len(choice)
    return 0


@lru_cache(maxsize=64)
def _first_words(choices: tuple[Phrase, ...]) -> frozenset[str]:
    return frozenset(choice[0] for choice in choices)


def contains(words: list[Token], choices: tuple[Phrase, ...]) -> bool:
    """Whether any of `choices` stands anywhere in `words`, its first letter a capital."""
    return any(starts(words, at, choices) for at in range(len(words)))


@dataclass(frozen=True)
class Match:
    """Known words from `start` to `end` (places in the list of words) and what they can mean."""

    start: int
    end: int
    units: tuple[Unit, ...]
    place: tuple[Unit, ...] = ()
    government: bool = False


def _bare_place(words: list[Token], at: int, strict: bool) -> tuple[int, tuple[Unit, ...]]:
    length, found = matches(words, at, unit_index(), strict)
    provinces = tuple(unit for unit in found if unit.kind == "province")
    return (length, provinces) if provinces else (0, ())


def _commune(words: list[Token], at: int, strict: bool) -> tuple[int, tuple[Unit, ...]]:
    """A commune with the word for its kind, and the province if that follows."""
    said = phrases()
    folded = words[at].folded
    for kind, before in said.commune_before:
        if folded == before[0] and (size := starts(words, at, (before,))):
            if at + size >= len(words):
                continue
            length, found = matches(words, at + size, commune_index(), strict)
            if length:
                return size + length, _of_kind(found, kind)
    if any(
        word.folded in ("ward", "commune", "special", "island") for word in words[at + 1 : at + 7]
    ):
        length, found = matches(words, at, commune_index(), strict)
        for kind, after in said.commune_after:
            if length and (size := starts(words, at + length, (after,))):
                return length + size, _of_kind(found, kind)
    return 0, ()


def _of_kind(found: tuple[Unit, ...], kind: str) -> tuple[Unit, ...]:
    return tuple(unit for unit in found if unit.kind == kind)


def place(words: list[Token], at: int, strict: bool) -> Match | None:
    """A province, city or commune at `at` with the words around it."""
    said = phrases()
    before = starts(words, at, said.government_before)
    start = at + before
    if start >= len(words):
        return None
    length, found = _commune(words, start, strict)
    if found:
        end = start + length
        narrowed, end = _narrow(words, end, found, strict)
        after = 0 if before else starts(words, end, said.government_after)
        return Match(at, end + after, narrowed, narrowed, bool(before or after))
    ranked = starts(words, start, said.rank_before)
    if start + ranked >= len(words):
        return None
    length, found = _bare_place(words, start + ranked, strict)
    if not found:
        return None
    end = start + ranked + length
    after = 0 if before else starts(words, end, said.government_after)
    if not after:
        end += starts(words, end, said.rank_after)
        after = 0 if before else starts(words, end, said.government_after)
    return Match(at, end + after, found, found, bool(before or after))


def _narrow(
    words: list[Token], end: int, found: tuple[Unit, ...], strict: bool
) -> tuple[tuple[Unit, ...], int]:
    """Communes of equal names narrowed by the province that follows, and the new end."""
    said = phrases()
    at = end + (starts(words, end, said.links) or starts(words, end, said.rank_before))
    if at < len(words):
        length, provinces = _bare_place(words, at, strict)
        if provinces:
            keys = {unit.key for unit in provinces} | {
                key for unit in provinces for key in unit.now
            }
            narrowed = tuple(unit for unit in found if unit.province in keys)
            if narrowed:
                after = at + length
                return narrowed, after + starts(words, after, said.rank_after)
    return found, end


def department(words: list[Token], at: int, strict: bool) -> Match | None:
    """A department at `at`, with the province before or after it where there is one."""
    where = place(words, at, strict)
    start = at
    if where and not where.government and where.end < len(words):
        start = where.end + starts(words, where.end, phrases().between)
    if start >= len(words):
        return None
    length, found = matches(words, start, unit_index(), strict)
    found = tuple(unit for unit in found if unit.kind == "department")
    if not found:
        return None
    end = start + length
    if start > at and where:
        return Match(at, end, found, where.place)
    linked = end + starts(words, end, phrases().links)
    after = place(words, linked, strict) if linked < len(words) else None
    if after and all(unit.kind == "province" for unit in after.place):
        return Match(at, after.end, found, after.place)
    return Match(at, end, found)


def known(words: list[Token], at: int, strict: bool, more: Index | None = None) -> Match | None:
    """The longest known name at `at`."""
    options = [place(words, at, strict), department(words, at, strict)]
    for index in (unit_index(), more or {}):
        length, found = matches(words, at, index, strict)
        found = tuple(unit for unit in found if unit.kind not in ("province", "department"))
        if found:
            options.append(Match(at, at + length, found))
    best: Match | None = None
    for option in options:
        if option and (best is None or option.end > best.end):
            best = option
    return best


def provinces_in(words: list[Token], strict: bool) -> tuple[Unit, ...]:
    """The provinces named anywhere in `words`, in order."""
    found: list[Unit] = []
    at = 0
    while at < len(words):
        match = place(words, at, strict)
        if match:
            known_units = units()
            found += [
                unit if unit.kind == "province" else known_units[unit.province]
                for unit in match.place
            ]
            at = match.end
        else:
            at += 1
    return tuple(dict.fromkeys(found))
