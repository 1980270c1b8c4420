"""Whether a built module is still what its sources give, told without reading them as Python.

A layout file says which texts its module was made of, the compiler's own among them. A start then
costs some milliseconds instead of a second.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from vuon.kernel.layout import Layout, Place
from vuon.kernel.tree import Array

#: The compiler: a change in it may change any module.
COMPILER = tuple(
    f"vuon.kernel.{each}"
    for each in (
        "binary", "check", "dialect", "expressions", "inline", "layout", "lowering", "meaning",
        "ranges", "toplevel", "tree", "wat",
    )
)  # fmt: skip


@lru_cache(maxsize=256)
def _text(name: str) -> bytes:
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:
        spec = None
    if spec is None or spec.origin is None:
        return b""  # a source that was never a file
    return Path(spec.origin).read_bytes().replace(b"\r\n", b"\n")


def hash_of_sources(names: Iterable[str]) -> str:
    """The SHA-256 of the compiler's text and that of these modules, as hexadecimal digits."""
    found = hashlib.sha256()
    for name in (*COMPILER, *sorted(names)):
        found.update(name.encode() + b"\0" + _text(name))
    return found.hexdigest()


def made_of(
    name: str,
    exports: tuple[str, ...],
    overrides: Mapping[str, int | float],
    sources: Iterable[str],
    wasm: bytes,
) -> dict[str, object]:
    """What a layout file says about the origin of its module."""
    names = sorted(sources)
    return {
        "module": name,
        "exports": list(exports),
        "overrides": dict(sorted(overrides.items())),
        "sources": names,
        "sources_hash": hash_of_sources(names),
        "wasm_hash": hashlib.sha256(wasm).hexdigest(),
    }


def found(
    path: Path, name: str, exports: tuple[str, ...], overrides: Mapping[str, int | float]
) -> tuple[bytes, Layout] | None:
    """The module of a file and its layout; None if it is missing or no longer what it should be.

    Args:
        path: the `.wasm` file; its layout stands beside it.
        name, exports, overrides: of what it must have been built.
    """
    try:
        wasm = path.read_bytes()
        told = json.loads(path.with_suffix(".layout.json").read_bytes())
        now = made_of(name, exports, overrides, told["sources"], wasm)
        if any(told.get(key) != value for key, value in now.items()):
            return None
        places = tuple(
            Place(Array(key, kind, length), address)
            for key, (kind, address, length) in told["arrays"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return wasm, Layout(places)
