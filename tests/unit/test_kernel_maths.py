"""Our logarithm, exponential, power and normal quantile: within a unit in the last place.

Beside CPython's `math`, whose functions are within one unit themselves; special values are those
of C99 Annex F. Everything in CPython mode and, where it is here, in wasmtime with equal bits.
"""

from __future__ import annotations

import math
import random
import struct
from collections.abc import Callable
from statistics import NormalDist

import pytest

from vuon.kernel import host, reference

FUNCTIONS = ("log", "exp", "pow", "normal_quantile")
INF, NAN = math.inf, math.nan
NORMAL = NormalDist()


def bits(x: float) -> int:
    """Bits of a float; all NaN are one."""
    return struct.unpack("<q", struct.pack("<d", NAN if x != x else x))[0]


def units(x: float, y: float) -> int:
    """How many floats lie between x and y."""
    if x != x or y != y:
        return 0 if x != x and y != y else 1 << 62
    places = [n if n >= 0 else -(n & (1 << 63) - 1) for n in (bits(x), bits(y))]
    return abs(places[0] - places[1])


@pytest.fixture(scope="module", params=["reference", "wasmtime"])
def call(request: pytest.FixtureRequest) -> Callable[..., float]:
    """Calls a function of `maths` in one of the ways that it runs."""
    if request.param == "reference":
        return reference.load("vuon.kernel.maths").call
    if not host.is_here():
        pytest.skip("wasmtime has no wheel for this machine")
    return host.load("vuon.kernel.maths", exports=FUNCTIONS).call


def drawn(many: int) -> list[float]:
    """Positive floats of all sizes, subnormal ones too."""
    drawing = random.Random(20)
    found = [
        struct.unpack("<d", struct.pack("<q", drawing.getrandbits(63)))[0] for _ in range(many)
    ]
    return [x for x in found if x < INF]


def test_log_of_many(call: Callable[..., float]) -> None:
    """All exponents, and densely around 1, where the logarithm is small."""
    drawing = random.Random(1)
    near = [drawing.uniform(0.4, 2.5) for _ in range(2000)]
    near += [1.0 + drawing.uniform(-1, 1) * 2.0**-k for k in range(1, 53) for _ in range(20)]
    assert max(units(call("log", x), math.log(x)) for x in drawn(2000) + near) <= 1


def test_exp_of_many(call: Callable[..., float]) -> None:
    """From what becomes 0 to what becomes infinite."""
    drawing = random.Random(2)
    given = [drawing.uniform(-745.1, 709.7) for _ in range(2000)]
    given += [drawing.gauss(0, 1) * 10.0**-k for k in range(18) for _ in range(50)]
    assert max(units(call("exp", x), math.exp(x)) for x in given) <= 1


def test_pow_of_many(call: Callable[..., float]) -> None:
    """Also where exp(y·log x) would lose half of its digits: large y, x near 1."""
    drawing = random.Random(3)
    given = [(drawing.lognormvariate(0, 3), drawing.gauss(0, 10)) for _ in range(1000)]
    for k in range(1, 40):
        for _ in range(20):
            x = 1.0 + drawing.uniform(0.25, 1) * 2.0**-k * drawing.choice((-1, 1))
            given.append((x, drawing.uniform(-1, 1) * 700 / abs(math.log(x))))
    given += [(-drawing.uniform(0, 50), float(drawing.randrange(-30, 30))) for _ in range(300)]
    given += [(x, drawing.uniform(-1, 1)) for x in drawn(500)]
    wrong = [(x, y) for x, y in given if units(call("pow", x, y), math.pow(x, y)) > 1]
    assert not wrong, wrong[:5]


def test_special_logarithms(call: Callable[..., float]) -> None:
    """C99 F.9.3.7."""
    table = [(0.0, -INF), (-0.0, -INF), (1.0, 0.0), (INF, INF)]
    table += [(x, NAN) for x in (-1.0, -5e-324, -INF, NAN)]
    assert [bits(call("log", x)) for x, _ in table] == [bits(y) for _, y in table]
    assert bits(call("log", 5e-324)) == bits(math.log(5e-324))


