"""Lots over time, the same lot elsewhere, coverage and false alarms, what a plan can find."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from itertools import permutations
from math import factorial, inf, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.trials.binary import interval
from vuon.trials.exact import compare, read
from vuon.trials.over_time import Starts, crossover, multiple_baseline, order_of_start, switches
from vuon.trials.plans import cells_of, fixed_of, foresee, smallest_p, space_of
from vuon.trials.power import Noise, power
from vuon.trials.protocol import LotRule, Protocol
from vuon.trials.randomise import Lottery, complete, redrawn

UNITS = tuple("abcdefghijkl")
RULES = {
    "complete": LotRule("complete", UNITS[:9], 4),
    "blocks": LotRule("blocks", UNITS[:8], 2, blocks=tuple("xxxxyyyy")),
    "pairs": LotRule("pairs", UNITS),
    "crossover": LotRule("crossover", UNITS[:2], periods=8),
    "order_of_start": LotRule(
        "order_of_start", UNITS[:5], periods=10, starts=((2,), (4,), (6,), (8,), (10,))
    ),
    "multiple_baseline": LotRule(
        "multiple_baseline", UNITS[:3], periods=14, starts=((3, 4, 5), (7, 8), (11, 12))
    ),
    "switches": LotRule("switches", UNITS[:1], periods=28),
}


@lru_cache
def space(kind: str) -> Lottery:
    """The lot of one of the rules above."""
    found = space_of(RULES[kind])
    assert found is not None
    return found


@pytest.mark.parametrize("kind", RULES)
def test_every_allocation_is_listed_once_and_belongs(kind: str) -> None:
    every = list(space(kind))
    assert len(set(every)) == len(every) == space(kind).size
    assert all(each in space(kind) for each in every)
    assert space(kind).draw(b"seed") in set(every)
    turned = tuple(1 - z for z in every[0])
    assert (turned in space(kind)) == (turned in set(every))


@pytest.mark.parametrize("kind", RULES)
def test_every_allocation_is_equally_likely(kind: str) -> None:
    """Each unit's share of draws is its share of the list, within four standard errors."""
    runs = 1500
    every = list(space(kind))
    counts = [sum(column) for column in zip(*every, strict=True)]
    drawn = [space(kind).draw(f"seed {n}".encode()) for n in range(runs)]
    for at, count in enumerate(counts):
        share = count / len(every)
        seen = sum(each[at] for each in drawn) / runs
        assert abs(seen - share) <= 4 * (share * (1 - share) / runs) ** 0.5 + 1e-12, (kind, at)


def test_the_sizes_of_lots_over_time() -> None:
    assert switches(28).size == 455
    assert crossover(3, 4).size == 2**6
    assert order_of_start(4, 8, (3, 4, 5, 6)).size == 24
    assert order_of_start(6, 8, (3, 3, 5, 5, 7, 7)).size == factorial(6) // 8
    assert multiple_baseline(3, 14, [(3, 4, 5), (7, 8), (11, 12)]).size == 6 * 12


def test_a_sample_of_starts_is_from_the_list_and_evenly_from_it() -> None:
    starts = order_of_start(5, 10, (2, 4, 6, 8, 10))
    rows, sampled = starts.matrix(starts.draw(b"x"), 100)
    assert sampled
    assert len(rows) == 100
    assert all(tuple(int(z) for z in row) in starts for row in rows)
    many = Starts(9, 20, tuple((at, at + 1) for at in range(2, 20, 2)))
    rows, _ = many.matrix(many.draw(b"x"), 4000)
    by_place = rows.reshape(4000, 9, 20).sum(axis=2).mean(axis=0)
    expected = sum(21 - at - 0.5 for at in range(2, 20, 2)) / 9
    assert abs(by_place - expected).max() < 4 * 6 / 4000**0.5


