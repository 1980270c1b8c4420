"""Exact readings against brute force, published figures, and laws of the lot."""

from __future__ import annotations

import random
from itertools import combinations, product
from math import inf, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.trials.exact import p_value, read
from vuon.trials.randomise import (
    Space,
    blocked,
    clusters,
    complete,
    counter_stream,
    draw_lot,
    listed,
    lot_seed,
    pairs,
)


def brute_force(y: list[float], drawn: list[int], every: list[list[int]]) -> tuple[float, float]:
    """The interval by asking every effect at which the count can change, in plain Python.

    Another road than the library's: differences of means of y − τ·z, compared pair by pair.
    """

    def difference(values: list[float], z: list[int]) -> float:
        new = [v for v, one in zip(values, z, strict=True) if one]
        old = [v for v, one in zip(values, z, strict=True) if not one]
        return sum(new) / len(new) - sum(old) / len(old)

    def p(effect: float) -> float:
        values = [v - effect * z for v, z in zip(y, drawn, strict=True)]
        mine = abs(difference(values, drawn))
        return sum(abs(difference(values, z)) >= mine - 1e-9 for z in every) / len(every)

    estimate = difference(y, drawn)
    corners = []
    for z in every:
        a, b = difference(y, z), difference([float(one) for one in drawn], z)
        if abs(abs(b) - 1) > 1e-9:
            corners += [(a - estimate) / (b - 1), (a + estimate) / (b + 1)]
    inside = sorted(corner for corner in corners if p(corner) > 0.05)
    widest = max(map(abs, corners), default=1) + 1
    if p(estimate - 10 * widest) > 0.05 or p(estimate + 10 * widest) > 0.05:
        return -inf, inf
    return inside[0], inside[-1]


def test_brute_force_agrees_on_500_cases() -> None:
    """Groups of different sizes, ties, few and many distinct values."""
    for seed in range(500):
        _agrees(seed)


def _agrees(seed: int) -> None:
    drawing = random.Random(seed)
    units = drawing.randint(5, 8)
    treated = drawing.randint(2, units - 2)
    digits = drawing.choice([0, 1, 6])
    y = [round(drawing.gauss(0, 3), digits) for _ in range(units)]
    if len(set(y)) == 1:
        y[0] += 1
    every = [
        [int(n in chosen) for n in range(units)] for chosen in combinations(range(units), treated)
    ]
    drawn = drawing.choice(every)
    found = read(y, drawn, complete(units, treated))
    low, high = brute_force(y, drawn, every)
    assert isclose(found.low, low, abs_tol=1e-9) or found.low == low
    assert isclose(found.high, high, abs_tol=1e-9) or found.high == high


def test_a_p_value_by_counting() -> None:
    """Fisher's idea with four cups: of six ways one is as good, and its mirror."""
    y, drawn = [9.0, 8.0, 1.0, 0.0], [1, 1, 0, 0]
    assert read(y, drawn, complete(4, 2)).p == pytest.approx(2 / 6)


# Twelve weeks at two centres, blocks of two weeks, finished of seen; from the demonstration case.
CENTRE_A = "3/10n 5/11o 2/10o 3/8n 7/10o 6/12n 3/8o 6/10n 5/9n 1/6o 4/8n 3/11o"
CENTRE_B = "6/10o 8/11n 7/9n 7/11o 10/12n 3/12o 8/12n 4/12o 2/9o 9/12n 3/10o 2/11n"


def test_the_published_pilot() -> None:
    """+18.8 points (2.6 … 35.2), p .028, over the 2¹² lots that were possible."""
    y, drawn, blocks = [], [], []
    for name, weeks in (("A", CENTRE_A), ("B", CENTRE_B)):
        for week, cell in enumerate(weeks.split()):
            finished, seen = cell[:-1].split("/")
            y.append(int(finished) / int(seen))
            drawn.append(int(cell[-1] == "n"))
            blocks.append(f"{name}{week // 2}")
    names = sorted(set(blocks))
    fixed = [[float(block == name) for name in names] for block in blocks]
    found = read(y, drawn, blocked(blocks, 1), fixed=fixed)
    assert found.allocations == 4096
    assert 100 * found.estimate == pytest.approx(18.8, abs=0.05)
    assert 100 * found.low == pytest.approx(2.6, abs=0.1)
    assert 100 * found.high == pytest.approx(35.2, abs=0.1)
    assert found.p == pytest.approx(0.028, abs=0.0005)


@pytest.mark.parametrize(
    ("space", "expected"),
    [
        (complete(4, 2), 0.33),
        (complete(5, 2), 0.10),
        (complete(6, 3), 0.10),
        (complete(7, 3), 0.029),
        (complete(8, 4), 0.029),
        (complete(9, 4), 0.008),
        (pairs(5), 0.0625),
        (pairs(6), 0.031),
        (listed([[int(n == k) for n in range(12)] for k in range(12)]), 0.083),
    ],
)
def test_the_smallest_p_of_each_design(space: Space, expected: float) -> None:
    assert float(space.smallest_p()) == pytest.approx(expected, abs=0.004)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(-50, 50), min_size=8, max_size=8),
    st.floats(-20, 20),
    st.floats(0.1, 10),
)
def test_laws_of_a_reading(y: list[float], shift: float, scale: float) -> None:
    """Adding a constant changes nothing; scaling scales; swapping the ways mirrors."""
    if max(y) - min(y) < 1e-3:
        return
    drawn, space = [1, 0, 1, 0, 1, 0, 1, 0], complete(8, 4)
    found = read(y, drawn, space)
    moved = read([scale * value + shift for value in y], drawn, space)
    for one, other in ((found.estimate, moved.estimate), (found.low, moved.low)):
        assert other == pytest.approx(scale * one, rel=1e-6, abs=1e-6 * scale)
    assert moved.p == pytest.approx(found.p)
    mirror = read(y, [1 - z for z in drawn], space)
    assert mirror.low == pytest.approx(-found.high, rel=1e-6, abs=1e-6)
    assert found.low <= found.estimate <= found.high


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_the_interval_is_what_the_p_values_say(seed: int) -> None:
    drawing = random.Random(seed)
    y = [drawing.gauss(0, 1) for _ in range(9)]
    drawn, space = [1, 1, 1, 1, 0, 0, 0, 0, 0], complete(9, 4)
    found = read(y, drawn, space)
    for end, outside in ((found.low, -1), (found.high, 1)):
        assert p_value(y, drawn, space, effect=end - outside * 1e-6) > 0.05
        assert p_value(y, drawn, space, effect=end + outside * 1e-6) <= 0.05


