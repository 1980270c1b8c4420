"""Robustness against tables worked out by hand, and what is hidden because it would say nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.toy_futures import study

from vuon.futures.ensemble import run_ensemble
from vuon.futures.robustness import of_sketch, table, tables
from vuon.xlrm import Measure

MORE = Measure("m", "y", 4, "more")
#: Three policies in five futures. Best of each: 9, 5, 6, 5, 8.
SEEN = np.array(
    [
        [9.0, 1.0, 6.0, 2.0, 7.0],
        [5.0, 4.0, 5.0, 4.0, 5.0],
        [3.0, 5.0, 1.0, 5.0, 8.0],
    ]
)
NAMES = ["bold", "steady", "late"]


def test_a_table_as_worked_out_by_hand() -> None:
    """Regrets: bold 0 4 0 3 1; steady 4 1 1 1 3; late 6 0 5 0 0."""
    found = table(SEEN, MORE, NAMES, optimism=0.25)
    told = {row.policy: row.told for row in found.rows}
    assert [told[name]["maximin"] for name in NAMES] == [1, 4, 1]
    assert [told[name]["minimax_regret"] for name in NAMES] == [4, 4, 6]
    assert [told[name]["regret_90"] for name in NAMES] == [4, 4, 6]
    assert [told[name]["satisficing"] for name in NAMES] == [0.6, 1.0, 0.6]
    assert [told[name]["hurwicz"] for name in NAMES] == [3.0, 4.25, 2.75]
    steady = 4.6 / np.sqrt(np.array([0.4, 0.6, 0.4, 0.6, 0.4]) @ [0.4, 0.6, 0.4, 0.6, 0.4] / 4)
    assert told["steady"]["signal_to_noise"] == pytest.approx(steady)
    assert found.best["minimax_regret"] == ("bold", "steady")
    assert all("steady" in names for names in found.best.values())
    assert found.agreement.fields == {"policy": "steady"}
    assert "never a probability" in found.caption.say()


def test_less_is_better_is_the_same_turned_round() -> None:
    """Values and threshold with the other sign: the same best, worst and regrets."""
    one = table(SEEN, MORE, NAMES)
    turned = table(-SEEN, Measure("m", "y", -4, "less"), NAMES)
    for metric in ("minimax_regret", "regret_90", "satisficing"):
        assert [r.told[metric] for r in one.rows] == [r.told[metric] for r in turned.rows]
    assert [r.told["maximin"] for r in turned.rows] == [-1, -4, -1]
    assert turned.best["maximin"] == ("steady",)
    usual = table(SEEN, Measure("m", "y", 4, "less"), NAMES)
    assert "signal_to_noise" in usual.hidden, "turned round, the mean of a cost is below zero"


def test_what_would_mislead_is_hidden() -> None:
    alone = table(SEEN[:1], MORE, NAMES[:1])
    assert {"minimax_regret", "regret_90"} <= set(alone.hidden)
    assert alone.rows[0].told["minimax_regret"] is None
    same = table(np.full((2, 5), 3.0), MORE, NAMES[:2])
    assert "signal_to_noise" in same.hidden
    crossing = table(np.array([[1.0, 9.0], [4.0, 4.5]]), MORE, NAMES[:2])
    assert "do not agree" in crossing.agreement.say()


def test_adding_a_policy_changes_regret_and_nothing_else() -> None:
    two, three = table(SEEN[:2], MORE, NAMES[:2]), table(SEEN, MORE, NAMES)
    for before, after in zip(two.rows, three.rows, strict=False):
        assert before.told["satisficing"] == after.told["satisficing"]
        assert before.told["maximin"] == after.told["maximin"]
        assert after.told["minimax_regret"] >= before.told["minimax_regret"]
    assert two.rows[1].told["minimax_regret"] == 4


def test_a_broken_run_meets_nothing_and_is_counted() -> None:
    broken = SEEN.copy()
    broken[0, 0] = np.nan
    found = table(broken, MORE, NAMES)
    assert [row.broken for row in found.rows] == [1, 0, 0]
    bold = found.rows[0].told
    assert (bold["satisficing"], bold["maximin"], bold["minimax_regret"]) == (0.4, 1, 4)
    # Without bold's 9 the best of the first future is 5, so the others regret less.
    assert found.rows[2].told["minimax_regret"] == 5


def test_a_sketch_tells_the_same_up_to_a_bin() -> None:
    found = run_ensemble(study(256, chunk=32))
    (exact,), rough = tables(found), of_sketch(found, "good")
    width = found.study.design.edges[0].regret / 64
    for one, other in zip(exact.rows, rough.rows, strict=True):
        for metric in ("maximin", "minimax_regret", "satisficing", "hurwicz", "signal_to_noise"):
            told = one.told[metric]
            near = told if told is None else pytest.approx(told, rel=1e-9)
            assert other.told[metric] == near, metric
        gap = other.told["regret_90"] - one.told["regret_90"]
        assert -1e-12 <= gap <= width + 1e-12
    assert tables(replace(found, values=None)) == (rough,)


def test_each_group_has_its_table() -> None:
    """A measure of a group is a table of its own, with the group's name."""
    seen = table(SEEN, replace(MORE, group="over_60"), NAMES)
    assert seen.measure.group == "over_60"
