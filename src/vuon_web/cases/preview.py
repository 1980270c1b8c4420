"""A filled paper as a page shows it: the blocks of the Word file, footnotes with links, dots."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from vuon.cases.desk_templates import wording
from vuon.documents.paper import Annex, Block, Foot, Grid, Head, Line, Slip, Title
from vuon.documents.parts import Rich, plain, runs
from vuon_web.cases.filling import Made


@dataclass
class Sheet:
    """The blocks of a paper and its footnotes, numbered as they stand."""

    blocks: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)


def sheet(made: Made) -> Sheet:
    """The paper as blocks of pieces."""
    found = Sheet()
    telling = _Telling(made, found)
    for block in made.filled.paper.blocks:
        found.blocks.append(telling.block(block))
    return found


def slip(found: Slip | None) -> list[dict[str, Any]]:
    """The slip as headings, each with its lines."""
    groups: list[dict[str, Any]] = [{"heading": "", "lines": []}]
    for line in found.lines if found else ():
        if line.style == "heading":
            groups.append({"heading": plain(line.text), "lines": []})
        else:
            groups[-1]["lines"].append(plain(line.text))
    return [group for group in groups if group["heading"] or group["lines"]]


class _Telling:
    def __init__(self, made: Made, found: Sheet) -> None:
        self.made, self.found = made, found
        mark = re.escape(wording()["vi"]["check"])
        english = re.escape(wording()["en"]["check"])
        # A dot alone belongs to the day of signing, two and more to an empty field.
        self.marks = re.compile(rf"(……|{mark}|{english})")

    def block(self, block: Block) -> dict[str, Any]:
        match block:
            case Head(left, right, number, place):
                return {
                    "kind": "head",
                    "left": self._lines(left),
                    "right": self._lines(right),
                    "number": self.pieces(number),
                    "place": self.pieces(place),
                }
            case Title(kind, subject, address):
                return {
                    "kind": "title",
                    "title": kind,
                    "subject": self.pieces(subject),
                    "address": self.pieces(address),
                }
            case Line(text, style):
                return {"kind": style, "pieces": self.pieces(text)}
            case Grid(head, rows):
                return {
                    "kind": "grid",
                    "head": head,
                    "rows": [list(zip(head, self._lines(row), strict=True)) for row in rows],
                }
            case Foot(recipients, signature):
                return {
                    "kind": "foot",
                    "recipients": self._lines(recipients),
                    "signature": self._lines(signature),
                }
            case Annex(title, belongs):
                return {
                    "kind": "annex",
                    "pieces": self.pieces(title),
                    "belongs": self.pieces(belongs),
                }

    def _lines(self, lines: Iterable[Rich]) -> list[list[dict[str, Any]]]:
        return [self.pieces(line) for line in lines]

    def pieces(self, text: Rich) -> list[dict[str, Any]]:
        """Stretches of text: plain ones, dots, marks to check; a number after what has a source."""
        found: list[dict[str, Any]] = []
        for run in runs(text):
            for part in self.marks.split(run.text):
                if part:
                    kind = "dots" if part == "……" else "mark" if self.marks.match(part) else ""
                    found.append({"text": part, "kind": kind, "note": 0})
            if run.footnote and found:
                found[-1]["note"] = self._note(run.text, run.footnote)
        return found

    def _note(self, text: str, footnote: str) -> int:
        ref = self.made.told.ref_of(text)
        url = self.made.addresses.get(ref, "")
        self.found.notes.append({"n": len(self.found.notes) + 1, "text": footnote, "url": url})
        return len(self.found.notes)
