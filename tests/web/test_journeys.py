"""The map of offices and steps: drawn together, undone, pinned, brought and taken away."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories import Cast, Person, challenge_of

from vuon.evidence.thread import Level, grade
from vuon_web.accounts.visibility import Tier
from vuon_web.challenges.models import Challenge
from vuon_web.evidence import actions as evidence
from vuon_web.evidence import threads
from vuon_web.journeys import actions, queries
from vuon_web.labs import versions

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(cast: Cast) -> Challenge:
    return challenge_of(cast.official, "People come twice", Tier.TEAM)


def draw(person: Person, task: Challenge, *titles: str) -> None:
    """These steps, one after another, each of an office of its own."""
    for title in titles:
        sent = {"do": "add", "title": title, "office": f"Office of {title}"}
        keys = titles_of(task)
        if keys:
            sent["after"] = list(keys)[-1]
        assert person.post("journeys:change", task.pk, **sent).status_code == 302


def titles_of(task: Challenge) -> dict[str, str]:
    found = queries.journey_of(task)
    return {step.key: step.title.say("vi") for step in found.steps} if found else {}


def found_of(task: Challenge, person: Person, quote: str = "tôi không hiểu") -> str:
    """A finding behind which stands one voice; how it is called in the thread."""
    assert task.corpus
    text = f"Bà nói: {quote} chữ ấy."
    source = evidence.add_source(
        corpus=task.corpus, kind="interview", titles={"vi": "Một bà"}, text=text,
        voices=[evidence.Voice(called={"vi": "Sen"})], checked=True, by=person.actor,
    )  # fmt: skip
    start = text.index(quote)
    mark = evidence.mark(
        source=source, client="m", start=start, end=start + len(quote), by=person.actor
    )
    statement = f"Chữ khó: {quote}"
    return evidence.make_finding(
        corpus=task.corpus, statement=statement, for_=[f"passage:{mark.pk}"], by=person.actor
    ).ref


@pytest.mark.view("journeys:map", "works")
@pytest.mark.view("journeys:change", "works")
def test_a_way_is_drawn_moved_undone_and_redone(cast: Cast, task: Challenge) -> None:
    person = cast.official
    assert person.get("journeys:map", task.pk).status_code == 200
    assert queries.journey_of(task) is None
    draw(person, task, "Hỏi", "Nộp", "Nhận")
    hoi, nop, nhan = titles_of(task)
    person.post("journeys:change", task.pk, do="earlier", step=nhan)
    assert list(titles_of(task)) == [hoi, nhan, nop]
    person.post("journeys:change", task.pk, do="remove", step=nhan)
    person.post("journeys:change", task.pk, do="undo")
    person.post("journeys:change", task.pk, do="undo")
    assert list(titles_of(task)) == [hoi, nop, nhan]
    person.post("journeys:change", task.pk, do="redo")
    assert list(titles_of(task)) == [hoi, nhan, nop]
    page = person.get("journeys:map", task.pk).content.decode()
    assert page.count('class="map-step"') == 3
    assert "Office of Hỏi" in page
    gone = person.post("journeys:change", task.pk, do="remove", step="nowhere")
    assert gone.status_code == 302
    assert person.post("journeys:change", task.pk, do="add", title=" ").status_code == 302
    assert len(titles_of(task)) == 3


@pytest.mark.view("journeys:map", "not yours")
@pytest.mark.view("journeys:change", "not yours")
@pytest.mark.view("journeys:step", "not yours")
@pytest.mark.view("journeys:print", "not yours")
@pytest.mark.view("journeys:run", "not yours")
@pytest.mark.view("journeys:file", "not yours")
@pytest.mark.view("journeys:process", "not yours")
@pytest.mark.view("journeys:bring", "not yours")
def test_a_map_is_seen_and_changed_as_its_task_is(cast: Cast, task: Challenge) -> None:
    draw(cast.official, task, "Hỏi", "Nộp")
    key = next(iter(titles_of(task)))
    for person in (cast.neighbour, cast.outsider):
        for name in ("map", "print", "file", "process"):
            assert person.get(f"journeys:{name}", task.pk).status_code == 404
        assert person.get("journeys:step", task.pk, key).status_code == 404
        assert person.post("journeys:change", task.pk, do="remove", step=key).status_code == 404
        assert person.post("journeys:bring", task.pk).status_code == 404
        assert person.post("journeys:step", task.pk, key, title="x").status_code == 404
    assert len(titles_of(task)) == 2


@pytest.mark.view("journeys:step", "works")
def test_a_step_leads_to_the_voices_pinned_to_it(cast: Cast, task: Challenge) -> None:
    person = cast.official
    draw(person, task, "Hỏi", "Nộp")
    key = next(iter(titles_of(task)))
    ref = found_of(task, person)
    page = person.get("journeys:step", task.pk, key)
    sent = {
        "title": "Hỏi ở cổng", "office": "Bảo vệ", "kind": "wait", "hands_over": "Một con số",
        "stops": "Không ai trả lời", "gives_up": "2", "light": "said",
        "base": page.context["base"], f"how-{ref}": "for",
    }  # fmt: skip
    assert person.post("journeys:step", task.pk, key, **sent).status_code == 302
    found = queries.journey_of(task)
    assert found
    step = found.step(key)
    assert (step.kind, step.office.vi, step.hands_over.vi) == ("wait", "Bảo vệ", "Một con số")
    assert step.gives_up
    assert (step.gives_up.value, step.gives_up.light) == (0.2, "said")
    assert task.corpus
    told = threads.of(task.corpus)
    assert grade(told.thread, f"step:{key}").level == Level.SINGLE_VOICE
    shown = person.get("evidence:thread", task.corpus.pk, f"step:{key}").content.decode()
    assert "tôi không hiểu" in shown
    wrong = person.post("journeys:step", task.pk, key, **{**sent, "gives_up": "30"})
    assert wrong.status_code == 422
    assert person.get("journeys:step", task.pk, "nowhere").status_code == 404


def test_ways_back_are_drawn_and_erased(cast: Cast, task: Challenge) -> None:
    person = cast.official
    draw(person, task, "Hỏi", "Nộp")
    first, last = titles_of(task)
    sent = {"title": "Nộp tại quầy", "kind": "desk"}
    base = str(versions.standing(queries.kept(task))[1])
    back = {"target": first, "of_ten": "4", "why": "Thiếu giấy"}
    person.post("journeys:step", task.pk, last, base=base, **sent, **back)
    found = queries.journey_of(task)
    assert found
    assert [(edge.target, edge.share and edge.share.value) for edge in found.returns] == [
        (first, 0.4)
    ]
    assert "Thiếu giấy" in person.get("journeys:map", task.pk).content.decode()
    # the words of the step were kept along, and are kept again while the way back goes
    assert titles_of(task)[last] == "Nộp tại quầy"
    sent["title"] = "Nộp"
    base = str(versions.standing(queries.kept(task))[1])
    person.post("journeys:step", task.pk, last, base=base, erase=first, **sent)
    assert titles_of(task)[last] == "Nộp"
    found = queries.journey_of(task)
    assert found
    assert not found.returns


def test_two_who_change_one_step_both_keep_their_words(cast: Cast, task: Challenge) -> None:
    """Who changes another step meanwhile is in nobody's way."""
    person = cast.official
    draw(person, task, "Hỏi", "Nộp")
    first, last = titles_of(task)
    base = person.get("journeys:step", task.pk, first).context["base"]
    sent = {"kind": "do", "base": base}
    assert person.post("journeys:step", task.pk, last, title="Nộp đơn", **sent).status_code == 302
    assert person.post("journeys:step", task.pk, first, title="Của họ", **sent).status_code == 302
    late = person.post("journeys:step", task.pk, first, title="Của tôi", **sent)
    assert late.status_code == 409
    page = late.content.decode()
    assert "Của họ" in page
    assert "Của tôi" in page
    assert list(titles_of(task).values()) == ["Của họ", "Nộp đơn"]
    again = person.post(
        "journeys:step", task.pk, first, title="Cả hai", kind="do", base=late.context["base"]
    )
    assert again.status_code == 302


