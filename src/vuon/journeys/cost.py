"""What a service costs: chi phí tuân thủ after TT 02/2017/TT-VPCP, the citizen's whole cost, those
who never finish, the state.

Costs here are averages from shares and mean times, as the official sheets reckon them; queues are
only in them where a simulation's waits are given. The formula and its constants are to be checked
by a lawyer before a page says "theo TT 02/2017".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum

from vuon.journeys.dists import mean
from vuon.journeys.model import Group, Journey, Step
from vuon.journeys.traffic import passes, solved, visits

#: The four components of the official form, in its order.
COMPONENTS = ("prepare", "submit", "work", "receive")


@dataclass(frozen=True)
class HourValue:
    """What an hour of a citizen is worth in đồng, and since when.

    Args:
        source: where the number is from; `to_verify` until somebody has looked it up again.
    """

    value: float
    since: date
    source: str
    to_verify: bool = True


def from_gdp(per_head: float, since: date, source: str) -> HourValue:
    """The official hour: GDP per head ÷ 12 months ÷ 22 days ÷ 8 hours.

    >>> round(from_gdp(101_900_000, date(2023, 12, 31), "GSO").value)
    48248
    """
    return HourValue(per_head / 12 / 22 / 8, since, source)


#: GDP per head of 2023; renew it each year.
HOUR = from_gdp(
    101_900_000, date(2023, 12, 31), "GDP per head 2023: 101.9 million đồng (GSO), TT 02/2017"
)
#: The lower bound: minimum wage an hour since 2024-07-01, regions I to IV (NĐ 74/2024).
MINIMUM_HOURS = tuple(
    HourValue(value, date(2024, 7, 1), f"minimum wage, region {region}, NĐ 74/2024")
    for region, value in (("I", 23_800), ("II", 21_200), ("III", 18_600), ("IV", 16_600))
)


@dataclass(frozen=True)
class Part:
    """One line of the sheet: c = minutes ÷ 60 × hour + money.

    Args:
        component: one of `COMPONENTS`.
        step: key of the step it comes from.
        what: "work", "travel", "papers", "wait" or "fees".
        minutes, money: of one citizen, each time the procedure is done.
        hour: value of an hour in đồng.
    """

    component: str
    step: str
    what: str
    minutes: float
    money: float
    hour: float

    @property
    def cost(self) -> float:
        """The line in đồng."""
        return self.minutes / 60 * self.hour + self.money


@dataclass(frozen=True)
class Sheet:
    """The compliance cost of one group, line by line.

    Args:
        group: key of the group.
        parts: every line; their sum is `once`.
        hour: the value of an hour that was used, with its date.
        times_a_year: how often one subject does the procedure in a year.
        subjects: how many do it in a year.
    """

    group: str
    parts: tuple[Part, ...]
    hour: HourValue
    times_a_year: float = 1
    subjects: float = 0

    @property
    def once(self) -> float:
        """C_once in đồng: the sum of all lines."""
        return fsum(part.cost for part in self.parts)

    @property
    def year(self) -> float:
        """C_year = C_once × times a year × subjects a year."""
        return self.once * self.times_a_year * self.subjects

    def of(self, component: str) -> float:
        """The cost of one component in đồng."""
        return fsum(part.cost for part in self.parts if part.component == component)


def saving(before: float, after: float) -> float:
    """The share saved, (before - after) ÷ before; 0 if nothing was spent before.

    >>> saving(200_000, 150_000)
    0.25
    """
    return (before - after) / before if before else 0.0


def components(journey: Journey) -> dict[str, str]:
    """Which component of the official form each step belongs to, by its place on the way.

    Before the first office: prepare. Up to the first back office or council: submit. Behind the
    last one: receive. In between: work and inspection.
    """
    kinds = [step.kind for step in journey.steps]
    office = next((n for n, kind in enumerate(kinds) if kind in ("desk", "travel")), len(kinds))
    inside = [n for n, kind in enumerate(kinds) if kind in ("backoffice", "batch")]
    found = {}
    for n, step in enumerate(journey.steps):
        if n < office and not (inside and n > inside[0]):
            found[step.key] = "prepare"
        elif not inside or n < inside[0]:
            found[step.key] = "submit"
        else:
            found[step.key] = "receive" if n > inside[-1] else "work"
    return found


def hour_of(group: Group, hour: HourValue = HOUR) -> float:
    """The value of an hour of a group: its own, else the country's."""
    return hour.value if group.hour_value is None else group.hour_value


def compliance(
    journey: Journey,
    group: Group,
    *,
    hour: HourValue = HOUR,
    rework: bool = False,
    waits: Mapping[str, float] | None = None,
    times_a_year: float = 1,
    subjects: float = 0,
) -> Sheet:
    """The compliance cost of one group, each part visible.

    Args:
        hour: the value of an hour where the group has none of its own.
        rework: count each step as often as it is really passed, with ways back and those who give
            up; without it each step once, as the official form does.
        waits: mean minutes of queueing at a visit of each step, from a simulation.
    """
    often = visits(journey, group) if rework else _once(journey, group)
    where = components(journey)
    value = hour_of(group, hour)
    parts = []
    for step in journey.steps:
        for what, minutes, money in _lines(journey, step, group, rework, waits or {}):
            if minutes or money:
                times = often[step.key]
                component = "prepare" if what == "papers" else where[step.key]
                parts.append(Part(component, step.key, what, times * minutes, times * money, value))
    return Sheet(group.key, tuple(parts), hour, times_a_year, subjects)


