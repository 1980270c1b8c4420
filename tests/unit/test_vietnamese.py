"""Vietnamese text: laws of folding and sorting, figures as written in Viet Nam."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon import vietnamese

LETTERS = st.text("aăâáàảãạằẫợđĐeêghiklmnoôơpqrstuưvxyỳ ẤỔỮ-'0129")


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert vietnamese.fold(vietnamese.fold(text)) == vietnamese.fold(text)


@given(LETTERS)
def test_composed_and_decomposed_text_are_the_same(text):
    apart = unicodedata.normalize("NFD", text)
    assert vietnamese.fold(apart) == vietnamese.fold(text)
    assert vietnamese.nfc(apart) == vietnamese.nfc(text)
    assert vietnamese.sort_key(apart) == vietnamese.sort_key(text)
    assert vietnamese.has_marks(apart) == vietnamese.has_marks(text)


@given(LETTERS)
def test_folded_vietnamese_is_plain(text):
    assert vietnamese.fold(text).isascii()


@given(st.text(), st.text())
def test_sorting_is_a_total_order(one, other):
    keys = vietnamese.sort_key(one), vietnamese.sort_key(other)
    assert (keys[0] == keys[1]) == (vietnamese.nfc(one) == vietnamese.nfc(other))


def test_the_alphabet_and_the_tones_sort_as_in_a_dictionary():
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert sorted(set(letters), key=vietnamese.sort_key) == letters
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(set(tones), key=vietnamese.sort_key) == tones
    places = ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đồng Nai"]
    assert sorted(set(places), key=vietnamese.sort_key) == places


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0, None, "0"),
        (-0.0, None, "0"),
        (1234567.8, None, "1.234.567,8"),
        (1234567.8, 2, "1.234.567,80"),
        (0.125, 2, "0,13"),
        (-0.004, 2, "0,00"),
        (999.5, 0, "1.000"),
        (1e21, None, "1.000.000.000.000.000.000.000"),
        (Decimal("12345678901234567890123456789.5"), 1, "12.345.678.901.234.567.890.123.456.789,5"),
    ],
)
def test_figures(value, decimals, shown):
    assert vietnamese.number(value, decimals) == shown


@given(st.integers())
def test_a_whole_number_reads_back(value):
    assert int(vietnamese.number(value).replace(".", "")) == value


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_finite_is_refused(value):
    with pytest.raises(ValueError):
        vietnamese.number(value)


def test_percent_has_no_space():
    assert vietnamese.percent(0.57) == "57%"
    assert vietnamese.percent(0.005, 1) == "0,5%"