@pytest.mark.view("journeys:process", "works")
def test_a_map_goes_to_bpmn_and_comes_back_the_same(cast: Cast, task: Challenge) -> None:
    person = cast.official
    assert person.get("journeys:process", task.pk).status_code == 404
    draw(person, task, "Hỏi", "Nộp", "Nhận")
    first, _middle, last = titles_of(task)
    sent = {"title": "Nhận", "kind": "desk", "target": first, "of_ten": "3"}
    sent |= {"base": str(versions.standing(queries.kept(task))[1])}
    assert person.post("journeys:step", task.pk, last, **sent).status_code == 302
    before = queries.journey_of(task)
    written = person.get("journeys:process", task.pk).content
    person.post("journeys:change", task.pk, do="remove", step=first)
    file = SimpleUploadedFile("journey.bpmn", written)
    assert person.post("journeys:bring", task.pk, file=file).status_code == 302
    after = queries.journey_of(task)
    assert before and after
    assert after.hash == before.hash
    bomb = SimpleUploadedFile("x.bpmn", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert person.post("journeys:bring", task.pk, file=bomb).status_code == 302
    assert queries.journey_of(task).hash == before.hash  # type: ignore[union-attr]


@pytest.mark.view("journeys:file", "works")
@pytest.mark.view("journeys:bring", "works")
@pytest.mark.view("journeys:print", "works")
def test_a_map_is_taken_away_and_brought_back(cast: Cast, task: Challenge) -> None:
    person = cast.official
    assert person.get("journeys:file", task.pk).status_code == 404
    assert person.get("journeys:print", task.pk).status_code == 200
    draw(person, task, "Hỏi", "Nộp")
    written = person.get("journeys:file", task.pk).content
    other = challenge_of(person, "Another")
    file = SimpleUploadedFile("journey.toml", written)
    assert person.post("journeys:bring", other.pk, file=file).status_code == 302
    assert titles_of(other) == titles_of(task)
    broken = SimpleUploadedFile("journey.toml", b'format = 1\n[[step]]\nkey = "a"\n')
    answer = person.client.post(f"/journeys/{task.pk}/bring/", {"file": broken}, follow=True)
    assert "journey.toml:" in answer.content.decode()
    assert len(titles_of(task)) == 2
    assert "<table" in person.get("journeys:print", task.pk).content.decode()


def test_a_withdrawal_reaches_every_version_of_a_map(cast: Cast, task: Challenge) -> None:
    person = cast.official
    quote = "con tôi sốt mà tôi phải quay lại lần thứ ba"
    found_of(task, person, quote)
    draw(person, task, f"Nộp: {quote}", "Nhận")
    key = next(iter(titles_of(task)))
    base = person.get("journeys:step", task.pk, key).context["base"]
    person.post("journeys:step", task.pk, key, title="Nộp", kind="do", base=base)
    assert task.corpus
    source = task.corpus.sources.get()
    person.post("evidence:withdraw", source.pk)
    person.post("journeys:change", task.pk, do="undo")
    assert quote not in " ".join(titles_of(task).values())
    assert len(titles_of(task)) == 2


def test_a_form_given_back_for_a_mistake_still_knows_what_it_showed(
    cast: Cast, task: Challenge
) -> None:
    """Else what somebody kept meanwhile would be overwritten unseen; and ticks stay."""
    person = cast.official
    draw(person, task, "Hỏi", "Nộp")
    first = next(iter(titles_of(task)))
    ref = found_of(task, person)
    base = person.get("journeys:step", task.pk, first).context["base"]
    theirs = {"title": "Của họ", "kind": "do", "base": base}
    mine = {"title": "Của tôi", "kind": "do", "base": base, f"how-{ref}": "for"}
    person.post("journeys:step", task.pk, first, **theirs)
    wrong = person.post("journeys:step", task.pk, first, **mine, gives_up="30")
    assert wrong.status_code == 422
    assert [row["how"] for row in wrong.context["choices"] if row["ref"] == ref] == ["for"]
    again = person.post("journeys:step", task.pk, first, **{**mine, "base": wrong.context["base"]})
    assert again.status_code == 409


@pytest.mark.view("journeys:run", "works")
def test_a_map_runs_after_a_guess_and_says_what_was_assumed(cast: Cast, task: Challenge) -> None:
    address = reverse("journeys:run", args=[task.pk])
    cast.official.client.cookies["vuon_language"] = "en"
    assert "There is no step yet." in cast.official.client.get(address).content.decode()
    draw(cast.official, task, "Fills in the form", "Hands it in")
    first, last = queries.journey_of(task).keys
    sent = {"title": "Hands it in", "office": "Counter", "kind": "desk", "gives_up": "3"}
    sent |= {
        "minutes": "12",
        "light": "said",
        "base": str(versions.standing(queries.kept(task))[1]),
    }
    assert cast.official.post("journeys:step", task.pk, last, **sent).status_code == 302
    page = cast.official.client.get(address).content.decode()
    assert "how many get it done?" in page and "of ten get it done" not in page
    page = cast.official.client.get(f"{address}?guess=9").content.decode()
    # three of ten give up at the only step at which anybody does
    assert re.search(r"(6\.9|7|7\.0|7\.1) of ten get it done", page) and "You guessed 9" in page
    assert reverse("journeys:step", args=[task.pk, first]) in page  # its minutes are assumed
    assert "“Hands it in” takes about" not in page  # these were written
    assert page == cast.official.client.get(f"{address}?guess=9").content.decode()


def test_a_duration_that_was_not_changed_stays_as_it_was_measured(
    cast: Cast, task: Challenge
) -> None:
    text = """format = 1
id = "way"
title = { vi = "Đường đi" }
[[step]]
key = "desk"
title = { vi = "Quầy" }
kind = "desk"
service = { family = "gamma", mean = 12.0, shape = 3.0, source = "stopwatch", n = 40 }
"""
    actions.put(challenge=task, text=text, by=cast.official.actor)
    page = cast.official.get("journeys:step", task.pk, "desk").content.decode()
    shown = re.search(
        r'name="minutes"[^>]*value="([0-9.]+)"|value="([0-9.]+)"[^>]*name="minutes"', page
    )
    assert shown
    base = str(versions.standing(queries.kept(task))[1])
    sent = {"title": "Quầy số 1", "kind": "desk", "light": "measured", "base": base}
    minutes = shown[1] or shown[2]
    assert (
        cast.official.post("journeys:step", task.pk, "desk", minutes=minutes, **sent).status_code
        == 302
    )
    step = queries.journey_of(task).step("desk")
    assert (step.title.vi, step.service.family, step.service.n) == ("Quầy số 1", "gamma", 40)
