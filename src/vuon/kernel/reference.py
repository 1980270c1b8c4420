"""Kernels in CPython: the very source, with arrays that refuse what wasm would not notice.

Slow and obvious; the arbiter in any dispute. Division, whole numbers and remainders are given the
meaning of the dialect before the source runs (`vuon.kernel.dialect`).
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from vuon.kernel import dialect
from vuon.kernel.check import WORDS, Program, Source
from vuon.kernel.dialect import Cells, F, L
from vuon.kernel.expressions import Span, span
from vuon.kernel.lowering import Lowering
from vuon.kernel.toplevel import gather

_WORDS = {name: getattr(dialect, name) for name in dir(dialect) if not name.startswith("_")}


class Reference:
    """A kernel source running in CPython, with the calls of `vuon.kernel.host.Instance`."""

    def __init__(self, names: dict[str, Any], arrays: dict[str, Cells[Any]]) -> None:
        self._names, self._arrays = names, arrays

    def write(self, name: str, values: Iterable[float], at: int = 0) -> None:
        """Write values into an array from cell `at` on."""
        cells = self._arrays[name]
        kind = type(cells).kind
        for number, value in enumerate(values, at):
            cells[number] = kind(value)

    def read(self, name: str, start: int = 0, stop: int | None = None) -> Sequence[Any]:
        """The cells of an array from `start` to before `stop`."""
        cells = self._arrays[name]
        end = len(cells) if stop is None else min(stop, len(cells))
        return [cells[at] for at in range(start, end)]

    def call(self, name: str, *arguments: float) -> Any:
        """Call a function of the module."""
        return self._names[name](*arguments)


def load(name: str | Source, **overrides: int | float) -> Reference:
    """A kernel source with fresh arrays; `overrides` are other values for its constants.

    Raises:
        DialectError: something in it is outside the dialect.

    >>> load("vuon.kernel.random").call("mix", 0)
    0
    """
    program = Program(overrides)
    root = name if isinstance(name, Source) else Source.read(name)
    gather(program, root)
    program.known_overrides(root)
    arrays: dict[str, Cells[Any]] = {
        key: F([0.0] * each.length, key) if each.type == "f64" else L([0] * each.length, key)
        for key, each in program.arrays.items()
    }
    spaces: dict[str, dict[str, Any]] = {}
    return Reference(_space(program, root, spaces, arrays), arrays)


def _space(
    program: Program,
    source: Source,
    spaces: dict[str, dict[str, Any]],
    arrays: Mapping[str, Cells[Any]],
) -> dict[str, Any]:
    """The names of a module; what it imports comes first, and once."""
    if source.name in spaces:
        return spaces[source.name]
    known = program.names[source.name]
    names = spaces[source.name] = {**_WORDS, "int": dialect.whole, "__name__": source.name}
    names |= known.constants
    names |= {key: arrays[each.name] for key, each in known.arrays.items()}
    body: list[ast.stmt] = []
    for node in source.tree.body:
        if isinstance(node, ast.ImportFrom) and node.module not in (WORDS, "__future__", None):
            other = _space(program, program.sources[node.module], spaces, arrays)
            names |= {each.name: other[each.name] for each in node.names}
        if isinstance(node, ast.FunctionDef):
            lowering = Lowering(program, known.functions[node.name])
            lowering.function()
            body.append(_Meaning(lowering.wholes).visit(copy.deepcopy(node)))
    plain = ast.fix_missing_locations(ast.Module(body, []))
    exec(compile(plain, source.file, "exec"), names)  # noqa: S102 - our own kernel sources
    return names


#: What operators on whole numbers mean, where that of Python differs.
_WHOLE = {
    ast.Add: "within",
    ast.Sub: "within",
    ast.Mult: "within",
    ast.Mod: "remainder",
    ast.FloorDiv: "quotient",
    ast.LShift: "shifted",
    ast.RShift: "halved",
}


class _Meaning(ast.NodeTransformer):
    """Gives operators the meaning of the dialect; lines stay what they are, for a debugger."""

    def __init__(self, wholes: Set[Span]) -> None:
        self.wholes = wholes

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        self.generic_visit(node)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        assert node.value is not None
        return ast.copy_location(ast.Assign([node.target], self.visit(node.value)), node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        meant = self.meant(node, node.op)
        self.generic_visit(node)
        return _joined(meant, node, node.op, node.left, node.right)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        meant = self.meant(node, node.op)
        old = copy.deepcopy(node.target)
        for each in ast.walk(old):
            if isinstance(each, ast.Name | ast.Subscript):
                each.ctx = ast.Load()
        self.generic_visit(node)
        value = _joined(meant, node, node.op, self.visit(old), node.value)
        return ast.copy_location(ast.Assign([node.target], value), node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        whole = span(node) in self.wholes
        self.generic_visit(node)
        return _call("within", node, node) if whole else node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        self.generic_visit(node)
        return _call("chosen", node, node.body, node.orelse, node.test)

    def meant(self, node: ast.expr | ast.stmt, op: ast.operator) -> str:
        """The function that stands for an operator, or nothing."""
        if span(node) in self.wholes:
            return _WHOLE.get(type(op), "")
        return "divided" if isinstance(op, ast.Div) else ""


def _joined(
    meant: str, at: ast.expr | ast.stmt, op: ast.operator, left: ast.expr, right: ast.expr
) -> ast.expr:
    plain = ast.copy_location(ast.BinOp(left, op, right), at)
    if not meant:
        return plain
    return _call(meant, at, plain) if meant == "within" else _call(meant, at, left, right)


def _call(name: str, at: ast.AST, *given: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Call(ast.Name(name, ast.Load()), list(given), []), at)
