"""Six steps on our kernel, in the frozen C yardstick, in Ciw and in SimPy; and the cold start.

Ciw and SimPy are not installed with the product. To have them in the table, put them aside and name
their folder: `pip install --target FOLDER ciw==3.2.7 simpy==4.1.2`, then PYTHONPATH=FOLDER. Ciw
brings a folder `tests`, which is to be taken out: other benchmarks need ours.
"""

from __future__ import annotations

import gzip
import importlib.util
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks._yardstick import frozen, hash_of, known_to
from vuon.journeys import kernel_tables as t
from vuon.journeys import simulate
from vuon.journeys.compile import Compiled, compiled
from vuon.journeys.file import read
from vuon.journeys.kernel_results import C_ARRIVED, C_DONE, O_ARRIVED, O_DONE
from vuon.kernel import c, host

SIX = Path(__file__).parents[1] / "tests/unit/journey6.toml"
DAYS, RUNS, REPLICATIONS = 10, 7, 16
MINUTES = 1440 * DAYS
#: What one run gives: citizens who came, and who were done.
Counts = tuple[float, float]
ALONE, FROZEN = "its kernel alone", "the yardstick: frozen C"
COLD = (
    "import time; a = time.perf_counter(); import vuon; b = time.perf_counter();"
    "from vuon.journeys import simulate; c = time.perf_counter();"
    "import wasmtime; d = time.perf_counter();"
    "from vuon.kernel import host; {opened}; e = time.perf_counter();"
    "print(b - a, c - b, d - c, e - d)"
)
OPEN = "simulate.on_wasm(simulate.SMALL)"
#: How a kernel is opened, and whether what was compiled is kept.
OPENED = {
    "kept from an earlier start": (OPEN, True),
    "as built with the product": (OPEN, False),
    "built at the start": ("host.load(simulate.KERNEL, CITIZENS=simulate.SMALL)", False),
}


def library(ready: Compiled, opener: simulate.Opener) -> Callable[[int], Counts]:
    """Replications through the library, outcomes read."""

    def once(seed: int) -> Counts:
        found = simulate.outcomes(ready, simulate.luck(seed, 0, range(REPLICATIONS)), opener)
        numbers = range(REPLICATIONS)
        came = sum(found.outcome(n, "", O_ARRIVED) for n in numbers)
        return came, sum(found.outcome(n, "", O_DONE) for n in numbers)

    return once


def kernel(ready: Compiled, backend: Any) -> Callable[[int], Counts]:
    """The same on a kernel alone: no more is read than the two counts."""
    for name, values in ready.arrays.items():
        backend.write(name, values)
    backend.write("header", (REPLICATIONS,), t.H_REPLICATIONS)

    def once(seed: int) -> Counts:
        backend.write("replication_key", simulate.luck(seed, 0, range(REPLICATIONS)))
        backend.write("header", (0,), t.H_PHASE)
        assert backend.call("run", 10**9) > 0
        row = backend.read("counts", simulate.r.ROW_ALL * 8, simulate.r.ROW_ALL * 8 + 8)
        return row[C_ARRIVED], row[C_DONE]

    return once


