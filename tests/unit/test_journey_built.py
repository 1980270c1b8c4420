"""The journey kernels that are built with the product."""

from __future__ import annotations

import gzip
from pathlib import Path

from vuon.journeys import compare, simulate
from vuon.kernel import build, built

LIST = Path(simulate.__file__).parent / "kernel.json"
OPENED = {
    (simulate.KERNEL, 4096): simulate.BUILT[simulate.SMALL],
    (simulate.KERNEL, 65536): simulate.BUILT[simulate.LARGE],
    (compare.KERNEL, None): compare.BUILT,
}


def test_they_are_what_the_sources_give() -> None:
    """Stale ones would be left aside, and every start would build them anew."""
    assert build.check(build.targets_of(LIST)) == []


def test_those_that_are_opened_are_those_of_the_list() -> None:
    """A kernel of another module or size than it is opened for is refused."""
    for (name, citizens), path in OPENED.items():
        overrides = {} if citizens is None else {"CITIZENS": citizens}
        assert built.found(path, name, ("run",), overrides)
        assert built.found(path, name, ("run",), {"CITIZENS": 7}) is None


def test_they_are_small() -> None:
    """At most 20 kB, and 10 kB on the way to a browser."""
    for path in OPENED.values():
        body = path.read_bytes()
        assert len(body) < 20_000
        assert len(gzip.compress(body, mtime=0)) < 10_000
