"""Who comes, when, with which papers, and what would count as better for them."""

from __future__ import annotations

from dataclasses import dataclass, field

from vuon.journeys.figures import Figure, For, Share, of_group
from vuon.journeys.staffing import WORKING_DAYS
from vuon.toml.table import Text

#: What a journey is judged by; times in minutes or calendar days, money in đồng.
METRICS = (
    "completion",
    "drop_off",
    "wait",
    "wait_p50",
    "wait_p90",
    "wait_over_tolerance",
    "days",
    "trips",
    "attempts",
    "citizen_cost",
    "cost_unfinished",
    "cost_per_completed",
    "state_minutes",
    "load",
)
#: Metrics of which more is better.
MORE_IS_BETTER = ("completion",)
PRIORITIES = 8


@dataclass(frozen=True)
class Group:
    """People who go the same way in the same manner.

    Args:
        key: stable name.
        share: of all who come; the shares of all groups sum to 1.
        attributes: pairs of name and value that conditions of edges look at.
        hour_value: what an hour is worth to them in đồng; None takes the country's value.
        travel_minutes, travel_money: of one trip, there and back.
        digital: how likely they manage an online step by themselves, from 0 to 1. It counts where
            an edge is marked `unaided`, and nowhere else.
        priority: class in the queue, 0 is served first, below `PRIORITIES`.
        tolerance_minutes: a desk wait above this is felt as too long; 0 where nobody asked.
        equity: whether the gap to this group is to be watched.
    """

    key: str
    share: Share
    name: Text = field(default_factory=Text)
    attributes: tuple[tuple[str, str], ...] = ()
    hour_value: float | None = None
    travel_minutes: float = 0
    travel_money: float = 0
    digital: float = 1
    priority: int = 1
    tolerance_minutes: float = 0
    equity: bool = False


@dataclass(frozen=True)
class Span:
    """Which part of an ordinary day's cases comes in a stretch of the day, evenly within it.

    The rate inside is `per_day * part / (end - start)` a minute. The parts of one weekday sum to
    1 on an ordinary day and to 1.3 on one with 30 % more people.

    Args:
        start, end: minutes from midnight.
        part: share of an ordinary day.
        days: 0 is Monday, 6 is Sunday.
        group: key of the one group it is about; "" for all that have no spans of their own.
    """

    start: int
    end: int
    part: float
    days: tuple[int, ...] = WORKING_DAYS
    group: str = ""


@dataclass(frozen=True)
class Backlog:
    """Cases that lie at a step when the run begins; `group` "" spreads them by the shares."""

    step: str
    count: int
    group: str = ""


@dataclass(frozen=True)
class Slots:
    """Appointments: `seats` people every `every` minutes; who has one may not come.

    Args:
        start, end: minutes from midnight; the first slot is at `start`, the last before `end`.
        every: minutes between slots.
        seats: people in each.
        no_show: the share who do not come.
        step: where they enter; "" is where all enter.
        days: 0 is Monday, 6 is Sunday.
        group: key of a group; "" spreads them by the shares.
    """

    start: int
    end: int
    every: int
    seats: int = 1
    no_show: Share = field(default_factory=lambda: Share(0.0))
    step: str = ""
    days: tuple[int, ...] = WORKING_DAYS
    group: str = ""


@dataclass(frozen=True)
class Arrivals:
    """How many come and when.

    Args:
        per_day: cases of all groups together on an ordinary opening day, without appointments.
        per_day_for: of single groups, in place of their share of `per_day`.
        spans: when in the day; none means evenly over the calendar's opening hours.
        before_opening: people who stand there when the first door of a day opens, besides
            `per_day`; their number is Poisson.
        enters: key of the step where they enter; "" is the first.
        backlog: cases that lie there from before.
        slots: appointments.
    """

    per_day: Figure
    per_day_for: For[Figure] = ()
    spans: tuple[Span, ...] = ()
    before_opening: float = 0
    enters: str = ""
    backlog: tuple[Backlog, ...] = ()
    slots: tuple[Slots, ...] = ()

    def spans_of(self, group: str) -> tuple[Span, ...]:
        """The spans of one group: its own, else those of all."""
        own = tuple(each for each in self.spans if each.group == group)
        return own or tuple(each for each in self.spans if not each.group)


@dataclass(frozen=True)
class Document:
    """A paper that some step asks for.

    Args:
        key: stable name.
        missing: the share who come without it at first.
        missing_for: of single groups.
        minutes, money: what getting it costs a citizen who lacks it.
        held_by: the office that has it already, if one has: then nobody need be asked for it.
    """

    key: str
    name: Text = field(default_factory=Text)
    missing: Share = field(default_factory=lambda: Share(0.0))
    missing_for: For[Share] = ()
    minutes: float = 0
    money: float = 0
    held_by: Text = field(default_factory=Text)

    def missing_of(self, group: str) -> Share:
        """The share of one group who come without it at first."""
        return of_group(self.missing_for, group, self.missing)


@dataclass(frozen=True)
class Rating:
    """How people felt about a step, as they said: observed, shown, never simulated.

    Args:
        step: key of the step.
        value: from -2, very bad, to 2, very good; the mean of `n` people.
        group: key of a group; "" is all.
        n: how many said so; 0 where nobody counted.
        evidence: references that the reader can open.
    """

    step: str
    value: float
    group: str = ""
    n: int = 0
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """What would count as better: a metric of a group ("" is all), the value aimed at, and the
    smallest difference that would be worth the trouble."""

    metric: str
    target: float | None = None
    group: str = ""
    smallest: float = 0
