"""What the tests of architecture look at: the files of the repository, and Python as trees."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "src" / "vuon"
PRODUCT = ROOT / "src" / "vuon_web"

# Where there is no git (an unpacked archive), what .gitignore would leave out.
_MADE = {
    ".git", ".venv", ".tools", "node_modules", "__pycache__", "data", "dist", "_build",
    ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache",
}  # fmt: skip


@lru_cache
def files() -> tuple[Path, ...]:
    """Every file that is in the repository or would be added to it, in order."""
    asked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if asked.returncode == 0:
        found = [ROOT / name for name in asked.stdout.decode().split("\0") if name]
    else:
        found = [
            path
            for path in ROOT.rglob("*")
            if _MADE.isdisjoint(path.relative_to(ROOT).parts[:-1]) and path.suffix != ".mo"
        ]
    return tuple(sorted(path for path in found if path.is_file()))


def named(path: Path) -> str:
    """The path as people write it, from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


def python(below: Path = ROOT) -> Iterator[Path]:
    """Python files below a folder, without migrations."""
    for path in files():
        if path.suffix == ".py" and path.is_relative_to(below) and "migrations" not in path.parts:
            yield path


@lru_cache
def text(path: Path) -> str:
    """The file as text."""
    return path.read_text(encoding="utf-8")


@lru_cache
def tree(path: Path) -> ast.Module:
    """The file as a syntax tree."""
    return ast.parse(text(path), named(path))


def nodes(path: Path) -> Iterator[ast.AST]:
    """Every node of the tree, without what stands under `if TYPE_CHECKING:`."""
    todo: list[ast.AST] = [tree(path)]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            todo.extend(node.orelse)
            continue
        yield node
        todo.extend(ast.iter_child_nodes(node))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a file imports when it runs."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def apps() -> list[str]:
    """The Django apps, by the folder that holds them."""
    return sorted(path.parent.name for path in PRODUCT.glob("*/apps.py"))


def models() -> dict[str, Path]:
    """Every model class, with the file that defines it."""
    known = {"Model", "AbstractBaseUser"}
    found: dict[str, Path] = {}
    for _ in range(3):  # a model may derive from a model of another file
        for path in python(PRODUCT):
            if path.name not in ("models.py", "material.py") and path.parent.name != "models":
                continue
            for node in tree(path).body:
                if isinstance(node, ast.ClassDef):
                    bases = {ast.unparse(base).split(".")[-1] for base in node.bases}
                    if bases & (known | set(found)):
                        found[node.name] = path
    return found
