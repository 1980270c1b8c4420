"""Futures: PRIM beside EMA Workbench, what an ensemble adds to its model, six metrics, the import.

EMA Workbench is not installed with the product. To have it in the table, make an environment of its
own (`uv venv FOLDER; uv pip install --python FOLDER/bin/python ema_workbench`) and name its Python:
EMA_PYTHON=FOLDER/bin/python. Both peel the same cases in one run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vuon.futures import prim, robustness
from vuon.futures.discover import discover
from vuon.futures.ensemble import run_ensemble, values_of, with_edges
from vuon.futures.executors import processes
from vuon.futures.sample import Design, Dimension
from vuon.futures.study import Source, Study, asked
from vuon.xlrm import Column, Lever, Luck, Lucks, Measure, Outcome, Policy, Result, Uncertainty

CASES, VARIABLES, STEPS = 10_000, 20, 100
EMA = """
import json, sys, time
import numpy as np, pandas as pd
from ema_workbench.analysis import prim
x = np.load(sys.argv[1]); y = np.load(sys.argv[2])
frame = pd.DataFrame({f"x{j}": row for j, row in enumerate(x)})
started = time.perf_counter()
alg = prim.Prim(frame, y, threshold=0.8, peel_alpha=0.05,
                mass_min=0.05, paste_alpha=0.05)
box = alg.find_box()
took = time.perf_counter() - started
path = box.peeling_trajectory
dense = path[path["density"] >= 0.9]
print(json.dumps({"seconds": took, "coverage": float(dense["coverage"].iloc[0]),
                  "density": float(dense["density"].iloc[0])}))