def test_the_same_number_gives_the_same_lot_in_another_process() -> None:
    asked = (
        "from vuon.trials.record import lot_of; from vuon.trials.sealing import sealed_text;"
        "from vuon.trials.protocol import LotRule, Protocol;"
        "lot = LotRule('order_of_start', tuple('abcdef'), periods=9, starts=tuple((n,) for n in range(3, 9)));"
        "print(*lot_of(Protocol('x', lot=lot), sealed_text('{}'), '482 913').allocation)"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", asked],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]
    assert told[0].count("1") == 27  # starts in 3 to 8 of nine periods


def test_the_public_lot_of_starts_by_its_description_alone() -> None:
    """Fisher–Yates over the sorted windows, from SHA-256 of the seed and a counter."""
    import hashlib

    numbers = iter(
        int.from_bytes(hashlib.sha256(b"s" + n.to_bytes(8, "big")).digest()[:8], "big")
        for n in range(99)
    )
    order = [3, 4, 5, 6]
    for at in range(3):
        other = at + next(numbers) % (4 - at)
        order[at], order[other] = order[other], order[at]
    drawn = order_of_start(4, 8, (6, 3, 5, 4)).draw(b"s")
    assert [8 - sum(drawn[8 * n : 8 * n + 8]) + 1 for n in range(4)] == order


def ols(y: list[float], z: list[int], fixed: list[list[float]]) -> float:
    """The coefficient of z by normal equations, in fractions: another road than projections."""
    rows = [[Fraction(one), *(Fraction(v) for v in row)] for one, row in zip(z, fixed, strict=True)]
    width = len(rows[0])
    system = [
        [sum(r[i] * r[j] for r in rows) for j in range(width)]
        + [sum(r[i] * Fraction(v) for r, v in zip(rows, y, strict=True))]
        for i in range(width)
    ]
    for at in range(width):
        pivot = next(i for i in range(at, width) if system[i][at])
        system[at], system[pivot] = system[pivot], system[at]
        for i in range(width):
            if i != at and system[i][at]:
                times = system[i][at] / system[at][at]
                system[i] = [a - times * b for a, b in zip(system[i], system[at], strict=True)]
    return float(system[0][width] / system[0][0])


def test_the_estimate_is_the_least_squares_coefficient_with_what_was_fixed() -> None:
    drawing = random.Random(3)
    for kind in ("blocks", "pairs", "order_of_start"):
        rule = RULES[kind]
        z = list(space(kind).draw(b"a"))
        y = [round(drawing.gauss(0, 1), 2) for _ in z]
        fixed = fixed_of(rule) or []
        # Without the last column of each kind, which the constant makes superfluous.
        keep = list(range(len(fixed[0])))
        if kind == "order_of_start":
            keep.remove(len(keep) - 1)
        columns = [[row[n] for n in keep] for row in fixed]
        assert read(y, z, space(kind), fixed=fixed).estimate == pytest.approx(ols(y, z, columns))


def slow(
    y: list[float], z: tuple[int, ...], lots: Lottery, fixed: list[list[float]]
) -> list[float]:
    """The interval by asking p at every effect where it can change, without projections.

    Gram and Schmidt take out what was fixed; every allocation's value is counted one by one.
    """
    base: list[list[float]] = []
    for column in [[1.0] * len(y), *map(list, zip(*fixed, strict=True))]:
        for one in base:
            dot = sum(a * b for a, b in zip(column, one, strict=True))
            column = [a - dot * b for a, b in zip(column, one, strict=True)]
        size = sum(a * a for a in column) ** 0.5
        if size > 1e-9:
            base.append([a / size for a in column])

    def rest(values: list[float]) -> list[float]:
        for one in base:
            dot = sum(a * b for a, b in zip(values, one, strict=True))
            values = [a - dot * b for a, b in zip(values, one, strict=True)]
        return values

    mine = rest([float(each) for each in z])
    size = sum(a * a for a in mine) ** 0.5
    pairs = []
    for other in lots:
        row = rest([float(each) for each in other])
        length = sum(a * a for a in row) ** 0.5
        value = [a / length if length > 1e-9 else 0.0 for a in row]
        pairs.append((sum(a * b for a, b in zip(value, y, strict=True)) / size,
                      sum(a * b for a, b in zip(value, mine, strict=True)) / size))  # fmt: skip
    first = sum(a * b for a, b in zip(mine, y, strict=True)) / size**2

    def p(effect: float) -> float:
        return sum(abs(a - effect * b) >= abs(first - effect) - 1e-9 for a, b in pairs) / len(pairs)

    ends = [(a - s * first) / (b - s) for a, b in pairs for s in (1, -1) if abs(b - s) > 1e-9]
    if p(first + 1e4) > 0.05:
        return [-inf, inf]
    inside = [end for end in ends if p(end) > 0.05]
    return [min(inside), max(inside)]


@pytest.mark.parametrize("kind", ["blocks", "order_of_start", "multiple_baseline", "complete"])
def test_a_slow_second_implementation_agrees_on_every_kind_of_lot(kind: str) -> None:
    """With the 500 cases without anything fixed in test_trials_exact: 1e-9, ties included."""
    for seed in range(5):
        drawing = random.Random(seed)
        z = space(kind).draw(f"{seed}".encode())
        digits = (0, 1, 6)[seed % 3]
        y = [round(drawing.gauss(0, 3), digits) + 2 * each for each in z]
        fixed = fixed_of(RULES[kind]) or [[] for _ in y]
        found = read(y, z, space(kind), fixed=fixed if fixed[0] else None)
        low, high = slow(y, z, space(kind), fixed)
        assert found.low == low or isclose(found.low, low, abs_tol=1e-9), (seed, found.low, low)
        assert found.high == high or isclose(found.high, high, abs_tol=1e-9)


Maker = Callable[[random.Random, int, int], list[float]]


def ar(drawing: random.Random, sites: int, periods: int) -> list[float]:
    """Half of each period is left in the next."""
    found = []
    for _ in range(sites):
        value = drawing.gauss(0, 1)
        for _ in range(periods):
            found.append(value)
            value = 0.5 * value + 0.75**0.5 * drawing.gauss(0, 1)
    return found


def trend(drawing: random.Random, sites: int, periods: int) -> list[float]:
    """Every site rises steadily, each by its own much."""
    rises = [drawing.gauss(0.1, 0.05) for _ in range(sites)]
    return [rise * t + drawing.gauss(0, 1) for rise in rises for t in range(periods)]


@pytest.mark.parametrize("make", [ar, trend])
@pytest.mark.parametrize("kind", ["crossover", "order_of_start", "multiple_baseline", "switches"])
def test_false_alarms_stay_below_five_in_a_hundred(kind: str, make: Maker) -> None:
    """Whatever the series does by itself: the lot is drawn anew each time."""
    rule, drawing, runs = RULES[kind], random.Random(f"{kind}{make.__name__}"), 300
    alarms = 0
    for run in range(runs):
        y = make(drawing, len(rule.units), rule.periods)
        found = read(y, space(kind).draw(f"{run}".encode()), space(kind), fixed=fixed_of(rule))
        alarms += found.p <= 0.05
    assert alarms / runs <= 0.05 + 3 * (0.05 * 0.95 / runs) ** 0.5


def test_groups_that_are_read_as_groups_raise_no_false_alarm_and_as_people_they_do() -> None:
    drawing, lots, runs = random.Random(5), complete(8, 4), 300
    alarms = naive = 0
    for run in range(runs):
        z = lots.draw(f"{run}".encode())
        groups = [drawing.gauss(0, 0.1**0.5) for _ in range(8)]
        people = [[g + drawing.gauss(0, 0.9**0.5) for _ in range(25)] for g in groups]
        alarms += read([sum(each) / 25 for each in people], z, lots).p <= 0.05
        new = [v for each, one in zip(people, z, strict=True) if one for v in each]
        old = [v for each, one in zip(people, z, strict=True) if not one for v in each]
        middle = sum(new) / 100 - sum(old) / 100
        spread = sum((v - sum(each) / 100) ** 2 for each in (new, old) for v in each) / 198
        naive += abs(middle) > 1.972 * (spread * 2 / 100) ** 0.5
    assert alarms / runs <= 0.05 + 3 * (0.05 * 0.95 / runs) ** 0.5
    assert naive / runs > 0.2


@pytest.mark.parametrize(("treated", "control"), [(4, 5), (6, 6)])
def test_intervals_hold_what_they_promise(treated: int, control: int) -> None:
    """A short guard of the long benchmark, for a skewed outcome: 95% less four standard errors."""
    drawing, lots, runs = random.Random(treated), complete(treated + control, treated), 400
    held = 0
    for run in range(runs):
        z = lots.draw(f"{run}".encode())
        found = read([drawing.lognormvariate(0, 1) + each for each in z], z, lots)
        held += found.low - 1e-9 <= 1 <= found.high + 1e-9
    assert held / runs >= 0.95 - 4 * (0.95 * 0.05 / runs) ** 0.5


def test_the_interval_of_shares_holds_whatever_each_person_would_do() -> None:
    """Some are helped and some harmed; the average over these very people is held."""
    drawing, runs, people = random.Random(6), 300, 24
    held = 0
    lots = complete(people, 12)
    for run in range(runs):
        both = [(int(drawing.random() < 0.6), int(drawing.random() < 0.35)) for _ in range(people)]
        truth = sum(new - old for new, old in both) / people
        z = lots.draw(f"{run}".encode())
        new = sum(each[0] for each, one in zip(both, z, strict=True) if one)
        old = sum(each[1] for each, one in zip(both, z, strict=True) if not one)
        low, high = interval(new, 12, old, 12)
        held += low <= truth <= high
    assert held / runs >= 0.95


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 20), st.integers(2, 20), st.data())
def test_intervals_of_shares_keep_their_laws(new_of: int, old_of: int, data: st.DataObject) -> None:
    new, old = data.draw(st.integers(0, new_of)), data.draw(st.integers(0, old_of))
    low, high = interval(new, new_of, old, old_of)
    assert -1 <= low <= new / new_of - old / old_of <= high <= 1
    mirrored = interval(old, old_of, new, new_of)
    assert (mirrored[0], mirrored[1]) == pytest.approx((-high, -low))


