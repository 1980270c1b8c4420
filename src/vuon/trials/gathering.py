"""From rows to one value for each unit of the lot, with what is missing filled two ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vuon.errors import N_, VuonError, Where, Words
from vuon.trials.plans import Cell, cells_of
from vuon.trials.protocol import NEW, OLD, Outcome, Protocol
from vuon.trials.randomise import Allocation
from vuon.trials.rows import Rows, Value


@dataclass(frozen=True)
class Cells:
    """What the rows say of one outcome, unit by unit in the order of the lot."""

    outcome: Outcome
    values: tuple[Value, ...]

    def some(self, units: Sequence[int]) -> Cells:
        """The same of some of the units."""
        return Cells(self.outcome, tuple(self.values[unit] for unit in units))

    @property
    def missing(self) -> int:
        """How many could not be asked."""
        return sum(value.lost for value in self.values)

    def filled(self, drawn: Sequence[int], *, best: bool) -> list[float]:
        """One value a unit; what is missing is taken as the best, or worst, for the new way.

        Raises:
            VuonError: `trials.unbounded` if something is missing and the plan names no bounds.
        """
        bounds = self.outcome.bounds
        if self.missing and bounds is None:
            raise VuonError(
                "trials.unbounded",
                Words(
                    N_("{count} values of {key} are missing, and the plan names no bounds for it."),
                    {"count": self.missing, "key": self.outcome.key},
                ),
                Words(N_("Find them. They cannot be filled with the worst and the best.")),
            )
        worst_is, best_is = bounds or (0.0, 0.0)
        found = []
        for value, z in zip(self.values, drawn, strict=True):
            fill = best_is if bool(z) == best else worst_is
            found.append((value.total + value.lost * fill) / (value.seen + value.lost))
        return found

    def mean(self, drawn: Sequence[int], z: int) -> float:
        """The mean over the units of one way that were seen; not a number if none was."""
        seen = [
            value.total / value.seen
            for value, each in zip(self.values, drawn, strict=True)
            if each == z and value.seen
        ]
        return sum(seen) / len(seen) if seen else float("nan")

    def counts(self, drawn: Sequence[int]) -> tuple[tuple[int, int], tuple[int, int]]:
        """How many units of the new and the old way were seen, and how many were measured there."""
        found = {1: [0, 0], 0: [0, 0]}
        for value, z in zip(self.values, drawn, strict=True):
            found[z][0] += value.seen > 0
            found[z][1] += value.seen
        return (found[1][0], found[0][0]), (found[1][1], found[0][1])


def gather(rows: Rows, protocol: Protocol) -> dict[str, Cells]:
    """Every outcome of the plan; a unit of which there is no row counts as missing.

    People within a drawn unit are put together, so that the unit is what is read.
    """
    order = cells_of(protocol.lot)
    found = {}
    for outcome in protocol.outcomes:
        sums: dict[Cell, list[Value]] = defaultdict(list)
        for row in rows.rows:
            sums[row.cell].append(row.values[outcome.key])
        found[outcome.key] = Cells(outcome, tuple(_together(sums.get(cell, [])) for cell in order))
    return found


def _together(values: list[Value]) -> Value:
    if not values:
        return Value(0.0, 0, 1)
    return Value(
        sum(value.total for value in values),
        sum(value.seen for value in values),
        sum(value.lost for value in values),
    )


def baselines(rows: Rows, protocol: Protocol) -> list[float]:
    """The mean baseline of each unit of the lot.

    Raises:
        VuonError: `trials.baseline` for a unit without one.
    """
    known: dict[Cell, list[float]] = defaultdict(list)
    for row in rows.rows:
        if row.baseline is not None:
            known[row.cell].append(row.baseline)
    order = cells_of(protocol.lot)
    missing = [cell[0] for cell in order if cell not in known]
    if missing:
        raise VuonError(
            "trials.baseline",
            Words(N_("The plan compares with a baseline, which {unit} lacks."),
                  {"unit": missing[0]}),
            Words(N_("Fill in the column baseline, measured before the lot.")),
            where=Where(rows.file),
        )  # fmt: skip
    return [sum(known[cell]) / len(known[cell]) for cell in order]


def ways_of(rows: Rows, protocol: Protocol) -> Allocation | None:
    """The ways as the rows say them; None if not every unit says one.

    Raises:
        VuonError: `trials.two_ways` if a unit says both.
    """
    said: dict[Cell, str] = {}
    for row in rows.rows:
        if row.arm and said.setdefault(row.cell, row.arm) != row.arm:
            raise VuonError(
                "trials.two_ways",
                Words(N_("{unit} stands with both ways."), {"unit": row.cell[0]}),
                Words(N_("Say which way the lot gave it; who crossed over is counted as drawn.")),
                where=Where(rows.file, row.line),
            )
    order = cells_of(protocol.lot)
    if any(cell not in said for cell in order):
        return None
    return tuple(int(said[cell] == NEW) for cell in order)


def crossed(rows: Rows, drawn: Mapping[Cell, int]) -> int:
    """How many rows say another way than the lot gave: they are read as drawn all the same."""
    return sum(
        1
        for row in rows.rows
        if row.arm and row.cell in drawn and row.arm != (NEW if drawn[row.cell] else OLD)
    )
