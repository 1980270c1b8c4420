"""Carrying passages from one version of a text to the next, never silently wrong.

Paragraphs are compared first, then clauses, words and characters inside what changed: comparing
all characters of a transcript at once takes minutes. Letters that differ only in accent, đ or case
count as the same letter, so that a text typed without accents can be corrected under its codings.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from vuon.evidence.text import folded

EXACT, MOVED, CHANGED, ORPHAN = "exact", "moved", "changed", "orphan"
#: A passage at least so like its old self is moved without asking.
ALIKE = 0.85

#: What is compared, coarse to fine: paragraphs, clauses, words, characters.
_LEVELS = (r"[^\n]+\n*|\n+", r"[^.!?…,;:\n]*[.!?…,;:\n]+\s*|[^.!?…,;:\n]+", r"\w+|\W", r".")
_CHARACTERS = len(_LEVELS) - 1
#: Above so many equal pairs of pieces a comparison is cut into stretches.
_MOST_PAIRS = 1_000_000
#: The cuts are where as many pieces in a row stand once in each text.
_ROW = (1, 2, 8, 8)
#: Replaced words are compared by characters only up to here; beyond, they are other words.
_LONGEST_WORDS = 200
#: Replaced words with fewer characters in common are other words.
_SAME_WORDS = 0.5
#: So many unchanged characters on both sides say for certain which of several equal quotes it is.
_AROUND = 30


class Passage(NamedTuple):
    """A range of a text, in code points from 0, end exclusive."""

    start: int
    end: int


class Run(NamedTuple):
    """`length` characters that stand at `old` in one text and at `new` in the other."""

    old: int
    new: int
    length: int


@dataclass(frozen=True)
class DiffMap:
    """The runs that two versions share, in the order of both; all else was added or taken away.

    The runs are kept as rows of three numbers: `DiffMap.of(rows)` is the map again.
    """

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> DiffMap:
        """The map kept as rows of old position, new position and length.

        >>> DiffMap.of([[0, 2, 5]]).image(4)
        6
        """
        return cls(tuple(Run(*row) for row in rows))

    def image(self, position: int) -> int | None:
        """Where the character at `position` went; None if it did not survive."""
        at = bisect_right(self.runs, position, key=lambda run: run.old) - 1
        if at < 0 or position >= self.runs[at].old + self.runs[at].length:
            return None
        return self.runs[at].new + position - self.runs[at].old

    def within(self, start: int, end: int) -> list[Run]:
        """The parts of the runs that lie between `start` and `end` of the old text."""
        first = bisect_right(self.runs, start, key=lambda run: run.old + run.length)
        found = []
        for run in self.runs[first : bisect_left(self.runs, end, key=lambda run: run.old)]:
            cut = max(0, start - run.old)
            length = min(run.length, end - run.old) - cut
            found.append(Run(run.old + cut, run.new + cut, length))
        return found

    def unchanged_around(self, start: int, end: int, most: int) -> tuple[int, int]:
        """How many characters before `start` and after `end` stand unchanged beside them.

        The first and the last character between them must have survived; at most `most` are told.
        """
        before = self.within(max(0, start - most), start + 1)[-1]
        after = self.within(end - 1, end + most)[0]
        return before.length - 1, after.length - 1

    def gap(self, position: int) -> int:
        """Where in the new text something that stood at `position` would stand."""
        at = bisect_left(self.runs, position, key=lambda run: run.old) - 1
        if at < 0:
            return 0
        run = self.runs[at]
        return run.new + min(run.length, position - run.old)


def difference(old: str, new: str) -> DiffMap:
    """What two versions of a text share.

    Args:
        old: the version that passages stand in.
        new: the version they shall be carried to.

    >>> difference("Chờ lâu. Đường xa.", "Đường rất xa.").runs
    (Run(old=9, new=0, length=5), Run(old=14, new=9, length=4))
    """
    if old == new:
        return DiffMap((Run(0, 0, len(old)),) if old else ())
    # A blank or comma found alone between other words has not survived: it is another one.
    joined = _joined(_shared(old, new, 0, 0, 0))
    return DiffMap(
        tuple(
            run
            for run in joined
            if run.length > 2 or any(sign.isalnum() for sign in old[run.old : run.old + run.length])
        )
    )


#: A step of difflib: equal, replace, insert or delete, and the ranges in both.
_Step = tuple[str, int, int, int, int]


class _Piece(NamedTuple):
    at: int
    text: str
    key: str


def _pieces(text: str, level: int) -> list[_Piece]:
    """The pieces of a text; what differs only in accents or in blanks at its end has one key."""
    if level == _CHARACTERS:
        return [_Piece(at, sign, folded(sign) or sign) for at, sign in enumerate(text)]
    found = [(each.start(), each[0]) for each in re.finditer(_LEVELS[level], text)]
    return [_Piece(at, piece, folded(piece).strip() or piece) for at, piece in found]


def _shared(old: str, new: str, at: int, to: int, level: int) -> Iterator[Run]:
    """The shared runs of two stretches that begin `at` and `to`, compared at `level` and finer."""
    a, b = _pieces(old, level), _pieces(new, level)
    for kind, i1, i2, j1, j2 in _opcodes([p.key for p in a], [p.key for p in b], level):
        if kind == "equal":
            for one, other in zip(a[i1:i2], b[j1:j2], strict=True):
                yield from _twins(one, other, at, to, level)
        elif kind == "replace":
            was, now = "".join(p.text for p in a[i1:i2]), "".join(p.text for p in b[j1:j2])
            if _worth_comparing(was, now, level):
                yield from _shared(was, now, at + a[i1].at, to + b[j1].at, level + 1)


def _twins(one: _Piece, other: _Piece, at: int, to: int, level: int) -> Iterator[Run]:
    """Two pieces of one key: as a whole if letter stands by letter, else compared more finely."""
    was, now = one.text.rstrip(), other.text.rstrip()
    if one.text == other.text:
        yield Run(at + one.at, to + other.at, len(one.text))
    elif len(was) == len(now) == len(one.key):
        yield Run(at + one.at, to + other.at, len(was))
    elif level < _CHARACTERS:
        yield from _shared(one.text, other.text, at + one.at, to + other.at, level + 1)


def _worth_comparing(old: str, new: str, level: int) -> bool:
    """Whether replaced pieces are compared at the next level."""
    if level + 1 < _CHARACTERS:
        return True
    if level == _CHARACTERS or max(len(old), len(new)) > _LONGEST_WORDS:
        return False
    return SequenceMatcher(None, folded(old), folded(new), autojunk=False).ratio() >= _SAME_WORDS


def _opcodes(a: list[str], b: list[str], level: int) -> Iterator[_Step]:
    """How `a` became `b`, as steps of difflib; where that is much work, cut into stretches."""
    counts, others = Counter(a), Counter(b)
    pairs = sum(count * others[key] for key, count in counts.items())
    cuts = _cuts(a, b, _ROW[level]) if pairs > _MOST_PAIRS else []
    i = j = 0
    for to_i, to_j in [*cuts, (len(a), len(b))]:
        for kind, i1, i2, j1, j2 in _steps(a[i:to_i], b[j:to_j]):
            yield kind, i + i1, i + i2, j + j1, j + j2
        i, j = to_i, to_j


def _steps(a: list[str], b: list[str]) -> Iterator[_Step]:
    """How `a` became `b`; equal beginnings and ends are taken off first."""
    head, most = 0, min(len(a), len(b))
    while head < most and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < most - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    if head:
        yield "equal", 0, head, 0, head
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    matcher = SequenceMatcher(_common(middle_a, middle_b), middle_a, middle_b, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        yield kind, i1 + head, i2 + head, j1 + head, j2 + head
    if tail:
        yield "equal", len(a) - tail, len(a), len(b) - tail, len(b)


def _common(a: list[str], b: list[str]) -> Callable[[str], bool]:
    """Which pieces begin no match, though a match runs on across them.

    Blanks and signs, which stand everywhere; and in a text of many equal lines or words the
    commonest of them, as the work grows with the square of their number.
    """
    counts, others = Counter(a), Counter(b)
    common = {key for key in others if not any(sign.isalnum() for sign in key)}
    pairs = {key: n * others[key] for key, n in counts.items() if key not in common}
    total = sum(pairs.values())
    for key in sorted(pairs, key=lambda key: -pairs[key]):
        if total <= _MOST_PAIRS:
            break
        total -= pairs[key]
        common.add(key)
    return common.__contains__


def _cuts(a: list[str], b: list[str], length: int) -> list[tuple[int, int]]:
    """Where rows of so many pieces begin that stand once in each, as far as they agree in order."""
    theirs = _once(b, length)
    both = [(i, theirs[row]) for row, i in _once(a, length).items() if row in theirs]
    # The longest rising sequence of places in `b`: what moved elsewhere is left out.
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for nth, (_, j) in enumerate(both):
        at = bisect_left(ends, j)
        ends[at : at + 1], last[at : at + 1] = [j], [nth]
        before.append(last[at - 1] if at else -1)
    found, nth = [], last[-1] if last else -1
    while nth >= 0:
        found.append(both[nth])
        nth = before[nth]
    found.reverse()
    # Of rows that follow each other only the first: the next begin within it.
    return [
        (i, j)
        for (i, j), (was_i, was_j) in zip(found, [(-1, -1), *found], strict=False)
        if (i, j) != (was_i + 1, was_j + 1)
    ]


def _once(pieces: list[str], length: int) -> dict[tuple[str, ...], int]:
    """Where the rows of so many pieces stand that stand only once."""
    rows = list(zip(*(pieces[skip:] for skip in range(length)), strict=False))
    counts = Counter(rows)
    return {row: at for at, row in enumerate(rows) if counts[row] == 1}


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    held: Run | None = None
    for run in runs:
        if held and (held.old + held.length, held.new + held.length) == (run.old, run.new):
            held = Run(held.old, held.new, held.length + run.length)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


class Moved(NamedTuple):
    """A passage in the new version: where, in what state, and how like its old self (0 to 1).

    `exact`: the same words; `moved`: at least 0.85 alike. A person must look at the others:
    `changed` is less alike, or one of several equal quotes of which some came or went; `orphan`
    is gone, and `start` = `end` is where it would stand.
    """

    start: int
    end: int
    state: str
    similarity: float


def reanchor(
    found: DiffMap, old: str, new: str, passages: Iterable[tuple[int, int]]
) -> tuple[Moved, ...]:
    """Every passage of the old version in the new one, in the order given.

    A passage goes to the images of its first and last surviving character.

    Args:
        found: what `difference(old, new)` says.
        old: the version the passages stand in.
        new: the version they are carried to.
        passages: ranges in `old`, start before end.

    >>> old, new = "Chờ lâu. Đường xa.", "Xin chào. Chờ lâu. Đường xa."
    >>> reanchor(difference(old, new), old, new, [Passage(0, 8)])
    (Moved(start=10, end=18, state='exact', similarity=1.0),)
    """
    return tuple(_moved(found, old, new, start, end) for start, end in passages)


def _moved(found: DiffMap, old: str, new: str, start: int, end: int) -> Moved:
    runs = found.within(start, end)
    if not runs:
        return _orphan(found, start)
    first, last = runs[0].new, runs[-1].new + runs[-1].length
    words, now = old[start:end], new[first:last]
    if words == now:
        state = EXACT if _certain(found, old, new, runs) else CHANGED
        return Moved(first, last, state, 1.0)
    while first < last and new[first].isspace():
        first += 1
    while last > first and new[last - 1].isspace():
        last -= 1
    if first == last:
        return _orphan(found, start)
    survived = sum(min(r.new + r.length, last) - max(r.new, first) for r in runs)
    alike = 2 * survived / (end - start + last - first)
    moved = alike >= ALIKE and _certain(found, old, new, runs)
    return Moved(first, last, MOVED if moved else CHANGED, round(alike, 3))


def _orphan(found: DiffMap, start: int) -> Moved:
    at = found.gap(start)
    return Moved(at, at, ORPHAN, 0.0)


def _certain(found: DiffMap, old: str, new: str, runs: list[Run]) -> bool:
    """Whether no equal quote can have taken the place of this one.

    The quote is widened by what stands unchanged around it. If it then stands once in each
    version, it is that one; so it is if widened well it stands equally often in both.
    """
    start, end = runs[0], runs[-1]
    before, after = found.unchanged_around(start.old, end.old + end.length, _AROUND)
    if before == after == _AROUND:
        return True
    was = old[start.old - before : end.old + end.length + after]
    now = new[start.new - before : end.new + end.length + after]
    times = old.count(was)
    return times == new.count(now) and (times == 1 or before + after >= _AROUND)
