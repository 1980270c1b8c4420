"""C text of a kernel, for benchmarks: how near WebAssembly comes to a compiler's best.

The outputs are equal bit for bit if it is compiled as `FLAGS` say: no fused multiply and add, and
whole numbers that wrap. Nothing of the product needs a C compiler.
"""

from __future__ import annotations

import ctypes
import math
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from vuon.kernel import check
from vuon.kernel.check import Source
from vuon.kernel.tree import (
    Array,
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

FLAGS = ("-O3", "-march=native", "-ffp-contract=off", "-fwrapv")
_TYPES = {"i64": "int64_t", "f64": "double", "i32": "int", "": "void"}
_CTYPES: dict[str, Any] = {"i64": ctypes.c_int64, "f64": ctypes.c_double, "": None}
_HEAD = """#include <stdint.h>
#include <string.h>
#include <math.h>
static inline int64_t bits(double x) { int64_t n; memcpy(&n, &x, 8); return n; }
static inline double unbits(int64_t n) { double x; memcpy(&x, &n, 8); return x; }
static inline int64_t whole(double x) {
  if (!(x >= -9223372036854775808.0 && x < 9223372036854775808.0)) __builtin_trap();
  return (int64_t)x;
}"""
_UNARY = {
    "neg": "-",
    "sqrt": "sqrt",
    "abs": "fabs",
    "floor": "floor",
    "bits": "bits",
    "unbits": "unbits",
    "float": "(double)",
    "int": "whole",
    "not": "!",
}
_BINARY = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "div": "/",
    "quot": "/",
    "rem": "%",
    "and": "&",
    "or": "|",
    "xor": "^",
    "shl": "<<",
    "shr_s": ">>",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
}


def emit(module: Module) -> str:
    """The text of a module that has not been inlined: a C compiler does so itself."""
    lines = [_HEAD]
    lines += [f"static {_TYPES[a.type]} {_plain('a', a.name)}[{a.length}];" for a in module.arrays]
    lines += [f"{_signature(each)};" for each in module.functions]
    for each in module.functions:
        lines += [f"{_signature(each)} {{", *_locals(each), *_all(each.body), "}"]
    for name in module.exports:
        lines.append(_export(next(each for each in module.functions if each.name == name)))
    cases = "".join(f"  case {n}: return {_plain('a', a.name)};\n" for n, a in _numbered(module))
    lines.append(f"void *kernel_array(int n) {{ switch (n) {{\n{cases}  }} return 0; }}")
    return "\n".join([*lines, ""])


def _numbered(module: Module) -> Iterable[tuple[int, Array]]:
    return enumerate(module.arrays)


def _plain(kind: str, name: str) -> str:
    return f"{kind}_{name.replace('.', '__')}"


def _signature(made: Function) -> str:
    given = ", ".join(f"{_TYPES[kind]} {_plain('v', name)}" for name, kind in made.parameters)
    return f"static {_TYPES[made.result]} {_plain('f', made.name)}({given or 'void'})"


def _export(made: Function) -> str:
    given = ", ".join(f"{_TYPES[kind]} {_plain('v', name)}" for name, kind in made.parameters)
    names = ", ".join(_plain("v", name) for name, _ in made.parameters)
    call = f"{_plain('f', made.name)}({names});"
    gives = "return " if made.result else ""
    short = made.name.rsplit(".", 1)[-1]
    return f"{_TYPES[made.result]} kernel_{short}({given or 'void'}) {{ {gives}{call} }}"


def _locals(made: Function) -> list[str]:
    return [f"{_TYPES[kind]} {_plain('v', name)} = 0;" for name, kind in made.locals]


def _all(body: Sequence[Stmt]) -> list[str]:
    return [line for each in body for line in _stmt(each)]


def _stmt(node: Stmt) -> list[str]:
    match node:
        case Assign():
            return [f"{_assignment(node)};"]
        case Store(array, index, value):
            return [f"{_plain('a', array)}[{_expr(index)}] = {_expr(value)};"]
        case If(condition, then, other):
            rest = ["} else {", *_all(other)] if other else []
            return [f"if ({_expr(condition)}) {{", *_all(then), *rest, "}"]
        case Loop(condition, body, step):
            after = ", ".join(_assignment(each) for each in step if isinstance(each, Assign))
            return [f"for (; {_expr(condition)}; {after}) {{", *_all(body), "}"]
        case Break():
            return ["break;"]
        case Continue():
            return ["continue;"]
        case Return(value):
            return [f"return {_expr(value)};" if value else "return;"]
        case Do(call):
            return [f"{_expr(call)};"]
    raise TypeError(node)


def _assignment(node: Assign) -> str:
    return f"{_plain('v', node.name)} = {_expr(node.value)}"


