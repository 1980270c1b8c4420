"""The plan of a trial as frozen values: who, where, what, how measured, by which lot, when stopped.

Its sections follow what Vietnamese law asks of the rules of a test; what a reading needs is added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any

from vuon.errors import N_
from vuon.toml.table import Text

UNSAID = Text()
PRIMARY, SECONDARY, EXPLORATORY = "primary", "secondary", "exploratory"
ROLES = (PRIMARY, SECONDARY, EXPLORATORY)
KINDS = ("number", "yes_no", "count", "ordinal")
MORE, LESS = "more", "less"
NEW, OLD = "new", "old"
NONE = "none"
#: Lots, and the reading that belongs to each.
LOTS = {
    "complete": N_("so many of all units, by lot"),
    "blocks": N_("so many in each block, by lot"),
    "pairs": N_("one of each pair, by lot"),
    "clusters": N_("whole groups, by lot"),
    "crossover": N_("both ways to and fro, in blocks by lot"),
    "order_of_start": N_("everybody starts, in an order by lot"),
    "multiple_baseline": N_("starts in windows, order and day by lot"),
    "switches": N_("one place, old and new in turn, switch times by lot"),
    NONE: N_("no lot"),
}
#: Lots whose units are a place in a period.
OVER_TIME = ("crossover", "order_of_start", "multiple_baseline", "switches")
METHODS = ("share", "mean", "count")
INSTEAD = ("guidance", "consultation", "simulation", "user_test")
#: What the law asks of the rules of a test, in its order.
SECTIONS = {
    "objectives": N_("objectives"),
    "participants": N_("who takes part"),
    "conditions": N_("conditions"),
    "authority": N_("competent authority"),
    "selection": N_("how participants are selected"),
    "procedures": N_("how it is permitted, adjusted, extended, suspended and ended"),
    "scope": N_("time, space and scope"),
    "control": N_("who controls, and how"),
}
#: What all planned readings together may cost in false alarms.
ALPHA = 0.05


@dataclass(frozen=True)
class Need:
    """Why a trial and nothing lighter: the question, and what was looked at instead."""

    question: Text = UNSAID
    instead: tuple[str, ...] = ()
    why: Text = UNSAID


@dataclass(frozen=True)
class Outcome:
    """What is measured.

    Args:
        key: a stable name, the column of the rows.
        role: primary (exactly one decides), secondary or exploratory.
        kind: a number, yes or no, a count, or a scale of steps.
        better: whether more or less of it is good.
        worthwhile: the gain from which it would be worth it, above 0, in the outcome's unit.
        low, high: what it can be at least and at most, where there are bounds.
        lag_days: how many days after the new way it is measured.
    """

    key: str
    name: Text = UNSAID
    role: str = PRIMARY
    kind: str = "number"
    unit: Text = UNSAID
    better: str = MORE
    worthwhile: float | None = None
    low: float | None = None
    high: float | None = None
    source: Text = UNSAID
    lag_days: int = 0

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The worst and the best that the outcome can be; None where it has no bounds."""
        low, high = (0.0, 1.0) if self.kind == "yes_no" else (self.low, self.high)
        if low is None or high is None:
            return None
        return (low, high) if self.better == MORE else (high, low)


@dataclass(frozen=True)
class Arm:
    """One of the two ways: what changes, and what those get afterwards who did not have it."""

    key: str
    name: Text = UNSAID
    changes: Text = UNSAID
    benefit_return: Text = UNSAID


@dataclass(frozen=True)
class Unit:
    """What is drawn, and what is measured: if people in drawn groups are, groups are read."""

    level: str = "person"
    measured: str = ""
    baseline: bool = False

    @property
    def in_groups(self) -> bool:
        """Whether what is measured lies within what is drawn."""
        return bool(self.measured) and self.measured != self.level


