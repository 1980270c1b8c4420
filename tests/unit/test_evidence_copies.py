"""Copies of a withdrawn voice: found however they were retyped, and covered."""

from __future__ import annotations

import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from vuon.evidence.copies import find, tombstone
from vuon.vietnamese import fold

SOURCE = (
    "Hôm đó tôi đến từ bảy giờ, ngồi tới trưa mà chưa ai gọi. Cô ấy bảo thiếu bản sao, "
    "tôi lại về. Lần thứ ba mới xong."
)
words = st.lists(
    st.sampled_from(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]),
    max_size=30,
)


def test_a_retyped_quote_is_found() -> None:
    """Without accents, in capitals, over two lines, with other punctuation, decomposed."""
    copies = (
        "ngồi tới trưa mà chưa ai gọi",
        "Ngoi toi trua ma chua ai goi",
        "NGỒI TỚI TRƯA -\nMÀ CHƯA AI GỌI",
        unicodedata.normalize("NFD", "ngồi tới trưa, mà chưa ai gọi"),
    )
    for copy in copies:
        other = f"Bà kể: “{copy}”, rồi thôi."
        assert [other[a:b] for a, b in find(SOURCE, other)] == [copy]


def test_short_runs_are_common_speech_unless_they_are_quotes() -> None:
    """Five words may be anybody's; a quote counts however short it is."""
    other = "Người khác nói: cô ấy bảo thiếu bản. Chưa ai gọi!"
    assert find(SOURCE, other) == ()
    assert [other[a:b] for a, b in find(SOURCE, other, 5)] == ["cô ấy bảo thiếu bản"]
    found = find(SOURCE, other, quotes=["chưa ai gọi", "", "…"])
    assert [other[a:b] for a, b in found] == ["Chưa ai gọi"]


@given(words, words, st.integers(1, 5))
def test_exactly_the_words_of_common_runs(source: list[str], other: list[str], least: int) -> None:
    """A word is covered if and only if it stands in a run of the source: by brute force."""
    runs = [source[n : n + least] for n in range(len(source) - least + 1)]
    wanted = set()
    for first in range(len(other) - least + 1):
        if other[first : first + least] in runs:
            wanted |= set(range(first, first + least))
    text = " ".join(other)
    at, places = 0, {}
    for number, word in enumerate(other):
        places[number] = (at, at + len(word))
        at += len(word) + 1
    spans = find(" ".join(source), text, least)
    covered = {n for n, (a, b) in places.items() if any(x <= a and b <= y for x, y in spans)}
    assert covered == wanted
    # As in the product the mark holds words, else what stands on both sides would be read together.
    assert find(" ".join(source), tombstone(text, spans, "[đã rút]"), max(2, least)) == ()


def test_a_tombstone_covers_and_keeps_the_rest() -> None:
    """Overlapping spans get one mark."""
    assert tombstone("abcdefg", [(4, 6), (1, 3), (2, 5)], "*") == "a*g"
    assert tombstone("abc", [], "*") == "abc"


def test_a_copy_in_a_long_text_is_found() -> None:
    """A tenth of the largest, by which a search that compares all with all would be caught."""
    chance = random.Random(3)
    syllables = [
        a + b + c
        for a in ("", "b", "ch", "ng", "tr")
        for b in "aăâeêioôơuư"
        for c in ("", "n", "t")
    ]
    text = " ".join(chance.choices(syllables, k=28_000))
    other = " ".join(chance.choices(syllables, k=5_000)) + " " + text[50_000:50_200]
    found = find(text, other)
    assert fold(other[found[-1][0] : found[-1][1]]) in fold(text)
