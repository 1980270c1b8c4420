"""Trials: from advice to the file of the procedure, with a second person, guardrails and looks."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.architecture.sources import ROOT
from tests.factories import Cast, Person, challenge_of, seated
from tests.published.demo_record import made

from vuon.cases.others import record_of
from vuon.toml.table import Text
from vuon.trials import entries as books
from vuon.trials import file, record
from vuon.trials.plans import cells_of
from vuon.trials.protocol import SECTIONS, Look, Protocol
from vuon.trials.review import review as reviewed
from vuon_web.accounts.visibility import Tier
from vuon_web.audit.models import Event
from vuon_web.challenges.models import Challenge
from vuon_web.labs import actions as labs
from vuon_web.trials import queries
from vuon_web.trials.models import Entry, Line, Trial

pytestmark = pytest.mark.django_db
EXAMPLE = ROOT / "examples" / "song-an-mot-lan"
NUMBER = "482 913"


@pytest.fixture
def task(cast: Cast) -> Challenge:
    """A task of team A."""
    return challenge_of(cast.official, "People come twice", Tier.TEAM)


def plan(**other: Any) -> Protocol:
    """The example's plan, whose last day is today."""
    today = timezone.localdate()
    found = file.read(EXAMPLE / "trial.toml")
    begins, ends = today - timedelta(days=83), today
    lot = replace(found.lot, drawn_on=today)
    return replace(found, **{"begins": begins, "ends": ends, "lot": lot, **other})


def brought(person: Person, task: Challenge, found: Protocol) -> Trial:
    sent = SimpleUploadedFile("trial.toml", file.write(found).encode())
    answer = person.post("trials:bring", task.pk, file=sent)
    return Trial.objects.get(pk=answer["Location"].split("/")[-2])


def act(person: Person, trial: Trial, do: str, **more: Any) -> str:
    """Press a button; where the trial stands then."""
    person.post("trials:act", trial.pk, do=do, **more)
    return queries.standing_of(trial).state


def token(trial: Trial, purpose: str) -> str:
    return queries.doors_of(trial)[purpose].token


def approved(person: Person, trial: Trial, other: Person) -> str:
    """Submitted by one, approved by the other."""
    assert act(person, trial, "submit") == "in_review"
    other.post("trials:approve", token(trial, "approve"), do="approved", role="Phó chủ tịch")
    return queries.standing_of(trial).state


def started(cast: Cast, task: Challenge, **other: Any) -> Trial:
    """The example's pilot, running."""
    trial = brought(cast.official, task, plan(**other))
    assert approved(cast.official, trial, cast.mentor) == "approved"
    assert act(cast.official, trial, "seal", acknowledged="yes") == "registered"
    assert act(cast.official, trial, "draw", number=NUMBER) == "recruiting"
    assert act(cast.official, trial, "start") == "running"
    return trial


def enter(person: Person, trial: Trial, yes: str = "1", **more: str) -> Any:
    sent = {"unit": "A", "period": "1", "on": str(timezone.localdate()), "agreed": "1",
            "o_first_visit": yes, "r_long_wait": "0", **more}  # fmt: skip
    answer = person.post("trials:enter", token(trial, "enter"), **sent)
    return person.client.get(answer["Location"]) if answer.status_code == 302 else answer


