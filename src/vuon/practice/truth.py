"""What is true in a practice place: hazards, signals, effects, and constants of its arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vuon.errors import N_, Words
from vuon.practice.counter import Counter, read_counter
from vuon.practice.place import Place
from vuon.toml.table import Table

FILE = "truth.toml"
Shares = Mapping[str, float]


@dataclass(frozen=True)
class Effect:
    """What an idea does: its share of each cause's hazard, hours at the counter a week, points
    for single groups, and whether it stands still without power."""

    causes: Shares
    counter_hours: float
    groups: Shares
    electric: bool


@dataclass(frozen=True)
class Week:
    """An ordinary week: files, trust in the online way, hours at the counter."""

    files: float
    trust: float
    online_base: float
    online_slope: float
    online_saves: float
    trust_weeks: float
    counter_hours: float
    minutes_a_visit: float


@dataclass(frozen=True)
class Queue:
    """Minutes of waiting as a function of the load."""

    at_load: float
    minutes: float
    ceiling: float


@dataclass(frozen=True)
class Cost:
    """What one file costs whoever needs it: minutes and đồng."""

    travel_minutes: float
    form_minutes: float
    dong_an_hour: float
    dong_a_trip: float
    dong_copies: float


@dataclass(frozen=True)
class Piloting:
    """What a pilot is like: people a week and point, spread between weeks, who is lost."""

    people: tuple[int, int]
    spread: float
    lost: float
    long_wait_minutes: float
    long_wait_scale: float
    incident_lost: float
    incident_mixed: float
    incident_holiday: float


@dataclass(frozen=True)
class Truth:
    """All that the world of a place is computed from. `signals[move][truth]` holds the chance of
    pointing at each cause; what is left of 1 is "nothing clear". `counter` is None for a place
    whose journey does not run."""

    main: float
    other: float
    second: float
    comes_again: float
    group_factor: Shares
    repeats: float
    fear_below: float
    signals: Mapping[str, Mapping[str, Shares]]
    feared: Mapping[str, Shares]
    effects: Mapping[str, Effect]
    adherence: tuple[tuple[float, float], ...]
    week: Week
    queue: Queue
    cost: Cost
    pilot: Piloting
    demand: tuple[float, float]
    rule_in_year: float
    lapse_week: int
    shocks: Mapping[str, Shares]
    counter: Counter | None = None

    def signal(self, move: str, cause: str, *, feared: bool = False) -> Shares:
        """The chance of pointing at each cause when `cause` is true; empty for a silent move."""
        if feared and move in self.feared:
            return self.feared[move]
        return self.signals.get(move, {}).get(cause, {})


def read_truth(folder: Path, place: Place) -> Truth:
    """The truth of the place that `folder` holds.

    Raises:
        VuonError: as `vuon.practice.read`, and `truth.…` where it does not fit the place.
    """
    table = Table.read(folder / FILE, f"{folder.name}/{FILE}")
    if table.whole("format") != 1:
        raise table.wrong(
            "place.format",
            Words(N_("This place is written in a format that is not known here.")),
            Words(N_("Install a newer Vuon, or write format = {known}."), {"known": 1}),
            "format",
        )
    causes = [cause.key for cause in place.causes]
    hazard, evidence = table.inner("hazard"), table.inner("evidence")
    future = table.inner("future")
    truth = Truth(
        main=hazard.share("main"),
        other=hazard.share("other"),
        second=hazard.share("second"),
        comes_again=table.inner("journey").share("comes_again"),
        group_factor=_group_factor(table.inner("group_factor"), place),
        repeats=evidence.share("repeats"),
        fear_below=evidence.number("fear_below", 0, 10),
        signals=_signals(table.inner("signals"), place, causes),
        feared={
            move: _shares(inner, causes)
            for move, inner in table.inner("feared", optional=True).tables()
        },
        effects=_effects(table.inner("effect"), place, causes),
        adherence=tuple(
            sorted(
                (
                    (item.number("at", 0, 10), item.share("share"))
                    for item in table.items("adherence")
                ),
                reverse=True,
            )
        ),
        week=Week(*(_numbers(table.inner("week"), Week))),
        queue=Queue(*(_numbers(table.inner("queue"), Queue))),
        cost=Cost(*(_numbers(table.inner("cost"), Cost))),
        pilot=_pilot(table.inner("pilot")),
        demand=_pair(future, "demand"),
        rule_in_year=future.share("rule_in_year"),
        lapse_week=future.whole("lapse_week"),
        shocks={
            key: {name: inner.number(name) for name in inner.values}
            for key, inner in _known(table.inner("shock"), [shock.key for shock in place.shocks])
        },
        counter=read_counter(table, place),
    )
    table.finish()
    return truth


def _numbers(table: Table, kind: type[Week] | type[Queue] | type[Cost]) -> list[float]:
    return [table.number(name, 0) for name in kind.__dataclass_fields__]


def _pair(table: Table, key: str) -> tuple[float, float]:
    low, high = table.numbers(key, 2)
    if low > high:
        raise table.kind(key, N_("a pair of a smaller and a larger number"))
    return low, high


def _pilot(table: Table) -> Piloting:
    low, high = _pair(table, "people")
    names = [name for name in Piloting.__dataclass_fields__ if name != "people"]
    return Piloting((int(low), int(high)), *(table.number(name, 0) for name in names))


def _known(table: Table, known: list[str]) -> list[tuple[str, Table]]:
    """The inner tables; every one of `known` must be there and no other."""
    for name in table.values:
        if name not in known:
            raise table.none_of(name, name, known)
    return [(name, table.inner(name)) for name in known]


def _shares(table: Table, known: list[str]) -> Shares:
    found = {name: table.share(name) for name in table.values if name in known}
    if sum(found.values()) > 1 + 1e-9:
        raise table.wrong(
            "place.whole",
            Words(N_("The chances of {key} add to more than 1."), {"key": table.named("")}),
            Words(N_("What is left of 1 is the chance of nothing clear: make them smaller.")),
        )
    return found


def _signals(table: Table, place: Place, causes: list[str]) -> Mapping[str, Mapping[str, Shares]]:
    found = {}
    for move in table.values:
        if move not in {each.key for each in place.moves}:
            raise table.wrong(
                "table.name",
                Words(N_("{move} is no move of this place."), {"move": move}),
                Words(N_("Correct its spelling or take it out.")),
                move,
            )
        found[move] = {
            cause: _shares(inner, causes) for cause, inner in _known(table.inner(move), causes)
        }
    return found


def _effects(table: Table, place: Place, causes: list[str]) -> Mapping[str, Effect]:
    groups = [group.key for group in place.groups]
    return {
        key: Effect(
            causes={name: inner.share(name) for name in causes if name in inner},
            counter_hours=inner.number("counter_hours", -100, 100, default=0),
            groups={
                name: points.number(name, -1, 1)
                for points in [inner.inner("group", optional=True)]
                for name in points.values
                if name in groups
            },
            electric=inner.flag("electric"),
        )
        for key, inner in _known(table, [idea.key for idea in place.ideas])
    }


def _group_factor(table: Table, place: Place) -> Shares:
    found = {group.key: table.number(group.key, 0, 5) for group in place.groups}
    mean = sum(group.share * found[group.key] for group in place.groups)
    if abs(mean - 1) > 1e-6:
        raise table.wrong(
            "place.whole",
            Words(
                N_("The factors of the groups have the mean {mean}, not 1."),
                {"mean": round(mean, 4)},
            ),
            Words(N_("Correct them, so that the totals hold.")),
        )
    return found
