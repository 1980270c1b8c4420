"""What is asked of journeys that run: summaries, comparisons, what to measure, the xlrm protocol."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.running_journeys import const, exponential, journey6, office, queue

from vuon.errors import VuonError
from vuon.journeys import kernel_compare as k
from vuon.journeys import kernel_results as r
from vuon.journeys.applying import Change, apply
from vuon.journeys.compare import (
    Estimate,
    compare,
    differences,
    estimates,
    student,
)
from vuon.journeys.compile import compiled, envelope, numbers_of, patches
from vuon.journeys.engine import JourneyModel
from vuon.journeys.file import read
from vuon.journeys.measure_next import measure_next
from vuon.journeys.model import Arrivals, Dist, Figure, Share, Slots, Target
from vuon.journeys.outer_draws import worlds
from vuon.journeys.simulate import in_python, luck, run, simulate, usual
from vuon.journeys.summarise import plain, quantile, summarise
from vuon.journeys.uncertain import at, outer, silent, unknowns, with_values
from vuon.kernel import host, reference
from vuon.special import beta_cdf
from vuon.xlrm import Luck, Model, Policy, named

wasm = pytest.mark.skipif(not host.is_here(), reason="wasmtime is not here")
SHIPPED = sorted((Path(__file__).parents[2] / "examples" / "journeys").glob("*.toml"))


@wasm
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_journeys_run_and_nobody_is_lost(path: Path) -> None:
    journey = read(path)
    found = summarise(simulate(journey, replications=4), journey)
    for group, counts in found.counts.items():
        assert counts["arrived"] == counts["done"] + counts["dropped"] + counts["inside"], group
    assert 0.5 < found.mean("completion") <= 1
    assert json.loads(json.dumps(plain(found)))["outcomes"]["wait"]["all"]["n"] == 4


def test_a_summary_says_who_is_lost_where_and_how_busy_desks_are() -> None:
    way = office()
    form = replace(way.steps[0], gives_up=Share(0.25))
    journey = replace(way, steps=(form, *way.steps[1:]))
    seen = simulate(journey, replications=6)
    found = summarise(seen, journey)
    (loss,) = found.losses[""]
    assert (loss.step, loss.reason) == ("form", "gives_up")
    assert loss.share == pytest.approx(found.counts[""]["dropped"] / found.counts[""]["arrived"])
    assert found.mean("completion") == pytest.approx(1 - found.mean("drop_off"))
    halves = found.half_hours["desks"]
    # Two desks on five days of five; nothing is open at lunch, but the queue is finished there.
    assert halves[16].open == 2
    assert halves[24].open == 0 <= halves[24].busy
    busy = sum(each.busy for each in halves) * 30 * 5 * 6
    # Who comes on Friday evening is served after the horizon.
    assert 0.98 < busy / seen.sums[seen.row()][r.M_SERVICE] <= 1
    assert found.steps["", "counter"].service == pytest.approx(
        found.mean("state_minutes") / 0.75, rel=0.1
    )
    worst = {gap.metric: gap.worst for gap in found.gaps}
    assert worst["citizen_cost"] == "old"


def test_the_kernel_and_the_summary_have_the_same_quantiles() -> None:
    backend = usual()(4096)
    ready = compiled(office())
    for name, values in ready.arrays.items():
        backend.write(name, values)
    backend.write("replication_key", luck(1, 0, range(3)))
    backend.write("header", (3,), 8)
    assert backend.call("run", 10**7) > 0
    seen = run(ready, luck(1, 0, range(3)))
    least = (r.LEAST_MINUTES, r.LEAST_MINUTES, r.LEAST_MONEY)
    for gram in range(r.GRAMS):
        for place in range(len(ready.groups)):
            told = backend.read(
                "quantiles", (gram * r.ROWS + place) * 3, (gram * r.ROWS + place) * 3 + 3
            )
            bins = seen.grams[gram][place]
            assert list(told) == [quantile(bins, part, least[gram]) for part in (0.1, 0.5, 0.9)]
    # A quantile from bins of 2 % is near the true one: of service alone, P90 of the time.
    time = simulate(queue(0.001, exponential(8), days=60), replications=64 if host.is_here() else 2)
    assert quantile(time.grams[r.G_TIME][time.row()], 0.5, 0.05) == pytest.approx(
        5.545, rel=0.06 if host.is_here() else 0.4
    )


def test_a_paired_interval_is_the_textbooks() -> None:
    # D = 1, 2, 3, 4: mean 2.5, sd 1.291, t(3) = 3.182.
    backend = reference.load("vuon.journeys.kernel_compare")
    backend.write("size", (4, 1))
    backend.write("left", (10.0, 20.0, 30.0, 40.0))
    backend.write("right", (11.0, 22.0, 33.0, 44.0))
    backend.write("used", (1, 1, 1, 1))
    backend.write("student", student(4))
    assert backend.call("run", 0) == 1
    got = backend.read("values", 0, k.VALUES)
    assert got[k.V_MEAN] == 2.5
    assert got[k.V_SD] == pytest.approx(1.2909944)
    assert got[k.V_HALF] == pytest.approx(3.182446 * 1.2909944 / 2, rel=1e-6)
    # The variances of both sides against that of the difference.
    assert got[k.V_RATIO] == pytest.approx((500 + 605) / 5)
    assert got[k.V_NEEDED] == int((1.96 * 1.2909944 / 0.125) ** 2) + 1


def test_holm_lets_fewer_stand_than_single_looks() -> None:
    # D = -1, 1 … around a mean: each column alone would stand, together the first alone does.
    backend, rows = reference.load("vuon.journeys.kernel_compare"), 40
    means = (0.45, 0.36, 0.335, 0.0)
    backend.write("size", (rows, len(means)))
    backend.write("left", (0.0,) * rows * len(means))
    backend.write("right", [m + (-1) ** n if m else 0.0 for n in range(rows) for m in means])
    backend.write("used", (1,) * rows * len(means))
    backend.write("student", student(rows))
    backend.call("run", 0)
    got = backend.read("values", 0, len(means) * k.VALUES)
    chances = [got[n * k.VALUES + k.V_P] for n in range(len(means))]
    freedom, sd = rows - 1, (rows / (rows - 1)) ** 0.5
    for mean, chance in zip(means, chances, strict=True):
        square = (mean / sd) ** 2 * rows
        told = beta_cdf(freedom / 2, 0.5, freedom / (freedom + square)) if mean else 1.0
        assert chance == pytest.approx(told, rel=1e-10)
    assert chances[0] < 0.05 / 4 < 0.05 / 3 < chances[1] < chances[2] < 0.05
    assert [got[n * k.VALUES + k.V_SURE] for n in range(len(means))] == [1, 0, 0, 0]


@wasm
def test_replications_are_added_until_the_target_can_be_seen() -> None:
    slow = office(arrivals=Arrivals(Figure(75)), targets=(Target("wait", smallest=0.05),))
    faster = apply(slow, [Change("counter", "", {"service_factor": 0.97})])
    found = compare(slow, faster, pilot=5, cap=80)
    wait = found.differences["wait", ""]
    assert found.replications > 5
    assert not found.capped or found.replications == 80
    assert wait.half <= max(0.05 * abs(wait.mean), 0.025) * 1.4 or found.capped
    assert compare(slow, slow, pilot=4, cap=80).replications == 4


def test_a_deep_redesign_gains_from_common_luck() -> None:
    days = 5 if host.is_here() else 2
    now = office(arrivals=Arrivals(Figure(70)))
    then = apply(now, [Change("counter", "", {"service_factor": 0.8})])
    under = envelope((now, then))
    one, other = (simulate(each, under=under, replications=12 * days) for each in (now, then))
    found = differences(one, other, ("", "young"))
    assert found["wait", ""].better == found["days", ""].better == 1
    assert found["state_minutes", ""].gain > 20
    assert found["wait", ""].gain > 1.2
    assert found["completion", ""].better == 0


def test_estimates_leave_out_what_has_nothing_to_count() -> None:
    # Nobody of the group comes in some replications: they do not count as completion 0.
    rare = office(arrivals=Arrivals(Figure(0.7)))
    seen = simulate(rare, replications=12)
    empty = sum(seen.outcome(n, "old", r.O_ARRIVED) == 0 for n in range(12))
    found = estimates(seen, ("old",), ("completion",))["completion", "old"]
    assert 0 < empty < 12
    assert (found.mean, found.n) == (1.0, 12 - empty)
    assert isinstance(found, Estimate)


def test_a_lever_is_a_few_cells() -> None:
    now = office()
    more = apply(now, [Change("desks", "", {"desks": 1})])
    found = patches(compiled(now), compiled(more))
    assert set(found) == {"desks_value", "open_minutes"}
    with pytest.raises(ValueError, match="structure"):
        patches(compiled(now), compiled(journey6()))


def test_steps_and_their_order_do_not_reach_the_arrays() -> None:
    assert numbers_of(Dist.of("lognormal", p50=1, sigma=0.5)) == (3, 0.0, 0.5, ())
    assert len(numbers_of(Dist.of("gamma", mean=3, shape=2))[3]) == 65
    with pytest.raises(ValueError, match="envelope"):
        compiled(queue(0.5, const(1)), under=envelope((queue(0.4, const(1)),)))


def test_what_the_tables_do_not_hold_is_said_with_the_number() -> None:
    crowded = office(arrivals=Arrivals(Figure(1), slots=(Slots(480, 600, 1, 20),)))
    with pytest.raises(VuonError) as caught:
        compiled(crowded)
    assert caught.value.code == "journey.too_large"
    assert "12000 appointments, at most 8192" in caught.value.say("en")


# --- what nobody knows exactly


def uncertain_queue() -> object:
    service = replace(exponential(3), low=2.0, high=4.5)
    return replace(
        queue(0.2, service, days=2),
        arrivals=Arrivals(Figure(0.2 * 1440, "measured", 0.19 * 1440, 0.21 * 1440)),
    )


def test_uncertain_figures_are_named_and_drawn_within_their_interval() -> None:
    journey = uncertain_queue()
    known = {each.name: each for each in unknowns(journey)}
    assert set(known) == {"arrivals:per_day", "step:desk:service"}
    assert known["step:desk:service"].low == pytest.approx(2.0)
    assert silent(journey) == ("group:class_1:share",)
    low, high = (outer(journey, lambda _, u=u: u) for u in (0.05, 0.95))
    assert low.step("desk").service["mean"] == pytest.approx(2)
    assert high.step("desk").service["mean"] == pytest.approx(4.5)
    assert with_values(journey, {"step:desk:service": 2.5}).step("desk").service["mean"] == 2.5
    assert at(Share(0.2), 0.3).value == 0.3
    assert with_values(journey, {}) == journey


@wasm
def test_what_to_measure_next_is_what_moves_the_result() -> None:
    found = measure_next(uncertain_queue(), draws=32, replications=2)
    assert [part.unknown.name for part in found.parts] == ["step:desk:service", "arrivals:per_day"]
    assert found.parts[0].total > 0.7 > 0.4 > found.parts[1].total
    # Only the service is assumed; the arrivals were measured.
    assert 0.6 < found.assumed <= 1


@wasm
def test_the_share_of_worlds_in_which_a_redesign_is_better() -> None:
    journey = uncertain_queue()
    faster = apply(journey, [Change("desk", "", {"service_factor": 0.9})])
    # A factor makes the figure assumed and its interval moves along: the same world, faster.
    found = worlds(journey, faster, draws=8, replications=3, metrics=("wait", "completion"))
    assert found["wait", ""].better == 1
    assert found["wait", ""].sd > 0 < found["wait", ""].luck
    assert found["completion", ""].better == 0.5


# --- the protocol


def test_the_model_answers_by_the_protocol() -> None:
    journey = uncertain_queue()
    model = JourneyModel(journey)
    assert isinstance(model, Model)
    assert {each.name for each in model.uncertainties} == {"arrivals:per_day", "step:desk:service"}
    assert [each.name for each in model.levers] == ["desks:desks", "desk:service_factor"]
    nothing, more = Policy("nothing"), Policy("more", {"desks:desks": 1})
    asked = [
        (policy, values, Luck(1, scenario, 0))
        for policy in (nothing, more)
        for values in ({}, {"step:desk:service": 4.0})
        for scenario in (0, 1)
    ]
    answers = model.run_many(asked)
    assert answers == [model.run(*question) for question in asked]
    waits = [each[named("wait")] for each in answers]
    assert all(few > many for few, many in zip(waits[:4], waits[4:], strict=True))
    assert waits[2] > waits[0] != waits[1]
    assert named("wait", "class_1") in answers[0]
    assert model.hash != JourneyModel(replace(journey, max_attempts=4)).hash


def test_a_policy_is_changes_or_levers_alike() -> None:
    model = JourneyModel(office(), opener=in_python if not host.is_here() else None)
    lever = Policy("a", {"desks:desks": 1.0})
    change = Policy("b", changes=(Change("desks", "", {"desks": 1}),))
    assert model.variant(lever, {}) == model.variant(change, {})
    assert model.run(lever, {}, Luck(3)) == model.run(change, {}, Luck(3))
