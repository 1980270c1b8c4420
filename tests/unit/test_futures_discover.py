"""Discovery: a planted box is found and nothing else; noise and few failures give no story."""

from __future__ import annotations

from datetime import date, timedelta
from math import comb

import numpy as np
import pytest

from vuon.futures import prim
from vuon.futures.discover import Box, Limit, another, discover, splitting
from vuon.futures.pathways import Reading, Signpost, due, proposed
from vuon.futures.prim import at_least
from vuon.futures.sample import Dimension
from vuon.futures.sensitivity import indices
from vuon.futures.signals import Driver, Signal, alike, unseen
from vuon.futures.telling import Named, sentences
from vuon.toml.table import Text
from vuon.xlrm import Column

DIMS = tuple(Dimension(f"x{j}", 0, 1) for j in range(20))


def columns(seed: int, n: int = 10_000, d: int = 20) -> dict[str, Column]:
    """Even numbers."""
    drawn = np.random.default_rng(seed).random((d, n))
    return {f"x{j}": drawn[j] for j in range(d)}


def planted(seed: int) -> tuple[dict[str, Column], prim.Flags]:
    """Failures where x0 < .4, x1 > .6 and x2 < .7, with one label in twenty flipped."""
    x = columns(seed)
    inside = (x["x0"] < 0.4) & (x["x1"] > 0.6) & (x["x2"] < 0.7)
    return x, inside ^ (np.random.default_rng(seed + 1).random(10_000) < 0.05)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_planted_box_is_found_and_no_other_variable(seed: int) -> None:
    x, fails = planted(seed)
    found = discover(x, fails, DIMS)
    (box,) = found.boxes
    assert box.names == ("x0", "x1", "x2")
    low, high = [each.low for each in box.limits], [each.high for each in box.limits]
    assert (high[0], low[1], high[2]) == pytest.approx((0.4, 0.6, 0.7), abs=0.09)
    assert (low[0], high[1], low[2]) == (None, None, None)
    assert box.stability == 1
    assert box.density >= 0.8
    assert box.coverage > 0.68, "of at most about .72, for one label in twenty is noise"
    # The curve goes from everything to what is dense; a person may take another of its points.
    assert found.curve[0].coverage == 1
    assert found.curve[-1].density > 0.9
    chosen = another(found, len(found.curve) - 1, x, fails, DIMS)
    assert chosen.boxes[0].density > 0.9
    assert chosen.boxes[0].names == ("x0", "x1", "x2")


def test_what_is_told_is_true_of_the_cases() -> None:
    x, fails = planted(4)
    (box,) = discover(x, fails, DIMS).boxes
    inside = np.ones(10_000, dtype=bool)
    for limit in box.limits:
        inside &= x[limit.name] >= (-np.inf if limit.low is None else limit.low)
        inside &= x[limit.name] <= (np.inf if limit.high is None else limit.high)
    assert box.mass == inside.mean()
    assert box.density == fails[inside].mean()
    assert box.coverage == fails[inside].sum() / fails.sum()


@pytest.mark.parametrize("objective", prim.OBJECTIVES)
def test_each_objective_finds_it(objective: str) -> None:
    x, fails = planted(5)
    found = discover(x, fails, DIMS, objective=objective)
    assert found.boxes[0].names == ("x0", "x1", "x2")


def test_noise_is_no_story() -> None:
    """Labels that follow nothing."""
    for seed in range(3):
        fails = np.random.default_rng(seed + 50).random(2000) < 0.3
        found = discover(columns(seed, 2000), fails, DIMS)
        assert not found.clear
        assert found.why_not.say().startswith("No clear story")
        assert sentences(found, Named("The idea"), "en") == (found.why_not,)


def test_too_few_failures_or_successes_give_no_box() -> None:
    x = columns(1, 1000)
    for fails in (x["x0"] < 0.049, x["x0"] > 0.049, np.zeros(1000, bool), np.ones(1000, bool)):
        found = discover(x, fails, DIMS)
        assert not found.boxes
        assert found.why_not.fields["n"] < 50
    assert splitting(np.array([1.0, 2.0, 3.0])) == 2
    assert splitting(np.array([3.0, 3.0])) is None


def test_two_boxes_are_found_one_after_the_other() -> None:
    x = columns(6, 6000, 5)
    fails = ((x["x0"] < 0.35) & (x["x1"] < 0.6)) | ((x["x2"] > 0.75) & (x["x3"] > 0.6))
    found = discover(x, fails, DIMS[:5])
    assert [box.names for box in found.boxes] == [("x0", "x1"), ("x2", "x3")]
    told = [each.say("en") for each in sentences(found, Named("The idea"), "en")]
    assert told[0].startswith("The idea fails when ")
    assert told[1].startswith("Also when ")


