"""How near a kernel in wasmtime comes to the same text in C: three desks and one queue."""

from __future__ import annotations

import os
import shutil
import statistics
import time
from typing import Any

from vuon.kernel import c, host, reference

DESKS = "tests.kernels.three_desks"
READ = ("header", "scalars", "wait_bins", "inside_bins")
CITIZENS, RUNS = 500_000, 9


def seconds(kernel: Any, citizens: int) -> float:
    """Time of one run from the start, at load 0.8."""
    kernel.write("header", [1, citizens, *[0] * 14])
    kernel.write("scalars", [1.0, 2.4, *[0.0] * 14])
    for name in ("wait_bins", "inside_bins"):
        kernel.write(name, [0] * 1024)
    started = time.perf_counter()
    kernel.call("run", 10**9)
    return time.perf_counter() - started


def main() -> None:
    """Print the table; medians of alternating runs."""
    if shutil.which("cc") is None or not host.is_here():
        print("Needs a C compiler and wasmtime.")
        return
    native, wasm = c.load(DESKS), host.load(DESKS)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS):
        times[0].append(seconds(native, CITIZENS))
        times[1].append(seconds(wasm, CITIZENS))
    equal = all(list(native.read(name)) == list(wasm.read(name)) for name in READ)
    of_c, of_wasm = (statistics.median(each) for each in times)
    few = CITIZENS // 100
    slow = seconds(reference.load(DESKS), few) * CITIZENS / few
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"M/M/3 at load 0.8, {CITIZENS:,} citizens, medians of {RUNS} alternating runs; ", end="")
    print(f"load of the machine {load:.1f}. C with `{' '.join(c.FLAGS)}` of the same source.\n")
    print("| runs in | million events a second | ratio to C |")
    print("|---|---|---|")
    for name, taken in (("C", of_c), ("wasmtime", of_wasm), ("CPython", slow)):
        print(f"| {name} | {2 * CITIZENS / taken / 1e6:.3f} | {of_c / taken:.3f} |")
    print(f"\nOutputs equal in every bit: {'yes' if equal else 'NO'}.")
    print(f"The module weighs {len(wasm.wasm) / 1000:.1f} kB.")
