"""Long runs against closed forms: within one in a hundred at loads of 0.5, 0.8 and 0.9.

The work that people bring is known in advance; what it happened to be in each replication explains
most of the difference between waits, and is taken out of them (a control variate).
"""

from __future__ import annotations

import math
import statistics

import pytest
from tests.running_journeys import DAY, const, exponential, queue

from vuon.journeys import kernel_results as r
from vuon.journeys.analytic import cobham, erlang_a, erlang_c, pollaczek_khinchine
from vuon.journeys.compile import compiled
from vuon.journeys.model import Journey
from vuon.journeys.simulate import Results, luck, outcomes
from vuon.kernel import host

pytestmark = pytest.mark.skipif(not host.is_here(), reason="wasmtime is not here")
#: Days left out at the start, and days looked at.
WARMUP, DAYS = 1, 20


def long_run(journey: Journey, runs: int) -> Results:
    """The outcomes of so many replications."""
    ready = compiled(journey, warmup=WARMUP * DAY, drain_days=3)
    return outcomes(ready, luck(7, 0, range(runs)))


def near(found: Results, known: float, work: float, group: str = "") -> None:
    """The mean wait is the known one; `work` is what is brought in a minute on average."""
    runs = found.replications
    waits = [found.outcome(n, group, r.O_WAIT) for n in range(runs)]
    brought = [
        found.outcome(n, "", r.O_STATE) * found.outcome(n, "", r.O_ARRIVED) - work * DAYS * DAY
        for n in range(runs)
    ]
    slope = statistics.covariance(brought, waits) / statistics.variance(brought)
    left = [wait - slope * more for wait, more in zip(waits, brought, strict=True)]
    mean, error = statistics.fmean(left), statistics.stdev(left) / math.sqrt(runs)
    assert abs(mean - known) <= 4 * error, (mean, known, error)
    assert abs(mean - known) <= 0.01 * known, (mean, known, error)
    # Nearer than one in a hundred is then no accident.
    assert error <= 0.008 * known, (mean, known, error)


@pytest.mark.parametrize(("load", "runs"), [(0.5, 45), (0.8, 60), (0.9, 165)])
def test_erlang_c(load: float, runs: int) -> None:
    journey = queue(load, exponential(1), days=WARMUP + DAYS)
    near(long_run(journey, runs), erlang_c(load, 1, 1).wait, load)


@pytest.mark.parametrize("load", [0.5, 0.8, 0.9])
def test_erlang_a(load: float) -> None:
    rate = load * 3
    journey = queue(rate, exponential(1), 3, days=WARMUP + DAYS, patience=exponential(3))
    known = erlang_a(rate, 1, 3, 3)
    near(long_run(journey, 16 if load < 0.8 else 8), known.wait, rate * (1 - known.leaves))


@pytest.mark.parametrize(("load", "runs"), [(0.5, 21), (0.8, 48), (0.9, 150)])
def test_pollaczek_khinchine(load: float, runs: int) -> None:
    journey = queue(load, const(1), days=WARMUP + DAYS)
    near(long_run(journey, runs), pollaczek_khinchine(load, const(1)).wait, load)


@pytest.mark.parametrize(("load", "runs"), [(0.5, 20), (0.8, 48), (0.9, 200)])
def test_cobham(load: float, runs: int) -> None:
    journey = queue(load, const(1), days=WARMUP + DAYS, priorities=((0, 0.4), (2, 0.6)))
    waits = cobham([load * 0.4, load * 0.6], [const(1), const(1)])
    found = long_run(journey, runs)
    for known, group in zip(waits, ("class_0", "class_2"), strict=True):
        near(found, known, load, group)


@pytest.mark.parametrize(("load", "runs"), [(0.5, 40), (0.8, 40), (0.9, 110)])
def test_jackson_with_rework(load: float, runs: int) -> None:
    journey = queue(load * 2 * 0.75, exponential(1), 2, days=WARMUP + DAYS, rework=0.25)
    near(long_run(journey, runs), erlang_c(load * 2, 1, 2).wait / 0.75, load * 2)
