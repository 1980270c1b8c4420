"""What ideas do to a journey: each value does what it says, and nothing is skipped in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vuon.errors import VuonError
from vuon.ideas.file import read as read_idea
from vuon.ideas.model import Idea
from vuon.journeys.applying import Change, apply, edge_address, gone, in_words_only
from vuon.journeys.calendars import desks
from vuon.journeys.dists import mean
from vuon.journeys.file import read, write
from vuon.journeys.model import Document, Journey, Resource
from vuon.journeys.running import runnable
from vuon.journeys.traffic import cases, loads, visits

EXAMPLES = Path(__file__).parents[2] / "examples" / "journeys"


def journey(name: str) -> Journey:
    return read(EXAMPLES / f"{name}.toml")


def ideas() -> Iterator[tuple[str, Idea]]:
    for path in sorted(EXAMPLES.glob("ideas/*/*.toml")):
        yield path.parent.name, read_idea(path)


def plain(idea: Idea) -> list[Change]:
    return [Change(each.target, each.edit, each.values) for each in idea.changes]


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.toml")))
def test_the_examples_run(name: str) -> None:
    found = journey(name)
    assert runnable(found) == ()
    assert read(write(found)) == found
    assert max(loads(found).values()) < 0.95
    assert all(step.title.vi and step.title.en and step.office.en for step in found.steps)


@pytest.mark.parametrize(
    ("name", "idea"), list(ideas()), ids=lambda each: getattr(each, "key", each)
)
def test_each_idea_changes_its_journey_and_still_runs(name: str, idea: Idea) -> None:
    before = journey(name)
    after = apply(before, plain(idea))
    assert after.hash != before.hash and runnable(after) == ()
    assert before == journey(name)  # the old one stays
    assert after.keys == before.keys and read(write(after)) == after


def test_journey6_is_the_one_that_is_described() -> None:
    found = read(Path(__file__).with_name("journey6.toml"))
    assert runnable(found) == ()
    often = visits(found, found.group("all"))
    # Everybody who stays is given something back once. One of twenty back offices and one of ten
    # counters go back; a quarter of the checks goes back to the reception.
    assert often["giving_back"] == pytest.approx(1)
    assert often["counter"] == pytest.approx(1 / (0.95 * 0.9))
    assert often["check"] == pytest.approx(often["reception"] + 0.1 * often["counter"])
    assert often["reception"] == pytest.approx(1 + 0.25 * often["check"])


def one(target: str, **values: float) -> list[Change]:
    return [Change(target, "step", values)]


def test_times_shares_and_papers() -> None:
    way = journey("disability_certificate")
    assert mean(
        apply(way, one("reception", service_factor=0.5)).step("reception").service
    ) == pytest.approx(7.5)  # type: ignore[arg-type]
    assert mean(
        apply(way, one("reception", service_minutes=9)).step("reception").service
    ) == pytest.approx(9)  # type: ignore[arg-type]
    helped = apply(way, one("reception", missing_factor=0.5, group_blind=1))
    assert helped.document("health_record").missing_of("blind").value == pytest.approx(0.15)
    assert helped.document("health_record").missing_of("carers").value == 0.3
    assert helped.document("health_record").missing_of("blind").light == "assumed"
    reused = apply(way, one("health_record", reuse=1))
    assert reused.step("reception").documents == ()
    assert (
        visits(reused, reused.group("blind"))["papers"] < visits(way, way.group("blind"))["papers"]
    )
    twice = apply(way, one("waits_for_council", batch_per_week=2))
    assert twice.step("waits_for_council").batch_days == (0, 3)  # Monday beside Thursday
    gone_step = apply(way, one("posted", remove=1))
    assert "posted" not in gone_step.keys and runnable(gone_step) == ()


def test_desks_by_hour() -> None:
    way = journey("one_stop_monday")
    assert way.calendar

    def open_at(found: Journey, minute: int) -> float:
        changes = desks(found.resource("counters"), found.calendar)  # type: ignore[arg-type]
        return [count for at, count in changes if at <= minute][-1]

    more = apply(
        way,
        [Change("counters", "hour", {"desks": 2, "from_hour": 8, "to_hour": 9.5, "weekday": 1})],
    )
    assert [open_at(more, m) for m in (450, 480, 569, 570, 720)] == [7, 9, 9, 7, 0]
    assert open_at(more, 1440 + 500) == 7  # Tuesday
    fewer = apply(way, one("counter", desks=-9))
    assert all(count == 0 for _, count in desks(fewer.resource("counters"), way.calendar))
    assert [each.code for each in runnable(fewer)] == ["never_open"]
    later = apply(way, one("counters", move_minutes=30))
    assert open_at(later, 450) == 0 and open_at(later, 700) == 7


def test_two_pools_become_one_queue() -> None:
    way = journey("child_is_born")
    both = apply(way, [Change("residence", "hour", {"into_civil_status": 1})])
    assert [each.key for each in both.resources] == ["civil_status", "insurance"]
    assert both.step("move_in").resource == "civil_status"
    before, after = loads(way), loads(both)
    assert after["civil_status"] == pytest.approx(
        (before["civil_status"] + before["residence"]) / 2
    )


def test_appointments_move_people_and_make_none() -> None:
    way = journey("one_stop_monday")
    booked = apply(way, one("arrivals", appointments=0.3, from_hour=13.5, to_hour=16.5))
    for group in way.groups:
        assert cases(booked, booked.group(group.key)) == pytest.approx(cases(way, group))
    absent = apply(
        way, one("arrivals", appointments=0.3, from_hour=13.5, to_hour=16.5, no_show=0.5)
    )
    assert sum(cases(absent, g) for g in way.groups) < 0.9 * sum(cases(way, g) for g in way.groups)


def test_an_edge_has_an_address() -> None:
    way = journey("child_is_born_one_bundle")
    assert "login_to_help" in [edge_address(edge) for edge in way.edges]
    changed = apply(way, one("login_to_help", share_factor=0.5, group_remote=1))
    assert visits(changed, changed.group("remote"))["help"] == pytest.approx(0.175)
    assert visits(changed, changed.group("at_ease"))["help"] == pytest.approx(0.08)


@pytest.mark.parametrize(
    ("target", "values", "code"),
    [
        ("no_such_step", {"service_factor": 0.5}, "change.gone"),
        ("reception", {"servic_factor": 0.5}, "change.unknown_value"),
        ("reception", {"service_factor": 0.5, "group_nobody": 1}, "change.unknown_value"),
        ("reception", {"patience_factor": 0.5}, "change.nothing"),
        ("learn", {"desks": 1}, "change.nothing"),
        ("reception", {"rework_factor": 0.5}, "change.nothing"),
        ("council", {"into_council": 1}, "change.nothing"),
    ],
)
def test_what_cannot_be_changed_is_said(target: str, values: dict[str, float], code: str) -> None:
    with pytest.raises(VuonError) as caught:
        apply(journey("disability_certificate"), [Change(target, "step", values)])
    assert caught.value.code == code
    assert target in caught.value.say("en")


def test_gone_targets_are_listed_and_words_are_kept_apart() -> None:
    way = journey("disability_certificate")
    changes = [Change("a"), Change("reception"), Change("a"), Change("", "word"), Change("b")]
    assert gone(way, changes) == ("a", "b")
    assert in_words_only(changes) == tuple(changes)
    assert apply(way, [Change("reception")]).steps == way.steps


def test_a_paper_that_no_office_holds_cannot_be_reused() -> None:
    way = Journey(
        "a", journey("child_is_born").title, documents=(Document("x"),), resources=(Resource("r"),)
    )
    with pytest.raises(VuonError, match=r"change\.nothing|nothing yet"):
        apply(way, [Change("x", "paper", {"reuse": 1})])
