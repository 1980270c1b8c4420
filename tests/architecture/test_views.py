"""Every view has a test that it works, and one that it is not yours.

Tests say which view they are about: `@pytest.mark.view("labs:join", "works")`, or "not yours".
They are read as text, so that this test sees all of them whatever part of the suite runs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import pytest
from tests.architecture.sources import ROOT, apps, python, tree

KINDS = ("works", "not yours")

# Views that hold nothing of anybody, so that there is nobody whose they are not: with the reason.
EVERYBODYS = {
    "ui:first": "the first screen",
    "ui:components": "the components, with invented words",
    "ui:language": "sets a cookie of one's own browser",
    "ui:check": "says that a phone has reached this computer",
    "practice:start": "the shipped places, the same for all",
    "practice:places": "the shipped places, the same for all",
    "practice:arrive": "the shipped place, the same for all",
    "practice:voices": "the shipped place, the same for all",
    "practice:letter": "the shipped place, the same for all",
    "trials:review": "reads what one sends and keeps nothing",
}


def named(patterns: Any, space: str = "") -> Iterator[str]:
    """The name of every address of our own apps, with its namespace."""
    for pattern in patterns:
        inner = getattr(pattern, "url_patterns", None)
        if inner is not None:
            yield from named(inner, pattern.namespace or space)
        elif pattern.name and space in apps():
            yield f"{space}:{pattern.name}"


def views() -> set[str]:
    """Every view of ours, by the name of its address."""
    from django.urls import get_resolver

    return set(named(get_resolver().url_patterns))


def marked() -> set[tuple[str, str]]:
    """What the tests say that they are about."""
    found = set()
    for path in python(ROOT / "tests"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.view":
                name, kind = (ast.literal_eval(arg) for arg in node.args)
                found.add((name, kind))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_view_has_its_tests(kind: str) -> None:
    """A new view brings both; one that is everybody's brings its reason here instead."""
    spared = set(EVERYBODYS) if kind == "not yours" else set()
    missing = views() - spared - {name for name, marked_as in marked() if marked_as == kind}
    assert not missing, f'Mark a test with @pytest.mark.view(…, "{kind}"): {sorted(missing)}'


def test_the_marks_name_views_that_exist() -> None:
    """A view that is gone, or a mistyped name or kind, would test nothing."""
    assert not {name for name, _ in marked()} - views()
    assert not {kind for _, kind in marked()} - set(KINDS)


def test_what_is_everybody_s_exists_and_is_not_tested_as_somebody_s() -> None:
    """So that the list of exceptions stays short and true."""
    assert not set(EVERYBODYS) - views()
    assert not {name for name, kind in marked() if kind == "not yours"} & set(EVERYBODYS)
