"""Carrying passages: laws of the map, and that nothing is ever silently wrong."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon.evidence.anchor import (
    ALIKE,
    CHANGED,
    EXACT,
    MOVED,
    ORPHAN,
    DiffMap,
    Passage,
    difference,
    reanchor,
)
from vuon.evidence.text import folded

#: Few words and signs, so that drawn texts repeat themselves and resemble each other.
PIECES = (
    "chờ",
    "cho",
    "lâu",
    "Đường",
    "duong",
    "xa",
    " ",
    " ",
    ". ",
    ", ",
    "\n\n",
    "\n",
    "🌱",
    "ở",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def carried(old, new, *passages):
    return reanchor(difference(old, new), old, new, [Passage(*each) for each in passages])


def every_passage(text):
    return st.integers(0, len(text) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, len(text)))
    )


@given(TEXTS.filter(bool), st.data())
def test_the_same_text_keeps_every_passage(text, data):
    passage = data.draw(every_passage(text))
    assert carried(text, text, passage) == ((*passage, EXACT, 1.0),)


@given(TEXTS, TEXTS)
def test_the_map_runs_forward_through_both_and_pairs_like_letters(old, new):
    found = difference(old, new)
    at = to = 0
    for run in found.runs:
        assert run.old >= at and run.new >= to and run.length > 0
        at, to = run.old + run.length, run.new + run.length
        assert folded(old[run.old : at]) == folded(new[run.new : to])
    assert at <= len(old) and to <= len(new)
    for position in range(len(old)):
        image = found.image(position)
        assert image is None or folded(old[position]) == folded(new[image])


@given(TEXTS, TEXTS)
def test_the_map_comes_back_from_its_rows(old, new):
    found = difference(old, new)
    assert DiffMap.of(json.loads(json.dumps(found.runs))) == found


@given(TEXTS.filter(bool), TEXTS, st.data())
def test_a_state_is_never_better_than_the_words(old, new, data):
    start, end = data.draw(every_passage(old))
    (now,) = carried(old, new, (start, end))
    words, there = old[start:end], new[now.start : now.end]
    assert 0 <= now.start <= now.end <= len(new)
    assert 0 <= now.similarity <= 1
    if now.state == EXACT:
        assert there == words
    elif now.state == MOVED:
        assert now.similarity >= ALIKE and there.strip() == there != ""
        assert folded(there)[:1] in folded(words)
    elif now.state == CHANGED:
        assert there
    else:
        assert (now.state, there, now.similarity) == (ORPHAN, "", 0.0)


@given(
    st.integers(0, 59),
    st.integers(0, 6),
    st.lists(st.sampled_from(("bảy", "giờ", "chờ.", "\n\n", "P03:")), max_size=8),
    st.sampled_from((" ", ". ", "\n", "\n\n")),
)
def test_what_lies_outside_one_edit_stays_exact(place, taken, put, between):
    words = [f"từ{nth}" for nth in range(60)]
    old = between.join(words)
    new = between.join(words[:place] + put + words[place + taken :])
    rest = words[:place] + words[place + taken :]
    passages = [Passage(at, at + len(word)) for word in rest if (at := old.index(word)) >= 0]
    moved = carried(old, new, *passages)
    assert [(now.state, new[now.start : now.end]) for now in moved] == [(EXACT, w) for w in rest]


def at(text, words):
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("old", "words", "new", "state", "there"),
    [
        ("Chờ lâu.", "Chờ lâu", "Xin chào.\n\nChờ lâu.", EXACT, "Chờ lâu"),
        # accents, đ and capitals put right under the coding
        ("duong xa lam", "duong xa", "Đường xa lắm", MOVED, "Đường xa"),
        # a slip of one letter within a long passage
        (
            "cán bộ sợ trách niệm nên chuyển",
            "sợ trách niệm",
            "cán bộ sợ trách nhiệm nên chuyển",
            MOVED,
            "sợ trách nhiệm",
        ),
        # a paragraph divided within the passage
        (
            "chờ lâu rồi mới về",
            "lâu rồi mới về",
            "chờ lâu\n\nrồi mới về",
            MOVED,
            "lâu\n\nrồi mới về",
        ),
        # more was put in than was there
        ("chờ lâu", "chờ lâu", "chờ rồi lại chờ thêm lâu", CHANGED, "chờ rồi lại chờ thêm lâu"),
        # a name blocked: the passage around it is told to a person, never cut through
        ("Gặp ông Nguyễn Văn Tám rồi.", "ông Nguyễn Văn Tám", "Gặp [người 3] rồi.", ORPHAN, ""),
        ("Xin chào. Chờ lâu. Đường xa.", "Chờ lâu.", "Xin chào. Đường xa.", ORPHAN, ""),
        # the words were put elsewhere: that is only proposed, not done
        ("Một hai.\nBa bốn.\nNăm.", "Một hai", "Ba bốn.\nNăm.\nMột hai.", ORPHAN, ""),
    ],
)
def test_what_becomes_of_a_passage(old, words, new, state, there):
    (now,) = carried(old, new, at(old, words))
    assert (now.state, new[now.start : now.end]) == (state, there)


def test_one_of_several_equal_quotes_is_not_guessed():
    old = "Ừ. Chờ lâu. Dạ. Chờ lâu. Vâng."
    new = "Dạ. Chờ lâu. Vâng."
    first, second = (3, 10), (16, 23)
    assert old[slice(*first)] == old[slice(*second)] == "Chờ lâu"
    one, other = carried(old, new, first, second)
    assert one.state in (CHANGED, ORPHAN)
    assert (other.state, new[other.start : other.end]) == (EXACT, "Chờ lâu")
    one, other = carried("Dạ.\nDạ.", "Dạ.", (0, 3), (4, 7))
    assert {one.state, other.state} <= {CHANGED, ORPHAN}


def test_an_orphan_says_where_it_would_stand():
    old, new = "Một. Chờ lâu. Hai.", "Một. Hai."
    (now,) = carried(old, new, at(old, "Chờ lâu."))
    assert (now.start, now.end) == (5, 5)


def test_a_text_in_decomposed_letters_is_the_same_text():
    new = "Đường xa, chờ lâu.\n\nCán bộ sợ trách nhiệm."
    old = unicodedata.normalize("NFD", new)
    words = [unicodedata.normalize("NFD", word) for word in new.replace("\n\n", " ").split(" ")]
    for word, now in zip(words, carried(old, new, *(at(old, word) for word in words)), strict=True):
        assert now.state in (EXACT, MOVED, CHANGED)
        assert new[now.start : now.end] == unicodedata.normalize("NFC", word)
