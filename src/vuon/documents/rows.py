"""Rows of CSV as people save them from a spreadsheet, and cells that one would not run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from vuon.errors import N_, VuonError, Where, Words

#: A cell that begins so would be run by a spreadsheet, or would lose its sign on the way back.
_GUARDED = frozenset("=+-@\t\r'")


def read(text: str, name: str, *, code: str, remedy: Words) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text with the number of the line on which each begins.

    Args:
        text: cells stand between commas, semicolons or tabs, whichever the first line has most of.
        name: how the file is called in errors.
        code, remedy: of the error for what is no CSV.

    Raises:
        VuonError: `code`, with the line.

    >>> list(read("a;b\\n1;'=2", "", code="x.syntax", remedy=Words("")))
    [(1, ['a', 'b']), (2, ['1', "'=2"])]
    """
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        what = Words(N_("This line cannot be read ({reason})."), {"reason": str(error)})
        raise VuonError(code, what, remedy, where=Where(name, line)) from None


def write(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV; cells that a spreadsheet would run are guarded, and `plain` frees them.

    >>> write([("a", "=1+1")])
    "a,'=1+1\\n"
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerows([_guarded(str(cell)) for cell in row] for row in rows)
    return written.getvalue()


def _guarded(text: str) -> str:
    return f"'{text}" if text[:1] in _GUARDED and text else text


def plain(cell: str) -> str:
    """A cell without spaces at its ends and without the sign that `write` put before it."""
    cell = cell.strip(" ")
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in _GUARDED else cell