@pytest.mark.view("trials:trials", "works")
@pytest.mark.view("trials:advise", "works")
@pytest.mark.view("trials:part", "works")
@pytest.mark.view("trials:plan", "works")
@pytest.mark.view("trials:trial", "works")
@pytest.mark.view("trials:act", "works")
def test_from_a_question_to_a_plan_that_can_be_submitted(cast: Cast, task: Challenge) -> None:
    person = cast.official
    assert person.get("trials:trials", task.pk).status_code == 200
    asked = {"question": "Do more finish?", "level": "place", "units": "2", "lot": "on",
             "on_off": "on", "fades": "on", "points": "12"}  # fmt: skip
    assert person.post("trials:advise", task.pk, question="").status_code == 422
    advice = person.post("trials:advise", task.pk, **asked).context["advice"]
    assert advice["design"] == "crossover"
    assert person.post("trials:advise", task.pk, do="take", **asked).status_code == 422
    taken = person.post("trials:advise", task.pk, do="take", instead="user_test", **asked)
    trial = Trial.objects.get(pk=taken["Location"].split("/")[-2])
    assert act(person, trial, "submit") == "draft"  # gaps stand in the way
    today = timezone.localdate()
    parts: dict[str, dict[str, str]] = {
        "question": {"title": "Checklist", "question": "Do more finish?", "instead": "user_test",
                     "why": "Five users do not say it", "owner": "The centre"},
        "outcome": {"name": "finished at once", "kind": "yes_no", "better": "more",
                    "worthwhile": "10", "source": "a slip at the counter"},
        "units": {"units": "A\nB", "periods": "12", "block": "2", "begins": str(today),
                  "ends": str(today + timedelta(days=83)), "public_number": "The lottery",
                  "substitute": "The next draw", "drawn_on": str(today)},
        "ways": {"new": "A plain list", "old": "As ever", "returned": "The list from then on"},
        "safety": {"people": "300", "days": "84", "stops": "A leak", "rail_0": "waits long",
                   "method_0": "share", "limit_0": "10"},
        "care": {"notice": "This week is tried", "leaving": "At any time", "complaints": "QR",
                 "harm_plan": "Served first", "pays": "The centre"},
        "rules": {"profile": "policy_pilot", **{f"section_{key}": "Said" for key in SECTIONS}},
        "end": {"exit_plan": "The head decides in two weeks", "after_0": "6", "alpha_0": "10"},
    }  # fmt: skip
    for key, values in parts.items():
        assert person.get("trials:part", trial.pk, key).status_code == 200
        base = person.get("trials:part", trial.pk, key).context["base"]
        kept = person.post("trials:part", trial.pk, key, next="yes", base=base, **values)
        assert kept.status_code == 302, (key, kept.context["form"].errors)
    found = queries.draft_of(trial)
    assert (found.primary and found.primary.worthwhile, found.rails[0].limit) == (0.1, 0.1)
    assert (found.looks, found.lot.units) == ((Look(6, 0.01),), ("A", "B"))
    page = person.get("trials:plan", trial.pk, share="40", people="10").context
    assert page["can_show"]
    assert 5 < page["points"] < 60
    late = person.post("trials:part", trial.pk, "ways", base="1", new="Another")
    assert late.status_code == 409
    act(person, trial, "undo")
    assert not queries.draft_of(trial).looks
    act(person, trial, "redo")
    assert act(person, trial, "submit") == "in_review"
    assert person.get("trials:part", trial.pk, "ways").status_code == 404
    again = brought(person, task, plan())
    person.post("trials:act", again.pk, do="delete")
    assert not Trial.objects.filter(pk=again.pk).exists()


def test_parts_that_do_not_fit_are_not_kept(cast: Cast, task: Challenge) -> None:
    trial = brought(cast.official, task, plan())
    for key, values in (
        ("outcome", {"name": "x", "kind": "number", "better": "more", "worthwhile": "0"}),
        ("outcome", {"name": "x", "kind": "number", "better": "more", "low": "5", "high": "1"}),
        ("units", {"units": "A\nA", "periods": "12", "block": "2"}),
        ("units", {"units": "A\nB", "periods": "11", "block": "2"}),
        ("safety", {"rail_0": "waits", "method_0": "share", "limit_0": "100"}),
        ("safety", {"rail_0": "waits", "method_0": "mean", "limit_0": "60"}),
        ("end", {"exit_plan": "x", "after_0": "6", "alpha_0": "50"}),
    ):
        answer = cast.official.post("trials:part", trial.pk, key, **values)
        assert answer.status_code == 422, (key, values)
    assert queries.draft_of(trial) == plan()


def test_nobody_approves_their_own_plan(cast: Cast, task: Challenge) -> None:
    trial = brought(cast.official, task, plan())
    labs.join(session=cast.session, team=cast.team_a, by=cast.neighbour.actor)
    base = cast.neighbour.get("trials:part", trial.pk, "ways").context["base"]
    cast.neighbour.post(
        "trials:part", trial.pk, "ways", base=base, new="List", old="", returned="x"
    )
    act(cast.official, trial, "submit")
    for person in (cast.official, cast.neighbour):  # both wrote in it
        address = token(trial, "approve")
        person.post("trials:approve", address, do="approved", role="Head")
        assert queries.standing_of(trial).state == "in_review"
    stranger = seated()
    stranger.post("trials:approve", token(trial, "approve"), do="approved", role="")
    assert queries.standing_of(trial).state == "in_review"
    stranger.post("trials:approve", token(trial, "approve"), do="changes_requested", role="Head",
                  reason="Say who pays")  # fmt: skip
    assert queries.standing_of(trial).state == "changes_requested"
    assert approved(cast.official, trial, stranger) == "approved"


