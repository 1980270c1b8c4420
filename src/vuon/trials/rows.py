"""The rows of a trial from a CSV, checked against its plan: what does not fit is refused by line.

Columns: `unit`, where the plan has them `period`, optionally `arm`, `on` (a day), `baseline`, and
one for each outcome. A share may stand as `3/10`, and `3/10+2` where two could not be asked.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from math import isfinite

from vuon.errors import N_, VuonError, Where, Words
from vuon.trials.plans import Cell
from vuon.trials.protocol import LESS, NEW, OLD, Outcome, Protocol

_SHARE = re.compile(r"(\d+)\s*/\s*(\d+)(?:\s*\+\s*(\d+))?\Z")
_YES = {"yes": 1.0, "có": 1.0, "x": 1.0, "no": 0.0, "không": 0.0}
_ARMS = {"new": NEW, "mới": NEW, "n": NEW, "old": OLD, "cũ": OLD, "o": OLD}
_KNOWN = ("unit", "period", "arm", "on", "baseline", "person")


@dataclass(frozen=True)
class Value:
    """What a row says of an outcome: the sum over `seen`, and how many are missing."""

    total: float
    seen: int
    lost: int = 0


@dataclass(frozen=True)
class Row:
    """One line: a unit, or somebody in it, in a period."""

    line: int
    cell: Cell
    arm: str
    on: date | None
    baseline: float | None
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Rows:
    """All lines of a file, and the hash of its text."""

    rows: tuple[Row, ...]
    sha256: str
    file: str = ""


def read(text: str, protocol: Protocol, name: str = "rows.csv") -> Rows:
    """The rows of a trial.

    Args:
        text: the CSV, with commas or semicolons.
        protocol: the plan that the rows belong to.

    Raises:
        VuonError: with file and line: `rows.columns`, `rows.unit`, `rows.period`, `rows.arm`,
            `rows.day`, `rows.number` for what is no number, `rows.bounds`, `rows.twice` for a
            unit and period that stands twice, `rows.empty`.

    >>> from vuon.trials.protocol import LotRule
    >>> plan = Protocol("x", outcomes=(Outcome("done"),), lot=LotRule("complete", ("a", "b"), 1))
    >>> read("unit,done\\na,3\\nb,4\\n", plan).rows[1].values["done"].total
    4.0
    """
    lines = text.splitlines() or [""]
    comma = ";" if lines[0].count(";") > lines[0].count(",") else ","
    table = csv.reader(StringIO(text), delimiter=comma)
    heads = [each.strip().lower() for each in next(table, [])]
    _columns(heads, protocol, name)
    found = []
    for cells in table:
        if any(cell.strip() for cell in cells):
            said = dict(zip(heads, [cell.strip() for cell in cells], strict=False))
            found.append(_Line(said, table.line_num, name, comma).row(protocol))
    if not found:
        raise _wrong("rows.empty", name, 0, N_("There are no rows."), N_("Fill in the sheet."))
    _once(found, protocol, name)
    return Rows(tuple(found), hashlib.sha256(text.encode()).hexdigest(), name)


def _wrong(code: str, name: str, line: int, what: str, do: str, **named: object) -> VuonError:
    return VuonError(code, Words(what, named), Words(do, named), where=Where(name, line))


def _columns(heads: list[str], protocol: Protocol, name: str) -> None:
    needed = ["unit", *(each.key for each in protocol.outcomes)]
    needed += ["period"] if protocol.lot.over_time else []
    missing = [each for each in needed if each not in heads]
    unknown = [each for each in heads if each not in needed and each not in _KNOWN]
    if missing or unknown:
        raise _wrong(
            "rows.columns",
            name,
            1,
            N_("The columns are not those of the plan: missing {missing}; not in it {unknown}."),
            N_("Name the columns {needed}; what the plan does not measure has no place here."),
            missing=", ".join(missing) or "–",
            unknown=", ".join(unknown) or "–",
            needed=", ".join(needed),
        )


@dataclass(frozen=True)
class _Line:
    said: Mapping[str, str]
    line: int
    name: str
    comma: str

    def wrong(self, code: str, what: str, do: str, **named: object) -> VuonError:
        return _wrong(code, self.name, self.line, what, do, **named)

    def row(self, protocol: Protocol) -> Row:
        unit = self.said.get("unit", "")
        if protocol.lot.units and unit not in protocol.lot.units:
            raise self.wrong(
                "rows.unit",
                N_("“{unit}” is none of the units of the sealed plan."),
                N_("Compare the list of units with the plan; nothing is read until then."),
                unit=unit,
            )
        return Row(
            self.line,
            (unit, self.period(protocol)),
            self.arm(),
            self.day(),
            self.number("baseline") if self.said.get("baseline") else None,
            {each.key: self.value(each) for each in protocol.outcomes},
        )

    def period(self, protocol: Protocol) -> int:
        said = self.said.get("period", "")
        if not said and not protocol.lot.over_time:
            return 0
        last = protocol.lot.periods or 10**6
        if not said.isdigit() or not 1 <= int(said) <= last:
            raise self.wrong(
                "rows.period",
                N_("“{said}” is no period of the plan, which has 1 to {last}."),
                N_("Correct the number."),
                said=said,
                last=last,
            )
        return int(said)

    def arm(self) -> str:
        said = self.said.get("arm", "").lower()
        if said and said not in _ARMS:
            raise self.wrong(
                "rows.arm",
                N_("“{said}” is neither new nor old."),
                N_("Write new or old."),
                said=said,
            )
        return _ARMS[said] if said else ""

    def day(self) -> date | None:
        said = self.said.get("on", "")
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            raise self.wrong(
                "rows.day", N_("“{said}” is no day."), N_("Write it as 2026-11-30."), said=said
            ) from None

    def number(self, key: str) -> float:
        said = self.said.get(key, "")
        try:
            found = float(said.replace(",", ".") if self.comma == ";" else said)
        except ValueError:
            found = float("nan")
        if not isfinite(found):
            raise self.wrong(
                "rows.number",
                N_("{key} is “{said}”, which is no number."),
                N_("Correct it, or leave it empty if nobody knows."),
                key=key,
                said=said,
            )
        return found

    def value(self, outcome: Outcome) -> Value:
        said = self.said.get(outcome.key, "")
        if not said:
            return Value(0.0, 0, 1)
        share = _SHARE.match(said)
        if share and outcome.kind == "yes_no" and int(share[1]) <= int(share[2]):
            return Value(float(share[1]), int(share[2]), int(share[3] or 0))
        yes_no = outcome.kind == "yes_no" and said.lower() in _YES
        found = _YES[said.lower()] if yes_no else self.number(outcome.key)
        low, high = _bounds(outcome)
        if not low <= found <= high:
            raise self.wrong(
                "rows.bounds",
                N_("{key} is {said}, outside what it can be: {low} to {high}."),
                N_("Correct the number; the bounds were sealed with the plan."),
                key=outcome.key,
                said=said,
                low=low,
                high=high,
            )
        return Value(found, 1)


def _bounds(outcome: Outcome) -> tuple[float, float]:
    known = outcome.bounds
    if known is not None:
        return (known[1], known[0]) if outcome.better == LESS else known
    low = 0.0 if outcome.kind == "count" else float("-inf")
    return (
        low if outcome.low is None else outcome.low,
        float("inf") if outcome.high is None else outcome.high,
    )


def _once(found: list[Row], protocol: Protocol, name: str) -> None:
    """A unit and period stands once, unless people within drawn units are measured."""
    if protocol.unit.in_groups:
        return
    seen: dict[Cell, int] = {}
    for row in found:
        if row.cell in seen:
            raise _wrong(
                "rows.twice",
                name,
                row.line,
                N_("{unit} stands on line {first} already."),
                N_("Leave one, or say in the plan that people in drawn groups are measured."),
                unit=row.cell[0] + (f", {row.cell[1]}" if row.cell[1] else ""),
                first=seen[row.cell],
            )
        seen[row.cell] = row.line
