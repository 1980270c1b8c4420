"""The kernel against Ciw, another simulator: its table stands beside this file, `ciw_table.py` made it."""

from __future__ import annotations

import json
import math
import statistics
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from tests.running_journeys import exponential, journey6, queue

from vuon.journeys import kernel_results as r
from vuon.journeys.compile import compiled
from vuon.journeys.model import Dist, Journey
from vuon.journeys.simulate import luck, run
from vuon.kernel import host

TABLE = json.loads(Path(__file__).with_name("ciw.json").read_text(encoding="utf-8"))
DAYS = TABLE["days"]
#: Ours cost little: they add hardly anything to the error.
REPLICATIONS = 160


def patient() -> Journey:
    six = journey6(DAYS)
    steps = tuple(replace(step, patience=None) for step in six.steps)
    desks = tuple(replace(a, desks=9) if a.key == "counter" else a for a in six.resources)
    return replace(six, steps=steps, resources=desks)


def two_classes() -> Journey:
    found = queue(0.4, exponential(2), 2, days=DAYS, priorities=((0, 0.3), (2, 0.7)))
    slow = (("class_2", Dist.of("uniform", low=2.714286, high=7)),)
    steps = (replace(found.steps[0], service_for=slow), found.steps[1])
    return replace(found, steps=steps)


JOURNEYS = {
    "six steps": lambda: journey6(DAYS),
    "six steps, patient": patient,
    "reneging": lambda: queue(
        0.7875, exponential(4), 3, days=DAYS, patience=Dist.of("uniform", low=2, high=20)
    ),
    "rework": lambda: queue(
        1.2, Dist.of("lognormal", mean=1, sigma=0.7), 2, days=DAYS, rework=0.25
    ),
    "classes": two_classes,
}


def told(journey: Journey) -> dict[str, list[float]]:
    """For each number of the table its values in our replications."""
    ready = compiled(journey, warmup=TABLE["warmup"], drain_days=1)
    found = defaultdict(list)
    worked = [n for n, key in enumerate(ready.steps) if journey.step(key).kind != "end"]
    for key in luck(11, 0, range(REPLICATIONS)):
        one = run(ready, (key,))
        came = one.count("", r.C_ARRIVED)
        found["wait"].append(one.mean("", r.M_WAIT))
        found["completion"].append(one.count("", r.C_DONE) / came)
        found["visits"].append(sum(one.visits[one.row()][n] for n in worked) / came)
        found["desk minutes"].append(one.mean("", r.M_SERVICE))
        if len(journey.groups) > 1:
            found["wait first"].append(one.mean("class_0", r.M_WAIT))
            found["wait second"].append(one.mean("class_2", r.M_WAIT))
    return found


@pytest.mark.skipif(not host.is_here(), reason="wasmtime is not here")
@pytest.mark.parametrize("name", JOURNEYS)
def test_ours_are_those_of_ciw(name: str) -> None:
    """Within four standard errors of both, which are a small part of what is compared."""
    ours, theirs = told(JOURNEYS[name]()), TABLE["queues"][name]
    assert set(ours) == set(theirs)
    for number, (mean, error) in theirs.items():
        values = ours[number]
        here = statistics.fmean(values)
        both = math.hypot(error, statistics.stdev(values) / math.sqrt(len(values)))
        assert abs(here - mean) <= 4 * both + 1e-12, (number, here, mean, both)
        assert 4 * both < 0.2 * mean, (number, here, mean, both)
