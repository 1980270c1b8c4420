"""The words of a part of a Word file, gathered while it streams by.

As a stream, so that neither size nor nesting of a hostile file fills the memory.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from vuon.errors import N_, VuonError
from vuon.evidence.importers import LONGEST, refused, too_long

MOST_ELEMENTS = 3_000_000
DEEPEST = 1_000
_WORD = frozenset(
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
)
#: Elements of which nothing is read: what was deleted or moved away, old formatting, the commands
#: of fields, and the second copy of what newer versions of Word show otherwise.
_NOT_READ = frozenset(
    (
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "fldData", "Fallback"),
        *("pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"),
    )
)
_SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}


def damaged() -> VuonError:
    """The error for a file that cannot be read as a Word file."""
    return refused(
        "damaged",
        N_("The file cannot be opened as a Word file."),
        N_("Open it in Word, save it again as .docx, or copy its text and paste it here."),
    )


def attribute(attributes: dict[str, str], name: str) -> str:
    """The value of an attribute, whatever its namespace; empty if it is not there."""
    return next((v for key, v in attributes.items() if key.rpartition(" ")[2] == name), "")


@dataclass
class _Paragraph:
    parts: list[str] = field(default_factory=list)
    listed: bool = False
    #: its end was deleted: the next one goes on in it
    joined: bool = False
    #: what stands in boxes that hang on it
    after: list[str] = field(default_factory=list)


@dataclass
class _Table:
    rows: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    #: the row was deleted
    dropped: bool = False


class Page:
    """What a part of a Word file says: paragraphs and tables, notes, and what was left out."""

    def __init__(self, list_styles: frozenset[str]) -> None:
        self.blocks: list[str] = []
        self.notes: dict[str, str] = {}
        self.references: list[str] = []
        self.seen: Counter[str] = Counter()
        self._list_styles = list_styles
        self._path: list[str] = []
        self._skipping = 0
        self._elements = self._size = 0
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._hidden = self._hid = False
        self._carried = self._note = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise too_long()
        space, _, local = name.rpartition(" ")
        parent = self._path[-1] if self._path else ""
        if self._skipping or local in _NOT_READ:
            if not self._skipping and local in ("del", "moveFrom"):
                self._deleted(parent)
            self._skipping += 1
            return
        if len(self._path) >= DEEPEST:
            raise damaged()
        if local == "blip":
            self.seen["picture"] += 1
        known = space in _WORD or (local == "t" and space.endswith("/math"))
        self._path.append(local if known else "")
        if known:
            self._begin(local, parent, attributes)

    def _deleted(self, parent: str) -> None:
        """A deletion: of words, or of the end of a paragraph or of a row by a mark in its form."""
        if parent == "trPr" and self._tables:
            self._tables[-1].dropped = True
        elif parent == "rPr" and self._path[-2:-1] == ["pPr"] and self._paragraphs:
            self._paragraphs[-1].joined = True
        self.seen["del"] += 1

    def _begin(self, local: str, parent: str, attributes: dict[str, str]) -> None:
        value = attribute(attributes, "val")
        if local in _SIGNS and parent == "r":
            self._say(_SIGNS[local])
        elif local == "p":
            self._paragraphs.append(_Paragraph())
        elif local in ("tbl", "tr", "tc"):
            self._open(local)
        elif local in ("footnoteReference", "endnoteReference"):
            self.references.append(local.removesuffix("Reference") + attribute(attributes, "id"))
            self._say(f"[{len(self.references)}]")
        elif local in ("footnote", "endnote"):
            self._note = local + attribute(attributes, "id")
        elif local == "vanish" and self._path[-3:-1] == ["r", "rPr"]:
            self._hidden = value not in ("0", "false", "off")
        elif local in ("ins", "moveTo"):
            self.seen["ins"] += 1
        elif local == "commentReference":
            self.seen["comment"] += 1
        elif self._paragraphs and local == "pStyle":
            self._paragraphs[-1].listed = value in self._list_styles
        elif self._paragraphs and local == "numId":
            self._paragraphs[-1].listed = value != "0"

    def _open(self, local: str) -> None:
        if local == "tbl":
            self.finish()
            self._tables.append(_Table())
        elif self._tables and local == "tr":
            self._tables[-1].cells, self._tables[-1].dropped = [], False
        elif self._tables:
            self._tables[-1].cells.append([])

    def characters(self, text: str) -> None:
        """Characters; only those of runs are words."""
        if not self._skipping and self._path and self._path[-1] == "t":
            self._say(text)

    def _say(self, text: str) -> None:
        if self._hidden:
            self._hid = self._hid or bool(text.strip())
        elif self._paragraphs:
            self._size += len(text)
            if self._size > LONGEST:
                raise too_long()
            self._paragraphs[-1].parts.append(text)

    def end(self, _: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping -= 1
            return
        local = self._path.pop()
        if local == "r":
            self.seen["hidden"] += self._hid
            self._hidden = self._hid = False
        elif local == "p":
            self._paragraph(self._paragraphs.pop())
        elif local in ("tr", "tbl") and self._tables:
            self._close(local)
        elif local in ("tc", "body"):
            self.finish()
        elif local in ("footnote", "endnote"):
            self.finish()
            self.notes[self._note] = " ".join(self.blocks)
            self.blocks = []

    def _paragraph(self, found: _Paragraph) -> None:
        text = "".join(found.parts)
        if self._paragraphs:  # in a box: it comes after the paragraph that the box hangs on
            self._paragraphs[-1].after += [text, *found.after]
            return
        text, self._carried = self._carried + text, ""
        if found.listed and text.strip():
            text = f"- {text.strip()}"
        if found.joined:
            self._carried = text
        else:
            self._keep(text)
        for each in found.after:
            self._keep(each)

    def _keep(self, text: str) -> None:
        """Put a paragraph where it belongs: into the innermost open cell, else on the page."""
        if text.strip():
            cells = next((t.cells for t in reversed(self._tables) if t.cells), None)
            (cells[-1] if cells else self.blocks).append(text)

    def _close(self, local: str) -> None:
        """End a row, whose cells make a line, or a table; a single cell is a frame, not a row."""
        table = self._tables[-1]
        if local == "tbl":
            self._tables.pop()
            self._keep("\n".join(table.rows))
            return
        if len(table.cells) == 1:
            row = "\n\n".join(table.cells[0])
        else:
            row = " | ".join(" ".join(" ".join(cell).split()) for cell in table.cells)
        if row.strip("| ") and not table.dropped:
            table.rows.append(row)
        table.cells = []

    def finish(self) -> None:
        """What waits for a paragraph that does not come is a paragraph."""
        carried, self._carried = self._carried, ""
        self._keep(carried)
