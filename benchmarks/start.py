"""`vuon up`: seconds until it serves, with an empty data folder and with one that is there."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks._served import served


def main() -> None:
    """Print the first start and three warm ones. The start from nothing needs `fresh` (README)."""
    with tempfile.TemporaryDirectory() as folder:
        times = []
        for _ in range(4):
            with served(Path(folder)) as server:
                times.append(server.seconds)
    print("| start | seconds |\n|---|---|")
    print(f"| empty data folder | {times[0]:.2f} |")
    print("\n".join(f"| warm | {t:.2f} (limit 3) |" for t in times[1:]))
