"""Designs: points as published, balanced, and the same rows wherever and whenever they are asked."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuon.futures.sample import BITS, Design, Dimension, planned, power, sobol

TABLE = json.loads((Path(__file__).parents[1] / "published" / "sobol.json").read_text())
DIMS = (Dimension("a", 0, 1), Dimension("b", -5, 5), Dimension("c", levels=(1.0, 2.0, 5.0)))


def test_points_are_those_of_the_published_sequence() -> None:
    """Compared with a table that another implementation wrote, early and after a million points."""
    some, late = TABLE["dimensions"], TABLE["late_from"]
    assert (np.array(TABLE["first"]) == sobol(256, 0, 32)[some].T * 32).all()
    assert (np.array(TABLE["late"]) == sobol(256, late, 4)[some].T * 2**BITS).all()


@pytest.mark.parametrize("scrambling", [None, 1, 2])
def test_points_are_balanced(scrambling: int | None) -> None:
    """Each slice of a power of two holds one of so many points; the first two dimensions are a
    (0, 2)-sequence: every box of area 1/64 holds one of 64 points."""
    points = sobol(20, 0, 64, scrambling=scrambling)
    for row in points:
        assert sorted(np.floor(row * 64)) == list(range(64))
    for across in range(7):
        boxes = np.floor(points[0] * 2**across) * 64 + np.floor(points[1] * 2 ** (6 - across))
        assert len(set(boxes)) == 64


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["sobol", "lhs", "random"]), st.integers(0, 255), st.integers(1, 256))
def test_a_row_follows_from_the_design_alone(kind: str, start: int, count: int) -> None:
    design = Design(DIMS, 256, kind, seed=7)
    count = min(count, 256 - start)
    whole = design.columns(0, 256)
    part = design.columns(start, count)
    for name, column in part.items():
        assert (column == whole[name][start : start + count]).all()
    assert design.row(start) == {name: column[start] for name, column in whole.items()}


def test_more_rows_are_the_next_ones_and_a_latin_design_is_closed() -> None:
    for kind in ("sobol", "random"):
        short, long = Design(DIMS, 64, kind), Design(DIMS, 128, kind)
        assert short.sha == long.sha
        assert (short.unit(0, 64) == long.unit(0, 64)).all()
    assert Design(DIMS, 64, "lhs").sha != Design(DIMS, 128, "lhs").sha
    slices = np.floor(Design(DIMS, 100, "lhs").unit(0, 100) * 100)
    assert all(sorted(row) == list(range(100)) for row in slices)


def test_scramblings_differ_and_each_estimates_the_mean() -> None:
    """The mean of the larger of two is 2/3; four scramblings of 4,096 points agree to 1e-3."""
    design = Design((Dimension("x", 0, 1), Dimension("y", 0, 1)), 4096)
    means = [float(design.scrambled(k).unit(0, 4096).max(axis=0).mean()) for k in range(4)]
    assert len(set(means)) == 4
    assert means == pytest.approx([2 / 3] * 4, abs=1e-3)


def test_values_keep_to_their_range() -> None:
    u = np.array([0.0, 0.25, 0.5, np.nextafter(1, 0)])
    assert set(Dimension("l", levels=(1.0, 2.0)).at(u)) == {1.0, 2.0}
    assert list(Dimension("w", 1, 3, scale="whole").at(u)) == [1, 1, 2, 3]
    assert Dimension("e", 1, 100, scale="log").at(u)[2] == pytest.approx(10)


def test_what_does_not_fit_is_refused_or_said() -> None:
    with pytest.raises(ValueError, match="below"):
        Dimension("a", 2, 2)
    with pytest.raises(ValueError, match="power of two"):
        Design(DIMS, 500)
    design, said = planned(DIMS, 500)
    assert design.n == power(500) == 512
    assert [word.fields["more"] for word in said] == [512]
    assert planned(DIMS, 500, kind="lhs")[0].n == 500
    with pytest.raises(IndexError):
        design.unit(510, 3)
