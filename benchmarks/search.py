"""Searching 5 MB kept in memory: building, a search, and the same by a pattern over all text."""

from __future__ import annotations

import random
import re
import time
from functools import partial

from benchmarks.anchors import transcript
from benchmarks.exact import best_of
from vuon.evidence.search import Index
from vuon.vietnamese import fold

TEXTS, SIZE = 50, 75_000
QUERIES = (
    ("a word", "duong"),
    ("a word with its accents", "đường"),
    ("a phrase", '"cán bộ"'),
    ("two words", "giấy nhà"),
    ("three words apart", "mat khau xa"),
    ("one letter", "t"),
    ("not there", "khong dau ca"),
)


def main() -> None:
    """Print the table."""
    drawing = random.Random(1)
    texts = [(f"n{nth}", transcript(drawing, SIZE)) for nth in range(TEXTS)]
    size = sum(len(text.encode()) for _, text in texts) / 1_000_000
    began = time.perf_counter()
    index = Index.build(texts)
    built = time.perf_counter() - began
    whole = "\n\n".join(fold(text) for _, text in texts)
    print(f"{TEXTS} texts, {size:.1f} MB, kept folded in {built:.2f} s.\n")
    print("| query | hits | ms | a pattern over all text, ms |")
    print("|---|---|---|---|")
    for told, query in QUERIES:
        mine = best_of(partial(index.search, query), 5)
        words = [re.escape(fold(word.strip('"'))) for word in query.split()]
        pattern = re.compile(r"\b" + r"[^\n]*?\b".join(words))
        slow = best_of(partial(pattern.findall, whole), 2)
        print(f"| {told} | {len(index.search(query))} | {mine:.1f} (limit 50) | {slow:.0f} |")
