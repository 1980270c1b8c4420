"""Kernels on the server: one module compiled once, its arrays written and read by name."""

from __future__ import annotations

import array
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from vuon.kernel import check
from vuon.kernel.inline import inline
from vuon.kernel.layout import CELL, Layout
from vuon.kernel.tree import Module
from vuon.kernel.wat import emit

_CODES = {"f64": "d", "i64": "q"}
#: The most memory that a module may ask for, in pages of 64 KiB: 64 MiB.
MOST_PAGES = 1024


class HostError(Exception):
    """A module that is refused, or that trapped."""


def is_here() -> bool:
    """Whether wasmtime can be used on this machine; else there is `vuon.kernel.reference`."""
    try:
        import wasmtime  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


@lru_cache(maxsize=1)
def _engine() -> Any:
    import wasmtime

    return wasmtime.Engine(wasmtime.Config())


def binary(text: str) -> bytes:
    """WebAssembly text as a module."""
    import wasmtime

    return bytes(wasmtime.wat2wasm(text))


@lru_cache(maxsize=32)
def _compiled(wasm: bytes) -> Any:
    import wasmtime

    module = wasmtime.Module(_engine(), wasm)
    if module.imports:
        raise HostError("the module asks for something from outside")
    return module


class Instance:
    """A running kernel with its own memory."""

    def __init__(self, wasm: bytes, layout: Layout) -> None:
        """Start a module.

        Raises:
            HostError: it imports something, is laid out otherwise, or asks for too much memory.
        """
        import wasmtime

        self.layout = layout
        self.store = wasmtime.Store(_engine())
        made = wasmtime.Instance(self.store, _compiled(wasm), [])
        self._exports = made.exports(self.store)
        if self._exports["layout"].value(self.store) != layout.hash:
            raise HostError("the module is laid out otherwise than its host believes")
        self.memory = self._exports["memory"]
        if self.memory.size(self.store) > MOST_PAGES:
            raise HostError("the module asks for more memory than it may have")

    def write(self, name: str, values: Iterable[float], at: int = 0) -> None:
        """Write values into an array from cell `at` on.

        Raises:
            IndexError: they go beyond its end.
        """
        place = self.layout.by_name[name]
        given = array.array(_CODES[place.array.type], values)
        if at < 0 or at + len(given) > place.array.length:
            raise IndexError(f"{name}: {len(given)} values from {at} on do not fit")
        self.memory.write(self.store, given.tobytes(), place.address + CELL * at)

    def read(self, name: str, start: int = 0, stop: int | None = None) -> Sequence[Any]:
        """The cells of an array from `start` to before `stop`."""
        place = self.layout.by_name[name]
        end = place.array.length if stop is None else min(stop, place.array.length)
        found = array.array(_CODES[place.array.type])
        first = place.address + CELL * start
        found.frombytes(self.memory.read(self.store, first, place.address + CELL * end))
        return found

    def call(self, name: str, *arguments: float) -> Any:
        """Call a function of the module.

        Raises:
            HostError: it trapped.
        """
        import wasmtime

        try:
            return self._exports[name](self.store, *arguments)
        except wasmtime.Trap as trap:
            raise HostError(f"{name} trapped: {trap.message.splitlines()[0]}") from trap


def compiled(
    name: str, *, exports: tuple[str, ...] = ("run",), checked: bool = False, **overrides: int
) -> tuple[bytes, Layout]:
    """The module of a kernel source as bytes, and its layout; kept for the next call."""
    return _built(name, exports, checked, tuple(sorted(overrides.items())))


@lru_cache(maxsize=32)
def _built(
    name: str, exports: tuple[str, ...], checked: bool, overrides: tuple[tuple[str, int], ...]
) -> tuple[bytes, Layout]:
    module = inline(check.read(name, exports=exports, **dict(overrides)))
    return binary(emit(module, checked=checked)), Layout.of(module)


def load(
    name: str, *, exports: tuple[str, ...] = ("run",), checked: bool = False, **overrides: int
) -> Instance:
    """A running instance of a kernel source."""
    return Instance(*compiled(name, exports=exports, checked=checked, **overrides))


def of_module(module: Module) -> Instance:
    """A running instance of a tree that has no source file."""
    return Instance(binary(emit(module)), Layout.of(module))


def hash_of(wasm: bytes) -> str:
    """The SHA-256 of a module: which kernel made a result."""
    return hashlib.sha256(wasm).hexdigest()


