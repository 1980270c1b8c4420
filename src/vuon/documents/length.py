"""How long an administrative document will be, before any program has laid it out.

Times New Roman is not shipped, so widths are reckoned from the letters; Word breaks lines a
little later or earlier. It is an estimate for people who must keep to two pages.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from itertools import takewhile

from vuon.documents.paper import Annex, Block, Foot, Grid, Head, Line, Paper, Title, notes
from vuon.documents.parts import Rich, Run, plain, printable, runs

#: Millimetres between the margins.
TEXT_WIDTH, TEXT_HEIGHT = 165.0, 257.0
_POINTS_A_MM = 72 / 25.4
# Thousandths of the size of the letters, as in Times.
_WIDTHS = {
    sign: width
    for width, signs in (
        (250, " .,"),
        (278, "ijlt:;/"),
        (333, "frI()[]-!‘’"),
        (389, "sJ"),
        (444, "acez?“”"),
        (500, "bdghknopquvxyđ–0123456789_$"),
        (540, "ươ"),
        (556, "PFS+=<>"),
        (611, "ELTZ"),
        (667, "BCR"),
        (722, "ADGHKNOQUVXYwĐ"),
        (778, "m&"),
        (833, "%"),
        (889, "M"),
        (944, "W"),
        (1000, "…"),
    )
    for sign in signs
}
_OTHER = 550
#: Bold letters are wider by this factor.
_BOLD = 1.06
# A line is full before its last millimetre: words are not broken.
_FULL = 0.97
# Line heights, and the line above the footnotes, in points.
_LINE = 1.15
_SEPARATOR = 12


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The length of `text` in one line, in millimetres, with letters of `size` points.

    >>> 50 < width("Độc lập - Tự do - Hạnh phúc", 13, bold=True) < 65
    True
    """
    thousandths = sum(_width(sign) for sign in unicodedata.normalize("NFC", text))
    return thousandths / 1000 * size / _POINTS_A_MM * (_BOLD if bold else 1)


def _width(sign: str) -> int:
    if sign in _WIDTHS:
        return _WIDTHS[sign]
    # Ứ is as wide as Ư: only the marks above and below are taken off.
    parts = list(unicodedata.normalize("NFD", sign))
    if "\u031b" in parts:
        return 722 if sign.isupper() else _WIDTHS["ư"]
    return _WIDTHS.get(parts[0], _OTHER)


def pages(paper: Paper) -> int:
    """The number of pages up to the annex, estimated, without the slip in front; at least 1."""
    height = _text(paper.status, TEXT_WIDTH, after=4) if paper.status else 0.0
    blocks = tuple(takewhile(lambda block: not isinstance(block, Annex), paper.blocks))
    height += sum(_height(block, paper) for block in blocks)
    small = notes(blocks)
    height += sum(_text(note, TEXT_WIDTH, size=10, after=0) for note in small)
    # The line above the notes takes room on every page that has some.
    room = TEXT_HEIGHT * _POINTS_A_MM - (_SEPARATOR if small else 0)
    return max(1, math.ceil(height / room))


def _text(text: Rich, across: float, *, size: float = 13, after: float = 6) -> float:
    """The height of a paragraph in points."""
    pieces = printable(plain(text)).split("\n")
    lines = sum(max(1, math.ceil(width(each, size) / (across * _FULL))) for each in pieces)
    return lines * size * _LINE + after


def _height(block: Block, paper: Paper) -> float:
    match block:
        case Head(left, right, number, place):
            rows = ((left, right), ((number,), (place,)))
            return 12 + sum(
                max(_column(one, 66, 13), _column(other, 91, 13)) for one, other in rows
            )
        case Title(kind, subject, address):
            filled = [each for each in (kind, subject, address) if plain(each)]
            return 12 + sum(_text(each, TEXT_WIDTH, size=14) for each in filled)
        case Line(text, style):
            # The first line is set in by 10 mm.
            indent: Rich = text if style == "centre" else (Run("     "), *runs(text))
            return _text(indent, TEXT_WIDTH, size=paper.size, after=paper.gap)
        case Grid():
            rows_ = (block.head, *block.rows)
            widths = shares(block.widths, len(block.head))
            return 6 + sum(
                max(
                    (
                        _text(cell, share * TEXT_WIDTH - 4, size=12, after=4)
                        for cell, share in zip(row, widths, strict=False)
                    ),
                    default=0,
                )
                for row in rows_
            )
        case Foot(recipients, signature):
            return 12 + max(_column(recipients, 76, 11), _column(signature, 81, 13))
        case Annex():
            return 0.0


def shares(widths: tuple[int, ...], columns: int) -> tuple[float, ...]:
    """The share of each column, equal where `widths` does not say.

    >>> shares((1, 3), 2), shares((), 2)
    ((0.25, 0.75), (0.5, 0.5))
    """
    said = widths if len(widths) == columns else (1,) * columns
    return tuple(each / sum(said) for each in said)


def _column(lines: Iterable[Rich], across: float, size: float) -> float:
    return sum(_text(line, across, size=size, after=0) for line in lines)
