"""What keeps a journey from running is said with its place and what to do; a map gets a sketch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.unit.test_journey_map import journeys

from vuon.journeys.file import line_of, read
from vuon.journeys.model import (
    Arrivals,
    Calendar,
    Dist,
    Document,
    Edge,
    Figure,
    Group,
    Journey,
    Resource,
    Share,
    Shift,
    Step,
)
from vuon.journeys.refusals import SAID
from vuon.journeys.running import runnable, warnings
from vuon.journeys.sketching import sketched
from vuon.journeys.traffic import loads, visits
from vuon.toml.table import Text

MAP = Path(__file__).parents[2] / "examples" / "song-an-mot-lan" / "journey.toml"
FIVE = Dist.of("const", value=5)


def step(key: str, kind: str = "do", **fields: object) -> Step:
    return Step(key, Text(key), kind=kind, service=FIVE, **fields)  # type: ignore[arg-type]


def whole(**fields: object) -> Journey:
    """A journey that runs: a form at home, a counter, an end."""
    running = Journey(
        "way",
        Text("Đường"),
        (step("form"), step("counter", "desk", resource="desks"), step("done", "end")),
        calendar=Calendar(date(2026, 8, 3), 5),
        groups=(Group("young", Share(0.6)), Group("old", Share(0.4))),
        resources=(Resource("desks", desks=2),),
        arrivals=Arrivals(Figure(100)),
    )
    return replace(running, **fields)  # type: ignore[arg-type]


def test_the_whole_one_runs() -> None:
    assert runnable(whole()) == ()


BAD = {
    "group_shares": {"groups": (Group("young", Share(0.6)),)},
    "no_calendar": {"calendar": None},
    "no_arrivals": {"arrivals": Arrivals(Figure(0))},
    "never_open": {"resources": (Resource("desks", shifts=(Shift(480, 600, 2, (6,)),)),)},
    "end_before_start": {"resources": (Resource("desks", shifts=(Shift(600, 480, 2),)),)},
    "unknown_resource": {"resources": ()},
    "twice": {"groups": (Group("young", Share(0.5)), Group("young", Share(0.5)))},
    "unknown_step": {"edges": (Edge("form", "nowhere"),)},
    "unreached": {"edges": (Edge("form", "done"),)},
    "for_ever": {
        "edges": (
            Edge("form", "counter"),
            Edge("counter", "form", rework=True, share=Share(1.0)),
            Edge("counter", "done", share=Share(0.0)),
        )
    },
    "shares": {
        "edges": (Edge("form", "counter", share=Share(0.9)), Edge("counter", "done"))
    },
    "no_share": {"edges": (Edge("counter", "form", rework=True),)},
    "no_join": {
        "steps": (step("form", "fork"), step("counter", "desk", resource="desks"), step("done", "end")),
        "edges": (Edge("form", "counter"), Edge("form", "done"), Edge("counter", "done")),
    },
    "end_leads_on": {
        "steps": (step("form", "end"), step("counter", "desk", resource="desks"), step("done", "end"))
    },
    "no_papers_edge": {
        "steps": (step("form"), step("counter", "desk", resource="desks", documents=("card",)), step("done", "end")),
        "documents": (Document("card", missing=Share(0.2)),),
    },
    "unknown_document": {
        "steps": (step("form"), step("counter", "desk", resource="desks", documents=("card",)), step("done", "end")),
    },
    "no_batch": {
        "steps": (step("form", "batch"), step("counter", "desk", resource="desks"), step("done", "end"))
    },
    "negative_time": {
        "steps": (
            Step("form", Text("form"), service=Dist.of("const", value=-5)),
            step("counter", "desk", resource="desks"),
            step("done", "end"),
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("code", BAD)
def test_each_fault_is_named_once_with_what_to_do(code: str) -> None:
    found = runnable(whole(**BAD[code]))
    assert code in [each.code for each in found]
    for each in found:
        assert each.say("en") and "{" not in each.say("en")
    # Where it would be plain, nothing else is said.
    assert len({each.code for each in found}) <= 2


def test_every_sentence_can_be_said() -> None:
    assert all(what and do for what, do in SAID.values())
    assert set(BAD) <= set(SAID)


def test_a_map_without_numbers_hears_exactly_what_would_make_it_run() -> None:
    journey = read(MAP)
    found = runnable(journey)
    said = [(each.code, each.key) for each in found]
    lacking = ["find", "log_in", "form", "upload", "pay", "counter", "check"]
    assert said == [
        ("no_calendar", ""),
        ("no_groups", ""),
        ("no_arrivals", ""),
        *(("no_duration", key) for key in lacking[:5]),
        ("no_duration", "counter"),
        ("no_desks", "counter"),
        ("no_duration", "check"),
        ("no_share", "counter->find"),
        ("no_share", "check->counter"),
    ]
    assert "Nộp hồ sơ ở quầy" in found[8].say("vi")
    text = MAP.read_text("utf-8")
    lines = text.splitlines()
    at = line_of(text, "step", "counter")
    assert lines[at - 1] == "[[step]]" and lines[at] == 'key = "counter"'
    assert lines[line_of(text, "edge", "check->counter")] == 'from = "check"'


def test_a_sketch_runs_and_says_what_it_assumed() -> None:
    journey = read(MAP)
    sketch = sketched(journey)
    assert runnable(sketch.journey) == ()
    refused = [each for each in runnable(journey) if each.code != "no_calendar"]
    # One assumption for each thing that lacked, and that coming to the desk is a trip.
    told = [each for each in sketch.assumed if each.code != "trip"]
    assert len(told) == len(refused) + 1 and len(sketch.assumed) == len(told) + 1
    assert max(loads(sketch.journey).values()) <= 0.8 + 1e-9
    assert sketch.journey.keys == journey.keys and sketch.journey.pins == journey.pins
    # Nothing is assumed twice, nothing that somebody said is touched.
    again = sketched(sketch.journey)
    assert again.journey == sketch.journey and again.assumed == ()
    assert [e.code for e in warnings(sketch.journey)] == ["assumed"]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(journeys())
def test_a_sketch_of_any_map_lacks_no_figure(journey: Journey) -> None:
    left = {each.code for each in runnable(sketched(journey).journey)}
    assert left <= {"no_steps", "unreached", "no_join", "end_leads_on", "shares", "for_ever"}


def test_visits_count_those_who_come_back() -> None:
    edges = (
        Edge("form", "counter"),
        Edge("counter", "done"),
        Edge("counter", "form", rework=True, share=Share(0.2), share_for=(("old", Share(0.5)),)),
    )
    way = whole(edges=edges)
    assert visits(way, way.group("young")) == pytest.approx(
        {"form": 1.25, "counter": 1.25, "done": 1.0}
    )
    assert visits(way, way.group("old"))["counter"] == pytest.approx(2.0)
    # 60 young × 1.25 + 40 old × 2, five minutes each, over two desks of 450 minutes.
    assert loads(way)["desks"] == pytest.approx((75 + 80) * 5 / 900)


def test_a_queue_that_grows_is_warned_of() -> None:
    found = warnings(whole(arrivals=Arrivals(Figure(185))))
    assert ("load", "desks") in [(each.code, each.key) for each in found]
    assert "103%" in found[0].say("en")


def test_days_of_own_work_are_doubted() -> None:
    long = replace(whole().step("form"), service=Dist.of("const", value=2880))
    found = warnings(whole(steps=(long, *whole().steps[1:])))
    assert [(each.code, each.key) for each in found if each.part == "step"] == [
        ("long_work", "form")
    ]
    assert "48 hours" in found[0].say("en")


def test_a_share_that_falls_with_each_attempt_is_averaged() -> None:
    """Half go back the first time, a tenth of those the second: 1 + ½ + ½·¹⁄₂₀ + … visits."""
    edges = (
        Edge("form", "counter"),
        Edge("counter", "done"),
        Edge("counter", "form", rework=True, share=Share(0.5), per_attempt=0.1),
    )
    way = whole(edges=edges)
    often = visits(way, way.group("young"))
    assert often["counter"] == pytest.approx(1 + 0.5 + 0.5 * 0.05 + 0.5 * 0.05 * 0.005, rel=1e-6)
    assert often["done"] == pytest.approx(1)
    asked = replace(
        way,
        steps=(
            step("form"),
            step("counter", "desk", resource="desks", documents=("card",)),
            step("done", "end"),
        ),
        documents=(Document("card", missing=Share(0.5)),),
        edges=(*edges[:2], Edge("counter", "form", rework=True, papers=True, per_attempt=0.1)),
    )
    assert visits(asked, way.group("old")) == pytest.approx(often)
