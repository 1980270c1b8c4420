"""Guardrails, seals, chains and verdicts."""

from __future__ import annotations

import random
from dataclasses import replace
from math import comb, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon import canonical
from vuon.errors import VuonError
from vuon.trials.monitor import Guardrail, e_value, stop_table
from vuon.trials.sealing import append, first_broken, intact, seal
from vuon.trials.verdict import verdict, with_missing


@given(st.floats(0.02, 0.6), st.integers(0, 12))
def test_the_bet_is_fair(limit: float, seen: int) -> None:
    """At the limit itself the mean of E over all outcomes is at most one."""
    mean = sum(
        comb(seen, harmed) * limit**harmed * (1 - limit) ** (seen - harmed)
        * e_value(harmed, seen, limit)
        for harmed in range(seen + 1)
    )  # fmt: skip
    assert mean == pytest.approx(1, abs=1e-6)


def run(true: float, limit: float, people: int, runs: int) -> tuple[float, float]:
    """The share of runs that stop, and the median person at whom they do."""
    drawing, stops = random.Random(11), []
    rail = Guardrail(limit)
    for _ in range(runs):
        at = rail.first_alarm(drawing.random() < true for _ in range(people))
        if at is not None:
            stops.append(at)
    return len(stops) / runs, sorted(stops)[len(stops) // 2] if stops else inf


def test_false_alarms_stay_rare_however_often_one_looks() -> None:
    share, _ = run(0.05, 0.05, 200, 400)
    assert share <= 0.05


def test_real_harm_is_caught() -> None:
    """Three times the limit: 97% caught, after 56 people in the middle; six times: after 10."""
    share, middle = run(0.15, 0.05, 200, 300)
    assert share > 0.9
    assert middle <= 60
    _, sooner = run(0.30, 0.05, 200, 300)
    assert sooner <= 12


def test_the_stop_table_says_what_the_guardrail_does() -> None:
    rail = Guardrail(0.25)
    for harmed, seen in stop_table(0.25, 40):
        assert rail.speaks(harmed, seen)
        assert seen == 40 or not rail.speaks(harmed, seen + 1)


@pytest.mark.parametrize(
    ("harmed", "seen", "limit"), [(3, 2, 0.1), (-1, 2, 0.1), (1, 2, 0), (1, 2, 1)]
)
def test_impossible_counts_are_refused(harmed: int, seen: int, limit: float) -> None:
    with pytest.raises(VuonError):
        e_value(harmed, seen, limit)


@given(st.text(max_size=30), st.integers(), st.integers(0, 200))
def test_any_changed_byte_breaks_the_seal(text: str, number: int, at: int) -> None:
    sealed = seal({"what": text, "weeks": number})
    assert intact(sealed)
    at %= len(sealed.text)
    changed = sealed.text[:at] + ("x" if sealed.text[at] != "x" else "y") + sealed.text[at + 1 :]
    assert not intact(replace(sealed, text=changed))
    assert not intact(replace(sealed, words=(*sealed.words[::-1], "?")))


def test_a_chain_names_the_first_broken_link() -> None:
    chain = ()
    for number in range(5):
        chain = append(chain, {"kind": "look", "number": number})
    assert first_broken(chain) is None
    assert first_broken((*chain[:2], replace(chain[2], event={"kind": "none"}), *chain[3:])) == 2
    assert first_broken((*chain[:2], *chain[3:])) == 2
    assert first_broken((chain[1], chain[0], *chain[2:])) == 0


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5)
       | st.floats(allow_nan=False, allow_infinity=False),
       lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
       max_leaves=6))  # fmt: skip
def test_canonical_text_does_not_depend_on_order(value: object) -> None:
    def turned(each: object) -> object:
        if isinstance(each, dict):
            return {key: turned(each[key]) for key in reversed(list(each))}
        return [turned(one) for one in each] if isinstance(each, list) else each

    assert canonical.digest(value) == canonical.digest(turned(value))


def test_canonical_text_refuses_what_machines_write_differently() -> None:
    for value in (inf, float("nan")):
        with pytest.raises(ValueError, match="finite"):
            canonical.dumps({"x": value})
    for other in ({1: 2}, {"x": object()}, {"x": {1, 2}}):
        with pytest.raises(TypeError):
            canonical.dumps(other)
    assert canonical.dumps("e\u0301") == canonical.dumps("\u00e9")


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        (-0.05, 0.05, "too_small"),
        (0.01, 0.05, "too_small"),
        (0.01, 0.30, "works"),
        (0.10, 0.30, "works"),
        (-0.30, -0.01, "harms"),
        (-0.01, 0.30, "cannot_tell"),
        (-inf, inf, "cannot_tell"),
    ],
)
def test_verdicts_in_their_order(low: float, high: float, code: str) -> None:
    found = verdict(low, high, 0.10)
    assert found.code == code
    assert found.enough == (low >= 0.10)


def test_without_a_lot_at_most_consistent() -> None:
    assert verdict(0.2, 0.4, 0.1, randomised=False, estimate=0.3).code == "observed"
    assert verdict(0.2, 0.4, 0.1, randomised=False, estimate=0.01).code == "observed_other"


def test_no_verdict_without_a_worthwhile_gain() -> None:
    with pytest.raises(VuonError):
        verdict(0.1, 0.2, 0)


def test_nothing_is_ever_called_proven() -> None:
    cases = [(-0.05, 0.05), (0.01, 0.3), (0.2, 0.3), (-0.3, -0.1), (-1, 1)]
    for language, word in (("en", "prove"), ("vi", "chứng minh")):
        for low, high in cases:
            found = verdict(low, high, 0.1)
            said = found.title.say(language) + found.sentence.say(language)
            assert word not in said.lower()


def test_missing_outcomes_are_filled_with_the_worst_and_the_best() -> None:
    def mean(y: object) -> float:
        return (y[0] + y[1]) / 2 - (y[2] + y[3]) / 2  # type: ignore[index]

    assert with_missing(mean, [1, None, None, 0], [1, 1, 0, 0], 0, 1) == (0.0, 1.0)
