"""WebAssembly text as a module of bytes, with the names of its functions and no others.

Names of locals are longer than the code; names of functions are what a trap can tell.
"""

from __future__ import annotations

import re

CUSTOM, IMPORTS, START = 0, 2, 8  # numbers of sections
_HEADER = 8
_FUNCTION = re.compile(r"^\(func \$(\S+)", re.MULTILINE)


def binary(text: str) -> bytes:
    """The module of a text; the same bytes for the same text and version of wasmtime."""
    import wasmtime

    made = bytes(wasmtime.wat2wasm(text))
    kept = b"".join(whole for number, whole in sections(made) if number != CUSTOM)
    return made[:_HEADER] + kept + _names(_FUNCTION.findall(text))


def sections(wasm: bytes) -> list[tuple[int, bytes]]:
    """The sections of a module in their order: number, and all bytes.

    >>> sections(bytes.fromhex("0061736d 01000000 08 01 00"))
    [(8, b'\\x08\\x01\\x00')]
    """
    found, at = [], _HEADER
    while at < len(wasm):
        size, shift, body = 0, 0, at + 1
        while True:
            byte = wasm[body]
            size, shift, body = size | (byte & 127) << shift, shift + 7, body + 1
            if byte < 128:
                break
        found.append((wasm[at], wasm[at : body + size]))
        at = body + size
    return found


def _names(functions: list[str]) -> bytes:
    """The custom section with the names of functions."""
    listed = b"".join(
        _number(n) + _counted(name.encode()) for n, name in enumerate(functions)
    )  # fmt: skip
    part = bytes([1]) + _counted(_number(len(functions)) + listed)
    return bytes([CUSTOM]) + _counted(_counted(b"name") + part)


def _counted(body: bytes) -> bytes:
    return _number(len(body)) + body


def _number(value: int) -> bytes:
    """A whole number ≥ 0 as unsigned LEB128.

    >>> _number(300).hex()
    'ac02'
    """
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])
