"""Runs the benchmarks and writes what they say into `results.md`:  ./vuon bench [NAME…]"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import platform
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(p.stem for p in HERE.glob("*.py") if not p.stem.startswith("_"))


def machine() -> str:
    """The machine in one line, without its name."""
    model = platform.machine()
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), model)
    return f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}"


def kept() -> dict[str, str]:
    """What `results.md` says of each benchmark, with the day and the machine of each."""
    path = HERE / "results.md"
    parts = path.read_text().split("\n## ") if path.exists() else [""]
    return dict(part.split("\n", 1) for part in parts[1:])


def main() -> int:
    """Run what was named, or all; each takes the place of what it said before."""
    wanted = sys.argv[1:] or names()
    unknown = set(wanted) - set(names())
    if unknown:
        print(
            f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(names())}"
        )
        return 2
    told = kept()
    for name in wanted:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            importlib.import_module(f"benchmarks.{name}").main()
        load = os.getloadavg()[1]
        when = f"{date.today():%Y-%m-%d}, {machine()}, load {load:.1f}."
        told[name] = f"\n{when}\n\n{printed.getvalue().strip()}\n"
        print(f"\n## {name}\n{told[name]}", flush=True)
        pages = [f"## {each}\n{told[each].rstrip()}" for each in names() if each in told]
        head = "# Measured\n\nEach part with its day and machine. Shared machines are noisy."
        (HERE / "results.md").write_text("\n\n".join([head, *pages]) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