def test_two_approve_where_people_need_protection(cast: Cast, task: Challenge) -> None:
    care = replace(plan().care, vulnerable=True)
    trial = brought(cast.official, task, plan(care=care))
    assert approved(cast.official, trial, cast.mentor) == "in_review"
    seated().post("trials:approve", token(trial, "approve"), do="approved", role="School")
    assert queries.standing_of(trial).state == "approved"


@pytest.mark.view("trials:approve", "works")
@pytest.mark.view("trials:lot", "works")
@pytest.mark.view("trials:enter", "works")
@pytest.mark.view("trials:entered", "works")
@pytest.mark.view("trials:complain", "works")
@pytest.mark.view("trials:links", "works")
@pytest.mark.view("trials:entries", "works")
@pytest.mark.view("trials:reports", "works")
@pytest.mark.view("trials:reading", "works")
@pytest.mark.view("trials:rows", "works")
@pytest.mark.view("trials:blank", "works")
@pytest.mark.view("trials:end", "works")
@pytest.mark.view("trials:seal", "works")
@pytest.mark.view("trials:procedure", "works")
@pytest.mark.view("trials:procedure_json", "works")
@pytest.mark.view("trials:record", "works")
@pytest.mark.view("trials:toml", "works")
@pytest.mark.view("trials:bring", "works")
@pytest.mark.view("trials:experiment", "works")
@pytest.mark.view("trials:seal_pdf", "works")
@pytest.mark.view("trials:procedure_pdf", "works")
@pytest.mark.view("trials:sheet_pdf", "works")
def test_the_pilot_of_the_example(cast: Cast, task: Challenge) -> None:
    person = cast.official
    trial = brought(person, task, plan())
    assert approved(person, trial, cast.mentor) == "approved"
    act(person, trial, "seal", acknowledged="yes")
    number = number_of_the_demo(trial)
    act(person, trial, "draw", number=number)
    assert act(person, trial, "start") == "running"
    assert person.get("trials:seal", trial.pk).status_code == 200
    assert person.get("trials:links", trial.pk).status_code == 200
    assert person.get("trials:rows", trial.pk).status_code == 404  # nobody looked
    drawn = person.get("trials:lot", token(trial, "lot")).context["table"]
    other = seated().get("trials:lot", token(trial, "lot"), number=number).context
    assert (other["same"], other["again"]) == (True, drawn)
    another = f"{int(number) + 1:06}"
    assert not seated().get("trials:lot", token(trial, "lot"), number=another).context["same"]
    sheet = SimpleUploadedFile("pilot.csv", (EXAMPLE / "pilot.csv").read_bytes())
    person.post("trials:entries", trial.pk, file=sheet)
    assert queries.people(trial) > 200
    code = seated().post("trials:complain", token(trial, "complain"), do="complain",
                         text="Chờ lâu quá").context["receipt"]  # fmt: skip
    person.post("trials:reports", trial.pk, text="A list with a wrong fee")
    assert person.post("trials:reports", trial.pk, number="1", answer="Sorry").status_code == 302
    person.post("trials:reports", trial.pk, number="2", answer="Told the head; list corrected")
    told = seated().post("trials:complain", token(trial, "complain"), do="answer", code=code)
    assert "Sorry" in told.content.decode()
    assert act(person, trial, "complete") == "completed"
    assert "told" not in person.get("trials:reading", trial.pk).context
    person.post("trials:reading", trial.pk)
    read = person.get("trials:reading", trial.pk).context["told"]
    assert (read["code"], read["label"]) == ("works", "as_planned")
    interval = read["interval"]
    said = [round(interval[name], 1) for name in ("low", "middle", "high")]
    assert said == [2.5, 18.8, 35.2]
    assert any("0,028" in line for line in read["lines"])
    assert person.get("trials:rows", trial.pk).status_code == 200
    person.post(
        "trials:end", trial.pk, decision="adopt_with_changes", reason="The lower end is low"
    )
    person.post("trials:end", trial.pk, treated="Go on", returned="Get it too", lessons="One list")
    assert queries.standing_of(trial).state == "closed"
    told = json.loads(person.get("trials:procedure_json", trial.pk).content)
    missing = [each for chapter in told["chapters"] for each in chapter["missing"]]
    assert [each for each in missing if "luật sư" not in each] == []
    assert person.get("trials:procedure", trial.pk).status_code == 200
    assert number in person.get("trials:record", trial.pk).content.decode()
    kept = record.read(person.get("trials:record", trial.pk).content.decode())
    assert file.read(person.get("trials:toml", trial.pk).content.decode()) == kept.protocol
    for name, more in (("seal_pdf", ()), ("procedure_pdf", ()), ("sheet_pdf", ("lot",))):
        assert person.get(f"trials:{name}", trial.pk, *more).content.startswith(b"%PDF")
    assert person.get("trials:sheet_pdf", trial.pk, "enter").status_code == 404  # it is closed
    document = person.get("trials:experiment", trial.pk).content
    assert reviewed(record_of(document, "experiment.md")).by_lot


