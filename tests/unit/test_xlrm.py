"""The protocol between engines and whoever asks them many questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon import xlrm
from vuon.errors import VuonError
from vuon.ideas.model import Change as IdeaChange
from vuon.journeys.applying import Change as JourneyChange
from vuon.xlrm import Lever, Luck, Measure, Model, Outcome, Policy, Uncertainty, filled


class Toy:
    """Wait = people ÷ desks, the smallest model there is."""

    uncertainties: Sequence[Uncertainty] = (Uncertainty("people", 100, 140, light="said"),)
    levers: Sequence[Lever] = (Lever("desks", 1, 9, 5),)
    outcomes: Sequence[Outcome] = (Outcome("wait", "minute", "less"),)
    hash = "toy"

    def run(self, policy: Policy, uncertainties: Mapping[str, float], luck: Luck) -> xlrm.Result:
        people = filled(self.uncertainties, uncertainties)["people"]
        return {"wait": people / policy.levers.get("desks", self.levers[0].default)}

    def run_many(self, questions: Sequence[xlrm.Question]) -> list[xlrm.Result]:
        return xlrm.one_by_one(self, questions)


def test_a_model_is_what_has_the_parts() -> None:
    toy = Toy()
    assert isinstance(toy, Model) and not isinstance(object(), Model)
    nothing, more = Policy("nothing"), Policy("more", {"desks": 8})
    assert nothing.does_nothing and not more.does_nothing
    luck = Luck(7)
    asked: list[xlrm.Question] = [(nothing, {}, luck), (more, {"people": 140}, luck)]
    assert toy.run_many(asked) == [{"wait": 24.0}, {"wait": 17.5}]


def test_changes_of_ideas_are_changes() -> None:
    assert isinstance(IdeaChange("desk", values={"desks": 1}), xlrm.Change)
    assert isinstance(JourneyChange("desk"), xlrm.Change)


@given(st.floats(-10, 10), st.floats(0, 10), st.floats(0, 1, exclude_max=True))
def test_values_stay_in_their_range(low: float, width: float, u: float) -> None:
    each = Uncertainty("x", low, low + width)
    assert each.holds(each.usual) and each.low - 1e-9 <= each.at(u) <= each.high + 1e-9


def test_levels_are_equally_wide() -> None:
    each = Uncertainty("x", levels=(3.0, 1.0, 2.0, 9.0))
    assert [each.at(n / 8) for n in range(8)] == [3, 3, 1, 1, 2, 2, 9, 9]
    assert each.usual == 3 and not each.holds(4)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="low is above high"):
        Uncertainty("x", 3, 2)
    with pytest.raises(ValueError, match="outside"):
        Uncertainty("x", 0, 1, default=2)
    with pytest.raises(ValueError, match="outside"):
        Lever("x", 0, 1, 2)
    with pytest.raises(ValueError, match="direction"):
        Measure("m", "wait", 3, "down")
    for values, code in (({"y": 1}, "xlrm.unknown"), ({"people": 500}, "xlrm.outside")):
        with pytest.raises(VuonError) as caught:
            filled(Toy.uncertainties, values)
        assert caught.value.code == code


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_regret_is_never_negative_and_0_at_the_best(value: float, best: float) -> None:
    for direction in xlrm.DIRECTIONS:
        measure = Measure("m", "wait", 0, direction)
        assert measure.regret(value, best) >= 0
        assert measure.regret(best, best) == 0
    assert Measure("m", "x", 3, "more").holds(3) and Measure("m", "x", 3, "less").holds(3)
