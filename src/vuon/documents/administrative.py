"""An administrative document as a Word file, laid out after Decree 30/2020/NĐ-CP, appendix I.

A4; 20 mm above and below, 30 mm left, 15 mm right; Times New Roman 13; the head in two columns;
page numbers at the top centre from the second page on. Sources are real footnotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from vuon.documents.footnotes import Footnotes
from vuon.documents.length import TEXT_WIDTH, shares, width
from vuon.documents.office import add_runs, repeat, saved, set_page, set_up
from vuon.documents.paper import Annex, Block, Foot, Grid, Head, Line, Paper, Slip, Title
from vuon.documents.parts import Rich, Run, plain, runs

LEFT, CENTRE, JUSTIFY, RIGHT = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.RIGHT,
)
# Millimetres. Together the columns are as wide as the text; a cell keeps some for its edges.
_HEAD, _FOOT, _EDGES = (70, 95), (80, 85), 3.8
# The decree: a line as long as the motto, one of a third to a half of a name or a subject.
_WHOLE, _PART = 1.0, 0.4
# What the standard wants after a number of pages, a border of a paragraph, borders of a table.
_AFTER_NUMBERS = ("cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "docGrid")
_AFTER_BORDER = ("shd", "tabs", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr")
_AFTER_BORDERS = ("shd", "tblLayout", "tblCellMar", "tblLook")


def write(paper: Paper) -> bytes:
    """The bytes of the .docx file. It names no author.

    The slip, if there is one, is a section of its own, so that the pages of the document count
    from one with it and without it.
    """
    document = docx.Document()
    set_up(document, paper.title, paper.language)
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(paper.size)
    normal.paragraph_format.line_spacing = 1
    normal.paragraph_format.space_after = Pt(paper.gap)
    notes = Footnotes(document)
    set_page(document.sections[0], paper.watermark, numbered=paper.slip is None)
    if paper.slip:
        _slip(document, paper.slip, notes)
        set_page(document.add_section(WD_SECTION.NEW_PAGE), paper.watermark)
        _count_from_one(document.sections[-1])
    if paper.status:
        _line(document, paper.status, notes, align=RIGHT, after=4, bold=True)
    for block, following in zip(paper.blocks, (*paper.blocks[1:], None), strict=False):
        _block(document, block, notes)
        if isinstance(block, Line) and isinstance(following, Foot):
            # No signature on a page by itself.
            document.paragraphs[-1].paragraph_format.keep_with_next = True
    return saved(document, notes)


def _block(document: Any, block: Block, notes: Footnotes) -> None:
    match block:
        case Head():
            _head(document, block, notes)
        case Title():
            _title(document, block, notes)
        case Line(text, style):
            _styled(document, text, style, notes)
        case Grid():
            _grid(document, block, notes)
        case Foot():
            _foot(document, block, notes)
        case Annex(title, belongs):
            made = _line(document, title, notes, align=CENTRE, after=0, bold=True, size=14)
            made.paragraph_format.page_break_before = True
            _line(document, belongs, notes, align=CENTRE, after=10, italic=True)


def _line(
    container: Any,
    text: Rich,
    notes: Footnotes,
    *,
    align: Any = None,
    after: float | None = None,
    paragraph: Any = None,
    **look: Any,
) -> Any:
    """A paragraph that says `text`: a new one in `container` unless one is given.

    `after` is the space below it in points, that of the style if left out.
    """
    made = container.add_paragraph() if paragraph is None else paragraph
    if after is not None:
        made.paragraph_format.space_after = Pt(after)
    made.alignment = align
    add_runs(made, text, notes, **look)
    return made


def _styled(document: Any, text: Rich, style: str, notes: Footnotes) -> None:
    bold, italic = style == "heading", style == "ground"
    if style == "item":
        text = (Run("- "), *runs(text))
    align = CENTRE if style == "centre" else JUSTIFY
    made = _line(document, text, notes, align=align, bold=bold, italic=italic)
    if style != "centre":
        made.paragraph_format.first_line_indent = Mm(10)
    if bold:
        made.paragraph_format.keep_with_next = True


def _slip(document: Any, slip: Slip, notes: Footnotes) -> None:
    _line(document, slip.title, notes, align=CENTRE, after=2, bold=True, size=14)
    _line(document, slip.remark, notes, align=CENTRE, after=10, italic=True, size=12)
    for line in slip.lines:
        heading, item = line.style == "heading", line.style == "item"
        text = (Run("☐ "), *runs(line.text)) if item else line.text
        made = _line(document, text, notes, align=LEFT, after=3, bold=heading, size=12)
        if heading:
            made.paragraph_format.space_before = Pt(8)
            made.paragraph_format.keep_with_next = True
        if item:
            made.paragraph_format.left_indent = Mm(6)
            made.paragraph_format.first_line_indent = Mm(-6)


def _count_from_one(section: Any) -> None:
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    _insert(section._sectPr, start, _AFTER_NUMBERS)


def _insert(parent: Any, child: Any, after: Iterable[str]) -> None:
    """Puts `child` before the first element that must come `after` it: Word minds the order."""
    tags = {qn(f"w:{name}") for name in after}
    for each in parent:
        if each.tag in tags:
            each.addprevious(child)
            return
    parent.append(child)


def _columns(document: Any, widths: Sequence[float]) -> Any:
    """A table without lines, with one row, its columns `widths` millimetres wide."""
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    _set_widths(table, widths)
    return table


def _set_widths(table: Any, widths: Sequence[float]) -> None:
    for column, across in zip(table.columns, widths, strict=True):
        column.width = Mm(across)
        for cell in column.cells:
            cell.width = Mm(across)


def _stack(
    cell: Any, lines: Sequence[Rich], notes: Footnotes, looks: Sequence[dict[str, Any]]
) -> None:
    """Lines under each other in the middle of a cell, or as `looks` says."""
    for number, (text, look) in enumerate(zip(lines, looks, strict=True)):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _line(cell, text, notes, paragraph=paragraph, **({"align": CENTRE, "after": 0} | look))


def _head(document: Any, head: Head, notes: Footnotes) -> None:
    """Agencies and number on the left, the nation, its motto and the date on the right."""
    table = _columns(document, _HEAD)
    left, right = table.rows[0].cells
    last = len(head.left) - 1
    _stack(left, head.left, notes, [{"size": 12, "bold": n == last} for n in range(last + 1)])
    sizes = [12, *[13] * (len(head.right) - 1)]
    _stack(right, head.right, notes, [{"size": size, "bold": True} for size in sizes])
    for cell, lines, across, share in (
        (left, head.left, _HEAD[0], _PART),
        (right, head.right, _HEAD[1], _WHOLE),
    ):
        if lines:
            _rule(cell, plain(lines[-1]), across - _EDGES, share, size=13)
    table.add_row()
    number, place = table.rows[1].cells
    _stack(number, (head.number,), notes, [{}])
    _stack(place, (head.place,), notes, [{"italic": True}])
    _set_widths(table, _HEAD)
    _thin(document)


def _rule(container: Any, text: str, across: float, share: float, *, size: float) -> None:
    """A line under `text`, `share` as long as it, in the middle of `across` millimetres."""
    long = min(width(text, size, bold=True), across) * share
    paragraph = _thin(container)
    edge = Mm((across - long) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = edge
    paragraph.paragraph_format.space_after = Pt(4)
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    _insert(paragraph._p.get_or_add_pPr(), border, _AFTER_BORDER)


def _thin(container: Any) -> Any:
    """An empty paragraph two points high."""
    paragraph = container.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(2)
    return paragraph


def _title(document: Any, title: Title, notes: Footnotes) -> None:
    kind = _line(document, title.kind, notes, align=CENTRE, after=0, bold=True, size=14)
    kind.paragraph_format.space_before = Pt(8)
    if plain(title.subject):
        _line(document, title.subject, notes, align=CENTRE, after=0, bold=True)
        _rule(document, plain(title.subject), TEXT_WIDTH, _PART, size=13)
    if plain(title.address):
        made = _line(document, title.address, notes, align=CENTRE, after=8)
        made.paragraph_format.space_before = Pt(6)


def _grid(document: Any, grid: Grid, notes: Footnotes) -> None:
    """A table with lines across only."""
    widths = [share * TEXT_WIDTH for share in shares(grid.widths, len(grid.head))]
    table = _columns(document, widths)
    borders = OxmlElement("w:tblBorders")
    for side, weight in (("top", "8"), ("bottom", "8"), ("insideH", "4")):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", weight), ("space", "0"), ("color", "auto")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    _insert(table._tbl.tblPr, borders, _AFTER_BORDERS)
    repeat(table.rows[0])
    for row in (grid.head, *grid.rows):
        cells = table.rows[0].cells if row is grid.head else table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            look = {"bold": row is grid.head, "size": 12}
            _line(cell, text, notes, paragraph=cell.paragraphs[0], align=LEFT, after=2, **look)
    _set_widths(table, widths)
    for row_ in table.rows:
        _keep_whole(row_)
    _thin(document).paragraph_format.space_after = Pt(4)


def _keep_whole(row: Any) -> None:
    """No page break within the row."""
    whole = OxmlElement("w:cantSplit")
    _insert(row._tr.get_or_add_trPr(), whole, ("trHeight", "tblHeader", "tblCellSpacing", "jc"))


def _foot(document: Any, foot: Foot, notes: Footnotes) -> None:
    """Recipients on the left, the place to sign on the right."""
    table = _columns(document, _FOOT)
    left, right = table.rows[0].cells
    _keep_whole(table.rows[0])
    first = {"align": LEFT, "size": 12, "bold": True, "italic": True}
    rest: dict[str, Any] = {"align": LEFT, "size": 11}
    _stack(
        left,
        foot.recipients,
        notes,
        [first, *[rest] * len(foot.recipients)][: len(foot.recipients)],
    )
    signed = [
        {"italic": plain(text).startswith("("), "bold": not plain(text).startswith("(")}
        for text in foot.signature
    ]
    _stack(right, foot.signature, notes, signed)
    _thin(document)
