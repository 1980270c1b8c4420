"""Old and new names: what a written name means, what it was called then and is called now.

A record keeps the name of its date and resolves to the present one. Nothing is guessed: a name
that is not known, or that several units share, resolves to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vuon import vietnamese
from vuon.challenges import phrases
from vuon.challenges.phrases import Match
from vuon.challenges.resolution import (
    LOCAL,
    Resolution,
    full_name,
    joined,
    known_unit,
    present,
    resolution,
)
from vuon.challenges.units import (
    Bilingual,
    Index,
    Token,
    Unit,
    choose,
    communes,
    compact,
    index_of,
    tokens,
    units,
)
from vuon.errors import N_, Words

__all__ = ["Resolution", "Span", "find", "full_name", "known_unit", "present", "resolve", "search"]


@dataclass(frozen=True)
class Span:
    """A known unit inside a text, from `start` to `end` (places of letters)."""

    start: int
    end: int
    resolution: Resolution


def _own_index(more: tuple[Unit, ...]) -> Index | None:
    # A commune is looked for with the word for its kind only, which its spellings carry.
    return index_of(more, lambda unit: unit.spellings) if more else None


def _strict(text: str) -> bool:
    # Text typed without any capital cannot be asked to show them.
    return text != text.lower()


_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CUT = re.compile(r"\s*(?:[,;:]|\s[–—-]\s|\bunder\b|\bthuộc\b)")
_MOST_WORDS = 25


@lru_cache(maxsize=2048)  # the same few partners are asked for on every page
def resolve(text: str, on: date | None = None, more: tuple[Unit, ...] = ()) -> Resolution | None:
    """What the name `text` means, or None if it is not known or not certain.

    Args:
        text: one name, with or without marks; brackets and "the" do not matter.
        on: the day of the record; decides between names that were used at different times.
        more: units of a lab's own table, see `read_table`.

    >>> found = resolve("Thua Thien Hue government", date(2022, 6, 1))
    >>> found.vi, found.province, found.note.say("vi").split(",")[0]
    ('Ủy ban nhân dân thành phố Huế', 'hue', 'Thừa Thiên Huế')
    >>> resolve("Quảng Nam").now.say("en")
    'Da Nang City'
    """
    plain = " ".join(_BRACKETS.sub(" ", text.replace("\xa0", " ")).split()).strip(" .,;:-–•*")
    words = compact(tokens(plain))
    said = phrases.phrases()
    if not words or len(words) > _MOST_WORDS:
        return None
    index = _own_index(more)
    head = plain[: cut.start()] if (cut := _CUT.search(plain)) else plain
    foreign = phrases.contains(words, said.foreign)
    for attempt in dict.fromkeys((plain, head)):
        whole = _whole(compact(tokens(attempt)), _strict(plain), index)
        if whole and not (foreign and whole.units[0].kind in ("ministry", "department", "agency")):
            return resolution(whole, text.strip(), on)
    return None if foreign else _generic(words, plain, text.strip(), on)


def _whole(words: list[Token], strict: bool, more: Index | None) -> Match | None:
    if not words:
        return None
    match = phrases.known(words, 0, strict, more)
    if match is None:
        return None
    end = match.end
    home = phrases.phrases().home
    linked = end + (1 if end < len(words) and words[end].folded in ("of", "in") else 0)
    if size := phrases.starts(words, linked, home):
        end = linked + size
    return match if end == len(words) else None


def _generic(words: list[Token], plain: str, written: str, on: date | None) -> Resolution | None:
    """A university by its head, or an organisation by the one place in its name."""
    university = phrases.contains(words, phrases.phrases().university)
    places = phrases.provinces_in(words, strict=True)
    today = {each for unit in places for each in present(unit)}
    named = choose(places, on) if len(today) == 1 else None
    after = present(named) if named else ()
    province = after[0].province if after else ""
    if not university and not province:
        return None
    name = Bilingual(plain, vi=plain)
    note = None
    if named and named.now:
        old = Bilingual(named.en, vi=named.vi)
        new = joined(full_name(each) for each in after)
        note = Words(N_("{old}, now {new}"), {"old": old, "new": new})
    kind = "university" if university else "organisation"
    return Resolution("", kind, written, name, name, (), province, note=note)


def find(text: str, on: date | None = None, more: tuple[Unit, ...] = ()) -> list[Span]:
    """All known units inside `text` with their places, the longest name first at each place.

    >>> text = "Da Nang, trước đây gồm Quảng Nam – Đà Nẵng, và huế"
    >>> [(text[span.start:span.end], span.resolution.key) for span in find(text)]
    [('Da Nang', 'da-nang'), ('Quảng Nam – Đà Nẵng', 'quang-nam-da-nang')]
    """
    words = compact(tokens(text))
    strict = _strict(text)
    index = _own_index(more)
    said = phrases.phrases()
    spans: list[Span] = []
    at = 0
    while at < len(words):
        match = phrases.known(words, at, strict, index)
        if match is None:
            at += 1
            continue
        start, end = words[match.start].start, words[match.end - 1].end
        at = match.end
        if text[start:end] in said.acronyms_as_words and text[start - 1 : start] != "(":
            continue
        meaning = resolution(match, text[start:end], on)
        if meaning:
            spans.append(Span(start, end, meaning))
    return spans


@lru_cache(maxsize=1)
def _haystack() -> tuple[tuple[str, Unit], ...]:
    """Every unit with all its folded names, each between bars."""
    return tuple(_entries((*units().values(), *communes().values())))


def _entries(known: tuple[Unit, ...]) -> Iterator[tuple[str, Unit]]:
    for unit in known:
        named = [unit.vi, unit.en, *unit.spellings]
        if unit.kind in LOCAL:
            named = [unit.vi, f"{LOCAL[unit.kind][1]} {unit.vi}", *unit.spellings]
        yield "|" + "|".join(dict.fromkeys(squeezed(name) for name in named)) + "|", unit


def squeezed(text: str) -> str:
    """`text` folded, its signs turned to single spaces, as `search` compares it.

    >>> squeezed("TP.  Hồ Chí Minh")
    'tp ho chi minh'
    """
    return " ".join(re.sub(r"[\W_]+", " ", vietnamese.fold(text)).split())


def search(query: str, limit: int = 10, more: tuple[Unit, ...] = ()) -> list[Resolution]:
    """The units a search box offers for `query`, best first, former names among them.

    Names that are equal come first, then names that begin with the query, then names with words
    that begin with it; higher units before lower ones.

    >>> [found.label.say("en") for found in search("quang nam", 1)]
    ['Da Nang City (formerly Quang Nam Province)']
    """
    wanted = squeezed(query)
    if not wanted:
        return []
    scored = []
    for place, (names, unit) in enumerate((*_haystack(), *_entries(more))):
        if wanted not in names:
            continue
        if f"|{wanted}|" in names:
            score = 0
        elif f"|{wanted}" in names:
            score = 1
        elif f" {wanted}" in names:
            score = 2
        else:
            continue
        scored.append((score, place, unit))
    scored.sort(key=lambda each: each[:2])
    offered = (
        resolution(Match(0, 0, (unit,)), unit.vi, None) for _score, _place, unit in scored[:limit]
    )
    return [found for found in offered if found]