def number_of_the_demo(trial: Trial) -> str:
    """The public number with which the lot of this plan falls as it fell in the demo."""
    lines = (EXAMPLE / "pilot.csv").read_text().splitlines()[1:]
    ways = {(unit, int(week)): way == "new" for unit, week, way, _ in map(split, lines)}
    kept = queries.standing_of(trial).record
    assert kept
    wanted = tuple(int(ways[cell]) for cell in cells_of(kept.protocol.lot))
    for n in range(1_000_000):
        if record.lot_of(kept.protocol, kept.sealed, f"{n:06}").allocation == wanted:
            return f"{n:06}"
    raise AssertionError("no number of six digits gives this lot")


def split(line: str) -> list[str]:
    return line.split(",")


def test_without_a_lot_it_is_a_description_and_no_more(cast: Cast, task: Challenge) -> None:
    lot = replace(plan().lot, kind="none", public_number=Text(), substitute=Text())
    trial = brought(cast.official, task, plan(lot=lot))
    approved(cast.official, trial, cast.mentor)
    assert act(cast.official, trial, "seal", acknowledged="yes") == "recruiting"
    act(cast.official, trial, "start")
    sheet = SimpleUploadedFile("pilot.csv", (EXAMPLE / "pilot.csv").read_bytes())
    cast.official.post("trials:entries", trial.pk, file=sheet)
    act(cast.official, trial, "complete")
    cast.official.post("trials:reading", trial.pk)
    page = cast.official.get("trials:reading", trial.pk).context
    assert (page["told"]["label"], page["told"]["interval"]) == ("observational", None)


def test_a_guardrail_pauses_the_trial_by_itself(cast: Cast, task: Challenge) -> None:
    trial = started(cast, task)
    counter = seated()
    for _ in range(4):
        answer = enter(counter, trial, r_long_wait="1")
    assert queries.standing_of(trial).state == "paused"
    assert answer.context["state"] == "paused"
    assert enter(counter, trial).status_code == 422
    standing = queries.standing_of(trial)
    assert standing.events("paused")[0]["by"] == ""
    assert standing.events("guardrail")[0]["speaks"] is True
    assert act(cast.official, trial, "resume") == "paused"  # without a reason it stays
    assert act(cast.official, trial, "resume", reason="A third clerk") == "running"
    enter(counter, trial, r_long_wait="1")
    assert queries.standing_of(trial).state == "running"  # it watches anew
    for _ in range(3):
        cast.official.post("trials:reports", trial.pk, text="A complaint by telephone",
                           rail="complaints_a_week")  # fmt: skip
    assert queries.standing_of(trial).state == "paused"
    assert act(cast.official, trial, "stop", reason="Twice") == "stopped_early"
    assert "enter" not in queries.doors_of(trial)


