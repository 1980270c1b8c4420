"""Units: what is written is understood in both languages, and what does not fit is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.quantities import UNITS, convert, parse, show, unit


@pytest.mark.parametrize(
    ("text", "target", "value"),
    [
        ("12 phút", "minute", 12),
        ("1,5 giờ", "minute", 90),
        ("2 days", "hour", 48),
        ("25.000 đồng", "VND", 25_000),
        ("1.250.000đ", "VND", 1_250_000),
        ("2,5 triệu", "VND", 2_500_000),
        ("1,234.5 min", "minute", 1234.5),
        ("57%", "1", 0.57),
        ("3", "day", 3),
        ("-4 phút", "minute", -4),
        ("30 người", "person", 30),
    ],
)
def test_people_write_it_so(text: str, target: str, value: float) -> None:
    assert parse(text, target) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [("mười phút", "quantity.number"), ("3 bước", "quantity.unit"), ("3 đồng", "quantity.mixed")],
)
def test_what_does_not_fit_is_refused(text: str, code: str) -> None:
    with pytest.raises(VuonError) as caught:
        parse(text, "minute")
    assert caught.value.code == code


@given(st.floats(0.01, 1e6), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)))
def test_there_and_back(value: float, a: str, b: str) -> None:
    if unit(a).fits(unit(b)):
        assert convert(convert(value, a, b), b, a) == pytest.approx(value)
    else:
        with pytest.raises(VuonError):
            convert(value, a, b)


def test_units_are_reckoned_with() -> None:
    assert convert(144, "person/day", "person/hour") == pytest.approx(6)
    assert unit("VND/hour").powers == (("VND", 1), ("minute", -1))
    assert unit("person*hour/person").powers == (("minute", 1),)


def test_they_are_shown_in_a_unit_that_suits() -> None:
    assert show(5, "minute", "vi") == "5 phút"
    assert show(12.34, "minute", "vi") == "12,3 phút"
    assert show(150, "minute", "en") == "2.5 h"
    assert show(1_250_000, "VND", "vi") == "1,2 triệu đồng"
    assert show(0.314, "1", "en") == "31%"
    assert show(0.055, "1", "vi") == "5,5%"
    assert show(30, "person", "vi") == "30 người"