def _once(journey: Journey, group: Group) -> dict[str, float]:
    """How often the steps are passed if nobody goes back or gives up: 1, or a branch's share."""
    onward: dict[str, list[tuple[str, float]]] = {step.key: [] for step in journey.steps}
    back = {(edge.source, edge.target) for edge in journey.returns}
    for source, ways in passes(journey, group).items():
        ahead = [(t, p) for t, p in ways if (source, t) not in back]
        whole = fsum(p for _, p in ahead)
        if journey.step(source).kind == "fork":
            onward[source] = [(t, 1.0) for t, _ in ahead]
        elif whole:
            onward[source] = [(t, p / whole) for t, p in ahead]
    keys = journey.keys
    at = {key: n for n, key in enumerate(keys)}
    matrix = [[float(i == j) for j in range(len(keys))] for i in range(len(keys))]
    for source, ways in onward.items():
        for target, share in ways:
            into = sum(edge.target == target for edge in journey.way)
            join = max(1, into) if journey.step(target).kind == "join" else 1
            matrix[at[target]][at[source]] -= share / join
    start = [float(key == journey.enters) for key in keys]
    return dict(zip(keys, solved(matrix, start), strict=True))


def _lines(
    journey: Journey, step: Step, group: Group, rework: bool, waits: Mapping[str, float]
) -> list[tuple[str, float, float]]:
    """What one visit of a step costs a citizen: (what, minutes, money)."""
    service = step.service_of(group.key)
    # Only where the citizen is there: a back office or a wait at home costs days, not hours.
    own = mean(service) if service and step.kind in ("do", "desk", "travel", "decision") else 0.0
    if step.kind == "do" and own > LONGEST_DAY:
        own = 0.0
    found = [
        ("work", own + step.prepare_minutes, 0.0),
        ("wait", waits.get(step.key, 0.0), 0.0),
        ("fees", 0.0, step.fee + step.other_money),
    ]
    if step.new_visit:
        found.append(("travel", group.travel_minutes, group.travel_money))
    for key in step.documents:
        document = journey.document(key)
        # Officially everybody gets every paper; really those who lack it do.
        share = document.missing_of(group.key).value if rework else 1.0
        found.append(("papers", share * document.minutes, share * document.money))
    return found


#: A step "do" of more minutes than this is days that pass, not hours of work: getting a paper is
#: counted by the minutes of the document.
LONGEST_DAY = 480.0


def finishing(journey: Journey, group: Group) -> dict[str, float]:
    """From each step, the share of a group who come to the end; a fork counts as its first branch.

    >>> from vuon.journeys.file import read
    >>> from vuon.journeys.model import Share
    >>> way = read('''format = 1
    ... [[step]]
    ... key = "a"
    ... title = "A"
    ... gives_up = { value = 0.25 }
    ... [[step]]
    ... key = "b"
    ... title = "B"
    ... kind = "end"
    ... ''')
    >>> finishing(way, Group("all", Share(1)))
    {'a': 0.75, 'b': 1.0}
    """
    keys = journey.keys
    at = {key: n for n, key in enumerate(keys)}
    matrix = [[float(i == j) for j in range(len(keys))] for i in range(len(keys))]
    done = [0.0] * len(keys)
    for source, ways in passes(journey, group).items():
        step = journey.step(source)
        ways = ways[:1] if step.kind == "fork" else ways
        if not any(edge.source == source for edge in journey.way):
            gives = step.gives_up_of(group.key)
            up = 0.0 if step.kind == "end" or gives is None else gives.value
            done[at[source]] = 1 - up - fsum(p for _, p in ways)
        for target, share in ways:
            matrix[at[source]][at[target]] -= share
    return dict(zip(keys, solved(matrix, done), strict=True))


@dataclass(frozen=True)
class GroupCost:
    """The whole cost of a group on average, in đồng for each who enters.

    Args:
        cost: C = hour × (prepare + travel + wait + service + rework) + fees + travel money.
        unfinished: the part of it that those spend who never come to the end.
        completion: the share who do.
        state: desk minutes × what a desk costs.
    """

    group: str
    cost: float
    unfinished: float
    completion: float
    state: float

    @property
    def per_completed(self) -> float:
        """All that citizens and state spend, for each case that comes to its end."""
        return (self.cost + self.state) / self.completion if self.completion else float("inf")


def group_cost(
    journey: Journey,
    group: Group,
    *,
    hour: HourValue = HOUR,
    waits: Mapping[str, float] | None = None,
) -> GroupCost:
    """The whole cost of a group, with ways back and those who never finish."""
    sheet = compliance(journey, group, hour=hour, rework=True, waits=waits)
    ends = finishing(journey, group)
    spent: dict[str, float] = {}
    for part in sheet.parts:
        spent[part.step] = spent.get(part.step, 0.0) + part.cost
    lost = fsum(cost * (1 - ends[key]) for key, cost in spent.items())
    return GroupCost(group.key, sheet.once, lost, ends[journey.enters], state_cost(journey, group))


def state_cost(journey: Journey, group: Group) -> float:
    """What the desks cost the state for each of a group who enters; only steps with a resource."""
    often = visits(journey, group)
    found = []
    for step in journey.steps:
        service = step.service_of(group.key)
        if step.resource and service:
            rate = journey.resource(step.resource).cost_per_hour
            found.append(often[step.key] * mean(service) / 60 * rate)
    return fsum(found)
