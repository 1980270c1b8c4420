"""A real server for benchmarks: `vuon up` in a process of its own, with its own data folder."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Served:
    """A running server: its addresses, and the seconds from the command to the first answer."""

    addresses: tuple[str, ...]
    seconds: float

    @property
    def root(self) -> str:
        """The address of the first screen."""
        return self.addresses[0].rsplit("/", 2)[0] + "/"


@contextlib.contextmanager
def served(data: Path | None = None, *options: str) -> Iterator[Served]:
    """Start the server on a free port and stop it in the end."""
    with contextlib.ExitStack() as stack:
        folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "vuon.cli", "up", "--data", str(folder), *options],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        stack.callback(process.wait)
        stack.callback(process.terminate)
        assert process.stdout
        found: list[str] = []
        for line in process.stdout:
            found += re.findall(r"https?://\S+", line)
            if len(found) == 4:
                break
        yield Served(tuple(found), time.perf_counter() - started)
