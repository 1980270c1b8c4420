"""Searching a corpus without regard to accents and đ, exact accents first.

Texts are kept folded in memory and never written: nothing readable of them lies on disk. A word of
the query is found wherever a word begins with it, so that a search can follow the typing.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from typing import NamedTuple

from vuon.evidence.text import folded
from vuon.vietnamese import fold, nfc

#: So many characters are shown on each side of a hit.
AROUND = 60
#: After so many places of one query, or blocks with its words apart, the search ends: nobody
#: reads them, and typing must not wait.
MOST_PLACES, MOST_BLOCKS = 10_000, 300
_QUOTED = re.compile(r"[\"“”«»„]([^\"“”«»„]+)[\"“”«»„]|([^\s\"“”«»„]+)")
_SPACES = str.maketrans("\r\n\t\u00a0", "    ")
_BLANK_LINES, _LINE_ENDS = re.compile(r"\n\r?\n[\r\n]*"), re.compile(r"\n+")
_EDGES = re.compile(r"^[.,;:!?…()\[\]'’‘]+|[.,;:!?…()\[\]'’‘]+$")


@dataclass(frozen=True)
class Hit:
    """One place in one text: `key` and positions in code points of the text as it was given.

    `exact` says that the accents are those of the query; `before` and `after` is what stands
    around, on one line.
    """

    key: str
    start: int
    end: int
    exact: bool
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class _Kept:
    text: str
    #: the text without accents, on one line
    plain: str
    #: where each sign of `plain` stands in `text`; None if they are the same places
    origins: array[int] | None
    #: where blocks begin and end in `plain`
    starts: array[int]
    ends: array[int]

    def at(self, position: int) -> int:
        return position if self.origins is None else self.origins[position]

    def block(self, position: int) -> tuple[int, int]:
        nth = bisect_right(self.starts, position) - 1
        return self.starts[nth], self.ends[nth]


def _kept(text: str) -> _Kept:
    plain = folded(text)
    divider = _BLANK_LINES if _BLANK_LINES.search(plain) else _LINE_ENDS
    ends = [gap.start() for gap in divider.finditer(plain)]
    origins = None
    if any(len(folded(sign)) != 1 for sign in set(text)):
        origins = array("L")
        for at, sign in enumerate(text):
            origins.extend([at] * len(folded(sign)))
        origins.append(len(text))
    return _Kept(
        text,
        plain.translate(_SPACES),
        origins,
        array("L", [0, *ends]),
        array("L", [*ends, len(plain)]),
    )


class _Term(NamedTuple):
    """A word or a phrase of the query, as written but in lower case, and without accents."""

    written: str
    plain: str
    quoted: bool


def _terms(query: str) -> list[_Term]:
    found = []
    for phrase, word in _QUOTED.findall(nfc(query)):
        written = " ".join((phrase or word).split())
        written = _EDGES.sub("", written) or written
        if fold(written):
            found.append(_Term(written.casefold(), fold(written), bool(phrase)))
    return found


#: A place in a folded text: rank (the lowest is the best), order of the text, start and end.
_Place = tuple[int, int, int, int]
#: What makes a place less good: other accents, words apart from each other, a word that goes on.
_OTHER_ACCENTS, _APART, _GOES_ON = 4, 2, 1


class Index:
    """The texts of a corpus, ready to be searched.

    >>> index = Index.build([("n1", "Đường xa, phải chờ lâu.")])
    >>> [(hit.words, hit.exact) for hit in index.search("duong xa")]
    [('Đường xa', False)]
    """

    def __init__(self) -> None:
        self._texts: dict[str, _Kept] = {}

    @classmethod
    def build(cls, texts: Iterable[tuple[str, str]]) -> Index:
        """The index of texts by key; each text as it is stored, composed or not."""
        index = cls()
        for key, text in texts:
            index.add(key, text)
        return index

    def add(self, key: str, text: str) -> None:
        """Put a text in, or another one in its place."""
        self._texts[key] = _kept(text)

    def remove(self, key: str) -> None:
        """Take a text out; one that is not there changes nothing."""
        self._texts.pop(key, None)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def search(self, query: str, limit: int = 50) -> tuple[Hit, ...]:
        """The places where the query stands, those with its very accents first.

        The words of the query as a phrase are found wherever they stand; apart from each other
        once in each block that holds them all, as the shortest stretch with all of them. What
        is in quotation marks is found as a phrase only. After 10,000 places, or 300 blocks, the
        search goes no further.

        Args:
            query: words, or phrases in quotation marks; accents may be left out.
            limit: at most so many hits, 1 or more.
        """
        terms = _terms(query)
        if not terms:
            return ()
        texts = list(self._texts.items())
        places: list[_Place] = []
        if len(terms) == 1 or not any(term.quoted for term in terms):
            for order, (_, kept) in enumerate(texts):
                places += islice(_phrases(kept, terms, order), MOST_PLACES - len(places))
        if len(terms) > 1:
            places += _apart([kept for _, kept in texts], terms, places)
        best = nsmallest(limit, places)
        return tuple(_hit(*texts[place[1]], place) for place in best)


def _phrases(kept: _Kept, terms: list[_Term], order: int) -> Iterator[_Place]:
    """Where the terms stand one after the other."""
    written = " ".join(term.written for term in terms)
    phrase = _Term(written, " ".join(term.plain for term in terms), " " in written)
    for start, end in _starts(kept, phrase.plain, 0, len(kept.plain)):
        yield _rank(kept, phrase, start, end), order, start, end


def _apart(texts: list[_Kept], terms: list[_Term], phrases: list[_Place]) -> list[_Place]:
    """The blocks that hold all terms, but not as a phrase."""
    done: dict[int, set[int]] = {}
    for _, order, start, _ in phrases:
        done.setdefault(order, set()).add(texts[order].block(start)[0])
    found: list[_Place] = []
    for order, kept in enumerate(texts):
        places = _together(kept, list(dict.fromkeys(terms)), order, done.get(order, set()))
        found += islice(places, MOST_BLOCKS - len(found))
    return found


def _starts(kept: _Kept, plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a word or phrase begins a word, between `start` and `end`, within one block."""
    text, length, phrase, lettered = kept.plain, len(plain), " " in plain, plain[0].isalnum()
    at = text.find(plain, start, end)
    while at >= 0:
        begins = at == 0 or not (lettered and text[at - 1].isalnum())
        if begins and not (phrase and at + length > kept.block(at)[1]):
            yield at, at + length
        at = text.find(plain, at + length if begins else at + 1, end)


