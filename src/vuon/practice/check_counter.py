"""What keeps the weeks of a place from running, or its `queue.toml` from being true."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from vuon.errors import N_, VuonError, Where, Words
from vuon.practice.arithmetic import Arithmetic
from vuon.practice.fault import Fault
from vuon.practice.simulated import Simulated
from vuon.practice.sources import Source
from vuon.practice.waiting import FILE, WEEKS, hours_of, measured

#: The load at which the queue is run again, under other luck than that of the file.
LOAD, WEEKS_AGAIN, OTHER_LUCK = 0.9, 100, 2
#: Standard errors that luck may explain.
ERRORS = 4


def faults(world: Arithmetic, place: str) -> Iterator[Fault]:
    """What is wrong with the counter of a place; nothing for one that has none.

    Args:
        world: the newest world of the place.
        place: the name of its folder, for the words.
    """
    logs = [source for source in world.sources.values() if source.log]
    if world.truth.counter is None:
        for source in logs:
            yield Fault(
                "check.log",
                Words(N_("This log has no counter to come from: write [counter] in truth.toml.")),
                Where(source.file),
            )
        return
    if not isinstance(world, Simulated) or world.waiting is None:
        yield Fault(
            "check.queue",
            Words(N_("There is no {file}. Write it with: vuon place queue FOLDER"), {"file": FILE}),
            Where(f"{place}/truth.toml"),
        )
        return
    try:
        yield from _queue(world, f"{place}/{FILE}")
    except VuonError as error:
        words = Words("{what} {do}", {"what": error.what, "do": error.do})
        yield Fault(error.code, words, Where(f"{place}/journey.toml"))


def _queue(world: Simulated, file: str) -> Iterator[Fault]:
    """Whether the kernel still waits as long as the file says."""
    assert world.waiting is not None
    for more in hours_of(world):
        if more not in world.waiting.minutes:
            yield Fault(
                "check.queue",
                Words(
                    N_("The queue with {hours} counter hours more is missing: write it anew."),
                    {"hours": f"{more:g}"},
                ),
                Where(file),
            )
            continue
        said = world.waiting.at(LOAD, more)
        found = measured(world, LOAD, more, weeks=WEEKS_AGAIN, seed=OTHER_LUCK)
        if abs(found.value - said) > ERRORS * found.error * sqrt(1 + WEEKS_AGAIN / WEEKS):
            yield Fault(
                "check.queue",
                Words(
                    N_("At load {load} people wait {found} minutes, not {said}: write it anew."),
                    {"load": LOAD, "found": round(found.value, 1), "said": round(said, 1)},
                ),
                Where(file),
            )


def tells(world: Arithmetic, source: Source, signal: str) -> bool:
    """Whether the log of a source looks otherwise under a signal than under nothing clear."""
    counter = world.truth.counter
    if source.log is None or counter is None:
        return False
    about = counter.causes.get(signal)
    by_day = about is not None and about.busy != 1 and bool(counter.busy_days)
    return by_day or source.log.face_of(signal) != source.log.face_of(None)
