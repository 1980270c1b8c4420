"""The guide, other people's experiments, records, reports and the safe-harbour file."""

from __future__ import annotations

import json
import random
import tomllib
from dataclasses import replace
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.architecture.sources import ROOT

from vuon.cli import _document
from vuon.errors import VuonError
from vuon.trials import design, record, sealing
from vuon.trials.dossier import CHAPTERS, KINDS, Item, as_json, dossier, say
from vuon.trials.dossier_words import SENTENCES
from vuon.trials.figures import shown
from vuon.trials.file import read as read_plan
from vuon.trials.lifecycle import STATES
from vuon.trials.monitor import mean_e_value, watch
from vuon.trials.plans import space_of
from vuon.trials.protocol import Protocol, Rail
from vuon.trials.report import CHANGED, SAME, UNTOLD, against
from vuon.trials.review import Record, best_p, review

PILOT = read_plan(ROOT / "examples" / "song-an-mot-lan" / "trial.toml")
CASES = tomllib.loads((ROOT / "tests" / "published" / "experiments.toml").read_text("utf-8"))[
    "case"
]
COMMONS = ROOT.parent / "shared" / "data" / "commons"
AT = "2026-02-27T09:00:00+07:00"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_guide_answers_as_it_should(case: dict[str, object]) -> None:
    situation = design.Situation(**case["situation"])  # type: ignore[arg-type]
    found = design.advise(situation)
    assert found.design == case["design"]
    assert bool(found.warnings) == bool(case.get("warns"))
    every = [
        found.title,
        found.reading,
        found.can,
        found.cannot,
        *found.warnings,
        *found.would_help,
    ]
    assert all(each.say("vi") != each.say("en") for each in every)


