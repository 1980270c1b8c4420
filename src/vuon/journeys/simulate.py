"""A compiled journey run on the kernel: the same digits in CPython, wasmtime and the browser."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from vuon import seeds
from vuon.errors import N_, VuonError, Words
from vuon.journeys import kernel_results as r
from vuon.journeys import kernel_tables as t
from vuon.journeys.compile import Compiled, Envelope, compiled
from vuon.journeys.kernel_source import MORE
from vuon.journeys.model import Journey
from vuon.journeys.running import runnable
from vuon.kernel import host, kept, reference

KERNEL = "vuon.journeys.kernel_source"
#: Citizens inside at one time: the small build of the kernel, and the one it gives way to.
SMALL, LARGE = 4096, 65536
_FOLDER = Path(__file__).parent / "built"
#: Both builds as files, of which `kernel.json` is the list.
BUILT = {SMALL: _FOLDER / "small.wasm", LARGE: _FOLDER / "large.wasm"}
#: Events between two looks at whether somebody wants to stop.
SLICE = 200_000
FULL = (-1, -2)
Numbers = tuple[float, ...]


class Backend(Protocol):
    """Where a kernel runs: `vuon.kernel.host` on wasmtime, `vuon.kernel.reference` in CPython."""

    def write(self, name: str, values: Iterable[float], at: int = 0) -> None:
        """Write values into an array from cell `at` on."""
        ...

    def read(self, name: str, start: int = 0, stop: int | None = None) -> Sequence[Any]:
        """The cells of an array from `start` to before `stop`."""
        ...

    def call(self, name: str, *arguments: float) -> Any:
        """Call a function of the kernel."""
        ...


#: Opens a kernel for so many citizens.
Opener = Callable[[int], Backend]


def on_wasm(citizens: int) -> Backend:
    """The kernel on wasmtime, as it was built with the product if that is still true."""
    made = BUILT.get(citizens)
    # Sizes of tests and of changed sources are compiled anew, or the folder would fill up.
    return host.load(KERNEL, made=made, cache=made and kept.folder(), CITIZENS=citizens)


def in_python(citizens: int) -> Backend:
    """The kernel in CPython: slow, to be read and stepped through."""
    return reference.load(KERNEL, CITIZENS=citizens)


@lru_cache(maxsize=1)
def usual() -> Opener:
    """The fastest opener that works on this machine."""
    return on_wasm if host.is_here() else in_python


@dataclass(frozen=True)
class Results:
    """The outcomes of replications of one journey. Rows are groups, then all, then the backlog.

    Args:
        steps, groups, resources: keys in the order of the kernel's rows.
        outcomes: for each replication, row and outcome a number; `outcome` reads them.
        loads: for each replication the load of each resource.
        events: how many events were handled.
        citizens: the capacity of the build that ran.
    """

    steps: tuple[str, ...]
    groups: tuple[str, ...]
    resources: tuple[str, ...]
    replications: int
    outcomes: tuple[Numbers, ...]
    loads: tuple[Numbers, ...]
    events: int
    citizens: int

    @property
    def rows(self) -> tuple[str, ...]:
        """The keys of the rows: groups, "" for all, "backlog"."""
        return (*self.groups, "", "backlog")

    def row(self, group: str = "") -> int:
        """The place of a group's row; "" is all. `ValueError` if there is none."""
        return self.rows.index(group)

    def outcome(self, replication: int, group: str, outcome: int) -> float:
        """One outcome (`kernel_results.O_…`) of a group in a replication."""
        return self.outcomes[replication][self.row(group) * r.OUTCOMES + outcome]


@dataclass(frozen=True)
class Run(Results):
    """Everything that replications of one journey left behind.

    Args:
        counts, sums, squares: by row; of all replications together.
        grams: histograms of wait, time and cost by row, of all replications.
        dropped: by row, step and reason.
        visits, waits, wait_squares, services, impatiences: by row and step.
        busy: minutes at work by resource and half-hour of the day.
    """

    counts: tuple[Numbers, ...]
    sums: tuple[Numbers, ...]
    squares: tuple[Numbers, ...]
    grams: tuple[tuple[Numbers, ...], ...]
    dropped: tuple[Numbers, ...]
    visits: tuple[Numbers, ...]
    waits: tuple[Numbers, ...]
    wait_squares: tuple[Numbers, ...]
    services: tuple[Numbers, ...]
    impatiences: tuple[Numbers, ...]
    busy: tuple[Numbers, ...]

    def count(self, group: str, what: int) -> int:
        """How many of a group `kernel_results.C_…` in all replications."""
        return int(self.counts[self.row(group)][what])

    def mean(self, group: str, measure: int) -> float:
        """A measure (`kernel_results.M_…`) a citizen who arrived, over all replications."""
        return self.sums[self.row(group)][measure] / max(1, self.count(group, r.C_ARRIVED))


