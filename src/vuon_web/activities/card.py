"""One card of the catalogue, and how its file is read.

Reading is strict: what is not known is refused, with the file, the line and what to do, so that
a slip of the pen in a card does not silently take a step away from people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vuon import toml
from vuon.challenges.calls import vocabulary
from vuon.challenges.programme import STAGES, Serves
from vuon.errors import N_, VuonError, Where, Words

LANGUAGES = ("vi", "en")

#: How an area of a canvas is drawn; each is a function of this name in `paper/cells.typ`.
KINDS = frozenset(
    (
        "blank",
        "lines",
        "list",
        "ticks",
        "checks",
        "table",
        "quote",
        "threeways",
        "choice",
        "strip",
        "lanes",
        "loop",
        "tanks",
        "graph",
        "axes",
        "rings",
        "beans",
        "scale",
        "notes",
        "idea",
        "arms",
    )
)
GRID = 12
SHORTEST, LONGEST = 15, 45
FEWEST_STEPS, MOST_STEPS = 3, 6

_FIELDS: Mapping[str, type] = {
    "key": str,
    "stage": str,
    "order": int,
    "minutes": int,
    "together": bool,
    "playbook": list,
    "serves": list,
    "tool": str,
    "vi": dict,
    "en": dict,
    "canvas": dict,
}
_OPTIONAL = ("after", "before", "on_screen")
_TEXTS = ("title", "purpose", "example", "artefact", "learning")
_LISTS = ("you_need", "steps", "facilitator")
_CELL = frozenset(("key", "kind", "area", "title", "hint", "parts", "count", "widths"))

_WRITE = N_("Write it as the manual's page on activities shows.")
_BOTH = N_("Write the same in Vietnamese and in English.")
_CHOOSE = N_("Choose one of: {known}.")


@dataclass(frozen=True)
class Text:
    """The same words in both languages."""

    vi: str
    en: str

    def say(self, language: str) -> str:
        """The words in `language`; Vietnamese unless it is English."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True)
class Cell:
    """An area of a canvas: where it lies on a grid of 12 × 12, how it is drawn, its prompts.

    `area` is (column, row, width, height), counted from 1. `parts` are the labels inside a
    drawing: column heads of a table, steps of a strip, statements of a scale.
    """

    key: str
    kind: str
    area: tuple[int, int, int, int]
    title: Text
    hint: Text
    parts: tuple[Text, ...]
    count: int
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Canvas:
    """The paper of a card."""

    landscape: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Guide:
    """What a card tells in one language."""

    title: str
    purpose: str
    you_need: tuple[str, ...]
    steps: tuple[str, ...]
    example: str
    artefact: str
    learning: str
    facilitator: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """One activity.

    `on_screen` are the minutes that somebody alone with its tool was measured to need, rounded
    up; 0 where nobody measured. `tool` names its tool on the screen, "" while there is only paper.
    `playbook` are numbers of tools in the Vietnamese playbook of public-sector innovation, given
    as citations.
    """

    key: str
    stage: str
    order: int
    minutes: int
    together: bool
    playbook: tuple[str, ...]
    serves: frozenset[str]
    after: frozenset[str]
    tool: str
    on_screen: int
    vi: Guide
    en: Guide
    canvas: Canvas

    def guide(self, language: str) -> Guide:
        """What the card tells in `language`; Vietnamese unless it is English."""
        return self.en if language == "en" else self.vi

    @property
    def serves_as(self) -> Serves:
        """What `vuon.challenges.programme` needs to know of it."""
        return Serves(self.key, self.stage, self.minutes, self.serves, self.after, self.together)

    @property
    def has_tool(self) -> bool:
        """Whether it can be done on the screen, not only on paper."""
        return bool(self.tool)