@settings(max_examples=80, deadline=None)
@given(
    st.integers(1, 80), st.integers(0, 30), st.sampled_from(design.LEVELS),
    st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip
def test_every_lot_that_is_proposed_can_be_drawn(
    units: int, points: int, level: str, on_off: bool, fades: bool, order: bool
) -> None:
    situation = design.Situation(units, level, True, on_off, fades, order, points)
    found = design.advise(situation)
    if found.lot is None:
        assert found.design == "describe"
        return
    lots = space_of(found.lot)
    assert lots is not None
    assert lots.draw(b"x") in lots
    assert found.smallest_p is not None
    told = any("rule out chance" in str(each) for each in found.warnings)
    assert told == (found.smallest_p > Fraction(1, 20))


def test_a_lot_in_two_halves_can_decide_from_seven_on() -> None:
    assert design.fewest() == 7
    assert best_p(6) == Fraction(1, 10)
    assert best_p(7) == Fraction(1, 35)
    assert shown(best_p(60)) == "<.0001"


RANDOM, CHOSEN = ("Random assignment",), ("non-random assignment",)
OTHER, SAME_BEFORE = ("Yes, a different group entirely",), (
    "Yes, the same group but before the intervention",)  # fmt: skip


@pytest.mark.parametrize(
    ("known", "strength", "confirms"),
    [
        ({"control": OTHER, "assignment": RANDOM, "sizes": ("100-999",), "verdict": "40% against 31%"}, "test", True),
        ({"control": OTHER, "assignment": RANDOM, "sizes": ("2-9",), "verdict": "40% against 31%"}, "comparison", True),
        ({"control": OTHER, "assignment": CHOSEN, "sizes": ("50-99",), "verdict": "12 more"}, "comparison", False),
        ({"control": SAME_BEFORE, "assignment": CHOSEN, "sizes": ("50-99",), "verdict": "12 more"}, "before_after", False),
        ({"control": SAME_BEFORE, "assignment": RANDOM, "sizes": ("50-99",), "verdict": "12 more"}, "story", False),
        ({"control": OTHER, "assignment": RANDOM, "sizes": ("50-99",), "verdict": "It held in 2021."}, "story", True),
        ({"control": OTHER, "assignment": (*RANDOM, *CHOSEN), "sizes": ("50-99",), "verdict": "9 of 10"}, "before_after", False),
        ({"control": OTHER, "assignment": RANDOM, "sizes": ("50-99",)}, "no_result", True),
    ],
)  # fmt: skip
def test_what_a_record_can_carry(known: dict[str, object], strength: str, confirms: bool) -> None:
    found = review(Record("x", **known))  # type: ignore[arg-type]
    assert (found.strength, found.can_confirm) == (strength, confirms)
    every = [found.rests_on, *found.missing, *found.would_help, *found.contradictions]
    assert found.would_help
    assert all(each.say("vi") != each.say("en") for each in every)


def test_two_ticked_bands_count_as_the_smaller_and_groups_are_counted() -> None:
    found = review(
        Record("x", OTHER, RANDOM, ("100-999", "2-9"), unit="Pupils of two public schools")
    )
    assert found.units == (2, 9)
    assert found.counted == (2, "schools")
    assert found.groups
    assert any("groups" in str(each) for each in found.would_help)


@pytest.mark.skipif(
    not COMMONS.is_dir(), reason="the documents of the Commons are not beside the repository"
)
def test_every_experiment_of_the_archive_gets_a_review() -> None:
    files = [p for p in sorted(COMMONS.glob("*.md")) if b"[[type:experiment]]" in p.read_bytes()]
    found = {path.stem: review(_document(path)) for path in files}
    assert len(found) >= 60
    for each in found.values():
        assert each.missing and each.would_help
        assert each.can_confirm == (each.by_lot is True and each.comparison == "different")
        assert each.strength != "test" or each.can_confirm
    confirming = [name for name, each in found.items() if each.can_confirm]
    assert 5 <= len(confirming) <= len(found) / 3
    courses = next(each for name, each in found.items() if name.startswith("tavarandu__juego"))
    assert courses.groups
    riders = next(each for name, each in found.items() if name.startswith("electric_motorbike"))
    assert not riders.can_confirm
    assert riders.units == (2, 9)
    assert all("@" not in str(each.missing) for each in found.values())


def whole() -> record.Record:
    """A record with a lot, a look, an incident and a complaint, all answered."""
    found = record.draw(record.begin(PILOT, AT, acknowledged="yes"), "482 913", AT)
    for kind, said in (
        ("approved", {"by": "Bình"}),
        ("looked", {"planned": True, "rows": "53", "shown": "works"}),
        ("consent", {"version": "1", "agreed": 244}),
        ("guardrail", {"key": "long_wait", "speaks": True, "evidence": 24.5}),
        ("paused", {"by": "", "reason": "long_wait"}),
        ("incident", {"id": "1", "text": "mất điện"}),
        ("reported", {"of": "1"}),
        ("complaint", {"id": "2"}),
        ("answered", {"of": "2"}),
    ):
        found = record.add(found, kind, AT, **said)
    return found


TEXT = record.write(whole())


def test_a_record_comes_back_and_its_lot_with_it() -> None:
    found = record.read(TEXT)
    assert found == record.read(record.write(found))
    assert found.protocol == PILOT
    assert found.drawn == record.lot_of(PILOT, found.sealed, "482913").allocation
    with pytest.raises(VuonError) as caught:
        record.draw(found, "1", AT)
    assert caught.value.code == "trial.drawn_twice"


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.sampled_from('x0 "\n}{é'))
def test_any_changed_byte_is_found(at: int, sign: str) -> None:
    if TEXT[at] == sign:
        return
    for changed in (TEXT[:at] + sign + TEXT[at + 1 :], TEXT[:at] + sign + TEXT[at:]):
        with pytest.raises(VuonError):
            record.read(changed)
    with pytest.raises(VuonError):
        record.read(TEXT[:at] + TEXT[at + 1 :])


def test_a_whole_event_that_is_left_out_moved_or_cut_off_is_found() -> None:
    lines = TEXT.splitlines(keepends=True)
    for number in range(1, len(lines) - 1):
        with pytest.raises(VuonError) as caught:
            record.read("".join([*lines[:number], *lines[number + 1 :]]))
        assert caught.value.where.line == number + 1
    with pytest.raises(VuonError):
        record.read("".join([lines[0], *lines[2:3], lines[1], *lines[3:]]))
    cut = "".join(lines[:-1])
    record.read(cut)  # nobody can see from the inside that the end is missing …
    with pytest.raises(VuonError) as caught:
        record.read(cut, expected=whole().last)  # … but whoever wrote the last hash down can
    assert caught.value.code == "record.missing"


def test_a_chain_made_anew_with_another_lot_is_found() -> None:
    found = whole()
    events = [link.event for link in found.chain]
    other = "".join("1" if z == "0" else "0" for z in str(events[1]["lot"]))
    forged = record.Record(())
    for event in (events[0], {**events[1], "lot": other}, *events[2:]):
        forged = record.Record(sealing.append(forged.chain, event))
    again = record.read(record.write(forged))
    with pytest.raises(VuonError) as caught:
        _ = again.drawn
    assert caught.value.code == "trial.lot"


