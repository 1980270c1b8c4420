"""Laws of the journey kernel: conservation, nights, closings, backlog, joins, luck."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.running_journeys import DAY, const, exponential, journey6, office, queue

from vuon.errors import VuonError
from vuon.journeys import kernel_results as r
from vuon.journeys.compare import compare, differences
from vuon.journeys.compile import compiled, envelope
from vuon.journeys.kernel_source import MORE
from vuon.journeys.model import (
    Arrivals,
    Backlog,
    Calendar,
    Dist,
    Document,
    Edge,
    Figure,
    Group,
    Journey,
    Rating,
    Resource,
    Share,
    Shift,
    Slots,
    Span,
    Step,
)
from vuon.journeys.running import runnable
from vuon.journeys.simulate import Run, in_python, in_slices, luck, on_wasm, run, simulate, usual
from vuon.kernel import host
from vuon.toml.table import Text

wasm = pytest.mark.skipif(not host.is_here(), reason="wasmtime is not here")
EVERY_DAY = tuple(range(7))
#: Nobody comes but by appointment.
NOBODY = Figure(0)


def at_hours(*minutes: int, seats: int = 1, step: str = "") -> Arrivals:
    """One person, or `seats`, at each of these minutes of the first day."""
    slots = tuple(Slots(m, m + 1, 1, seats, step=step, days=(0,)) for m in minutes)
    return Arrivals(NOBODY, slots=slots)


def desk(minutes: float, **fields: object) -> tuple[Step, Step]:
    """A counter with a fixed time, and the end."""
    counter = Step("counter", Text("Quầy"), kind="desk", resource="desks", service=const(minutes))
    return replace(counter, **fields), Step("done", Text("Xong"), kind="end")  # type: ignore[arg-type]


def one(journey: Journey, **options: object) -> Run:
    """One replication."""
    return simulate(journey, replications=1, **options)  # type: ignore[arg-type]


def total(found: Run, measure: int, row: str = "") -> float:
    return float(found.sums[found.row(row)][measure])


@st.composite
def journeys(choose: st.DrawFn) -> Journey:
    """Journeys that run and use every part of the kernel."""
    flag, minutes = st.booleans(), st.sampled_from((0.0, 5.0, 12.5, 60.0))
    times = st.sampled_from((const(7), exponential(9), Dist.of("gamma", mean=8, shape=2)))
    split = choose(flag)
    steps = (
        Step("form", Text("a"), service=choose(times), gives_up=Share(choose(st.sampled_from((0.0, 0.2))))),
        Step(
            "counter", Text("b"), kind="desk", resource="desks", service=choose(times),
            patience=choose(st.none() | times), documents=("card",), new_visit=True,
            impatient_to=choose(st.sampled_from(("", "home"))),
        ),
        Step("home", Text("c"), kind="wait", service=const(choose(minutes))),
        Step("parts", Text("d"), kind="fork" if split else "decision"),
        Step("left", Text("e"), kind="backoffice", service=choose(times)),
        Step("right", Text("f"), kind="desk", resource="other", service=choose(times),
             gives_up=Share(choose(st.sampled_from((0.0, 0.1))))),
        Step("meet", Text("g"), kind="join" if split else "decision"),
        Step("council", Text("h"), kind="batch", batch_size=choose(st.sampled_from((0, 3))),
             batch_days=(1, 3), batch_at=600),
        Step("done", Text("i"), kind="end"),
    )  # fmt: skip
    edges = (
        Edge("form", "counter"),
        Edge(
            "counter",
            "home",
            rework=True,
            papers=True,
            per_attempt=choose(st.sampled_from((1, 0.3))),
        ),
        Edge(
            "counter",
            "form",
            rework=True,
            share=Share(0.15),
            per_attempt=choose(st.sampled_from((1, 0.5))),
        ),
        Edge("counter", "parts", delay=choose(st.none() | times)),
        Edge("home", "counter"),
        Edge("parts", "left"),
        Edge("parts", "right"),
        Edge("left", "meet"),
        Edge("right", "meet"),
        Edge("meet", "council"),
        Edge("council", "done"),
    )
    closings = st.sampled_from(("finish", "stop_tickets", "return_next_day"))
    arrivals = Arrivals(
        Figure(choose(st.sampled_from((10.0, 45.0)))),
        before_opening=choose(st.sampled_from((0.0, 4.0))),
        backlog=choose(
            st.sampled_from(((), (Backlog("counter", 5), Backlog("council", 2, "old"))))
        ),
        slots=choose(st.sampled_from(((), (Slots(480, 600, 30, 2, Share(0.3)),)))),
    )
    found = office(
        steps=steps,
        edges=edges,
        arrivals=arrivals,
        documents=(Document("card", missing=Share(0.2), minutes=30, money=5000),),
        groups=(
            Group("young", Share(0.7), priority=choose(st.integers(0, 2)), travel_money=1000),
            Group("old", Share(0.3), priority=1, travel_minutes=40, tolerance_minutes=20),
        ),
        resources=(
            Resource(
                "desks", desks=2, closing=choose(closings), keep_place=choose(flag), stop_minutes=30
            ),
            Resource(
                "other",
                shifts=(Shift(450, 600, 2), Shift(500, 900, 1, EVERY_DAY)),
                closing=choose(closings),
            ),
        ),
        max_attempts=choose(st.sampled_from((0, 2))),
    )
    assert runnable(found) == ()
    return found


@given(journeys(), st.integers(0, 99))
@settings(max_examples=25 if host.is_here() else 4, deadline=None)
def test_who_arrives_is_done_or_dropped_or_inside(journey: Journey, seed: int) -> None:
    found = simulate(journey, seed=seed, replications=2, drain_days=4)
    for row in found.rows:
        left = [found.count(row, what) for what in (r.C_DONE, r.C_DROPPED, r.C_INSIDE)]
        assert found.count(row, r.C_ARRIVED) == sum(left)
        assert sum(found.grams[r.G_WAIT][found.row(row)]) == sum(left)
        assert sum(found.grams[r.G_TIME][found.row(row)]) == left[0]
        assert sum(found.dropped[found.row(row)]) == left[1]
        assert min(found.sums[found.row(row)]) >= 0
    for what in (r.C_ARRIVED, r.C_DONE, r.C_DROPPED, r.C_INSIDE, r.C_NO_SHOW):
        assert found.count("", what) == sum(found.count(group, what) for group in found.groups)


@given(journeys(), st.integers(0, 99))
@settings(max_examples=8 if host.is_here() else 2, deadline=None)
def test_the_order_of_a_file_does_not_reach_the_result(journey: Journey, seed: int) -> None:
    order = Random(seed)
    mixed = {
        name: tuple(order.sample(getattr(journey, name), len(getattr(journey, name))))
        for name in ("steps", "edges", "groups", "resources", "documents")
    }
    mixed["steps"] = tuple(replace(step, title=Text("?")) for step in mixed["steps"])
    assert journey.arrivals
    enters = replace(journey.arrivals, enters=journey.enters)
    other = replace(journey, **mixed, arrivals=enters)
    assert simulate(other, replications=1, seed=seed) == simulate(
        journey, replications=1, seed=seed
    )


def kept(backend: object) -> dict[str, list[float]]:
    names = (
        "outcomes",
        "counts",
        "sums",
        "squares",
        "grams",
        "dropped",
        "step_wait",
        "busy",
        "loads",
    )
    return {name: list(backend.read(name)) for name in names}  # type: ignore[attr-defined]


@wasm
@given(journeys())
@settings(max_examples=2, deadline=None)
def test_python_and_wasm_give_the_same_arrays(journey: Journey) -> None:
    ready, keys = compiled(journey, drain_days=2), luck(3, 0, range(1))
    found = []
    for opener in (
        in_python,
        on_wasm,
        lambda n: host.load("vuon.journeys.kernel_source", checked=True, CITIZENS=n),
    ):
        backend = opener(512)
        *_, last = in_slices(ready, keys, backend, 1_000_000)
        assert last > 50
        found.append(kept(backend))
    assert found[0] == found[1] == found[2]


@given(journeys())
@settings(max_examples=3 if host.is_here() else 1, deadline=None)
def test_a_cut_run_is_the_uncut_one(journey: Journey) -> None:
    ready, keys = compiled(journey, drain_days=3), luck(3, 0, range(2))
    found = []
    for budget in (1, 7, 1000, 1_000_000):
        backend = usual()(512)
        *cuts, last = in_slices(ready, keys, backend, budget)
        assert set(cuts) <= {MORE}
        assert budget > 1000 or len(cuts) >= last // 1000
        found.append((last, kept(backend)))
    assert all(each == found[0] for each in found)


def test_no_desk_wait_accrues_at_night() -> None:
    # They come in the evening, one desk each is open in the morning: they wait, but not by H.
    evening = Arrivals(Figure(20), spans=(Span(1200, 1260, 1.0),))
    found = one(office(arrivals=evening, resources=(Resource("desks", desks=60),)))
    assert found.count("", r.C_DONE) > 50
    assert total(found, r.M_WAIT) == 0
    assert found.mean("", r.M_TIME) > 10 * 60


def test_who_ends_a_form_at_night_comes_at_a_moment_of_the_next_morning() -> None:
    def found(form: float, *, visit: bool = True, **desk_fields: object) -> Run:
        steps = (Step("form", Text("a"), service=const(form)), *desk(0, new_visit=visit))
        desks = (Resource("desks", desks=60, **desk_fields),)  # type: ignore[arg-type]
        evening = at_hours(1200, seats=400)
        return one(office(steps=steps, arrivals=evening, resources=desks), drain_days=9)

    come = found(20)
    assert come.count("", r.C_DONE) == come.sums[come.row()][r.M_TRIPS] == 400
    # From eight in the evening to the middle of 7:30 and 11:30; uniform in between.
    assert abs(come.mean("", r.M_TIME) - 13.5 * 60) < 4 * 240 / (12 * 400) ** 0.5
    # The moment is the citizen's own: it does not hang on when the form was done.
    assert total(found(200), r.M_TIME) == total(come, r.M_TIME)
    # Nobody chooses an hour without tickets, and pays for it with a trip.
    stop = found(20, closing="stop_tickets", stop_minutes=120)
    assert stop.sums[stop.row()][r.M_TRIPS] == 400
    assert abs(stop.mean("", r.M_TIME) - 12.5 * 60) < 4 * 120 / (12 * 400) ** 0.5
    # Who is there already stays before the door.
    inside = found(20, visit=False)
    assert total(inside, r.M_TIME) == 400 * 11.5 * 60


def test_who_comes_from_the_street_stands_before_the_door() -> None:
    early = one(office(steps=desk(0, new_visit=True), arrivals=at_hours(400, 430)))
    assert total(early, r.M_TIME) == 50 + 20
    assert total(early, r.M_WAIT) == 0


def test_a_capacity_drop_never_cuts_a_service() -> None:
    # Open for ten minutes with one desk: who is served then stays for the full hour.
    short = (Resource("desks", shifts=(Shift(480, 490, 1),)),)
    found = one(office(steps=desk(60), resources=short, arrivals=at_hours(480)))
    assert (total(found, r.M_TIME), total(found, r.M_SERVICE)) == (60, 60)
    assert sum(found.busy[0]) == 60


def test_a_backlog_is_served_first_and_counted_apart() -> None:
    lies = Arrivals(NOBODY, backlog=(Backlog("counter", 60),), slots=at_hours(450).slots)
    found = one(office(steps=desk(5), resources=(Resource("desks"),), arrivals=lies))
    assert found.count("backlog", r.C_DONE) == 60
    assert found.count("", r.C_ARRIVED) == 1
    # Sixty before: five hours, of which the last is worked behind the closed door.
    assert total(found, r.M_WAIT) == pytest.approx(300)


def test_overtime_counts_as_waiting_and_nobody_is_left_inside_at_lunch() -> None:
    # Three come at 11:20 to one desk that closes at 11:30: served at 11:20, 11:40, 12:00.
    found = one(
        office(steps=desk(20), resources=(Resource("desks"),), arrivals=at_hours(680, seats=3))
    )
    assert total(found, r.M_WAIT) == 60
    assert total(found, r.M_TIME) == 20 + 40 + 60


def test_the_house_closes_when_the_last_one_is_through() -> None:
    # The second desk is empty at 17:00, but the one served at the first still comes to it.
    second = Step("pay", Text("Phí"), kind="desk", resource="pay", service=const(5))
    steps = (*desk(30)[:1], second, desk(30)[1])
    two = (Resource("desks"), Resource("pay"))
    found = one(office(steps=steps, resources=two, arrivals=at_hours(1000)))
    assert total(found, r.M_TIME) == 35


def test_who_comes_behind_the_closed_door_waits_for_the_opening() -> None:
    # The second comes at 17:10, while the first is still being served.
    late = office(
        steps=desk(30), resources=(Resource("desks", desks=2),), arrivals=at_hours(1015, 1030)
    )
    found = one(late)
    assert total(found, r.M_WAIT) == 0
    assert total(found, r.M_TIME) == 30 + (DAY + 450 + 30 - 1030)


def test_faster_desks_never_make_anybody_later() -> None:
    # Under common luck, citizen by citizen: no sum of times may grow.
    now = office(arrivals=Arrivals(Figure(70)))
    faster = replace(now.step("counter"), service=Dist.of("lognormal", mean=9, sigma=0.6))
    then = replace(now, steps=tuple(faster if s.key == "counter" else s for s in now.steps))
    a, b = (simulate(each, replications=4) for each in (now, then))
    for before, after in zip(a.outcomes, b.outcomes, strict=True):
        for row in range(3):
            place = row * r.OUTCOMES
            assert after[place + r.O_ARRIVED] == before[place + r.O_ARRIVED]
            for outcome in (r.O_WAIT, r.O_DAYS, r.O_COST, r.O_WAIT_P90):
                assert after[place + outcome] <= before[place + outcome] + 1e-9


@pytest.mark.parametrize(("keep", "last"), [(True, 0), (False, 0)])
def test_who_is_sent_home_comes_again_on_the_next_day(keep: bool, last: int) -> None:
    home = (Resource("desks", closing="return_next_day", keep_place=keep),)
    found = one(
        office(steps=desk(30, new_visit=True), resources=home, arrivals=at_hours(1000, seats=3))
    )
    assert found.count("", r.C_DONE) == 3
    # One is served at 16:40; two wait twenty minutes and come a second time.
    assert total(found, r.M_TRIPS) == 5
    assert total(found, r.M_WAIT) == 20 + 20 + 30
    assert total(found, r.M_TIME) == 30 + (DAY + 450 + 30 - 1000) + (DAY + 450 + 60 - 1000) + last


def test_at_lunch_nobody_is_sent_home() -> None:
    home = (Resource("desks", closing="return_next_day"),)
    found = one(
        office(steps=desk(30, new_visit=True), resources=home, arrivals=at_hours(670, seats=2))
    )
    assert total(found, r.M_TRIPS) == 2
    assert total(found, r.M_WAIT) == 20  # to 11:30; from 13:30 on it is the second's turn


def test_no_ticket_in_the_last_minutes() -> None:
    stop = (Resource("desks", closing="stop_tickets", stop_minutes=30),)
    found = one(office(steps=desk(10, new_visit=True), resources=stop, arrivals=at_hours(980, 995)))
    # The first has a ticket and is served; the second comes again on the next morning.
    assert total(found, r.M_TRIPS) == 3
    assert total(found, r.M_TIME) == 10 + (DAY + 450 + 10 - 995)


def test_a_join_ends_with_the_later_branch() -> None:
    steps = (
        Step("parts", Text("a"), kind="fork"),
        Step("short", Text("b"), service=const(10)),
        Step("long", Text("c"), service=const(40)),
        Step("meet", Text("d"), kind="join"),
        Step("done", Text("e"), kind="end"),
    )
    ways = [
        ("parts", "short"),
        ("parts", "long"),
        ("short", "meet"),
        ("long", "meet"),
        ("meet", "done"),
    ]
    edges = tuple(Edge(a, b) for a, b in ways)
    found = one(office(steps=steps, edges=edges, resources=(), arrivals=at_hours(480, seats=4)))
    assert total(found, r.M_TIME) == 4 * 40
    assert found.count("", r.C_DONE) == 4


def test_a_back_office_works_in_opening_minutes() -> None:
    steps = (Step("check", Text("a"), kind="backoffice", service=const(60)), desk(1)[1])
    found = one(office(steps=steps, resources=(), arrivals=at_hours(1000)))
    # Twenty minutes on Monday, forty on Tuesday from 7:30.
    assert total(found, r.M_TIME) == DAY + 450 + 40 - 1000


def test_a_batch_goes_on_its_day_or_when_it_is_full() -> None:
    hold = Step("council", Text("a"), kind="batch", batch_days=(2,), batch_at=600)
    steps, arrivals = (hold, desk(1)[1]), at_hours(480, 500, 520)
    found = one(office(steps=steps, resources=(), arrivals=arrivals))
    assert total(found, r.M_TIME) == sum(2 * DAY + 600 - at for at in (480, 500, 520))
    full = replace(hold, batch_size=2)
    found = one(office(steps=(full, steps[1]), resources=(), arrivals=arrivals))
    assert total(found, r.M_TIME) == 20 + 0 + 2 * DAY + 600 - 520


def test_more_attempts_than_allowed_end_the_way() -> None:
    again = (
        Edge("counter", "counter", rework=True, share=Share(1.0)),
        Edge("counter", "done", share=Share(0)),
    )
    found = office(steps=desk(1), edges=again, arrivals=at_hours(480, seats=5), max_attempts=3)
    # Nobody of them comes through, which `runnable` would refuse.
    seen = run(compiled(found), luck(1, 0, range(1)))
    assert seen.count("", r.C_DROPPED) == 5
    assert total(seen, r.M_SERVICE) == 15
    assert sum(seen.dropped[seen.row()][r.R_ATTEMPTS :: r.REASONS]) == 5


def test_who_does_not_manage_online_takes_the_way_to_help() -> None:
    steps = (
        Step("form", Text("a"), channel="online", service=const(1), gives_up=Share(0.2)),
        Step("help", Text("b"), service=const(100)),
        desk(1)[1],
    )
    edges = (Edge("form", "help", unaided=True), Edge("form", "done"), Edge("help", "done"))
    people = (Group("a", Share(0.5), digital=0.25), Group("b", Share(0.5)))
    way = office(
        steps=steps, edges=edges, groups=people, resources=(), arrivals=Arrivals(Figure(400))
    )
    found = one(way)
    came = found.count("a", r.C_ARRIVED)
    helped = found.visits[found.row("a")][found.steps.index("help")]
    assert abs(helped / came - 0.8 * 0.75) < 4 * (0.24 / came) ** 0.5
    assert found.visits[found.row("b")][found.steps.index("help")] == 0
    # A step at a counter needs no such ability.
    at_counter = replace(way, steps=(replace(steps[0], channel="counter"), *steps[1:]))
    assert [each.code for each in runnable(at_counter)] == ["not_online"]


def test_how_people_felt_changes_no_outcome() -> None:
    rated = office(ratings=(Rating("counter", -2, n=9),))
    assert rated.hash != office().hash
    assert one(rated) == one(office())


def test_papers_are_missing_less_often_after_each_attempt() -> None:
    home = (
        Edge("counter", "counter", rework=True, papers=True, per_attempt=0),
        Edge("counter", "done"),
    )
    lacking = (Document("card", missing=Share(1.0), minutes=30, money=7000),)
    way = office(
        steps=desk(1, documents=("card",)), edges=home, documents=lacking,
        arrivals=at_hours(480, seats=4),
    )  # fmt: skip
    found = run(compiled(way), luck(1, 0, range(1)))
    assert found.count("", r.C_DONE) == 4
    assert total(found, r.M_ATTEMPTS) == 8
    assert (total(found, r.M_WORK), total(found, r.M_MONEY)) == (4 * 30, 4 * 7000)


def test_appointments_come_or_are_counted_as_not_come() -> None:
    slots = (Slots(480, 600, 15, 3, Share(0.25)),)
    found = simulate(office(arrivals=Arrivals(NOBODY, slots=slots)), replications=4)
    missing = found.count("", r.C_NO_SHOW)
    assert missing + found.count("", r.C_ARRIVED) == 4 * 5 * 8 * 3
    assert 0.25 * 480 - 4 * 9.5 < missing < 0.25 * 480 + 4 * 9.5


def test_the_crowd_before_the_door_is_poisson_and_waits_from_opening_on() -> None:
    crowd = Arrivals(NOBODY, before_opening=12)
    found = simulate(office(steps=desk(1), arrivals=crowd), replications=40)
    mean = found.count("", r.C_ARRIVED) / (40 * 5)
    assert abs(mean - 12) < 4 * (12 / 200) ** 0.5
    # Two desks, one minute each: a crowd of n waits n²/4 minutes, at most.
    assert 0 < found.mean("", r.M_WAIT) < 5


def test_the_cost_of_a_way_is_time_at_its_value_and_money() -> None:
    people = (Group("all", Share(1.0), hour_value=60000, travel_minutes=30, travel_money=12000),)
    steps = desk(20, new_visit=True, fee=8000, other_money=2000, prepare_minutes=10)
    found = one(office(steps=steps, groups=people, arrivals=at_hours(480)))
    assert total(found, r.M_COST) == (20 + 30 + 10) * 1000 + 12000 + 10000
    assert total(found, r.M_STATE_COST) == pytest.approx(20 * 1000)


def test_as_is_against_itself_differs_by_nothing() -> None:
    journey = office()
    found = compare(journey, journey, pilot=4, cap=4)
    assert found.before == found.after
    assert all(each.mean == each.half == 0 and not each.sure for each in found.differences.values())


def test_fewer_arrivals_keep_the_luck_of_the_others() -> None:
    # Half as many under one envelope: those who come are among those who came, and meet less.
    many, few = queue(0.2, exponential(4), days=2), queue(0.1, exponential(4), days=2)
    under = envelope((many, few))
    a, b = (simulate(each, under=under, replications=6) for each in (many, few))
    for before, after in zip(a.outcomes, b.outcomes, strict=True):
        place = a.row() * r.OUTCOMES
        assert after[place + r.O_ARRIVED] < before[place + r.O_ARRIVED]
        assert after[place + r.O_WAIT] <= before[place + r.O_WAIT]


@wasm
def test_common_luck_narrows_a_difference_of_staff() -> None:
    # Steady at a load of two thirds; the busier it is, the more the difference is the old queue.
    eight, nine = (queue(1.3, exponential(4), desks, days=3) for desks in (8, 9))
    under = envelope((eight, nine))
    a, b = (simulate(each, under=under, replications=40) for each in (eight, nine))
    found = differences(a, b, ("",), ("wait",))["wait", ""]
    assert found.mean < 0
    assert found.gain >= 3


@wasm
def test_common_luck_narrows_a_deep_redesign() -> None:
    # Half the missing papers, a fifth less time at the desk, the office two days in place of three.
    def way(missing: float, minutes: float, days: int) -> Journey:
        steps = (
            Step("form", Text("a"), service=exponential(30), gives_up=Share(0.05)),
            Step(
                "counter", Text("b"), kind="desk", resource="desks", new_visit=True,
                service=Dist.of("lognormal", mean=minutes, sigma=0.6), documents=("card",),
                patience=exponential(90),
            ),
            Step("home", Text("c"), kind="wait", service=exponential(1000), gives_up=Share(0.2)),
            Step("check", Text("d"), kind="backoffice", service=exponential(450.0 * days)),
            Step("done", Text("e"), kind="end"),
        )  # fmt: skip
        edges = (
            Edge("form", "counter"),
            Edge("counter", "home", rework=True, papers=True, per_attempt=0.3),
            Edge("home", "counter"),
            Edge("counter", "check"),
            Edge("check", "done"),
        )
        papers = (Document("card", missing=Share(missing), minutes=30),)
        desks = (Resource("desks", desks=2),)
        found = office(steps=steps, edges=edges, documents=papers, resources=desks)
        return replace(found, calendar=Calendar(found.calendar.start, 20))  # type: ignore[union-attr]

    now, then = way(0.4, 11, 3), way(0.2, 8.8, 2)
    under = envelope((now, then))
    a, b = (simulate(each, under=under, replications=60) for each in (now, then))
    found = differences(a, b, ("", "old"), ("wait", "days", "drop_off"))
    assert all(each.gain >= 1.2 for each in found.values()), {k: d.gain for k, d in found.items()}


@wasm
def test_the_small_build_gives_way_to_the_large_one() -> None:
    # 6,000 inside: a back office without end.
    steps = (Step("check", Text("a"), service=const(9000)), desk(1)[1])
    found = one(office(steps=steps, resources=(), arrivals=Arrivals(Figure(1200))))
    assert found.citizens == 65536
    assert found.count("", r.C_DONE) == found.count("", r.C_ARRIVED) > 5000


def test_a_run_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vuon.journeys.simulate.SLICE", 500)
    with pytest.raises(VuonError) as caught:
        simulate(journey6(), stop=lambda: True)
    assert caught.value.code == "journey.stopped"


def test_what_does_not_run_is_said() -> None:
    with pytest.raises(VuonError) as caught:
        simulate(replace(office(), groups=()))
    assert caught.value.code == "journey.not_runnable"
