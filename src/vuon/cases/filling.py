"""Putting values into the words of a template: dots for what is empty, a footnote for a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from vuon.cases.desk_templates import Template, fields, wording
from vuon.cases.facts import Fact, Piece, Pieces, Value, has_figure
from vuon.documents.parts import Run, plain, printable

DOTS = "……"
Runs = tuple[Run, ...]
_NAMED = re.compile(r"\{(\w+)\}")
_ALONE = re.compile(r"\{(\w+)\}\.?")
_STOPS = frozenset(".;,")
_SPACES = re.compile(r"\s+")
_ENDS = " .,;:"


#: A line as cells, each of several pieces.
Cells = tuple[tuple[Piece, ...], ...]


def said(value: Value) -> tuple[Cells, ...]:
    """The lines of a value, without those that say nothing.

    >>> said("chờ lâu\\n\\nthiếu giấy")
    ((('chờ lâu',),), (('thiếu giấy',),))
    """
    elements: Sequence[Pieces | tuple[Pieces, ...]]
    if isinstance(value, str):
        elements = printable(value).split("\n")
    else:
        elements = (value,) if isinstance(value, Fact) else value
    lines = (each if isinstance(each, tuple) else (each,) for each in elements)
    kept = (tuple(cell for each in line if (cell := _cell(each))) for line in lines)
    return tuple(line for line in kept if line)


def _cell(pieces: Pieces) -> tuple[Piece, ...]:
    several = pieces if isinstance(pieces, tuple) else (pieces,)
    return tuple(piece for piece in several if _text(piece))


def _text(piece: Piece) -> str:
    """What a piece says, in one line, without the signs that no page can hold."""
    return _SPACES.sub(" ", printable(piece.text if isinstance(piece, Fact) else piece)).strip()


class Filling:
    """Fills the patterns of one paper, in the order of the page, and keeps count."""

    def __init__(
        self, template: Template, values: Mapping[str, Value], own: Mapping[str, str]
    ) -> None:
        self._wording = wording()[template.language]
        self._values = values
        self._own = own
        self._printed: set[str] = set()
        self.missing: dict[str, None] = {}
        self.unsourced: dict[str, str] = {}  # the sentence, and the field it stands in
        self.weak: dict[Fact, None] = {}

    def runs(self, pattern: str, item: Runs = ()) -> Runs:
        """The pattern with its fields filled; `item` stands for `{item}`."""
        found: list[Run] = []
        at = 0
        for match in _NAMED.finditer(pattern):
            found.append(Run(pattern[at : match.start()]))
            at = match.end()
            filled = item if match[1] == "item" else self._value(match[1])
            if pattern[at : at + 1] in _STOPS:
                # The pattern brings its own end: no two full stops, and none after closing dots.
                filled = _without_end(filled)
                at += pattern[at:] == "." and plain(filled).endswith(DOTS)
            found += filled
        found.append(Run(pattern[at:]))
        return tuple(run for run in found if run.text or run.footnote)

    def paragraphs(self, pattern: str) -> tuple[Runs, ...]:
        """As `runs`; a text in lines that stands alone becomes as many paragraphs.

        What begins with a field begins with a capital.
        """
        alone = _ALONE.fullmatch(pattern)
        value = self._values.get(alone[1], "") if alone else ""
        if alone and isinstance(value, str) and said(value):
            return tuple(_sentence(line) for line in self.items(alone[1]))
        filled = self.runs(pattern)
        return (capital(filled) if pattern.startswith("{") else filled,)

    def _value(self, name: str) -> Runs:
        if name in self._own:
            return (Run(self._own[name]),)
        return tuple(_spaced(run for line in self.items(name) for run in line))

    def items(self, name: str) -> tuple[Runs, ...]:
        """The lines of a field; one of dots if it says nothing."""
        return tuple(tuple(_spaced(run for cell in row for run in cell)) for row in self.rows(name))

    def rows(self, name: str) -> tuple[tuple[Runs, ...], ...]:
        """The lines of a field as the rows of a table."""
        lines = said(self._values.get(name, ""))
        if not lines:
            self.missing[name] = None
            return (((Run(DOTS),),),)
        # A field that stands twice on the paper names its sources once, where it stands first.
        again = name in self._printed
        self._printed.add(name)
        return tuple(
            tuple(
                tuple(
                    _spaced(run for piece in cell for run in self._piece(piece, name, again=again))
                )
                for cell in line
            )
            for line in lines
        )

    def _piece(self, piece: Piece, name: str, *, again: bool) -> Runs:
        text = _text(piece)
        if text.endswith(DOTS):
            self.missing[name] = None
        sourced = isinstance(piece, Fact) and bool(piece.source.strip())
        needs_none = fields()[name].names or fields()[name].decides
        holds = has_figure(text) or (isinstance(piece, Fact) and piece.figure)
        if holds and not sourced and not needs_none:
            self.unsourced[text] = name
        if not isinstance(piece, Fact):
            return (Run(text),)
        if holds and piece.light != "measured":
            self.weak[piece] = None
        if not sourced or again:
            return (Run(text),)
        key = "source" if piece.light == "measured" else f"source_{piece.light}"
        source = _SPACES.sub(" ", printable(piece.source)).strip(_ENDS)
        return (Run(text, footnote=self._wording[key].format(source=source)),)


def _spaced(found: Iterable[Run]) -> list[Run]:
    """The runs with a space between two words that would else run together."""
    made: list[Run] = []
    for run in found:
        before = made[-1].text[-1:] if made else ""
        apart = before and before not in "(“[/" and run.text[:1] not in ".,;:)%”]/"
        made.append(replace(run, text=f" {run.text}") if apart else run)
    return made


def _without_end(filled: Runs) -> Runs:
    """The runs without full stop or semicolon at their end; dots for something empty stay."""
    if not filled or plain(filled).endswith(DOTS):
        return filled
    *before, last = filled
    return (*before, replace(last, text=last.text.rstrip(_ENDS)))


def capital(runs: Runs) -> Runs:
    """The runs with a capital in front.

    >>> plain(capital((Run("ở phường"),)))
    'Ở phường'
    """
    if not runs:
        return runs
    first = runs[0]
    return (replace(first, text=first.text[:1].upper() + first.text[1:]), *runs[1:])


def _sentence(runs: Runs) -> Runs:
    """The runs as a sentence: a capital in front, a stop at the end."""
    ended = plain(runs).endswith(tuple(".!?…:;"))
    return capital(runs) if ended else (*capital(runs), Run("."))


def listed(lines: tuple[Runs, ...]) -> tuple[Runs, ...]:
    """The lines as a list is written: each with a semicolon, the last with a full stop; none
    after dots.

    >>> [plain(line) for line in listed(((Run("một."),), (Run("hai"),)))]
    ['một;', 'hai.']
    """
    last = len(lines) - 1
    return tuple(
        line
        if plain(line).endswith(DOTS)
        else (*_without_end(line), Run(";" if number < last else "."))
        for number, line in enumerate(lines)
    )
