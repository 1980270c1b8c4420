"""One meaning: CPython, wasmtime and C give the same bits, or both refuse."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from tests.kernels.programs import programs

from vuon.kernel import c, check, host, reference
from vuon.kernel.check import Source
from vuon.kernel.inline import inline
from vuon.kernel.tree import Array, Binary, Const, Function, Local, Module, Return, Store
from vuon.kernel.wat import emit

needs_wasmtime = pytest.mark.skipif(
    not host.is_here(), reason="wasmtime has no wheel for this machine"
)
DESKS = "tests.kernels.three_desks"
READ = ("header", "scalars", "wait_bins", "inside_bins")
START = {"a": [3, -1, 0, 7, 2**40, -(2**62), 5, 1], "x": [0.5, -1.0, 3.0, 1e9, 0.0, 2.0, 7.5, -0.0]}


def plain(values: Sequence[Any]) -> list[Any]:
    """Values that are equal only if their bits are; all NaN are one."""
    return [
        v if isinstance(v, int) else struct.pack("<d", float("nan") if v != v else v)
        for v in values
    ]


def outcome(kernel: Any, i: int, u: float) -> list[Any]:
    """What a program gives and leaves behind."""
    for name, values in START.items():
        kernel.write(name, values)
    given = kernel.call("run", i, u)
    return [given, *(plain(kernel.read(name)) for name in START)]


KEEP = "def keep() -> None:\n    a[0] = a[0]\n    x[0] = x[0]\n"


@needs_wasmtime
@settings(deadline=None, max_examples=50, derandomize=True, suppress_health_check=[*HealthCheck])
@given(programs(), st.integers(-3, 9), st.sampled_from([0.0, 1.5, -2.0, 1e10, float("inf")]))
def test_random_functions(text: str, i: int, u: float) -> None:
    """What CPython mode works out, wasm does too, inlined or not; what it refuses, wasm traps at.

    An overflow is refused by CPython mode alone: wasm wraps, which no kernel may count on.
    """
    source = Source.parse(text + KEEP)
    module = check.read(source, exports=("run", "keep"))
    ways = [host.of_module(module), host.of_module(inline(module), checked=True)]
    try:
        wanted = outcome(reference.load(source), i, u)
    except (ArithmeticError, IndexError, ValueError) as refusal:
        told = str(refusal)
        event(type(refusal).__name__)
        if isinstance(refusal, IndexError):
            with pytest.raises(host.HostError, match="which has 8 cells"):
                outcome(ways[1], i, u)
        if told.startswith(("int(", "cannot convert")):
            with pytest.raises(host.HostError):
                outcome(ways[1], i, u)
        return
    event("worked out")
    assert [outcome(each, i, u) for each in ways] == [wanted, wanted]


#: Sources on which an emitter that forgets the order or the range of things goes wrong.
TRAPS = {
    "a constant in an index does not move it past a negative rest": "return a[i + 5]",
    "a value is worked out before the index of its cell": "a[a[0] & 7] = note()\nreturn a[3]",
    "the index writes what the value reads": "a[note() & 7] = a[0]\nreturn a[1]",
    "the end of a range is known before its counter": (
        "n = 0\nj = 4\nfor j in range(0, j):\n    n += 1\nreturn n"
    ),
    "the start of a range is known before its end": (
        "n = 0\nfor j in range(a[0], note()):\n    n += 1\nreturn n"
    ),
    "continue goes on counting": (
        "n = 0\nfor j in range(0, 9):\n    if j == 3:\n        continue\n    n += j\nreturn n"
    ),
    "the left side comes first": "return a[0] * 100 + note() * 10 + a[0]",
    "arguments come from left to right": "return minus(note(), note())",
    "the right side is left alone if it does not matter": (
        "if i > 0 and note() > 0:\n    return 5\nreturn a[0]"
    ),
    "a comparison with NaN is false": (
        "v = 0.0\nv = v / v\nif v < 1.0:\n    return 1\nif not v >= 1.0:\n    return 2\nreturn 3"
    ),
    "zero has a sign": "v = -0.0\nreturn bits(v * 2.0)",
    "an early return leaves an inlined loop": "return first(i + 6)",
}
TRAPS_HEAD = """from vuon.kernel.dialect import L, bits, ints
a: L = ints(8)
def note() -> int:
    a[0] += 3
    return a[0]
def minus(i: int, j: int) -> int:
    return i - j
def first(least: int) -> int:
    for j in range(0, 8):
        if j * j > least:
            return j
    return -1
def run(i: int) -> int:
    a[0] = 1
    a[3] = 7
