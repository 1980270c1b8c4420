"""The reading of a trial: by the sealed plan and by nothing else, or stamped exploratory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import inf, isfinite
from typing import TYPE_CHECKING

from vuon import canonical
from vuon.errors import N_, VuonError, Words
from vuon.trials import binary, gathering, several
from vuon.trials.exact import Reading, read
from vuon.trials.figures import Chance
from vuon.trials.plans import cells_of, fixed_of, foresee, space_of
from vuon.trials.protocol import EXPLORATORY, LESS, PRIMARY, SECONDARY, Outcome, Protocol, plain
from vuon.trials.verdict import Verdict, verdict

if TYPE_CHECKING:
    from vuon.trials.gathering import Cells
    from vuon.trials.randomise import Allocation, Lottery
    from vuon.trials.rows import Rows
    from vuon.trials.sealing import Sealed

AS_PLANNED = "as_planned"
#: From which share of rows with another way on, the drawn lot was not followed at all.
NOT_FOLLOWED = 0.2


@dataclass(frozen=True)
class OutcomeReading:
    """What may be said of one outcome.

    Args:
        outcome: as the plan has it.
        new, old: the means of the two ways over the units that were seen.
        units: how many units of the two ways were seen.
        people: how many measurements were made in them.
        reading: the exact reading; None where there is none, and `refused` says why.
        low, high: the interval of the difference, new less old, widened by what is missing;
            infinite where no result can rule out chance.
        missing: how many could not be asked.
        adjusted: p corrected for the other secondary outcomes; None for the primary one.
        fisher, boschloo: for yes and no, people drawn one by one; Boschloo assumes two binomials.
        verdict: of the primary outcome.
    """

    outcome: Outcome
    new: float
    old: float
    units: tuple[int, int] = (0, 0)
    people: tuple[int, int] = (0, 0)
    reading: Reading | None = None
    low: float = -inf
    high: float = inf
    missing: int = 0
    adjusted: float | None = None
    fisher: float | None = None
    boschloo: float | None = None
    verdict: Verdict | None = None
    refused: Words | None = None

    @property
    def p(self) -> float | None:
        """The p value of the lot; None without a reading."""
        if self.fisher is not None:
            return self.fisher
        return self.reading.p if self.reading else None


@dataclass(frozen=True)
class Analysis:
    """A whole reading: `reasons` say why it is exploratory, `notes` what was done to the rows."""

    label: str
    reasons: tuple[Words, ...]
    notes: tuple[Words, ...]
    outcomes: tuple[OutcomeReading, ...]
    alpha: float
    plan_sha256: str
    rows_sha256: str
    look: int | None = None

    @property
    def primary(self) -> OutcomeReading | None:
        """The outcome that decides."""
        return next((each for each in self.outcomes if each.outcome.role == PRIMARY), None)


def analyse(
    protocol: Protocol,
    rows: Rows,
    *,
    drawn: Allocation | None = None,
    sealed: Sealed | None = None,
    sealed_on: date | None = None,
    look: int | None = None,
) -> Analysis:
    """The reading of the rows of a trial whose ways were drawn by lot.

    Args:
        protocol: the plan by which to read.
        rows: what was measured.
        drawn: the lot as it fell; None takes the ways from the rows.
        sealed: the sealed plan; None where nothing was sealed.
        sealed_on: the day of sealing; rows from before make a reading exploratory.
        look: which of the planned looks, from 0; None for the last reading.

    Raises:
        VuonError: `trials.no_lot` for a plan without one (see `observe`), `trials.ways` if nobody
            says who got which way, `trials.not_drawn` if the plan's lot could not give it,
            `trials.primary` without an outcome that decides, and those of `exact`, `gathering`.
    """
    space = space_of(protocol.lot)
    if space is None:
        raise VuonError(
            "trials.no_lot",
            Words(N_("Nothing was drawn by lot, so there is no exact reading.")),
            Words(N_("Describe what was seen.")),
        )
    if protocol.primary is None or protocol.primary.worthwhile is None:
        raise VuonError(
            "trials.primary",
            Words(N_("No outcome decides, or no gain is named from which it would be worth it.")),
            Words(N_("Name one primary outcome with its worthwhile gain.")),
        )
    reasons = _exploratory(protocol, rows, drawn, sealed, sealed_on)
    mine = drawn or gathering.ways_of(rows, protocol)
    if mine is None:
        raise VuonError(
            "trials.ways",
            Words(N_("It is not said of every unit which way it got.")),
            Words(N_("Draw the lot of the sealed plan, or fill in the column arm.")),
        )
    if mine not in space:
        raise VuonError(
            "trials.not_drawn",
            Words(N_("This allocation could not have been drawn by the lot that was sealed.")),
            Words(
                N_("Compare the list of units with the sealed plan; nothing is read until then.")
            ),
        )
    reasons += _early(protocol, rows, look)
    alpha = protocol.last_alpha if look is None else protocol.looks[look].alpha
    made = _Readings(protocol, rows, mine, space, alpha, look)
    outcomes = made.all()
    return Analysis(
        EXPLORATORY if reasons else AS_PLANNED,
        tuple(reasons),
        (*made.notes(), *_at_look(outcomes, alpha, look)),
        outcomes,
        alpha,
        sealed.sha256 if sealed else canonical.digest(plain(protocol)),
        rows.sha256,
        look,
    )


def _exploratory(
    protocol: Protocol,
    rows: Rows,
    drawn: Allocation | None,
    sealed: Sealed | None,
    sealed_on: date | None,
) -> list[Words]:
    from vuon.trials.sealing import intact

    if sealed is None:
        return [Words(N_("The plan was not sealed before the rows came."))]
    found = []
    if not intact(sealed):
        found.append(Words(N_("The sealed plan was changed after it was sealed.")))
    if sealed.text != canonical.dumps(plain(protocol)):
        found.append(Words(N_("This is another plan than the one that was sealed.")))
    if drawn is None:
        found.append(Words(N_("The ways were taken from the rows, not from the public lot.")))
    elif len(drawn) == len(cells_of(protocol.lot)):
        ways = dict(zip(cells_of(protocol.lot), drawn, strict=True))
        if gathering.crossed(rows, ways) > NOT_FOLLOWED * len(rows.rows):
            found.append(Words(N_("The rows do not follow the lot that was drawn.")))
    early = [row for row in rows.rows if sealed_on and row.on and row.on < sealed_on]
    if early:
        found.append(Words(N_("{count} rows are older than the seal."), {"count": len(early)}))
    return found


def _early(protocol: Protocol, rows: Rows, look: int | None) -> list[Words]:
    """Whether a look comes before the number of periods, or units, after which it was planned."""
    if look is None:
        return []
    there = {row.cell for row in rows.rows}
    if protocol.lot.over_time:
        whole = {period for _, period in there}
        done = sum(all((unit, each) in there for unit in protocol.lot.units) for each in whole)
    else:
        done = len(there)
    planned = protocol.looks[look].after
    if done >= planned:
        return []
    words = N_("This look was planned after {planned}; only {done} are complete.")
    return [Words(words, {"planned": planned, "done": done})]


def _at_look(
    outcomes: tuple[OutcomeReading, ...], alpha: float, look: int | None
) -> tuple[Words, ...]:
    """Whether a planned look can stop the trial at all."""
    least = next((one.reading.smallest_p for one in outcomes
                  if one.outcome.role == PRIMARY and one.reading), None)  # fmt: skip
    if look is None or least is None or least <= alpha:
        return ()
    return (
        Words(
            N_("At this look p is {least} at best, above its share {alpha}: it cannot stop."),
            {"least": Chance.of(least), "alpha": Chance.of(alpha)},
        ),
    )


@dataclass(frozen=True)
class _Readings:
    protocol: Protocol
    rows: Rows
    drawn: Allocation
    space: Lottery
    alpha: float
    look: int | None
    units: list[int] | None = None

    def all(self) -> tuple[OutcomeReading, ...]:
        """Every outcome, the secondary ones corrected for each other."""
        gathered = gathering.gather(self.rows, self.protocol).values()
        found = [self._at_look(cells).one(cells) for cells in gathered]
        secondary = {
            each.outcome.key: each.p
            for each in found
            if each.outcome.role == SECONDARY and each.p is not None
        }
        corrected = several.holm({key: p for key, p in secondary.items() if p is not None})
        return tuple(replace(each, adjusted=corrected.get(each.outcome.key)) for each in found)

    def _at_look(self, cells: Cells) -> _Readings:
        """The same with the units of complete blocks alone; all of them at the end."""
        if self.look is None:
            return self
        space, units = several.so_far(self.space, [value.seen > 0 for value in cells.values])
        return replace(self, drawn=several.picked(self.drawn, units), space=space, units=units)

    def one(self, whole: Cells) -> OutcomeReading:
        """One outcome, once with what is missing as the worst and once as the best.

        The interval runs over both. Other fillings lie between their estimates, though an end of
        their interval may not: two fillings are a convention, and no bound over all of them.
        """
        outcome = whole.outcome
        cells = whole if self.units is None else whole.some(self.units)
        new, old = cells.mean(self.drawn, 1), cells.mean(self.drawn, 0)
        units, people = cells.counts(self.drawn)
        base = OutcomeReading(outcome, new, old, units, people, missing=cells.missing)
        try:
            worst, best = self._read(cells, best=False), self._read(cells, best=True)
        except VuonError as error:
            if error.code == "trials.constant":
                return self._judged(replace(base, refused=error.what))
            if outcome.role == PRIMARY or error.code != "trials.unbounded":
                raise
            return replace(base, refused=error.what)
        low, high = min(worst.low, best.low), max(worst.high, best.high)
        if worst.estimate * best.estimate < 0:
            low, high = -inf, inf
        wider = replace(worst, p=max(worst.p, best.p), low=low, high=high)
        middle = worst if not cells.missing else self._middle(cells, wider)
        found = replace(base, reading=middle, low=low, high=high)
        return self._judged(self._yes_no(found, cells))

    def _middle(self, cells: Cells, worst: Reading) -> Reading:
        """The estimate of those who were seen; interval and p are those of the worse filling."""
        estimate = cells.mean(self.drawn, 1) - cells.mean(self.drawn, 0)
        return replace(worst, estimate=estimate) if isfinite(estimate) else worst

    def _read(self, cells: Cells, *, best: bool) -> Reading:
        fixed = self._fixed()
        if fixed and self.units is not None:
            fixed = [fixed[unit] for unit in self.units]
        y = cells.filled(self.drawn, best=best)
        return read(y, self.drawn, self.space, fixed=fixed, alpha=self.alpha)

    def _fixed(self) -> list[list[float]] | None:
        fixed = fixed_of(self.protocol.lot)
        if not self.protocol.unit.baseline:
            return fixed
        before = gathering.baselines(self.rows, self.protocol)
        rows = fixed or [[] for _ in before]
        return [[*row, value] for row, value in zip(rows, before, strict=True)]

    def _yes_no(self, found: OutcomeReading, cells: Cells) -> OutcomeReading:
        """Yes and no of people drawn one by one: Fisher, Boschloo and their own interval."""
        plan = self.protocol
        alone = plan.lot.kind == "complete" and not plan.unit.in_groups and not plan.unit.baseline
        if found.outcome.kind != "yes_no" or not alone or self.look is not None:
            return found
        if any(value.seen + value.lost != 1 for value in cells.values):
            return found
        lows, highs, tables = [], [], []
        for best in (False, True):
            y = cells.filled(self.drawn, best=best)
            new = round(sum(v for v, z in zip(y, self.drawn, strict=True) if z))
            old = round(sum(v for v, z in zip(y, self.drawn, strict=True) if not z))
            tables.append((new, sum(self.drawn), old, len(y) - sum(self.drawn)))
            low, high = binary.interval(*tables[-1], alpha=self.alpha)
            lows.append(low)
            highs.append(high)
        return replace(
            found,
            low=min(lows),
            high=max(highs),
            fisher=max(binary.fisher(*table) for table in tables),
            boschloo=max(binary.boschloo(*table) for table in tables),
        )

    def _judged(self, found: OutcomeReading) -> OutcomeReading:
        outcome = found.outcome
        if outcome.role != PRIMARY or outcome.worthwhile is None:
            return found
        low, high = (found.low, found.high) if outcome.better != LESS else (-found.high, -found.low)
        return replace(found, verdict=verdict(low, high, outcome.worthwhile))

    def notes(self) -> list[Words]:
        """What was done with the rows, and what the lot can show at all."""
        plan, found = self.protocol, []
        if plan.unit.in_groups:
            found.append(
                Words(
                    N_("Groups were drawn and {count} rows measured: the {units} groups are read."),
                    {"count": len(self.rows.rows), "units": len(self.drawn)},
                )
            )
        ways = dict(zip(cells_of(plan.lot), self.drawn, strict=True))
        other = gathering.crossed(self.rows, ways)
        if other:
            found.append(
                Words(
                    N_("{count} rows went another way than the lot gave; they are read as drawn."),
                    {"count": other},
                )
            )
        if self.look is not None:
            return found
        foresight = foresee(plan)
        if not foresight.can_show or (foresight.smallest_p or 1) > self.alpha:
            found.append(foresight.words)
        return found
