"""Expressions of a kernel source as typed trees."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from vuon.kernel.check import WORDS, DialectError, Program, Signature
from vuon.kernel.dialect import signed
from vuon.kernel.toplevel import KNOWN
from vuon.kernel.tree import Array, Binary, Call, Const, Expr, Load, Local, Logic, Select, Unary

_WORDS = {"i64": "a whole number", "f64": "a float", "i32": "a condition", "": "nothing"}
_ANY = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul"}
_WHOLE = {
    ast.BitAnd: "and",
    ast.BitOr: "or",
    ast.BitXor: "xor",
    ast.LShift: "shl",
    ast.RShift: "shr_s",
    ast.Mod: "rem",
    ast.FloorDiv: "quot",
}
_COMPARE: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
}
#: Functions of one argument: what they take and give.
_UNARY = {
    "sqrt": ("f64", "f64"),
    "abs": ("f64", "f64"),
    "floor": ("f64", "f64"),
    "bits": ("f64", "i64"),
    "unbits": ("i64", "f64"),
    "float": ("i64", "f64"),
    "int": ("f64", "i64"),
}
_BINARY = {"wrap_add": "add", "wrap_mul": "mul", "shr_u": "shr_u"}


#: Where a node begins and ends in its file.
Span = tuple[int, int, int | None, int | None]


def span(node: ast.expr | ast.stmt) -> Span:
    """Where a node begins and ends: two nodes of the same kind never share it."""
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


class Expressions:
    """What all expressions of one function need to know; `wholes` are its sums of integers."""

    def __init__(self, program: Program, signature: Signature) -> None:
        self.program, self.signature = program, signature
        self.names = program.homes[signature.name]
        self.wholes: set[Span] = set()
        self.types: dict[str, str] = dict(signature.parameters)
        self.set: frozenset[str] | None = frozenset()
        self.calls: dict[str, Signature] = {}
        self.arrays: set[str] = set()

    def wrong(self, node: ast.AST, what: str, remedy: str = "") -> DialectError:
        """The error at a node."""
        return DialectError(self.signature.source, node, what, remedy)

    @staticmethod
    def word(kind: str) -> str:
        """A type in words."""
        return _WORDS[kind]

    def is_global(self, name: str) -> bool:
        """Whether the module has this name."""
        names = self.names
        return name in names.constants or name in names.arrays or name in names.functions

    def writes(self, *nodes: ast.expr) -> bool:
        """Whether something called in these expressions writes a cell."""
        return any(
            isinstance(each, ast.Call)
            and isinstance(each.func, ast.Name)
            and each.func.id in self.names.functions
            and self.program.writes(self.names.functions[each.func.id])
            for node in nodes
            for each in ast.walk(node)
        )

    def whole(self, node: ast.expr) -> Expr:
        """An expression that must be a whole number."""
        found = self.expr(node)
        if found.type != "i64":
            raise self.wrong(node, f"here stands a whole number, not {self.word(found.type)}")
        return found

    def condition(self, node: ast.expr) -> Expr:
        """An expression that must be a condition."""
        found = self.expr(node)
        if found.type != "i32":
            raise self.wrong(node, "here stands a condition", "Compare: write x != 0.")
        return found

    def cell(self, node: ast.Subscript) -> tuple[Array, Expr]:
        """The array and the index of a cell."""
        if not isinstance(node.value, ast.Name) or node.value.id not in self.names.arrays:
            raise self.wrong(node, "only an array of the module has cells")
        array = self.names.arrays[node.value.id]
        self.arrays.add(array.name)
        return array, self.whole(node.slice)

    def expr(self, node: ast.expr) -> Expr:
        """The tree of an expression."""
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name():
                return self._name(node)
            case ast.Subscript():
                array, index = self.cell(node)
                return Load(array.type, array.name, index)
            case ast.UnaryOp():
                return self._unary(node)
            case ast.BinOp():
                return self.combine(node, node.op, self.expr(node.left), self.expr(node.right))
            case ast.Compare(ops=[op], comparators=[right]) if type(op) in _COMPARE:
                left, other = self.expr(node.left), self.expr(right)
                self._same(node, left, other)
                return Binary("i32", _COMPARE[type(op)], left, other)
            case ast.Compare():
                raise self.wrong(node, "comparisons stand alone", "Write a < b and b < c.")
            case ast.BoolOp():
                found, *rest = (self.condition(each) for each in node.values)
                word = "and" if isinstance(node.op, ast.And) else "or"
                for each in rest:
                    found = Logic("i32", word, found, each)
                return found
            case ast.IfExp():
                if self.writes(node):
                    raise self.wrong(
                        node, "both sides are worked out, and this one writes", "Write an if."
                    )
                condition = self.condition(node.test)
                then, other = self.expr(node.body), self.expr(node.orelse)
                self._same(node, then, other)
                return Select(then.type, condition, then, other)
            case ast.Call():
                return self._call(node)
        raise self.wrong(node, f"{type(node).__name__} is no expression of the dialect")

    def fits(self, node: ast.AST, value: int) -> int:
        """The constant, which must fit into 64 bits with its sign."""
        if signed(value) != value:
            raise self.wrong(node, "beyond 64 bits with a sign", "Write wrap(0x…).")
        return value

    def _constant(self, node: ast.Constant) -> Expr:
        if type(node.value) is int:
            return Const("i64", self.fits(node, node.value))
        if type(node.value) is float:
            return Const("f64", node.value)
        raise self.wrong(node, f"{node.value!r} is no number")

    def _name(self, node: ast.Name) -> Expr:
        name = node.id
        if name in self.types:
            if self.set is not None and name not in self.set:
                raise self.wrong(node, f"{name} may not have been set on every path to here")
            return Local(self.types[name], name)
        if name in self.names.constants:
            value = self.names.constants[name]
            return Const("i64" if type(value) is int else "f64", value)
        if name in self.names.arrays:
            raise self.wrong(node, f"{name} is an array; take one of its cells")
        raise self.wrong(node, f"{name} is not known here")

    def _unary(self, node: ast.UnaryOp) -> Expr:
        if isinstance(node.op, ast.Not):
            return Unary("i32", "not", self.condition(node.operand))
        if not isinstance(node.op, ast.USub):
            raise self.wrong(node, f"{type(node.op).__name__} is no operator of the dialect")
        operand = self.expr(node.operand)
        if operand.type == "i64":
            self.wholes.add(span(node))
            if isinstance(operand, Const):
                return Const("i64", self.fits(node, -int(operand.value)))
            return Binary("i64", "sub", Const("i64", 0), operand)
        if operand.type == "f64":
            if isinstance(operand, Const):
                return Const("f64", -operand.value)
            return Unary("f64", "neg", operand)
        raise self.wrong(node, "a condition has no sign")

    def _same(self, node: ast.AST, left: Expr, right: Expr) -> None:
        if left.type != right.type or left.type not in ("i64", "f64"):
            raise self.wrong(
                node,
                f"{self.word(left.type)} and {self.word(right.type)} do not go together",
                "Write float(i) or int(x)." if left.type != right.type else "",
            )

    def combine(self, node: ast.expr | ast.stmt, op: ast.operator, left: Expr, right: Expr) -> Expr:
        """Two expressions joined by an operator of Python."""
        self._same(node, left, right)
        kind = type(op)
        if left.type == "i64":
            self.wholes.add(span(node))
        if kind in _ANY:
            return Binary(left.type, _ANY[kind], left, right)
        if kind is ast.Div:
            if left.type == "i64":
                raise self.wrong(node, "/ is for floats", "Write float(a) / float(b), or a // b.")
            return Binary("f64", "div", left, right)
        if kind not in _WHOLE:
            raise self.wrong(node, f"{kind.__name__} is no operator of the dialect")
        if left.type != "i64":
            raise self.wrong(node, "this operator is for whole numbers")
        return Binary("i64", _WHOLE[kind], left, right)

    def _call(self, node: ast.Call) -> Expr:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise self.wrong(node, "a call names a function and gives plain arguments")
        name = node.func.id
        if name in KNOWN and name not in self.names.words:
            raise self.wrong(node, f"{name} is not imported", f"Import it from {WORDS}.")
        if name == "wrap":
            match node.args:
                case [ast.Constant(value=int() as value)] if type(value) is int:
                    return Const("i64", signed(value))
            raise self.wrong(node, "wrap takes one whole number, written out")
        if name in _UNARY:
            return self._intrinsic(node, name)
        arguments = tuple(self.expr(each) for each in node.args)
        if name in _BINARY:
            if [each.type for each in arguments] != ["i64", "i64"]:
                raise self.wrong(node, f"{name} takes two whole numbers")
            return Binary("i64", _BINARY[name], *arguments)
        if name not in self.names.functions:
            raise self.wrong(node, f"there is no function {name} here")
        signature = self.names.functions[name]
        wanted = [kind for _, kind in signature.parameters]
        if [each.type for each in arguments] != wanted:
            told = ", ".join(self.word(kind) for kind in wanted) or "nothing"
            raise self.wrong(node, f"{name} takes {told}")
        self.calls[signature.name] = signature
        return Call(signature.result, signature.name, arguments)

    def _intrinsic(self, node: ast.Call, name: str) -> Expr:
        takes, gives = _UNARY[name]
        arguments = [self.expr(each) for each in node.args]
        if [each.type for each in arguments] != [takes]:
            raise self.wrong(node, f"{name} takes {self.word(takes)}")
        return Unary(gives, name, arguments[0])