"""


@needs_wasmtime
@pytest.mark.parametrize("body", TRAPS.values(), ids=TRAPS)
def test_known_traps(body: str) -> None:
    """CPython itself, CPython mode, and wasm with and without inlining agree."""
    text = TRAPS_HEAD + "".join(f"    {line}\n" for line in body.splitlines())
    source = Source.parse(text)
    module = check.read(source)
    names: dict[str, Any] = {}
    if "v / v" not in body:
        exec(text, names)
    ways = [reference.load(source), host.of_module(module), host.of_module(inline(module))]
    found = [each.call("run", -2) for each in ways]
    assert len({*found, *([names["run"](-2)] if names else [])}) == 1, found


REFUSED = {
    "return a[i]": (8, IndexError, r"a\[8\]: it has 8 cells"),
    "return a[i - 9]": (8, IndexError, r"a\[-1\]: it has 8 cells"),
    "a[i] = 1\nreturn 1": (8, IndexError, r"a\[8\]: it has 8 cells"),
    "return a[i] if i < 8 else 5": (8, IndexError, r"a\[8\]"),
    "return i * i": (1 << 32, OverflowError, "beyond 64 bits"),
    "if i * i > 0:\n    return 1\nreturn 0": (1 << 32, OverflowError, "beyond 64 bits"),
    "return i % 3": (-1, ValueError, "must be positive"),
    "return 3 // i": (0, ValueError, "must be positive"),
    "return 5 >> i": (64, ValueError, "0 to 63"),
    "return int(float(i) * 1e10)": (1 << 40, OverflowError, "beyond 64 bits"),
}


@pytest.mark.parametrize("body", REFUSED)
def test_what_wasm_would_not_notice(body: str) -> None:
    """CPython mode names it; the checked build traps where an array is left."""
    given, kind, told = REFUSED[body]
    text = "from vuon.kernel.dialect import L, ints\na: L = ints(8)\nb: L = ints(8)\n"
    text += "def run(i: int) -> int:\n    b[0] = 7\n    a[0] = 1\n"
    source = Source.parse(text + "".join(f"    {line}\n" for line in body.splitlines()))
    with pytest.raises(kind, match=told):
        reference.load(source).call("run", given)
    if kind is IndexError and host.is_here():
        with pytest.raises(host.HostError, match=r"a\[.*\], which has 8 cells"):
            host.load(source, checked=True).call("run", given)


def test_a_planted_write_beyond_the_end() -> None:
    """Without checks it lands in the neighbour: the reason for checked builds."""
    if not host.is_here():
        pytest.skip("wasmtime has no wheel for this machine")
    source = Source.parse(
        "from vuon.kernel.dialect import L, ints\na: L = ints(8)\nb: L = ints(8)\n"
        "def run(i: int) -> int:\n    a[i] = 5\n    return b[0]\n"
    )
    assert host.load(source).call("run", 8) == 5
    with pytest.raises(host.HostError, match=r"a\[8\], which has 8 cells"):
        host.load(source, checked=True).call("run", 8)


def simulated(kernel: Any, citizens: int, budget: int = 10**9) -> list[list[Any]]:
    """Three desks at load 0.8, cut into slices of so many events."""
    kernel.write("header", [2026, citizens])
    kernel.write("scalars", [1.0, 2.4])
    while (given := kernel.call("run", budget)) == -5:
        pass
    assert given == 2 * citizens
    return [plain(kernel.read(name)) for name in READ]


def test_three_desks_are_equal_everywhere() -> None:
    """CPython, wasm, the checked build, another capacity and C: identical arrays."""
    wanted = simulated(reference.load(DESKS), 1500)
    if host.is_here():
        for changed in ({}, {"checked": True}, {"PLACES": 65536, "EVENTS": 64}):
            assert simulated(host.load(DESKS, **changed), 1500) == wanted
    if shutil.which("cc"):
        assert simulated(c.load(DESKS), 1500) == wanted


@pytest.mark.parametrize("budget", [1, 7, 1000])
def test_slices_are_the_uncut_run(budget: int) -> None:
    """A run that is cut goes on where it was."""
    load = host.load if host.is_here() else reference.load
    assert simulated(load(DESKS), 1500, budget) == simulated(load(DESKS), 1500)


@needs_wasmtime
def test_three_desks_wait_as_erlang_has_it() -> None:
    """Mean wait of M/M/3: Erlang C, within four standard errors of 60 runs' means."""
    load, desks, service = 2.4, 3, 2.4
    terms = [load**k / [1, 1, 2, 6][k] for k in range(4)]
    waits = terms[3] * desks / (desks - load)
    wanted = waits / (sum(terms[:3]) + waits) * service / (desks - load)
    kernel, means = host.load(DESKS), []
    for seed in range(60):
        kernel.write("header", [seed, 20_000, *[0] * 14])
        kernel.write("scalars", [1.0, service, *[0.0] * 14])
        kernel.call("run", 10**9)
        means.append(kernel.read("scalars")[2] / 20_000)
    mean = sum(means) / 60
    error = (sum((m - mean) ** 2 for m in means) / 59 / 60) ** 0.5
    assert abs(mean - wanted) < 4 * error < 0.1 * wanted


def test_a_tree_without_a_source() -> None:
    """Another engine may hand over trees: here f(i) writes and gives 2·i + 1."""
    if not host.is_here():
        pytest.skip("wasmtime has no wheel for this machine")
    twice = Binary("i64", "mul", Local("i64", "i"), Const("i64", 2))
    value = Binary("i64", "add", twice, Const("i64", 1))
    body = (Store("kept", Const("i64", 3), value), Return(value))
    function = Function("run", (("i", "i64"),), "i64", (), body)
    made = host.of_module(Module((Array("kept", "i64", 4),), (function,)))
    assert made.call("run", 20) == 41
    assert list(made.read("kept")) == [0, 0, 0, 41]


def test_emission_is_the_same_in_every_process() -> None:
    """No set or hash decides the order of anything."""
    asked = (
        "import hashlib; from vuon.kernel import check, inline, wat;"
        f"m = inline.inline(check.read({DESKS!r}));"
        "print(hashlib.sha256(wat.emit(m).encode()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", asked],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert emit(inline(check.read(DESKS))) == emit(inline(check.read(DESKS)))
