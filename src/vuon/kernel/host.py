"""Kernels on the server: one module compiled once, its arrays written and read by name.

The only file that knows wasmtime's interface, which changes from month to month.
"""

from __future__ import annotations

import array
import atexit
import hashlib
import platform
import sys
import weakref
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from vuon.kernel import built, check, kept
from vuon.kernel.binary import IMPORTS, START, binary, sections
from vuon.kernel.check import Source
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

    # wasmtime's objects need its Python modules when they go; at the end those go first
    atexit.register(_end)
    return wasmtime.Engine(wasmtime.Config())


def hash_of(wasm: bytes) -> str:
    """The SHA-256 of a module: which kernel made a result."""
    return hashlib.sha256(wasm).hexdigest()


_MODULES: dict[str, Any] = {}


#: Instances that somebody still holds.
_LIVE: weakref.WeakSet[Instance] = weakref.WeakSet()


def _forget() -> None:
    """Forget the modules made ready; instances go on."""
    _MODULES.clear()


def _end() -> None:
    for each in list(_LIVE):
        each.store.close()
    for module in _MODULES.values():
        module.close()
    _engine().close()


def compiled_module(wasm: bytes, cache: Path | None = None) -> Any:
    """The module made ready to run; kept in memory, and in a folder of the user's own if given.

    A file in the folder belongs to one module, version and processor; what cannot be used is made
    again. Its files are machine code: a folder that others may write to is not used (`kept`).

    Raises:
        HostError: it imports something or starts by itself.
    """
    import wasmtime

    name = hash_of(wasm)
    if name in _MODULES:
        return _MODULES[name]
    numbers = [number for number, _ in sections(wasm)]
    if IMPORTS in numbers:
        raise HostError("the module asks for something from outside")
    if START in numbers:
        raise HostError("the module starts something by itself")
    place = cache / f"{name}-{_machine()}.cwasm" if cache else None
    body = kept.read(place) if place else None
    module = None
    if body:
        try:
            module = wasmtime.Module.deserialize(_engine(), body)
        except wasmtime.WasmtimeError:
            module = None  # of another processor or build
    if module is None:
        module = wasmtime.Module(_engine(), wasm)
        if place:
            kept.write(place, bytes(module.serialize()))
    _MODULES[name] = module
    return module


def _machine() -> str:
    import wasmtime

    # The folder beside it says the version in a hundredth of the time of importlib.metadata.
    packages = Path(wasmtime.__file__).parent.parent
    version = max((each.name for each in packages.glob("wasmtime-*.dist-info")), default="")
    if not version:
        from importlib.metadata import version as told

        version = told("wasmtime")
    return f"{version.removesuffix('.dist-info')}-{sys.platform}-{platform.machine()}"


def _pages_asked(module: Any) -> int:
    for each in module.exports:
        if each.name == "memory":
            limits = each.type.limits
            return int(limits.max if limits.max is not None else MOST_PAGES + 1)
    raise HostError("the module has no memory to be read")


