"""Random functions of the dialect, for the question whether CPython and wasm agree on them."""

from __future__ import annotations

import re
import textwrap

from hypothesis import strategies as st

HEAD = """from vuon.kernel.dialect import (
    F, L, bits, floats, floor, ints, shr_u, sqrt, unbits, wrap, wrap_add, wrap_mul
)
from vuon.kernel.maths import exp, log
a: L = ints(8)
x: F = floats(8)
def note(i: int) -> int:
    a[i & 7] = wrap_add(a[(i + 3) & 7], i)
    return a[i & 7]
def halve(u: float) -> float:
    if u > 1.0:
        return u * 0.5
    return u + 1.0
"""

INTS = st.sampled_from(re.findall(r"\S+", "i j n a[i] a[j] a[i&7] a[(j+1)&7] a[n+1] 0 1 2 7 -1 63"))
INTS |= st.integers(-(2**63) + 1, 2**63 - 1).map(str)
FLOATS = st.sampled_from(
    re.findall(r"\S+", "u v x[i] x[j&7] x[n+1] 0.0 -0.0 1.0 -2.5 1e300 5e-324")
)
FLOATS |= st.floats(allow_nan=False, allow_infinity=False).map(lambda f: f"({f!r})")

#: Shapes of expressions: {a} and {b} are whole numbers, {u} and {v} floats, {c} a condition.
WHOLE = [
    *("({a} + {b})", "({a} * {b})", "({a} - {b})", "(-{a})", "({a} % {b})", "int({u})"),
    *("(({a} & 65535) * ({b} & 1023))", "(({a} >> 2) - ({b} >> 2))", "(({a} >> 9) + ({b} >> 3))"),
    *("(({a} & 1023) % (1 + ({b} & 15)))", "(shr_u({a}, 1) // (1 + ({b} & 255)))"),
    *(
        "int({u} if abs({u}) < 1e15 else 1.0)",
        "bits({u} if {u} == {u} else 0.0)",
        "({a} if {c} else {b})",
    ),
    *("({a} & {b})", "({a} | {b})", "({a} ^ {b})", "({a} >> ({b} & 63))", "note({a})"),
    *("(({a} & 255) << ({b} & 31))", "shr_u({a}, {b} & 63)", "wrap_add({a}, {b})"),
    *("wrap_mul({a}, {b})", "a[{a} & 7]", "a[({a} & 3) + 4]"),
]
REAL = [
    *("({u} + {v})", "({u} - {v})", "({u} * {v})", "({u} / {v})", "(-{u})", "sqrt({u})"),
    *("abs({u})", "floor({u})", "float({a})", "unbits({a})", "log({u})", "exp({u})"),
    *("halve({u})", "({u} if {c} else {v})"),
]


def filled(draw: st.DrawFn, shape: str, depth: int) -> str:
    """A shape with expressions in its places; a select may not hold what writes."""
    kinds = {"a": whole, "b": whole, "u": real, "v": real, "c": condition}
    parts = {
        name: draw(kind(depth)) for name, kind in kinds.items() if f"{{{name}}}" in shape
    }  # fmt: skip
    if " if " in shape:
        parts = {name: part.replace("note(", "wrap_add(1, ") for name, part in parts.items()}
    return shape.format(**parts)


@st.composite
def whole(draw: st.DrawFn, depth: int = 3) -> str:
    """The text of an expression that is a whole number."""
    if depth == 0:
        return draw(INTS)
    return filled(draw, draw(st.sampled_from(WHOLE)), depth - 1)


@st.composite
def real(draw: st.DrawFn, depth: int = 3) -> str:
    """The text of an expression that is a float."""
    if depth == 0:
        return draw(FLOATS)
    return filled(draw, draw(st.sampled_from(REAL)), depth - 1)


@st.composite
def condition(draw: st.DrawFn, depth: int = 2) -> str:
    """The text of a condition."""
    compare = draw(st.sampled_from(["<", "<=", "==", "!=", ">", ">="]))
    kind = draw(st.sampled_from([whole, real]))
    depth = max(depth, 0)
    first = f"{draw(kind(min(depth, 1)))} {compare} {draw(kind(min(depth, 1)))}"
    if depth == 0:
        return f"({first})"
    shape = draw(st.sampled_from(["({p})", "(not {p})", "({p} and {q})", "({p} or {q})"]))
    return shape.format(p=first if "not" not in shape else f"({first})", q=draw(condition(0)))


@st.composite
def block(draw: st.DrawFn, depth: int = 2, looped: bool = False) -> str:
    """The lines of some statements."""
    lines = [draw(statement(depth, looped)) for _ in range(draw(st.integers(1, 3)))]
    return "\n".join(lines)


@st.composite
def statement(draw: st.DrawFn, depth: int, looped: bool) -> str:
    """A statement; loops end after a few rounds."""
    shapes = ["j = {a}", "n = {a}", "v = {u}", "a[{a} & 7] = {b}", "x[{a} & 7] = {u}"]
    shapes += [
        "j += {a}",
        "v *= {u}",
        "a[j & 7] ^= 5",
        "x[i & 7] += {u}",
        "note({a})",
        "a[j] = {b}",
    ]
    if depth:
        shapes += [
            "if {c}:\n{s}\nelse:\n{t}",
            "for k{depth} in range({r}, 5):\n{l}",
            "if {c}:\n{s}",
        ]
    if looped:
        shapes += ["if {c}:\n    break", "if {c}:\n    continue"]
    shape = draw(st.sampled_from(shapes))
    parts = dict.fromkeys("abucstlr", "")
    parts["depth"] = str(depth)
    kinds = {
        "a": lambda: whole(2),
        "b": lambda: whole(2),
        "u": lambda: real(2),
        "c": lambda: condition(1),
        "r": lambda: st.sampled_from(["0", "(i & 3)", "-2", "j & 1"]),
    }
    for name, kind in kinds.items():
        if f"{{{name}}}" in shape:
            parts[name] = draw(kind())
    if shape.startswith("x[") and "+=" in shape:
        parts["u"] = parts["u"].replace("note(", "wrap_add(1, ")  # refused: the value writes
    for name in "stl":
        if f"{{{name}}}" in shape:
            made = draw(block(depth - 1, looped or name == "l"))
            parts[name] = textwrap.indent(made, "    ")
    return shape.format(**parts)


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A whole source with `run(i, u)`, which gives a whole number."""
    body = "j = i & 3\nn = 2\nv = u\n" + draw(block()) + f"\nx[7] = {draw(real())}"
    body += f"\nreturn {draw(whole())}"
    return HEAD + "def run(i: int, u: float) -> int:\n" + textwrap.indent(body, "    ") + "\n"
