"""The stopwatch sheet: when people arrived, were called, were done or left.

Everybody seen is written down. Who was inside when the watching began or ended is counted as cut
off, not left out; a row that cannot be right is set aside with its line, never dropped in silence.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from vuon.documents import rows as csv_rows
from vuon.errors import N_, VuonError, Where, Words

TIMES = ("arrived", "called", "done", "left")
COLUMNS = ("sitting", "ticket", "group", *TIMES, "reason", "open_desks")
NEEDED = ("sitting", "ticket", "arrived", "called", "done")
LONGEST_HOURS = 12
#: Below so many people only their number is told.
FEW = 5
_SAVE_AGAIN = N_("Save the sheet again as CSV and open it again.")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*\Z")


@dataclass(frozen=True)
class Row:
    """One person in the queue; a time is None where nobody saw it.

    Args:
        sitting: one stretch of watching at one place.
        ticket: a number that names nobody, once in a sitting.
        group: what they came for.
        left: when they went away without being done: gave up, or were sent home.
        reason: why they left.
        open_desks: how many desks were open.
    """

    sitting: str
    ticket: str
    group: str = ""
    arrived: datetime | None = None
    called: datetime | None = None
    done: datetime | None = None
    left: datetime | None = None
    reason: str = ""
    open_desks: int | None = None

    @property
    def times(self) -> tuple[datetime, ...]:
        """The times that were seen, in the order in which they must follow."""
        found = (self.arrived, self.called, self.done, self.left)
        return tuple(each for each in found if each is not None)


@dataclass(frozen=True)
class Aside:
    """A row that was set aside: the line where it begins, its cells, and why."""

    line: int
    cells: tuple[str, ...]
    why: Words


@dataclass(frozen=True)
class Sheet:
    """What was read; every row of the file is either in `rows` or in `problems`."""

    rows: tuple[Row, ...]
    problems: tuple[Aside, ...] = ()


@dataclass(frozen=True)
class Figure:
    """Waiting ("wait") or service ("service") of one group in minutes; "" is everybody.

    Args:
        n: of how many people the whole time was seen.
        median, p90: of those; None below `FEW`. Where many are cut off both are too short,
            because it is the long times that are cut off.
        gave_up: how many left before it was over; None where fewer than `FEW` people are meant.
        censored: how many were still inside when the watching ended; None as well.
    """

    quantity: str
    group: str
    n: int
    median: float | None = None
    p90: float | None = None
    gave_up: int | None = None
    censored: int | None = None


@dataclass(frozen=True)
class Observed:
    """The values of one quantity of one group in one sitting, for making a distribution.

    Args:
        quantity: "wait", "service" or "patience" (how long those stayed who gave up).
        values: what was seen from beginning to end, in `unit`.
        censored: for those cut off, how long it lasted at least.
        n: the number of values, without those cut off.
    """

    quantity: str
    group: str
    unit: str
    values: tuple[float, ...]
    censored: tuple[float, ...]
    sitting: str
    source: str = "stopwatch"

    @property
    def n(self) -> int:
        """The number of values, without those cut off."""
        return len(self.values)


def read(text: str, name: str = "") -> Sheet:
    """The sheet in a CSV text: columns `COLUMNS` in any order, of which `NEEDED` must be there.

    Args:
        text: the file; commas, semicolons or tabs between its cells.
        name: how the file is called in errors.

    Raises:
        VuonError: `sheet.columns` if some are missing, `sheet.syntax` if it is no CSV.

    >>> sheet = read("sitting,ticket,arrived,called,done\\n"
    ...              "s1,1,2026-08-03T07:30,2026-08-03T07:50,2026-08-03T07:58\\n"
    ...              "s1,2,2026-08-03T08:30,2026-08-03T07:59,\\n")
    >>> len(sheet.rows), [(each.line, each.why.say("en")) for each in sheet.problems]
    (1, [(3, 'The times stand in the wrong order.')])
    """
    records = csv_rows.read(text, name, code="sheet.syntax", remedy=Words(_SAVE_AGAIN))
    _, header = next(records, (1, []))
    columns = [cell.strip().lower() for cell in header]
    if missing := [column for column in NEEDED if column not in columns]:
        raise _lacking(missing, name)
    rows: list[Row] = []
    aside: list[Aside] = []
    known: set[tuple[str, str]] = set()
    for line, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        found = _row(dict(zip(columns, map(csv_rows.plain, cells), strict=False)), known, rows[:1])
        if len(cells) > len(columns):
            found = Words(N_("The row has more cells than the first line names."))
        if isinstance(found, Row):
            known.add((found.sitting, found.ticket))
            rows.append(found)
        else:
            aside.append(Aside(line, tuple(cells), found))
    return Sheet(tuple(rows), tuple(aside))


def _lacking(missing: list[str], name: str) -> VuonError:
    return VuonError(
        "sheet.columns",
        Words(N_("These columns are missing: {missing}."), {"missing": ", ".join(missing)}),
        Words(N_("The first line names them: {columns}."), {"columns": ", ".join(COLUMNS)}),
        where=Where(name, 1),
    )


def _row(cells: dict[str, str], known: set[tuple[str, str]], first: Sequence[Row]) -> Row | Words:
    said = {column: cells.get(column, "") for column in COLUMNS}
    times: dict[str, datetime | None] = {}
    for column in TIMES:
        time = _time(said[column])
        if time is None and said[column]:
            return Words(
                N_("“{value}” is no time; it is written 2026-11-30T07:45:10."),
                {"value": said[column]},
            )
        times[column] = time
    desks = said["open_desks"]
    if desks and not (desks.isascii() and desks.isdigit()):
        return Words(N_("“{value}” is no number of open desks."), {"value": desks})
    row = Row(
        said["sitting"],
        said["ticket"],
        said["group"],
        **times,
        reason=said["reason"],
        open_desks=int(desks) if desks else None,
    )
    if (row.sitting, row.ticket) in known:
        return Words(N_("The ticket {ticket} stands twice in its sitting."), {"ticket": row.ticket})
    return _wrong(row, first) or row


def _time(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said) if _TIME.match(said) else None
    except ValueError:
        return None


def _wrong(row: Row, first: Sequence[Row]) -> Words | None:
    """Why a row cannot be right; None if it can."""
    times = row.times
    if not times:
        return Words(N_("The row has no time."))
    zoned = {each.tzinfo is not None for each in (*times, *(first[0].times if first else ()))}
    if len(zoned) > 1:
        return Words(N_("Some times name a time zone and others do not."))
    if list(times) != sorted(times):
        return Words(N_("The times stand in the wrong order."))
    if (times[-1] - times[0]).total_seconds() > LONGEST_HOURS * 3600:
        return Words(N_("More than {hours} hours lie between its times."), {"hours": LONGEST_HOURS})
    return None


def write(rows: Iterable[Row]) -> str:
    """The rows as CSV; cells that a spreadsheet would run are guarded, and `read` frees them.

    >>> write([Row("s1", "1", "=1+1")]).splitlines()[1]
    "s1,1,'=1+1,,,,,,"
    """
    told = ([_cell(getattr(row, column)) for column in COLUMNS] for row in rows)
    return csv_rows.write([COLUMNS, *told])


def _cell(value: str | int | datetime | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _minutes(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 60


@dataclass(frozen=True)
class _Spell:
    """One stretch of waiting or service: how long, and how it ended."""

    quantity: str
    minutes: float
    ending: str  # "seen", "left" or "cut"


def _spells(row: Row, end: datetime) -> Iterator[_Spell]:
    """The stretches of a row; `end` is the last time seen in its sitting."""
    for quantity, start, stop in (
        ("wait", row.arrived, row.called),
        # Who is done without having been seen called had neither a wait nor a service measured.
        ("service", row.called, row.done),
    ):
        if start is None or (quantity == "wait" and stop is None and row.done is not None):
            continue
        if stop is not None:
            yield _Spell(quantity, _minutes(start, stop), "seen")
        elif row.left is not None:
            yield _Spell(quantity, _minutes(start, row.left), "left")
        else:
            yield _Spell(quantity, _minutes(start, end), "cut")


def _ends(rows: Iterable[Row]) -> dict[str, datetime]:
    """When each sitting ended: the last time that was seen in it."""
    ends: dict[str, datetime] = {}
    for row in rows:
        last = row.times[-1] if row.times else None
        if last is not None:
            ends[row.sitting] = max(last, ends.get(row.sitting, last))
    return ends


def summary(sheet: Sheet) -> tuple[Figure, ...]:
    """Waiting and service in minutes, of everybody and of each group; below five only how many.

    wait = called − arrived; service = done − called.
    """
    ends = _ends(sheet.rows)
    found: dict[tuple[str, str], list[_Spell]] = {}
    for row in sheet.rows:
        for spell in _spells(row, ends[row.sitting]) if row.times else ():
            for group in dict.fromkeys(("", row.group)):
                found.setdefault((group, spell.quantity), []).append(spell)
    groups = sorted({group for group, _ in found})
    return tuple(
        _figure(quantity, group, found[group, quantity])
        for group in groups
        for quantity in ("wait", "service")
        if (group, quantity) in found
    )


def _figure(quantity: str, group: str, spells: list[_Spell]) -> Figure:
    seen = [spell.minutes for spell in spells if spell.ending == "seen"]
    if len(spells) < FEW:
        return Figure(quantity, group, len(seen))
    median = p90 = None
    if len(seen) >= FEW:
        median = statistics.median(seen)
        p90 = statistics.quantiles(seen, n=10, method="inclusive")[8]
    endings = [spell.ending for spell in spells]
    return Figure(
        quantity, group, len(seen), median, p90, endings.count("left"), endings.count("cut")
    )


def observations(sheet: Sheet) -> tuple[Observed, ...]:
    """The rows for distributions: one for each sitting, group and quantity that was seen.

    Who gave up cuts off the wait; who was called cuts off the patience of those who stayed.
    """
    ends = _ends(sheet.rows)
    found: dict[tuple[str, str, str], tuple[list[float], list[float]]] = {}
    for row in sheet.rows:
        for spell in _spells(row, ends[row.sitting]) if row.times else ():
            _keep(found, row, spell.quantity, spell.minutes, whole=spell.ending == "seen")
            if spell.quantity == "wait":
                _keep(found, row, "patience", spell.minutes, whole=spell.ending == "left")
    return tuple(
        Observed(quantity, group, "minutes", tuple(values), tuple(cut), sitting)
        for (sitting, group, quantity), (values, cut) in sorted(found.items())
    )


def _keep(
    found: dict[tuple[str, str, str], tuple[list[float], list[float]]],
    row: Row,
    quantity: str,
    minutes: float,
    *,
    whole: bool,
) -> None:
    values, cut = found.setdefault((row.sitting, row.group, quantity), ([], []))
    (values if whole else cut).append(minutes)
