"""Exact intervals: time against the same in plain Python, in one run."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import combinations

from vuon.trials.exact import read
from vuon.trials.randomise import complete


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
