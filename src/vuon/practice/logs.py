"""What a clock at the counter can write down: how a source describes its tickets or stopwatch
sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vuon.errors import N_, Words
from vuon.journeys.model import DAYS
from vuon.toml.table import Table, Text

#: What a column can show of a visit.
SHOWS = ("number", "day", "arrived", "called", "done", "wait", "desk", "outcome")
DONE, AGAIN = "done", "back"
#: Columns that show words, and which.
WORDED = {"day": DAYS, "outcome": (DONE, AGAIN)}
NONE = "none"


@dataclass(frozen=True)
class LogColumn:
    """One column: what it shows of a visit, and its words where it shows words."""

    shows: str
    title: Text
    values: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True)
class Log:
    """How a week at the counter is written down.

    Args:
        title: of the table.
        rows: how many visits; of a whole week so many are drawn.
        day: 0 for Monday where only that day is watched, its first visits; None for the week.
        columns: what is written of each visit.
        face: under each signal (and "none") which part of the desk's minutes the citizen stands
            there, on calm days and on busy ones; the rest is work on the file.
    """

    title: Text
    rows: int
    day: int | None
    columns: tuple[LogColumn, ...]
    face: Mapping[str, tuple[float, float]]

    def face_of(self, signal: str | None) -> tuple[float, float]:
        """The parts under a signal."""
        return self.face.get(signal or NONE, self.face[NONE])


def read_log(table: Table, causes: Sequence[str]) -> Log:
    """The log of a source.

    Raises:
        VuonError: `table.…` with file and line.
    """
    face = table.inner("face")
    for name in face.values:
        if name not in (NONE, *causes):
            raise face.none_of(name, name, [NONE, *causes])
    if NONE not in face:
        raise face.wrong(
            "table.missing",
            Words(N_("{key} is missing."), {"key": face.named(NONE)}),
            Words(N_("Say how the rows look when they point nowhere.")),
        )
    shares = {}
    for name in face.values:
        calm, busy = face.numbers(name, 2)
        if not (0 < calm <= 1 and 0 < busy <= 1):
            raise face.kind(name, N_("a pair of shares above 0"))
        shares[name] = (calm, busy)
    return Log(
        title=table.text("title"),
        rows=table.whole("rows", 1),
        day=DAYS.index(table.among("day", DAYS)) if "day" in table else None,
        columns=tuple(_column(item) for item in table.items("column")),
        face=shares,
    )


def _column(table: Table) -> LogColumn:
    shows = table.among("shows", SHOWS)
    known = list(WORDED.get(shows, ()))
    values = tuple(
        (item.among("key", known), item.both(item.named("")))
        for item in table.items("value", optional=not known)
    )
    needed = list(WORDED["outcome"]) if shows == "outcome" else []
    missing = [each for each in needed if each not in dict(values)]
    if missing:
        raise table.none_of("value", missing[0], known)
    return LogColumn(shows, table.text("title"), values)
