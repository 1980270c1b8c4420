"""Tags: variants are one value, every value has a label, unknown values stay as written."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon.challenges import classify

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
KEYS = st.sampled_from(classify.KEYS)


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("methods", "System Thinking", "Systems thinking"),
        ("methods", "Behavioral Insights", "behavioural insights"),
        ("methods", "Visual Thinking & Mapping", "visual thinking &amp; mapping"),
        ("methods", "Data Visualisation", "data visualization"),
        ("datasources", "in depth interviews", "in-depth interviews"),
        ("datasources", "survey", "Surveys"),
        ("datasources", "tracking data,", "tracking data"),
        ("thematic_areas", "co creation", "co -creation"),
        ("thematic_areas", "transparency and accountability\\", "Transparency and accountability"),
        ("sdgs", "10. Reduced innequalities", "SDG 10"),
        ("sdgs", "8", "Decent work and economic growth"),
        ("stages", "thử nghiệm", "Test"),
    ],
)
def test_variants_are_one_value(key, one, other):
    assert classify.canonical(key, one) == classify.canonical(key, other)
    assert classify.canonical(key, one) in classify.values(key)


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("datasources", "ethnography", "ethnographic data"),
        ("datasources", "qualitative interviews", "interviews"),
        ("methods", "Future Analysis", "Foresight"),
        ("thematic_areas", "covid-19", "covid-19 response"),
    ],
)
def test_different_values_stay_different(key, one, other):
    assert classify.canonical(key, one) != classify.canonical(key, other)


@given(KEYS, st.text())
def test_the_usual_spelling_is_its_own_usual_spelling(key, value):
    once = classify.canonical(key, value)
    assert classify.canonical(key, once) == once


def test_labels_are_complete_and_lead_back():
    for key in classify.KEYS:
        usual = classify.values(key)
        assert len(usual) == len(set(usual))
        for value in usual:
            vietnamese = classify.label(key, value, "vi")
            assert vietnamese and classify.label(key, value, "en") == value
            assert classify.canonical(key, value) == value
    labels = Counter(classify.label("sdgs", value, "vi") for value in classify.values("sdgs"))
    assert len(labels) == 17


def test_no_label_uses_the_word_that_scares_leaders():
    for key in classify.KEYS:
        assert not any(
            "hộp cát" in classify.label(key, value, "vi") for value in classify.values(key)
        )


def test_what_is_not_known_stays_as_written():
    assert classify.label("methods", " tea  ceremony ", "vi") == "tea ceremony"
    assert classify.canonical("year", "2022") == "2022"
    assert classify.values("year") == ()


def test_every_value_of_the_corpus_has_a_vietnamese_label():
    folder = SHARED / "commons"
    if not folder.is_dir():
        pytest.skip("the shared corpus is not beside the repository")
    found: Counter[tuple[str, str]] = Counter()
    for path in [*folder.glob("*.md"), SHARED / "plan" / "founding-plan.md"]:
        text = path.read_text("utf-8", errors="replace")
        found.update(
            re.findall(r"^\[\[(methods|datasources|sdgs|thematic_areas):(.*)\]\]", text, re.M)
        )
    unknown = {
        (key, value): count
        for (key, value), count in found.items()
        if classify.canonical(key, value) not in classify.values(key)
    }
    # Two data sources of the corpus are whole paragraphs and have no label.
    rare = [pair for pair in unknown if pair[0] != "thematic_areas" and len(pair[1]) < 100]
    assert rare == []
    assert not [
        pair for pair, count in unknown.items() if pair[0] == "thematic_areas" and count > 1
    ]