def with_ciw(seed: int) -> Counts:
    """One run in Ciw, as its manual shows routing and reneging."""
    import ciw

    exponential, never = ciw.dists.Exponential, None
    network = ciw.create_network(
        arrival_distributions=[exponential(1), never, never, never, never, never],
        service_distributions=[exponential(1 / mean) for mean in (1, 2, 6, 1, 30, 1.5)],
        number_of_servers=[2, 4, 7, 2, float("inf"), 2],
        reneging_time_distributions=[exponential(1 / 60), never, exponential(1 / 45), *[never] * 3],
        routing=[
            [0.0, 1.0, 0.0, 0.0, 0.0, 0.0],
            [0.25, 0.0, 0.75, 0.0, 0.0, 0.0],
            [0.0, 0.1, 0.0, 0.9, 0.0, 0.0],
            [0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
            [0.0, 0.0, 0.05, 0.0, 0.0, 0.95],
            [0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        ],
    )
    ciw.seed(seed)
    made = ciw.Simulation(network)
    made.simulate_until_max_time(MINUTES)
    first = made.nodes[0].number_of_individuals
    done = sum(
        each.data_records[-1].node == 6 and each.data_records[-1].record_type == "service"
        for each in made.nodes[-1].all_individuals
    )
    return first, done


def with_simpy(seed: int) -> Counts:
    """One run in SimPy, whose journeys are code; it keeps no records at all."""
    import simpy

    draw = random.Random(seed)
    house = simpy.Environment()
    desks = [simpy.Resource(house, n) if n else None for n in (2, 4, 7, 2, 0, 2)]
    means, patience = (1, 2, 6, 1, 30, 1.5), {0: 60, 2: 45}
    back = {1: (0.25, 0), 2: (0.1, 1), 4: (0.05, 2)}
    came, done = 0, 0

    def citizen() -> Any:
        nonlocal done
        step = 0
        while step < 6:
            desk = desks[step]
            if desk is None:
                yield house.timeout(draw.expovariate(1 / means[step]))
            else:
                with desk.request() as asked:
                    if step in patience:
                        limit = house.timeout(draw.expovariate(1 / patience[step]))
                        yield asked | limit
                        if not asked.triggered:
                            return
                    else:
                        yield asked
                    yield house.timeout(draw.expovariate(1 / means[step]))
            share, to = back.get(step, (0.0, 0))
            step = to if share and draw.random() < share else step + 1
        done += 1

    def door() -> Any:
        nonlocal came
        while True:
            yield house.timeout(draw.expovariate(1))
            came += 1
            house.process(citizen())

    house.process(door())
    house.run(MINUTES)
    return came, done


def cold(opened: str, cache: str) -> list[float]:
    """Seconds of the imports and of the opening in a new process: medians of five."""
    found = []
    for _ in range(6):
        told = subprocess.run(
            [sys.executable, "-c", COLD.format(opened=opened)],
            capture_output=True, text=True, check=True, env={**os.environ, "VUON_CACHE": cache},
        ).stdout.split()  # fmt: skip
        found.append([float(each) for each in told])
    # The first one fills what is kept.
    return [statistics.median(each) for each in zip(*found[1:], strict=True)]


def six_steps() -> Compiled:
    """journey6 over so many days."""
    journey = read(SIX)
    assert journey.calendar
    return compiled(replace(journey, calendar=replace(journey.calendar, horizon_days=DAYS)))


def ways() -> dict[str, Callable[[int], Counts]]:
    """What can be compared on this machine."""
    ready = six_steps()
    found = {"the library on wasmtime": library(ready, simulate.on_wasm)}
    found[ALONE] = kernel(ready, simulate.on_wasm(simulate.SMALL))
    if shutil.which("cc"):
        yardstick = frozen()
        found[FROZEN] = kernel(known_to(yardstick, ready), yardstick)
        found["today's source in C"] = kernel(
            ready, c.load(simulate.KERNEL, CITIZENS=simulate.SMALL)
        )
    for name, label, once in (("simpy", "SimPy", with_simpy), ("ciw", "Ciw", with_ciw)):
        if importlib.util.find_spec(name):
            found[f"{label} {importlib.import_module(name).__version__}"] = once
    return found


def said_of_the_yardstick() -> None:
    """Print whether the outputs that the module and the yardstick leave behind are equal."""
    if not shutil.which("cc"):
        return
    yardstick, found = frozen(), []
    for backend in (simulate.on_wasm(simulate.SMALL), yardstick):
        kernel(known_to(yardstick, six_steps()), backend)(1)
        found.append(hash_of(backend))
    equal = f"equal in every bit ({found[0][:12]})" if found[0] == found[1] else "NOT EQUAL"
    print(f"\nThe yardstick: `{' '.join(c.FLAGS)}`; its outputs are {equal}.")


def main() -> None:
    """Print the table; medians of alternating runs, in seconds of the processor."""
    if not host.is_here():
        print("Needs wasmtime.")
        return
    rates: dict[str, list[float]] = {}
    shares: dict[str, list[float]] = {}
    compared = ways()
    for once in compared.values():
        once(1)  # what is opened at first does not count
    for run in range(RUNS):
        for name, once in compared.items():
            started = time.process_time()
            came, done = once(run + 1)
            rates.setdefault(name, []).append(came / (time.process_time() - started))
            shares.setdefault(name, []).append(done / came)
    ours = statistics.median(rates["the library on wasmtime"])
    alone = statistics.median(rates[ALONE])
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"journey6 over {DAYS} days, medians of {RUNS} alternating runs on one core; ", end="")
    print(f"load of the machine {load:.1f}. SimPy keeps no records, Ciw keeps all of them.\n")
    print("| runs in | citizens a second | the library is faster | the kernel is faster | done |")
    print("|---|---|---|---|---|")
    for name, found in rates.items():
        rate, share = statistics.median(found), statistics.median(shares[name])
        print(f"| {name} | {rate:,.0f} | {ours / rate:.2f} × | {alone / rate:.2f} × |", end="")
        print(f" {100 * share:.1f} % |")
    said_of_the_yardstick()
    if len(compared) < 6:
        print("\nA C compiler, Ciw or SimPy is missing: see the benchmark's first lines.")
    wasm = simulate.BUILT[simulate.SMALL].read_bytes()
    print(f"\nThe module weighs {len(wasm) / 1000:.1f} kB, ", end="")
    print(f"{len(gzip.compress(wasm)) / 1000:.1f} kB compressed. Cold start in a new process:\n")
    print("| kernel | vuon, ms | its journeys, ms | wasmtime, ms | opened, ms |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, (opened, is_kept) in OPENED.items():
            taken = cold(opened, folder if is_kept else "")
            print(f"| {name} | {' | '.join(f'{1000 * each:.1f}' for each in taken)} |")


if __name__ == "__main__":
    main()
