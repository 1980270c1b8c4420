"""Distributions of times: published values, closed forms, and that more luck is more time."""

from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuon import special
from vuon.journeys import dists
from vuon.journeys.model import Dist, Share

FAMILIES = [
    Dist.of("const", value=5),
    Dist.of("exponential", mean=6),
    Dist.of("uniform", low=2, high=10),
    Dist.of("lognormal", mean=12, sigma=0.6),
    Dist.of("lognormal", p50=10, sigma=0.3),
    Dist.of("weibull", scale=10, shape=1.7),
    Dist.of("gamma", mean=8, shape=2.5),
    Dist.of("gamma", mean=8, shape=0.4),
    Dist.of("quantiles", p10=5, p50=6, p90=30),
    Dist("empirical", values=(3.0, 1.0, 9.0, 4.0, 4.0)),
]


@pytest.mark.parametrize("dist", FAMILIES, ids=lambda d: d.family)
def test_time_rises_with_luck_and_is_never_negative(dist: Dist) -> None:
    points = [(n + 0.5) / 400 for n in range(400)]
    times = [dists.quantile(dist, u) for u in points]
    assert times == sorted(times) and times[0] >= 0


@pytest.mark.parametrize("dist", FAMILIES[:-1], ids=lambda d: d.family)
def test_mean_and_spread_are_those_of_the_quantiles(dist: Dist) -> None:
    """The closed forms against an integral of the quantile function."""
    mean, variance = dists._integrated(dist)
    assert dists.mean(dist) == pytest.approx(mean, rel=2e-4)
    assert dists.sd(dist) == pytest.approx(math.sqrt(variance), rel=2e-3, abs=1e-9)


@pytest.mark.parametrize(
    ("shape", "u", "expected"),
    # Half the quantiles of chi-squared with 2·shape degrees, from any printed table.
    [
        (0.5, 0.95, 3.841459 / 2),
        (1.0, 0.05, 0.102587 / 2),
        (2.5, 0.5, 4.351460 / 2),
        (5.0, 0.99, 23.209251 / 2),
        (15.0, 0.025, 16.790772 / 2),
        (50.0, 0.975, 129.561197 / 2),
    ],
)
def test_gamma_quantiles_are_the_printed_ones(shape: float, u: float, expected: float) -> None:
    assert special.gamma_quantile(shape, u) == pytest.approx(expected, rel=1e-5)


@settings(deadline=None, max_examples=60)
@given(st.floats(0.05, 300), st.floats(1e-6, 1 - 1e-6))
def test_the_gamma_quantile_inverts_its_distribution(shape: float, u: float) -> None:
    assert special.gamma_cdf(shape, special.gamma_quantile(shape, u)) == pytest.approx(u, abs=1e-9)


def test_digamma_is_the_slope_of_the_log_gamma() -> None:
    for x in (0.1, 0.7, 2.0, 9.5, 40.0):
        h = 1e-5 * x
        slope = (math.lgamma(x + h) - math.lgamma(x - h)) / (2 * h)
        assert special.digamma(x) == pytest.approx(slope, rel=1e-7, abs=1e-8)
        bend = (special.digamma(x + h) - special.digamma(x - h)) / (2 * h)
        assert special.trigamma(x) == pytest.approx(bend, rel=1e-7)


@given(st.floats(0.5, 50), st.floats(1.01, 4), st.floats(1.01, 4))
def test_three_quantiles_are_met(p50: float, down: float, up: float) -> None:
    p10, p90 = p50 / down, p50 * up
    dist = dists.from_three(p10, p50, p90)
    assert dists.quantile(dist, 0.5) == pytest.approx(p50)
    # A lognormal is taken where the bend is small: then both ends are within half the bend.
    room = dists.BEND / 2 if dist.family == "lognormal" else 1e-9
    assert math.log(dists.quantile(dist, 0.1) / p10) == pytest.approx(0, abs=room + 1e-9)
    assert math.log(dists.quantile(dist, 0.9) / p90) == pytest.approx(0, abs=room + 1e-9)


@pytest.mark.parametrize("dist", FAMILIES, ids=lambda d: d.family)
def test_a_table_stands_for_its_distribution(dist: Dist) -> None:
    nodes = dists.table(dist)
    assert len(nodes) == 65 and list(nodes) == sorted(nodes)
    if dist.family == "empirical":
        return  # five values have steps that no table of 65 nodes follows everywhere
    for n in range(1, 100):
        wide = dists.quantile(dist, 0.995) - dists.quantile(dist, 0.005)
        miss = dists.from_table(nodes, n / 100) - dists.quantile(dist, n / 100)
        assert abs(miss) <= 0.005 * wide + 1e-9


def test_an_interval_is_what_draws_keep_to() -> None:
    dist = Dist.of("lognormal", mean=12, sigma=0.6, interval=(9, 16))
    means = [dists.mean(dists.draw(dist, (n + 0.5) / 200)) for n in range(200)]
    assert means == sorted(means)
    assert sum(9 <= each <= 16 for each in means) == 180  # nine of ten
    assert {dists.draw(dist, 0.3)["sigma"]} == {0.6}


def test_more_observations_leave_less_room() -> None:
    def room(n: int) -> float:
        dist = Dist.of("lognormal", mean=12, sigma=0.6, n=n)
        found = [
            dists.mean(dists.draw(dist, (i + 0.5) / 50, ((7 * i) % 50 + 0.5) / 50))
            for i in range(50)
        ]
        return statistics.stdev(found)

    assert room(300) < room(30) < room(8)
    # The standard error of the log mean is sqrt(σ²/n + σ⁴/(2(n-1))) for large n.
    expected = 12 * math.sqrt(0.36 / 300 + 0.6**4 / (2 * 299))
    assert room(300) == pytest.approx(expected, rel=0.1)
    untold = Dist.of("lognormal", mean=12, sigma=0.6)
    assert dists.draw(untold, 0.9) == untold


@given(st.floats(0.01, 0.99), st.integers(1, 500), st.floats(0.01, 0.99))
def test_drawn_shares_are_shares(value: float, n: int, u: float) -> None:
    drawn = dists.draw_share(Share(value, n=n), u).value
    assert 0 < drawn < 1
    assert dists.draw_share(Share(value), u).value == value


@given(st.floats(0.1, 5))
def test_scaling_scales_every_time(factor: float) -> None:
    for dist in FAMILIES:
        for u in (0.1, 0.5, 0.97):
            assert dists.quantile(dists.scaled(dist, factor), u) == pytest.approx(
                factor * dists.quantile(dist, u)
            )
