"""Canonical JSON and its hash: the same content always gives the same bytes.

Keys are sorted, text is UTF-8 in NFC, numbers are written as strings, nothing is spaced. What two
machines could write differently (infinities, other types) is refused.
"""

from __future__ import annotations

import hashlib
import json
import math
import unicodedata
from collections.abc import Mapping
from typing import Any


def dumps(value: Any) -> str:
    """`value` as canonical JSON.

    Args:
        value: mappings with text keys, lists, tuples, texts, whole and other numbers, true, false
            and None, nested as you like.

    Raises:
        TypeError: something of another type.
        ValueError: a number that is not finite.

    >>> dumps({"b": 1, "a": [True, 0.5, None]})
    '{"a":[true,"0.5",null],"b":"1"}'
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("only finite numbers have a canonical form")
        # 1.0 and 1 are the same number, so they are the same text.
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys are texts")
        return {unicodedata.normalize("NFC", key): _plain(value[key]) for key in value}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def digest(value: Any) -> str:
    """The SHA-256 of the canonical form, as 64 hexadecimal digits.

    >>> digest({"a": 1}) == digest({"a": 1.0})
    True
    """
    return hashlib.sha256(dumps(value).encode()).hexdigest()
