"""Writing TOML in one canonical form: the same content always gives the same bytes.

A file is a sequence of sections, each a header and its keys in the order given. Empty texts, empty
lists and None are left out, so that a file says only what somebody said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from vuon.toml.table import Text

_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
}

#: A header as it stands in the file ("", "[model]", "[[step]]") and what stands under it.
Section = tuple[str, Mapping[str, Any]]


def is_table(value: object) -> bool:
    """Whether a value stands under a header of its own: a table, or a list of tables."""
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)
    )


def tables(extra: Mapping[str, object]) -> list[Section]:
    """The sections of those values of `extra` that are tables.

    >>> tables({"a": 1, "b": {"c": 2}, "d": [{"e": 3}, {"e": 4}]})
    [('[b]', {'c': 2}), ('[[d]]', {'e': 3}), ('[[d]]', {'e': 4})]
    """
    found: list[Section] = []
    for key, value in extra.items():
        if isinstance(value, Mapping):
            found.append((f"[{key}]", value))
        elif isinstance(value, list) and is_table(value):
            found += [(f"[[{key}]]", each) for each in value]
    return found


def dumps(sections: Iterable[Section]) -> str:
    """The sections as TOML.

    Args:
        sections: values are texts, numbers, true and false, days, `Text`, and lists and mappings
            of these; a mapping is written in one line.

    Raises:
        TypeError: something of another type.

    >>> print(dumps([("", {"format": 1}), ("[[step]]", {"key": "desk", "note": ""})]), end="")
    format = 1
    <BLANKLINE>
    [[step]]
    key = "desk"
    """
    parts = []
    for header, values in sections:
        lines = [header] if header else []
        lines += [f"{_key(key)} = {value(each)}" for key, each in values.items() if said(each)]
        if lines:
            parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def said(value: Any) -> bool:
    """Whether `value` says anything: no empty text, list or table, no None."""
    if isinstance(value, Text):
        return bool(value.vi or value.en)
    if isinstance(value, Mapping):
        return any(said(each) for each in value.values())
    return value is not None and (not isinstance(value, str | Sequence) or len(value) > 0)


def value(each: Any) -> str:
    """One value as TOML.

    >>> value({"vi": "vườn", "en": ""})
    '{ vi = "vườn" }'
    """
    if isinstance(each, bool):
        return "true" if each else "false"
    if isinstance(each, int):
        return str(each)
    if isinstance(each, float):
        return str(int(each)) if each == int(each) else repr(each)
    if isinstance(each, str):
        return _quoted(each)
    if isinstance(each, date):
        return each.isoformat()
    if isinstance(each, Text):
        return value({"vi": each.vi, "en": each.en})
    if isinstance(each, Mapping):
        inner = ", ".join(f"{_key(key)} = {value(one)}" for key, one in each.items() if said(one))
        return f"{{ {inner} }}"
    if isinstance(each, list | tuple):
        return f"[{', '.join(value(one) for one in each)}]"
    raise TypeError(f"{type(each).__name__} has no form in a file")


def _quoted(text: str) -> str:
    escaped = "".join(
        _ESCAPES.get(sign)
        or (f"\\u{ord(sign):04x}" if ord(sign) < 32 or ord(sign) == 127 else sign)
        for sign in text
    )
    return f'"{escaped}"'


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else _quoted(key)
