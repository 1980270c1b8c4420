"""Series and differences without a lot: optimality, closed forms, refusals."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.trials.series import differences, interrupted, simplex_weights


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 14), st.integers(2, 40))
def test_no_other_shares_come_nearer(seed: int, count: int, points: int) -> None:
    """The conditions of Karush, Kuhn and Tucker, which hold at the best shares and nowhere else."""
    drawing = np.random.default_rng(seed)
    x, y = drawing.normal(size=(points, count)), drawing.normal(size=points)
    if seed % 3 == 0:
        x[:, 1] = x[:, 0]  # two places that are the same
    weights = simplex_weights(y, x)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    pull = x.T @ (y - x @ weights)
    inside = weights > 1e-9
    assert np.ptp(pull[inside]) < 1e-7
    assert pull.max() <= pull[inside].mean() + 1e-7


def test_a_unit_that_is_a_mixture_is_found_and_its_jump_is_read() -> None:
    drawing = random.Random(1)
    others = [[drawing.gauss(5, 1) for _ in range(40)] for _ in range(6)]
    unit = [
        0.2 * a + 0.8 * b + 3 * (t >= 25) for t, (a, b) in enumerate(zip(*others[:2], strict=True))
    ]
    found = interrupted(unit, others, 25)
    assert found.estimate == pytest.approx(3)
    assert found.weights[:2] == pytest.approx((0.2, 0.8))
    assert found.before == pytest.approx(0, abs=1e-9)
    assert (found.rank, found.of) == (1, 7)


def test_rank_is_fair_where_nothing_happened() -> None:
    drawing, ranks = random.Random(2), []
    for _ in range(60):
        lines = [[drawing.gauss(0, 1) for _ in range(34)] for _ in range(5)]
        ranks.append(interrupted(lines[0], lines[1:], 20).rank)
    assert abs(sum(ranks) / 60 - 3) < 4 * (2 / 60) ** 0.5


def test_differences_by_hand_and_the_bound_for_trends() -> None:
    found = differences([[1, 2, 1, 2, 6, 7]], [[0, 0, 0, 0, 1, 1]], 4)
    assert found.estimate == (6 + 7) / 2 - 1 - 6 / 4
    assert found.placebo == pytest.approx((5 / 3 - 1, 0.0, 2 - 4 / 3))
    assert found.bounds(1) == pytest.approx((4 - 2 / 3, 4 + 2 / 3))
    low, _ = found.bounds(found.breakdown)
    assert low == pytest.approx(0)


def test_a_common_trend_and_fixed_gaps_change_nothing() -> None:
    drawing = random.Random(3)
    new = [[drawing.gauss(0, 1) for _ in range(9)] for _ in range(3)]
    old = [[drawing.gauss(0, 1) for _ in range(9)] for _ in range(4)]
    moved = [[v + 7 + t**2 for t, v in enumerate(line)] for line in new]
    other = [[v + t**2 for t, v in enumerate(line)] for line in old]
    one, two = differences(new, old, 5), differences(moved, other, 5)
    assert two.estimate == pytest.approx(one.estimate)
    assert two.placebo == pytest.approx(one.placebo)


@pytest.mark.parametrize(
    "call",
    [
        lambda: interrupted([1.0] * 30, [[1.0] * 30], 20),
        lambda: interrupted([1.0] * 30, [[1.0] * 30, [1.0] * 29 + [2.0]], 10),
        lambda: interrupted([1.0] * 25, [[1.0] * 25, [2.0] * 25], 20),
        lambda: differences([[1.0] * 5], [[1.0] * 5], 3),
        lambda: differences([[1.0] * 5], [], 4),
    ],
)
def test_what_is_too_short_is_refused(call: object) -> None:
    with pytest.raises(VuonError) as caught:
        call()  # type: ignore[operator]
    assert caught.value.code == "trials.too_short"
    assert caught.value.say("vi") != caught.value.say("en")