def _expr(node: Expr) -> str:
    match node:
        case Const(kind, value):
            return _number(value, kind)
        case Local(_, name):
            return _plain("v", name)
        case Load(_, array, index):
            return f"{_plain('a', array)}[{_expr(index)}]"
        case Unary(_, op, operand):
            return f"({_UNARY[op]}({_expr(operand)}))"
        case Binary():
            return _binary(node)
        case Logic(_, op, left, right):
            return f"({_expr(left)} {'&&' if op == 'and' else '||'} {_expr(right)})"
        case Select(_, condition, then, other):
            return f"({_expr(condition)} ? {_expr(then)} : {_expr(other)})"
        case Call(_, name, arguments):
            return _in_order(arguments, lambda given: f"{_plain('f', name)}({', '.join(given)})")
    raise TypeError(node)


def _binary(node: Binary) -> str:
    def joined(given: list[str]) -> str:
        if node.op == "shr_u":
            return f"((int64_t)((uint64_t){given[0]} >> {given[1]}))"
        return f"({given[0]} {_BINARY[node.op]} {given[1]})"

    return _in_order((node.left, node.right), joined)


def _in_order(parts: Sequence[Expr], joined: Any) -> str:
    """An expression of parts that C may work out in any order, unless one of them calls."""
    calls = sum(any(isinstance(each, Call) for each in inside(part)) for part in parts)
    if len(parts) < 2 or not calls:
        return str(joined([_expr(each) for each in parts]))
    kept = "".join(f"{_TYPES[p.type]} t{n} = {_expr(p)}; " for n, p in enumerate(parts))
    return f"({{ {kept}{joined([f't{n}' for n in range(len(parts))])}; }})"


def _number(value: int | float, kind: str) -> str:
    if kind != "f64":
        return f"(-{-int(value) - 1}LL - 1)" if value < 0 else f"{int(value)}LL"
    value = float(value)
    if math.isnan(value):
        return "NAN"
    if math.isinf(value):
        return "(-INFINITY)" if value < 0 else "INFINITY"
    return f"({value.hex()})"


_ARRAY = re.compile(r"^static (int64_t|double) a_(\w+)\[(\d+)\];$", re.MULTILINE)
_EXPORT = re.compile(r"^(\w+) kernel_(\w+)\(([^)]*)\) \{", re.MULTILINE)


class Native:
    """A text of `emit` compiled by the system's C compiler, with the calls of `host.Instance`.

    What is called and where arrays lie is read from the text, so one that was kept runs as well.
    """

    def __init__(self, text: str, compiler: str = "cc", flags: Sequence[str] = FLAGS) -> None:
        """Compile and load.

        Raises:
            FileNotFoundError: there is no such compiler.
        """
        found = shutil.which(compiler)
        if found is None:
            raise FileNotFoundError(compiler)
        with tempfile.TemporaryDirectory(prefix="vuon-c-") as folder:
            source, library = (Path(folder) / f"kernel.{end}" for end in ("c", "so"))
            source.write_text(text, encoding="utf-8")
            told = [found, *flags, "-shared", "-fPIC", "-o", str(library), str(source), "-lm"]
            subprocess.run(told, check=True, capture_output=True)  # noqa: S603 - our own text
            self._library = ctypes.CDLL(str(library))
        self._library.kernel_array.restype = ctypes.c_void_p
        of = {kind: _CTYPES[ours] for ours, kind in _TYPES.items() if ours != "i32"}
        self._arrays = {
            name: (n, of[kind] * int(length))
            for n, (kind, name, length) in enumerate(_ARRAY.findall(text))
        }
        for result, name, given in _EXPORT.findall(text):
            function = getattr(self._library, f"kernel_{name}")
            function.restype = of[result]
            kinds = [each.split()[0] for each in given.split(",") if given != "void"]
            function.argtypes = [of[kind] for kind in kinds]

    @property
    def arrays(self) -> frozenset[str]:
        """The names of its arrays."""
        return frozenset(self._arrays)

    def _cells(self, name: str) -> Any:
        number, kind = self._arrays[_plain("a", name).removeprefix("a_")]
        return kind.from_address(self._library.kernel_array(number))

    def write(self, name: str, values: Sequence[float], at: int = 0) -> None:
        """Write values into an array from cell `at` on."""
        self._cells(name)[at : at + len(values)] = values

    def read(self, name: str, start: int = 0, stop: int | None = None) -> Sequence[Any]:
        """The cells of an array from `start` to before `stop`."""
        found: Sequence[Any] = self._cells(name)[start:stop]
        return found

    def call(self, name: str, *arguments: float) -> Any:
        """Call a function of the module; what would trap in wasm ends the process."""
        return getattr(self._library, f"kernel_{name}")(*arguments)


def load(
    name: str | Source, *, exports: tuple[str, ...] = ("run",), **overrides: int | float
) -> Native:
    """A kernel source compiled by the system's C compiler.

    Raises:
        DialectError: something in the source is outside the dialect.
        FileNotFoundError: there is no C compiler.
    """
    return Native(emit(check.read(name, exports=exports, **overrides)))
