"""PDF files: the text of their pages; a scan without text says so."""

from __future__ import annotations

import re
from threading import Lock
from typing import Any

from vuon.errors import N_, VuonError, Words
from vuon.evidence.importers import LONGEST, Raw, locked, refused, too_long

MOST_PAGES = 1_000
#: PDFium is not made for threads: one file at a time.
_ONE_AT_A_TIME = Lock()
#: A line of at least this share of the page's long lines goes on in the next.
_FULL = 0.7
_ENDED = (".", "!", "?", ":", "…", ";", ".”", "!”", "?”")
#: A line that begins so is a new item of a list or the turn of a speaker.
_NEW_ITEM = re.compile(r"[-–—•▪*+]\s|\(?(?:\d{1,3}|[a-zđ]|[ivx]{1,4})[.)]\s")
_NEW_TURN = re.compile(r"[^\W\d_][^:.]{0,29}:\s")


def read(content: bytes) -> Raw:
    """The text of a PDF, with a blank line between pages and between paragraphs.

    A PDF knows lines, not paragraphs: a full line that ends no sentence is joined to the next.
    """
    try:
        import pypdfium2
    except ImportError:  # the library alone does not bring it
        raise refused(
            "no_pdf",
            N_("PDF files cannot be read here: the package pypdfium2 is missing."),
            N_("Copy the text and paste it here, or have the package installed."),
        ) from None
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise _not_opened(str(error)) from None
        try:
            pages = _pages(document, pypdfium2.PdfiumError)
        finally:
            document.close()
    return _told(pages)


def _not_opened(reason: str) -> VuonError:
    if "password" in reason.lower():
        return locked()
    return refused(
        "damaged",
        N_("The file cannot be opened as a PDF."),
        N_("Open it in another program, save it again, or copy its text and paste it here."),
    )


def _pages(document: Any, failure: type[Exception]) -> list[str]:
    """The text of every page; empty where there is none or the page is broken."""
    if len(document) > MOST_PAGES:
        raise refused(
            "too_long",
            N_("The PDF has {count} pages; at most {most} can be read."),
            N_("Save the pages you need as a file of their own."),
            count=len(document),
            most=MOST_PAGES,
        )
    found, size = [], 0
    for number in range(len(document)):
        try:
            page = document[number]
            words = page.get_textpage()
        except failure:
            found.append("")
            continue
        found.append(words.get_text_range(errors="replace"))
        words.close()
        page.close()
        size += len(found[-1])
        if size > LONGEST:
            raise too_long()
    return found


def _told(pages: list[str]) -> Raw:
    with_text = [page for page in pages if any(sign.isalnum() for sign in page)]
    if not with_text:
        raise refused(
            "scanned",
            N_("This PDF is a scan of {count} pages: pictures, without text."),
            N_("Type the lines that matter as a note with their page, and keep the paper."),
            count=len(pages),
        )
    notes: tuple[Words, ...] = ()
    empty = len(pages) - len(with_text)
    if empty:
        told = N_("{count} of {pages} pages have no text, perhaps pictures, and were not read.")
        notes = (Words(told, {"count": empty, "pages": len(pages)}),)
    return Raw("\n\n".join(_paragraphs(page) for page in with_text), notes)


def _paragraphs(page: str) -> str:
    """The lines of a page made paragraphs."""
    # PDFium writes U+FFFE where a hyphen divides a word at the end of a line.
    pieces = re.split("([\n\ufffe])", "\n" + page.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [(end, line.strip()) for end, line in zip(pieces[1::2], pieces[2::2], strict=True)]
    full = _FULL * max(len(line) for _, line in lines)
    parts: list[str] = []
    last = ""
    for end, line in lines:
        if parts and end == "\ufffe":
            parts[-1] += line
        elif line and last and _goes_on(last, line, full):
            parts[-1] += f" {line}"
        elif line:
            parts.append(line)
        last = line
    return "\n\n".join(parts)


def _goes_on(last: str, line: str, full: float) -> bool:
    """Whether `line` belongs to the paragraph that `last` is a line of."""
    if len(last) < full or last.endswith(_ENDED) or _NEW_ITEM.match(line):
        return False
    return not (line[0].isupper() and _NEW_TURN.match(line))
