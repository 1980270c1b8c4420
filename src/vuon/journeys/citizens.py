"""Citizen by citizen: what one replication of a journey did to everybody who came.

The kernel keeps sums and gives the rows of those who are done to others; those who are still inside
keep theirs until the end. So a journey whose ways all end at a step that outlasts the run
(`for_ever`) leaves a row for everybody: a log, without a line more in the kernel.
"""

from __future__ import annotations

from dataclasses import dataclass

from vuon.errors import N_, VuonError, Words
from vuon.journeys import kernel_results as r
from vuon.journeys import kernel_tables as t
from vuon.journeys.compile import Compiled
from vuon.journeys.model import Dist, Step
from vuon.journeys.simulate import FULL, KERNEL, LARGE, SMALL, Backend, Opener, on_wasm, once
from vuon.kernel import host, reference
from vuon.toml.table import Text

#: Minutes that no run lasts.
_FOR_EVER = 1e8


@dataclass(frozen=True)
class Citizen:
    """Somebody who came, and where they stood when the run was over.

    Args:
        group: key of the group.
        number: the candidate's number in the group's stream; with the group it names the same
            person in every variant that is run under the same luck.
        entered: minute of entry, from midnight before the first day.
        waited: opening minutes and overtime spent in queues.
        served: minutes at desks.
        ended: key of the step where they stand.
    """

    group: str
    number: int
    entered: float
    waited: float
    served: float
    ended: str


def for_ever(key: str) -> Step:
    """A step that nobody leaves within a run, so that who came there is in the log.

    >>> for_ever("finished").kind
    'wait'
    """
    return Step(key, Text(key, key), kind="wait", service=Dist.of("const", value=_FOR_EVER))


def plain(citizens: int) -> Backend:
    """The kernel in CPython without histograms, which a log does not read: the same people."""
    return reference.load(KERNEL, CITIZENS=citizens, BINS=2)


def fastest() -> Opener:
    """Where weeks run on this machine whose histograms nobody reads."""
    return on_wasm if host.is_here() else plain


def citizens(ready: Compiled, key: int, opener: Opener | None = None) -> tuple[Citizen, ...]:
    """Everybody who came in one replication and did not leave, in the order of entry.

    Args:
        ready: a compiled journey without warm-up whose ways end at steps that are `for_ever`.
        key: of luck, as `vuon.seeds.key` gives it.
        opener: where the kernel runs; the fastest that there is if None.

    Raises:
        VuonError: `journey.full` if more people are inside than the kernel holds.
        ValueError: somebody was done before the run was over, so that their row is gone.
    """
    where = opener or fastest()
    for size in (SMALL, LARGE):
        backend, events = once(ready, key, where, size)
        if events not in FULL:
            return _read(ready, backend)
    raise VuonError(
        "journey.full",
        Words(N_("More than {count} people are inside at one time."), {"count": LARGE}),
        Words(N_("Look for the step where they pile up: the desks there may never keep up.")),
    )


def _read(ready: Compiled, backend: Backend) -> tuple[Citizen, ...]:
    header = [int(cell) for cell in backend.read("header", 0, t.H_CITIZEN_USED + 1)]
    many = header[t.H_CITIZEN_USED]
    left = 0
    for row in (r.ROW_ALL, r.ROW_BACKLOG):
        counts = backend.read("counts", row * r.COUNTS, (row + 1) * r.COUNTS)
        left += counts[r.C_DONE] + counts[r.C_DROPPED]
    if left or header[t.H_INSIDE] != many:
        raise ValueError("somebody has left: the ways of a log end at steps that outlast the run")
    columns = {
        name: backend.read(f"citizen_{name}", 0, many)
        for name in ("group", "number", "entered", "wait", "service", "token")
    }
    steps = backend.read("token_step", 0, header[t.H_TOKEN_USED])
    found = [
        Citizen(
            ready.groups[columns["group"][n]],
            columns["number"][n],
            columns["entered"][n],
            columns["wait"][n],
            columns["service"][n],
            ready.steps[steps[columns["token"][n]]],
        )
        for n in range(many)
    ]
    return tuple(sorted(found, key=lambda each: (each.entered, each.group, each.number)))