def test_the_safe_harbour_file_lists_what_is_there_and_what_is_missing() -> None:
    found = dossier(whole())
    assert set(found.chapters) == set(CHAPTERS)
    assert sum(map(len, found.chapters.values())) == len(whole().chain)
    missing = [str(each) for each in (x for gaps in found.gaps.values() for x in gaps)]
    assert len(missing) == 1 and "lawyer" in missing[0]
    told = as_json(found, "vi")
    assert told["chapters"][0]["title"] != CHAPTERS["procedure"]
    assert json.loads(json.dumps(told)) == told
    bare = dossier(record.begin(replace(PILOT, caps=Protocol("x").caps), AT))
    assert all(bare.gaps[chapter] for chapter in ("procedure", "no_fraud", "measures"))
    open_ones = record.add(record.add(whole(), "incident", AT, id="7"), "complaint", AT, id="8")
    assert len(dossier(open_ones).gaps["reports"]) == 2
    silent = record.add(whole(), "guardrail", AT, speaks=True)
    assert len(dossier(silent).gaps["measures"]) == 1


def drafted() -> record.Record:
    """A record that begins with a draft, a review and an approval before the seal."""
    before: tuple[sealing.Link, ...] = ()
    for kind, said in (
        ("submitted", {"by": "An", "version": "1"}),
        ("in_review", {"by": "Bình"}),
        ("changes_requested", {"by": "Bình", "reason": "thêm ngưỡng an toàn"}),
        ("submitted", {"by": "An", "version": "2"}),
        ("approved", {"by": "Bình", "version": "2"}),
    ):
        before = sealing.append(before, {"kind": kind, "at": AT, **said})
    return record.begin(PILOT, AT, before, acknowledged="yes")


def test_a_record_may_begin_before_its_seal() -> None:
    found = record.draw(drafted(), "482913", AT)
    assert record.read(record.write(found)) == found
    assert found.seal == found.chain[5]
    assert found.protocol == PILOT and found.sealed == whole().sealed
    assert found.drawn == whole().drawn and str(found.sealed_on) == AT[:10]
    procedure = dossier(found).chapters["procedure"]
    assert [item.kind for item in procedure] == [
        "submitted", "in_review", "changes_requested", "submitted", "approved", "sealed", "drawn",
    ]  # fmt: skip
    lines = record.write(found).splitlines(keepends=True)
    with pytest.raises(VuonError) as caught:
        record.read("".join(lines[:5]))
    assert caught.value.code == "record.kind"
    with pytest.raises(VuonError) as caught:
        record.read("".join(lines[1:]))
    assert caught.value.code == "record.broken"


def test_one_seal_and_no_lot_before_it() -> None:
    found = drafted()
    other = record.begin(PILOT, AT).chain[0].event
    chained = record.Record(sealing.append(found.chain, other))
    early = sealing.append((), {"kind": "drawn", "at": AT, "number": "1", "lot": "01"})
    broken = (found.chain[1], found.chain[0])
    for wrong, code in (
        (lambda: record.read(record.write(chained)), "record.order"),
        (lambda: record.add(found, "sealed", AT), "record.order"),
        (lambda: record.begin(PILOT, AT, found.chain), "record.order"),
        (lambda: record.begin(PILOT, AT, early), "record.order"),
        (lambda: record.begin(PILOT, AT, broken), "record.broken"),
    ):
        with pytest.raises(VuonError) as caught:
            wrong()
        assert caught.value.code == code
    forged = sealing.append(early, other)
    with pytest.raises(VuonError) as caught:
        record.read(record.write(record.Record(forged)))
    assert (caught.value.code, caught.value.where.line) == ("record.order", 1)


def test_nobody_approves_alone_what_they_submitted() -> None:
    def gaps(*events: tuple[str, str], vulnerable: bool = False) -> list[str]:
        before: tuple[sealing.Link, ...] = ()
        for kind, by in events:
            before = sealing.append(before, {"kind": kind, "at": AT, "by": by})
        plan = replace(PILOT, care=replace(PILOT.care, vulnerable=vulnerable))
        found = dossier(record.draw(record.begin(plan, AT, before, acknowledged="yes"), "1", AT))
        return [str(each) for each in found.gaps["procedure"] if "lawyer" not in str(each)]

    own, other, third = ("approved", "An"), ("approved", "Bình"), ("approved", "Chi")
    sent = ("submitted", "An")
    assert gaps(sent, other) == [] == gaps(sent, other, third, vulnerable=True)
    assert len(gaps(sent, own)) == len(gaps(sent, other, vulnerable=True)) == len(gaps(sent)) == 1
    assert len(gaps(sent, other, sent)) == 1  # what was submitted anew is approved anew


