"""First screen: weight on the wire. Server: time to answer, for one visitor and for eight."""

from __future__ import annotations

import gzip
import re
import statistics
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from benchmarks._served import served

TIMES = 200


def fetch(address: str, accept: str = "gzip") -> tuple[bytes, float]:
    """The body as it comes over the wire, and the seconds until it was there."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": accept})
    started = time.perf_counter()
    with urllib.request.urlopen(request) as answer:
        return answer.read(), time.perf_counter() - started


def weight(root: str) -> list[tuple[str, int]]:
    """Script and style of the first screen, compressed as sent."""
    html = gzip.decompress(fetch(root)[0]).decode()
    paths = re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"', html)
    found = [("page", len(fetch(root)[0]))]
    for path in dict.fromkeys(paths):
        style = fetch(root.rstrip("/") + path)[0]
        found.append((path.rsplit("/", 1)[1], len(style)))
    return found


def percentile(times: list[float], share: float) -> float:
    """The time below which `share` of the times lie, in ms."""
    return 1000 * statistics.quantiles(times, n=100)[int(share * 100) - 1]


def main() -> None:
    """Print both tables."""
    with served() as server:
        rows = weight(server.root)
        total = sum(size for name, size in rows if name != "page")
        print("| first screen | bytes, gzip |\n|---|---|")
        print("\n".join(f"| {name} | {size} |" for name, size in rows))
        print(f"| **script and style** | **{total}** (limit 40,000) |\n")
        print("| page | visitors at once | median ms | p95 ms |\n|---|---|---|---|")
        for name, address in zip(
            ("first", "practise", "task", "lab"), (server.root, *server.addresses[:3]), strict=True
        ):
            for at_once in (1, 8):
                with ThreadPoolExecutor(at_once) as visitors:
                    list(visitors.map(fetch, [address] * at_once * 3))
                    times = [t for _, t in visitors.map(fetch, [address] * TIMES)]
                print(
                    f"| {name} | {at_once} | {percentile(times, 0.5):.1f} "
                    f"| {percentile(times, 0.95):.1f} |"
                )
