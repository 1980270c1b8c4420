"""Copies of one text in another, so that a withdrawn voice leaves no copy behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from vuon.vietnamese import fold

LEAST_WORDS = 6
# With combining marks, so that a text that is not composed keeps its words and positions.
_WORD = re.compile(r"[\w\u0300-\u036f]+")


def _words(text: str) -> list[str]:
    """The words of a text without accents and case; each different one is folded once."""
    found = _WORD.findall(text)
    folded = {word: fold(word) for word in set(found)}
    return [folded[word] for word in found]


def _runs(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    """Every run of `length` words, in order."""
    return zip(*(words[start:] for start in range(length)), strict=False)


def find(
    source_text: str,
    other_text: str,
    least_words: int = LEAST_WORDS,
    quotes: Iterable[str] = (),
) -> tuple[tuple[int, int], ...]:
    """Where `other_text` holds words that stand one after the other in `source_text`.

    Accents, case, punctuation and line ends do not matter.

    Args:
        source_text: the text that may have been copied from.
        other_text: the text that may hold copies; the positions are in it, in code points.
        least_words: so many words in a row make a copy, 1 or more.
        quotes: passages of the source that count as a whole however short they are.

    >>> find("Tôi mang bản phô tô, cô ấy bảo không được.",
    ...      "Có người mang bản phô-tô; cô ấy bảo rồi.")
    ((9, 35),)
    >>> find("Chờ lâu.", "Bà nói “chờ lâu” rồi về.", quotes=["chờ lâu"])
    ((8, 15),)
    """
    least_words = max(1, least_words)
    other = _words(other_text)
    copied = [False] * len(other)
    # Whether a word belongs to the same copy as the one before it: neighbours stay two copies.
    joins = [False] * len(other)
    # Only runs of the other, shorter text are kept; those of the source just pass by.
    known = set(_runs(other, least_words)).intersection(_runs(_words(source_text), least_words))
    for first, run in enumerate(_runs(other, least_words)):
        if run in known:
            _mark(copied, joins, first, first + least_words)
    for first, length in _quoted(other, quotes):
        _mark(copied, joins, first, first + length)
    return tuple(_spans(other_text, copied, joins))


def _mark(copied: list[bool], joins: list[bool], first: int, end: int) -> None:
    for at in range(first, end):
        copied[at] = True
    for at in range(first + 1, end):
        joins[at] = True


def _quoted(words: Sequence[str], quotes: Iterable[str]) -> Iterator[tuple[int, int]]:
    by_first: dict[str, list[list[str]]] = {}
    for quote in dict.fromkeys(quotes):
        wanted = _words(quote)
        if wanted:
            by_first.setdefault(wanted[0], []).append(wanted)
    for first, word in enumerate(words):
        for wanted in by_first.get(word, ()):
            if words[first : first + len(wanted)] == wanted:
                yield first, len(wanted)


def _spans(text: str, copied: list[bool], joins: list[bool]) -> Iterator[tuple[int, int]]:
    start = end = -1
    for found, inside, joined in zip(_WORD.finditer(text), copied, joins, strict=True):
        if start >= 0 and not (inside and joined):
            yield start, end
            start = -1
        if inside:
            start, end = (found.start() if start < 0 else start), found.end()
    if start >= 0:
        yield start, end


def tombstone(other_text: str, spans: Iterable[tuple[int, int]], mark: str) -> str:
    """`other_text` with `mark` in place of each span; spans that overlap get one mark.

    The mark holds a word, so that `find` does not read together what stands on both sides of it.

    >>> tombstone("Bà nói: chờ lâu quá.", [(8, 19)], "[đã rút]")
    'Bà nói: [đã rút].'
    """
    parts, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            parts += [other_text[at:start], mark]
        at = max(at, end)
    return "".join([*parts, other_text[at:]])
