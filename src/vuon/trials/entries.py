"""What is written down person by person while a trial runs: checked, counted, and put into rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from vuon.errors import N_, VuonError, Words
from vuon.trials import rows
from vuon.trials.monitor import Watch, watch
from vuon.trials.plans import Cell
from vuon.trials.protocol import Protocol, Rail
from vuon.trials.rows import Value


@dataclass(frozen=True)
class Entry:
    """One answer, or a line of a sheet that was brought: of whom, when, what, and which harms.

    Args:
        cell: the unit of the lot and its period; 0 where the lot has no periods.
        values: by outcome; what could not be asked is a `Value` with `lost`.
        harms: guardrails that this person touched, by key: 1 for harmed, or the number of a mean.
        arm: the way the person really had, where somebody said it.
    """

    cell: Cell
    values: Mapping[str, Value]
    harms: Mapping[str, float] = field(default_factory=dict)
    arm: str = ""
    on: date | None = None


def typed(
    protocol: Protocol, unit: str, period: int | None, said: Mapping[str, str], arm: str = ""
) -> Entry:
    """An entry from what somebody typed, checked as a row of the plan would be.

    Args:
        said: by outcome, as typed; empty where it could not be asked.

    Raises:
        VuonError: `rows.…`: a unit or period that the plan does not have, no number, out of bounds.

    >>> from vuon.trials.protocol import LotRule, Outcome
    >>> plan = Protocol("x", outcomes=(Outcome("done"),), lot=LotRule("complete", ("a", "b"), 1))
    >>> typed(plan, "a", None, {"done": "3"}).values["done"].total
    3.0
    """
    heads = ["unit", "period", "arm", *(each.key for each in protocol.outcomes)]
    cells = [unit, str(period or ""), arm]
    cells += [_point(said.get(each.key, "")) for each in protocol.outcomes]
    text = f"{','.join(heads)}\n{','.join(map(_quoted, cells))}\n"
    try:
        row = rows.read(text, protocol, "").rows[0]
    except VuonError as error:
        raise VuonError(error.code, error.what, error.do) from None  # a form has no lines
    return Entry(row.cell, row.values, arm=row.arm)


def _point(said: str) -> str:
    """A number as it is typed with a comma."""
    return said.strip().replace(",", ".")


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def once(entries: Iterable[Entry], new: Entry, protocol: Protocol) -> None:
    """Refuse a second number where the plan has one: shares and people in groups add up.

    Raises:
        VuonError: `entry.twice`.
    """
    if protocol.unit.in_groups:
        return
    single = [each.key for each in protocol.outcomes if each.kind != "yes_no"]
    single += [each.key for each in protocol.outcomes] if protocol.unit.level == "person" else []
    for each in entries:
        if each.cell == new.cell and any(
            each.values[key].seen and new.values[key].seen for key in single
        ):
            raise VuonError(
                "entry.twice",
                Words(N_("{unit} has an entry already."), {"unit": name_of(new.cell)}),
                Words(N_("Correct that one; both stay on record.")),
            )


def name_of(cell: Cell) -> str:
    """A unit and its period as people call it.

    >>> name_of(("A", 3)), name_of(("07", 0))
    ('A, 3', '07')
    """
    return f"{cell[0]}, {cell[1]}" if cell[1] else cell[0]


def as_rows(entries: Iterable[Entry], protocol: Protocol) -> str:
    """The rows of a trial as CSV, in the order of the lot, as `rows.read` takes them.

    Shares of one unit and period are put together; people within drawn groups stay apart.

    >>> from vuon.trials.protocol import LotRule, Outcome
    >>> plan = Protocol("x", outcomes=(Outcome("done", kind="yes_no"),),
    ...                 lot=LotRule("complete", ("a", "b"), 1))
    >>> yes, lost = Value(1, 1), Value(0, 0, 1)
    >>> print(as_rows([Entry(("a", 0), {"done": yes}), Entry(("a", 0), {"done": lost})], plan))
    unit,done
    a,1/1+1
    <BLANKLINE>
    """
    known = list(entries)
    over_time = protocol.lot.over_time or any(each.cell[1] for each in known)
    with_arm = any(each.arm for each in known)
    heads = ["unit", *(["period"] if over_time else []), *(["arm"] if with_arm else [])]
    lines = [",".join([*heads, *(each.key for each in protocol.outcomes)])]
    for group in _groups(known, protocol):
        unit, period = group[0].cell
        cells = [unit, *([str(period)] if over_time else [])]
        cells += [group[0].arm] if with_arm else []
        cells += [_said([each.values[o.key] for each in group], o.kind) for o in protocol.outcomes]
        lines.append(",".join(map(_plain, cells)))
    return "\n".join(lines) + "\n"


def _plain(cell: str) -> str:
    return _quoted(cell) if any(sign in cell for sign in ',"\n') else cell


def _groups(entries: Sequence[Entry], protocol: Protocol) -> list[list[Entry]]:
    order = {unit: at for at, unit in enumerate(protocol.lot.units)}
    ordered = sorted(entries, key=lambda e: (order.get(e.cell[0], len(order)), e.cell))
    if protocol.unit.in_groups:
        return [[each] for each in ordered]
    found: dict[tuple[Cell, str], list[Entry]] = defaultdict(list)
    for each in ordered:
        found[each.cell, each.arm].append(each)
    return list(found.values())


def _said(values: Sequence[Value], kind: str) -> str:
    total, seen, lost = (
        sum(each.total for each in values),
        sum(each.seen for each in values),
        sum(each.lost for each in values),
    )
    if kind == "yes_no" and seen + lost > 1:
        return f"{total:g}/{seen}" + (f"+{lost}" if lost else "")
    return f"{total:.12g}" if seen else ""


def watches(
    protocol: Protocol, entries: Iterable[Entry], counted: Mapping[str, int]
) -> tuple[Watch, ...]:
    """What every guardrail says of the entries so far, in the order in which they came.

    Args:
        counted: harms reported beside the entries, such as complaints, by guardrail that counts.

    >>> rail = Rail("fell", limit=0.05)
    >>> plan = Protocol("x", rails=(rail,))
    >>> watches(plan, [Entry(("a", 0), {}, {"fell": 1.0})] * 3, {})[0].speaks
    True
    """
    known = list(entries)
    return tuple(_watch(rail, known, counted.get(rail.key, 0)) for rail in protocol.rails)


def _watch(rail: Rail, entries: Sequence[Entry], counted: int) -> Watch:
    values = [each.harms[rail.key] for each in entries if rail.key in each.harms]
    if rail.method == "count":
        values += [1.0] * counted
    return watch(rail, values)
