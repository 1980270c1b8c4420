"""The map of offices and steps: its file, its edits, its picture."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.journeys import changes
from vuon.journeys.check import check
from vuon.journeys.drawing import BOX_HEIGHT, BOX_WIDTH, draw
from vuon.journeys.file import read, write
from vuon.journeys.model import KINDS, LIGHTS, Edge, Journey, Pin, Share, Step, pin, step_of
from vuon.toml.table import Text

words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    lambda text: text.strip() == text
)
texts = st.builds(Text, words, st.just("") | words)
shares = st.none() | st.builds(
    Share, st.floats(0, 1).map(lambda x: round(x, 3)), st.sampled_from(LIGHTS)
)


@st.composite
def journeys(draw_: st.DrawFn) -> Journey:
    """Journeys of up to seven steps with ways back and pins."""
    keys = [f"s{n}" for n in range(draw_(st.integers(0, 7)))]
    steps = tuple(
        Step(
            key,
            draw_(texts),
            draw_(texts),
            draw_(st.sampled_from(KINDS)),
            draw_(texts),
            draw_(texts),
            draw_(shares),
        )
        for key in keys
    )
    if not keys:
        return Journey("way", draw_(texts))
    ends = st.tuples(st.sampled_from(keys), st.sampled_from(keys), st.booleans())
    edges = {
        (a, b): Edge(a, b, back, draw_(shares)) for a, b, back in draw_(st.lists(ends, max_size=6))
    }
    pins = tuple(
        Pin(f"finding:{n}", draw_(st.sampled_from(keys)), draw_(st.booleans()))
        for n in range(draw_(st.integers(0, 4)))
    )
    return Journey("way", draw_(texts), steps, tuple(edges.values()), pins)


@given(journeys())
def test_what_is_written_is_what_is_read(journey: Journey) -> None:
    from vuon.vietnamese import nfc

    text = write(journey)
    again = read(text)
    assert again.keys == journey.keys
    assert [step.title.vi for step in again.steps] == [nfc(step.title.vi) for step in journey.steps]
    assert again.edges == tuple(journey.edges) or any(e.why for e in journey.edges)
    assert again.pins == journey.pins
    assert write(again) == text or nfc(text) != text  # canonical: writing again changes nothing


@given(journeys(), st.data())
def test_a_step_taken_out_leaves_a_whole_way(journey: Journey, data: st.DataObject) -> None:
    if not journey.steps:
        return
    gone = data.draw(st.sampled_from(journey.keys))
    left = changes.remove_step(journey, gone)
    assert gone not in left.keys
    assert all(gone not in (edge.source, edge.target) for edge in left.edges)
    assert all(each.step != gone for each in left.pins)
    assert read(write(left)).keys == left.keys
    # What was connected through the step stays connected.
    into = {e.source for e in journey.edges if e.target == gone and not e.rework} - {gone}
    out = {e.target for e in journey.edges if e.source == gone and not e.rework} - {gone}
    there = {e.key for e in left.edges}
    assert all(f"{a}->{b}" in there for a in into for b in out if a != b)


@given(journeys(), texts, st.data())
def test_keys_of_steps_never_change(journey: Journey, title: Text, data: st.DataObject) -> None:
    after = data.draw(st.sampled_from(("", *journey.keys)))
    more = changes.add_step(journey, title, after=after)
    assert len(set(more.keys)) == len(more.keys) == len(journey.keys) + 1
    assert [key for key in more.keys if key in journey.keys] == list(journey.keys)
    new = next(key for key in more.keys if key not in journey.keys)
    moved = changes.move_step(more, new, data.draw(st.integers(-9, 9)))
    assert sorted(moved.keys) == sorted(more.keys)
    assert changes.remove_step(more, new).keys == journey.keys


def test_a_newer_file_keeps_what_we_do_not_know() -> None:
    text = 'format = 1\nid = "a"\nhorizon_days = 20\n\n[[step]]\nkey = "desk"\ntitle = { vi = "Quầy" }\n\n[[group]]\nkey = "over60"\nshare = 0.35\n'
    written = write(changes.change_step(read(text), "desk", stops=Text("Thiếu giấy")))
    assert "horizon_days = 20" in written
    assert '[[group]]\nkey = "over60"\nshare = 0.35' in written
    assert 'stops = { vi = "Thiếu giấy" }' in written


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (
            'format = 1\n[[step]]\nkey = "a"\ntitle = "A"\n[[edge]]\nfrom = "a"\nto = "b"\n',
            "journey.unknown_step",
            7,
        ),
        ('format = 1\n[[step]]\nkey = "a"\n', "table.missing", 2),
        (
            'format = 1\n[[step]]\nkey = "a"\ntitle = "A"\n[[step]]\nkey = "a"\ntitle = "B"\n',
            "table.twice",
            6,
        ),
        ("format = 9\n", "journey.format", 1),
        ('format = 1\n[[step]]\nkey = "a"\ntitle = "A"\nkind = "magic"\n', "table.name", 5),
        (
            'format = 1\n[[step]]\nkey = "a"\ntitle = "A"\ngives_up = { value = 1.5 }\n',
            "table.range",
            5,
        ),
        ('format = 1\n[[step]]\nkey = "a"\ntitle = "A"\nofice = "B"\n', "table.unknown", 5),
    ],
)
def test_errors_name_the_line(text: str, code: str, line: int) -> None:
    with pytest.raises(VuonError) as caught:
        read(text)
    assert (caught.value.code, caught.value.where.line) == (code, line)


@given(journeys())
def test_boxes_of_the_picture_never_overlap(journey: Journey) -> None:
    drawing = draw(journey)
    boxes = drawing.boxes
    for n, a in enumerate(boxes):
        assert a.x + BOX_WIDTH <= drawing.width and a.y + BOX_HEIGHT <= drawing.height
        for b in boxes[n + 1 :]:
            assert abs(a.x - b.x) >= BOX_WIDTH or abs(a.y - b.y) >= BOX_HEIGHT
    assert len(drawing.ways) == len(journey.way)
    assert all(re.match(r"M [\d.-]+ [\d.-]+ C ", line.path) for line in drawing.ways)


def test_what_nobody_said_is_called_an_assumption() -> None:
    journey = Journey(
        "a", Text("Đường"), (Step("desk", Text("Quầy"), Text("Một cửa")), Step("end", Text("Xong")))
    )
    assert [(r.code, r.step) for r in check(journey)] == [
        ("assumed", "desk"),
        ("office", "end"),
        ("assumed", "end"),
    ]
    pinned = changes.pin_evidence(journey, "finding:1", "desk")
    assert ("assumed", "desk") not in [(r.code, r.step) for r in check(pinned)]


def test_evidence_stands_at_one_step() -> None:
    pins = pin(pin((), "a", "desk"), "b", "desk")
    assert step_of(pin(pins, "a", "queue"), "a") == "queue"
    assert [each.evidence for each in pin(pins, "a", "")] == ["b"]