def test_what_a_lot_can_show_is_said_before() -> None:
    few = foresee(Protocol("x", lot=LotRule("complete", UNITS[:6], 3)))
    assert not few.can_show
    assert few.words.say("vi") != few.words.say("en")
    assert foresee(Protocol("x", lot=RULES["order_of_start"])).can_show
    assert foresee(Protocol("x")).smallest_p is None


def test_taking_out_places_and_weeks_may_cost_p_and_is_counted() -> None:
    """Two places: after both are taken out, an order and its mirror say the same."""
    rule = LotRule("order_of_start", ("a", "b"), periods=6, starts=((3,), (5,)))
    lots = space_of(rule)
    assert lots is not None
    assert lots.smallest_p() == Fraction(1, 2)
    assert smallest_p(rule, lots) == 1
    assert compare(lots.draw(b"x"), lots, fixed_of(rule)).smallest_p == 1


def test_a_lot_that_is_drawn_until_both_are_alike_has_only_what_is_left() -> None:
    before = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    left = redrawn(complete(6, 3), before, 1.0)
    assert 2 < left.size < 20
    total = sum(before)
    by_hand = set()
    for z in permutations([1, 1, 1, 0, 0, 0]):
        new = sum(value for value, one in zip(before, z, strict=True) if one)
        if abs(new - (total - new)) <= 3:
            by_hand.add(z)
    assert set(left) == by_hand


