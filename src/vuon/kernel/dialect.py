"""The words of a kernel source, with what they mean in CPython.

A kernel source imports its array types and intrinsics from here and is ordinary Python: it can be
read, stepped through and checked. `vuon.kernel.check` says what else it may use; `vuon.kernel.wat`
turns it into WebAssembly that gives the same bits.
"""

from __future__ import annotations

import math
import struct
from typing import TypeVar

_WORD = 1 << 64
_MOST = (1 << 63) - 1
_LEAST = -(1 << 63)
_INTEGERS_ABOVE = 2.0**52  # from here on every float is whole


T = TypeVar("T", int, float)


class Cells(list[T]):
    """An array of a kernel in CPython: a list of fixed length that refuses what wasm would not say.

    Python takes a negative index as counting from the end; here it is an error that names the
    array. Whole numbers beyond 64 bits are refused where they are written.
    """

    __slots__ = ("name",)
    kind: type = float

    def __init__(self, values: list[T], name: str = "array") -> None:
        list.__init__(self, values)
        self.name = name

    def __getitem__(self, index: int) -> T:  # type: ignore[override]
        if type(index) is int and 0 <= index < len(self):
            return list.__getitem__(self, index)
        raise IndexError(f"{self.name}[{index}]: it has {len(self)} cells")

    def __setitem__(self, index: int, value: T) -> None:  # type: ignore[override]
        if type(index) is not int or not 0 <= index < len(self):
            raise IndexError(f"{self.name}[{index}]: it has {len(self)} cells")
        if type(value) is not self.kind:
            raise TypeError(f"{self.name}[{index}]: {type(value).__name__} is not its type")
        if type(value) is int and not _LEAST <= value <= _MOST:
            raise OverflowError(f"{self.name}[{index}] = {value}: beyond 64 bits")
        list.__setitem__(self, index, value)


class F(Cells[float]):
    """An array of float64."""

    __slots__ = ()
    kind = float


class L(Cells[int]):
    """An array of int64."""

    __slots__ = ()
    kind = int


def floats(length: int) -> F:
    """An array of `length` floats, all 0.0; at module level only."""
    return F([0.0] * length)


def ints(length: int) -> L:
    """An array of `length` whole numbers of 64 bits, all 0; at module level only."""
    return L([0] * length)


def signed(number: int) -> int:
    """A whole number modulo 2^64, as a signed one.

    >>> signed(2**64 - 1), signed(2**63)
    (-1, -9223372036854775808)
    """
    number %= _WORD
    return number - _WORD if number > _MOST else number


def wrap(number: int) -> int:
    """An unsigned constant of 64 bits as the signed number with the same bits."""
    return signed(number)


def wrap_add(a: int, b: int) -> int:
    """a + b modulo 2^64."""
    return signed(a + b)


def wrap_mul(a: int, b: int) -> int:
    """a · b modulo 2^64."""
    return signed(a * b)


def shr_u(a: int, count: int) -> int:
    """The bits of `a` moved to the right by 0 to 63, zeros from the left.

    >>> shr_u(-1, 63)
    1
    """
    return signed((a % _WORD) >> _places(count))


def bits(x: float) -> int:
    """The bits of a float as a whole number; of floats ≥ 0 they order like the floats.

    >>> hex(bits(1.0))
    '0x3ff0000000000000'
    """
    found: int = struct.unpack("<q", struct.pack("<d", x))[0]
    return found


def unbits(n: int) -> float:
    """The float with these bits."""
    found: float = struct.unpack("<d", struct.pack("<q", n))[0]
    return found


def sqrt(x: float) -> float:
    """The square root, rounded correctly; NaN below zero."""
    return math.nan if x < 0 else math.sqrt(x)


def floor(x: float) -> float:
    """The greatest whole number not above x, as a float.

    >>> floor(-0.5), floor(2.5)
    (-1.0, 2.0)
    """
    if not abs(x) < _INTEGERS_ABOVE or x == 0.0:
        return x
    return float(math.floor(x))


def whole(x: float) -> int:
    """What `int(x)` means: towards zero; beyond 64 bits and for NaN an error, as wasm traps."""
    found = int(x)
    if not _LEAST <= found <= _MOST:
        raise OverflowError(f"int({x}): beyond 64 bits")
    return found


def divided(a: float, b: float) -> float:
    """a / b as IEEE 754 has it: infinite or NaN where b is 0."""
    if b != 0.0:
        return a / b
    if a != a or a == 0.0:
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def remainder(a: int, b: int) -> int:
    """a % b for a ≥ 0 and b > 0, where Python and wasm agree."""
    if a < 0 or b <= 0:
        raise ValueError(f"{a} % {b}: both must be positive in a kernel")
    return a % b


def quotient(a: int, b: int) -> int:
    """a // b for a ≥ 0 and b > 0, where Python and wasm agree."""
    if a < 0 or b <= 0:
        raise ValueError(f"{a} // {b}: both must be positive in a kernel")
    return a // b


def within(number: int) -> int:
    """The number, if it has at most 64 bits: what wasm would wrap is an error."""
    if not _LEAST <= number <= _MOST:
        raise OverflowError(f"{number}: beyond 64 bits; only wrap_add and wrap_mul wrap")
    return number


def shifted(number: int, count: int) -> int:
    """number << count for counts from 0 to 63, if nothing is lost."""
    return within(number << _places(count))


def halved(number: int, count: int) -> int:
    """number >> count for counts from 0 to 63: what wasm does with others is another thing."""
    return number >> _places(count)


def _places(count: int) -> int:
    if not 0 <= count <= 63:
        raise ValueError(f"moved by {count} places: 0 to 63 in a kernel")
    return count


def outside(name: str, index: int, length: int) -> int:
    """Refuses an index outside an array."""
    raise IndexError(f"{name}[{index}]: it has {length} cells")