"""


@dataclass(frozen=True)
class Toy:
    """A stock that fills and drains over `STEPS` steps; by columns."""

    uncertainties: tuple[Uncertainty, ...] = (Uncertainty("a", 0, 1), Uncertainty("b", 0, 1))
    levers: tuple[Lever, ...] = (Lever("effort", 0, 1, 0),)
    outcomes: tuple[Outcome, ...] = (Outcome("y"),)
    hash: str = "toy"

    def run(self, policy: Policy, values: Mapping[str, float], luck: Luck) -> Result:
        """One run."""
        columns = {name: np.array([value]) for name, value in values.items()}
        return {"y": float(self.run_columns(policy, columns, Lucks(1))["y"][0])}

    def run_many(self, questions: Any) -> list[Result]:
        """Many runs."""
        return [self.run(*each) for each in questions]

    def run_columns(
        self, policy: Policy, values: Mapping[str, Column], _lucks: Lucks, /
    ) -> Mapping[str, Column]:
        """A column of runs."""
        inflow = values["a"] + policy.levers.get("effort", 0.0)
        drain = 1 - 0.1 * values["b"]
        stock = np.zeros_like(inflow)
        for _ in range(STEPS):
            stock *= drain
            stock += inflow
        return {"y": stock}


def read_model(_text: str) -> Toy:
    """The toy."""
    return Toy()


def best_of(call: Callable[[], Any], times: int) -> float:
    """The shortest of so many runs, in seconds."""
    took = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        took.append(time.perf_counter() - started)
    return min(took)


def planted(seed: int) -> tuple[Column, prim.Flags]:
    """The box of the tests: three variables, one label in twenty flipped."""
    drawn = np.random.default_rng(seed)
    x = drawn.random((VARIABLES, CASES))
    inside = (x[0] < 0.4) & (x[1] > 0.6) & (x[2] < 0.7)
    return x, inside ^ (drawn.random(CASES) < 0.05)


def once(x: Column, fails: prim.Flags) -> prim.Region:
    """One PRIM: peel, paste, and what chance says of each limit."""
    region = prim.paste(prim.peel(x, fails)[-1], x, fails)
    prim.quasi_p(region, x, fails)
    return region


def ema(x: Column, fails: prim.Flags) -> dict[str, float] | None:
    """The same by EMA Workbench; None where it is not at hand."""
    python = os.environ.get("EMA_PYTHON")
    if not python:
        return None
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder) / "x.npy", Path(folder) / "y.npy"
        np.save(one, x)
        np.save(other, fails)
        told = subprocess.run(
            [python, "-W", "ignore", "-c", EMA, str(one), str(other)],
            capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]},
        )  # fmt: skip
    if told.returncode:
        print(told.stderr[-2000:], file=sys.stderr)
        return None
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


def prims() -> None:
    """PRIM beside its peer."""
    print("| PRIM, 10,000 × 20 | seconds | limit | coverage at density ≥ .9 |")
    print("|---|---|---|---|")
    ratios = []
    for seed in (1, 2, 3):
        x, fails = planted(seed)
        mine = best_of(lambda x=x, y=fails: once(x, y), 5)
        coverage = next(
            float(fails[i].sum() / fails.sum())
            for i in (region.holds(x) for region in prim.peel(x, fails))
            if fails[i].mean() >= 0.9
        )
        print(f"| here, box {seed} | {mine:.3f} | 0.2 | {coverage:.3f} |")
        theirs = ema(x, fails)
        if theirs:
            ratios.append(theirs["seconds"] / mine)
            print(f"| EMA Workbench | {theirs['seconds']:.2f} | | {theirs['coverage']:.3f} |")
    x, fails = planted(1)
    dims = [Dimension(f"x{j}", 0, 1) for j in range(VARIABLES)]
    whole = best_of(lambda: discover({f"x{j}": x[j] for j in range(VARIABLES)}, fails, dims), 1)
    print(f"| discovery with ten resamples | {whole:.2f} | | |")
    if ratios:
        print(f"\nFaster than EMA Workbench: {min(ratios):.0f} times at least (aim 30).")
    else:
        print("\nEMA Workbench is not at hand: EMA_PYTHON names no Python that has it.")


def toy(n: int, policies: int = 1) -> Study:
    """A study of the toy."""
    design = Design((Dimension("a", 0, 1), Dimension("b", 0, 1)), n, chunk=1 << 15)
    some = tuple(Policy(f"p{k}", {"effort": k / 10}) for k in range(policies))
    measures = (Measure("m", "y", 5, "more"),)
    found, _ = asked(Source("benchmarks.futures:read_model", ""), some, measures, design)
    return with_edges(found)


def ensembles() -> None:
    """What an ensemble adds to its model, and a million runs."""
    study = toy(1 << 18, 4)
    runs = study.design.n * 4
    chunk = study.design.chunk

    def bare() -> None:
        for start in range(0, study.design.n, chunk):
            values_of(study, Toy(), start, chunk)

    alone, whole = best_of(bare, 3), best_of(lambda: run_ensemble(study), 3)
    sketched = best_of(lambda: run_ensemble(study, columns=False), 3)
    print("\n| ensemble of a 100-step toy | figure | limit |")
    print("|---|---|---|")
    print(f"| added to the model a run, µs | {1e6 * (whole - alone) / runs:.2f} | 1 |")
    print(f"| the same without columns, µs | {1e6 * (sketched - alone) / runs:.2f} | 1 |")
    million = toy(1 << 20)
    print(f"| 2^20 runs, one process, s | {best_of(lambda: run_ensemble(million), 2):.2f} | |")
    two = best_of(lambda: run_ensemble(million, processes(2)), 2)
    print(f"| 2^20 runs, two processes with their start, s | {two:.2f} | 2 |")


def metrics() -> None:
    """Six metrics on 50 policies in 100,000 futures."""
    values = np.random.default_rng(1).normal(5, 1, (50, 100_000))
    names = [f"p{k}" for k in range(50)]
    measure = Measure("m", "y", 4, "more")
    took = best_of(lambda: robustness.table(values, measure, names), 3)
    print("\n| | seconds | limit |")
    print("|---|---|---|")
    print(f"| six metrics, 50 × 100,000 | {took:.2f} | 0.3 |")
    modules = "ensemble, robustness, discover, sensitivity, pathways, file, commands"
    program = (
        "import time; a = time.perf_counter(); import numpy; b = time.perf_counter();"
        f"from vuon.futures import {modules}; print(b - a, time.perf_counter() - b)"
    )
    told = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        for _ in range(5)
    ]
    base, ours = min(
        (tuple(map(float, each.stdout.split())) for each in told),
        key=lambda pair: pair[0] + pair[1],
    )
    print(
        f"| import of numpy, then of every module of vuon.futures | {base:.2f} + {ours:.2f} | 0.3 |"
    )


def main() -> None:
    """Print the tables."""
    prims()
    ensembles()
    metrics()
