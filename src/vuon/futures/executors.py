"""Where pieces of work run: here, on the cores of this machine, or on machines of the office.

A function is named by its import path and is given texts and numbers: nothing is pickled that could
be anything else. Pieces of a tenth of a second to a second are what pays; small ones are slower on
a pool than without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from vuon.errors import N_, VuonError, Words

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Job = tuple[Any, ...]
#: Starts workers, and lets them go at the end.
Start = Callable[[], AbstractContextManager["Executor"]]
#: How often work is given out anew after a worker was lost.
TRIES = 3


def call(path: str, *job: Any) -> Any:
    """What the function at an import path answers.

    >>> call("math:sqrt", 16)
    4.0
    """
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)(*job)


def processes(workers: int) -> Start:
    """Work on so many cores of this machine, in fresh processes."""

    @contextmanager
    def start() -> Iterator[Executor]:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        try:
            yield pool
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    return start


def dask(address: str) -> Start:
    """Work on a Dask scheduler, such as tcp://192.0.2.1:8786; every machine has the same versions.

    A scheduler runs whatever it is sent: only in a network of one's own.

    Raises:
        VuonError: `futures.no_dask` when starting, if Dask is not installed.
    """

    @contextmanager
    def start() -> Iterator[Executor]:
        try:
            from dask.distributed import Client
        except ImportError:
            raise VuonError(
                "futures.no_dask",
                Words(N_("Dask is not installed, so work cannot be given to other machines.")),
                Words(N_("Install Vuon with the extra “cluster”, or use --workers.")),
            ) from None
        # Dask has types for some of its functions only.
        with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            pool: Executor = client.get_executor(pure=False, retries=TRIES)
            try:
                yield pool
            finally:
                pool.shutdown(wait=False)

    return start


def run(
    path: str,
    jobs: Iterable[Job],
    executor: Start | None = None,
    inflight: int = 64,
) -> Iterator[tuple[Job, Any]]:
    """Each job with its answer, as they are done, which is not the order in which they began.

    Args:
        path: import path of the function, "package.module:name".
        jobs: what it is given; taken up as work can be handed out.
        executor: of `processes` or `dask`; None works here.
        inflight: how many jobs are handed out at a time.

    Raises:
        BrokenExecutor: workers were lost `TRIES` times.
    """
    left, again, lost = iter(jobs), list[Job](), 0
    if executor is None:
        for job in left:
            yield job, call(path, *job)
        return
    from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait

    while True:
        given: dict[Future[Any], Job] = {}
        try:
            with executor() as pool:
                while True:
                    while len(given) < inflight:
                        job = again.pop() if again else next(left, ())
                        if not job:
                            break
                        again.append(job)  # kept if handing it out fails
                        given[pool.submit(call, path, *job)] = job
                        again.pop()
                    if not given:
                        return
                    for done in wait(given, return_when=FIRST_COMPLETED).done:
                        yield given[done], done.result()
                        del given[done]
        except BrokenExecutor:
            again, lost = [*again, *given.values()], lost + 1
            if lost == TRIES:
                raise
