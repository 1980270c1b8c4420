"""Kernels in CPython: the very source, with arrays that refuse what wasm would not notice.

Slow and obvious; the arbiter in any dispute. Division, whole numbers and remainders are given the
meaning of the dialect before the source runs (`vuon.kernel.dialect`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import Any

from vuon.kernel import dialect
from vuon.kernel.check import WORDS, Source
from vuon.kernel.dialect import Cells

_WORDS = {name: getattr(dialect, name) for name in dir(dialect) if not name.startswith("_")}


class Reference:
    """A kernel source running in CPython, with the calls of `vuon.kernel.host.Instance`."""

    def __init__(self, names: dict[str, Any], arrays: dict[str, Cells]) -> None:
        self._names, self._arrays = names, arrays

    def write(self, name: str, values: Iterable[float], at: int = 0) -> None:
        """Write values into an array from cell `at` on."""
        cells = self._arrays[name]
        kind = type(cells)._kind
        for number, value in enumerate(values, at):
            cells[number] = kind(value)

    def read(self, name: str, start: int = 0, stop: int | None = None) -> Sequence[Any]:
        """The cells of an array from `start` to before `stop`."""
        return list.__getitem__(self._arrays[name], slice(start, stop))

    def call(self, name: str, *arguments: float) -> Any:
        """Call a function of the module."""
        return self._names[name](*arguments)


def load(name: str | Source, **overrides: int | float) -> Reference:
    """A kernel source with fresh arrays; `overrides` are other values for its constants.

    >>> load("vuon.kernel.random").call("mix", 0)
    0
    """
    spaces: dict[str, dict[str, Any]] = {}
    arrays: dict[str, Cells] = {}
    root = name if isinstance(name, Source) else Source.read(name)
    return Reference(_space(root, overrides, spaces, arrays), arrays)


def _space(
    source: Source,
    overrides: dict[str, int | float],
    spaces: dict[str, dict[str, Any]],
    arrays: dict[str, Cells],
) -> dict[str, Any]:
    """The names of a module after it has run; what it imports runs first, and once."""
    if source.name in spaces:
        return spaces[source.name]
    names = spaces[source.name] = {**_WORDS, "int": dialect.whole, "__name__": source.name}
    tree = ast.parse("\n".join(source.lines), source.file)
    body: list[ast.stmt] = []
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module not in (WORDS, "__future__"):
                other = _space(Source.read(module), overrides, spaces, arrays)
                names |= {each.name: other[each.name] for each in node.names}
            continue
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            changed = overrides.get(node.targets[0].id)
            if changed is not None:
                node.value = ast.copy_location(ast.Constant(changed), node.value)
        body.append(_Meaning().visit(node) if isinstance(node, ast.FunctionDef) else node)
    plain = ast.fix_missing_locations(ast.Module(body, []))
    exec(compile(plain, source.file, "exec"), names)  # noqa: S102 - our own kernel sources
    for key, value in names.items():
        if isinstance(value, Cells) and key not in arrays:
            value.name = key
            arrays[key] = value
        elif isinstance(value, Cells) and arrays[key] is not value:
            arrays[f"{source.name.rsplit('.', 1)[-1]}.{key}"] = value
    return names


class _Meaning(ast.NodeTransformer):
    """Gives operators the meaning of the dialect where that of Python differs."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        for each in node.args.args:
            each.annotation = None
        node.body = [self.visit(each) for each in node.body]
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        return _meant(node.op, node, node.left, node.right) or node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        self.generic_visit(node)
        old = ast.parse(ast.unparse(node.target), mode="eval").body
        value = _meant(node.op, node, old, node.value)
        value = value or ast.copy_location(ast.BinOp(old, node.op, node.value), node)
        return ast.copy_location(ast.Assign([node.target], _within(value)), node)

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        self.generic_visit(node)
        if isinstance(node.targets[0], ast.Name):
            node.value = _within(node.value)
        return node

    def visit_Return(self, node: ast.Return) -> ast.stmt:
        self.generic_visit(node)
        if node.value is not None:
            node.value = _within(node.value)
        return node


_MEANT = {ast.Div: "divided", ast.Mod: "remainder", ast.FloorDiv: "quotient"}


def _meant(op: ast.operator, at: ast.AST, left: ast.expr, right: ast.expr) -> ast.expr | None:
    name = _MEANT.get(type(op))
    if name is None:
        return None
    call = ast.Call(ast.Name(name, ast.Load()), [left, right], [])
    return ast.copy_location(call, at)


def _within(value: ast.expr) -> ast.expr:
    """The value, refused beyond 64 bits; what cannot be so is left alone."""
    if isinstance(value, ast.Name | ast.Constant | ast.Subscript | ast.Call | ast.Compare):
        return value
    return ast.copy_location(ast.Call(ast.Name("within", ast.Load()), [value], []), value)
