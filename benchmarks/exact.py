"""Exact intervals, power and a whole reading: time, in one run with the same in plain Python."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

from vuon.trials.analyse import analyse
from vuon.trials.exact import read
from vuon.trials.file import read as read_plan
from vuon.trials.power import power
from vuon.trials.protocol import LotRule
from vuon.trials.randomise import complete
from vuon.trials.rows import read as read_rows

EXAMPLE = Path(__file__).parents[1] / "examples" / "song-an-mot-lan"


def best_of(call: Callable[[], object], times: int) -> float:
    """The shortest of so many runs, in ms."""
    shortest = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        call()
        shortest = min(shortest, time.perf_counter() - started)
    return 1000 * shortest


def plain(y: list[float], treated: int) -> float:
    """One p value by plain Python over all allocations: what an interval needs many of."""
    units, total = range(len(y)), sum(y)
    old = len(y) - treated

    def difference(chosen: tuple[int, ...]) -> float:
        new = sum(y[unit] for unit in chosen)
        return new / treated - (total - new) / old

    mine = abs(difference(tuple(range(treated))))
    every = list(combinations(units, treated))
    return sum(abs(difference(chosen)) >= mine - 1e-9 for chosen in every) / len(every)


def main() -> None:
    """Print the table."""
    drawing = random.Random(1)
    print("| design | allocations | interval, ms | one p in plain Python, ms | ratio |")
    print("|---|---|---|---|---|")
    for units, treated in ((9, 4), (16, 8), (40, 20)):
        y = [drawing.gauss(0, 1) for _ in range(units)]
        drawn, space = [1] * treated + [0] * (units - treated), complete(units, treated)
        found = read(y, drawn, space)
        mine = best_of(lambda y=y, d=drawn, s=space: read(y, d, s), 5)
        limit = "150" if found.sampled else "10"
        row = (
            f"| {treated} v {units - treated} | {found.allocations} | {mine:.2f} (limit {limit}) |"
        )
        if found.sampled:
            print(row + " – | – |")
            continue
        slow = best_of(lambda y=y, k=treated: plain(y, k), 1)
        print(row + f" {slow:.2f} | {slow / mine:.0f} |")
    print("\n| what a plan can find | s (limit 1) |\n|---|---|")
    for units in (9, 20, 60):
        lot = LotRule("complete", tuple(map(str, range(units))), units // 2)
        took = best_of(lambda lot=lot: power(lot, effects=(0.5,)), 2) / 1000
        print(f"| {units} units by lot | {took:.2f} |")
    lot = LotRule("crossover", tuple("abcdef"), periods=12)
    print(f"| 6 to and fro, 12 periods | {best_of(lambda: power(lot), 2) / 1000:.2f} |")
    plan = read_plan(EXAMPLE / "trial.toml")
    sheet = (EXAMPLE / "pilot.csv").read_text("utf-8")
    whole = best_of(lambda: analyse(plan, read_rows(sheet, plan)), 3) / 1000
    print(f"\nA whole reading of the example, from its sheet: {whole:.2f} s (limit 2).")