class CardSource:
    """The file of one card: its values, and errors that point into it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.table = toml.read(path)
        self.lines = path.read_text(encoding="utf-8-sig").splitlines()
        for name in self.table:
            if name not in _FIELDS and name not in _OPTIONAL:
                raise self.error(
                    "card.field", name, N_("A card has no “{value}”."), _WRITE, value=name
                )
        for name, kind in _FIELDS.items():
            if type(self.table.get(name)) is not kind:
                what = N_("“{value}” is missing or of the wrong kind.")
                raise self.error("card.field", name, what, _WRITE, value=name)
        if self.key != path.stem:
            what = N_("Its key is not the name of the file.")
            raise self.error("card.key", "key", what, N_("Give both the same name."))

    @property
    def key(self) -> str:
        return str(self.table["key"])

    def error(
        self,
        code: str,
        token: str,
        what: str,
        do: str,
        value: str = "",
        known: str = "",
        below: str = "",
    ) -> VuonError:
        """An error at the first line that holds `token` as a whole word, else at the file.

        Only lines from the one that holds `below` on are searched.
        """
        pattern = re.compile(rf"(?<![\w-]){re.escape(token)}(?![\w-])")
        first = next((at for at, line in enumerate(self.lines) if below in line), 0)
        where = Where(self.path.name)
        for at, line in enumerate(self.lines[first:], first + 1):
            if hit := pattern.search(line):
                where = Where(self.path.name, at, hit.start() + 1, line)
                break
        fields = {"value": value or token}
        return VuonError(code, Words(what, fields), Words(do, {"known": known}), where=where)

    def names(self, field: str) -> tuple[str, ...]:
        """The keys in a list such as `after`."""
        return tuple(str(name) for name in self.table.get(field, ()))

    def card(self, after: frozenset[str]) -> Card:
        """The card, complete in both languages; `after` are the cards it must follow."""
        self._check()
        vi, en = (self._guide(language) for language in LANGUAGES)
        if len(vi.steps) != len(en.steps):
            what = N_("It has not the same number of steps in both languages.")
            raise self.error("card.steps", "steps", what, _BOTH)
        return Card(
            key=self.key,
            stage=self.table["stage"],
            order=self.table["order"],
            minutes=self.table["minutes"],
            together=self.table["together"],
            playbook=self.names("playbook"),
            serves=frozenset(self.names("serves")),
            after=after,
            tool=self.table["tool"],
            on_screen=self._on_screen(),
            vi=vi,
            en=en,
            canvas=self._canvas(),
        )

    def _on_screen(self) -> int:
        found = self.table.get("on_screen", 0)
        if type(found) is not int or not 0 <= found <= LONGEST:
            what = N_("“{value}” is missing or of the wrong kind.")
            raise self.error("card.field", "on_screen", what, _WRITE, value="on_screen")
        return found

    def _check(self) -> None:
        if self.table["stage"] not in STAGES:
            what = N_("There is no stage “{value}”.")
            stage = str(self.table["stage"])
            raise self.error("card.stage", stage, what, _CHOOSE, known=", ".join(STAGES))
        if not SHORTEST <= self.table["minutes"] <= LONGEST:
            what = N_("An activity takes 15 to 45 minutes.")
            raise self.error("card.minutes", "minutes", what, N_("Shorten it or divide it."))
        known = vocabulary().needs
        if not self.table["serves"]:
            what = N_("It serves no need, so that no plan would call it.")
            raise self.error("card.serves", "serves", what, _CHOOSE, known=", ".join(sorted(known)))
        for need in self.names("serves"):
            if need not in known:
                what = N_("No plan can call the need “{value}”.")
                names = ", ".join(sorted(known))
                raise self.error("card.serves", need, what, _CHOOSE, known=names)

    def _guide(self, language: str) -> Guide:
        table = self.table[language]
        for name in (*_TEXTS, *_LISTS):
            words = table.get(name)
            lines = words if name in _LISTS and isinstance(words, list) else [words]
            if not lines or not all(isinstance(line, str) and line.strip() for line in lines):
                what = N_("“{value}” is empty or missing.")
                value = f"{language}.{name}"
                raise self.error("card.words", name, what, _BOTH, value, below=f"[{language}]")
        for name in table:
            if name not in _TEXTS and name not in _LISTS:
                value = f"{language}.{name}"
                what = N_("A card has no “{value}”.")
                raise self.error("card.field", name, what, _WRITE, value, below=f"[{language}]")
        if not FEWEST_STEPS <= len(table["steps"]) <= MOST_STEPS:
            what = N_("An activity has three to six steps.")
            raise self.error("card.steps", "steps", what, N_("Join steps or divide the activity."))
        told: dict[str, Any] = {name: table[name] for name in _TEXTS}
        told |= {name: tuple(table[name]) for name in _LISTS}
        return Guide(**told)

    def _canvas(self) -> Canvas:
        table = self.table["canvas"]
        cells = tuple(self._cell(cell) for cell in table.get("cell", ()))
        if not cells:
            raise self.error("card.canvas", "canvas", N_("Its paper has no cells."), _WRITE)
        taken: dict[tuple[int, int], str] = {}
        for cell in cells:
            column, row, width, height = cell.area
            for x in range(column, column + width):
                for y in range(row, row + height):
                    if other := taken.get((x, y)):
                        what = N_("On the paper “{value}” lies on another cell.")
                        both = f"{cell.key}, {other}"
                        below = f'key = "{cell.key}"'
                        raise self.error("card.canvas", "area", what, _WRITE, both, below=below)
                    taken[x, y] = cell.key
        return Canvas(bool(table.get("landscape", True)), cells)

    def _cell(self, cell: Mapping[str, Any]) -> Cell:
        key, area, kind = str(cell.get("key", "")), cell.get("area", ()), cell.get("kind", "blank")
        if strange := sorted(set(cell) - _CELL):
            what = N_("A cell has no “{value}”.")
            raise self.error("card.canvas", strange[0], what, _WRITE)
        if kind not in KINDS:
            what = N_("There is no drawing “{value}”.")
            raise self.error(
                "card.canvas", str(kind), what, _CHOOSE, known=", ".join(sorted(KINDS))
            )
        if not key or not _fits(area):
            what = N_("The cell “{value}” does not lie on the grid of 12 by 12.")
            below = f'key = "{key}"'
            raise self.error("card.canvas", "area", what, _WRITE, key, below=below)
        return Cell(
            key=key,
            kind=str(kind),
            area=tuple(area),
            title=self._text(key, cell.get("title")),
            hint=self._text(key, cell.get("hint", {"vi": "", "en": ""}), may_be_empty=True),
            parts=tuple(self._text(key, part, may_be_empty=True) for part in cell.get("parts", ())),
            count=int(cell.get("count", 0)),
            widths=tuple(cell.get("widths", ())),
        )

    def _text(self, key: str, words: object, may_be_empty: bool = False) -> Text:
        if isinstance(words, Mapping) and set(words) == set(LANGUAGES):
            vi, en = str(words["vi"]).strip(), str(words["en"]).strip()
            if bool(vi) == bool(en) and (vi or may_be_empty):
                return Text(vi, en)
        what = N_("The words of the cell “{value}” are not complete.")
        raise self.error("card.words", key, what, _BOTH)


def _fits(area: object) -> bool:
    """Whether `area` is (column, row, width, height) inside the grid."""
    if not isinstance(area, Sequence) or len(area) != 4:
        return False
    if not all(type(number) is int and number >= 1 for number in area):
        return False
    return bool(area[0] + area[2] - 1 <= GRID and area[1] + area[3] - 1 <= GRID)
