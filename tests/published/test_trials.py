"""Trials against what scipy, statsmodels and pysyncon found (`trials_table.py` made the table)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vuon.trials.binary import boschloo, fisher
from vuon.trials.exact import read
from vuon.trials.power import power
from vuon.trials.protocol import LotRule
from vuon.trials.randomise import complete
from vuon.trials.series import simplex_weights
from vuon.trials.several import holm

TABLE: dict[str, Any] = json.loads(Path(__file__).with_name("trials.json").read_text("utf-8"))


def test_fisher_and_boschloo_are_those_of_scipy() -> None:
    for row in TABLE["binary"]:
        counts = row["counts"]
        assert fisher(*counts) == pytest.approx(row["fisher"], abs=1e-9), counts
        assert boschloo(*counts) == pytest.approx(row["boschloo"], abs=1e-9), counts


def test_the_p_of_a_lot_is_that_of_scipy() -> None:
    for row in TABLE["permutations"]:
        y, new = row["new"] + row["old"], len(row["new"])
        drawn = [1] * new + [0] * len(row["old"])
        assert read(y, drawn, complete(len(y), new)).p == pytest.approx(row["p"], abs=1e-12)


def test_simulated_power_is_that_of_the_t_test() -> None:
    """Within two points, as many units make the lot's reading as sharp as the formula's."""
    for units in {row["units"] for row in TABLE["power"]}:
        rows = [row for row in TABLE["power"] if row["units"] == units]
        lot = LotRule("complete", tuple(str(n) for n in range(units)), units // 2)
        found = power(lot, effects=tuple(row["effect"] for row in rows), runs=4000)
        for row, mine in zip(rows, found.power, strict=True):
            assert mine == pytest.approx(row["power"], abs=0.02), row


def test_holm_is_that_of_statsmodels() -> None:
    for row in TABLE["holm"]:
        found = holm({str(at): p for at, p in enumerate(row["p"])})
        assert [found[str(at)] for at in range(len(row["p"]))] == pytest.approx(row["holm"])


def test_synthetic_controls_are_those_of_pysyncon() -> None:
    import numpy as np

    for row in TABLE["controls"]:
        y, x = np.array(row["y"]), np.array(row["x"]).T
        weights = simplex_weights(y, x)
        other = np.array(row["weights"])
        assert np.abs(weights - other).max() < 1e-6
        mine, theirs = (float(((y - x @ w) ** 2).sum()) for w in (weights, other))
        assert mine <= theirs + 1e-9