def test_special_exponentials(call: Callable[..., float]) -> None:
    """C99 F.9.3.1, and the last arguments before 0 and infinity."""
    table = [(0.0, 1.0), (-0.0, 1.0), (INF, INF), (-INF, 0.0), (NAN, NAN)]
    table += [(709.782712893384, math.exp(709.782712893384)), (709.7827128933841, INF)]
    table += [(-745.1332191019411, 5e-324), (-745.1332191019412, 0.0), (1e308, INF), (-1e308, 0.0)]
    assert [bits(call("exp", x)) for x, _ in table] == [bits(y) for _, y in table]


def c99_pow(x: float, y: float) -> float:
    """What C99 F.9.4.4 has, where CPython raises instead."""
    odd = y == math.floor(y) and abs(y) < 2.0**53 and y % 2 == 1 if abs(y) < INF else False
    try:
        return math.pow(x, y)
    except OverflowError:
        return -INF if x < 0 and odd else INF
    except ValueError:
        return math.copysign(INF, x if odd else 1.0) if x == 0 else NAN


def test_special_powers(call: Callable[..., float]) -> None:
    """Every pair of special and extreme numbers; signs of zeros as well."""
    kinds = [0.0, 1.0, 2.0, 3.0, 0.5, 1.5, INF, 5e-324, 1e308, 2.0**53, 2.0**53 - 1, 2.0**52 + 0.5]
    kinds += [1 - 2.0**-53, 1 + 2.0**-52, 2.0**31, 2.0**65, 1023.0, 1024.0, 1074.0, 1075.0, 1076.0]
    kinds = [*kinds, *(-x for x in kinds), NAN]
    wrong = []
    for x in kinds:
        for y in kinds:
            got, wanted = call("pow", x, y), c99_pow(x, y)
            exact = wanted != wanted or wanted in (0.0, 1.0, INF, -INF)
            if units(got, wanted) > (0 if exact else 1) or (got == 0 and bits(got) != bits(wanted)):
                wrong.append((x, y, got, wanted))
    assert not wrong, wrong[:5]


def test_normal_quantile(call: Callable[..., float]) -> None:
    """Relative error 1.15e-9 in all three regions; symmetric; its ends; NaN outside."""
    given = [n / 1000 for n in range(1, 1000)] + [10.0**-k for k in range(3, 16)]
    for p in given:
        wanted = NORMAL.inv_cdf(p)
        assert call("normal_quantile", p) == pytest.approx(wanted, rel=1.15e-9, abs=1e-12)
    assert call("normal_quantile", 0.0) == -INF
    assert call("normal_quantile", 1.0) == INF
    for p in (-0.1, 1.1, NAN):
        assert math.isnan(call("normal_quantile", p))


def test_normal_quantile_rises(call: Callable[..., float]) -> None:
    """Also across the borders of its regions, within the error of the approximation."""
    for border in (0.02425, 0.97575):
        low, high = border - 1e-8, border + 1e-8
        assert call("normal_quantile", low) < call("normal_quantile", high)


def test_equal_bits() -> None:
    """CPython and wasmtime give the same bits on floats of all sizes and signs."""
    if not host.is_here():
        pytest.skip("wasmtime has no wheel for this machine")
    wasm = host.load("vuon.kernel.maths", exports=FUNCTIONS).call
    plain = reference.load("vuon.kernel.maths").call
    drawing = random.Random(4)
    for _ in range(1500):
        x, y = (struct.unpack("<d", drawing.randbytes(8))[0] for _ in range(2))
        small = drawing.gauss(0, 100)
        for name, given in (
            ("log", (x,)),
            ("exp", (small,)),
            ("pow", (x, y)),
            ("pow", (abs(x), small / 100)),
            ("normal_quantile", (drawing.random(),)),
        ):
            assert bits(wasm(name, *given)) == bits(plain(name, *given)), (name, given)
