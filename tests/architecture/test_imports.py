"""Who may import whom: the contracts of pyproject.toml, and what they cannot say."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from tests.architecture.sources import PRODUCT, ROOT, imported, named, python

RUN = "from importlinter.cli import lint_imports_command as run; run()"
# Inside an app, downwards only.
ORDER = ("urls", "views", "forms", "actions", "queries", "models")


def test_the_contracts_hold() -> None:
    """Library and product, downwards only; a new app or package must be given its place."""
    asked = subprocess.run(
        [sys.executable, "-c", RUN, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stdout + asked.stderr


def test_models_are_imported_only_by_their_own_app() -> None:
    """Others call the app's queries and actions; for types only, TYPE_CHECKING is fine."""
    found = []
    for path in python(PRODUCT):
        own = f"vuon_web.{path.relative_to(PRODUCT).parts[0]}."
        for line, name in imported(path):
            parts = name.split(".")
            if parts[0] == "vuon_web" and parts[2:3] == ["models"] and not name.startswith(own):
                found.append(f"{named(path)}:{line} imports {name}")
    assert not found, "Ask that app's queries or actions instead:\n" + "\n".join(found)


@pytest.mark.parametrize(("upper", "lower"), list(pairwise(ORDER)))
def test_inside_an_app_downwards_only(upper: str, lower: str) -> None:
    """urls → views → forms → actions → queries → models: what stands below knows nothing above."""
    above = ORDER[: ORDER.index(lower)]
    found = []
    for path in python(PRODUCT):
        parts = path.relative_to(PRODUCT).parts
        if len(parts) < 2 or parts[1].removesuffix(".py") != lower:
            continue
        for line, name in imported(path):
            mine = name.split(".")
            if mine[:2] == ["vuon_web", parts[0]] and mine[2:3] and mine[2] in above:
                found.append(f"{named(path)}:{line} imports {name}")
    assert not found, f"{upper} may use {lower}, not the other way:\n" + "\n".join(found)


def test_the_library_starts_quickly_because_it_imports_little() -> None:
    """`import vuon` loads nothing heavy: numbers and documents are imported where they are used."""
    heavy = {"numpy", "scipy", "docx", "typst", "wasmtime", "django"}
    asked = subprocess.run(
        [sys.executable, "-c", "import sys, vuon.cli; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not heavy & set(asked.stdout.split())
