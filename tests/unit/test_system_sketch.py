"""The causal sketch: its file, its loops against brute force, and what is read aloud."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.systems import sketch
from vuon.systems.file import read, write
from vuon.systems.layout import BOX_HEIGHT, BOX_WIDTH, draw
from vuon.systems.loops import circuits, find, polarity
from vuon.systems.model import Link, SystemModel, Variable
from vuon.toml.table import Text


@st.composite
def sketches(draw_: st.DrawFn, most: int = 6) -> SystemModel:
    """Sketches with any signed links between their variables."""
    keys = [f"v{n}" for n in range(draw_(st.integers(1, most)))]
    pairs = st.tuples(st.sampled_from(keys), st.sampled_from(keys))
    links = tuple(
        Link(a, b, draw_(st.sampled_from("+-?")), draw_(st.booleans()))
        for a, b in draw_(st.lists(pairs, max_size=14, unique=True))
    )
    variables = tuple(Variable(key, Text(f"yếu tố {key}", f"thing {key}")) for key in keys)
    return SystemModel("system", Text("Sơ đồ"), variables, links)


def brute(model: SystemModel) -> set[tuple[str, ...]]:
    """Every circle, by trying each order of each set of variables."""
    drawn = {(link.source, link.target) for link in model.links}
    found = set()
    for size in range(1, len(model.keys) + 1):
        for keys in permutations(model.keys, size):
            ring = zip(keys, (*keys[1:], keys[0]), strict=True)
            if keys[0] == min(keys) and all(pair in drawn for pair in ring):
                found.add(keys)
    return found


@settings(max_examples=40, deadline=None)
@given(sketches())
def test_every_loop_is_found_once(model: SystemModel) -> None:
    found = find(model)
    assert found.complete
    assert sorted(loop.keys for loop in found.loops) == sorted(brute(model))
    for loop in found.loops:
        minus = sum(link.sign == "-" for link in loop.links)
        unknown = any(link.sign == "?" for link in loop.links)
        assert loop.polarity == ("?" if unknown else "RB"[minus % 2]) == polarity(loop.links)


def test_published_counts() -> None:
    """A complete graph of five has 84 circles; SIR has three loops."""
    five = {a: [b for b in "abcde" if b != a] for a in "abcde"}
    assert len(circuits(five)[0]) == 84
    sir = [("s", "flow"), ("i", "flow"), ("flow", "s"), ("flow", "i"), ("i", "out"), ("out", "i")]
    model = SystemModel(
        "sir",
        Text("SIR"),
        tuple(Variable(key, Text(key)) for key in ("s", "i", "flow", "out")),
        tuple(Link(a, b, "-" if (a, b) in (("flow", "s"), ("out", "i")) else "+") for a, b in sir),
    )
    assert sorted(loop.polarity for loop in find(model).loops) == ["B", "B", "R"]


def test_a_large_tangle_says_that_it_is_not_complete() -> None:
    keys = [f"k{n:03}" for n in range(120)]
    tangle = {key: [k for k in keys if k != key][:60] for key in keys}
    circles, complete = circuits(tangle, most=500, seconds=0.3)
    assert not complete and 0 < len(circles) <= 500


@settings(max_examples=40, deadline=None)
@given(sketches())
def test_what_is_written_is_what_is_read(model: SystemModel) -> None:
    assert read(write(model)) == model
    assert write(read(write(model))) == write(model)


def test_a_link_without_a_sign_is_a_question() -> None:
    text = 'format = 1\n[open.a]\nlabel = "Chờ"\n[open.b]\nlabel = "Vội"\n[[link]]\nfrom = "a"\nto = "b"\n'
    model = read(text)
    assert model.links[0].sign == "?"
    assert {remark.code for remark in sketch.check(model, "vi")} == {"sign", "assumed"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('format = 1\n[open.a]\nlabel = "A"\n[[link]]\nfrom = "a"\nto = "b"\n', "system.unknown"),
        (
            'format = 1\n[open.a]\nlabel = "A"\n' + '[[link]]\nfrom = "a"\nto = "a"\n' * 2,
            "system.link_twice",
        ),
        ('format = 1\n[open.a]\nlabel = "A"\n[stock.a]\nlabel = "B"\n', "table.twice"),
        ("format = 7\n", "system.format"),
    ],
)
def test_errors_say_where(text: str, code: str) -> None:
    with pytest.raises(VuonError) as caught:
        read(text)
    assert caught.value.code == code
    assert caught.value.where.line > 0


def test_a_loop_is_read_aloud_in_the_direction_it_runs() -> None:
    names = {"back": "người quay lại", "queue": "người chờ", "time": "thì giờ xem giấy"}
    model = SystemModel(
        "s",
        Text("S"),
        tuple(Variable(key, Text(label)) for key, label in names.items()),
        (Link("back", "queue", "+"), Link("queue", "time", "-"), Link("time", "back", "-", True)),
    )
    loop = find(model).loops[0]
    assert loop.label == "R1"
    assert [words.say() for words in sketch.read_aloud(model, loop, "vi")] == [
        "The more người quay lại, the more người chờ.",
        "The more người chờ, the less thì giờ xem giấy.",
        "The less thì giờ xem giấy, the more người quay lại. That takes time.",
        "So it feeds itself: what has begun grows.",
    ]


@settings(max_examples=30, deadline=None)
@given(sketches())
def test_boxes_never_lie_on_each_other(model: SystemModel) -> None:
    places = list(draw(model).places.values())
    for n, (x, y) in enumerate(places):
        for a, b in places[n + 1 :]:
            assert abs(x - a) >= BOX_WIDTH or abs(y - b) >= BOX_HEIGHT


@settings(max_examples=30, deadline=None)
@given(sketches(), sketches())
def test_two_sketches_become_one(one: SystemModel, other: SystemModel) -> None:
    merged, talk = sketch.merge(one, other)
    assert {v.label.vi for v in merged.variables} == {
        v.label.vi for v in (*one.variables, *other.variables)
    }
    assert {e.key for e in merged.links} == {e.key for e in (*one.links, *other.links)}
    clash = sum(
        {e.sign, there.sign} == {"+", "-"}
        for e in other.links
        if (there := one.link(e.source, e.target))
    )
    assert len(talk) == clash
    assert sketch.merge(one, one)[0] == one