def test_entries_stay_within_the_plan(cast: Cast, task: Challenge) -> None:
    caps = replace(plan().caps, people=3)
    trial = started(cast, task, caps=caps)
    counter = seated()
    day = str(timezone.localdate() + timedelta(days=1))
    assert enter(counter, trial, on=day).status_code == 422
    assert enter(counter, trial, unit="C").status_code == 422
    assert enter(counter, trial, period="13").status_code == 422
    assert enter(counter, trial, agreed="0").status_code == 200
    made = enter(counter, trial).context["made"]
    assert enter(counter, trial, "").status_code == 422  # nobody chose
    enter(counter, trial, "-")
    enter(counter, trial, "0")
    full = enter(counter, trial)
    assert full.status_code == 422
    assert queries.consents(trial) == {"agreed": 3, "declined": 1, "left": 0}
    assert books.as_rows(queries.book_of(trial), queries.standing_of(trial).protocol) == (
        "unit,period,first_visit\nA,1,1/2+1\n"
    )
    wrong = {"unit": "A", "period": "2", "on": str(timezone.localdate()), "agreed": "1",
             "o_first_visit": "0", "r_long_wait": "-"}  # fmt: skip
    corrected(cast.official, trial, made, wrong)
    left = seated().post("trials:complain", token(trial, "complain"), do="leave", code=made.slip,
                         keep="delete")  # fmt: skip
    assert left.context["left"]
    assert not Entry.objects.filter(slip=made.slip).exclude(values={}).exists()
    act(cast.official, trial, "spend", million_dong="20,5")
    assert queries.standing_of(trial).spent == 20.5


@pytest.mark.view("trials:correct", "works")
def corrected(person: Person, trial: Trial, made: Entry, sent: dict[str, str]) -> None:
    """A correction is a further entry; the old one no longer counts and cannot be corrected."""
    assert person.get("trials:correct", trial.pk, made.n).status_code == 200
    assert person.post("trials:correct", trial.pk, made.n, **sent).status_code == 302
    assert person.get("trials:correct", trial.pk, made.n).status_code == 404
    assert [each.cell for each in queries.book_of(trial)].count(("A", 2)) == 1


def test_looks_are_planned_or_written_down_as_not_planned(cast: Cast, task: Challenge) -> None:
    trial = started(cast, task, looks=(Look(2, 0.01),))
    for unit in "AB":
        for period in "12":
            enter(seated(), trial, unit=unit, period=period)
    assert not queries.standing_of(trial).events("looked")
    cast.official.post("trials:reading", trial.pk)
    looks = queries.standing_of(trial).events("looked")
    assert [each["planned"] for each in looks] == [True]
    cast.official.post("trials:reading", trial.pk)  # the same rows again, and no reason
    enter(seated(), trial, unit="A", period="3")
    cast.official.post("trials:reading", trial.pk)
    assert len(queries.standing_of(trial).events("looked")) == 1
    cast.official.post("trials:reading", trial.pk, reason="The director asked")
    looks = queries.standing_of(trial).events("looked")
    assert [each["planned"] for each in looks] == [True, False]


def test_a_number_that_everybody_knows_seals_nothing(cast: Cast, task: Challenge) -> None:
    known = replace(plan().lot, drawn_on=timezone.localdate() - timedelta(days=1))
    trial = brought(cast.official, task, plan(lot=known))
    approved(cast.official, trial, cast.mentor)
    assert act(cast.official, trial, "seal", acknowledged="yes") == "approved"


def test_it_is_complete_on_its_last_day_or_when_all_is_measured(
    cast: Cast, task: Challenge
) -> None:
    today = timezone.localdate()
    days = {"begins": today - timedelta(days=82), "ends": today + timedelta(days=1)}
    trial = started(cast, task, **days)
    enter(seated(), trial)
    assert act(cast.official, trial, "complete") == "running"
    assert act(cast.official, trial, "stop") == "running"  # without a reason
    assert act(cast.official, trial, "stop", reason="The desk is closed") == "stopped_early"


def test_adopting_what_was_not_shown_is_said_to_be_so(cast: Cast, task: Challenge) -> None:
    trial = started(cast, task)
    enter(seated(), trial)
    act(cast.official, trial, "complete")
    cast.official.post("trials:reading", trial.pk)
    asked = {"decision": "adopt", "reason": "Everybody likes it"}
    assert cast.official.post("trials:end", trial.pk, **asked).status_code == 422
    assert cast.official.post("trials:end", trial.pk, aware="on", **asked).status_code == 302
    assert queries.standing_of(trial).state == "exit_decided"


