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
