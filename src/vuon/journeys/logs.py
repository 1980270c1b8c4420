"""Event logs: what happened to each case, when, at which role's desk.

A CSV with the columns case, activity, start, end, role, group, outcome; one stamp is enough. A row
that cannot be right is set aside with its line, never dropped in silence.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from vuon.documents import rows
from vuon.errors import N_, VuonError, Where, Words

COLUMNS = ("case", "activity", "start", "end", "role", "group", "outcome")
NEEDED = ("case", "activity")
_SAVE_AGAIN = N_("Save the log again as CSV and open it again.")
#: What the last event of a case may say of its outcome; anything else is not known.
DONE = frozenset({"done", "completed", "finished", "xong", "đã trả"})
LEFT = frozenset({"left", "gave_up", "dropped", "withdrawn", "rejected", "bỏ dở", "trả lại"})


class Event(NamedTuple):
    """One thing that was done for one case; at least one of its times is there. Logs are long, so
    that this is a tuple."""

    case: str
    activity: str
    start: datetime | None = None
    end: datetime | None = None
    role: str = ""
    group: str = ""
    outcome: str = ""
    line: int = 0

    @property
    def first(self) -> datetime:
        """Its start, or its end where only that is there."""
        found = self.start or self.end
        assert found is not None
        return found

    @property
    def last(self) -> datetime:
        """Its end, or its start where only that is there."""
        found = self.end or self.start
        assert found is not None
        return found


@dataclass(frozen=True)
class Quarantined:
    """A row that was set aside: its line, its cells, and why."""

    line: int
    cells: tuple[str, ...]
    why: Words


@dataclass(frozen=True)
class Log:
    """What was read: every row is in `events` or in `quarantined`."""

    events: tuple[Event, ...]
    quarantined: tuple[Quarantined, ...] = ()

    @cached_property
    def cases(self) -> dict[str, tuple[Event, ...]]:
        """The events of each case in the order of time; at equal times in that of the file."""
        found: dict[str, list[Event]] = {}
        for event in self.events:
            found.setdefault(event.case, []).append(event)
        return {
            case: tuple(sorted(events, key=lambda e: (e.first, e.last, e.line)))
            for case, events in found.items()
        }

    def group(self, case: str) -> str:
        """The group of a case: what its first event that names one says."""
        return next((event.group for event in self.cases[case] if event.group), "")

    def outcome(self, case: str) -> str:
        """How a case ended: "done", "left", or "" where nobody wrote it."""
        said = {event.outcome.strip().lower() for event in self.cases[case]}
        return "done" if said & DONE else "left" if said & LEFT else ""


def read(text: str, name: str = "") -> Log:
    """The events of a CSV text; columns in any order, others are ignored.

    Args:
        text: the file; commas, semicolons or tabs between its cells, times in ISO form.
        name: how the file is called in errors.

    Raises:
        VuonError: `log.columns` if case, activity or both times are missing as columns;
            `log.syntax` if it is no CSV.

    >>> log = read("case,activity,start,end\\n"
    ...            "1,counter,2026-08-03T07:30,2026-08-03T07:42\\n"
    ...            "2,counter,2026-08-03T08:00,2026-08-03T07:00\\n")
    >>> len(log.events), [(each.line, each.why.say("en")) for each in log.quarantined]
    (1, [(3, 'The end is before the start.')])
    """
    records = rows.read(text, name, code="log.syntax", remedy=Words(_SAVE_AGAIN))
    _, header = next(records, (1, []))
    columns = [cell.strip().lower() for cell in header]
    missing = [column for column in NEEDED if column not in columns]
    if "start" not in columns and "end" not in columns:
        missing.append("start")
    if missing:
        raise VuonError(
            "log.columns",
            Words(N_("These columns are missing: {missing}."), {"missing": ", ".join(missing)}),
            Words(N_("The first line names them: {columns}."), {"columns": ", ".join(COLUMNS)}),
            where=Where(name, 1),
        )
    places = tuple(columns.index(c) if c in columns else -1 for c in COLUMNS)
    events: list[Event] = []
    aside: list[Quarantined] = []
    zoned: bool | None = None
    for line, cells in records:
        if not cells or (not cells[0] and not any(map(str.strip, cells))):
            continue
        found: Event | Words
        if len(cells) > len(columns):
            found = Words(N_("The row has more cells than the first line names."))
        else:
            width = len(cells)
            said = [cells[n].strip() if -1 < n < width else "" for n in places]
            found = _event(said, line)
        if isinstance(found, Event):
            here = found.first.tzinfo is not None
            zoned = here if zoned is None else zoned
            if here == zoned:
                events.append(found)
                continue
            found = Words(N_("Some times name a time zone and others do not."))
        aside.append(Quarantined(line, tuple(cells), found))
    return Log(tuple(events), tuple(aside))


def _event(said: list[str], line: int) -> Event | Words:
    """The event of a row, its cells in the order of `COLUMNS`; why not, if it cannot be right."""
    case, activity, first, last, role, group, outcome = said
    if not case or not activity:
        return Words(N_("The row names no {column}."), {"column": "activity" if case else "case"})
    try:
        start = datetime.fromisoformat(first) if first else None
        end = datetime.fromisoformat(last) if last else None
    except ValueError:
        wrong = last if _is_time(first) else first
        return Words(
            N_("“{value}” is no time; it is written 2026-11-30T07:45:10."), {"value": wrong}
        )
    if start is None and end is None:
        return Words(N_("The row has no time."))
    if start is not None and end is not None:
        if (start.tzinfo is None) != (end.tzinfo is None):
            return Words(N_("Some times name a time zone and others do not."))
        if end < start:
            return Words(N_("The end is before the start."))
    return Event(case, activity, start, end, role, group, outcome, line)


def _is_time(said: str) -> bool:
    try:
        return not said or bool(datetime.fromisoformat(said))
    except ValueError:
        return False


def directly_follows(log: Log) -> Counter[tuple[str, str]]:
    """How often one activity came right behind another; "" is before the first and behind the last.

    >>> log = Log((Event("1", "a", datetime(2026, 8, 3)), Event("1", "b", datetime(2026, 8, 4))))
    >>> directly_follows(log)[("a", "b")], directly_follows(log)[("b", "")]
    (1, 1)
    """
    found: Counter[tuple[str, str]] = Counter()
    for events in log.cases.values():
        way = ["", *(event.activity for event in events), ""]
        found.update(itertools.pairwise(way))
    return found


def variants(log: Log) -> Counter[tuple[str, ...]]:
    """How many cases went each way, as the sequence of activities."""
    return Counter(tuple(e.activity for e in events) for events in log.cases.values())
