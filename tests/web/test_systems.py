"""The causal sketch: arrows, loops read aloud, evidence or assumption, two offices' sketches as one."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import Cast, Person, challenge_of
from tests.web.test_journeys import found_of

from vuon.evidence.thread import Level, grade
from vuon.systems.loops import find
from vuon_web.accounts.visibility import Tier
from vuon_web.challenges.models import Challenge
from vuon_web.evidence import threads
from vuon_web.systems import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(cast: Cast) -> Challenge:
    return challenge_of(cast.official, "People come twice", Tier.TEAM)


def draw(person: Person, task: Challenge, *arrows: tuple[str, str, str]) -> None:
    for a, sign, b in arrows:
        sent = {"do": "add", "a": a, "sign": sign, "b": b}
        assert person.post("systems:change", task.pk, **sent).status_code == 302


CIRCLE = (("hàng chờ", "+", "làm vội"), ("làm vội", "+", "chỗ sót"), ("Chỗ sót", "+", "hàng chờ"))


def arrows_of(task: Challenge) -> set[tuple[str, str, str]]:
    found = queries.sketch_of(task)
    return {(link.source, link.sign, link.target) for link in found.links} if found else set()


@pytest.mark.view("systems:sketch", "works")
@pytest.mark.view("systems:change", "works")
def test_arrows_close_a_loop_that_is_read_aloud_and_named(cast: Cast, task: Challenge) -> None:
    person = cast.official
    assert person.get("systems:sketch", task.pk).status_code == 200
    draw(person, task, *CIRCLE)
    found = queries.sketch_of(task)
    assert found
    assert len(found.variables) == 3
    (loop,) = find(found).loops
    assert loop.polarity == "R"
    name = {"do": "name", "loop": ",".join(loop.keys), "name": "Vòng làm vội", "story": "Thứ Hai"}
    person.post("systems:change", task.pk, **name)
    page = person.get("systems:sketch", task.pk).content.decode()
    assert "Vòng làm vội" in page
    assert page.count('class="sketch-sign-text"') == 3
    draw(person, task, ("hàng chờ", "?", "bực mình"), ("hàng chờ", "+", "hàng chờ"))
    assert ("hang_cho", "?", "buc_minh") in arrows_of(task)
    assert len(arrows_of(task)) == 4


def test_an_arrow_is_turned_erased_undone(cast: Cast, task: Challenge) -> None:
    person = cast.official
    draw(person, task, ("a b", "-", "c d"))
    ends = {"source": "a_b", "target": "c_d"}
    person.post("systems:change", task.pk, do="turn", **ends)
    assert arrows_of(task) == {("c_d", "-", "a_b")}
    person.post("systems:change", task.pk, do="erase", source="c_d", target="a_b")
    assert not arrows_of(task)
    for _ in range(2):
        person.post("systems:change", task.pk, do="undo")
    assert arrows_of(task) == {("a_b", "-", "c_d")}
    person.post("systems:change", task.pk, do="redo")
    assert arrows_of(task) == {("c_d", "-", "a_b")}
    person.post("systems:change", task.pk, do="turn", **ends)
    assert person.post("systems:change", task.pk, do="drop", source="nowhere").status_code == 302
    person.post("systems:change", task.pk, do="drop", source="a_b")
    assert not arrows_of(task)


@pytest.mark.view("systems:sketch", "not yours")
@pytest.mark.view("systems:change", "not yours")
@pytest.mark.view("systems:word", "not yours")
@pytest.mark.view("systems:arrow", "not yours")
@pytest.mark.view("systems:print", "not yours")
@pytest.mark.view("systems:file", "not yours")
@pytest.mark.view("systems:bring", "not yours")
def test_a_sketch_is_seen_and_changed_as_its_task_is(cast: Cast, task: Challenge) -> None:
    draw(cast.official, task, ("a b", "-", "c d"))
    for person in (cast.neighbour, cast.outsider):
        for name, *args in (("sketch",), ("print",), ("file",), ("word", "a_b"),
                            ("arrow", "a_b", "c_d")):  # fmt: skip
            assert person.get(f"systems:{name}", task.pk, *args).status_code == 404
        for name, *args in (("change",), ("bring",), ("word", "a_b"), ("arrow", "a_b", "c_d")):
            assert person.post(f"systems:{name}", task.pk, *args, do="undo").status_code == 404
    assert arrows_of(task)


@pytest.mark.view("systems:arrow", "works")
@pytest.mark.view("systems:word", "works")
def test_an_arrow_rests_on_voices_or_says_assumption(cast: Cast, task: Challenge) -> None:
    person = cast.official
    draw(person, task, ("a b", "-", "c d"))
    page = person.get("systems:arrow", task.pk, "a_b", "c_d")
    assert page.context["link"].is_assumption
    ref = found_of(task, person)
    sent = {
        "sign": "+",
        "delayed": "on",
        "note": "",
        "base": page.context["base"],
        f"how-{ref}": "for",
    }
    assert person.post("systems:arrow", task.pk, "a_b", "c_d", **sent).status_code == 302
    assert task.corpus
    told = threads.of(task.corpus)
    assert grade(told.thread, "loop_edge:a_b->c_d").level == Level.SINGLE_VOICE
    shown = person.get("evidence:thread", task.corpus.pk, "loop_edge:a_b->c_d").content.decode()
    assert "tôi không hiểu" in shown
    late = person.post("systems:arrow", task.pk, "a_b", "c_d", **{**sent, "sign": "-"})
    assert late.status_code == 409
    word = {"label": "A và B", "office": "Một cửa", "light": "said", "base": late.context["base"]}
    assert person.post("systems:word", task.pk, "a_b", **word, **{f"how-{ref}": "for"})["Location"]
    found = queries.sketch_of(task)
    assert found
    assert found.variable("a_b").label.vi == "A và B"
    assert person.get("systems:word", task.pk, "a_b").context["rests"]
    assert person.get("systems:word", task.pk, "nowhere").status_code == 404
    assert person.get("systems:arrow", task.pk, "c_d", "a_b").status_code == 404
    assert person.post("systems:word", task.pk, "a_b", label="").status_code == 422


@pytest.mark.view("systems:file", "works")
@pytest.mark.view("systems:bring", "works")
@pytest.mark.view("systems:print", "works")
def test_the_sketch_of_another_office_is_put_together_with_ours(
    cast: Cast, task: Challenge
) -> None:
    person = cast.official
    draw(person, task, *CIRCLE)
    written = person.get("systems:file", task.pk).content
    other = challenge_of(person, "Another")
    assert person.get("systems:file", other.pk).status_code == 404
    draw(person, other, ("làm vội", "-", "niềm tin"), ("hàng chờ", "-", "làm vội"))
    file = SimpleUploadedFile("system.toml", written)
    answer = person.client.post(
        f"/systems/{other.pk}/bring/", {"file": file, "together": "1"}, follow=True
    )
    assert len(arrows_of(other)) == 4
    signs = {sign for a, sign, b in arrows_of(other) if (a, b) == ("hang_cho", "lam_voi")}
    assert signs == {"?"}
    assert "làm vội" in answer.content.decode()
    assert person.get("systems:print", other.pk).status_code == 200
    broken = SimpleUploadedFile("system.toml", b"format = 1\n[open.a]\n")
    told = person.client.post(f"/systems/{other.pk}/bring/", {"file": broken}, follow=True)
    assert "system.toml:" in told.content.decode()
    assert len(arrows_of(other)) == 4


def test_a_withdrawal_reaches_every_version_of_a_sketch(cast: Cast, task: Challenge) -> None:
    person = cast.official
    quote = "con tôi sốt mà tôi phải quay lại lần thứ ba"
    found_of(task, person, quote)
    draw(person, task, (quote, "+", "bực mình"), ("bực mình", "+", quote))
    assert task.corpus
    person.post("evidence:withdraw", task.corpus.sources.get().pk)
    person.post("systems:change", task.pk, do="undo")
    found = queries.sketch_of(task)
    assert found
    assert quote not in " ".join(each.label.vi for each in found.variables)
