"""An idea as a file."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.ideas.file import read, write
from vuon.ideas.model import EDITS, Change, Cost, Idea, Rule, missing
from vuon.toml.table import Text

words = st.text("aăđ ê\"\\'#[]=", min_size=1, max_size=20).map(str.strip).filter(bool)
texts = st.builds(Text, words, st.just("") | words)
days = st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1))
services = st.builds(
    Change,
    st.sampled_from(("", "desk", "know")),
    texts,
    st.just("service"),
    st.sampled_from(EDITS),
    st.dictionaries(
        st.sampled_from(("share", "minutes")), st.integers(-9, 9).map(float), max_size=2
    ),
    st.booleans(),
    st.lists(st.sampled_from(("finding:1", "finding:2")), max_size=2, unique=True).map(tuple),
)
rules = st.builds(
    Change,
    st.just(""),
    texts,
    st.just("rule"),
    st.just("rule"),
    rule=st.builds(Rule, texts, texts, texts, texts, days),
)
ideas = st.builds(
    Idea,
    st.just("idea"),
    texts,
    texts,
    texts,
    st.sampled_from(("", "A", "B", "C")),
    st.builds(Cost, st.integers(0, 90), st.integers(0, 90), st.integers(0, 40)),
    st.lists(services | rules, max_size=4).map(tuple),
)


@given(ideas)
def test_what_is_written_is_what_is_read(idea: Idea) -> None:
    assert read(write(idea)) == idea
    assert write(read(write(idea))) == write(idea)


def test_a_missing_target_is_named() -> None:
    idea = Idea("a", Text("A"), changes=(Change("desk"), Change("gone"), Change("desk")))
    assert idea.targets == ("desk", "gone")
    assert missing(idea, ["desk", "queue"]) == ("gone",)


def test_a_rule_is_a_rule() -> None:
    text = 'format = 1\nkey = "a"\nname = "A"\n[[change]]\ntext = "x"\n[change.rule]\narticle = "Điều 5"\n'
    with pytest.raises(VuonError) as caught:
        read(text)
    assert caught.value.code == "idea.rule"
    changed = read(text.replace('text = "x"', 'kind = "rule"'))
    assert changed.bends_rule and changed.changes[0].rule == Rule(Text("Điều 5"))


def test_cost_of_two_is_the_longer_time_and_both_sums() -> None:
    assert Cost(10, 8, 1) + Cost(5, 30, 10) == Cost(10, 38, 11)