class Instance:
    """A running kernel with its own memory; one for each thread."""

    def __init__(self, wasm: bytes, layout: Layout, cache: Path | None = None) -> None:
        """Start a module.

        Raises:
            HostError: it imports something, is laid out otherwise, or asks for too much memory.
        """
        import wasmtime

        module = compiled_module(wasm, cache)
        if _pages_asked(module) > MOST_PAGES:
            raise HostError("the module asks for more memory than it may have")
        self.layout, self.wasm = layout, wasm
        self.store = wasmtime.Store(_engine())
        made = wasmtime.Instance(self.store, module, [])
        self._exports: Any = made.exports(self.store)
        told: Any = self._exports.get("layout")
        if told is None or told.value(self.store) != layout.hash:
            raise HostError("the module is laid out otherwise than its host believes")
        self.memory: Any = self._exports["memory"]
        _LIVE.add(self)

    def write(self, name: str, values: Iterable[float], at: int = 0) -> None:
        """Write values into an array from cell `at` on.

        Raises:
            IndexError: they go beyond its end.
        """
        place = self.layout.by_name[name]
        given = array.array(_CODES[place.array.type], values)
        if at < 0 or at + len(given) > place.array.length:
            raise IndexError(f"{name}: {len(given)} values from {at} on do not fit")
        if len(given):
            self.memory.write(self.store, given.tobytes(), place.address + CELL * at)

    def read(self, name: str, start: int = 0, stop: int | None = None) -> Sequence[Any]:
        """The cells of an array from `start` to before `stop`.

        Raises:
            IndexError: `start` is negative.
        """
        place = self.layout.by_name[name]
        end = place.array.length if stop is None else min(stop, place.array.length)
        if start < 0:
            raise IndexError(f"{name}[{start}]: it has {place.array.length} cells")
        found = array.array(_CODES[place.array.type])
        if start < end:
            first, last = place.address + CELL * start, place.address + CELL * end
            found.frombytes(self.memory.read(self.store, first, last))
        return found

    def call(self, name: str, *arguments: float) -> Any:
        """Call a function of the module.

        Raises:
            HostError: it trapped; says where, and in a checked build which array.
        """
        import wasmtime

        try:
            return self._exports[name](self.store, *arguments)
        except wasmtime.Trap as trap:
            raise HostError(self._told(name, trap)) from trap

    def _told(self, name: str, trap: Any) -> str:
        why = trap.message.rsplit("wasm trap: ", 1)[-1].strip()
        told = f"{name} trapped: {why}"
        inner = [each.func_name for each in trap.frames if each.func_name not in (None, "check")]
        if inner and inner[0] != name:
            told += f", in {inner[0]}"
        fault = self._exports["fault"].value(self.store) if "fault" in self._exports else -1
        if fault >= 0:
            place = self.layout.places[fault]
            index = self._exports["fault_index"].value(self.store)
            told += f": {place.array.name}[{index}], which has {place.array.length} cells"
        return told


@lru_cache(maxsize=32)
def _built(
    name: str | Source,
    exports: tuple[str, ...],
    checked: bool,
    overrides: tuple[tuple[str, int | float], ...],
) -> tuple[bytes, Layout]:
    module = inline(check.read(name, exports=exports, **dict(overrides)))
    return binary(emit(module, checked=checked)), Layout.of(module)


def compiled(
    name: str | Source,
    *,
    exports: tuple[str, ...] = ("run",),
    checked: bool = False,
    **overrides: int | float,
) -> tuple[bytes, Layout]:
    """The module of a kernel source as bytes, and its layout; kept for the next call."""
    return _built(name, exports, checked, tuple(sorted(overrides.items())))


def load(
    name: str | Source,
    *,
    exports: tuple[str, ...] = ("run",),
    checked: bool = False,
    cache: Path | None = None,
    made: Path | None = None,
    **overrides: int | float,
) -> Instance:
    """A running instance of a kernel source.

    Args:
        name: an importable module of the dialect, or a source.
        exports: the functions that may be called.
        checked: trap at the first access outside an array; slower, for tests.
        cache: a folder of the user's own for compiled modules: `kept.folder()`.
        made: a file of `vuon.kernel.build`, taken if it is what the sources give now.
        overrides: other values for constants of the module level.

    Raises:
        DialectError: something in the source is outside the dialect.
        HostError: the module is refused.
    """
    there = None
    if made and isinstance(name, str) and not checked:
        there = built.found(made, name, exports, overrides)
    wasm, layout = there or compiled(name, exports=exports, checked=checked, **overrides)
    return Instance(wasm, layout, cache)


def of_module(module: Module, *, checked: bool = False) -> Instance:
    """A running instance of a tree, which need not have a source file."""
    return Instance(binary(emit(module, checked=checked)), Layout.of(module))
