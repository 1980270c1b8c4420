"""Draws and the event heap: known answers, limits, and the order of heapq."""

from __future__ import annotations

import heapq
import json
import random
import struct
from itertools import pairwise
from typing import Any

import pytest
from tests.architecture.sources import ROOT

from vuon.kernel import host, reference

DRAWS = ("mix", "unif", "group_key", "citizen_key", "draw")
HEAP = ("heap_clear", "heap_push", "heap_pop", "heap_time")
GAMMA, MASK = 0x9E3779B97F4A7C15, 2**64 - 1


@pytest.fixture(scope="module", params=["reference", "wasmtime"])
def load(request: pytest.FixtureRequest) -> Any:
    """Loads a module in one of the ways that it runs."""
    if request.param == "reference":
        return lambda name, exports, **changed: reference.load(name, **changed)
    if not host.is_here():
        pytest.skip("wasmtime has no wheel for this machine")
    return lambda name, exports, **changed: host.load(name, exports=exports, **changed)


def test_mix_is_the_finaliser_of_splitmix64(load: Any) -> None:
    """The first outputs of the published generator from seed 0 are mix(γ), mix(2γ), …"""
    mix = load("vuon.kernel.random", DRAWS).call
    known = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC]
    given = [n * GAMMA & MASK for n in range(1, 5)]
    signed = [g - 2**64 if g >> 63 else g for g in given]
    assert [mix("mix", g) & MASK for g in signed] == known
    assert mix("mix", 0) == 0


def test_known_draws(load: Any) -> None:
    """The first thousand draws of one key, in a file for every back end that will ever be."""
    call = load("vuon.kernel.random", DRAWS).call
    known = json.loads((ROOT / "tests/published/kernel_draws.json").read_text())
    group = call("group_key", known["replication"], known["group"])
    wanted = [struct.unpack(">d", bytes.fromhex(each))[0] for each in known["u"]]
    keys = [call("citizen_key", group, number) for number in range(len(wanted))]
    assert [call("unif", call("draw", key, 0, 0, 0)) for key in keys] == wanted


def test_u_is_never_0_or_1(load: Any) -> None:
    """Not even at the least and the greatest draw; with 53 bits the greatest would be 1."""
    call = load("vuon.kernel.random", DRAWS).call
    assert call("unif", 0) == 2.0**-53
    assert call("unif", -1) == 1.0 - 2.0**-53
    assert ((2**53 - 1) + 0.5) * 2.0**-53 == 1.0


def test_draws_of_neighbours_are_unlike() -> None:
    """Uniform by a chi-square of 100 cells, and without correlation to the next citizen's."""
    call = reference.load("vuon.kernel.random").call
    many, cells = 20_000, [0] * 100
    us = [
        call("unif", call("draw", call("citizen_key", 5, n), 7, 0, n & 7)) for n in range(many)
    ]  # fmt: skip
    for u in us:
        cells[int(u * 100)] += 1
    chi = sum((n - many / 100) ** 2 / (many / 100) for n in cells)
    assert abs(chi - 99) < 4 * (2 * 99) ** 0.5
    shared = sum((a - 0.5) * (b - 0.5) for a, b in pairwise(us)) / many * 12
    assert abs(shared) < 4 / many**0.5


@pytest.mark.parametrize("grows", [0.5, 0.55, 0.7])
def test_the_heap_orders_like_heapq(load: Any, grows: float) -> None:
    """Random pushes and pops, with ties: times are those of heapq, words belong to their times."""
    kernel = load("vuon.kernel.heap", HEAP)
    drawing = random.Random(f"{grows}")
    plain: list[float] = []
    times: dict[int, float] = {}
    kernel.call("heap_clear")
    for number in range(2000):
        if plain and drawing.random() > grows:
            assert kernel.call("heap_time") == plain[0]
            assert times.pop(kernel.call("heap_pop")) == heapq.heappop(plain)
        else:
            time = drawing.choice([drawing.random() * 1e6, float(drawing.randrange(9)), 5e-324])
            times[number] = time
            heapq.heappush(plain, time)
            assert kernel.call("heap_push", time, number) == 0
    while plain:
        assert times.pop(kernel.call("heap_pop")) == heapq.heappop(plain)
    assert not times


def test_a_full_heap_says_so(load: Any) -> None:
    """-2, and what is in it stays in it."""
    kernel = load("vuon.kernel.heap", HEAP, EVENTS=5)
    assert [kernel.call("heap_push", float(9 - n), n) for n in range(7)] == [0, 0, 0, 0, 0, -2, -2]
    assert [kernel.call("heap_pop") for _ in range(5)] == [4, 3, 2, 1, 0]
