"""Plans: documents read a second on one core, beside a plain CommonMark parse of the same texts."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from markdown_it import MarkdownIt

from vuon.challenges.edit import add_group, set_answer, set_tags
from vuon.challenges.markdown import encode, read
from vuon.challenges.personal import drop_personal
from vuon.challenges.plan import new
from vuon.challenges.report import check

COMMONS = Path(__file__).resolve().parents[2] / "shared" / "data" / "commons"
MADE = 200
ROUNDS = 5


def made() -> list[bytes]:
    """Documents of our own where the Commons is not beside the repository."""
    words = "Người dân phải đi lại nhiều lần vì không biết thiếu giấy nào. "
    found = []
    for number in range(MADE):
        form = ("opening", "closing", "closing-2021", "experiment")[number % 4]
        document = new(form, f"Plan {number}", "vi", year=2026)
        document = set_tags(document, "methods", ["Ethnography", "Prototyping", f"Method {number}"])
        if form == "opening":
            document = add_group(add_group(document, "partners"), "qualitative_evidence")
        for answer in document.every_answer:
            if not answer.is_given and number % 3:
                document = set_answer(document, answer.key, words * (4 + number % 7))
        found.append(encode(document))
    return found


def rate(work: Callable[[bytes], object], contents: list[bytes]) -> float:
    """Documents a second: the median of some rounds, after one that fills the caches."""
    rates = []
    for _ in range(ROUNDS + 1):
        started = time.perf_counter()
        for content in contents:
            work(content)
        rates.append(len(contents) / (time.perf_counter() - started))
    return statistics.median(rates[1:])


def main() -> None:
    """Print the table."""
    there = sorted(COMMONS.glob("*.md")) if COMMONS.is_dir() else []
    contents = [file.read_bytes() for file in there] or made()
    common = MarkdownIt("commonmark")
    peer = rate(lambda content: common.parse(content.decode("utf-8", "replace")), contents)
    rows = [
        ("read", rate(lambda c: read(c, "a.md"), contents)),
        ("read and what is irregular", rate(lambda c: read(c, "a.md").issues, contents)),
        ("read and all answers", rate(lambda c: read(c, "a.md").sections, contents)),
        (
            "default import: read, personal data dropped",
            rate(lambda c: drop_personal(read(c, "a.md")), contents),
        ),
        ("read and report", rate(lambda c: check(read(c, "a.md"), c), contents)),
    ]
    kilobytes = sum(map(len, contents)) / len(contents) / 1000
    where = "documents of the Commons" if there else "documents made for this"
    print(
        f"{len(contents)} {where}, {kilobytes:.1f} kB on average, one core; target 400 a second.\n"
    )
    print(
        "| work | documents a second | times a CommonMark parse (markdown-it-py) |\n|---|---|---|"
    )
    for name, measured in rows:
        print(f"| {name} | {measured:.0f} | {measured / peer:.1f} |")
    print(f"| CommonMark parse alone, for comparison | {peer:.0f} | 1 |")


if __name__ == "__main__":
    main()
