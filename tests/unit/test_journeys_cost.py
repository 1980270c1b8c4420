"""Costs: the published formula on numbers reckoned by hand, and sums that must agree."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vuon.journeys.applying import Change, apply
from vuon.journeys.cost import (
    COMPONENTS,
    HOUR,
    MINIMUM_HOURS,
    HourValue,
    compliance,
    components,
    finishing,
    group_cost,
    saving,
    state_cost,
)
from vuon.journeys.file import read
from vuon.journeys.traffic import visits

EXAMPLES = Path(__file__).parents[2] / "examples" / "journeys"
TEN = HourValue(60_000, date(2026, 1, 1), "a round number")  # 1,000 đồng a minute


def test_the_hour_is_dated_and_is_gdp_by_working_hours() -> None:
    assert HOUR.value == pytest.approx(101_900_000 / 2112)
    assert round(HOUR.value, -1) == 48_250
    assert HOUR.since == date(2023, 12, 31) and HOUR.to_verify
    assert [each.value for each in MINIMUM_HOURS] == [23_800, 21_200, 18_600, 16_600]
    assert all(each.value < HOUR.value and each.to_verify for each in MINIMUM_HOURS)


def test_every_part_is_visible_and_they_sum() -> None:
    way = read(EXAMPLES / "disability_certificate.toml")
    sheet = compliance(way, way.group("blind"), hour=TEN, times_a_year=0.2, subjects=30)
    by_hand = {
        # learn 60 min; gathering takes days but 30 min; the record 120 min and 50,000 đ
        "prepare": 60_000 + 30_000 + 120_000 + 50_000,
        # 15 min at the desk, 20 of preparing, the trip 60 min and 80,000 đ
        "submit": 35_000 + 60_000 + 80_000,
        # the council sees them 12 min; a trip
        "work": 12_000 + 60_000 + 80_000,
        "receive": 5_000 + 60_000 + 80_000,
    }
    assert {name: round(sheet.of(name)) for name in COMPONENTS} == by_hand
    assert sheet.once == pytest.approx(sum(by_hand.values()))
    assert sheet.year == pytest.approx(sheet.once * 6)


def test_an_own_hour_goes_before_the_countrys() -> None:
    from dataclasses import replace

    way = read(EXAMPLES / "one_stop_monday.toml")
    group = way.group("copies")
    cheap = replace(group, hour_value=0.0)
    # Without a value of time only money is left: the fee and the way.
    assert compliance(way, cheap).once == pytest.approx(10_000 + 10_000)
    waited = compliance(way, group, hour=TEN, waits={"counter": 30})
    assert waited.once - compliance(way, group, hour=TEN).once == pytest.approx(30_000)


def test_who_never_finishes_pays_too() -> None:
    way = read(EXAMPLES / "child_is_born.toml")
    for group in way.groups:
        ends = finishing(way, group)
        assert ends["learn"] == pytest.approx(visits(way, group)["done"])
        cost = group_cost(way, group)
        assert 0 < cost.unfinished < cost.cost
        assert cost.per_completed > cost.cost + cost.state
    blind = group_cost(way, way.group("cannot_see"))
    ease = group_cost(way, way.group("at_ease"))
    assert blind.completion < ease.completion and blind.cost > ease.cost
    assert blind.unfinished / blind.cost > ease.unfinished / ease.cost


def test_the_state_pays_desk_minutes() -> None:
    way = read(EXAMPLES / "one_stop_monday.toml")
    assert state_cost(way, way.group("copies")) == pytest.approx(12 * 1000)
    assert state_cost(way, way.group("files_over_60")) == pytest.approx(18 * 1000)


def test_a_redesign_saves_what_it_no_longer_asks() -> None:
    way = read(EXAMPLES / "disability_certificate.toml")
    after = apply(way, [Change("health_record", "paper", {"reuse": 1})])
    group = way.group("carers")
    before, now = (compliance(each, group, hour=TEN).once for each in (way, after))
    assert before - now == pytest.approx(170_000)
    assert saving(before, now) == pytest.approx(170_000 / before)
    # A reused paper helps those who lacked it to come through, too.
    assert group_cost(after, group).completion > group_cost(way, group).completion


def test_branches_of_a_fork_are_both_counted_once() -> None:
    way = read(EXAMPLES / "child_is_born_one_bundle.toml")
    sheet = compliance(way, way.group("cannot_see"), hour=TEN)
    # 120 learn, 5 login, then 40 % the form of 10 minutes, 60 % help: 40 minutes and a trip.
    assert sheet.once == pytest.approx(125_000 + 4_000 + 0.6 * (40_000 + 60_000 + 80_000))
    assert components(way)["help"] == "submit"
