"""WebAssembly text of a module: constant addresses, whole numbers of 32 bits within an index.

`checked` builds trap at the first access outside an array and leave its number in the global
`fault`; they are for tests.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from vuon.kernel.layout import CELL, Layout
from vuon.kernel.ranges import is_natural, never_negative
from vuon.kernel.tree import (
    Assign,
    Binary,
    Break,
    Call,
    Const,
    Continue,
    Do,
    Expr,
    Function,
    If,
    Inlined,
    Leave,
    Load,
    Local,
    Logic,
    Loop,
    Module,
    Return,
    Select,
    Stmt,
    Store,
    Unary,
    inside,
)

_I64 = {
    "quot": "div_s",
    "rem": "rem_s",
    "lt": "lt_s",
    "le": "le_s",
    "gt": "gt_s",
    "ge": "ge_s",
}
_UNARY = {
    "neg": "f64.neg",
    "sqrt": "f64.sqrt",
    "abs": "f64.abs",
    "floor": "f64.floor",
    "bits": "i64.reinterpret_f64",
    "unbits": "f64.reinterpret_i64",
    "float": "f64.convert_i64_s",
    "int": "i64.trunc_f64_s",
    "not": "i32.eqz",
}
#: What 32 bits of the result need only 32 bits of the operands for.
_NARROW = frozenset(("add", "sub", "mul", "and", "or", "xor"))
#: Bytes that the address of an index saves where it is used, and costs where the index changes.
_SAVED, _KEEPING = 4, 8
#: Locals of every function: a zero that nobody sets (two bytes instead of nine), and an address.
_SPARE = (("@zero", "f64"), ("@at", "i32"))
#: A right operand of `and` and `or` of at most so many nodes is worked out at once.
_CHEAP = 8
_CHECK = """(global $fault (export "fault") (mut i32) (i32.const -1))
(global $fault_index (export "fault_index") (mut i64) (i64.const 0))
(func $check (param $index i64) (param $length i64) (param $array i32) (result i32)
 (if (i64.ge_u (local.get $index) (local.get $length))
  (then (global.set $fault (local.get $array))
   (global.set $fault_index (local.get $index)) unreachable))
 (i32.shl (i32.wrap_i64 (local.get $index)) (i32.const 3)))"""


def emit(module: Module, *, checked: bool = False) -> str:
    """The text of a module that exports its memory, its `layout` hash and its functions."""
    layout = Layout.of(module)
    lines = [
        "(module",
        f'(memory (export "memory") {layout.pages} {layout.pages})',
        f'(global (export "layout") i64 (i64.const {layout.hash}))',
    ]
    if checked:
        lines.append(_CHECK)
    for function in module.functions:
        lines += _Writer(function, layout, checked=checked).lines()
    for name in module.exports:
        lines.append(f'(export "{name.rsplit(".", 1)[-1]}" (func ${name}))')
    return "\n".join([*lines, ")", ""])


def number(value: int | float, kind: str) -> str:
    """A constant; floats in hexadecimal, so that nobody parses decimals."""
    if kind != "f64":
        return f"({kind}.const {value})"
    value = float(value)
    if math.isnan(value):
        return "(f64.const nan)"
    if math.isinf(value):
        return f"(f64.const {'-' if value < 0 else ''}inf)"
    return f"(f64.const {value.hex()})"


class _Writer:
    def __init__(self, function: Function, layout: Layout, *, checked: bool) -> None:
        self.function, self.layout, self.checked = function, layout, checked
        self.natural = never_negative(function)
        self.number_of = {each.array.name: n for n, each in enumerate(layout.places)}
        self.loops: list[tuple[str, str]] = []
        self.count = 0
        #: How often a local is an index by itself, and those whose address is a local, too.
        self.indices: Counter[str] = Counter()
        self.scaled: frozenset[str] = frozenset()

    def lines(self) -> Iterator[str]:
        """The function."""
        made = self.function
        for each in made.body:
            self.stmt(each)  # counts indices
        self.scaled, self.count = self._worth_a_local(), 0
        body, last = self._all(made.body), made.body[-1] if made.body else None
        if isinstance(last, Return):
            body = [*self._all(made.body[:-1]), *([self.expr(last.value)] if last.value else [])]
        head = "".join(f" (param ${name} {kind})" for name, kind in made.parameters)
        result = f" (result {made.result})" if made.result else ""
        yield f"(func ${made.name}{head}{result}"
        more = [(f"{name}@", "i32") for name in sorted(self.scaled)]
        # one kind after the other takes fewer bytes
        for name, kind in sorted((*made.locals, *more, *_SPARE), key=lambda each: each[1]):
            yield f"(local ${name} {kind})"
        for name, _ in made.parameters:
            if name in self.scaled:
                told = self._times(f"(i32.wrap_i64 (local.get ${name}))", CELL)
                yield f"(local.set ${name}@ {told})"
        yield from body
        if made.result and not isinstance(last, Return):
            yield "unreachable"
        yield ")"

    def _worth_a_local(self) -> frozenset[str]:
        """The locals whose address in an array takes fewer bytes if it is kept."""
        changes = Counter(name for name, _ in self.function.parameters)
        for stmt in self.function.body:
            changes.update(each.name for each in inside(stmt) if isinstance(each, Assign))
        return frozenset(
            name
            for name, uses in self.indices.items()
            if uses * _SAVED > changes[name] * _KEEPING and uses > 1
        )

    # --- statements

    def stmt(self, node: Stmt) -> list[str]:
        """The lines of a statement."""
        match node:
            case Assign(name, value) if name in self.scaled:
                told = f"(i32.wrap_i64 (local.tee ${name} {self.expr(value)}))"
                return [f"(local.set ${name}@ {self._times(told, CELL)})"]
            case Assign(name, value):
                return [f"(local.set ${name} {self.expr(value)})"]
            case Store(array, index, value):
                return [self._store(array, index, value)]
            case If(condition, then, other):
                return self._if(condition, then, other)
            case Loop():
                return self._loop(node)
            case Break():
                return [f"(br ${self.loops[-1][0]})"]
            case Continue():
                return [f"(br ${self.loops[-1][1]})"]
            case Return(value):
                return [f"(return {self.expr(value)})" if value else "return"]
            case Leave(label, value):
                return [f"(br ${label} {self.expr(value)})" if value else f"(br ${label})"]
            case Do(call):
                told = self.expr(call)
                return [f"(drop {told})" if call.type else told]
        raise TypeError(node)

    def _store(self, array: str, index: Expr, value: Expr) -> str:
        kind = value.type
        offset, at = self.address(array, index)
        if isinstance(value, Binary) and value.left == Load(kind, array, index):
            pure = not any(isinstance(each, Call | Inlined) for each in inside(index))
            if pure and at.startswith(("(i32.shl", "(i32.mul", "(i32.add")):
                # the address is worked out once, and read before anything else can change it
                op = _I64.get(value.op, value.op) if kind == "i64" else value.op
                old = f"({kind}.load {offset}(local.get $@at))"
                new = f"({kind}.{op} {old} {self.expr(value.right)})"
                return f"({kind}.store {offset}(local.tee $@at {at}) {new})"
        return f"({kind}.store {offset}{at} {self.expr(value)})"

    def _if(self, condition: Expr, then: tuple[Stmt, ...], other: tuple[Stmt, ...]) -> list[str]:
        if then == (Break(),) and not other:
            return [f"(br_if ${self.loops[-1][0]} {self.expr(condition)})"]
        lines = [f"(if {self.expr(condition)}", "(then", *self._all(then), ")"]
        if other:
            lines += ["(else", *self._all(other), ")"]
        return [*lines, ")"]

    def _all(self, body: tuple[Stmt, ...]) -> list[str]:
        return [line for each in body for line in self.stmt(each)]

    def _loop(self, node: Loop) -> list[str]:
        self.count += 1
        out, top, on = (f"{kind}{self.count}" for kind in ("out", "top", "on"))
        skips = bool(node.step) and any(
            isinstance(each, Continue) for stmt in node.body for each in inside(stmt)
        )
        self.loops.append((out, on if skips else top))
        body = self._all(node.body)
        if skips:
            body = [f"(block ${on}", *body, ")"]
        self.loops.pop()
        around = [*body, *self._all(node.step), f"(br ${top})"]
        if node.condition != Const("i32", 1):
            around = [f"(if {self.expr(node.condition)} (then", *around, "))"]
        looped = [f"(loop ${top}", *around, ")"]
        left = any(f"${out} " in line or f"${out})" in line for line in body)
        return [f"(block ${out}", *looped, ")"] if left else looped

    # --- expressions

    def expr(self, node: Expr) -> str:
        """The text of an expression."""
        match node:
            case Const("f64", value) if value == 0 and math.copysign(1, value) > 0:
                return "(local.get $@zero)"
            case Const(kind, value):
                return number(value, kind)
            case Local(_, name):
                return f"(local.get ${name})"
            case Load(kind, array, index):
                where = self.address(array, index)
                return f"({kind}.load {where[0]}{where[1]})"
            case Unary(_, op, operand):
                return f"({_UNARY[op]} {self.expr(operand)})"
            case Binary():
                return self._binary(node)
            case Logic():
                return self._logic(node)
            case Select(_, condition, then, other):
                return f"(select {self.expr(then)} {self.expr(other)} {self.expr(condition)})"
            case Call(_, name, arguments):
                told = "".join(f" {self.expr(each)}" for each in arguments)
                return f"(call ${name}{told})"
            case Inlined():
                return self._inlined(node)
        raise TypeError(node)

    def _binary(self, node: Binary) -> str:
        kind = node.left.type
        op = _I64.get(node.op, node.op) if kind == "i64" else node.op
        return f"({kind}.{op} {self.expr(node.left)} {self.expr(node.right)})"

    def _logic(self, node: Logic) -> str:
        left, right = self.expr(node.left), self.expr(node.right)
        if _is_cheap(node.right):
            return f"(i32.{node.op} {left} {right})"
        if node.op == "and":
            return f"(if (result i32) {left} (then {right}) (else (i32.const 0)))"
        return f"(if (result i32) {left} (then (i32.const 1)) (else {right}))"

    def _inlined(self, node: Inlined) -> str:
        *before, last = node.body
        result = f" (result {node.type})" if node.type else ""
        lines = self._all(tuple(before))
        if isinstance(last, Leave) and last.label == node.label:
            lines += [self.expr(last.value)] if last.value else []
        else:
            lines += [*self.stmt(last), *(["unreachable"] if node.type else [])]
        return "\n".join([f"(block ${node.label}{result}", *lines, ")"])

    # --- addresses

    def address(self, array: str, index: Expr) -> tuple[str, str]:
        """The constant offset and the variable part of the address of a cell."""
        base = self.layout.address(array)
        if self.checked:
            length = self.layout.by_name[array].array.length
            told = f"(call $check {self.expr(index)} (i64.const {length})"
            return f"offset={base} ", f"{told} (i32.const {self.number_of[array]}))"
        rest, constant = _split(index)
        at = base + CELL * constant
        if rest is None:
            return "", f"(i32.const {at})"
        if constant and not is_natural(rest, self.natural):
            moved = f"(i32.add {self._scaled(rest)} (i32.const {CELL * constant}))"
            return f"offset={base} ", moved
        return f"offset={at} ", self._scaled(rest)

    def _scaled(self, index: Expr) -> str:
        if isinstance(index, Local):
            self.indices[index.name] += 1
            if index.name in self.scaled:
                return f"(local.get ${index.name}@)"
        if isinstance(index, Binary) and index.op == "mul" and isinstance(index.right, Const):
            factor = int(index.right.value) * CELL
            return self._times(self.narrow(index.left), factor)
        if isinstance(index, Binary) and index.op == "mul" and isinstance(index.left, Const):
            return self._times(self.narrow(index.right), int(index.left.value) * CELL)
        return self._times(self.narrow(index), CELL)

    @staticmethod
    def _times(told: str, factor: int) -> str:
        if factor > 0 and factor & (factor - 1) == 0:
            return f"(i32.shl {told} (i32.const {factor.bit_length() - 1}))"
        return f"(i32.mul {told} (i32.const {factor}))"

    def narrow(self, node: Expr) -> str:
        """The low 32 bits of a whole number."""
        match node:
            case Const(_, value):
                low = int(value) & 0xFFFFFFFF
                return f"(i32.const {low - (1 << 32) if low >> 31 else low})"
            case Load(_, array, index):
                where = self.address(array, index)
                return f"(i32.load {where[0]}{where[1]})"
            case Binary(_, op, left, right) if op in _NARROW:
                return f"(i32.{op} {self.narrow(left)} {self.narrow(right)})"
            case Select(_, condition, then, other):
                chosen = f"{self.narrow(then)} {self.narrow(other)}"
                return f"(select {chosen} {self.expr(condition)})"
        return f"(i32.wrap_i64 {self.expr(node)})"


def _split(index: Expr) -> tuple[Expr | None, int]:
    """An index as a variable part, or None, and a constant part."""
    match index:
        case Const(_, value):
            return None, int(value)
        case Binary(kind, "add", left, right):
            a, one = _split(left)
            b, two = _split(right)
            if a is None or b is None:
                return (b if a is None else a), one + two
            return Binary(kind, "add", a, b), one + two
        case Binary(kind, "sub", left, Const(_, value)):
            a, one = _split(left)
            return a, one - int(value)
    return index, 0


def _is_cheap(node: Expr) -> bool:
    """Whether a condition can be worked out although it does not matter."""
    nodes = list(inside(node))
    traps = any(
        isinstance(each, Load | Call | Inlined | Logic)
        or (isinstance(each, Unary) and each.op == "int")
        or (isinstance(each, Binary) and each.op in ("rem", "quot"))
        for each in nodes
    )
    return len(nodes) <= _CHEAP and not traps
