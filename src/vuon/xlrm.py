"""X, L, R, M: what is uncertain, what can be done, the model, and what counts as good.

The one protocol between engines (journeys, systems) and whoever asks them many questions. A model
says what it does not know (X), what can be decided (L) and what it tells (outcomes); a measure (M)
says beforehand which outcome would be failing, and for whom. Ranges, not probabilities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from vuon.errors import N_, VuonError, Words
from vuon.toml.table import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.float64]
else:  # numpy is loaded by those who compute with columns
    Column = Any

LIGHTS = ("measured", "said", "assumed")
DIRECTIONS = ("more", "less")


@dataclass(frozen=True)
class Uncertainty:
    """X: something nobody knows.

    Args:
        name: stable key.
        low, high: the range; both 0 where there are `levels`.
        levels: the possible values where they are few.
        default: the best guess; the middle of the range, or the first level, if it is None.
        unit: as in `vuon.quantities`; "" for a share or a number.
        source: what the range comes from, for people.
        light: one of `LIGHTS`.

    Raises:
        ValueError: the range is in the wrong order or leaves out the default.
    """

    name: str
    low: float = 0.0
    high: float = 0.0
    levels: tuple[float, ...] = ()
    default: float | None = None
    unit: str = ""
    source: Text = field(default_factory=Text)
    light: str = "assumed"

    def __post_init__(self) -> None:
        if self.light not in LIGHTS:
            raise ValueError(f"{self.name}: light is one of {LIGHTS}")
        if not self.levels and not self.low <= self.high:
            raise ValueError(f"{self.name}: low is above high")
        if self.default is not None and not self.holds(self.default):
            raise ValueError(f"{self.name}: the default lies outside")

    def holds(self, value: float) -> bool:
        """Whether the value is possible."""
        return value in self.levels if self.levels else self.low <= value <= self.high

    @property
    def usual(self) -> float:
        """The best guess.

        >>> Uncertainty("arrivals", 100, 140).usual
        120.0
        """
        if self.default is not None:
            return self.default
        return self.levels[0] if self.levels else (self.low + self.high) / 2

    def at(self, u: float) -> float:
        """The value at `u` of the way from low to high, 0 <= u < 1; levels are equally wide.

        >>> Uncertainty("weather", levels=(1, 2, 5)).at(0.9)
        5
        """
        if self.levels:
            return self.levels[min(int(u * len(self.levels)), len(self.levels) - 1)]
        return self.low + u * (self.high - self.low)


@dataclass(frozen=True)
class Lever:
    """L: a number that somebody can decide; `default` is how it is now."""

    name: str
    low: float
    high: float
    default: float
    unit: str = ""
    text: Text = field(default_factory=Text)

    def __post_init__(self) -> None:
        if not self.low <= self.default <= self.high:
            raise ValueError(f"{self.name}: the default lies outside")


@dataclass(frozen=True)
class Outcome:
    """What a model tells: a name, its unit, and which way is better ("" if neither).

    Args:
        groups: keys of the groups for which it is told besides all together.
    """

    name: str
    unit: str = ""
    better: str = ""
    text: Text = field(default_factory=Text)
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """M: an outcome with the threshold that says beforehand what failing means.

    Args:
        name: stable key.
        outcome: name of an `Outcome`.
        threshold: the value that must be reached.
        direction: "more" if at least the threshold is good, "less" if at most.
        group: of which group of citizens; "" is everybody.
    """

    name: str
    outcome: str
    threshold: float
    direction: str
    group: str = ""

    def __post_init__(self) -> None:
        if self.direction not in DIRECTIONS:
            raise ValueError(f"{self.name}: direction is one of {DIRECTIONS}")

    def holds(self, value: float) -> bool:
        """Whether the value is good enough.

        >>> Measure("short", "wait", 15, "less").holds(12)
        True
        """
        return value >= self.threshold if self.direction == "more" else value <= self.threshold

    def regret(self, value: float, best: float) -> float:
        """How much worse the value is than the best that could be had, at least 0."""
        return max(0.0, best - value if self.direction == "more" else value - best)


@runtime_checkable
class Change(Protocol):
    """An edit of a model, addressed by a stable key; `vuon.ideas.model.Change` is one."""

    @property
    def target(self) -> str:
        """The key of what is changed."""
        ...

    @property
    def edit(self) -> str:
        """What kind of edit it is."""
        ...

    @property
    def values(self) -> Mapping[str, float]:
        """What engines need to know, by name."""
        ...


@dataclass(frozen=True)
class Policy:
    """L as a whole: values of levers and changes of the model. Without either it is "do nothing",
    against which every other one is compared."""

    name: str
    levers: Mapping[str, float] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    text: Text = field(default_factory=Text)

    @property
    def does_nothing(self) -> bool:
        """Whether everything stays as it is."""
        return not self.levers and not self.changes


@dataclass(frozen=True)
class Luck:
    """Which luck a run meets: keyed by these numbers alone, never by a policy."""

    seed: int
    scenario: int = 0
    replication: int = 0


#: Outcomes by name; a name with a group is `outcome:group`.
Result = Mapping[str, float]
#: One question: a policy, a value for each uncertainty (missing ones take their best guess), luck.
Question = tuple[Policy, Mapping[str, float], Luck]


@runtime_checkable
class Model(Protocol):
    """R: what relates decisions and what is unknown to outcomes."""

    @property
    def uncertainties(self) -> Sequence[Uncertainty]:
        """X, in a fixed order."""
        ...

    @property
    def levers(self) -> Sequence[Lever]:
        """Numbers that can be decided."""
        ...

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """What the model tells."""
        ...

    @property
    def hash(self) -> str:
        """The SHA-256 of everything that the results depend on."""
        ...

    def run(self, policy: Policy, uncertainties: Mapping[str, float], luck: Luck) -> Result:
        """The outcomes of one run."""
        ...

    def run_many(self, questions: Sequence[Question]) -> list[Result]:
        """The outcomes of many runs, in the order asked; the same as one by one."""
        ...


@dataclass(frozen=True)
class Lucks:
    """The luck of a column of runs: run k has `Luck(seed, first + k, replication)`."""

    seed: int
    first: int = 0
    replication: int = 0


@runtime_checkable
class ColumnModel(Model, Protocol):
    """A model that answers a whole column of questions about one policy in one go."""

    def run_columns(
        self, policy: Policy, values: Mapping[str, Column], lucks: Lucks, /
    ) -> Mapping[str, Column]:
        """The outcomes as columns, the same numbers as one by one; NaN where a run breaks."""
        ...


def one_by_one(model: Model, questions: Iterable[Question]) -> list[Result]:
    """What `run_many` means, for models that have nothing faster."""
    return [model.run(policy, values, luck) for policy, values, luck in questions]


def named(outcome: str, group: str = "") -> str:
    """The name of an outcome of a group in a `Result`.

    >>> named("wait", "elderly"), named("wait")
    ('wait:elderly', 'wait')
    """
    return f"{outcome}:{group}" if group else outcome


def filled(uncertainties: Iterable[Uncertainty], values: Mapping[str, float]) -> dict[str, float]:
    """A value for each uncertainty: the one given, else its best guess.

    Raises:
        VuonError: `xlrm.unknown` for a name that is none of them; `xlrm.outside` for a value that
            is not possible.

    >>> filled([Uncertainty("arrivals", 100, 140)], {})
    {'arrivals': 120.0}
    """
    known = {each.name: each for each in uncertainties}
    for name, value in values.items():
        if name not in known:
            raise VuonError(
                "xlrm.unknown",
                Words(
                    N_("{name} is not among what is uncertain: {known}."),
                    {"name": name, "known": ", ".join(known)},
                ),
                Words(N_("Correct its spelling or take it out.")),
            )
        if not known[name].holds(value):
            raise VuonError(
                "xlrm.outside",
                Words(
                    N_("{name} is {value}, outside what is thought possible."),
                    {"name": name, "value": value},
                ),
                Words(N_("Widen the range, or take another value.")),
            )
    return {name: values.get(name, each.usual) for name, each in known.items()}
