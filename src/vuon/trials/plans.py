"""From a plan to its lot: every way it could fall, its units in order, what was fixed before."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from vuon.errors import N_, VuonError, Words
from vuon.trials import over_time, randomise
from vuon.trials.figures import Chance, Figure
from vuon.trials.protocol import LOTS, NONE, LotRule, Protocol
from vuon.trials.randomise import Allocation, Lottery

#: A unit's name with its period, 0 where it is measured once.
Cell = tuple[str, int]


def _wrong(what: str, do: str, **named: object) -> VuonError:
    return VuonError("trial.units", Words(what, named), Words(do))


def space_of(lot: LotRule) -> Lottery | None:
    """Every way in which the lot of a plan can fall; None without a lot.

    Raises:
        VuonError: `trial.units` and `trials.…` where units and lot do not fit.

    >>> space_of(LotRule("pairs", ("a", "b", "c", "d"))).size
    4
    """
    if lot.kind == NONE:
        return None
    count = len(lot.units)
    if not count:
        raise _wrong(N_("The lot has no units."), N_("Name the units, or say their count."))
    if lot.blocks and len(lot.blocks) != count:
        raise _wrong(
            N_("There are {count} units, but blocks for {blocks}."),
            N_("Name a block for each unit."),
            count=count,
            blocks=len(lot.blocks),
        )
    return _space(lot, count)


def _space(lot: LotRule, count: int) -> Lottery:
    if lot.kind in ("complete", "clusters"):
        return randomise.complete(count, lot.treated or count // 2)
    if lot.kind == "blocks":
        if not lot.blocks:
            raise _wrong(N_("It is not said which unit is in which block."),
                         N_("Name a block for each unit."))  # fmt: skip
        sizes = {lot.blocks.count(block) for block in lot.blocks}
        return randomise.blocked(lot.blocks, lot.treated or min(sizes) // 2)
    if lot.kind == "pairs":
        if count % 2:
            raise _wrong(N_("One unit has no partner."), N_("Find it one, or leave it out."))
        return randomise.pairs(count // 2)
    if lot.periods < 2:
        raise _wrong(N_("It is not said how many periods there are."), N_("Write periods = 12."))
    if lot.kind == "crossover":
        return over_time.crossover(count, lot.periods, lot.block)
    if lot.kind == "switches":
        if count != 1:
            raise _wrong(
                N_("Switch times are drawn for one place."),
                N_("With several places draw who starts when, or use blocks."),
            )
        return over_time.switches(lot.periods, lot.phases, lot.least)
    return over_time.Starts(count, lot.periods, lot.starts)


def cells_of(lot: LotRule) -> tuple[Cell, ...]:
    """The units of the lot in its order.

    >>> cells_of(LotRule("crossover", ("A",), periods=2))
    (('A', 1), ('A', 2))
    """
    if not lot.over_time:
        return tuple((name, 0) for name in lot.units)
    places = over_time.cells(len(lot.units), lot.periods)
    return tuple((lot.units[place], period) for place, period in places)


def strata_of(lot: LotRule) -> tuple[tuple[str, ...], ...]:
    """For each unit of the lot the names of what is taken out of its outcome: its block or pair,
    or its place and its period."""
    found: list[tuple[str, ...]] = []
    for at, (name, period) in enumerate(cells_of(lot)):
        if lot.kind == "blocks":
            found.append((lot.blocks[at],))
        elif lot.kind == "pairs":
            found.append((f"pair {at // 2}",))
        elif lot.kind == "crossover":
            found.append((f"{name}/{(period - 1) // lot.block}",))
        elif lot.kind in ("order_of_start", "multiple_baseline"):
            found.append((f"place {name}", f"period {period}"))
        else:
            found.append(())
    return tuple(found)


def fixed_of(lot: LotRule) -> list[list[float]] | None:
    """What was fixed before the lot, as rows of 0 and 1; None where nothing was."""
    strata = strata_of(lot)
    names = list(dict.fromkeys(name for row in strata for name in row))
    if not names:
        return None
    return [[float(name in row) for name in names] for row in strata]


@dataclass(frozen=True)
class Foresight:
    """What a plan can show at best, known before it starts.

    Args:
        units: what the comparison rests on.
        allocations: in how many ways the lot can fall; None without one.
        smallest_p: the smallest p that any result can give.
    """

    units: int
    allocations: int | None
    smallest_p: Fraction | None

    @property
    def can_show(self) -> bool:
        """Whether any result could rule out chance at 5%."""
        return self.smallest_p is not None and self.smallest_p <= Fraction(1, 20)

    @property
    def words(self) -> Words:
        """What this means, before anything starts."""
        if self.smallest_p is None:
            return Words(N_("Nothing is drawn by lot: the result can fit, and never decide."))
        named = {"ways": Figure.of(self.allocations or 0, 0), "p": Chance.of(self.smallest_p)}
        if self.can_show:
            return Words(
                N_("The lot can fall in {ways} ways; at best p is {p}."),
                named,
            )
        return Words(
            N_("With {ways} ways to fall (p is {p} at best) no result can rule out chance."),
            named,
        )


def foresee(protocol: Protocol) -> Foresight:
    """What a plan can show at best.

    >>> plan = Protocol("x", lot=LotRule("complete", ("a", "b", "c", "d", "e", "f"), 3))
    >>> foresee(plan).can_show, str(foresee(plan).smallest_p)
    (False, '1/10')
    """
    space = space_of(protocol.lot)
    if space is None:
        return Foresight(len(protocol.lot.units), None, None)
    return Foresight(space.units, space.size, smallest_p(protocol.lot, space))


def smallest_p(lot: LotRule, space: Lottery) -> Fraction:
    """The smallest p of the very reading: taking out places and periods can make two allocations
    the same, so it may be larger than the lot alone says."""
    if not lot.over_time or space.size > randomise.LISTED:
        return space.smallest_p()
    from vuon.trials.exact import compare

    first: Allocation = next(iter(space))
    return max(space.smallest_p(), compare(first, space, fixed_of(lot)).smallest_p)


def name_of(lot: LotRule) -> Words:
    """The lot in words."""
    return Words(LOTS[lot.kind])
