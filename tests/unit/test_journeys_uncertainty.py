"""Drawn journeys: only what is uncertain moves, and every one of them runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuon.journeys import changes
from vuon.journeys.dists import mean
from vuon.journeys.file import read, write
from vuon.journeys.model import Backlog, Edge, Journey, Share
from vuon.journeys.running import runnable
from vuon.journeys.traffic import visits
from vuon.journeys.uncertainty import drawn, uncertain, unsaid
from vuon.toml.table import Text

EXAMPLES = Path(__file__).parents[2] / "examples" / "journeys"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.toml"))


def journey(name: str) -> Journey:
    return read(EXAMPLES / f"{name}.toml")


def loose(way: Journey) -> Journey:
    """The journey with every share resting on eight people only."""
    eight = lambda s: replace(s, n=8) if s else None  # noqa: E731
    return replace(
        way,
        groups=tuple(replace(g, share=replace(g.share, n=8)) for g in way.groups),
        steps=tuple(replace(s, gives_up=eight(s.gives_up)) for s in way.steps),
        edges=tuple(replace(e, share=eight(e.share)) for e in way.edges),
    )


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(NAMES), st.data())
def test_every_drawn_journey_runs(name: str, data: st.DataObject) -> None:
    way = loose(journey(name))
    at = {each: data.draw(st.floats(0.001, 0.999), label=each) for each in uncertain(way)}
    found = drawn(way, at)
    assert runnable(found) == ()
    assert found.keys == way.keys
    assert sum(group.share.value for group in found.groups) == pytest.approx(1)


def test_only_what_is_named_moves() -> None:
    way = journey("one_stop_monday")
    assert drawn(way, {}) == way
    found = drawn(way, {"step:counter:service": 0.95})
    assert mean(found.step("counter").service) == pytest.approx(15)  # type: ignore[arg-type]
    assert found.step("counter").service_for == way.step("counter").service_for
    assert found.arrivals == way.arrivals
    assert "step:counter:service:copies_over_60" in uncertain(way)
    assert set(unsaid(way)) == {"group:copies_over_60:share", "group:files_over_60:share"}


def test_a_step_taken_out_leaves_a_file_that_can_be_read() -> None:
    way = journey("child_is_born_one_bundle")
    assert way.arrivals
    tied = replace(
        way,
        arrivals=replace(way.arrivals, enters="login", backlog=(Backlog("login", 5),)),
        steps=tuple(replace(s, impatient_to="login") if s.key == "help" else s for s in way.steps),
    )
    left = changes.remove_step(tied, "login")
    assert read(write(left)) == left
    assert left.enters == "learn" and not left.step("help").impatient_to


def test_a_step_taken_out_leaves_the_shares_as_they_were() -> None:
    way = journey("child_is_born_one_bundle")
    for key in ("help", "form"):
        left = changes.remove_step(way, key)
        assert runnable(left) == ()
        for group in left.groups:
            before = visits(way, group)["form" if key == "help" else "help"]
            assert visits(left, group)["form" if key == "help" else "help"] == pytest.approx(before)


def test_a_step_put_in_takes_those_who_go_on() -> None:
    way = journey("child_is_born_one_bundle")
    told = replace(
        way,
        edges=(
            *(e for e in way.edges if e.source != "login"),
            Edge("login", "form", share=Share(0.6)),
            Edge("login", "help", share=Share(0.3)),
            Edge("login", "learn", rework=True, share=Share(0.1)),
        ),
    )
    assert runnable(told) == ()
    more = changes.add_step(
        told, Text("Chờ mã xác nhận"), after="login", service=told.step("login").service
    )
    assert runnable(more) == ()
    for group in told.groups:
        before, after = visits(told, group), visits(more, group)
        assert after["help"] == pytest.approx(before["help"])
        assert after["learn"] == pytest.approx(before["learn"])
