"""The frozen C of the journey kernel, and what tells whether two kernels leave the same behind."""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import replace
from pathlib import Path

from vuon.journeys.compile import Compiled
from vuon.journeys.simulate import Backend
from vuon.kernel import c

#: Its first lines say what it is and when it may change.
TEXT = Path(__file__).parent / "yardstick.c"
#: Everything that a run leaves behind.
OUTPUTS = (
    "counts", "sums", "squares", "grams", "dropped", "step_visits", "step_wait",
    "step_wait_square", "step_service", "step_impatiences", "busy", "outcomes", "loads",
)  # fmt: skip


def frozen(flags: tuple[str, ...] = c.FLAGS) -> c.Native:
    """The yardstick, compiled.

    Raises:
        FileNotFoundError: there is no C compiler.
    """
    return c.Native(TEXT.read_text(encoding="utf-8"), flags=flags)


def known_to(kernel: c.Native, ready: Compiled) -> Compiled:
    """The journey without arrays that came after the text was frozen."""
    arrays = {name: each for name, each in ready.arrays.items() if name in kernel.arrays}
    return replace(ready, arrays=arrays)


def hash_of(backend: Backend) -> str:
    """The SHA-256 of all outputs of a run, in every bit."""
    found = hashlib.sha256()
    for name in OUTPUTS:
        values = backend.read(name)
        code = "q" if isinstance(values[0], int) else "d"
        found.update(name.encode() + array(code, values).tobytes())
    return found.hexdigest()
