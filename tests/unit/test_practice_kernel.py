"""The world whose logs, queues and pilot rows come from the journey kernel: it says what the tables
say, person by person, and the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuon import seeds
from vuon.journeys import citizens as citizen_log
from vuon.journeys import kernel_results as r
from vuon.journeys import simulate
from vuon.journeys.citizens import citizens
from vuon.journeys.compile import compiled
from vuon.journeys.model import Edge
from vuon.journeys.running import runnable
from vuon.kernel import host
from vuon.practice.pilot import plan_from
from vuon.practice.simulated import Simulated
from vuon.practice.true_way import BUSY, DAY, FINISHED, LATER, Week, kind_of
from vuon.practice.waiting import WEEKS, measured
from vuon.practice.world import NEW, OLD, WEEKS_BY_LOT, Outcome
from vuon.practice.worlds import open_world

SONG_AN = Path(__file__).parents[2] / "places" / "song-an"
opened = open_world(SONG_AN)
assert isinstance(opened, Simulated)
WORLD = opened
#: No group is hit harder than another: then the mean resident of the tables is everybody.
EVEN = Simulated(
    WORLD.place,
    replace(WORLD.truth, group_factor=dict.fromkeys(WORLD.truth.group_factor, 1.0)),
    WORLD.sources,
    WORLD.waiting,
)
CAUSES = ("words", "data", "load", "extra")
PLANS: tuple[tuple[str, ...], ...] = ((), ("checklist", "precheck"), ("checklist", "counter"))
RUNS, HORIZON, WARM = 12, 120, 8
ERRORS = 4


def mean_and_error(values: Sequence[float]) -> tuple[float, float]:
    mean = sum(values) / len(values)
    spread = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return mean, sqrt(spread / len(values))


def week_of(world: Simulated, cause: str, ideas: Sequence[str], adherence: float) -> Week:
    """An ordinary week at rest, as the tables have it."""
    total = world.first(cause, ideas, adherence)
    first = world.files(1 / world.visits(total))
    hazards = world.hazards_of(cause, ideas, adherence)
    return Week(first, first * (world.visits(total) - 1), world.capacity(ideas), hazards)


Found = Mapping[str, Mapping[str, list[float]]]


def whole_ways(world: Simulated, cause: str, ideas: Sequence[str], adherence: float) -> Found:
    """For each group ("" is all) what the kernel finds on the whole way, run by run."""
    way = world.centre.whole(
        week_of(world, cause, ideas, adherence), world.truth.comes_again, HORIZON
    )
    assert runnable(way) == ()
    ready = compiled(way, drain_days=300, warmup=WARM * 7 * DAY)
    steps = {key: n for n, key in enumerate(ready.steps)}
    found: dict[str, dict[str, list[float]]] = {}
    for number in range(RUNS):
        run = simulate.run(ready, [seeds.key(3, "whole", number)])
        for group in ("", *(each.key for each in world.place.groups)):
            rows = [run.row(key) for key in run.groups if not group or kind_of(key)[0] == group]

            def visits(step: str, rows: list[int] = rows, run: simulate.Run = run) -> int:
                return sum(run.visits[row][steps[step]] for row in rows)

            def waits(step: str, rows: list[int] = rows, run: simulate.Run = run) -> float:
                return sum(run.waits[row][steps[step]] for row in rows)

            came, again = visits("desk"), visits("desk.again")
            values = {
                "first": 1 - visits("home") / came,
                "completed": sum(run.counts[row][r.C_DONE] for row in rows) / came,
                "visits": (came + again) / came,
                "wait_minutes": (waits("desk") + waits("desk.again")) / (came + again),
            }
            for name, value in values.items():
                found.setdefault(group, {}).setdefault(name, []).append(value)
    return found


def agrees(values: Sequence[float], said: float, more: float = 0.0) -> bool:
    mean, error = mean_and_error(values)
    return abs(mean - said) <= ERRORS * sqrt(error**2 + more**2)


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("ideas", PLANS, ids="+".join)
def test_the_kernel_and_the_tables_agree(cause: str, ideas: tuple[str, ...]) -> None:
    """First visit, completion, visits and wait within four standard errors; the file of the queue
    has an error of its own."""
    said: Outcome = EVEN.expect({cause: 1.0}, ideas, 0.9).total
    found = whole_ways(EVEN, cause, ideas, 0.9)[""]
    week = week_of(EVEN, cause, ideas, 0.9)
    load = (week.first + week.later) / week.capacity
    file = measured(EVEN, load, EVEN.more_hours(ideas), weeks=WEEKS // 5).error / sqrt(5)
    for name, values in found.items():
        more = file if name == "wait_minutes" else 0.0
        assert agrees(values, getattr(said, name), more), (name, mean_and_error(values), said)


@pytest.mark.parametrize("cause", ["words", "load"])
def test_each_group_fares_as_the_tables_say(cause: str) -> None:
    said = WORLD.expect({cause: 1.0}, (), 0.9)
    found = whole_ways(WORLD, cause, (), 0.9)
    for group, outcome in said.groups.items():
        for name in ("first", "completed", "visits"):
            values = found[group][name]
            assert agrees(values, getattr(outcome, name)), (group, name, mean_and_error(values))


def test_the_queue_at_the_start_is_as_stated() -> None:
    """35 minutes at the load of the start: stated in the truth, found by the kernel."""
    start = WORLD.expect({"words": 1.0}, (), 0).total
    queue = WORLD.truth.queue
    found = measured(WORLD, queue.at_load, 0.0, seed=9)
    assert abs(found.value - queue.minutes) <= ERRORS * found.error
    assert start.wait_minutes == pytest.approx(queue.minutes, abs=0.5)


def test_more_load_never_means_less_wait() -> None:
    waits = [WORLD.wait_minutes(load / 100) for load in range(220)]
    assert waits[0] == 0
    assert all(a <= b for a, b in pairwise(waits))
    assert waits[-1] == waits[-10], "never more than at the highest load of the file"


def whole_pilots(cause: str, ideas: Sequence[str]) -> Iterator[tuple[float, float]]:
    """For each seed the shares that finish under the new way and the old, without shocks."""
    plan = plan_from(
        WORLD.place,
        {"ideas": ideas, "design": WEEKS_BY_LOT, "sites": ["a", "b", "c"], "weeks": 6,
         "worthwhile": 0.1},
    )  # fmt: skip
    for seed in range(24):
        draw = WORLD.draw(seed)
        calm = replace(draw.future, shocks={}, incident="holiday")
        shares = []
        for arm in (NEW, OLD):
            arms = {(site, week): arm for site in plan.sites for week in range(1, 7)}
            rows = WORLD.pilot(replace(draw, cause=cause, future=calm), plan, arms, 0.9)
            known = sum(row.seen - row.lost for row in rows)
            shares.append(sum(row.finished for row in rows) / known)
        yield shares[0], shares[1]


@pytest.mark.parametrize(
    ("cause", "ideas"), [("words", ("checklist", "precheck")), ("load", ("counter",))]
)
def test_pilots_show_the_true_gain_on_average(cause: str, ideas: tuple[str, ...]) -> None:
    shares = list(whole_pilots(cause, ideas))
    gain = WORLD.gain(replace(WORLD.draw(1), cause=cause, second=None), ideas, 0.9)
    assert agrees([new - old for new, old in shares], gain)
    assert agrees([old for _, old in shares], WORLD.first(cause, (), 0))


def everybody(cause: str, number: int) -> tuple[citizen_log.Citizen, ...]:
    ready = WORLD.centre.compiled(week_of(WORLD, cause, (), 0.9))
    return citizens(ready, seeds.key(5, "week", number))


def test_one_desk_serves_one_after_the_other() -> None:
    """The oracle is the recursion of a single server: called when the one before is done."""
    for number in range(5):
        free, day = 0.0, -1
        for each in everybody("load", number):
            if int(each.entered // DAY) != day:
                day = int(each.entered // DAY)
                free = day * DAY + 450.0
            joined = max(each.entered, day * DAY + 450.0)
            called = max(joined, free)
            assert each.waited == pytest.approx(called - joined, abs=1e-6)
            free = called + each.served


def test_load_weighs_on_market_days_and_nothing_else_does() -> None:
    for cause, differs in (("load", True), ("words", False)):
        people = [each for number in range(40) for each in everybody(cause, number)]
        shares = {}
        for busy in (True, False):
            some = [each for each in people if (kind_of(each.group)[1] == BUSY) == busy]
            done = sum(each.ended == FINISHED for each in some) / len(some)
            shares[busy] = done, sqrt(done * (1 - done) / len(some))
        gap = shares[False][0] - shares[True][0]
        error = sqrt(shares[True][1] ** 2 + shares[False][1] ** 2)
        assert (gap > 0.3) if differs else abs(gap) < ERRORS * error


@settings(deadline=None)
@given(st.floats(0, 1))
def test_days_differ_and_their_mean_does_not(hazard: float) -> None:
    centre = WORLD.centre
    days = centre.kinds
    whole = centre.part(day for on in days.values() for day in on)
    found = {kind: centre.hazard("load", kind, hazard) for kind in days}
    assert all(0 <= each <= 1 for each in found.values())
    mean = sum(centre.part(on) / whole * found[kind] for kind, on in days.items())
    assert mean == pytest.approx(hazard, abs=1e-12)


def test_who_comes_does_not_depend_on_the_way_of_working() -> None:
    old, new = (
        citizens(
            WORLD.centre.compiled(week_of(WORLD, "words", (), 0.9)),
            seeds.key(5, "same"),
        ),
        citizens(
            WORLD.centre.compiled(
                replace(
                    week_of(WORLD, "words", (), 0.9),
                    hazards=WORLD.hazards_of("words", ("checklist",), 0.9),
                )
            ),
            seeds.key(5, "same"),
        ),
    )
    before = {(each.group, each.number): each for each in old}
    assert [(each.group, each.number, each.entered) for each in new] == [
        (each.group, each.number, each.entered) for each in old
    ]
    better = 0
    for each in new:
        was = before[each.group, each.number]
        assert (was.ended == FINISHED) <= (each.ended == FINISHED), "nobody fares worse"
        better += was.ended != each.ended
    assert better > 0
    assert any(kind_of(each.group)[0] == LATER for each in new)


def shown(move: str, signal: str | None, seed: int) -> list[dict[str, str]]:
    """The rows of a log, each cell under what it shows, in English."""
    rows = WORLD.show(WORLD.draw(seed), move, signal, 0).rows
    assert rows
    names = [name for name, _ in rows.columns]
    cells = [[cell if isinstance(cell, str) else cell.en for cell in row] for row in rows.rows]
    return [dict(zip(names, row, strict=True)) for row in cells]


def minutes(clock: str) -> int:
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def test_tickets_tell_of_the_load_by_counting_and_of_nothing_else() -> None:
    market = ("Monday", "Thursday")
    done: dict[tuple[bool, bool], list[bool]] = {}
    for seed in range(20):
        for signal in ("load", None):
            for row in shown("tickets", signal, seed):
                kind = signal == "load", row["day"] in market
                done.setdefault(kind, []).append(row["outcome"] == "done")
                if signal == "load":
                    assert (int(row["desk"]) <= 4) or row["day"] not in market
    share = {kind: sum(each) / len(each) for kind, each in done.items()}
    assert share[True, True] < 0.3
    assert share[True, False] > 0.5
    assert abs(share[False, True] - share[False, False]) < 0.1
    assert sum(map(len, done.values())) == 20 * 2 * 60


def test_a_stopwatch_sheet_is_one_monday_morning() -> None:
    waits = []
    for seed in range(10):
        rows = shown("observe", None, seed)
        times = [[minutes(row[name]) for name in ("arrived", "called", "done")] for row in rows]
        assert times == sorted(times)
        assert [row["number"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
        for arrived, called, finished in times:
            assert max(arrived, 450) <= called < finished
        assert all(a[1] < b[1] for a, b in pairwise(times)), "one desk calls one at a time"
        waits += [called - arrived for arrived, called, _ in times]
    assert sum(waits) / len(waits) > 40, "a Monday's queue; on a Tuesday it is ten minutes"


@pytest.mark.skipif(not host.is_here(), reason="there is no wasm here to compare with")
def test_without_wasm_the_world_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = WORLD.draw(21)
    plan = plan_from(
        WORLD.place,
        {"ideas": ["checklist"], "design": WEEKS_BY_LOT, "sites": ["a"], "weeks": 6,
         "worthwhile": 0.1},
    )  # fmt: skip
    arms = {("a", week): (NEW, OLD)[week % 2] for week in range(1, 7)}

    def everything() -> object:
        rows = [WORLD.show(draw, move, "load", 1).rows for move in ("tickets", "observe")]
        return rows, WORLD.pilot(draw, plan, arms, 0.9)

    fast = everything()
    monkeypatch.setattr(citizen_log, "fastest", lambda: citizen_log.plain)
    assert everything() == fast


def test_a_log_of_a_way_on_which_people_leave_is_refused() -> None:
    way = WORLD.centre.week(week_of(WORLD, "words", (), 0.9))
    leaves = replace(way, edges=(*(e for e in way.edges if e.target != FINISHED),
                                 Edge("luck", "over")))  # fmt: skip
    with pytest.raises(ValueError, match="outlast"):
        citizens(compiled(leaves, drain_days=1), seeds.key(1, "leaves"))
