"""Who comes, desks and hours, papers, and figures from a stopwatch: what makes a map run is typed
and counted on pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.factories import Cast, Person, challenge_of

from vuon.evidence import observation
from vuon.journeys.file import read
from vuon.journeys.model import Journey
from vuon_web.accounts.visibility import Tier
from vuon_web.challenges.models import Challenge
from vuon_web.evidence import actions as evidence
from vuon_web.journeys import actions, queries

pytestmark = pytest.mark.django_db
EXAMPLES = sorted(Path("examples/journeys").glob("*.toml"))
TWO = """format = 1
id = "way"
title = { vi = "Đường đi" }
[[step]]
key = "prepare"
title = { vi = "Chuẩn bị" }
[[step]]
key = "desk"
title = { vi = "Nộp tại quầy" }
office = { vi = "Bộ phận Một cửa" }
kind = "desk"
"""


@pytest.fixture
def task(cast: Cast) -> Challenge:
    found = challenge_of(cast.official, "People come twice", Tier.TEAM)
    actions.put(challenge=found, text=TWO, by=cast.official.actor)
    return found


def standing(task: Challenge) -> Journey:
    found = queries.journey_of(task)
    assert found
    return found


def typed(person: Person, task: Challenge, part: str) -> dict[str, str]:
    """What the form of a page holds before anybody types."""
    page = person.get("journeys:part", task.pk, part)
    assert page.status_code == 200
    sent = {"base": str(page.context["base"])}
    for form in (page.context["form"], *page.context["rows"].forms):
        for field in form:
            value = field.value()
            if isinstance(value, list):
                sent[field.html_name] = value
            elif value is True:
                sent[field.html_name] = "on"
            elif value not in (None, "", False):
                shown = field.field.widget.format_value(value)
                sent[field.html_name] = str(shown[0] if isinstance(shown, list) else shown)
    rows = page.context["rows"]
    sent["rows-TOTAL_FORMS"] = str(len(rows.forms))
    sent["rows-INITIAL_FORMS"] = str(rows.initial_form_count())
    return sent


@pytest.mark.view("journeys:part", "works")
def test_people_desks_and_papers_are_typed_and_the_map_runs_on_them(
    cast: Cast, task: Challenge
) -> None:
    person = cast.official
    who = typed(person, task, "who") | {
        "per_day": "60", "morning": "7", "before": "5", "light": "said",
        "rows-0-name": "Người cao tuổi", "rows-0-of_hundred": "30", "rows-0-first": "on",
        "rows-0-travel_minutes": "40", "more": "1",
    }  # fmt: skip
    too_many = who | {"rows-0-of_hundred": "130"}
    assert person.post("journeys:part", task.pk, "who", **too_many).status_code == 422
    assert person.post("journeys:part", task.pk, "who", **who).status_code == 302
    # thirty of a hundred are not everybody: who is left has a group, which can be named
    assert [group.share.value for group in standing(task).groups] == [0.3, 0.7]
    named = typed(person, task, "who") | {"rows-1-name": "Người khác"}
    assert person.post("journeys:part", task.pk, "who", **named).status_code == 302
    desks = typed(person, task, "desks") | {
        "weeks": "2", "holidays": "12/10/2026", "rows-0-name": "Quầy tiếp nhận",
        "rows-0-desks": "3", "rows-0-afternoon": "2", "rows-0-closing": "return_next_day",
    }  # fmt: skip
    assert person.post("journeys:part", task.pk, "desks", **desks).status_code == 302
    papers = typed(person, task, "papers") | {
        "back_to": "prepare", "rows-0-name": "Giấy chứng sinh", "rows-0-asked_at": ["desk"],
        "rows-0-missing": "40", "rows-0-light": "measured", "rows-0-held_by": "Bệnh viện",
    }  # fmt: skip
    assert person.post("journeys:part", task.pk, "papers", **papers).status_code == 302
    found = standing(task)
    assert [(g.name.vi, g.share.value, g.priority) for g in found.groups] == [
        ("Người cao tuổi", 0.3, 0),
        ("Người khác", 0.7, 1),
    ]
    arrivals, calendar = found.arrivals, found.calendar
    assert arrivals and calendar
    assert (arrivals.per_day.value, arrivals.per_day.light, arrivals.before_opening) == (
        60, "said", 5
    )  # fmt: skip
    assert sum(each.part for each in arrivals.spans if each.start < 720) == pytest.approx(0.7)
    assert sum(each.part for each in arrivals.spans) == pytest.approx(1)
    assert (calendar.horizon_days, len(calendar.holidays)) == (14, 1)
    (pool,) = found.resources
    assert [shift.desks for shift in pool.shifts] == [3, 2]
    assert found.step("desk").documents == (found.documents[0].key,)
    assert [(e.source, e.target, e.papers) for e in found.returns] == [("desk", "prepare", True)]
    run = person.get("journeys:run", task.pk, guess="5")
    assert run.context["columns"] == ["Người cao tuổi", "Người khác"]
    assert not run.context["refused"]


def test_a_part_kept_as_it_stands_changes_nothing_of_a_rich_file(cast: Cast) -> None:
    """What the pages cannot show is not lost by keeping them."""
    assert len(EXAMPLES) >= 3
    for path in EXAMPLES:
        task = challenge_of(cast.official, path.stem, Tier.TEAM)
        actions.put(challenge=task, text=path.read_text(encoding="utf-8"), by=cast.official.actor)
        before = standing(task)
        for part in ("who", "desks", "papers"):
            sent = typed(cast.official, task, part)
            answer = cast.official.post("journeys:part", task.pk, part, **sent)
            assert answer.status_code == 302, (path.name, part)
            assert standing(task).hash == before.hash, (path.name, part)


def test_an_emptied_name_takes_the_row_out_with_what_hung_on_it(
    cast: Cast, task: Challenge
) -> None:
    text = Path("examples/journeys/one_stop_monday.toml").read_text(encoding="utf-8")
    actions.put(challenge=task, text=text, by=cast.official.actor)
    found = read(text)
    keep = found.groups[0]
    sent = typed(cast.official, task, "who")
    for n, _group in enumerate(found.groups):
        sent[f"rows-{n}-name"] = sent[f"rows-{n}-name"] if n == 0 else ""
    sent["rows-0-of_hundred"] = "100"
    assert cast.official.post("journeys:part", task.pk, "who", **sent).status_code == 302
    after = standing(task)
    assert [group.key for group in after.groups] == [keep.key]
    for step in after.steps:
        assert {key for key, _ in step.service_for} <= {keep.key}
    assert cast.official.post("journeys:change", task.pk, do="undo").status_code == 302
    assert standing(task).hash == found.hash


def test_mistakes_are_said_where_they_are(cast: Cast, task: Challenge) -> None:
    sent = typed(cast.official, task, "desks")
    wrong = {
        "holidays": "30/02/2027", "morning_to": "07:00", "rows-0-name": "Quầy", "rows-0-desks": "",
    }  # fmt: skip
    page = cast.official.post("journeys:part", task.pk, "desks", **(sent | wrong))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"holidays", "morning_to"}
    assert "desks" in page.context["rows"].forms[0].errors
    late = cast.official.post("journeys:part", task.pk, "nowhere")
    assert late.status_code == 404


def test_who_is_overtaken_on_a_part_writes_over_nobody(cast: Cast, task: Challenge) -> None:
    sent = typed(cast.official, task, "who")
    first = sent | {"per_day": "50"}
    assert cast.official.post("journeys:part", task.pk, "who", **first).status_code == 302
    late = cast.official.post("journeys:part", task.pk, "who", **(sent | {"per_day": "90"}))
    assert late.status_code == 409
    assert standing(task).arrivals.per_day.value == 50  # type: ignore[union-attr]
    again = sent | {"per_day": "90", "base": str(late.context["base"])}
    assert cast.official.post("journeys:part", task.pk, "who", **again).status_code == 302


def sheet_of(task: Challenge, person: Person, hour: int = 7) -> str:
    """Two hours beside a queue: somebody every six minutes, eight minutes each."""
    assert task.corpus
    source = evidence.add_source(
        corpus=task.corpus, kind="observation", titles={"vi": "Sáng thứ hai"}, text="",
        basis="observation", checked=True, by=person.actor,
    )  # fmt: skip
    opens = datetime(2026, 10, 5, hour, 30)
    rows = []
    for n in range(20):
        arrived = opens + timedelta(minutes=6 * n)
        called = arrived + timedelta(minutes=2 + n % 3)
        done = called + timedelta(minutes=6 + n % 5)
        rows.append((str(n), observation.Row("s", str(n), "", arrived, called, done, open_desks=2)))
    evidence.add_rows(source=source, rows=rows, by=person.actor)
    return f"observation:{source.pk}"


@pytest.mark.view("journeys:measure", "works")
def test_a_stopwatch_sheet_becomes_figures_of_a_step(cast: Cast, task: Challenge) -> None:
    person = cast.official
    assert person.get("journeys:measure", task.pk, "desk").context["sheets"] == []
    ref = sheet_of(task, person)
    page = person.get("journeys:measure", task.pk, "desk", sheet=ref)
    assert page.context["report"]
    assert standing(task).step("desk").service is None  # looking changes nothing
    assert person.post("journeys:measure", task.pk, "desk", sheet=ref).status_code == 302
    found = standing(task)
    step = found.step("desk")
    assert step.service
    assert (step.service.light, step.service.n) == ("measured", 20)
    assert step.resource and found.resource(step.resource).desks == 2
    assert found.arrivals and found.arrivals.per_day.light == "measured"
    # one every six minutes over a day of seven hours; counted from 7:30 there, not in Greenwich
    assert found.arrivals.per_day.value == pytest.approx(70, rel=0.1)
    assert [(pin.evidence, pin.step) for pin in found.pins] == [(ref, "desk")]
    run = person.get("journeys:run", task.pk, guess="5")
    assert not run.context["refused"]
    assert run.context["lights"]["measured"] >= 2


def test_who_counts_in_the_evening_learns_nothing_about_how_many_come(
    cast: Cast, task: Challenge
) -> None:
    ref = sheet_of(task, cast.official, hour=18)
    assert cast.official.post("journeys:measure", task.pk, "desk", sheet=ref).status_code == 302
    found = standing(task)
    assert found.step("desk").service
    assert found.arrivals is None


@pytest.mark.view("journeys:part", "not yours")
@pytest.mark.view("journeys:measure", "not yours")
def test_parts_are_seen_and_changed_as_their_task_is(cast: Cast, task: Challenge) -> None:
    before = standing(task).hash
    for person in (cast.neighbour, cast.outsider):
        assert person.get("journeys:part", task.pk, "who").status_code == 404
        assert person.post("journeys:part", task.pk, "who", per_day="9").status_code == 404
        assert person.get("journeys:measure", task.pk, "desk").status_code == 404
        assert person.post("journeys:measure", task.pk, "desk").status_code == 404
    assert standing(task).hash == before
