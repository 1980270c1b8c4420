"""The decision guide: from what one has to a design, in words; the first row that fits wins.

Every row says what the design can show and what it cannot, before anybody starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from fractions import Fraction
from math import comb
from pathlib import Path

from vuon.errors import N_, VuonError, Words
from vuon.toml.table import Table
from vuon.trials.figures import Chance
from vuon.trials.protocol import LotRule

LEVELS = ("person", "group", "place")
#: As many units as an ordinary trial with covariates needs.
MANY = 60


@dataclass(frozen=True)
class Situation:
    """What one has.

    Args:
        units: how many units could get the new way: people, places, or groups of people.
        level: what a unit is.
        lot: whether chance may decide who gets the new way, or when.
        on_off: whether the new way can be switched on and off.
        fades: whether its effect is gone soon after it is switched off.
        order: whether all may start one after the other, in an order by lot.
        points: how many measurements, or blocks of days, each unit gives while it runs.
        before, after: how many before and after a single start.
        comparison: how many units that never change could be measured beside.
        people: how many people are measured in each group or place.
        cut_off: whether a number decides who gets it, such as an income.
        primary: whether one number decides, with a gain that would be worth it.
        ceiling: the share at which the outcome stands already; 0.95 leaves nothing to gain.
        leaks: whether the new way reaches those who are compared.
    """

    units: int = 1
    level: str = "person"
    lot: bool = False
    on_off: bool = False
    fades: bool = False
    order: bool = False
    points: int = 0
    before: int = 0
    after: int = 0
    comparison: int = 0
    people: int = 1
    cut_off: bool = False
    primary: bool = True
    ceiling: float | None = None
    leaks: bool = False


@dataclass(frozen=True)
class Advice:
    """A design for a situation.

    Args:
        design: its stable name.
        title, reading, can, cannot: in words.
        lot: the lot to write into the plan; None without one.
        smallest_p: the smallest p that any result could give.
        warnings: what keeps even this design from saying anything, or must be changed first.
        would_help: what would make more possible.
    """

    design: str
    title: Words
    reading: Words
    can: Words
    cannot: Words
    lot: LotRule | None = None
    smallest_p: Fraction | None = None
    warnings: tuple[Words, ...] = ()
    would_help: tuple[Words, ...] = ()

    @property
    def submittable(self) -> bool:
        """Whether a plan like this can be submitted at all."""
        return not self.warnings


@dataclass(frozen=True)
class _Row:
    design: str
    fits: Callable[[Situation], bool]
    title: str
    reading: str
    can: str
    cannot: str


#: In the order of the guide: the first that fits wins.
GUIDE = (
    _Row(
        "switches",
        lambda s: s.lot and s.units == 1 and s.on_off and s.fades and s.points >= 20,
        N_("One place, old and new in turn, switch times by lot"),
        N_("exact, over all switch times that could have been drawn"),
        N_("that it works here, from 1.5 to 2 standard deviations on"),
        N_("other places, what lasts"),
    ),
    _Row(
        "series",
        lambda s: s.units == 1 and s.before >= 20 and s.after >= 12,
        N_("A long series with places that did not change"),
        N_("interrupted series beside a synthetic control; observational"),
        N_("a jump"),
        N_("a slow or small change; less than one in {ways} by rank"),
    ),
    _Row(
        "describe",
        lambda s: s.units == 1,
        N_("One unit, before and after"),
        N_("describe; trace the process step by step"),
        N_("that it is feasible, and harm"),
        N_("a cause"),
    ),
    _Row(
        "multiple_baseline",
        lambda s: s.lot and 2 <= s.units <= 3 and s.points >= 8 and not (s.on_off and s.fades),
        N_("Two or three start in windows, order and day by lot"),
        N_("exact, over all orders and starts"),
        N_("a direction"),
        N_("how much"),
    ),
    _Row(
        "order_of_start",
        lambda s: s.lot and s.order and 4 <= s.units <= 9 and s.points >= 6,
        N_("All start, one after the other, in an order by lot"),
        N_("exact, places and weeks taken out"),
        N_("from 1 standard deviation on"),
        N_("less than .7 standard deviations, spill-over"),
    ),
    _Row(
        "crossover",
        lambda s: s.lot and s.on_off and s.fades and 2 <= s.units <= 9 and s.points >= 6,
        N_("Both ways to and fro, in blocks by lot"),
        N_("exact, over all ways the blocks could have fallen"),
        N_("half a standard deviation in three of four trials, with six by six blocks"),
        N_("what lasts"),
    ),
    _Row(
        "pairs",
        lambda s: s.lot and 4 <= s.units <= 9,
        N_("Pairs that are alike, or all by lot with a baseline"),
        N_("exact, over all lots"),
        N_("from 1.5 to 2 standard deviations on; with a strong baseline from 1 on"),
        N_("“no effect”"),
    ),
    _Row(
        "clusters",
        lambda s: s.lot and s.level == "group" and 4 <= s.units <= MANY,
        N_("Whole groups by lot"),
        N_("groups are read, not people; at least four for each way, better six"),
        N_("half a standard deviation among alike people, in one of five trials with four groups "
           "for each way, in three of five with six"),
        N_("more by more people in a group, which hardly helps"),
    ),
    _Row(
        "blocks",
        lambda s: s.lot and 10 <= s.units <= MANY,
        N_("People in blocks or pairs, by lot"),
        N_("exact, blocks and baseline taken out"),
        N_("from .7 to 1 standard deviation on"),
        N_("parts of the group"),
    ),
    _Row(
        "rct",
        lambda s: s.lot and s.units > MANY,
        N_("An ordinary trial by lot"),
        N_("covariates, planned looks; the lot is sampled"),
        N_("half a standard deviation, and less with more people"),
        N_("nothing more than others by lot"),
    ),
    _Row(
        "differences",
        lambda s: not s.lot and s.before >= 4 and s.comparison > 0,
        N_("How much more one group changed than another"),
        N_("differences in differences, placebo dates, a bound for trends; observational"),
        N_("a pattern that fits"),
        N_("a cause, if trends differ"),
    ),
    _Row(
        "cut_off",
        lambda s: s.cut_off,
        N_("A number decides who gets it"),
        N_("ask somebody who knows discontinuity designs"),
        N_("an effect near that number"),
        N_("anything far from it"),
    ),
)  # fmt: skip
_LAST = next(row for row in GUIDE if row.design == "describe")


def advise(situation: Situation) -> Advice:
    """The design for a situation.

    Raises:
        VuonError: `trial.situation` for less than one unit or another level.

    >>> advise(Situation(units=6, lot=True, on_off=True, fades=True, points=6)).design
    'crossover'
    """
    if situation.units < 1 or situation.level not in LEVELS:
        raise VuonError(
            "trial.situation",
            Words(N_("There are no units, or it is not known what they are.")),
            Words(N_("Say how many people, groups or places could get the new way.")),
        )
    row = next((each for each in GUIDE if each.fits(situation)), _LAST)
    lot = _lot(row.design, situation)
    least = _smallest(lot)
    named = {"ways": situation.comparison + 1}
    return Advice(
        row.design,
        Words(row.title),
        Words(row.reading),
        Words(row.can),
        Words(row.cannot, named),
        lot,
        least,
        _warnings(situation, lot, least),
        _would_help(row.design, situation, least),
    )


def can_and_cannot(lot: LotRule) -> tuple[Words, Words]:
    """What a plan with this lot can show, and what it cannot, in the words of the guide.

    >>> [str(each) for each in can_and_cannot(LotRule("crossover", ("A", "B"), periods=12))][1]
    'what lasts'
    """
    design = lot.kind
    if design == "none":
        design = "describe"
    elif design in ("complete", "blocks", "pairs"):
        count = len(lot.units)
        design = "pairs" if count < 10 else "blocks" if count <= MANY else "rct"
    row = next(each for each in GUIDE if each.design == design)
    return Words(row.can), Words(row.cannot)


def _names(count: int) -> tuple[str, ...]:
    return tuple(f"{n:0{len(str(count))}}" for n in range(1, count + 1))


def _lot(design: str, s: Situation) -> LotRule | None:
    """The lot that the design proposes; places and people become slots."""
    units = _names(s.units)
    if design == "switches":
        return LotRule("switches", units, periods=s.points, least=max(2, min(4, s.points // 5)))
    if design == "crossover":
        return LotRule("crossover", units, periods=s.points - s.points % 2)
    if design == "order_of_start":
        return LotRule("order_of_start", units, periods=s.points, starts=_starts(s))
    if design == "multiple_baseline":
        wide = (s.points - 4) // s.units
        windows = tuple(tuple(range(3 + at * wide, 3 + (at + 1) * wide)) for at in range(s.units))
        return LotRule("multiple_baseline", units, periods=s.points, starts=windows)
    if design == "pairs":
        paired = s.units >= 12 and s.units % 2 == 0
        return LotRule("pairs" if paired else "complete", units, 0 if paired else s.units // 2)
    if design in ("clusters", "blocks", "rct"):
        return LotRule("clusters" if design == "clusters" else "complete", units, s.units // 2)
    return None


def _starts(s: Situation) -> tuple[tuple[int, ...], ...]:
    """Starts spread evenly from the second period to the last but one, together where there are
    fewer periods than places."""
    room = max(1, s.points - 2)
    return tuple((2 + (at * room) // s.units,) for at in range(s.units))


def _smallest(lot: LotRule | None) -> Fraction | None:
    from vuon.trials.plans import smallest_p, space_of

    space = space_of(lot) if lot else None
    return smallest_p(lot, space) if lot and space else None


def _warnings(s: Situation, lot: LotRule | None, least: Fraction | None) -> tuple[Words, ...]:
    found = []
    if not s.primary:
        found.append(
            Words(N_("No number decides: name one outcome, and a gain that would be worth it."))
        )
    if s.leaks:
        found.append(
            Words(N_("The new way reaches those who are compared: there is no contrast to read."))
        )
    if s.ceiling is not None and not 0.1 <= s.ceiling <= 0.9:
        found.append(
            Words(N_("At {share}% already, few can still change: choose another outcome."),
                  {"share": round(100 * s.ceiling)})
        )  # fmt: skip
    if lot is not None and least is not None and least > Fraction(1, 20):
        found.append(
            Words(N_("No result can rule out chance: p is {p} at best."),
                  {"p": Chance.of(least)})
        )  # fmt: skip
    return tuple(found)


def _would_help(design: str, s: Situation, least: Fraction | None) -> tuple[Words, ...]:
    found = []
    if design in ("describe", "differences", "series") and not s.lot:
        found.append(Words(N_("Let a lot decide who begins, or when: even four places help.")))
    if least is not None and least > Fraction(1, 20):
        found.append(
            Words(N_("Add units: from {count} on, drawn all together, a result can decide."),
                  {"count": fewest()})
        )  # fmt: skip
    if design == "pairs" and not s.on_off:
        found.append(
            Words(N_("Measure everybody once before the lot: a baseline is the cheapest power."))
        )
    if design == "clusters" and s.people > 1:
        found.append(Words(N_("Rather more groups than more people in each.")))
    if s.level == "group" and s.people > 1:
        found.append(Words(N_("Groups are drawn: read their means, not single people.")))
    return tuple(found)


def fewest(alpha: Fraction = Fraction(1, 20)) -> int:
    """From how many units on a whole lot can decide at all.

    >>> fewest()
    7
    """
    count = 2
    while Fraction(2 if count % 2 == 0 else 1, comb(count, count // 2)) > alpha:
        count += 1
    return count


def read(source: Path | str, name: str = "situation.toml") -> Situation:
    """A situation from a file; what it does not say is as in `Situation`.

    Raises:
        VuonError: `toml.…`, `table.…` with file and line.

    >>> read('units = 6\\nlot = true').units
    6
    """
    table = Table.read(source, name)
    found: dict[str, object] = {}
    for each in fields(Situation):
        if each.name not in table:
            continue
        if each.name == "level":
            found["level"] = table.among("level", LEVELS)
        elif each.name == "ceiling":
            found["ceiling"] = table.share("ceiling")
        elif isinstance(each.default, bool):
            found[each.name] = table.flag(each.name)
        else:
            found[each.name] = table.whole(each.name)
    table.finish()
    return Situation(**found)  # type: ignore[arg-type]
