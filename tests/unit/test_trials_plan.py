"""The plan of a trial as a file, its gaps, its life, its rules."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.architecture.sources import ROOT

from vuon.errors import VuonError, Words
from vuon.toml.table import Text
from vuon.trials import lifecycle as life
from vuon.trials import protocol as p
from vuon.trials import regimes
from vuon.trials.file import read, write
from vuon.trials.gaps import gaps

EXAMPLE = ROOT / "examples" / "song-an-mot-lan" / "trial.toml"
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((Path(p.__file__).parent / "schema" / "trial.schema.json").read_text("utf-8"))
)
texts = st.sampled_from([Text(), Text("Quầy", "Desk"), Text("Ở nhà"), Text("a\n“b”")])
numbers = st.integers(-400, 400).map(lambda n: n / 8)
days = st.dates(date(2026, 1, 1), date(2026, 6, 30))
NAMES = ("a", "b", "c", "d", "e", "f")
LOTS = (
    p.LotRule(),
    p.LotRule("complete", NAMES, 3, public_number=Text("xổ số"), drawn_on=date(2026, 2, 1)),
    p.LotRule("blocks", NAMES, 1, blocks=("x", "x", "x", "y", "y", "y")),
    p.LotRule("pairs", NAMES),
    p.LotRule("crossover", NAMES, periods=12),
    p.LotRule("order_of_start", NAMES, periods=9, starts=tuple((n,) for n in range(3, 9))),
    p.LotRule("multiple_baseline", NAMES[:2], periods=12, starts=((4, 5), (8, 9, 10))),
    p.LotRule("switches", NAMES[:1], periods=28),
)


@st.composite
def plans(draw: st.DrawFn) -> p.Protocol:
    """Plans with every part in it or left out."""
    text = draw(texts)
    worth = draw(st.none() | st.integers(1, 99).map(lambda n: n / 100))
    keys = ("done", "wait", "cost")[: draw(st.integers(0, 3))]
    outcomes = tuple(
        p.Outcome(
            key, text, p.ROLES[at], draw(st.sampled_from(p.KINDS)), text, p.LESS, worth,
            *draw(st.sampled_from([(None, None), (0.0, 5.0)])), text, at,
        )
        for at, key in enumerate(keys)
    )  # fmt: skip
    lot = draw(st.sampled_from(LOTS))
    arms = (p.Arm(p.NEW, text), p.Arm(p.OLD, benefit_return=text))
    return p.Protocol(
        "plan",
        text,
        draw(st.sampled_from(regimes.names())),
        text,
        draw(st.none() | st.just(date(2025, 12, 1))),
        draw(st.none() | days),
        p.Need(text, ("guidance",) if text else (), text),
        (("objectives", text), ("scope", text)) if text else (),
        outcomes,
        arms if lot.kind != p.NONE or draw(st.booleans()) else (),
        p.Unit("class", "pupil", draw(st.booleans())),
        lot,
        (p.Look(6, 0.01),) if draw(st.booleans()) else (),
        (p.Rail("harm", text, "share", 0.1), p.Rail("wait", text, "mean", 30.0, 0.0, 240.0)),
        (text,) if text else (),
        p.Caps(draw(st.integers(0, 50)), 3, 1.5, text),
        p.Care("2", text, text, text, text, text, draw(st.booleans())),
        (p.Exemption(Text("điều 7"), text, text, draw(st.none() | days)),),
        text,
        ("idea_a",),
    )


@settings(max_examples=60, deadline=None)
@given(plans())
def test_what_is_written_is_what_is_read(plan: p.Protocol) -> None:
    written = write(plan)
    assert read(written) == plan
    assert write(read(written)) == written
    raw = tomllib.loads(written)
    SCHEMA.validate(json.loads(json.dumps(raw, default=lambda day: day.isoformat())))


def test_the_example_is_written_as_the_schema_says_and_lacks_nothing() -> None:
    raw = tomllib.loads(EXAMPLE.read_text("utf-8"))
    SCHEMA.validate(json.loads(json.dumps(raw, default=lambda day: day.isoformat())))
    plan = read(EXAMPLE)
    assert read(write(plan)) == plan
    assert not [gap for gap in gaps(plan) if gap.blocks]


HEAD = 'format = 1\nkey = "x"\n'
ARMS = '[[arm]]\nkey = "new"\n[[arm]]\nkey = "old"\n'


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('[[outcome]]\nkey = "a"\nworthwhile = 0', "trial.worthwhile", 5),
        ('[[outcome]]\nkey = "a"\nworthwhile = nan', "table.range", 5),
        ('[[outcome]]\nkey = "a"\n[[outcome]]\nkey = "b"', "trial.primary", 6),
        ('[[outcome]]\nkey = "a"\nlow = 3\nhigh = 3', "trial.bounds", 5),
        ('[lot]\nkind = "complete"\ncount = 8', "trial.comparison", 3),
        (ARMS + '[lot]\nkind = "complete"', "trial.units", 7),
        (ARMS + '[lot]\nkind = "pairs"\ncount = 5', "trial.units", 7),
        (ARMS + '[lot]\nkind = "complete"\nunits = ["a", "a"]', "trial.units", 7),
        (ARMS + '[lot]\nkind = "crossover"\ncount = 2\nperiods = 7', "trials.crossover", 7),
        (ARMS + '[lot]\nkind = "switches"\ncount = 1\nperiods = 12', "trials.switches", 7),
        (ARMS + '[lot]\nkind = "order_of_start"\ncount = 3\nperiods = 6', "trials.starts", 7),
        ("[[look]]\nafter = 3\nalpha = 0.03\n[[look]]\nafter = 6\nalpha = 0.03", "trial.looks", 3),
        ("begins = 2026-03-01\nends = 2026-02-01", "trial.dates", 4),
        ('[[guardrail]]\nkey = "a"\nmethod = "mean"\nlimit = 3', "trial.guardrail", 6),
        ("[caps]\npepole = 3", "table.unknown", 4),
        ("format = 2", "toml.syntax", 3),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(VuonError) as caught:
        read(HEAD + text)
    assert (caught.value.code, caught.value.where.line) == (code, line)
    assert caught.value.say("vi") != caught.value.say("en") or code == "toml.syntax"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"need": p.Need()}, "need.question"),
        ({"outcomes": ()}, "outcome"),
        ({"arms": ()}, "arm"),
        ({"lot": p.LotRule()}, "lot.units"),
        ({"care": p.Care()}, "care.complaints"),
        ({"care": p.Care()}, "care.harm_plan"),
        ({"caps": p.Caps()}, "caps"),
        ({"rails": (), "stops": ()}, "guardrail"),
        ({"profile": "finance", "ends": date(2029, 1, 1)}, "ends"),
    ],
)
def test_a_gap_keeps_a_plan_from_being_submitted(change: dict[str, object], field: str) -> None:
    from dataclasses import replace

    found = [gap for gap in gaps(replace(read(EXAMPLE), **change)) if gap.blocks]
    assert field in [gap.field for gap in found]
    assert all(gap.words.say("vi") != gap.words.say("en") for gap in found)


def lived(*states: str, facts: life.Facts | None = None) -> life.Life:
    """A life through these states; the author is An, everybody else says yes."""
    found = life.Life("An")
    known = facts or life.Facts(sealed="5f", acknowledged=True, notice="1", lot_of="5f")
    for state in states:
        found = life.move(found, state, known, by="Bình", at="2026-03-01", reason="r")
    return found


TO_RUNNING = ("submitted", "in_review", "approved", "registered", "recruiting", "running")
ALL = life.Facts(sealed="5f", acknowledged=True, notice="1", lot_of="5f", exit="adopt",
                 treated="x", returned="x", lessons="x")  # fmt: skip


def test_a_whole_life_and_nothing_after_it() -> None:
    found = lived(*TO_RUNNING, "paused", "running", "completed", "analysed", "exit_decided",
                  "closed", facts=ALL)  # fmt: skip
    assert found.over
    assert all(life.why_not(found, to, ALL, by="Bình") for to in life.STATES)


def test_every_move_that_is_not_in_the_table_is_refused_in_both_languages() -> None:
    for state in life.STATES:
        at = life.Life("An", (life.Step(state, "Bình", ""),))
        for to in life.STATES:
            refused = life.why_not(at, to, ALL, by="Bình", reason="r")
            assert bool(refused) == (to not in life.nexts(state)), (state, to)
            assert all(each.say("vi") != each.say("en") for each in refused)


@pytest.mark.parametrize(
    ("states", "to", "facts"),
    [
        (TO_RUNNING[:3], "registered", {"sealed": ""}),
        (TO_RUNNING[:3], "registered", {"acknowledged": False}),
        (TO_RUNNING[:5], "running", {"notice": ""}),
        (TO_RUNNING[:5], "running", {"lot_of": ""}),
        (TO_RUNNING[:5], "running", {"lot_of": "60"}),
        ((*TO_RUNNING, "completed"), "analysed", {"frozen": False}),
        ((*TO_RUNNING, "completed", "analysed"), "exit_decided", {"exit": "success"}),
        ((*TO_RUNNING, "completed", "analysed", "exit_decided"), "closed", {"returned": ""}),
    ],
)
def test_guards(states: tuple[str, ...], to: str, facts: dict[str, object]) -> None:
    from dataclasses import replace

    at = lived(*states, facts=ALL)
    assert not life.why_not(at, to, ALL, by="Bình", reason="r")
    assert life.why_not(at, to, replace(ALL, **facts), by="Bình", reason="r")
    with pytest.raises(VuonError):
        life.move(at, to, replace(ALL, **facts), by="Bình", at="", reason="r")


def test_nobody_approves_alone_what_touches_vulnerable_people() -> None:
    at = lived("submitted", "in_review")
    assert life.why_not(at, "approved", ALL, by="An")
    with pytest.raises(VuonError):
        life.approve(at, "An")
    vulnerable = life.Facts(vulnerable=True)
    assert life.why_not(at, "approved", vulnerable, by="Bình")
    assert not life.why_not(life.approve(at, "Chi"), "approved", vulnerable, by="Bình")


def test_a_pause_by_a_guardrail_ends_only_with_a_person_and_a_reason() -> None:
    running = lived(*TO_RUNNING)
    paused = life.move(running, "paused", ALL, by="", at="", reason="guardrail")
    assert life.why_not(paused, "running", ALL, by="Bình")
    assert life.why_not(paused, "running", ALL, by="", reason="r")
    assert not life.why_not(paused, "running", ALL, by="Bình", reason="r")


def test_a_major_change_after_the_seal_needs_approval_anew_and_a_minor_one_does_not() -> None:
    running = lived(*TO_RUNNING)
    minor = life.amend(running, ["care"], by="An", at="", reason="a word")
    assert (minor.state, minor.version) == ("running", 2)
    major = life.amend(running, ["outcomes"], by="An", at="", reason="another outcome")
    assert major.state == "paused"
    assert life.why_not(major, "running", ALL, by="Bình", reason="r")
    approved = life.approve(major, "Bình")
    again = life.move(approved, "running", ALL, by="Bình", at="", reason="approved")
    assert (again.state, again.unapproved) == ("running", False)


def test_an_extension_keeps_to_its_profile_and_what_is_not_known_is_not_unlimited() -> None:
    running, finance = lived(*TO_RUNNING), regimes.profile("finance")
    twice = life.extend(life.extend(running, 12, finance), 12, finance)
    for wrong, months in ((twice, 1), (running, 13)):
        with pytest.raises(VuonError):
            life.extend(wrong, months, finance)
    with pytest.raises(VuonError):
        life.extend(running, 1, regimes.profile("da_nang"))
    assert life.extend(running, 1, regimes.profile("da_nang"), basis="số 12").extended == (1,)


def test_no_row_of_law_counts_as_checked_and_no_limit_is_invented() -> None:
    for name in regimes.names():
        rules = regimes.profile(name)
        assert rules.rules
        assert not any(rule.verified for rule in rules.rules)
        assert all(rule.source and rule.read_on for rule in rules.rules)
        assert all(("verify" in str(x.words)) != ("not known" in str(x.words))
                   for x in rules.every_limit)  # fmt: skip
    assert all(x.value is None for x in regimes.profile("da_nang").every_limit)
    with pytest.raises(VuonError):
        regimes.profile("mars")


def test_what_is_acknowledged_says_what_can_be_found() -> None:
    unit = p.Text("điểm", "points")

    said = [
        str(life.acknowledges(smallest, found, Words(unit.en)))
        for smallest, found in ((None, None), (Fraction(1, 10), None), (Fraction(1, 63), 12.0))
    ]
    assert len(set(said)) == 3
    assert "12 points" in said[2]
