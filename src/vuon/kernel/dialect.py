"""Stand-in of the dialect's intrinsics."""
from __future__ import annotations
import math, struct
F = list
L = list
M64 = (1 << 64) - 1
def wrap(x):
    x &= M64
    return x - (1 << 64) if x >> 63 else x
def floats(n): return [0.0] * n
def ints(n): return [0] * n
sqrt = math.sqrt
def floor(x): return float(math.floor(x))
def bits(x): return struct.unpack("<q", struct.pack("<d", x))[0]
def unbits(x): return struct.unpack("<d", struct.pack("<q", x))[0]
def wrap_add(a, b): return wrap(a + b)
def wrap_mul(a, b): return wrap(a * b)
def shr_u(a, n): return (a & M64) >> n
