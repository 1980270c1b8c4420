"""The model of an administrative document: what stands on the paper, from the head to the annex.

Everything is plain text; a run may carry a footnote. The writer is `administrative`.
"""

from __future__ import annotations

from dataclasses import dataclass

from vuon.documents.parts import Rich, Run, runs

#: How a line may look: indented text, a heading, one item of a list, a legal ground (italic), or
#: a line by itself in the middle.
STYLES = ("text", "heading", "item", "ground", "centre")


@dataclass(frozen=True)
class Head:
    """The two columns on top: agencies on the `left`, the last of them the one that writes; the
    nation and its motto on the `right`. Below them the `number`, and the `place` with the date."""

    left: tuple[Rich, ...]
    right: tuple[Rich, ...]
    number: Rich = ""
    place: Rich = ""


@dataclass(frozen=True)
class Title:
    """The kind of document, what it is about, and to whom it goes."""

    kind: str
    subject: Rich = ""
    address: Rich = ""


@dataclass(frozen=True)
class Line:
    """A paragraph in one of `STYLES`."""

    text: Rich
    style: str = "text"

    def __post_init__(self) -> None:
        if self.style not in STYLES:
            raise ValueError("a line has one of the styles of STYLES")


@dataclass(frozen=True)
class Grid:
    """A table; its head is repeated on each page. `widths` are shares, equal if left out."""

    head: tuple[str, ...]
    rows: tuple[tuple[Rich, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Foot:
    """Recipients at the lower left and, beside them, the place to sign."""

    recipients: tuple[Rich, ...] = ()
    signature: tuple[Rich, ...] = ()


@dataclass(frozen=True)
class Annex:
    """A new page, with what the annex is called and to what it belongs."""

    title: Rich
    belongs: Rich = ""


Block = Head | Title | Line | Grid | Foot | Annex


def texts(block: Block) -> tuple[Rich, ...]:
    """What a block says, piece by piece, in the order of the page."""
    match block:
        case Head(left, right, number, place):
            return (*left, *right, number, place)
        case Title(kind, subject, address):
            return (kind, subject, address)
        case Line(text):
            return (text,)
        case Grid(head, rows):
            return (*head, *(cell for row in rows for cell in row))
        case Foot(recipients, signature):
            return (*recipients, *signature)
        case Annex(title, belongs):
            return (title, belongs)


def notes(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The footnotes of the blocks, in the order of the page."""
    found: tuple[Run, ...] = tuple(
        run for block in blocks for text in texts(block) for run in runs(text)
    )
    return tuple(run.footnote for run in found if run.footnote)


@dataclass(frozen=True)
class Slip:
    """A page in front that is taken off: `title`, a `remark` below it, and lines."""

    title: str
    remark: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Paper:
    """An administrative document.

    Args:
        language: "vi" or "en".
        title: what the file is called in its properties.
        blocks: what stands on it, from top to bottom.
        status: the line at the top of the first page, such as "DỰ THẢO".
        watermark: stands at the head of every page if it is not empty.
        slip: the page in front, if there is one.
        size: of the letters, in points; the decree wants 13 or 14, and then 6 points between
            paragraphs. Below that they stand closer.
    """

    language: str
    title: str
    blocks: tuple[Block, ...]
    status: str = ""
    watermark: str = ""
    slip: Slip | None = None
    size: float = 13

    @property
    def gap(self) -> float:
        """Points between two paragraphs."""
        return 6 if self.size >= 13 else 3