def test_a_major_amendment_is_approved_anew() -> None:
    before = len(dossier(drafted()).gaps["procedure"])
    for fields, missing in ((["title"], 0), (["title", "caps"], 1)):
        changed = record.add(drafted(), "amended", AT, fields=fields, reason="r")
        assert len(dossier(changed).gaps["procedure"]) == before + missing
        told = str(say(dossier(changed).chapters["no_fraud"][-1]))
        assert ("approved anew" in told) == bool(missing)
    approved = record.add(changed, "approval", AT, by="Bình")
    assert len(dossier(approved).gaps["procedure"]) == before


def test_each_event_has_a_plain_sentence_in_its_chapter() -> None:
    kinds = [kind for listed in KINDS.values() for kind in listed]
    assert len(kinds) == len(set(kinds)) and set(kinds) == set(SENTENCES)
    assert set(STATES) <= set(kinds)
    for kind in kinds:
        said = say(Item(kind, AT, "5f", {}))
        assert said.say("vi") != said.say("en") and "{" not in said.say("vi")
    told = {item.kind: say(item).say("en") for item in
            (each for items in dossier(whole()).chapters.values() for each in items)}  # fmt: skip
    assert told["paused"] == (
        "The trial was paused. By itself: a guardrail spoke. Reason: waits longer than 60 minutes."
    )
    assert told["looked"] == "The results were read; the answer was “Works”. As planned."
    assert told["consent"] == "Agreed so far: 244, to version 1 of the notice."
    assert told["guardrail"] == "The guardrail “waits longer than 60 minutes” was looked at. It spoke."  # fmt: skip
    unknown = dossier(record.add(whole(), "visited", AT, by="Chi")).chapters["no_fraud"][-1]
    assert str(say(unknown)) == "An event of the kind “visited”. By: Chi."


def test_a_report_is_held_against_its_plan() -> None:
    from vuon import canonical
    from vuon.trials.analyse import analyse
    from vuon.trials.protocol import plain
    from vuon.trials.report import as_report
    from vuon.trials.rows import read

    rows = read((ROOT / "examples" / "song-an-mot-lan" / "pilot.csv").read_text("utf-8"), PILOT)
    sha = canonical.digest(plain(PILOT))
    told = as_report(PILOT, analyse(PILOT, rows))
    states = {point.code: point.state for point in against(PILOT, sha, told)}
    assert states.pop("label") == CHANGED  # it was never sealed
    assert set(states.values()) == {SAME}
    for key, value in (("primary", "visits"), ("units", 12), ("lot", "none"), ("worthwhile", 0.05)):
        points = against(PILOT, sha, {**told, key: value})
        assert {point.code for point in points if point.state == CHANGED} == {key, "label"}
        assert all(point.words.say("vi") != point.words.say("en") for point in points)
    silent = against(PILOT, sha, {})
    assert {point.state for point in silent} == {UNTOLD}


@given(st.lists(st.integers(0, 3), min_size=1, max_size=5))
def test_the_bet_on_a_mean_is_fair_at_its_limit(counts: list[int]) -> None:
    """Two values around the limit, each as likely: the mean of E over all orders is one."""
    n = sum(counts) or 1
    total = sum(
        comb(n, k) * mean_e_value([10.0] * k + [50.0] * (n - k), 30, 0, 60) for k in range(n + 1)
    )
    assert total / 2**n == pytest.approx(1, abs=1e-9)


def test_guardrails_of_a_plan() -> None:
    share = Rail("harm", limit=0.05)
    assert watch(share, [1.0, 1.0]).speaks and not watch(share, [0.0] * 30 + [1.0]).speaks
    assert watch(Rail("devices", method="count", limit=2), [1, 0, 1]).speaks
    drawing, alarms = random.Random(8), 0
    wait = Rail("wait", method="mean", limit=60.0, low=0.0, high=240.0)
    for _ in range(60):  # waits of an exponential with a mean at the limit, looked at each time
        values = [min(drawing.expovariate(1 / 60), 240.0) for _ in range(60)]
        alarms += any(watch(wait, values[:k]).speaks for k in range(2, 61, 3))
    assert alarms / 60 <= 0.05 + 3 * (0.05 * 0.95 / 60) ** 0.5
    assert watch(wait, [150.0] * 20).speaks
    with pytest.raises(VuonError):
        watch(wait, [300.0])
