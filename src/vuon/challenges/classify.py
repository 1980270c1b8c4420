"""The values of a plan's tags: their usual spelling and their labels in both languages.

The value as written is never lost: `canonical` and `label` are views of it. A value that is not
known is shown as it stands.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from vuon import toml, vietnamese
from vuon.challenges.units import DATA

KEYS = ("methods", "datasources", "sdgs", "stages", "thematic_areas")
# Names under which callers may ask for the same list.
_ALIASES = {
    "method": "methods", "datasource": "datasources", "data_sources": "datasources",
    "sdg": "sdgs", "stage": "stages", "thematic_area": "thematic_areas",
}  # fmt: skip
_AMERICAN = (
    ("isation", "ization"),
    ("behaviour", "behavior"),
    ("centre", "center"),
    ("labour", "labor"),
    ("counselling", "counseling"),
    ("programme", "program"),
)
_GOAL = re.compile(r"^\W*(?:sdg|goal|mục tiêu)?\W*(\d{1,2})\b(?!\s*%)", re.IGNORECASE)


@dataclass(frozen=True)
class Value:
    """One value: its usual spelling, its Vietnamese label, other spellings."""

    text: str
    vi: str
    also: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _lists() -> dict[str, tuple[Value, ...]]:
    read: Any = toml.read(DATA / "classification.toml")
    return {key: tuple(Value(row[0], row[1], tuple(row[2:])) for row in read[key]) for key in KEYS}


@lru_cache(maxsize=4096)
def _bare(value: str) -> str:
    """`value` without case, marks, spaces and signs, in American spelling."""
    folded = vietnamese.fold(html.unescape(html.unescape(value)))
    for british, american in _AMERICAN:
        folded = folded.replace(british, american)
    return re.sub(r"[^a-z0-9]+", "", folded.replace("&", "and"))


@lru_cache(maxsize=1)
def _index() -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for key, values_ in _lists().items():
        spelt = found.setdefault(key, {})
        # Usual spellings first, so that no other spelling of one value hides another value.
        for value in values_:
            spelt[_bare(value.text)] = value
        for value in values_:
            for text in (*value.also, value.vi):
                spelt.setdefault(_bare(text), value)
    return found


def _find(key: str, value: str) -> Value | None:
    key = _ALIASES.get(key, key)
    known = _index().get(key)
    if known is None:
        return None
    if found := known.get(_bare(value)):
        return found
    if key == "sdgs":
        goals = _lists()["sdgs"]
        if (numbered := _GOAL.match(value)) and 1 <= int(numbered[1]) <= len(goals):
            return goals[int(numbered[1]) - 1]
        named = _bare(value)
        return next((goal for goal in goals if _bare(goal.text.split(". ")[1]) == named), None)
    return None


def values(key: str) -> tuple[str, ...]:
    """The usual spellings of all values of `key`, in the order of the form or the alphabet.

    >>> values("stages")
    ('Sense', 'Explore', 'Test', 'Grow')
    """
    return tuple(value.text for value in _lists().get(_ALIASES.get(key, key), ()))


def canonical(key: str, value: str) -> str:
    """The usual spelling of `value`; unknown values without outer spaces, as written.

    Args:
        key: methods, datasources, sdgs, stages or thematic_areas; of other keys nothing is known.
        value: the value of a tag, HTML leftovers allowed.

    >>> canonical("methods", "systems thinking"), canonical("sdgs", "10. Reduced innequalities")
    ('System Thinking', '10. Reduced inequalities')
    """
    found = _find(key, value)
    return found.text if found else " ".join(value.split())


def label(key: str, value: str, language: str = "en") -> str:
    """`value` as a reader of `language` ("vi" or "en") sees it.

    >>> label("methods", "Regulatory sandboxes", "vi")
    'cơ chế thử nghiệm có kiểm soát'
    >>> label("methods", "tea ceremony", "vi")
    'tea ceremony'
    """
    found = _find(key, value)
    if found is None:
        return " ".join(html.unescape(value).split())
    return found.vi if language == "vi" else found.text
