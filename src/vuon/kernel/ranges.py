"""Which whole numbers of a function are never negative, so that an index may lean on them.

The constant part of an index goes into the address of an instruction only if the rest cannot be
negative: WebAssembly adds the two without wrapping, and `a[i + 1]` with i = -1 would trap.
Sums and products do not overflow: the dialect forbids it.
"""

from __future__ import annotations

from vuon.kernel.tree import Assign, Binary, Const, Expr, Function, Local, Select, Unary, inside

_KEEPS = frozenset(("add", "mul", "quot", "rem", "shr_s", "or", "xor"))


def never_negative(function: Function) -> frozenset[str]:
    """The locals of type i64 that are never set to a negative number; parameters never count."""
    values: dict[str, list[Expr]] = {name: [] for name, kind in function.locals if kind == "i64"}
    for stmt in function.body:
        for node in inside(stmt):
            if isinstance(node, Assign) and node.name in values:
                values[node.name].append(node.value)
    known = frozenset(values)
    while True:
        left = frozenset(n for n in known if all(is_natural(v, known) for v in values[n]))
        if left == known:
            return known
        known = left


def is_natural(value: Expr, known: frozenset[str]) -> bool:
    """Whether a whole number is certainly ≥ 0, if the locals in `known` are."""
    match value:
        case Const(_, number):
            return number >= 0
        case Local(_, name):
            return name in known
        case Select(_, _, then, other):
            return is_natural(then, known) and is_natural(other, known)
        case Binary(_, "and", left, right):
            return is_natural(left, known) or is_natural(right, known)
        case Binary(_, "shr_u", _, Const(_, number)):
            return int(number) & 63 != 0
        case Binary(_, op, left, right) if op in _KEEPS:
            return is_natural(left, known) and is_natural(right, known)
        case Unary(_, "bits", Unary(_, "abs", _)):
            return True
    return False
