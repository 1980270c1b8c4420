"""Reports as Word and PDF files: one small model, two writers.

A report is plain text in parts; nothing in it is ever read as markup. The writers are loaded
when they are called, so that importing this package costs nothing.
"""

from __future__ import annotations

from vuon.documents.parts import (
    Bullets,
    Heading,
    Note,
    Paragraph,
    Part,
    Quote,
    Report,
    Rich,
    Run,
    Table,
    plain,
)

__all__ = [
    "Bullets",
    "Heading",
    "Note",
    "Paragraph",
    "Part",
    "Quote",
    "Report",
    "Rich",
    "Run",
    "Table",
    "pdf",
    "plain",
    "typeset",
    "word",
]


def word(report: Report) -> bytes:
    """The report as a Word file, laid out as Vietnamese official documents are.

    A4, margins and page numbers after Decree 30/2020/NĐ-CP: 20 mm above and below, 30 mm left,
    15 mm right, the number at the top centre from the second page on. Times New Roman is named,
    not shipped. The file names no author.
    """
    from vuon.documents import office

    return office.write(report)


def pdf(report: Report, size: str = "A4") -> bytes:
    """The report as a PDF, tagged with its language, set in Be Vietnam Pro.

    Args:
        report: the report.
        size: "A4" or "A3".

    Raises:
        ValueError: `size` is another one.
    """
    from vuon.documents import typesetting

    return typesetting.report(report, size)


def typeset(template: str, content: object) -> bytes:
    """The PDF that the Typst file `template` makes of `content`, which may be any JSON.

    The template reads `json(bytes(sys.inputs.content))`; content never becomes markup.

    Raises:
        VuonError: `documents.typeset` if it cannot be set.
    """
    from pathlib import Path

    from vuon.documents import typesetting

    return typesetting.compile_pdf(Path(template), content)
