"""Writes `ciw.json`: what Ciw, another simulator, finds on five queues; means with standard errors.

Ciw is not needed by anybody else: tests compare with the table. To write it again, put Ciw aside and
name its folder (`pip install --target FOLDER ciw==3.2.7`), then
`PYTHONPATH=FOLDER python tests/published/ciw_table.py`; it takes some minutes.
"""

from __future__ import annotations

import json
import math
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("ciw.json")
DAYS, WARMUP, REPLICATIONS = 3, 864, 40
HORIZON = 1440 * DAYS
#: Node of each step of journey6.
SIX = ("reception", "check", "counter", "fee", "back_office", "giving_back")


def until(ciw: Any, rate: float) -> Any:
    """Poisson arrivals that end at the horizon."""

    class Until(ciw.dists.Exponential):
        def sample(self, t: float | None = None, ind: object = None) -> float:
            found = float(super().sample(t, ind))
            return found if (t or 0.0) + found < HORIZON else math.inf

    return Until(rate)


def six(ciw: Any, *, patient: bool) -> Any:
    """journey6; where nobody leaves, the counter has nine desks, or its queue would grow."""
    exponential = ciw.dists.Exponential
    limits = [exponential(1 / 60), None, exponential(1 / 45), None, None, None]
    rows = {0: {1: 1.0}, 1: {0: 0.25, 2: 0.75}, 2: {1: 0.1, 3: 0.9}, 3: {4: 1.0},
            4: {2: 0.05, 5: 0.95}, 5: {}}  # fmt: skip
    return ciw.create_network(
        arrival_distributions=[until(ciw, 1.0), None, None, None, None, None],
        service_distributions=[exponential(1 / mean) for mean in (1, 2, 6, 1, 30, 1.5)],
        number_of_servers=[2, 4, 9 if patient else 7, 2, math.inf, 2],
        routing=[[rows[a].get(b, 0.0) for b in range(6)] for a in range(6)],
        **({} if patient else {"reneging_time_distributions": limits}),
    )


def reneging(ciw: Any) -> Any:
    """Three desks at an offered load of 1.05; patience is not exponential: no formula is known."""
    return ciw.create_network(
        arrival_distributions=[until(ciw, 0.7875)],
        service_distributions=[ciw.dists.Exponential(1 / 4)],
        number_of_servers=[3],
        reneging_time_distributions=[ciw.dists.Uniform(2, 20)],
    )


def rework(ciw: Any) -> Any:
    """Two desks, lognormal service of mean 1 and sigma 0.7, one in four comes back at once."""
    sigma = 0.7
    return ciw.create_network(
        arrival_distributions=[until(ciw, 1.2)],
        service_distributions=[ciw.dists.Lognormal(-(sigma**2) / 2, sigma)],
        number_of_servers=[2],
        routing=[[0.25]],
    )


def classes(ciw: Any) -> Any:
    """Two desks, load 0.8; three in ten go first. Different service times: no formula is known."""
    return ciw.create_network(
        arrival_distributions={"first": [until(ciw, 0.12)], "second": [until(ciw, 0.28)]},
        service_distributions={
            "first": [ciw.dists.Exponential(1 / 2)],
            "second": [ciw.dists.Uniform(2.714286, 7)],
        },
        number_of_servers=[2],
        priority_classes={"first": 0, "second": 1},
    )


def told(records: list[Any], last: int) -> dict[str, float]:
    """What one run says of those who entered between warm-up and horizon."""
    people: dict[int, list[Any]] = defaultdict(list)
    for each in records:
        people[each.id_number].append(each)
    found: dict[str, list[float]] = defaultdict(list)
    for way in people.values():
        way.sort(key=lambda each: (each.arrival_date, each.exit_date))
        if way[0].arrival_date < WARMUP:
            continue
        group = way[0].original_customer_class
        rows = ("",) if group == "Customer" else ("", group)
        for row in rows:
            found[f"wait {row}".strip()].append(sum(each.waiting_time for each in way))
        served = [each for each in way if each.record_type == "service"]
        done = way[-1].record_type == "service" and way[-1].node == last
        found["completion"].append(done)
        found["visits"].append(len(way))
        found["desk minutes"].append(
            sum(each.service_time for each in served if last == 1 or each.node != 5)
        )
    return {name: statistics.fmean(values) for name, values in found.items()}


def run(ciw: Any, made: Callable[[], Any], last: int) -> dict[str, list[float]]:
    """Mean and standard error over the replications, for each number that is told."""
    runs: dict[str, list[float]] = defaultdict(list)
    for seed in range(REPLICATIONS):
        ciw.seed(seed)
        simulation = ciw.Simulation(made())
        # Arrivals end at the horizon; a day more lets everybody out.
        simulation.simulate_until_max_time(HORIZON + 1440)
        for name, value in told(simulation.get_all_records(), last).items():
            runs[name].append(value)
    return {
        name: [statistics.fmean(values), statistics.stdev(values) / math.sqrt(len(values))]
        for name, values in runs.items()
    }


def main() -> int:
    """Write the table."""
    import ciw

    models: dict[str, tuple[Callable[[], Any], int]] = {
        "six steps": (lambda: six(ciw, patient=False), 6),
        "six steps, patient": (lambda: six(ciw, patient=True), 6),
        "reneging": (lambda: reneging(ciw), 1),
        "rework": (lambda: rework(ciw), 1),
        "classes": (lambda: classes(ciw), 1),
    }
    found = {
        "made by": f"Ciw {ciw.__version__}, seeds 0 to {REPLICATIONS - 1}",
        "days": DAYS,
        "warmup": WARMUP,
        "queues": {name: run(ciw, *each) for name, each in models.items()},
    }
    TABLE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
