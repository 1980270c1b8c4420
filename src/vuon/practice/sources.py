"""The material of a place: what its voices and sources can show, read from its folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vuon.errors import N_, VuonError, Where, Words
from vuon.practice.logs import Log, read_log
from vuon.practice.place import Move, Place
from vuon.toml.table import Table, Text

FOLDERS = ("voices", "sources")
KINDS = ("said", "seen", "written")
COLUMNS = ("category", "number", "time")
#: The signal of material that points nowhere, and the value that stands for all others.
NONE, ANY = "none", "*"


@dataclass(frozen=True)
class Piece:
    """One thing to read: who or where, what was said, seen or written."""

    kind: str
    who: Text
    text: Text
    face: str = ""
    step: str = ""
    line: int = 0


@dataclass(frozen=True)
class Column:
    """A column of a table of rows. `spread[signal][value of by]` holds shares (category) or a
    pair of bounds (number); `between` the two times of a time column, in minutes."""

    key: str
    title: Text
    kind: str
    values: tuple[tuple[str, Text], ...] = ()
    by: str = ""
    spread: Mapping[str, Mapping[str, tuple[float, ...]]] | None = None
    between: tuple[int, int] = (0, 0)

    def at(self, signal: str, value: str) -> tuple[float, ...]:
        """What holds under `signal` where the column named by `by` has `value`."""
        assert self.spread is not None
        known = self.spread[signal] if signal in self.spread else self.spread[NONE]
        return known[value] if value in known else known[ANY]


@dataclass(frozen=True)
class Sheet:
    """How rows of a table are made."""

    title: Text
    rows: int
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Source:
    """All that a move can show: pieces that carry a signal, idle ones, and a table of rows.

    Where the place has a counter that runs, the rows of `log` stand in the place of the table's.
    """

    move: str
    file: str
    telling_shown: int
    idle_shown: int
    telling: Mapping[str, tuple[Piece, ...]]
    idle: tuple[Piece, ...]
    sheet: Sheet | None
    log: Log | None = None


def read_sources(folder: Path, place: Place) -> Mapping[str, Source]:
    """Each move's source, from `voices/<move>.toml` or `sources/<move>.toml`.

    Raises:
        VuonError: `place.no_source` for a move without a file; otherwise as `vuon.practice.read`.
    """
    found = {}
    for move in place.moves:
        file = next(
            (
                folder / name / f"{move.key}.toml"
                for name in FOLDERS
                if (folder / name / f"{move.key}.toml").is_file()
            ),
            None,
        )
        if file is None:
            raise VuonError(
                "place.no_source",
                Words(N_("The move {move} has nothing to show."), {"move": move.key}),
                Words(N_("Write voices/{move}.toml or sources/{move}.toml."), {"move": move.key}),
                where=Where(f"{folder.name}/place.toml"),
            )
        found[move.key] = _source(
            file, f"{folder.name}/{file.parent.name}/{file.name}", move, place
        )
    return found


def _source(file: Path, name: str, move: Move, place: Place) -> Source:
    table = Table.read(file, name)
    shows = table.inner("shows", optional=True)
    causes = [cause.key for cause in place.causes]
    telling: dict[str, list[Piece]] = {cause: [] for cause in causes}
    for item in table.items("telling", optional=True):
        telling[item.among("signal", causes)].append(_piece(item, place))
    sheet = _sheet(table, causes) if "table" in table else None
    source = Source(
        move=move.key,
        file=name,
        telling_shown=shows.whole("telling", default=0),
        idle_shown=shows.whole("idle", default=0),
        telling={cause: tuple(pieces) for cause, pieces in telling.items() if pieces},
        idle=tuple(_piece(item, place) for item in table.items("idle", optional=True)),
        sheet=sheet,
        log=read_log(table.inner("log"), causes) if "log" in table else None,
    )
    table.finish()
    return source


def _piece(table: Table, place: Place) -> Piece:
    return Piece(
        kind=table.among("kind", KINDS, "said"),
        who=table.text("who"),
        text=table.text("text"),
        face=table.name("face", ""),
        step=table.among("step", [*(step.key for step in place.steps), "none"], "none"),
        line=table.line(),
    )


def _sheet(table: Table, causes: Sequence[str]) -> Sheet:
    inner = table.inner("table")
    columns: list[Column] = []
    for item in table.items("column"):
        columns.append(_column(item, causes, columns))
    return Sheet(inner.text("title"), inner.whole("rows", 1), tuple(columns))


def _column(table: Table, causes: Sequence[str], earlier: Sequence[Column]) -> Column:
    kind = table.among("kind", COLUMNS)
    by = table.among("by", [column.key for column in earlier]) if "by" in table else ""
    key, title = table.name("key"), table.text("title")
    if kind == "time":
        return Column(key, title, kind, by=by, between=_times(table))
    values = tuple(
        (item.name("key"), item.both(item.named("")))
        for item in table.items("value", optional=kind != "category")
    )
    inner = table.inner("shares" if kind == "category" else "range")
    spread = {
        signal: _spread(inner, signal, len(values) or 2)
        for signal in inner.values
        if signal in (NONE, *causes)
    }
    if NONE not in spread:
        raise inner.wrong(
            "table.missing",
            Words(N_("{key} is missing."), {"key": inner.named(NONE)}),
            Words(N_("Say how the rows look when they point nowhere.")),
        )
    return Column(key, title, kind, values, by, spread)


def _spread(table: Table, signal: str, count: int) -> Mapping[str, tuple[float, ...]]:
    if isinstance(table.values[signal], list):
        return {ANY: table.numbers(signal, count)}
    inner = table.inner(signal)
    found = {value: inner.numbers(value, count) for value in inner.values}
    if ANY not in found:
        raise inner.wrong(
            "table.missing",
            Words(N_("{key} is missing."), {"key": inner.named(ANY)}),
            Words(N_('Say what holds for all other values, under "*".')),
        )
    return found


def _times(table: Table) -> tuple[int, int]:
    value = table.values.get("between")
    try:
        low, high = (_minutes(one) for one in value)  # type: ignore[union-attr]
    except (TypeError, ValueError):
        raise table.kind("between", N_("a pair of times as 07:30")) from None
    table.finished("between")
    return low, high


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
