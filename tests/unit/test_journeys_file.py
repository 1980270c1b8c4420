"""A journey that runs, as a file: what is written is what is read, and refusals name the line."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.journeys import model as m
from vuon.journeys.file import read, write
from vuon.toml.table import Text

SCHEMA = jsonschema.Draft202012Validator(
    json.loads((Path(m.__file__).parent / "schema" / "journey.schema.json").read_text("utf-8"))
)
GROUPS, RESOURCES, DOCUMENTS, STEPS = ("young", "old"), ("desk", "back"), ("id_card",), ("a", "b")
minutes = st.integers(1, 5000).map(lambda n: n / 4)
texts = st.sampled_from([Text(), Text("Quầy", "Desk"), Text("Ở nhà")])
figures = st.builds(
    lambda v, light, wide, n: (v, light, 0.0 if wide else None, 1.0 if wide else None, n),
    st.floats(0, 1).map(lambda x: round(x, 4)),
    st.sampled_from(m.LIGHTS),
    st.booleans(),
    st.integers(0, 9),
)
shares = figures.map(lambda f: m.Share(*f, ("finding:one",) if f[4] > 4 else ()))
spans = st.tuples(st.integers(0, 23), st.integers(1, 24), st.sets(st.integers(0, 6), min_size=1))
stretches = spans.filter(lambda s: s[0] < s[1]).map(
    lambda s: (s[0] * 60, s[1] * 60, tuple(sorted(s[2])))
)


@st.composite
def dists(draw: st.DrawFn) -> m.Dist:
    """Distributions of every family."""
    family = draw(st.sampled_from(sorted(m.FAMILIES)))
    names = draw(st.sampled_from(m.FAMILIES[family]))
    values = sorted(draw(st.lists(minutes, min_size=3, max_size=3)))
    wide = family != "uniform" and draw(st.booleans())
    return m.Dist(
        family,
        tuple(zip(names, values, strict=False))
        if not {"sigma", "shape"} & set(names)
        else ((names[0], values[0]), (names[1], 0.75)),
        tuple(values) if family == "empirical" else (),
        values[0] if wide else None,
        values[2] if wide else None,
        draw(st.integers(0, 40)),
        draw(st.sampled_from(sorted(m.SOURCES))),
    )


def for_groups(value: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(st.tuples(st.sampled_from(GROUPS), value), unique_by=lambda p: p[0]).map(tuple)


@st.composite
def journeys(draw: st.DrawFn) -> m.Journey:
    """Journeys with every part there is."""
    one = draw
    steps = tuple(
        m.Step(
            key,
            Text("Bước", key),
            one(texts),
            one(st.sampled_from(m.KINDS)),
            gives_up=one(st.none() | shares),
            gives_up_for=one(for_groups(shares)),
            lane=one(texts),
            channel=one(st.sampled_from(("", *m.CHANNELS))),
            resource=one(st.sampled_from(("", *RESOURCES))),
            service=one(st.none() | dists()),
            service_for=one(for_groups(dists())),
            patience=one(st.none() | dists()),
            patience_for=one(for_groups(dists())),
            impatient_to=one(st.sampled_from(("", *STEPS))),
            fee=one(st.integers(0, 9)) * 5000.0,
            documents=one(st.sampled_from(((), DOCUMENTS))),
            new_visit=one(st.booleans()),
            prepare_minutes=one(minutes),
            batch_size=one(st.integers(0, 9)),
            batch_days=one(st.sampled_from(((), (1, 4), m.Hours(0, 1).days))),
            batch_at=one(st.integers(0, 1440)),
        )
        for key in STEPS
    )
    edges = (
        m.Edge("a", "b", share=one(st.none() | shares), share_for=one(for_groups(shares)),
               only_if=one(st.sampled_from(((), (("online", "yes"),)))), delay=one(st.none() | dists())),
        m.Edge("b", "a", True, papers=one(st.booleans()), unaided=one(st.booleans()), per_attempt=one(st.sampled_from((1.0, 0.25)))),
    )  # fmt: skip
    return m.Journey(
        "way",
        Text("Đường", "Way"),
        steps,
        edges,
        (m.Pin("finding:one", "a", one(st.booleans())),),
        version=one(st.integers(1, 4)),
        variant_of=one(st.sampled_from(("", "old_way"))),
        calendar=m.Calendar(
            date(2026, 8, 3),
            one(st.integers(1, 60)),
            tuple(m.Hours(*s) for s in one(st.lists(stretches, min_size=1, max_size=2))),
            (date(2026, 9, 2),),
        ),
        resources=tuple(
            m.Resource(
                key,
                one(texts),
                one(st.integers(0, 9)),
                tuple(m.Shift(s[0], s[1], 2, s[2]) for s in one(st.lists(stretches, max_size=2))),
                closing=one(st.sampled_from(m.CLOSINGS)),
                stop_minutes=one(st.integers(0, 60)),
                keep_place=one(st.booleans()),
                cost_per_hour=one(minutes),
            )
            for key in RESOURCES
        ),
        groups=tuple(
            m.Group(
                key,
                one(shares),
                one(texts),
                (("online", "yes"),),
                one(st.none() | minutes),
                travel_minutes=one(minutes),
                digital=0.5,
                priority=one(st.integers(0, 7)),
                equity=one(st.booleans()),
            )
            for key in GROUPS
        ),
        arrivals=m.Arrivals(
            m.Figure(one(minutes)),
            one(for_groups(minutes.map(m.Figure))),
            tuple(
                m.Span(s[0], s[1], 0.5, s[2], one(st.sampled_from(("", *GROUPS))))
                for s in one(st.lists(stretches, max_size=2))
            ),
            one(minutes),
            one(st.sampled_from(("", *STEPS))),
            (m.Backlog("a", 60),),
            tuple(
                m.Slots(s[0], s[1], 15, 2, one(shares), "b", s[2], "old")
                for s in one(st.lists(stretches, max_size=1))
            ),
        ),
        documents=(
            m.Document(
                "id_card",
                one(texts),
                one(shares),
                one(for_groups(shares)),
                one(minutes),
                one(minutes),
                one(texts),
            ),
        ),
        ratings=one(
            st.sampled_from(
                ((), (m.Rating("a", -1.25, "old", 12, ("finding:one",)), m.Rating("b", 2)))
            )
        ),
        targets=(m.Target("wait", one(st.none() | minutes), "old", one(minutes)),),
        max_attempts=one(st.integers(0, 5)),
        deadline_days=one(minutes),
    )


@settings(max_examples=40, deadline=None)
@given(journeys())
def test_what_is_written_is_what_is_read(journey: m.Journey) -> None:
    text = write(journey)
    again = read(text)
    assert again == journey
    assert again.hash == journey.hash
    assert write(again) == text
    SCHEMA.validate(_plain(tomllib.loads(text)))


def _plain(value: object) -> object:
    """Days as the texts that JSON has for them."""
    return json.loads(json.dumps(value, default=str))


HEAD = 'format = 1\n[[step]]\nkey = "a"\ntitle = "A"\n'


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (HEAD + 'resource = "desk"\n', "journey.unknown_resource", 5),
        (HEAD + 'documents = ["card"]\n', "journey.unknown_document", 5),
        (HEAD + 'impatient_to = "z"\n', "journey.unknown_step", 5),
        (HEAD + "service_for = { old = 5 }\n", "journey.unknown_group", 5),
        (HEAD + 'service = { family = "normal", mean = 3 }\n', "table.name", 5),
        (HEAD + 'service = { family = "lognormal", mean = 3 }\n', "table.missing", 5),
        (HEAD + 'service = { family = "uniform", low = 9, high = 3 }\n', "journey.distribution", 5),
        (HEAD + "service = -3\n", "table.range", 5),
        (HEAD + 'service = { family = "const", value = 3, low = 4, high = 2 }\n', "journey.interval", 5),
        (HEAD + 'service = { family = "empirical", values = [] }\n', "journey.distribution", 5),
        (HEAD + "gives_up = { value = 0.5, low = 0.6, high = 0.7 }\n", "journey.interval", 5),
        (HEAD + 'batch_at = "25:00"\n', "table.kind", 5),
        (HEAD + '[[rating]]\nstep = "a"\nvalue = 3\n', "table.range", 7),
        (HEAD + '[[rating]]\nstep = "z"\nvalue = 1\n', "journey.unknown_step", 6),
        ('format = 1\n[[resource]]\nkey = "d"\n[[resource.shift]]\nstart = "11:30"\nend = "07:30"\ndesks = 1\n', "journey.end_before_start", 6),
        ('format = 1\n[[group]]\nkey = "g"\nshare = 1.2\n', "table.range", 4),
        ('format = 1\n[[group]]\nkey = "g"\nshare = 1\n[[group]]\nkey = "g"\nshare = 0\n', "table.twice", 6),
        ('format = 1\n[calendar]\nstart = "Monday"\n', "table.kind", 3),
        ('format = 1\n[[target]]\nmetric = "happiness"\n', "table.name", 3),
        ("format = 1\n[arrivals]\nper_day = 9\n[[arrivals.span]]\nstart = \"07:30\"\nend = \"08:00\"\npart = 0.5\ndays = [\"noon\"]\n", "table.name", 8),
    ],
)  # fmt: skip
def test_refusals_name_the_line(text: str, code: str, line: int) -> None:
    with pytest.raises(VuonError) as caught:
        read(text)
    assert (caught.value.code, caught.value.where.line) == (code, line)


def test_what_nobody_said_does_not_change_the_hash_of_a_map() -> None:
    bare = m.Journey("a", Text("Đường"), (m.Step("desk", Text("Quầy")),))
    # As it was before journeys could run.
    assert bare.hash == "c3669c02a05c3e288d3d4875b61f654f85d6febce386bcab2f90747b15a4ce87"
    timed = m.Journey(
        "a", Text("Đường"), (m.Step("desk", Text("Quầy"), service=m.Dist.of("const", value=5)),)
    )
    assert timed.hash != bare.hash
