"""The typed tree: the one input of all emitters, made from a source file or by another engine.

Types are "i64", "f64", and "i32" for what a comparison gives. `at` is where a node comes from, for
errors; a tree without a source file may leave it empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Array:
    """An array of the module: its name, the type of its cells, how many."""

    name: str
    type: str
    length: int


@dataclass(frozen=True)
class Expr:
    """Something with a value of a type."""

    type: str


@dataclass(frozen=True)
class Const(Expr):
    """A constant: an int within 64 bits, a float, or 0 and 1 of type "i32"."""

    value: int | float


@dataclass(frozen=True)
class Local(Expr):
    """A local variable or parameter."""

    name: str


@dataclass(frozen=True)
class Load(Expr):
    """A cell of an array; the index is of type "i64"."""

    array: str
    index: Expr


@dataclass(frozen=True)
class Unary(Expr):
    """One of `neg sqrt abs floor bits unbits float int not`."""

    op: str
    operand: Expr


@dataclass(frozen=True)
class Binary(Expr):
    """One of `add sub mul div rem and or xor shl shr_s shr_u` or `eq ne lt le gt ge`.

    Comparisons have type "i32", whatever they compare.
    """

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True)
class Logic(Expr):
    """`and` or `or` of two conditions; the right one is looked at only if it decides."""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True)
class Select(Expr):
    """One of two values; both are worked out."""

    condition: Expr
    then: Expr
    other: Expr


@dataclass(frozen=True)
class Call(Expr):
    """A call of a function; type "" where it gives nothing."""

    function: str
    arguments: tuple[Expr, ...]


@dataclass(frozen=True)
class Inlined(Expr):
    """A call with its function's body in its place: locals are set, `Leave` gives the value."""

    label: str
    body: tuple[Stmt, ...]


@dataclass(frozen=True)
class Stmt:
    """Something that is done."""


@dataclass(frozen=True)
class Assign(Stmt):
    """Set a local variable."""

    name: str
    value: Expr


@dataclass(frozen=True)
class Store(Stmt):
    """Write a cell of an array."""

    array: str
    index: Expr
    value: Expr


@dataclass(frozen=True)
class If(Stmt):
    """Do one or the other."""

    condition: Expr
    then: tuple[Stmt, ...]
    other: tuple[Stmt, ...] = ()


@dataclass(frozen=True)
class Loop(Stmt):
    """While the condition holds do the body; `step` after it, also after a `Continue`."""

    condition: Expr
    body: tuple[Stmt, ...]
    step: tuple[Stmt, ...] = ()


@dataclass(frozen=True)
class Break(Stmt):
    """Leave the innermost loop."""


@dataclass(frozen=True)
class Continue(Stmt):
    """Go on with the innermost loop."""


@dataclass(frozen=True)
class Return(Stmt):
    """Leave the function."""

    value: Expr | None = None


@dataclass(frozen=True)
class Leave(Stmt):
    """Leave an inlined body with a value."""

    label: str
    value: Expr | None = None


@dataclass(frozen=True)
class Do(Stmt):
    """Work out a call for what it does; a value is dropped."""

    call: Expr


@dataclass(frozen=True)
class Function:
    """A function: parameters and locals with their types; `result` is "" where it gives nothing."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    result: str
    locals: tuple[tuple[str, str], ...]
    body: tuple[Stmt, ...]


@dataclass(frozen=True)
class Module:
    """Arrays in the order of their declaration, functions, those that a host may call, and the
    names of the modules that all of it was read from."""

    arrays: tuple[Array, ...]
    functions: tuple[Function, ...]
    exports: tuple[str, ...] = ("run",)
    sources: tuple[str, ...] = ()


Node = Expr | Stmt


def inside(node: Node) -> Iterator[Node]:
    """The node and every node in it."""
    yield node
    for each in fields(node):
        value = getattr(node, each.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Expr | Stmt):
                yield from inside(part)
