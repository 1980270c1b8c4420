"""Reading TOML with errors that point at the place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vuon.errors import N_, VuonError, Where, Words

# Python says where only in the text of its message.
_PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def read(source: Path | str, name: str = "") -> Mapping[str, Any]:
    """The tables and values of a TOML file.

    Args:
        source: a path to read, or the text itself.
        name: how the file is called in errors; for a path, its name unless given.

    Raises:
        VuonError: `toml.missing`, `toml.encoding` or `toml.syntax`, with line, column and the
            text of the line.

    >>> read('title = "Sông An"')["title"]
    'Sông An'
    """
    called = name or (source.name if isinstance(source, Path) else "")
    text = _text(source, called) if isinstance(source, Path) else source
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _located(str(error), text, called) from None


def _text(path: Path, name: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise VuonError(
            "toml.missing",
            Words(N_("The file is not there.")),
            Words(N_("Check its name and folder.")),
            where=Where(name),
        ) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise VuonError(
            "toml.encoding",
            Words(N_("The file is not in UTF-8.")),
            Words(N_("Save it again with the encoding UTF-8.")),
            where=Where(name, line),
        ) from None


def _located(message: str, text: str, name: str) -> VuonError:
    lines = text.splitlines() or [""]
    place = _PLACE.search(message)
    if place and place["line"]:
        line, column = int(place["line"]), int(place["column"])
    else:
        line, column = len(lines), len(lines[-1]) + 1
    # The word of Python's parser is for developers; what to do is said in the reader's language.
    reason = _PLACE.sub("", message)
    shown = lines[line - 1] if line <= len(lines) else ""
    return VuonError(
        "toml.syntax",
        Words(N_("This line cannot be read ({reason})."), {"reason": reason}),
        Words(N_("Correct it at the mark and open the file again.")),
        where=Where(name, line, column, shown),
    )


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"^\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\")(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"))*)\s*="
)
#: The way to a value: keys, and numbers within arrays of tables.
Keys = tuple[str | int, ...]


def positions(text: str) -> Mapping[Keys, int]:
    """The line, from 1, on which each table and key of a TOML text begins.

    A path names keys, and for arrays of tables their number from 0.

    >>> positions('[[move]]\\nkey = "a"\\n[move.title]\\nvi = "x"')[("move", 0, "title", "vi")]
    4
    """
    found: dict[Keys, int] = {(): 1}
    counts: dict[Keys, int] = {}
    table: Keys = ()
    quoted, depth = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if quoted or depth:  # inside a long text or a list over several lines
            quoted, depth = _inside(line, quoted, depth)
            continue
        header = _HEADER.match(line)
        if header:
            names = _parts(header[2])
            table = (*_current((), names[:-1], counts), names[-1])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                found.setdefault(table, number)
                table += (counts[table],)
            elif table in counts:
                table += (counts[table],)
            found.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            names = _parts(key[1])
            for end in range(1, len(names) + 1):
                found.setdefault(table + tuple(names[:end]), number)
            quoted, depth = _inside(line[key.end() :], "", 0)
    return found


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip('"') for part in dotted.split(".")]


def _current(table: Keys, names: list[str], counts: Mapping[Keys, int]) -> Keys:
    """The path of nested headers, going into the last element of each array of tables."""
    for name in names:
        table += (name,)
        if table in counts:
            table += (counts[table],)
    return table


def _inside(line: str, quoted: str, depth: int) -> tuple[str, int]:
    """Whether the text is still within quotes or brackets after `line`."""
    at = 0
    while at < len(line):
        three = line[at : at + 3]
        if quoted:
            if line.startswith(quoted, at):
                at += len(quoted)
                quoted = ""
            else:
                at += 2 if line[at] == "\\" and quoted.startswith('"') else 1
            continue
        if three in ('"""', "'''"):
            quoted, at = three, at + 3
            continue
        sign = line[at]
        if sign in "\"'":
            quoted = sign
        elif sign == "#":
            break
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        at += 1
    # A text in single quotes ends with its line.
    return (quoted if len(quoted) == 3 else ""), depth
