"""The kernel against queues with known answers: within four standard errors, fixed seeds."""

from __future__ import annotations

import math

import pytest
from tests.running_journeys import DAY, const, exponential, journey6, queue

from vuon.journeys import kernel_results as r
from vuon.journeys.analytic import cobham, erlang_a, erlang_c, erlang_c_beyond, pollaczek_khinchine
from vuon.journeys.compare import estimates
from vuon.journeys.compile import compiled, hashed
from vuon.journeys.model import Dist, Journey
from vuon.journeys.simulate import Run, in_python, luck, run, simulate
from vuon.journeys.traffic import visits
from vuon.kernel import host
from vuon.kernel.maths import log
from vuon.kernel.random import citizen_key, draw, group_key, unif

pytestmark = pytest.mark.skipif(not host.is_here(), reason="wasmtime is not here")
#: Twenty checks at 95 % fail once a build.
ERRORS = 4


def long_run(journey: Journey, seed: int = 1, replications: int = 24) -> Run:
    """Replications of the journey, its first fifth left out."""
    assert journey.calendar
    warmup = journey.calendar.horizon_days * DAY / 5
    return simulate(journey, seed=seed, replications=replications, warmup=warmup, drain_days=10)


def near(found: Run, metric: str, known: float, group: str = "") -> None:
    each = estimates(found, (group,), (metric,))[metric, group]
    assert abs(each.mean - known) <= ERRORS * each.sd / math.sqrt(each.n), (each, known)
    # The check says something: four errors are a small part of the value.
    assert ERRORS * each.sd / math.sqrt(each.n) < 0.25 * known


@pytest.mark.parametrize(("load", "desks"), [(0.5, 1), (0.8, 1), (0.8, 3), (0.9, 5)])
def test_erlang_c(load: float, desks: int) -> None:
    rate = load * desks / 4
    found = long_run(queue(rate, exponential(4), desks, days=8))
    near(found, "wait", erlang_c(rate, 4, desks).wait)
    near(found, "load", load)
    # Quantiles of the histogram: the wait above which one in ten stays.
    known = erlang_c(rate, 4, desks)
    p90 = max(0.0, math.log(known.waits / 0.1) * 4 / desks / (1 - load))
    assert erlang_c_beyond(rate, 4, desks, p90) == pytest.approx(min(0.1, known.waits))
    each = estimates(found, ("",), ("wait_p90",))["wait_p90", ""]
    assert abs(each.mean - p90) <= ERRORS * each.half / 2 + 0.03 * p90 + 0.05


@pytest.mark.parametrize(
    "service",
    [
        const(3),
        Dist.of("uniform", low=1, high=6),
        Dist.of("lognormal", mean=3, sigma=0.7),
        Dist.of("weibull", scale=3, shape=1.6),
        Dist.of("gamma", mean=3, shape=2),
    ],
    ids=lambda dist: dist.family,
)
def test_pollaczek_khinchine(service: Dist) -> None:
    found = long_run(queue(0.23, service, days=8))
    near(found, "wait", pollaczek_khinchine(0.23, service).wait)


def test_erlang_a() -> None:
    found = long_run(queue(0.7, exponential(4), 3, days=8, patience=exponential(9)))
    known = erlang_a(0.7, 4, 3, 9)
    near(found, "drop_off", known.leaves)
    near(found, "wait", known.wait)


def test_cobham() -> None:
    service = exponential(4)
    found = long_run(queue(0.2, service, days=10, priorities=((0, 0.3), (2, 0.7))))
    first, second = cobham([0.06, 0.14], [service, service])
    near(found, "wait", first, "class_0")
    near(found, "wait", second, "class_2")


def test_jackson_with_rework() -> None:
    # A share b comes back at once: like arrivals at rate λ / (1 - b), each visit waits as in M/M/c.
    found = long_run(queue(0.35, exponential(4), 2, days=8, rework=0.25))
    a_visit = erlang_c(0.35 / 0.75, 4, 2).wait
    near(found, "wait", a_visit / 0.75)
    near(found, "attempts", 1 / 0.75)
    near(found, "state_minutes", 4 / 0.75)


def test_littles_law() -> None:
    # People inside on average = rate × time inside, by the sums of the kernel itself.
    journey = queue(0.6, exponential(4), 3, days=8)
    found = simulate(journey, replications=24, drain_days=10)
    arrived = found.count("", r.C_ARRIVED)
    rate = arrived / (24 * 8 * DAY)
    inside = (found.sums[found.row()][r.M_WAIT] + found.sums[found.row()][r.M_SERVICE]) / (
        24 * 8 * DAY
    )
    assert inside == pytest.approx(rate * found.sums[found.row()][r.M_TIME] / arrived, rel=1e-9)


def test_journey6_goes_as_its_traffic_equations_say() -> None:
    # Those who leave queues lower every count; without them the visits are those of Jackson.
    journey = journey6(4)
    found = simulate(journey, replications=16, warmup=DAY, drain_days=5)
    known = visits(journey, journey.groups[0])
    row = found.row()
    arrived, stayed = found.count("", r.C_ARRIVED), found.counts[row][r.C_DONE]
    assert stayed < arrived
    seen = {key: found.visits[row][n] for n, key in enumerate(found.steps)}
    for key, expected in known.items():
        assert 0.8 * expected < seen[key] / arrived <= expected * 1.01, key
    # One way on with a fixed share, on every visit: 5 % come back from the back office.
    back = (seen["counter"] - 0.75 * seen["check"]) / seen["back_office"]
    assert back == pytest.approx(0.05, abs=4 * math.sqrt(0.05 * 0.95 / seen["back_office"]) * 1.5)


def test_single_server_waits_are_the_recursion_on_the_very_draws() -> None:
    rate, service, key = 0.2, 4.0, luck(5, 0, range(1))
    journey = queue(rate, exponential(service), days=1)
    found = run(compiled(journey, drain_days=30), key, in_python)
    group = group_key(key[0], hashed("class_1"))
    arrives = wait = free = total = 0.0
    count = number = 0
    while True:
        citizen = citizen_key(group, number)
        arrives += -log(1.0 - unif(draw(citizen, 0, 0, 5))) / rate
        if arrives >= DAY:
            break
        wait = max(0.0, free - arrives)
        free = arrives + wait - service * log(1.0 - unif(draw(citizen, hashed("desk"), 0, 0)))
        total, count, number = total + wait, count + 1, number + 1
    assert found.count("", r.C_ARRIVED) == count > 200
    assert found.sums[found.row()][r.M_WAIT] == pytest.approx(total, rel=1e-9)