def test_too_coarse_a_lot_has_no_interval() -> None:
    found = read([9, 8, 7, 1, 2, 3], [1, 1, 1, 0, 0, 0], complete(6, 3))
    assert (found.low, found.high) == (-inf, inf)
    assert found.unbounded
    assert found.p == pytest.approx(0.1)


def test_a_sample_is_the_same_at_every_call() -> None:
    y = [float(n % 7) for n in range(40)]
    drawn = [n % 2 for n in range(40)]
    first, again = (read(y, drawn, complete(40, 20)) for _ in range(2))
    assert first == again
    assert first.sampled
    assert first.allocations == 20_000


def test_clusters_are_drawn_whole() -> None:
    space = clusters(["1A", "1A", "1B", "1B", "1C", "1C"], 1)
    assert space.size == 3
    assert (1, 1, 0, 0, 0, 0) in space
    assert (1, 0, 0, 0, 0, 0) not in space
    assert list(space) == [(1, 1, 0, 0, 0, 0), (0, 0, 1, 1, 0, 0), (0, 0, 0, 0, 1, 1)]


def test_every_allocation_of_blocks_is_listed_once() -> None:
    space = blocked(["a", "a", "b", "b", "b"], 1)
    assert len(set(space)) == space.size == 6
    assert all(each in space for each in space)
    by_hand = {
        (*first, *second)
        for first, second in product([(1, 0), (0, 1)], [(1, 0, 0), (0, 1, 0), (0, 0, 1)])
    }
    assert set(space) == by_hand


@pytest.mark.parametrize(
    ("y", "drawn", "code"),
    [
        ([1.0, 2.0, 3.0], [1, 0, 0, 0], "trials.length"),
        ([1.0, 2.0, 3.0, float("nan")], [1, 1, 0, 0], "trials.not_a_number"),
        ([1.0, 2.0, 3.0, 4.0], [1, 0, 0, 0], "trials.not_drawn"),
        ([2.0, 2.0, 2.0, 2.0], [1, 1, 0, 0], "trials.constant"),
    ],
)
def test_what_cannot_be_read_is_refused(y: list[float], drawn: list[int], code: str) -> None:
    with pytest.raises(VuonError) as caught:
        read(y, drawn, complete(4, 2))
    assert caught.value.code == code
    assert caught.value.say("vi") != caught.value.say("en")


def test_a_lot_is_repeated_by_anybody() -> None:
    """The rule once more, from its description, without the library."""
    import hashlib

    seed = lot_seed("ab" * 32, "123456")
    assert seed == hashlib.sha256(("ab" * 32 + "|123456").encode()).digest()
    numbers, counter = [], 0
    while len(numbers) < 3:
        block = hashlib.sha256(seed + counter.to_bytes(8, "big")).digest()[:8]
        numbers.append(int.from_bytes(block, "big"))
        counter += 1
    assert [n for n, _ in zip(counter_stream(seed), range(3), strict=False)] == numbers
    blocks = [(0, 1), (2, 3), (4, 5)]
    drawn = [0] * 6
    for (one, other), number in zip(blocks, numbers, strict=True):
        drawn[(one, other)[number % 2]] = 1
    assert draw_lot(pairs(3), seed).allocation == tuple(drawn)


def test_every_lot_is_equally_likely() -> None:
    space = complete(5, 2)
    counts: dict[tuple[int, ...], int] = {}
    for n in range(4000):
        drawn = space.draw(f"seed {n}".encode())
        counts[drawn] = counts.get(drawn, 0) + 1
    assert len(counts) == 10
    error = 4 * (4000 * 0.1 * 0.9) ** 0.5
    assert all(abs(count - 400) < error for count in counts.values())


def test_false_alarms_of_the_pilot_in_a_practice_place() -> None:
    """A short guard of the long benchmark: two points, six weeks, weeks by lot, finished or not,
    weeks that differ; without any effect at most 5% of readings exclude nought."""
    drawing = random.Random(20)
    alarms, runs = 0, 400
    blocks = [f"{site}{week // 2}" for site in "ab" for week in range(6)]
    names = sorted(set(blocks))
    fixed = [[float(block == name) for name in names] for block in blocks]
    space = blocked(blocks, 1)
    for run in range(runs):
        y = []
        for _ in blocks:
            share = min(max(0.38 + drawing.gauss(0, 0.127), 0.02), 0.98)
            y.append(sum(drawing.random() < share for _ in range(10)) / 10)
        if max(y) == min(y):
            continue
        found = read(y, space.draw(f"lot {run}".encode()), space, fixed=fixed)
        alarms += found.low > 0 or found.high < 0
    assert alarms / runs <= 0.05 + 3 * (0.05 * 0.95 / runs) ** 0.5
