"""Searching texts: every spelling finds every spelling, at the right place, exact accents first."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vuon.evidence.search import Index
from vuon.evidence.text import blocks
from vuon.vietnamese import fold, nfc

TEXT = (
    "P03: Đường xa quá, phải chờ lâu ở một cửa; giấy tờ thiếu hoài.\n\n"
    "Người hỏi: Đi bằng gì, đò hay xe đạp? Được hướng dẫn không?\n\n"
    "Cán bộ sợ trách nhiệm nên đẩy hồ sơ lên huyện. Đêm mưa ngập, nghỉ.\n\n"
    "Ủy ban xã mở thêm quầy; thuận tiện hơn, khỏe hơn cho người già yếu."
)
WORDS = re.findall(r"\w+", TEXT)


def spellings(words):
    """A query in the ways people type it."""
    bare = fold(words)
    return {
        "accents": words,
        "bare": bare,
        "NFD": unicodedata.normalize("NFD", words),
        "capitals": words.upper(),
        "đ kept": "".join(s if s in "đĐ" else fold(s) for s in words),
    }


PAIRS = [
    (words, spelled)
    for length in (1, 2)
    for at in range(len(WORDS) - length + 1)
    if (words := " ".join(WORDS[at : at + length])) in TEXT
    for spelled in spellings(words).values()
]


def test_there_are_two_hundred_pairs():
    assert len(set(PAIRS)) >= 200


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_pair_is_found_where_it_stands(form):
    text = unicodedata.normalize(form, TEXT)
    index = Index.build([("n", text), ("other", "Không có gì.")])
    for words, query in PAIRS:
        found = [nfc(text[hit.start : hit.end]) for hit in index.search(query) if hit.key == "n"]
        assert words in found, (words, query)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_exact_accents_come_first(form):
    text = unicodedata.normalize(form, "Mà má mạ mả mã. Ma! mang")
    index = Index.build([("n", text)])
    for word in ("mà", "má", "mạ", "mả", "mã", "ma"):
        best, *rest = index.search(word)
        assert (nfc(best.words).lower(), best.exact) == (word, True)
        assert len(rest) == 6 and not any(hit.exact for hit in rest[1:])
        assert nfc(rest[-1].words).lower() in ("ma", "mã")


def test_a_whole_word_comes_before_a_beginning():
    index = Index.build([("n", "nhanh anh ảnh an")])
    assert [hit.start for hit in index.search("an")] == [14, 6, 10]


WORD = st.sampled_from(("đường", "duong", "Đương", "xa", "xã", "chờ", "ß", "🌱", "İ"))
PARAGRAPHS = st.lists(st.lists(WORD, min_size=1, max_size=6), max_size=4)
FORMS = st.sampled_from(("NFC", "NFD"))


def stored(paragraphs, form):
    return unicodedata.normalize(form, "\n\n".join(" ".join(words) for words in paragraphs))


@given(PARAGRAPHS, FORMS, WORD, WORD)
def test_phrases_are_those_a_plain_reading_finds(paragraphs, form, one, other):
    assume(fold(one) != fold(other))  # a place does not overlap the next
    text = stored(paragraphs, form)
    found = Index.build([("n", text)]).search(f'"{one} {other}"')
    pair = (fold(one), fold(other))
    assert all(tuple(fold(text[hit.start : hit.end]).split()) == pair for hit in found)
    assert len(found) == sum(
        (fold(first), fold(second)) == pair
        for words in paragraphs
        for first, second in pairwise(words)
    )


@given(PARAGRAPHS, FORMS, WORD, WORD)
def test_words_apart_are_found_in_every_block_that_holds_them(paragraphs, form, one, other):
    text = stored(paragraphs, form)
    found = Index.build([("n", text)]).search(f"{one} {other}")
    wanted = {fold(one), fold(other)}
    holding = [
        (block.start, block.end)
        for block in blocks(text)
        if wanted <= set(fold(text[block.start : block.end]).split())
    ]
    for hit in found:
        assert wanted <= set(fold(hit.words).split())
        assert hit.words == text[hit.start : hit.end]
    inside = {
        each for hit in found for each in holding if each[0] <= hit.start < hit.end <= each[1]
    }
    assert inside == set(holding)


def test_the_shortest_stretch_with_all_words_is_shown():
    text = "chờ mãi rồi mới thấy giấy; giấy đó phải chờ ký, chờ nữa"
    (hit,) = Index.build([("n", text)]).search("giay cho")
    assert hit.words == "giấy đó phải chờ"
    assert (hit.before, hit.after) == ("chờ mãi rồi mới thấy giấy; ", " ký, chờ nữa")


def test_words_in_different_blocks_are_not_found_together():
    index = Index.build([("n", "chờ lâu\n\nthiếu giấy"), ("m", "chờ lâu\nthiếu giấy")])
    assert index.search("lau thieu") == ()
    assert index.search('"lau thieu"') == ()
    index.add("m", "chờ lâu\nthiếu giấy\n\nxa")
    assert [hit.key for hit in index.search('"lau thieu"')] == ["m"], "a line is no paragraph"


def test_texts_come_and_go():
    index = Index.build([("n", "đò"), ("m", "đò")])
    index.remove("n")
    index.remove("n")
    assert [hit.key for hit in index.search("do")] == ["m"]
    index.add("m", "xe")
    assert index.search("do") == ()
    assert "n" not in index and "m" in index and len(index) == 1


@pytest.mark.parametrize("query", ["", "  ", '""', '" "', "\u0301", '"'])
def test_an_empty_query_finds_nothing(query):
    assert Index.build([("n", "đò")]).search(query) == ()


def test_at_most_as_many_as_asked_and_in_the_order_of_texts():
    index = Index.build([(f"n{nth}", "đò " * 20) for nth in range(5)])
    found = index.search("đò", limit=30)
    assert [(hit.key, hit.start) for hit in found] == [
        (f"n{nth}", 3 * at) for nth in range(2) for at in range(20)
    ][:30]
