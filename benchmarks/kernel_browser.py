"""Kernels in a real browser: V8 beside C in the same run, a cold start, a lever until its picture.

The server is `vuon up`; modules, worker and pages are those that are shipped.
"""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
import statistics
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.browser.conftest import PROGRAMS, Visitor
from tests.browser.test_journey_levers import finished, guessed, shipped, tried
from tests.running_journeys import journey6

from benchmarks._served import served
from vuon.journeys import kernel_tables as t
from vuon.journeys import simulate
from vuon.journeys.compile import compiled
from vuon.kernel import c, host

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESKS = "tests.kernels.three_desks"
CITIZENS, RUNS = 500_000, 7
Inputs = dict[str, tuple[int, list[Any]]]
#: Opens a kernel in the product's worker and runs it; gives milliseconds and events.
RAW = """async ({wasm, layout, inputs}) => {
  const bytes = Uint8Array.from(atob(wasm), each => each.charCodeAt(0));
  const worker = new Worker('/static/dist/kernel-worker.js', {type: 'module'});
  const told = await new Promise((heard, refused) => {
    worker.onmessage = ({data}) => data.did === 'raw' ? heard(data) : refused(new Error(data.why));
    worker.postMessage({do: 'raw', id: 1, wasm: bytes, layout, inputs, budget: 1e9, read: []});
  });
  worker.terminate();
  return [told.milliseconds, told.events];
}"""
#: Milliseconds until the shipped small module is fetched, compiled and made ready; no cache.
COLD = """async () => {
  const started = performance.now();
  const answer = await fetch('/static/kernels/small.wasm', {cache: 'no-store'});
  const module = await WebAssembly.compile(await answer.arrayBuffer());
  await WebAssembly.instantiate(module, {});
  return performance.now() - started;
}"""
TRIALS = (
    ("one_stop_monday", "kiosk"),
    ("one_stop_monday", "appointments"),
    ("disability_certificate", "council_twice"),
    ("child_is_born_one_bundle", "better_search"),
)


def desks() -> Inputs:
    """Three desks at load 0.8."""
    return {
        "header": (0, [1, CITIZENS, *[0] * 14]),
        "scalars": (0, [1.0, 2.4, *[0.0] * 14]),
        "wait_bins": (0, [0] * 1024),
        "inside_bins": (0, [0] * 1024),
    }


def six() -> Inputs:
    """A day of journey6, as many replications as one call takes."""
    arrays = compiled(journey6()).arrays
    keys = simulate.luck(1, 0, range(t.REPLICATIONS))
    header = [*arrays["header"], len(keys), *[0] * (t.H_PHASE - t.H_REPLICATIONS)]
    found: Inputs = {name: (0, list(values)) for name, values in arrays.items()}
    return found | {"replication_key": (0, list(keys)), "header": (0, header)}


def in_c(kernel: Any, inputs: Inputs) -> float:
    """Milliseconds of one run in C."""
    for name, (at, values) in inputs.items():
        kernel.write(name, values, at)
    started = time.perf_counter()
    kernel.call("run", 10**9)
    return 1000 * (time.perf_counter() - started)


def in_v8(page: Page, kernel: host.Instance, inputs: Inputs) -> tuple[float, int]:
    """Milliseconds and events of one run in the worker."""
    types = {each.array.name: each.array.type for each in kernel.layout.places}
    sent = {
        "wasm": base64.b64encode(kernel.wasm).decode(),
        "layout": {**kernel.layout.told, "hash": str(kernel.layout.hash)},
        "inputs": [
            [name, at, [str(x) if types[name] == "i64" else x for x in values]]
            for name, (at, values) in inputs.items()
        ],
    }
    took, events = page.evaluate(RAW, sent)
    return took, events


def beside_c(page: Page) -> Iterator[str]:
    """Rows of the table of speed: medians of alternating runs."""
    for name, source, overrides, inputs in (
        ("M/M/3, load 0.8", DESKS, {}, desks()),
        ("journey6", simulate.KERNEL, {"CITIZENS": 4096}, six()),
    ):
        native, wasm = c.load(source, **overrides), host.load(source, **overrides)
        times: tuple[list[float], list[float]] = ([], [])
        events = 0
        for _ in range(RUNS):
            times[0].append(in_c(native, inputs))
            took, events = in_v8(page, wasm, inputs)
            times[1].append(took)
        of_c, of_v8 = (statistics.median(each) for each in times)
        speed = f"{events / of_c / 1e3:.1f} | {events / of_v8 / 1e3:.1f}"
        yield f"| {name} | {speed} | {of_c / of_v8:.2f} |"


def levers(browser: Browser, root: str) -> Iterator[str]:
    """Rows of the table of levers: until the first picture, until the last, each position anew."""
    for journey, idea in TRIALS:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        visitor = Visitor(context, context.new_page(), root.rstrip("/"))
        page = visitor.page
        visitor.go(tried(visitor, *shipped(journey, idea)))
        guessed(page)
        finished(page)
        element = page.locator("journey-levers")
        ready = float(element.get_attribute("data-opened") or "nan")
        first, last, runs = [], [], 0
        for lever in page.locator("input[type=range]").all():
            lever.focus()
            for key in ("Home", *["ArrowRight"] * 4):
                before = lever.input_value()
                page.keyboard.press(key)
                if lever.input_value() == before:
                    continue
                finished(page)
                first.append(float(element.get_attribute("data-first") or "nan"))
                last.append(float(element.get_attribute("data-took") or "nan"))
                runs = max(runs, int(element.get_attribute("data-replications") or 0))
        half, most = statistics.median(first), max(first)
        yield (
            f"| {journey}, {idea} | {ready:.0f} | {half:.0f} | {most:.0f} | {4 * most:.0f} "
            f"| {statistics.median(last):.0f} | {runs} |"
        )
        context.close()


def main() -> None:
    """Print the tables."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None or shutil.which("cc") is None or not host.is_here():
        print("Needs Chromium, a C compiler and wasmtime.")
        return
    from playwright.sync_api import sync_playwright

    with contextlib.ExitStack() as stack:
        address = stack.enter_context(served())
        play = stack.enter_context(sync_playwright())
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        stack.callback(browser.close)
        page = browser.new_page()
        page.goto(address.root)
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
        print(f"Chromium {browser.version}; medians of {RUNS} alternating runs; ", end="")
        print(f"load of the machine {load:.1f}.\n")
        print("| runs | C, million events a second | V8 | ratio to C (aim 0.7) |")
        print("|---|---|---|---|")
        print("\n".join(beside_c(page)))
        cold = [page.evaluate(COLD) for _ in range(RUNS)]
        print(f"\nCold start of the small module: {statistics.median(cold):.1f} ms (limit 50).\n")
        print(
            "A lever until its picture, milliseconds (limits 300, and 1,000 four times slower):\n"
        )
        print("| trial | worker ready | picture | slowest | × 4 | all runs | runs |")
        print("|---|---|---|---|---|---|---|")
        print("\n".join(levers(browser, address.root)))


if __name__ == "__main__":
    main()