@pytest.mark.parametrize(
    "rule",
    [
        LotRule("switches", UNITS[:1], periods=16),
        LotRule("switches", UNITS[:2], periods=28),
        LotRule("crossover", UNITS[:2], periods=12, block=3),
        LotRule("order_of_start", UNITS[:2], periods=6, starts=((1,), (3,))),
        LotRule("order_of_start", UNITS[:2], periods=6, starts=((3,), (7,))),
        LotRule("multiple_baseline", UNITS[:2], periods=9, starts=((3, 4), (4, 5))),
        LotRule("multiple_baseline", UNITS[:2], periods=9, starts=((3, 4), (3, 4))),
        LotRule("blocks", UNITS[:4], 1),
        LotRule("blocks", UNITS[:4], 1, blocks=("x",)),
        LotRule("complete", UNITS[:4], 4),
    ],
)
def test_a_lot_that_cannot_be_drawn_is_refused(rule: LotRule) -> None:
    with pytest.raises(VuonError) as caught:
        space_of(rule)
    assert caught.value.say("vi") != caught.value.say("en")


def test_cells_stand_place_by_place() -> None:
    rule = RULES["order_of_start"]
    assert cells_of(rule)[9:11] == (("a", 10), ("b", 1))
    drawn = space("order_of_start").draw(b"x")
    starts = [10 - sum(drawn[10 * n : 10 * n + 10]) + 1 for n in range(5)]
    assert sorted(starts) == [2, 4, 6, 8, 10]