def test_a_thousand_is_not_one(cast: Cast, task: Challenge) -> None:
    trial = brought(cast.official, task, plan())
    values = {"name": "x", "kind": "number", "better": "more", "source": "y", "low": "0"}
    for typed, status in (("1.000", 422), ("1000", 302), ("0,125", 302), ("2,500", 422)):
        answer = cast.official.post("trials:part", trial.pk, "outcome", worthwhile=typed, **values)
        assert answer.status_code == status, typed


def test_a_lot_waits_for_its_day(cast: Cast, task: Challenge) -> None:
    later = replace(plan().lot, drawn_on=timezone.localdate() + timedelta(days=1))
    trial = brought(cast.official, task, plan(lot=later))
    approved(cast.official, trial, cast.mentor)
    assert act(cast.official, trial, "seal") == "approved"  # nothing is acknowledged
    act(cast.official, trial, "seal", acknowledged="yes")
    assert act(cast.official, trial, "draw", number=NUMBER) == "registered"
    assert act(cast.official, trial, "withdraw") == "registered"
    assert act(cast.official, trial, "withdraw", reason="The counter moves") == "withdrawn"


def test_any_changed_byte_of_the_record_is_found(cast: Cast, task: Challenge) -> None:
    trial = started(cast, task)
    token_lot = token(trial, "lot")
    line = Line.objects.get(trial=trial, text__contains='"kind":"sealed"')
    for at in (10, 400, len(line.text) // 2, len(line.text) - 3):
        other = "0" if line.text[at] != "0" else "1"
        changed = line.text[:at] + other + line.text[at + 1 :]
        Line.objects.filter(pk=line.pk).update(text=changed)
        page = cast.official.get("trials:trial", trial.pk)
        assert page.status_code == 409
        assert "broken" in page.context
        for name in ("plan", "toml", "entries", "reading", "procedure", "record"):
            assert cast.official.get(f"trials:{name}", trial.pk).status_code == 409, name
        assert seated().get("trials:lot", token_lot).status_code == 409
        assert cast.official.get("trials:trials", task.pk).status_code == 200
        before = Line.objects.filter(trial=trial).count()
        cast.official.post("trials:act", trial.pk, do="pause", reason="x")
        assert Line.objects.filter(trial=trial).count() == before
    Line.objects.filter(pk=line.pk).update(text=line.text)
    assert cast.official.get("trials:trial", trial.pk).status_code == 200


def test_an_amendment_is_minor_or_asks_a_second_person(cast: Cast, task: Challenge) -> None:
    trial = started(cast, task)
    sealed = queries.standing_of(trial).protocol
    words = replace(sealed, care=replace(sealed.care, pays=Text("Quỹ của phường")))
    assert act(cast.official, trial, "amend", reason="Another fund", file=sent(words)) == "running"
    wider = replace(words, caps=replace(words.caps, people=400))
    assert act(cast.official, trial, "amend", file=sent(wider)) == "running"  # no reason
    assert act(cast.official, trial, "amend", reason="More come", file=sent(wider)) == "paused"
    assert act(cast.official, trial, "resume", reason="Go on") == "paused"
    cast.mentor.post("trials:approve", token(trial, "approve"), do="approved", role="Head")
    assert act(cast.official, trial, "resume", reason="Go on") == "running"
    assert queries.standing_of(trial).protocol.caps.people == 400
    enter(seated(), trial)
    enter(seated(), trial, unit="B", period="2")
    act(cast.official, trial, "complete")
    cast.official.post("trials:reading", trial.pk)
    told = cast.official.get("trials:reading", trial.pk).context["told"]
    assert told["label"] == "exploratory"


def sent(found: Protocol) -> SimpleUploadedFile:
    return SimpleUploadedFile("trial.toml", file.write(found).encode())


def test_it_is_extended_on_a_paper(cast: Cast, task: Challenge) -> None:
    trial = started(cast, task)
    act(cast.official, trial, "extend", months="3")
    assert not queries.standing_of(trial).life.extended  # the profile does not know its limit
    act(cast.official, trial, "extend", months="3", basis="Decision 12")
    standing = queries.standing_of(trial)
    assert standing.life.extended == (3,)
    assert standing.ends and standing.protocol.ends
    assert (standing.ends - standing.protocol.ends).days == 91


def test_a_renewed_link_shuts_the_old_one(cast: Cast, task: Challenge) -> None:
    trial = started(cast, task)
    old = token(trial, "enter")
    act(cast.official, trial, "renew", purpose="enter")
    assert seated().get("trials:enter", old).status_code == 404
    assert seated().get("trials:enter", token(trial, "enter")).status_code == 200


def test_a_page_that_is_sent_twice_is_one_complaint(cast: Cast, task: Challenge) -> None:
    trial, citizen = started(cast, task), seated()
    page = citizen.get("trials:complain", token(trial, "complain")).context
    said = {"do": "complain", "text": "Chờ lâu", "once": page["once"]}
    first, again = (
        citizen.post("trials:complain", token(trial, "complain"), **said) for _ in range(2)
    )
    assert first.context["receipt"] == again.context["receipt"]
    other = {**said, "text": "Chờ lâu, lại sai giấy"}
    citizen.post("trials:complain", token(trial, "complain"), **other)
    assert trial.reports.count() == 2


def test_a_second_person_can_only_answer(cast: Cast, task: Challenge) -> None:
    trial = brought(cast.official, task, plan())
    act(cast.official, trial, "submit")
    for to in ("withdrawn", "registered", "running", ""):
        seated().post("trials:approve", token(trial, "approve"), do=to, role="Head", reason="x")
        assert queries.standing_of(trial).state == "in_review"


def test_words_of_citizens_are_in_no_record(cast: Cast, task: Challenge) -> None:
    trial = started(cast, task)
    said = "Bà Hằng nói chờ cả buổi"
    seated().post("trials:complain", token(trial, "complain"), do="complain", text=said)
    assert said not in cast.official.get("trials:record", trial.pk).content.decode()
    assert said in cast.official.get("trials:reports", trial.pk).content.decode()
    assert not [each for each in Event.objects.filter(kind="trial") if "Hằng" in str(each.detail)]


@pytest.mark.view("trials:review", "works")
def test_other_people_s_experiments_are_read_and_not_kept(cast: Cast) -> None:
    document = "# Free parking\n\n[[type:experiment]]\n\n[[control_group:It does not have one]]\n"
    good = SimpleUploadedFile("parking.md", document.encode())
    bad = SimpleUploadedFile("noise.md", bytes(range(256)) * 20)
    page = seated().client.post("/trials/review/", {"file": [good, bad]}).context["found"]
    assert page[0]["title"] == "Free parking"
    assert page[0]["rests_on"]
    assert page[1]["why"]
    assert seated().client.post("/trials/review/").status_code == 200


INSIDE = (
    "blank",
    "seal_pdf",
    "procedure_pdf",
    "sheet_pdf",
    "trial", "act", "plan", "part", "toml", "seal", "links", "entries", "correct", "reports",
    "reading", "rows", "end", "procedure", "procedure_json", "experiment", "record",
)  # fmt: skip


@pytest.mark.view("trials:trials", "not yours")
@pytest.mark.view("trials:advise", "not yours")
@pytest.mark.view("trials:bring", "not yours")
@pytest.mark.view("trials:trial", "not yours")
@pytest.mark.view("trials:act", "not yours")
@pytest.mark.view("trials:plan", "not yours")
@pytest.mark.view("trials:part", "not yours")
@pytest.mark.view("trials:toml", "not yours")
@pytest.mark.view("trials:seal", "not yours")
@pytest.mark.view("trials:links", "not yours")
@pytest.mark.view("trials:entries", "not yours")
@pytest.mark.view("trials:correct", "not yours")
@pytest.mark.view("trials:reports", "not yours")
@pytest.mark.view("trials:reading", "not yours")
@pytest.mark.view("trials:rows", "not yours")
@pytest.mark.view("trials:blank", "not yours")
@pytest.mark.view("trials:end", "not yours")
@pytest.mark.view("trials:procedure", "not yours")
@pytest.mark.view("trials:procedure_json", "not yours")
@pytest.mark.view("trials:experiment", "not yours")
@pytest.mark.view("trials:seal_pdf", "not yours")
@pytest.mark.view("trials:procedure_pdf", "not yours")
@pytest.mark.view("trials:sheet_pdf", "not yours")
@pytest.mark.view("trials:record", "not yours")
@pytest.mark.view("trials:approve", "not yours")
@pytest.mark.view("trials:enter", "not yours")
@pytest.mark.view("trials:entered", "not yours")
@pytest.mark.view("trials:complain", "not yours")
@pytest.mark.view("trials:lot", "not yours")
def test_a_trial_is_seen_as_far_as_its_task(cast: Cast, task: Challenge) -> None:
    trial = started(cast, task)
    made = enter(seated(), trial).context["made"]
    for person in (cast.neighbour, cast.outsider, seated()):
        assert person.get("trials:entered", token(trial, "enter"), made.pk).status_code == 404
        for name in ("trials", "advise"):
            assert person.get(f"trials:{name}", task.pk).status_code == 404
        assert person.post("trials:bring", task.pk, file=sent(plan())).status_code == 404
        for name in INSIDE:
            more = {"part": ("ways",), "correct": (1,), "sheet_pdf": ("lot",)}.get(name, ())
            ask = person.post if name == "act" else person.get
            assert ask(f"trials:{name}", trial.pk, *more).status_code == 404, name
        for purpose in ("approve", "enter", "complain", "lot"):
            assert person.get(f"trials:{purpose}", "x" * 43).status_code == 404
            closed = token(trial, "lot")  # the token of one door opens no other
            if purpose != "lot":
                assert person.get(f"trials:{purpose}", closed).status_code == 404


def test_every_page_speaks_both_languages(cast: Cast, task: Challenge) -> None:
    trial = started(cast, task)
    for language in ("vi", "en"):
        cast.official.client.cookies["vuon_language"] = language
        for name in (
            "trial",
            "plan",
            "seal",
            "links",
            "entries",
            "reports",
            "reading",
            "procedure",
        ):
            page = cast.official.get(f"trials:{name}", trial.pk).content.decode()
            assert re.search(rf'<html lang="{language}"', page)


def test_a_look_half_way_leaves_the_last_reading_as_it_was(cast: Cast, task: Challenge) -> None:
    person = cast.official
    trial = brought(person, task, plan(looks=(Look(6, 0.0001),)))
    approved(person, trial, cast.mentor)
    act(person, trial, "seal", acknowledged="yes")
    act(person, trial, "draw", number=number_of_the_demo(trial))
    act(person, trial, "start")
    heads, *lines = (EXAMPLE / "pilot.csv").read_text().splitlines()
    half = [line for line in lines if int(split(line)[1]) <= 6]
    for some in (half, [line for line in lines if line not in half]):
        sheet = SimpleUploadedFile("pilot.csv", "\n".join([heads, *some]).encode())
        person.post("trials:entries", trial.pk, file=sheet)
        if some is half:
            person.post("trials:reading", trial.pk)
            first = person.get("trials:reading", trial.pk).context["told"]
            assert first["code"] == "cannot_tell"
    act(person, trial, "complete")
    person.post("trials:reading", trial.pk)
    told = person.get("trials:reading", trial.pk).context["told"]
    said = [round(told["interval"][name], 1) for name in ("low", "middle", "high")]
    assert said == [2.5, 18.8, 35.2]


def test_a_record_from_elsewhere_goes_on_here_and_says_so(cast: Cast, task: Challenge) -> None:
    person = cast.official
    text = (EXAMPLE / "trial.record").read_bytes()
    sheet = SimpleUploadedFile("pilot.csv", (EXAMPLE / "pilot.csv").read_bytes())
    sent = {"file": SimpleUploadedFile("trial.record", text), "sheet": sheet}
    answer = person.post("trials:bring", task.pk, **sent)
    trial = Trial.objects.get(pk=answer["Location"].split("/")[-2])
    standing = queries.standing_of(trial)
    assert (standing.state, standing.events("brought")[0]["by"]) == ("closed", "author")
    told = person.get("trials:reading", trial.pk).context["told"]
    assert (told["code"], told["label"]) == ("works", "as_planned")
    count = Trial.objects.count()
    changed = SimpleUploadedFile("trial.record", text.replace(b"works", b"harms"))
    person.post("trials:bring", task.pk, file=changed)
    assert Trial.objects.count() == count


def test_the_example_has_its_pilot(db: None) -> None:
    text = (EXAMPLE / "trial.record").read_text()
    assert record.read(text).protocol == file.read(EXAMPLE / "trial.toml")
    assert record.write(made()) == text