def test_a_variable_with_few_values_loses_them_one_at_a_time() -> None:
    drawn = np.random.default_rng(7)
    x = {"rain": drawn.choice([1.0, 2.0, 5.0], 2000), "x1": drawn.random(2000)}
    dims = (Dimension("rain", levels=(1.0, 2.0, 5.0)), Dimension("x1", 0, 1))
    (box,) = discover(x, (x["rain"] != 2) & (x["x1"] > 0.5), dims).boxes
    rain = next(each for each in box.limits if each.name == "rain")
    assert rain.levels == (1.0, 5.0)
    told = sentences(discover(x, (x["rain"] != 2) & (x["x1"] > 0.5), dims), Named("It"), "vi")
    assert "1" in told[0].say("vi")


def test_a_column_of_ties_is_peeled_as_a_whole_value() -> None:
    """Half of the cases share one value: a cut takes all of them or none."""
    x = np.concatenate([np.zeros(500), np.linspace(0.01, 1, 500)])[None]
    fails = x[0] > 0.2
    path = prim.peel(x, fails)
    assert path[1].low[0] == 0.01
    assert path[-1].holds(x).sum() >= 50


def test_the_chance_of_so_many_hits_is_the_binomial_tail() -> None:
    for cases, share in ((12, 0.3), (40, 0.85)):
        for hits in (1, cases // 2, cases):
            tail = sum(
                comb(cases, k) * share**k * (1 - share) ** (cases - k)
                for k in range(hits, cases + 1)
            )
            assert at_least(hits, cases, share) == pytest.approx(tail, rel=1e-9)


def test_indices_of_a_known_function() -> None:
    """Ishigami's function: published first and total indices."""

    def ishigami(u: Column) -> Column:
        a, b, c = 2 * np.pi * u - np.pi
        made: Column = np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)
        return made

    first, total = indices(ishigami, 3, n=8192)
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    assert indices(lambda u: np.ones(u.shape[1]), 2)[1] == pytest.approx([0, 0])


DAY = date(2026, 3, 1)


def _post(*values: float, every: int = 30) -> Signpost:
    readings = tuple(
        Reading(DAY + timedelta(days=every * k), value) for k, value in enumerate(values)
    )
    return Signpost(
        "demand", ">=", 80, 60, source="desk", owner="centre", every_days=every, readings=readings
    )


def test_a_status_changes_only_after_two_readings_in_a_row() -> None:
    assert _post().status == "no_data"
    assert _post(60).status == "far"
    assert _post(60, 85).status == "far", "one reading alone is noise"
    assert _post(60, 85, 86).status == "crossed"
    assert _post(60, 85, 60, 85).status == "far"
    assert _post(60, 77, 78).status == "near"
    assert _post(85, 86, 60).status == "crossed"
    below = Signpost("hours", "<=", 40, 52)
    assert [below.of(value) for value in (50, 42, 39)] == ["far", "near", "crossed"]


def test_silence_is_an_alarm_and_a_draft_watches_nothing() -> None:
    post = _post(60, 60)
    last = DAY + timedelta(days=30)
    assert not post.silent(last + timedelta(days=60))
    assert post.silent(last + timedelta(days=61))
    assert due([post, _post(85, 86)], last) == [_post(85, 86)]
    draft = Signpost("demand", ">=", 80, 60)
    assert draft.draft
    assert not draft.silent(date(2030, 1, 1))


def test_signposts_are_proposed_from_a_box_and_moved_by_the_lead_time() -> None:
    box = Box(
        (Limit("demand", low=80), Limit("hours", high=46), Limit("x", low=0.2)), 0.7, 0.9, 0.1
    )
    found = proposed(
        box,
        {"demand": 63, "hours": 52, "x": 0.5},
        lead_days=100,
        per_day={"demand": 0.05, "hours": 1.0},
    )
    assert [(each.variable, each.op) for each in found] == [("demand", ">="), ("hours", "<=")]
    assert found[0].threshold == 75, "5 before the limit, for that is what passes in 100 days"
    assert found[1].threshold == 52, "never beyond today's value"
    assert all(each.draft for each in found)


def test_signals_are_kept_with_what_they_lack() -> None:
    told = Signal("a", Text("Cổng dịch vụ công quốc gia là duy nhất"), "báo", DAY)
    heard = Signal("b", Text("Cong dich vu cong quoc gia la duy nhat."))
    assert (told.light, heard.light) == ("measured", "said")
    assert alike(told, heard)
    assert not alike(told, Signal("c", Text("Trời mưa nhiều hơn")))
    assert ("social", "soon") not in unseen([told])
    assert len(unseen([told])) == 14
    assert Driver("d", Text("x")).story_only
    assert not Driver("d", Text("x"), uncertainty="demand", low=1, high=2).story_only
