"""Operators of Python given the meaning of the dialect, for the reference mode.

Checks stand within the expressions, since a call for each would cost most of the time. Lines stay
what they are, so that a debugger shows the source.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping

from vuon.kernel.expressions import Span, span
from vuon.kernel.tree import Array

_HALF, _MASK = 1 << 63, (1 << 64) - 1
#: Operators on whole numbers that become calls of functions in `dialect`.
_CALLS: Mapping[type[ast.operator], str] = {
    ast.Mod: "remainder",
    ast.FloorDiv: "quotient",
    ast.LShift: "shifted",
    ast.RShift: "halved",
}
_SUMS = ast.Add | ast.Sub | ast.Mult
# `_v` and `_i` keep what has just been worked out, under names that no source can have.
_WITHIN = f"_v if -{_HALF} <= (_v := A) < {_HALF} else within(_v)"
_INDEX = "_i if 0 <= (_i := A) < B else outside(NAME, _i, B)"
_WRAPS = {
    "wrap_add": f"((A + B + {_HALF}) & {_MASK}) - {_HALF}",
    "wrap_mul": f"((A * B + {_HALF}) & {_MASK}) - {_HALF}",
}
_MOVED = f"(A & {_MASK}) >> B"
_CHOSEN = "(B, A)[C]"


class Meaning(ast.NodeTransformer):
    """Rewrites one function.

    Args:
        wholes: where its operators on whole numbers stand.
        arrays, constants: what the names of its module mean.
    """

    def __init__(
        self,
        wholes: set[Span],
        arrays: Mapping[str, Array],
        constants: Mapping[str, int | float],
    ) -> None:
        self.wholes, self.arrays, self.constants = wholes, arrays, constants

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        for each in node.args.args:
            each.annotation = None
        node.body = [self.visit(each) for each in node.body]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        assert node.value is not None
        return ast.copy_location(ast.Assign([node.target], self.visit(node.value)), node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        old = copy.deepcopy(node.target)
        old.ctx = ast.Load()
        joined = self.joined(node, node.op, self.visit(old), self.visit(node.value))
        return ast.copy_location(ast.Assign([self.visit(node.target)], joined), node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        assert isinstance(node.value, ast.Name)
        array = self.arrays[node.value.id]
        known = self.constant(node.slice)
        if known is not None and 0 <= known < array.length:
            return node
        index = node.slice
        if isinstance(index, ast.BinOp) and isinstance(index.op, _SUMS):
            index = self.generic_visit(index)  # type: ignore[assignment]
        else:
            index = self.visit(index)
        parts = {"A": index, "B": ast.Constant(array.length), "NAME": ast.Constant(array.name)}
        node.slice = _filled(_INDEX, node, parts)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        return self.joined(node, node.op, self.visit(node.left), self.visit(node.right))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        whole = span(node) in self.wholes and self.constant(node.operand) is None
        self.generic_visit(node)
        return _filled(_WITHIN, node, {"A": node}) if whole else node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        self.generic_visit(node)
        return _filled(_CHOSEN, node, {"A": node.body, "B": node.orelse, "C": node.test})

    def visit_Call(self, node: ast.Call) -> ast.expr:
        assert isinstance(node.func, ast.Name)
        name = node.func.id
        node.args = [self.visit(each) for each in node.args]
        if name in _WRAPS:
            return _filled(_WRAPS[name], node, {"A": node.args[0], "B": node.args[1]})
        if name == "shr_u":
            places = self.constant(node.args[1])
            if places is not None and 1 <= places <= 63:
                return _filled(_MOVED, node, {"A": node.args[0], "B": node.args[1]})
        return node

    def constant(self, node: ast.expr) -> int | float | None:
        """The value of a constant or of the name of one."""
        if isinstance(node, ast.Constant):
            return node.value  # type: ignore[return-value]
        return self.constants.get(node.id) if isinstance(node, ast.Name) else None

    def joined(
        self, at: ast.expr | ast.stmt, op: ast.operator, left: ast.expr, right: ast.expr
    ) -> ast.expr:
        """Two expressions with an operator between them."""
        plain = ast.copy_location(ast.BinOp(left, op, right), at)
        if span(at) not in self.wholes:
            if not isinstance(op, ast.Div) or self.constant(right):
                return plain
            return _filled("divided(A, B)", at, {"A": left, "B": right})
        if isinstance(op, _SUMS):
            return _filled(_WITHIN, at, {"A": plain})
        if type(op) not in _CALLS:
            return plain
        places = self.constant(right)
        if isinstance(op, ast.RShift) and places is not None and 0 <= places <= 63:
            return plain
        return _filled(f"{_CALLS[type(op)]}(A, B)", at, {"A": left, "B": right})


class _Filler(ast.NodeTransformer):
    def __init__(self, parts: Mapping[str, ast.expr], at: ast.AST) -> None:
        self.parts, self.at = parts, at

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.expr):
            ast.copy_location(node, self.at)
        return super().generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in ("_v", "_i"):
            node.id = f"{node.id} kept"
        return self.parts.get(node.id) or ast.copy_location(node, self.at)


def _filled(template: str, at: ast.AST, parts: Mapping[str, ast.expr]) -> ast.expr:
    """An expression with others in the place of its names."""
    found: ast.expr = _Filler(parts, at).visit(ast.parse(template, mode="eval").body)
    return found