def test_power_of_an_exact_design_is_that_of_brute_force() -> None:
    """Six against six: drawn and read one by one with `read`, within three points."""
    lots, drawing, runs = complete(12, 6), random.Random(2), 500
    found = 0
    for run in range(runs):
        z = lots.draw(f"{run}".encode())
        found += read([drawing.gauss(0, 1) + 1.5 * one for one in z], z, lots).p <= 0.05
    mine = power(LotRule("complete", UNITS, 6), effects=(1.5,), runs=4000).power[0]
    assert mine == pytest.approx(found / runs, abs=0.03 + 2 * (0.25 / runs) ** 0.5)


def test_what_two_equal_groups_can_find() -> None:
    """1.3 standard deviations at 20, .82 at 49, .57 at 99; the wider, the more people are alike."""
    for units, expected in ((20, 1.3), (49, 0.82), (99, 0.57)):
        lot = LotRule("complete", tuple(map(str, range(units))), units // 2)
        assert power(lot, runs=400).detectable == pytest.approx(expected, abs=0.08)


def test_power_knows_noise() -> None:
    groups = {n: LotRule("clusters", tuple(map(str, range(2 * n))), n) for n in (4, 6)}
    alike = Noise(people=30, icc=0.1)
    one, three = (power(groups[n], alike, effects=(0.5,)).power[0] for n in (4, 6))
    assert 0.15 < one < 0.35 and 0.5 < three < 0.7
    plain, with_baseline = (
        power(LotRule("complete", UNITS, 6), noise, effects=(1.0,), runs=800).power[0]
        for noise in (Noise(), Noise(baseline=0.8))
    )
    assert with_baseline > plain + 0.2
    shares = power(RULES["crossover"], Noise(share=0.38, people=10), effects=(0.0, 0.19, 0.4))
    assert shares.power[0] <= 0.05 + 3 * (0.05 * 0.95 / 2000) ** 0.5
    assert shares.power[0] < shares.power[1] < shares.power[2]
    assert power(groups[4], alike) == power(groups[4], alike)


@pytest.mark.parametrize("wrong", [{"sd": 0}, {"icc": 2}, {"ar": 1}, {"share": 0}, {"people": 0}])
def test_impossible_noise_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(VuonError):
        Noise(**wrong)  # type: ignore[arg-type]
