"""Kernels in CPython: the very source, with arrays that refuse what wasm would not notice.

Slow and obvious; the arbiter in any dispute. Division, whole numbers and remainders are given the
meaning of the dialect before the source runs (`vuon.kernel.meaning`).
"""

from __future__ import annotations

import ast
import copy
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from vuon.kernel import dialect
from vuon.kernel.check import WORDS, Program, Source
from vuon.kernel.lowering import Lowering
from vuon.kernel.meaning import Meaning
from vuon.kernel.toplevel import gather
from vuon.kernel.tree import Array

#: A whole number as it is; a float, however whole, is refused.
_index: Callable[[Any], int] = operator.index
_WORDS = {name: getattr(dialect, name) for name in dir(dialect) if not name.startswith("_")}


class Reference:
    """A kernel source running in CPython, with the calls of `vuon.kernel.host.Instance`."""

    def __init__(
        self, names: dict[str, Any], kinds: Mapping[str, Array], arrays: dict[str, list[Any]]
    ) -> None:
        self._names, self._kinds, self._arrays = names, kinds, arrays

    def write(self, name: str, values: Iterable[float], at: int = 0) -> None:
        """Write values into an array from cell `at` on.

        Raises:
            IndexError: they go beyond its end.
        """
        whole = self._kinds[name].type == "i64"
        given: list[Any] = [dialect.within(_index(x)) if whole else float(x) for x in values]
        if at < 0 or at + len(given) > len(self._arrays[name]):
            raise IndexError(f"{name}: {len(given)} values from {at} on do not fit")
        self._arrays[name][at : at + len(given)] = given

    def read(self, name: str, start: int = 0, stop: int | None = None) -> Sequence[Any]:
        """The cells of an array from `start` to before `stop`.

        Raises:
            IndexError: `start` is negative.
        """
        if start < 0:
            raise IndexError(f"{name}[{start}]: it has {len(self._arrays[name])} cells")
        return self._arrays[name][start:stop]

    def call(self, name: str, *arguments: float) -> Any:
        """Call a function of the module.

        Raises:
            ArithmeticError, IndexError, ValueError: what wasm would do wrongly or trap at.
        """
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
    arrays: dict[str, list[Any]] = {
        key: [0.0 if each.type == "f64" else 0] * each.length
        for key, each in program.arrays.items()
    }
    spaces: dict[str, dict[str, Any]] = {}
    return Reference(_space(program, root, spaces, arrays), program.arrays, arrays)


def _space(
    program: Program,
    source: Source,
    spaces: dict[str, dict[str, Any]],
    arrays: Mapping[str, list[Any]],
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
            meaning = Meaning(lowering.wholes, known.arrays, known.constants)
            body.append(meaning.visit(copy.deepcopy(node)))
    plain = ast.fix_missing_locations(ast.Module(body, []))
    exec(compile(plain, source.file, "exec"), names)  # noqa: S102 - our own kernel sources
    return names
