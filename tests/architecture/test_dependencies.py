"""Every dependency has a reason, in words, where it is named."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

from tests.architecture.sources import ROOT, text

PYPROJECT = ROOT / "pyproject.toml"


def test_every_dependency_has_its_reason() -> None:
    """A comment above each line says what it does for us; so does the decision that left one out."""
    lines = text(PYPROJECT).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("dependencies = ["))
    end = next(n for n, line in enumerate(lines) if line.startswith("[tool."))
    found = [
        line.strip()
        for before, line in zip(lines[start - 1 : end], lines[start:end], strict=False)
        if re.match(r'\s+"', line)
        and "vuon[" not in line
        and not line.strip().startswith(('"Framework', '"Natural', '"Programming'))
        and not before.strip().startswith("#")
    ]
    assert not found, "Write the reason above:\n" + "\n".join(found)


def test_the_library_alone_needs_little() -> None:
    """Numbers need numpy, kernels wasmtime; what does not compute is imported without them."""
    needed = tomllib.loads(text(PYPROJECT))["project"]["dependencies"]
    assert needed == ["numpy>=2.3", "wasmtime>=50,<51"]
    asked = (
        "import sys, vuon.cli, vuon.practice.game, vuon.kernel.host;"
        "sys.exit(bool({'numpy', 'wasmtime'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_one_version() -> None:
    """The version stands once, in the library."""
    assert tomllib.loads(text(PYPROJECT))["project"]["dynamic"] == ["version"]
    assert re.search(r'^__version__ = "\d+\.\d+', text(ROOT / "src/vuon/__init__.py"), re.M)


def test_one_python() -> None:
    """The oldest Python is the same for the launcher, the packages, the checkers and the manual."""
    project = tomllib.loads(text(PYPROJECT))
    oldest = project["project"]["requires-python"].removeprefix(">=")
    digits = oldest.replace(".", "")
    assert project["tool"]["ruff"]["target-version"] == f"py{digits}"
    assert project["tool"]["mypy"]["python_version"] == oldest
    launcher = text(ROOT / "vuon")
    assert f"({oldest.replace('.', ', ')})" in launcher
    assert f"--python-version {oldest}" in launcher
    assert f"Python {oldest}" in text(ROOT / "README.md")