def _together(kept: _Kept, terms: list[_Term], order: int, done: set[int]) -> Iterator[_Place]:
    """The blocks with all terms, sought from the longest; each once, at its shortest stretch."""
    if any(term.plain not in kept.plain for term in terms):
        return
    longest = max(terms, key=lambda term: len(term.plain))
    for at, _ in _starts(kept, longest.plain, 0, len(kept.plain)):
        block = kept.block(at)
        if block[0] in done:
            continue
        done.add(block[0])
        if any(kept.plain.find(term.plain, *block) < 0 for term in terms):
            continue
        each = [
            (start, end, nth)
            for nth, term in enumerate(terms)
            for start, end in _starts(kept, term.plain, *block)
        ]
        if len({nth for _, _, nth in each}) == len(terms):
            yield _shortest(kept, terms, order, sorted(each))


def _shortest(
    kept: _Kept, terms: list[_Term], order: int, each: list[tuple[int, int, int]]
) -> _Place:
    """The shortest stretch with all terms."""
    last: dict[int, tuple[int, int]] = {}
    best: tuple[int, dict[int, tuple[int, int]]] | None = None
    for start, end, nth in each:
        last[nth] = start, end
        if len(last) == len(terms):
            length = max(e for _, e in last.values()) - min(s for s, _ in last.values())
            if best is None or length < best[0]:
                best = length, dict(last)
    assert best is not None
    ranks = [_rank(kept, terms[nth], *place) for nth, place in best[1].items()]
    start = min(s for s, _ in best[1].values())
    return max(ranks) | _APART, order, start, start + best[0]


def _rank(kept: _Kept, term: _Term, start: int, end: int) -> int:
    if kept.origins is None:
        words = kept.text[start:end]
    else:
        words = nfc(kept.text[kept.origins[start] : kept.origins[end]])
    if term.quoted:  # a phrase may run over the end of a line
        words = words.translate(_SPACES)
    rank = 0 if words.casefold() == term.written else _OTHER_ACCENTS
    return rank | _GOES_ON if kept.plain[end : end + 1].isalnum() else rank


def _hit(key: str, kept: _Kept, place: _Place) -> Hit:
    rank, _, first, last = place
    text, start, end = kept.text, kept.at(first), kept.at(last)
    return Hit(
        key,
        start,
        end,
        not rank & _OTHER_ACCENTS,
        _before(text[max(0, start - AROUND) : start], start > AROUND),
        text[start:end],
        _after(text[end : end + AROUND], end + AROUND < len(text)),
    )


def _before(around: str, cut: bool) -> str:
    """What stands before a hit, on one line, from the start of a word."""
    line = re.sub(r"\s+", " ", around)
    return line[line.find(" ") + 1 :] if cut else line


def _after(around: str, cut: bool) -> str:
    """What stands after a hit, on one line, to the end of a word."""
    line = re.sub(r"\s+", " ", around)
    return line[: line.rfind(" ") + 1] or line if cut else line