@dataclass(frozen=True)
class LotRule:
    """How the lot is drawn.

    Args:
        kind: one of `LOTS`.
        units: the pseudonyms, or slots of a list that fills as people arrive.
        treated: how many get the new way: of all, or in each block.
        blocks: the block of each unit.
        periods: how many periods each unit is measured.
        block: periods of a block, to and fro.
        phases, least: how many phases, and how many points each has at least.
        starts: in which periods each place may start.
        public_number, drawn_on, substitute: the number that nobody can know when sealing, the day
            of it, and what counts if it does not come.
    """

    kind: str = NONE
    units: tuple[str, ...] = ()
    treated: int = 0
    blocks: tuple[str, ...] = ()
    periods: int = 0
    block: int = 2
    phases: int = 4
    least: int = 4
    starts: tuple[tuple[int, ...], ...] = ()
    public_number: Text = UNSAID
    drawn_on: date | None = None
    substitute: Text = UNSAID

    @property
    def over_time(self) -> bool:
        """Whether a place in a period is what is drawn."""
        return self.kind in OVER_TIME


@dataclass(frozen=True)
class Look:
    """A planned reading before the end: after how many periods or units, at which part of .05."""

    after: int
    alpha: float


@dataclass(frozen=True)
class Rail:
    """A guardrail: a share of harmed people, a mean with bounds, or a count at which it stops."""

    key: str
    name: Text = UNSAID
    method: str = "share"
    limit: float = 0.0
    low: float | None = None
    high: float | None = None
    among: int = 0
    alarm: float = 20.0


@dataclass(frozen=True)
class Caps:
    """How far it may go: people, days, million đồng, area."""

    people: int = 0
    days: int = 0
    million_dong: float = 0.0
    area: Text = UNSAID


@dataclass(frozen=True)
class Care:
    """What protects people: notice, leaving, complaints, harm, and who is vulnerable."""

    notice_version: str = ""
    notice: Text = UNSAID
    leaving: Text = UNSAID
    complaints: Text = UNSAID
    harm_plan: Text = UNSAID
    pays: Text = UNSAID
    vulnerable: bool = False


@dataclass(frozen=True)
class Exemption:
    """A rule that is set aside: by whom, on which basis, from when to when, how far."""

    rule: Text
    authority: Text = UNSAID
    basis: Text = UNSAID
    begins: date | None = None
    ends: date | None = None
    scope: Text = UNSAID


@dataclass(frozen=True)
class Protocol:
    """The whole plan. Empty parts are gaps, which `gaps` names; a draft may have them."""

    key: str
    title: Text = UNSAID
    profile: str = "policy_pilot"
    owner: Text = UNSAID
    begins: date | None = None
    ends: date | None = None
    need: Need = field(default_factory=Need)
    sections: tuple[tuple[str, Text], ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    arms: tuple[Arm, ...] = ()
    unit: Unit = field(default_factory=Unit)
    lot: LotRule = field(default_factory=LotRule)
    looks: tuple[Look, ...] = ()
    rails: tuple[Rail, ...] = ()
    stops: tuple[Text, ...] = ()
    caps: Caps = field(default_factory=Caps)
    care: Care = field(default_factory=Care)
    exemptions: tuple[Exemption, ...] = ()
    exit_plan: Text = UNSAID
    ideas: tuple[str, ...] = ()

    @property
    def primary(self) -> Outcome | None:
        """The one outcome that decides; None while there is none."""
        return next((each for each in self.outcomes if each.role == PRIMARY), None)

    @property
    def days(self) -> int | None:
        """From the first to the last day, both counted; None while a date is missing."""
        if self.begins is None or self.ends is None:
            return None
        return (self.ends - self.begins).days + 1

    @property
    def last_alpha(self) -> float:
        """What the planned looks leave for the last reading."""
        return ALPHA - sum(look.alpha for look in self.looks)

    def section(self, key: str) -> Text:
        """A section of the law; empty while nobody wrote it."""
        return dict(self.sections).get(key, Text())


def plain(protocol: Protocol) -> dict[str, Any]:
    """The plan as it is sealed: texts, numbers, lists and tables.

    What says no more than its default is left out, so that a later Vuon, which knows more fields,
    still gives an old plan the hash it was sealed with. A default must therefore never change.

    >>> plain(Protocol("checklist"))["key"]
    'checklist'
    """
    found = _plain(protocol)
    assert isinstance(found, dict)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return {key: said for key, said in (("vi", value.vi), ("en", value.en)) if said}
    if is_dataclass(value):
        return {
            each.name: _plain(getattr(value, each.name))
            for each in fields(value)
            if getattr(value, each.name) != _default(each)
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _default(each: Field[Any]) -> Any:
    made = each.default_factory
    return each.default if made is MISSING else made()
