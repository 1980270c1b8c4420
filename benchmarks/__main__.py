"""Runs the benchmarks and writes `results.md`:  ./vuon bench [NAME…]"""

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


def main() -> int:
    """Run what was named, or all; each benchmark prints Markdown."""
    wanted = sys.argv[1:] or names()
    unknown = set(wanted) - set(names())
    if unknown:
        print(
            f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(names())}"
        )
        return 2
    pages = [f"# Measured\n\n{date.today():%Y-%m-%d}, {machine()}. Shared machines are noisy."]
    for name in wanted:
        kept = io.StringIO()
        with contextlib.redirect_stdout(kept):
            importlib.import_module(f"benchmarks.{name}").main()
        print(f"\n## {name}\n\n{kept.getvalue().strip()}", flush=True)
        pages.append(f"## {name}\n\n{kept.getvalue().strip()}")
    if not sys.argv[1:]:
        (HERE / "results.md").write_text("\n\n".join(pages) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
