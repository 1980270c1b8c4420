"""Opening minutes: nights, lunch and holidays never count."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuon.journeys.calendars import (
    DAY,
    OpeningClock,
    arrival_rates,
    desks,
    merged,
    opening,
    resource_clock,
)
from vuon.journeys.model import (
    Arrivals,
    Calendar,
    Figure,
    Group,
    Journey,
    Resource,
    Share,
    Shift,
    Span,
)
from vuon.toml.table import Text

MONDAY = date(2026, 8, 3)
intervals = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(1, 500)), min_size=1, max_size=9
).map(lambda found: merged((a, a + b) for a, b in found))


@settings(deadline=None)
@given(intervals, st.floats(0, 6000), st.floats(0, 6000))
def test_the_opening_clock_rises_by_open_minutes_only(
    found: tuple[tuple[float, float], ...], a: float, b: float
) -> None:
    clock = OpeningClock(found)
    a, b = min(a, b), max(a, b)
    passed = clock.opened(b) - clock.opened(a)
    inside = sum(max(0.0, min(b, end) - max(a, start)) for start, end in found)
    assert passed == pytest.approx(inside, abs=1e-6)
    assert 0 <= passed <= b - a + 1e-9


@settings(deadline=None)
@given(intervals, st.floats(0.001, 1))
def test_the_inverse_is_the_first_moment(
    found: tuple[tuple[float, float], ...], part: float
) -> None:
    clock = OpeningClock(found)
    minutes = part * clock.total
    moment = clock.moment(minutes)
    assert clock.opened(moment) == pytest.approx(minutes, abs=1e-6)
    assert clock.opened(moment - 0.01) < minutes + 1e-6
    assert any(start <= moment <= end for start, end in found)


def test_a_back_office_does_not_work_at_night_at_lunch_or_on_a_holiday() -> None:
    clock = opening(Calendar(MONDAY, 14, holidays=(date(2026, 8, 4),)))
    # Monday 16:30 and 60 opening minutes: Tuesday is a holiday, so Wednesday 8:00.
    assert clock.later(16 * 60 + 30, 60) == 2 * DAY + 8 * 60
    assert clock.later(11 * 60, 60) == 14 * 60  # lunch
    # Friday 17:00, one minute: Monday 7:31.
    assert clock.later(4 * DAY + 17 * 60, 1) == 7 * DAY + 7 * 60 + 31
    assert clock.next_open(5 * DAY) == 7 * DAY + 450
    with pytest.raises(ValueError, match="opening minutes"):
        clock.moment(1e6)


def test_shifts_add_up_and_end() -> None:
    counter = Resource(
        "counter", shifts=(Shift(450, 690, 5), Shift(480, 600, 2, (0,)), Shift(690, 720, 1))
    )
    found = desks(counter, Calendar(MONDAY, 2))
    assert found[:6] == ((0, 0), (450, 5), (480, 7), (600, 5), (690, 1), (720, 0))
    assert found[6:] == ((DAY + 450, 5), (DAY + 690, 1), (DAY + 720, 0))
    assert resource_clock(counter, Calendar(MONDAY, 2)).intervals == (
        (450, 720),
        (DAY + 450, DAY + 720),
    )


def test_arrivals_of_a_week_are_what_the_file_says() -> None:
    spans = (
        Span(450, 690, 0.8, (0,)),
        Span(450, 690, 0.62, (1, 2, 3, 4)),
        Span(810, 1020, 0.38),
        Span(450, 480, 1.0, (5,), "late"),
    )
    way = Journey(
        "a",
        Text(),
        calendar=Calendar(MONDAY, 7, holidays=(date(2026, 8, 5),)),
        groups=(Group("old", Share(0.25)), Group("late", Share(0.75))),
        arrivals=Arrivals(Figure(100), (("late", Figure(8)),), spans),
    )

    def mass(group: str) -> float:
        rates = arrival_rates(way, way.group(group))
        return sum(r * (b - a) for (a, r), (b, _) in itertools.pairwise(rates))

    assert mass("old") == pytest.approx(25 * (1.18 + 3))
    assert mass("late") == pytest.approx(8)  # only its own span: Saturday
