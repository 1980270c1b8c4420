"""The examples in the docstrings of the product run, as those of the library do."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest
from tests.architecture.sources import PRODUCT, python, text

MODULES = [path for path in python(PRODUCT) if ">>>" in text(path)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PRODUCT).as_posix())
def test_the_examples_of_a_module_run(path: Path) -> None:
    """Each says what it shows."""
    name = ".".join(["vuon_web", *path.relative_to(PRODUCT).with_suffix("").parts])
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted
    assert not found.failed
