"""What one move shows: pieces and rows that carry a signal, among others that carry none.

Which pieces are shown depends on the seed, the move and the signal alone, never on the truth: two
worlds that show the same signals show the same words, digit for digit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vuon import seeds
from vuon.practice.sources import NONE, Column, Piece, Sheet, Source
from vuon.toml.table import Text

#: How often one move can be made in a game.
TIMES = 2


@dataclass(frozen=True)
class Rows:
    """A table as it was found. Cells of a category are texts in two languages, others plain.

    `orders` holds for each column its values in their natural order; empty for numbers and times.
    """

    title: Text
    columns: tuple[tuple[str, Text], ...]
    rows: tuple[tuple[Text | str, ...], ...]
    orders: tuple[tuple[Text, ...], ...]

    def values(self, column: str) -> list[Text | str]:
        """The different values that stand in a column, in their natural order."""
        at = [key for key, _ in self.columns].index(column)
        found = dict.fromkeys(row[at] for row in self.rows)
        if self.orders[at]:
            return [value for value in self.orders[at] if value in found]
        return sorted(found, key=lambda value: (len(str(value)), str(value)))

    def tally(self, column: str) -> list[tuple[Text | str, int]]:
        """How often each value of a column stands there, the most frequent first."""
        at = [key for key, _ in self.columns].index(column)
        counts: dict[Text | str, int] = {}
        for row in self.rows:
            counts[row[at]] = counts.get(row[at], 0) + 1
        return sorted(counts.items(), key=lambda item: -item[1])


@dataclass(frozen=True)
class Material:
    """What a team holds in hands after a move. `occurrence` counts that move from 0."""

    move: str
    occurrence: int
    pieces: tuple[Piece, ...]
    rows: Rows | None


def material(source: Source, signal: str | None, *, seed: int, occurrence: int) -> Material:
    """What `source` shows under a signal (a cause, or None for nothing clear).

    Args:
        source: the move's source.
        signal: the cause that the material points at.
        seed: the game's seed.
        occurrence: 0 for the first time, below `TIMES`; no piece is shown twice. Where there are
            too few variants less is shown; `vuon place check` finds it beforehand.
    """
    telling: Sequence[Piece] = ()
    idle = source.idle_shown
    if signal is not None and source.telling_shown:
        mixed = seeds.shuffled(source.telling.get(signal, ()), seed, source.move, signal, "telling")
        telling = _share(mixed, source.telling_shown, occurrence)
    else:
        idle += source.telling_shown
    most = source.idle_shown + source.telling_shown
    rest = seeds.shuffled(source.idle, seed, source.move, "idle")
    pieces = [*telling, *_share(rest, most, occurrence)[:idle]]
    shown = seeds.shuffled(pieces, seed, source.move, occurrence, "order")
    rows = _rows(source.sheet, signal or NONE, seed, source.move, occurrence)
    return Material(source.move, occurrence, tuple(shown), rows)


def _share(pieces: Sequence[Piece], count: int, occurrence: int) -> Sequence[Piece]:
    return pieces[occurrence * count : (occurrence + 1) * count]


def _rows(sheet: Sheet | None, signal: str, seed: int, move: str, occurrence: int) -> Rows | None:
    if sheet is None:
        return None
    cells: dict[str, list[str]] = {}
    for column in sheet.columns:
        name = (move, occurrence, column.key)
        above = cells[column.by] if column.by else [""] * sheet.rows
        cells[column.key] = _cells(column, signal, above, seed, name)
    texts: Mapping[str, Mapping[str, Text]] = {
        column.key: dict(column.values) for column in sheet.columns
    }
    rows = tuple(
        tuple(texts[key].get(cells[key][n], cells[key][n]) for key in cells)
        for n in range(sheet.rows)
    )
    return Rows(
        sheet.title,
        tuple((column.key, column.title) for column in sheet.columns),
        rows,
        tuple(tuple(text for _key, text in column.values) for column in sheet.columns),
    )


def _cells(
    column: Column, signal: str, above: Sequence[str], seed: int, name: tuple[seeds.Name, ...]
) -> list[str]:
    """One column's cells; where it depends on another column, value by value of that."""
    if column.kind == "time":
        low, high = column.between
        minutes = [seeds.whole(seed, *name, row, low=low, high=high) for row in range(len(above))]
        return [f"{minute // 60:02}:{minute % 60:02}" for minute in minutes]
    cells = [""] * len(above)
    for value in dict.fromkeys(above):
        at = [row for row, each in enumerate(above) if each == value]
        spread = column.at(signal, value)
        if column.kind == "number":
            low, high = int(spread[0]), int(spread[1])
            drawn = [str(seeds.whole(seed, *name, row, low=low, high=high)) for row in at]
        else:
            keys = [key for key, _ in column.values]
            drawn = seeds.shuffled(_counted(keys, spread, len(at)), seed, *name, value)
        for row, cell in zip(at, drawn, strict=True):
            cells[row] = cell
    return cells


def _counted(keys: Sequence[str], shares: Sequence[float], count: int) -> list[str]:
    """Each key as often as its share of `count` says; what is over goes to the largest rests.

    >>> _counted(["a", "b"], [0.5, 0.5], 3)
    ['a', 'a', 'b']
    """
    whole = sum(map(Fraction, shares)) or Fraction(1)
    exact = [Fraction(share) / whole * count for share in shares]
    counts = [int(each) for each in exact]
    for at in sorted(range(len(keys)), key=lambda n: counts[n] - exact[n])[: count - sum(counts)]:
        counts[at] += 1
    return [key for key, times in zip(keys, counts, strict=True) for _ in range(times)]