def luck(seed: int, scenario: int, replications: Iterable[int]) -> tuple[int, ...]:
    """The keys of luck of replications: of seed, scenario and replication alone."""
    return tuple(seeds.key(seed, "journey", scenario, each) for each in replications)


def simulate(
    journey: Journey,
    *,
    seed: int = 1,
    replications: int = 20,
    scenario: int = 0,
    first: int = 0,
    under: Envelope | None = None,
    warmup: float = 0.0,
    drain_days: float | None = None,
    opener: Opener | None = None,
    stop: Callable[[], bool] | None = None,
) -> Run:
    """What `replications` of a journey leave behind, from replication number `first` on.

    Args:
        seed, scenario: which luck; journeys under the same luck meet the same citizens.
        under: the envelope of a comparison (`compile.envelope`).
        warmup: minutes in which who enters is not in the results.
        drain_days: days in which those inside run out.
        opener: where the kernel runs; the fastest that there is if None.
        stop: asked between slices; True ends the run.

    Raises:
        VuonError: `journey.not_runnable` with the first reason; `journey.too_large`,
            `journey.full` if more people are inside than the kernel holds; `journey.stopped`.
    """
    refused = runnable(journey)
    if refused:
        raise VuonError("journey.not_runnable", refused[0].what, refused[0].do)
    ready = compiled(journey, under=under, warmup=warmup, drain_days=drain_days)
    return run(ready, luck(seed, scenario, range(first, first + replications)), opener, stop)


def run(
    ready: Compiled,
    keys: Sequence[int],
    opener: Opener | None = None,
    stop: Callable[[], bool] | None = None,
) -> Run:
    """What one replication for each key of luck leaves behind, in the smallest build that holds it.

    Raises:
        VuonError: `journey.full`, `journey.stopped`.
    """
    parts = [_everything(*part) for part in _parts(ready, keys, opener, stop)]
    return joined(parts)


def outcomes(ready: Compiled, keys: Sequence[int], opener: Opener | None = None) -> Results:
    """The outcomes alone of one replication for each key of luck: less to read, for many runs.

    Raises:
        VuonError: `journey.full`.
    """
    parts = [_outcomes(*part) for part in _parts(ready, keys, opener, None)]
    first = parts[0]
    if len(parts) == 1:
        return first
    return replace(
        first,
        replications=len(keys),
        outcomes=tuple(each for part in parts for each in part.outcomes),
        loads=tuple(each for part in parts for each in part.loads),
        events=sum(part.events for part in parts),
    )


Part = tuple[Backend, Compiled, int, int, int]


def _parts(
    ready: Compiled,
    keys: Sequence[int],
    opener: Opener | None,
    stop: Callable[[], bool] | None,
) -> Iterator[Part]:
    """Runs so many keys as fit into one call at a time; each is to be read before the next.

    Where the small build is full all of it is run again in the large one, which gives the same.
    """
    size = SMALL
    start = 0
    while start < len(keys):
        backend = _OPEN.one(opener or usual(), size)
        _OPEN.written(backend, ready)
        some = keys[start : start + t.REPLICATIONS]
        events = _called(backend, some, stop)
        if events in FULL and size == SMALL:
            size = LARGE
            continue
        if events in FULL:
            raise VuonError(
                "journey.full",
                Words(N_("More than {count} people are inside at one time."), {"count": LARGE}),
                Words(
                    N_("Look for the step where they pile up: the desks there may never keep up.")
                ),
            )
        yield backend, ready, len(some), events, size
        start += len(some)


def once(ready: Compiled, key: int, opener: Opener, size: int) -> tuple[Backend, int]:
    """One replication in a kernel of that size: the kernel as the run left it, and how many events
    were handled, or why it stopped. It must be read before this thread runs anything else."""
    backend = _OPEN.one(opener, size)
    _OPEN.written(backend, ready)
    return backend, _called(backend, (key,), None)


class _Open(threading.local):
    """The kernels that this thread has open, and what was written into each: inputs that did not
    change are not written again."""

    kernels: dict[tuple[Opener, int], Backend]
    inputs: dict[int, dict[str, Sequence[float]]]

    def __init__(self) -> None:
        self.kernels, self.inputs = {}, {}

    def one(self, opener: Opener, size: int) -> Backend:
        """The kernel of that size."""
        if (opener, size) not in self.kernels:
            self.kernels[opener, size] = opener(size)
        return self.kernels[opener, size]

    def written(self, backend: Backend, ready: Compiled) -> None:
        """Write the inputs that are not there yet."""
        there = self.inputs.setdefault(id(backend), {})
        for name, values in ready.arrays.items():
            if there.get(name) != values:
                backend.write(name, values)
                there[name] = values


