"""Personal details with a shape: telephones, numbers of citizens, plates, accounts, addresses.

The patterns are data (`data/redaction.toml`): one for each way in which they are written or said
here. Where a word is needed to know what a number is, only the number is blocked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from vuon import toml

FILE = Path(__file__).with_name("data") / "redaction.toml"


@lru_cache(maxsize=1)
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = toml.read(FILE)
    return tuple(
        (shape["kind"], re.compile(_whole(shape["pattern"], table["parts"])))
        for shape in table["shape"]
    )


def _whole(pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern with its parts put in and its lines joined."""
    while (name := re.search(r"«(\w+)»", pattern)) is not None:
        pattern = pattern.replace(name[0], parts[name[1]])
    return "".join(line.strip(" ") for line in pattern.splitlines())


@lru_cache(maxsize=1)
def _hint() -> re.Pattern[str]:
    # Every shape has a figure, a sign of an address, or figures said as words: most lines have
    # none and are passed by.
    digit = toml.read(FILE)["parts"]["digit"]
    return re.compile(rf"(?i)\d|@|a\s+còng|a\s+móc|(?:\b(?:{digit})\b\W+){{3}}|sinh\s")


def shaped(text: str) -> Iterator[tuple[int, int, str]]:
    """What has the shape of something personal: start, end and kind; parts may overlap.

    >>> [text[a:b] for text in ["Gọi +84 905.123.456."] for a, b, _ in shaped(text)]
    ['+84 905.123.456']
    """
    at = 0
    for line in text.splitlines(keepends=True):
        if _hint().search(line):
            for kind, pattern in _shapes():
                for found in pattern.finditer(line):
                    start, end = found.span("it" if "it" in pattern.groupindex else 0)
                    words = line[start:end].rstrip(" ,.")
                    if words[0] == "(" and ")" not in words:
                        start, words = start + 1, words[1:]
                    if not _is_counting(words):
                        yield at + start, at + start + len(words), kind
        at += len(line)


def _is_counting(words: str) -> bool:
    """Whether somebody just counts: one, two, three …"""
    plain = " ".join(re.findall(r"\w+", words.lower()))
    return plain.startswith("một hai ba bốn năm sáu bảy tám chín")
