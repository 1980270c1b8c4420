"""Papers for the desk: dated templates, filled with what the work already says.

Every figure carries its source as a footnote. What is missing stands as dots and on the slip in
front, which is taken off before the paper is handed in. Nothing here is legal advice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from vuon.cases.desk_templates import Part, Template, fields, grounds, template, templates, wording
from vuon.cases.facts import Fact, Piece, Pieces, Value, has_figure
from vuon.cases.filling import DOTS, Filling, Runs, capital, listed
from vuon.cases.slip import slip, written
from vuon.documents import length
from vuon.documents.paper import Annex, Block, Foot, Grid, Head, Line, Paper, Title, notes
from vuon.documents.parts import Rich, Run, plain
from vuon.errors import N_, VuonError, Words

__all__ = [
    "DOTS",
    "Fact",
    "Filled",
    "Missing",
    "Piece",
    "Pieces",
    "Template",
    "Value",
    "fields",
    "fill",
    "grounds",
    "has_figure",
    "template",
    "templates",
    "word",
]


@dataclass(frozen=True)
class Missing:
    """A field that was empty, and what it is called in both languages."""

    field: str
    label: Words


@dataclass(frozen=True)
class Filled:
    """A paper ready to be written.

    Args:
        paper: the document, with its slip.
        missing: the fields that were empty and stand as dots.
        unsourced: sentences with a number and no source.
        asking: the fields in which they stand.
        weak: facts that were only told or assumed.
        footnotes: how many sources it names.
        pages: how long it will be without slip and annex, estimated.
    """

    paper: Paper
    missing: tuple[Missing, ...]
    unsourced: tuple[str, ...]
    asking: tuple[str, ...]
    weak: tuple[Fact, ...]
    footnotes: int
    pages: int


def fill(
    template: Template, values: Mapping[str, Value], *, day: date, watermark: str = ""
) -> Filled:
    """The paper with its fields filled.

    Args:
        template: on a legal route, as `templates` gives it.
        values: by field. Fields that this paper does not take are passed over, so that the same
            values fill every paper of one task.
        day: the day on which it is made. The day of signing is left open.
        watermark: for examples and practice.

    Raises:
        VuonError: `desk.field` if a value belongs to no field of any paper: nothing is printed
            that the templates do not ask for, above all no birth date.

    Assumes that a number within a plain text is a figure unless it reads as a date, an article or
    the number of a document; numbers in words are not seen.

    >>> form = templates("A", "vi", date(2026, 11, 26))[0]
    >>> wait = Fact("35 phút", "Phiếu bấm giờ tại quầy, tháng 10/2026")
    >>> filled = fill(form, {"problem": ("Người dân chờ", wait, ".")}, day=date(2026, 11, 26))
    >>> filled.footnotes, "problem" in [each.field for each in filled.missing]
    (1, False)
    """
    _known(values)
    filling = Filling(template, values, _own(template, day))
    blocks = _blocks(template, filling)
    said = wording()[template.language]
    subject = plain(filling.runs("{subject}")).removesuffix(DOTS)
    paper = Paper(
        language=template.language,
        title=f"{template.kind}: {subject}" if subject else template.kind,
        blocks=blocks,
        status=said["status"],
        watermark=watermark,
        size=template.size,
    )
    pages = length.pages(paper)
    empty = [name for name in template.fields if name in filling.missing]
    cover = slip(
        template,
        missing=empty,
        unsourced=filling.unsourced,
        weak=filling.weak,
        named="grounds" in template.fields and "grounds" not in filling.missing,
        pages=pages,
        day=day,
    )
    return Filled(
        paper=replace(paper, slip=cover),
        missing=tuple(Missing(name, fields()[name].label) for name in empty),
        unsourced=tuple(filling.unsourced),
        asking=tuple(dict.fromkeys(filling.unsourced.values())),
        weak=tuple(filling.weak),
        footnotes=len(notes(blocks)),
        pages=pages,
    )


def word(filled: Filled) -> bytes:
    """The paper as a Word file: the slip on a page of its own, then the document."""
    from vuon.documents import administrative

    return administrative.write(filled.paper)


def _known(values: Mapping[str, Value]) -> None:
    for name in values:
        if name not in fields():
            raise VuonError(
                "desk.field",
                Words(N_("{name} is no field of these papers."), {"name": name}),
                Words(
                    N_(
                        "Leave it out. Numbers of documents and birth dates are written by hand"
                        " on the paper and never kept."
                    )
                ),
            )


def _own(template: Template, day: date) -> Mapping[str, str]:
    """What is filled in by itself. The day of signing is left to whoever signs."""
    signing = f"ngày … tháng … năm {day.year}"
    return {"date": signing, "day": written(day, template.language)}


def _blocks(template: Template, filling: Filling) -> tuple[Block, ...]:
    """What stands on the paper, filled in the order of the page."""
    found: list[Block] = []
    for part in template.parts:
        if part.kind == "head":
            found += _head(part, template.kind, filling)
        elif part.kind == "signature" and found and isinstance(found[-1], Foot):
            found[-1] = replace(found[-1], signature=_signature(part, filling))
        else:
            found += _filled(part, filling)
    return tuple(found)


def _filled(part: Part, filling: Filling) -> list[Block]:
    match part.kind:
        case "grounds":
            lines = [_without_prefix(line, part.text) for line in filling.items(part.field)]
            full = [filling.runs(part.text, line) for line in lines]
            return [Line(line, "ground") for line in listed(tuple(full))]
        case "list":
            pattern = part.text or "{item}"
            full = [filling.runs(pattern, line) for line in filling.items(part.field)]
            return [Line(line, "item") for line in listed(tuple(full))]
        case "table":
            return [_grid(part, filling)]
        case "recipients":
            return [Foot(recipients=_recipients(part, filling))]
        case "signature":
            return [Foot(signature=_signature(part, filling))]
        case "annex":
            return [Annex(filling.runs(part.text), filling.runs(part.belongs))]
        case "heading":
            return [Line(filling.runs(part.text), "heading")]
        case _:
            return [Line(each) for each in filling.paragraphs(part.text)]


def _head(part: Part, kind: str, filling: Filling) -> list[Block]:
    found: list[Block] = []
    if part.left or part.right:
        left = tuple(_upper(filling.runs(line)) for line in part.left)
        right = tuple(filling.runs(line) for line in part.right)
        number, place = filling.runs(part.number), filling.runs(part.place)
        found.append(Head(left, right, number, place))
    subject = capital(filling.runs(part.subject))
    return [*found, Title(kind, subject, filling.runs(part.address))]


def _upper(runs: Runs) -> Runs:
    return tuple(replace(run, text=run.text.upper()) for run in runs)


def _without_prefix(line: Runs, pattern: str) -> Runs:
    """A line without the words that the pattern puts before it anyway."""
    prefix = pattern.partition("{")[0]
    if not line or not line[0].text.casefold().startswith(prefix.casefold()):
        return line
    return (replace(line[0], text=line[0].text[len(prefix) :]), *line[1:])


def _grid(part: Part, filling: Filling) -> Grid:
    """The rows of a table; dots where a row has too few cells, or says them, count as missing."""
    width = len(part.columns)
    rows = []
    for cells in filling.rows(part.field):
        if len(cells) < width or any(plain(cell).endswith(DOTS) for cell in cells):
            filling.missing[part.field] = None
        row: list[Rich] = [*cells[: width - 1]]
        rest = [run for cell in cells[width - 1 :] for run in (*cell, Run(" "))][:-1]
        row += [tuple(rest)] if rest else []
        row += [DOTS] * (width - len(row))
        rows.append(tuple(row))
    return Grid(part.columns, tuple(rows), part.widths)


def _recipients(part: Part, filling: Filling) -> tuple[Rich, ...]:
    """The lines; one for each of the recipients where the template names them all."""
    found: list[Rich] = []
    for line in part.lines:
        if "{recipients}" in line:
            pattern = line.replace("{recipients}", "{item}")
            found += [filling.runs(pattern, each) for each in filling.items("recipients")]
        else:
            found.append(filling.runs(line))
    return tuple(found)


def _signature(part: Part, filling: Filling) -> tuple[Rich, ...]:
    """Who signs, by office and in capitals; the name is written by hand."""
    return tuple(
        _upper(filling.runs(line)) if "{signer}" in line else filling.runs(line)
        for line in part.lines
    )
