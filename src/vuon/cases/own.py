"""What a person typed into the fields of a paper, beyond what the work already says; its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from vuon.cases.desk_templates import Template, fields
from vuon.cases.facts import LIGHTS, Fact, Piece, Pieces, Value, has_figure
from vuon.cases.filling import DOTS
from vuon.errors import N_, Words
from vuon.toml.table import Table
from vuon.toml.writing import dumps

FORMAT = 1
#: The light of a source of which nobody said what it rests on: the more careful one.
CAREFUL = "said"
_CELLS = re.compile(r"\s*\|\s*")


@dataclass(frozen=True)
class Typed:
    """One field as a person wrote it.

    Args:
        text: its lines; in a table a row a line, its cells between `|`.
        source: where its figures come from; empty if nobody said.
        light: one of `LIGHTS`.
    """

    text: str
    source: str = ""
    light: str = CAREFUL

    @property
    def lacks_source(self) -> bool:
        """Whether it holds a figure and does not say where that comes from."""
        return has_figure(self.text) and not self.source.strip()


def read(text: str, name: str = "paper.toml") -> dict[str, Typed]:
    """The fields of a file; an empty text has none.

    Raises:
        VuonError: `toml.…` and `table.…` with file and line; `table.name` for an unknown field.

    >>> read('format = 1\\n[[field]]\\nkey = "leader"\\ntext = "Giám đốc"')["leader"].text
    'Giám đốc'
    """
    if not text.strip():
        return {}
    table = Table.read(text, name)
    if table.whole("format", 1) > FORMAT:
        raise table.wrong(
            "paper.format",
            Words(N_("This paper is written in a format that is not known here.")),
            Words(N_("Install a newer Vuon, or write format = {known}."), {"known": FORMAT}),
            "format",
        )
    found = {}
    for each in table.items("field", optional=True):
        key = each.name("key")
        if key not in fields():
            raise each.none_of("key", key, fields())
        source = each.words("source") if "source" in each else ""
        found[key] = Typed(each.words("text"), source, each.among("light", LIGHTS, CAREFUL))
    table.finish()
    return found


def write(typed: Mapping[str, Typed]) -> str:
    """The fields in one canonical form, in the order of `fields.toml`; empty ones are left out."""
    kept = [(key, typed[key]) for key in fields() if key in typed and typed[key].text.strip()]
    rows = [
        ("[[field]]", {"key": key, "text": each.text, "source": each.source, "light": each.light})
        for key, each in kept
    ]
    return dumps([("", {"format": FORMAT}), *rows])


def value(
    typed: Typed, key: str, template: Template, known: Mapping[str, Fact] | None = None
) -> Value:
    """What was typed as the value of a field: each line with a figure carries the source.

    `known` are facts of the work by their text: what still says the same keeps its own source.
    """
    known = known or {}
    lines = [line.strip() for line in typed.text.splitlines() if line.strip()]
    if key in template.tables:
        rows = [
            [_piece(cell or DOTS, typed, known) for cell in _CELLS.split(line)] for line in lines
        ]
        return tuple(tuple((piece,) for piece in row) for row in rows)
    pieces = [_piece(line, typed, known) for line in lines]
    if pieces and typed.source.strip() and not any(isinstance(each, Fact) for each in pieces):
        pieces[-1] = Fact(lines[-1], typed.source, typed.light, figure=False)
    if key in template.lists:
        return tuple((piece,) for piece in pieces)
    if not any(isinstance(each, Fact) for each in pieces):
        return "\n".join(lines)
    return (_sentences(pieces),)


def _piece(text: str, typed: Typed, known: Mapping[str, Fact]) -> Piece:
    if text in known:
        return known[text]
    if typed.source.strip() and has_figure(text):
        return Fact(text, typed.source, typed.light)
    return text


def _sentences(pieces: list[Piece]) -> Pieces:
    """Lines that stand in one paragraph, each ended so that they do not run together."""
    made: list[Piece] = []
    for number, piece in enumerate(pieces):
        text = piece.text if isinstance(piece, Fact) else piece
        if number < len(pieces) - 1 and text[-1] not in ".!?…:;":
            text += "."
        made.append(replace(piece, text=text) if isinstance(piece, Fact) else text)
    return tuple(made)
