"""A report as a Word file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from vuon.documents.footnotes import Footnotes
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
    printable,
    runs,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

FONT = "Times New Roman"
_SIZES = {"Normal": 13, "Title": 16, "Heading 1": 14, "Heading 2": 13, "Heading 3": 13}
_LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}


def write(report: Report) -> bytes:
    """The bytes of the .docx file."""
    document = docx.Document()
    set_up(document, report.title, report.language)
    set_page(document.sections[0], report.watermark, report.footer)
    notes = Footnotes(document)
    document.add_paragraph(printable(report.title), style="Title")
    for part in report.parts:
        _part(document, part, notes)
    return saved(document, notes)


def saved(document: Document, notes: Footnotes) -> bytes:
    """The bytes of the file, with its footnotes."""
    notes.keep()
    # The copy of the styles that Word 2010 kept for itself would no longer agree with them.
    links = document.part.rels
    for key in [key for key, link in links.items() if link.reltype.endswith("/stylesWithEffects")]:
        del links[key]
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def set_up(document: Document, title: str, language: str) -> None:
    """Title, language and fonts of a new file."""
    _properties(document, title, language)
    _styles(document, language)


def _properties(document: Document, title: str, language: str) -> None:
    """Title and language, and nobody's name."""
    core = document.core_properties
    core.title = printable(title)[:255]
    core.language = _LANGUAGES.get(language, language)
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.created = core.modified = datetime.now(UTC).replace(tzinfo=None)


def _styles(document: Document, language: str) -> None:
    """Times New Roman in black everywhere, and the language for spelling."""
    for name, size in _SIZES.items():
        style: Any = document.styles[name]
        style.font.name = FONT
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        # Theme fonts, where named, win over the fonts above.
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    normal: Any = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    title: Any = document.styles["Title"]
    title.font.bold = True
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in title.element.findall(".//" + qn("w:pBdr")):
        border.getparent().remove(border)
    spoken = _LANGUAGES.get(language, language)
    for defaults in document.styles.element.findall(".//" + qn("w:rPrDefault")):
        for lang in defaults.findall(".//" + qn("w:lang")):
            lang.set(qn("w:val"), spoken)
            lang.set(qn("w:eastAsia"), spoken)


def set_page(
    section: Section, watermark: str = "", footer: str = "", *, numbered: bool = True
) -> None:
    """A4, the decree's margins, and what stands above and below the text.

    Pages are `numbered` from the second on.
    """
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    for header, counted in ((section.first_page_header, False), (section.header, numbered)):
        # A section after another has no header of its own until it is told so.
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if counted:
            _field(paragraph, "PAGE")
        if watermark:
            line = header.add_paragraph() if counted else paragraph
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.add_run(printable(watermark)).bold = True
    if footer:
        for place in (section.first_page_footer, section.footer):
            place.is_linked_to_previous = False
            run = place.paragraphs[0].add_run(printable(footer))
            run.font.size = Pt(10)


def _field(paragraph: Any, name: str) -> None:
    """Adds a field that Word fills in, such as the page number."""
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._r.append(mark)


def add_runs(
    paragraph: Any,
    text: Rich,
    notes: Footnotes,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = 0,
) -> None:
    """Puts `text` at the end of a paragraph, its footnotes where they belong.

    `bold` and `italic` hold for all of it; `size` is in points, 0 for that of the style.
    """
    for run in _joined(runs(text)):
        added = paragraph.add_run(printable(run.text))
        if bold or run.bold:
            added.bold = True
        if italic or run.italic:
            added.italic = True
        if size:
            added.font.size = Pt(size)
        if run.footnote:
            notes.add(paragraph, run.footnote)


def _joined(found: Iterable[Run]) -> list[Run]:
    """The runs with neighbours of one look made one, so that Word finds words across them."""
    made: list[Run] = []
    for run in found:
        last = made[-1] if made else None
        if last and not last.footnote and (last.bold, last.italic) == (run.bold, run.italic):
            made[-1] = replace(run, text=last.text + run.text)
        else:
            made.append(run)
    return made


def _part(document: Document, part: Part, notes: Footnotes) -> None:
    match part:
        case Heading(text, level):
            document.add_heading(printable(text), level)
        case Paragraph(text):
            add_runs(document.add_paragraph(), text, notes)
        case Bullets(items, numbered):
            for number, item in enumerate(items, 1):
                # A number is written out: Word would count on through all lists of the file.
                text = (Run(f"{number}. "), *runs(item)) if numbered else item
                style = "List Paragraph" if numbered else "List Bullet"
                add_runs(document.add_paragraph(style=style), text, notes)
        case Note(text):
            document.add_paragraph().add_run(printable(text)).italic = True
        case Quote(text, source):
            paragraph = document.add_paragraph(f"“{printable(text)}”")
            paragraph.paragraph_format.left_indent = Mm(10)
            if source:
                paragraph.add_run(f" ({printable(source)})").italic = True
        case Table():
            _table(document, part, notes)


def _table(document: Document, part: Table, notes: Footnotes) -> None:
    """A table with lines, its head repeated on every page."""
    if not part.width:
        return
    if part.caption:
        document.add_paragraph().add_run(printable(part.caption)).bold = True
    rows = [part.full(row) for row in part.rows]
    table = document.add_table(rows=0, cols=part.width, style="Table Grid")
    if part.head:
        head = table.add_row()
        for cell, text in zip(head.cells, part.full(part.head), strict=True):
            add_runs(cell.paragraphs[0], text, notes, bold=True)
        repeat(head)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            add_runs(cell.paragraphs[0], text, notes)
    document.add_paragraph()


def repeat(row: Any) -> None:
    """Has the row stand at the top of every page that its table runs over."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
