"""From a kernel source to a typed tree, or a refusal that shows the line and a caret.

What a developer reads here is English. Nothing is guessed or repaired: a construct outside the
dialect is an error, and nothing is emitted.
"""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vuon.kernel.tree import Array, Function, Module

#: Modules of the dialect whose names a source imports as words, not as code.
WORDS = "vuon.kernel.dialect"


class DialectError(Exception):
    """A source outside the dialect: where, what, and what to write."""

    def __init__(self, source: Source, node: ast.AST, what: str, remedy: str = "") -> None:
        line, place = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        text = source.lines[line - 1] if line <= len(source.lines) else ""
        column = len(text.encode()[:place].decode(errors="ignore"))  # ast counts bytes
        told = f"{source.file}:{line}: {what}\n    {text}\n    {' ' * column}^"
        super().__init__(f"{told}\n{remedy}" if remedy else told)
        self.line, self.column, self.what = line, column, what


@dataclass(frozen=True)
class Source:
    """A kernel source: its name, its text as lines, its syntax tree."""

    name: str
    file: str
    lines: tuple[str, ...]
    tree: ast.Module

    @classmethod
    def read(cls, name: str) -> Source:
        """The source of an importable module, which is not run."""
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
            raise ModuleNotFoundError(f"there is no Python text of {name}")
        return cls.parse(Path(spec.origin).read_text(encoding="utf-8"), name)

    @classmethod
    def parse(cls, text: str, name: str = "kernel") -> Source:
        """A source from its text."""
        file = f"{name.replace('.', '/')}.py"
        return cls(name, file, tuple(text.splitlines()), ast.parse(text, file))


@dataclass
class Names:
    """What is known at module level; functions of all modules share one name space by module."""

    constants: dict[str, int | float] = field(default_factory=dict)
    arrays: dict[str, Array] = field(default_factory=dict)
    functions: dict[str, Signature] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Signature:
    """What a function takes and gives, under the name that it has in the module."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    result: str
    source: Source
    tree: ast.FunctionDef


@dataclass
class Program:
    """All modules of a kernel as they are read."""

    overrides: Mapping[str, int | float]
    sources: dict[str, Source] = field(default_factory=dict)
    names: dict[str, Names] = field(default_factory=dict)
    arrays: dict[str, Array] = field(default_factory=dict)
    signatures: dict[str, Signature] = field(default_factory=dict)
    homes: dict[str, Names] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    writing: dict[str, bool] = field(default_factory=dict)

    def public(self, module: str, name: str, taken: Mapping[str, object]) -> str:
        """A name for the whole program: plain, unless another module has it already."""
        return name if name not in taken else f"{module}.{name}"

    def known_overrides(self, root: Source) -> None:
        """Refuse a new value for a constant that no module has: it would change nothing."""
        for each in sorted(self.overrides.keys() - self.changed):
            raise DialectError(root, root.tree, f"there is no constant {each} to be changed")

    def writes(self, signature: Signature) -> bool:
        """Whether a function, or one that it calls, writes a cell: its place in a line matters."""
        name = signature.name
        if name not in self.writing:
            self.writing[name] = False  # a function that calls itself is refused elsewhere
            known = self.homes[name].functions
            self.writing[name] = any(
                (isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store))
                or (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in known
                    and self.writes(known[node.func.id])
                )
                for node in ast.walk(signature.tree)
            )
        return self.writing[name]


def read(
    name: str | Source, *, exports: tuple[str, ...] = ("run",), **overrides: int | float
) -> Module:
    """The typed module of a kernel source.

    Args:
        name: an importable module of the dialect, or a source.
        exports: the functions that a host may call. What they never reach is left out.
        overrides: other values for constants of the module level, by name, in every module.

    Raises:
        DialectError: something in it is outside the dialect.
    """
    from vuon.kernel.lowering import Lowering
    from vuon.kernel.toplevel import gather

    program = Program(overrides)
    root = name if isinstance(name, Source) else Source.read(name)
    top = gather(program, root)
    program.known_overrides(root)
    functions: dict[str, Function] = {}
    waiting = []
    for each in exports:
        if each not in top.functions:
            raise DialectError(root, root.tree, f"there is no function {each!r} to export")
        waiting.append(top.functions[each])
    used: set[str] = set()
    calls: dict[str, set[str]] = {}
    while waiting:
        signature = waiting.pop()
        if signature.name in functions:
            continue
        lowering = Lowering(program, signature)
        functions[signature.name] = lowering.function()
        used |= lowering.arrays
        calls[signature.name] = {each.name for each in lowering.calls.values()}
        waiting += lowering.calls.values()
    _no_recursion(program, calls)
    arrays = tuple(each for key, each in program.arrays.items() if key in used)
    ordered = tuple(functions[key] for key in program.signatures if key in functions)
    told = tuple(top.functions[each].name for each in exports)
    return Module(arrays, ordered, told, tuple(program.sources))


def _no_recursion(program: Program, calls: Mapping[str, set[str]]) -> None:
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            signature = program.signatures[name]
            way = " → ".join((*above[above.index(name) :], name))
            raise DialectError(signature.source, signature.tree, f"a function calls itself: {way}")
        if name not in done:
            for each in sorted(calls[name]):
                visit(each, (*above, name))
            done.add(name)

    for name in calls:
        visit(name, ())
