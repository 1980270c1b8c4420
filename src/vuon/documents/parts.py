"""The model of a report: a title and parts, all plain text, with footnotes where they help."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_MOST_LEVELS = 3


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look. `footnote`, if any, stands at the foot of the page and its
    number right after the text."""

    text: str
    bold: bool = False
    italic: bool = False
    footnote: str = ""


#: Plain text, or runs where a look or a footnote is needed.
Rich = str | tuple[Run, ...]


def runs(text: Rich) -> tuple[Run, ...]:
    """`text` as runs; none for an empty text.

    >>> runs("38%"), runs("")
    ((Run(text='38%', bold=False, italic=False, footnote=''),), ())
    """
    if isinstance(text, str):
        return (Run(text),) if text else ()
    return text


def plain(text: Rich) -> str:
    """What `text` says, without its looks and footnotes.

    >>> plain((Run("Chờ "), Run("35 phút", footnote="Sổ theo dõi")))
    'Chờ 35 phút'
    """
    return text if isinstance(text, str) else "".join(run.text for run in text)


@dataclass(frozen=True)
class Heading:
    """A heading of level 1, 2 or 3."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.level <= _MOST_LEVELS:
            raise ValueError("a heading has level 1, 2 or 3")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a line break inside stays one."""

    text: Rich


@dataclass(frozen=True)
class Bullets:
    """A list; `numbered` counts from 1."""

    items: tuple[Rich, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table; `head` is repeated on each page. Short rows are filled with empty cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[Rich, ...], ...]
    caption: str = ""

    @property
    def width(self) -> int:
        """The number of columns."""
        return max([len(self.head), *map(len, self.rows)], default=0)

    def full(self, row: tuple[Rich, ...]) -> tuple[Rich, ...]:
        """`row` with as many cells as the table is wide."""
        return row + ("",) * (self.width - len(row))


@dataclass(frozen=True)
class Note:
    """A remark of the system, set apart from what people wrote."""

    text: str


@dataclass(frozen=True)
class Quote:
    """Somebody's own words, with where they come from."""

    text: str
    source: str = ""


Part = Heading | Paragraph | Bullets | Table | Note | Quote


@dataclass(frozen=True)
class Report:
    """A document to be written.

    `language` is "vi" or "en". `watermark` stands at the head of every page if it is not empty;
    example and practice labs have one. `footer` stands at the foot of every page.
    """

    title: str
    language: str
    parts: tuple[Part, ...]
    watermark: str = ""
    footer: str = ""


def printable(text: object) -> str:
    """`text` in composed form, without signs that no printed page can hold.

    Control signs would make a Word file unreadable; tabs and line ends stay.

    >>> printable("a\\x00b\\r\\nc")
    'ab\\nc'
    """
    lines = unicodedata.normalize("NFC", str(text)).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign
        for sign in lines
        if sign in "\n\t" or (unicodedata.category(sign) not in ("Cc", "Cs") and _is_text(sign))
    )


def _is_text(sign: str) -> bool:
    """Whether the sign is a character at all; U+FFFE, U+FFFF and their like are none."""
    return ord(sign) & 0xFFFE != 0xFFFE
