"""The module level of a kernel source: imports, constants, arrays, signatures of functions."""

from __future__ import annotations

import ast
import operator
import re

from vuon.kernel.check import WORDS, DialectError, Names, Program, Signature, Source
from vuon.kernel.dialect import signed
from vuon.kernel.tree import Array

TYPES = {"int": "i64", "float": "f64"}
ARRAYS = {"floats": ("F", "f64"), "ints": ("L", "i64")}
#: What a source may import from the dialect.
KNOWN = frozenset(
    re.findall(r"\w+", "F L floats ints sqrt floor bits unbits wrap wrap_add wrap_mul shr_u")
)
#: Names that Python gives and a kernel may use.
GIVEN = frozenset(("abs", "float", "int", "range"))
_FOLD = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.LShift: operator.lshift,
    ast.BitOr: operator.or_,
}


def gather(program: Program, source: Source) -> Names:
    """The names of a module, read once; those that it imports come first."""
    if source.name in program.names:
        return program.names[source.name]
    names = program.names[source.name] = Names()
    program.sources[source.name] = source
    for node in source.tree.body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # the docstring
        if isinstance(node, ast.ImportFrom):
            _import(program, source, names, node)
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            _constant(program, source, names, node)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            _array(program, source, names, node)
        elif isinstance(node, ast.FunctionDef):
            _signature(program, source, names, node)
        else:
            raise DialectError(
                source, node, "at module level stand imports, constants, arrays and functions"
            )
    return names


def _import(program: Program, source: Source, names: Names, node: ast.ImportFrom) -> None:
    module = node.module or ""
    if module == "__future__":
        return
    if node.level or any(each.asname for each in node.names):
        raise DialectError(source, node, "import whole names from a module by its full name")
    if module == WORDS:
        for each in node.names:
            if each.name not in KNOWN:
                raise DialectError(source, node, f"{each.name!r} is no word of the dialect")
            names.words.add(each.name)
        return
    other = gather(program, Source.read(module))
    for each in node.names:
        _new(source, names, node, each.name)
        if each.name in other.constants:
            names.constants[each.name] = other.constants[each.name]
        elif each.name in other.arrays:
            names.arrays[each.name] = other.arrays[each.name]
        elif each.name in other.functions:
            names.functions[each.name] = other.functions[each.name]
        else:
            raise DialectError(source, node, f"{module} has no {each.name!r}")


def _constant(program: Program, source: Source, names: Names, node: ast.Assign) -> None:
    target = node.targets[0]
    if not isinstance(target, ast.Name) or not target.id.lstrip("_").isupper():
        raise DialectError(source, node, "a constant has a name in capitals")
    _new(source, names, node, target.id)
    value = fold(source, names, node.value)
    if target.id in program.overrides:
        program.changed.add(target.id)
        changed = program.overrides[target.id]
        if type(changed) is not type(value):
            raise DialectError(source, node, f"{changed!r} is given for it: not of its type")
        value = changed
    if type(value) is int and signed(value) != value:
        raise DialectError(source, node, "beyond 64 bits with a sign", "Write wrap(0x…).")
    names.constants[target.id] = value


def _new(source: Source, names: Names, node: ast.AST, name: str) -> None:
    """Refuse a second meaning of a name: Python would take the last, quietly."""
    if name in names.constants or name in names.arrays or name in names.functions:
        raise DialectError(source, node, f"{name} has a meaning already")
    if name in KNOWN or name in GIVEN:
        raise DialectError(source, node, f"{name} is a word of the dialect")


def fold(source: Source, names: Names, node: ast.expr) -> int | float:
    """The value of a constant expression."""
    match node:
        case ast.Constant(value=int() | float() as value) if type(value) is not bool:
            return value
        case ast.Name(id=name) if name in names.constants:
            return names.constants[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -fold(source, names, operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _FOLD:
            one, two = fold(source, names, left), fold(source, names, right)
            try:
                return _FOLD[type(op)](one, two)  # type: ignore[no-any-return]
            except (ArithmeticError, TypeError, ValueError) as error:
                raise DialectError(source, node, f"this has no value: {error}") from error
        case ast.Call(func=ast.Name(id="wrap"), args=[number]) if "wrap" in names.words:
            return signed(int(fold(source, names, number)))
    raise DialectError(source, node, "this is no constant: numbers, constants and + - * / // << |")


def _array(program: Program, source: Source, names: Names, node: ast.AnnAssign) -> None:
    value, name = node.value, node.target.id  # type: ignore[union-attr]
    if (
        not isinstance(value, ast.Call)
        or not isinstance(value.func, ast.Name)
        or value.func.id not in ARRAYS
        or len(value.args) != 1
        or not isinstance(node.annotation, ast.Name)
        or node.annotation.id != ARRAYS[value.func.id][0]
    ):
        raise DialectError(source, node, "an array is `name: F = floats(N)` or `name: L = ints(N)`")
    _new(source, names, node, name)
    length = fold(source, names, value.args[0])
    if type(length) is not int or not 0 < length < 1 << 28:
        raise DialectError(source, value, "the length of an array is a whole number from 1")
    public = program.public(source.name, name, program.arrays)
    array = Array(public, ARRAYS[value.func.id][1], length)
    names.arrays[name] = program.arrays[public] = array


def _signature(program: Program, source: Source, names: Names, node: ast.FunctionDef) -> None:
    arguments = node.args
    _new(source, names, node, node.name)
    if (
        arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.defaults
        or arguments.posonlyargs or node.decorator_list
    ):  # fmt: skip
        raise DialectError(source, node, "a function has plain parameters and no decorator")
    parameters = []
    for each in arguments.args:
        kind = each.annotation.id if isinstance(each.annotation, ast.Name) else ""
        if kind not in TYPES:
            raise DialectError(source, each, "a parameter is annotated as int or float")
        parameters.append((each.arg, TYPES[kind]))
    result = _result(source, node)
    public = program.public(source.name, node.name, program.signatures)
    made = Signature(public, tuple(parameters), result, source, node)
    names.functions[node.name] = program.signatures[public] = made
    program.homes[public] = names


def _result(source: Source, node: ast.FunctionDef) -> str:
    match node.returns:
        case ast.Name(id="int" | "float" as kind):
            return TYPES[kind]
        case ast.Constant(value=None):
            return ""
    raise DialectError(source, node, "a function is annotated as giving int, float or None")