_OPEN = _Open()
# Before Python takes its modules apart, or wasmtime finds nothing left to close itself with.
atexit.register(lambda: _OPEN.kernels.clear())


def _called(backend: Backend, keys: Sequence[int], stop: Callable[[], bool] | None) -> int:
    backend.write("replication_key", keys)
    backend.write("header", (len(keys),), t.H_REPLICATIONS)
    backend.write("header", (0,), t.H_PHASE)
    while True:
        found = int(backend.call("run", SLICE))
        if found != MORE:
            return found
        if stop and stop():
            raise VuonError(
                "journey.stopped",
                Words(N_("The run was stopped.")),
                Words(N_("Start it again when you want its result.")),
            )


def _rows(ready: Compiled) -> tuple[int, ...]:
    return (*range(len(ready.groups)), r.ROW_ALL, r.ROW_BACKLOG)


def _outcomes(backend: Backend, ready: Compiled, count: int, events: int, size: int) -> Results:
    width, resources = r.ROWS * r.OUTCOMES, len(ready.resources)
    table = backend.read("outcomes", 0, count * width)
    loads = backend.read("loads", 0, count * t.RESOURCES)
    places = [(row * r.OUTCOMES, (row + 1) * r.OUTCOMES) for row in _rows(ready)]
    return Results(
        ready.steps,
        ready.groups,
        ready.resources,
        count,
        tuple(
            tuple(value for a, b in places for value in table[n * width + a : n * width + b])
            for n in range(count)
        ),
        tuple(tuple(loads[n * t.RESOURCES : n * t.RESOURCES + resources]) for n in range(count)),
        events,
        size,
    )


def _everything(backend: Backend, ready: Compiled, count: int, events: int, size: int) -> Run:
    steps = len(ready.steps)

    def of_rows(name: str, width: int, kept: int, base: int = 0) -> tuple[Numbers, ...]:
        table = backend.read(name, base * width, (base + r.ROWS) * width)
        return tuple(tuple(table[row * width : row * width + kept]) for row in _rows(ready))

    busy = backend.read("busy", 0, len(ready.resources) * r.HALF_HOURS)
    return Run(
        **vars(_outcomes(backend, ready, count, events, size)),
        counts=of_rows("counts", r.COUNTS, r.COUNTS),
        sums=of_rows("sums", r.MEASURES, r.MEASURES),
        squares=of_rows("squares", r.MEASURES, r.MEASURES),
        grams=tuple(of_rows("grams", r.BINS, r.BINS, gram * r.ROWS) for gram in range(r.GRAMS)),
        dropped=of_rows("dropped", t.STEPS * r.REASONS, steps * r.REASONS),
        visits=of_rows("step_visits", t.STEPS, steps),
        waits=of_rows("step_wait", t.STEPS, steps),
        wait_squares=of_rows("step_wait_square", t.STEPS, steps),
        services=of_rows("step_service", t.STEPS, steps),
        impatiences=of_rows("step_impatiences", t.STEPS, steps),
        busy=tuple(
            tuple(busy[n * r.HALF_HOURS : (n + 1) * r.HALF_HOURS])
            for n in range(len(ready.resources))
        ),
    )


_SUMMED = ("counts", "sums", "squares", "grams", "dropped", "visits", "waits", "wait_squares",
           "services", "impatiences", "busy")  # fmt: skip


def joined(parts: Sequence[Run]) -> Run:
    """Several runs of one journey under different luck as one; sums are taken in their order."""
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    summed: Mapping[str, Any] = {
        name: _added([getattr(part, name) for part in parts]) for name in _SUMMED
    }
    return Run(
        steps=first.steps,
        groups=first.groups,
        resources=first.resources,
        replications=sum(part.replications for part in parts),
        outcomes=tuple(each for part in parts for each in part.outcomes),
        loads=tuple(each for part in parts for each in part.loads),
        events=sum(part.events for part in parts),
        citizens=max(part.citizens for part in parts),
        **summed,
    )


def _added(values: Sequence[Any]) -> Any:
    if isinstance(values[0], tuple):
        return tuple(_added(each) for each in zip(*values, strict=True))
    return sum(values)


def in_slices(ready: Compiled, keys: Sequence[int], backend: Backend, budget: int) -> Iterator[int]:
    """Each answer of a run that is cut after every `budget` events, the last one included."""
    for name, values in ready.arrays.items():
        backend.write(name, values)
    backend.write("replication_key", keys)
    backend.write("header", (len(keys),), t.H_REPLICATIONS)
    backend.write("header", (0,), t.H_PHASE)
    while True:
        found = int(backend.call("run", budget))
        yield found
        if found != MORE:
            return
