"""What stands between the game and whatever computes its world.

The game asks a `World` five things: draw a truth, show what a move finds, say what an idea would
do under a team's beliefs, return the rows of a pilot, and run the year later. The first world is
arithmetic from a place's tables; engines can replace it part by part without touching the game.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from vuon.practice.material import Material
from vuon.practice.place import Place

NEW, OLD = "new", "old"
#: A change of goodwill: of the staff, of the leader.
Goodwill = tuple[float, float]
BEFORE_AFTER, SIDE_BY_SIDE, WEEKS_BY_LOT = "before_after", "side_by_side", "weeks_by_lot"
DESIGNS = (BEFORE_AFTER, SIDE_BY_SIDE, WEEKS_BY_LOT)


@dataclass(frozen=True)
class Outcome:
    """What people live through, on average.

    Args:
        first: share that finishes at the first visit, 0 to 1.
        completed: share that finishes at all, 0 to 1.
        visits: visits a file.
        wait_minutes: minutes in the queue at each visit.
        dong: what one file costs whoever needs it, in đồng.
    """

    first: float
    completed: float
    visits: float
    wait_minutes: float
    dong: float


def mean_of(weighted: Sequence[tuple[float, Outcome]]) -> Outcome:
    """The mean of outcomes, each with its weight."""
    whole = sum(share for share, _ in weighted)
    return Outcome(
        *(
            sum(share * getattr(each, name) for share, each in weighted) / whole
            for name in Outcome.__dataclass_fields__
        )
    )


@dataclass(frozen=True)
class Outcomes:
    """For all, and for each group."""

    total: Outcome
    groups: Mapping[str, Outcome]


@dataclass(frozen=True)
class Future:
    """What the seed lets come. Positions within a pilot are shares of its length, from 0 to 1."""

    demand: float
    rule_week: int | None
    sponsor_day: int | None
    shocks: Mapping[str, float]
    incident: str
    incident_at: float


@dataclass(frozen=True)
class Draw:
    """The hidden truth of one game and its future. Never shown before the year later."""

    seed: int
    cause: str
    second: str | None
    future: Future


@dataclass(frozen=True)
class PilotPlan:
    """What a team seals: which ideas, how compared, where, how long, and when to stop.

    Args:
        ideas: keys of the ideas that are tried together.
        design: `before_after`, `side_by_side` or `weeks_by_lot`.
        sites: keys of the points that take part.
        weeks: how many weeks.
        worthwhile: the gain, as a share of people, from which it would be worth it.
        guardrail: the share of people with a long wait above which it stops itself; None for none.
        promise: whether those of the old way were told, and promised the new one afterwards.
    """

    ideas: tuple[str, ...]
    design: str
    sites: tuple[str, ...]
    weeks: int
    worthwhile: float
    guardrail: float | None = None
    promise: bool = False


@dataclass(frozen=True)
class CentreWeek:
    """One point in one week: who was counted, who finished at the first visit, who could not be
    asked afterwards, who waited long. Weeks before the pilot have numbers below 1."""

    site: str
    week: int
    arm: str
    seen: int
    finished: int
    lost: int
    long_wait: int

    @property
    def share(self) -> float | None:
        """The share that finished among those who could be asked; None if nobody could."""
        known = self.seen - self.lost
        return self.finished / known if known else None


class World(Protocol):
    """Whatever computes a place."""

    @property
    def place(self) -> Place:
        """The place as people see it."""
        ...

    def draw(self, seed: int, *, blended: bool = False) -> Draw:
        """The truth and the future of a seed."""
        ...

    def another_future(self, draw: Draw, number: int) -> Future:
        """Another future that could have come, the same for every plan with this number."""
        ...

    def signal(
        self, draw: Draw, move: str, *, earlier: Sequence[str | None], feared: bool
    ) -> str | None:
        """The cause that a move points at, given what it pointed at before; None for nothing."""
        ...

    def likelihood(
        self,
        move: str,
        cause: str,
        signal: str | None,
        *,
        earlier: Sequence[str | None],
        feared: bool,
    ) -> float:
        """The chance of that signal if `cause` were true."""
        ...

    def show(self, draw: Draw, move: str, signal: str | None, occurrence: int) -> Material:
        """The material of a move."""
        ...

    def fears(self, staff: float) -> bool:
        """Whether staff with this goodwill write in fear."""
        ...

    def adherence(self, staff: float) -> float:
        """How well staff with this goodwill keep to what was agreed, 0 to 1."""
        ...

    def successor(self, *, kept: bool) -> float:
        """The goodwill of a new leader, with or without a signed page and a sealed plan."""
        ...

    def after_pilot(self, happened: Sequence[str], plan: PilotPlan, *, alarm: bool) -> Goodwill:
        """What the shocks of a pilot do to the goodwill of a team that was, or was not, ready."""
        ...

    def press(self, *, publish: bool, bad: bool) -> Goodwill:
        """What publishing the first number, or declining to, does to goodwill."""
        ...

    def happenings(self, draw: Draw, plan: PilotPlan) -> Mapping[str, tuple[int, str]]:
        """Shocks and the incident of a pilot: the week each comes, and at which point, if one."""
        ...

    def expect(
        self, beliefs: Mapping[str, float], ideas: Sequence[str], adherence: float
    ) -> Outcomes:
        """What would happen in an ordinary week if causes were true as often as believed."""
        ...

    def pilot(
        self, draw: Draw, plan: PilotPlan, arms: Mapping[tuple[str, int], str], adherence: float
    ) -> tuple[CentreWeek, ...]:
        """The rows of a pilot, with `arms[site, week]` as drawn."""
        ...

    def gain(self, draw: Draw, ideas: Sequence[str], adherence: float) -> float:
        """The true gain in first-visit finish, as a share, without shocks."""
        ...

    def year(
        self,
        draw: Draw,
        ideas: Sequence[str],
        adherence: float,
        *,
        late_weeks: int = 0,
        lapsing: Sequence[str] = (),
        future: Future | None = None,
    ) -> Outcomes:
        """Fifty-two weeks under the truth, in the drawn future or in `future`."""
        ...
