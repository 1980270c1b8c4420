"""The frozen C of the benchmarks runs journey6 as the module does, in every bit."""

from __future__ import annotations

import shutil
import sys

import pytest
from benchmarks._yardstick import frozen, hash_of, known_to
from tests.running_journeys import journey6

from vuon.journeys.compile import Compiled, compiled
from vuon.journeys.simulate import SMALL, Backend, in_slices, luck, on_wasm
from vuon.kernel import host

#: What journey6 leaves behind on every machine. It may change only with the kernel's law, and then
#: stored runs belong to an earlier kernel and the yardstick is written anew: its first lines.
KNOWN = "11701e757b863fb06ca0440104f18e21c34c46ca01b71bf52ee425a68fa30c7f"


def left_by(backend: Backend, ready: Compiled) -> str:
    *_, events = in_slices(ready, luck(1, 0, range(3)), backend, 1_000_000)
    assert events > 30_000
    return hash_of(backend)


@pytest.mark.skipif(not host.is_here(), reason="wasmtime is not here")
def test_the_module_leaves_what_is_known() -> None:
    """Twice, so that nothing of the first run is left in the second."""
    backend = on_wasm(SMALL)
    assert left_by(backend, compiled(journey6())) == KNOWN
    assert left_by(backend, compiled(journey6())) == KNOWN


@pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler")
@pytest.mark.skipif(sys.platform == "win32", reason="ctypes needs a shared library of cc")
def test_so_does_the_yardstick() -> None:
    """-O1 compiles in half the time; the bits do not depend on it."""
    flags = ("-O1", "-ffp-contract=off", "-fwrapv")
    kernel = frozen(flags)
    assert left_by(kernel, known_to(kernel, compiled(journey6()))) == KNOWN
