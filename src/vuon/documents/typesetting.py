"""Typesetting by Typst: the same page on every machine, without a browser.

Only the fonts that come with Vuon and with Typst are used (the latter for signs that Be Vietnam
Pro does not have); those of the system are not even looked at. What is written goes in as JSON
and is set as text: there is no way from it into the markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
import typst

from vuon.documents.parts import (
    Bullets,
    Heading,
    Note,
    Paragraph,
    Part,
    Quote,
    Report,
    Rich,
    Table,
    printable,
)
from vuon.errors import N_, VuonError, Words

SIZES = ("A4", "A3")
_REPORT = Path(__file__).with_name("report.typ")


@lru_cache(maxsize=1)
def fonts() -> Any:
    """The fonts of Vuon, read once."""
    folder = Path(fontpkg_be_vietnam_pro.__file__).with_name("files")
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)]
    )


def compile_pdf(template: Path, content: object) -> bytes:
    """The PDF that `template` makes of `content` (JSON).

    Raises:
        VuonError: `documents.typeset`; the reason given by Typst is for developers.
    """
    inputs = {"content": json.dumps(content, ensure_ascii=False)}
    compiler = typst.Compiler(
        str(template),
        root=str(template.parent),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    try:
        made = compiler.compile(format="pdf")
    except typst.TypstError as error:
        raise VuonError(
            "documents.typeset",
            Words(N_("The PDF could not be made ({reason})."), {"reason": error.message}),
            Words(N_("Take the Word file instead, and tell whoever runs this computer.")),
        ) from error
    assert isinstance(made, bytes)
    return made


def report(report: Report, size: str) -> bytes:
    """The report on paper of `size`."""
    if size not in SIZES:
        raise ValueError("the size of paper is A4 or A3")
    content = {
        "title": printable(report.title),
        "language": report.language,
        "watermark": printable(report.watermark),
        "footer": printable(report.footer),
        "size": size.lower(),
        "parts": [_part(part) for part in report.parts],
    }
    return compile_pdf(_REPORT, content)


def _part(part: Part) -> Mapping[str, object]:
    """A part as the template reads it."""
    match part:
        case Heading(text, level):
            return {"kind": "heading", "text": printable(text), "level": level}
        case Paragraph(text):
            return {"kind": "paragraph", "text": _rich(text)}
        case Bullets(items, numbered):
            items_ = [_rich(item) for item in items]
            return {"kind": "bullets", "items": items_, "numbered": numbered}
        case Note(text):
            return {"kind": "note", "text": printable(text)}
        case Quote(text, source):
            return {"kind": "quote", "text": printable(text), "source": printable(source)}
        case Table():
            rows = [[_rich(cell) for cell in part.full(row)] for row in part.rows]
            head = [_rich(cell) for cell in part.full(part.head)] if part.head else []
            caption = printable(part.caption)
            return {
                "kind": "table",
                "width": part.width,
                "head": head,
                "rows": rows,
                "caption": caption,
            }


def _rich(text: Rich) -> str | list[dict[str, object]]:
    """Plain text as it is; runs one by one, each with its look and its footnote."""
    if isinstance(text, str):
        return printable(text)
    return [
        {
            "text": printable(run.text),
            "bold": run.bold,
            "italic": run.italic,
            "footnote": printable(run.footnote),
        }
        for run in text
    ]
