"""Text as evidence: laws of cleaning, of blocks, of sentences and of positions."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.evidence.text import blocks, clean, from_utf16, sentences, snap, to_utf16

#: What transcripts hold, and what should not be in them.
SIGNS = st.text(
    st.one_of(
        st.sampled_from(
            "aăâđĐêôơưếệ Huyện.,:;!?…“”\"'()-–\n\n\n\r\t 0123P🌱"
            "\u0301\u0323\u0302\u200b\u200d\u202e\u2066\u00a0\ufeff\x00\x0c\x85\u2028"
        ),
        st.characters(),
    ),
    max_size=60,
)


@given(SIGNS)
def test_cleaned_text_is_composed_plain_and_stays_as_it_is(raw):
    text = clean(raw).text
    assert clean(text).text == text
    assert not clean(text).notes
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"\n\n\n|\r|[ \t]\n|[ \t]\Z", text)
    hidden = {"Cc", "Cs"} - {unicodedata.category("\n")}
    assert all(sign in "\n\t" or unicodedata.category(sign) not in hidden for sign in text)
    assert not any(unicodedata.bidirectional(s) in {"RLO", "LRO", "RLE", "LRE"} for s in text)
    text.encode("utf-8")


@given(SIGNS)
def test_cleaning_loses_no_word(raw):
    def letters(text):
        return [sign for sign in unicodedata.normalize("NFC", text) if sign.isalnum()]

    seen = re.sub("[^\\w\\s\u0300-\u0323]", "", raw)
    assert letters(clean(seen).text) == letters(seen)


def test_what_was_hidden_is_counted():
    cleaned = clean("Chờ\u202e lâu\u2069 ở\u200b một\x00 cửa")
    assert cleaned.text == "Chờ lâu ở một cửa"
    assert [note.fields["count"] for note in cleaned.notes] == [2, 2]


@pytest.mark.parametrize("raw", ["{}", "\ufeff{}", "{}\r\n\r\n\r\n", "{} \t"])
def test_one_text_in_any_spelling_is_one(raw):
    text = "Người dân chờ lâu 🌱 ở một cửa.\nCán bộ sợ trách nhiệm.\nĐường xa."
    for form in ("NFC", "NFD"):
        for ends in ("\n", "\r\n", "\r"):
            given_text = raw.format(unicodedata.normalize(form, text).replace("\n", ends))
            assert clean(given_text) == clean(text)
    assert clean(text).text == text


@given(SIGNS)
def test_blocks_and_sentences_hold_every_word_once_in_order(raw):
    text = clean(raw).text
    for spans in ([(b.start, b.end) for b in blocks(text)], list(sentences(text))):
        at = 0
        for start, end in spans:
            assert at <= start < end <= len(text)
            assert not text[at:start].strip()
            assert text[start:end] == text[start:end].strip()
            at = end
        assert not text[at:].strip()


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("P03: Chờ lâu.", "P03"),
        ("Người hỏi: Sao ạ?", "Người hỏi"),
        ("Cô Tư (bán cá): Xa lắm.", "Cô Tư (bán cá)"),
        ("ThS. Lan : Dạ.", "ThS. Lan"),
        ("P03:\nChờ lâu.", "P03"),
        ("8:30 mở cửa.", ""),
        ("https://a.example/b là trang đó.", ""),
        ("Tôi nói rồi. Ổng trả lời: không.", ""),
        ("“Sao lâu vậy”: chị hỏi.", ""),
        ("Một câu dài hơn ba mươi chữ cái rồi: mới tới dấu.", ""),
    ],
)
def test_who_speaks(line, speaker):
    (block, *_) = blocks(f"{line}\n\nHết.")
    assert (block.speaker, block.kind) == (speaker, "turn" if speaker else "paragraph")


def test_blank_lines_divide_blocks_else_lines():
    assert len(blocks("Một\nhai\n\nba")) == 2
    assert len(blocks("Một\nhai\nba")) == 3
    assert blocks("  \n \n") == ()


def test_turns_without_blank_lines_between_are_not_given_to_one_person():
    text = "Ghi ngày đầu\nP03: Chờ lâu.\nRồi về.\nNgười hỏi: Ạ?\n\nP03: Xa.\nNgười hỏi: Vâng."
    found = [(b.speaker, text[b.start : b.end].count("\n")) for b in blocks(text)]
    assert found == [("", 0), ("P03", 1), ("Người hỏi", 0), ("P03", 0), ("Người hỏi", 0)]


SENTENCES = [
    "Chờ 2,1 lần, mất 1.234.567 đồng.",
    "Ở TP. Huế có UBND. phường mới.",
    "ThS. Lan ở Q. 1, P. Bến Nghé.",
    "Cần giấy tờ, ảnh, v.v. và nhiều thứ!",
    "Hồ sơ gồm đơn, ảnh v.v.",
    "Rồi… chờ tiếp.",
    "Chờ... lâu lắm…",
    "“Sao lâu vậy?” chị hỏi.",
    'Ông bảo: "Mai quay lại."',
    "(Cười.)",
    "Gặp ngoài cửa?!",
    "They waited 2.5 hours, e.g. at desk no. 3.",
    "Dr. Lee said it was fine.",
]


def test_each_sentence_is_one_when_they_stand_in_a_row():
    text = " ".join(SENTENCES)
    assert [text[a:b] for a, b in sentences(text)] == SENTENCES


@pytest.mark.parametrize("sentence", ["1. Chờ lâu.", "a. Đường xa.", "- Thiếu giấy."])
def test_the_number_of_a_list_is_no_sentence(sentence):
    assert sentences(sentence) == ((0, len(sentence)),)


def test_sentences_of_a_part_are_those_of_the_whole():
    text = "P03: Chờ lâu. Xa.\n\nP04: Dạ. Vâng."
    parts = [sentences(text, block.start, block.end) for block in blocks(text)]
    assert sum(parts, ()) == sentences(text)


@given(SIGNS, st.data())
def test_positions_in_utf16_are_those_of_the_encoded_text(raw, data):
    text = clean(raw).text
    positions = data.draw(st.lists(st.integers(0, len(text))))
    units = to_utf16(text, positions)
    assert list(units) == [len(text[:at].encode("utf-16-le")) // 2 for at in positions]
    assert list(from_utf16(text, units)) == positions


def test_a_position_within_an_emoji_is_before_it():
    assert from_utf16("🌱a", [1]) == (0,)


@pytest.mark.parametrize("call", [to_utf16, from_utf16])
@pytest.mark.parametrize("position", [-1, 5])
def test_positions_outside_are_refused(call, position):
    with pytest.raises(VuonError) as caught:
        call("🌱ab", [position])
    assert caught.value.code == "evidence.outside"


@given(SIGNS, st.data())
def test_snapping_keeps_the_words_and_only_once(raw, data):
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    if not raw[start:end].strip():
        with pytest.raises(VuonError) as caught:
            snap(raw, start, end)
        assert caught.value.code == "evidence.nothing_marked"
        return
    found = snap(raw, start, end)
    assert raw[slice(*found)] == raw[start:end].strip()
    assert snap(raw, *found) == found


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 9)])
def test_a_range_outside_the_text_is_refused(start, end):
    with pytest.raises(VuonError) as caught:
        snap("chờ lâu", start, end)
    assert caught.value.code == "evidence.outside"
