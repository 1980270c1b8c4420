"""Ideas: lists of changes; silence and dots without names; cards of what was shown to whom."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import Cast, Person, challenge_of
from tests.web.test_journeys import draw as draw_way
from tests.web.test_journeys import found_of

from vuon.evidence.thread import Level, grade
from vuon_web.accounts.visibility import Tier
from vuon_web.audit.models import Event
from vuon_web.challenges.models import Challenge
from vuon_web.evidence import actions as evidence
from vuon_web.evidence import threads
from vuon_web.evidence.models import Finding
from vuon_web.ideas import queries
from vuon_web.ideas.models import Dot, IdeaPaper
from vuon_web.labs import actions as labs

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(cast: Cast) -> Challenge:
    """A task of team A, to which the neighbour has come over."""
    labs.join(session=cast.session, team=cast.team_a, by=cast.neighbour.actor)
    return challenge_of(cast.official, "People come twice", Tier.TEAM)


def write(person: Person, task: Challenge, name: str) -> IdeaPaper:
    answer = person.post("ideas:new", task.pk, name=name, text=f"Vì sao {name}")
    assert answer.status_code == 302
    return IdeaPaper.objects.get(board__challenge=task, key=answer["Location"].split("/")[-2])


def names(person: Person, task: Challenge) -> list[str]:
    return [row["name"] for row in person.get("ideas:ideas", task.pk).context["rows"]]


@pytest.mark.view("ideas:ideas", "works")
@pytest.mark.view("ideas:new", "works")
@pytest.mark.view("ideas:idea", "works")
@pytest.mark.view("ideas:act", "works")
def test_an_idea_has_an_owner_a_cost_and_a_route(cast: Cast, task: Challenge) -> None:
    person = cast.official
    assert person.get("ideas:ideas", task.pk).status_code == 200
    assert person.post("ideas:new", task.pk, name=" ").status_code == 422
    paper = write(person, task, "Tờ dặn")
    base = person.get("ideas:idea", task.pk, paper.key).context["base"]
    sent = {"name": "Tờ dặn", "text": "", "owner": "Một cửa", "days": "10", "million_dong": "8",
            "rule": "No", "uncovered": "No", "base": base}  # fmt: skip
    assert person.post("ideas:idea", task.pk, paper.key, **sent).status_code == 302
    idea = queries.idea_of(paper)
    assert (idea.route, idea.cost.days, idea.cost.million_dong) == ("A", 10, 8)
    late = person.post("ideas:idea", task.pk, paper.key, **{**sent, "rule": "Yes"})
    assert late.status_code == 409
    again = {**sent, "rule": "Unsure", "base": late.context["base"]}
    person.post("ideas:idea", task.pk, paper.key, **again)
    assert queries.idea_of(paper).route == "B"
    person.post("ideas:act", task.pk, paper.key, do="undo")
    assert queries.idea_of(paper).route == "A"
    person.post("ideas:act", task.pk, paper.key, do="redo")
    assert queries.idea_of(paper).route == "B"
    assert person.post("ideas:idea", task.pk, paper.key, name="").status_code == 422
    person.post("ideas:act", task.pk, paper.key, do="delete")
    assert not names(person, task)


@pytest.mark.view("ideas:change", "works")
def test_a_change_leads_down_to_the_voices(cast: Cast, task: Challenge) -> None:
    person = cast.official
    assert task.corpus
    found_of(task, person)
    need = evidence.make_need(
        corpus=task.corpus, sentence="Biết trước khi đi", by=person.actor,
        findings=Finding.objects.filter(corpus=task.corpus),
    )  # fmt: skip
    draw_way(person, task, "Hỏi", "Nộp")
    paper = write(person, task, "Tờ dặn")
    page = person.get("ideas:change", task.pk, paper.key, 0)
    assert need.sentence in page.content.decode()
    service = {"edit": "word", "target": "hoi", "text": "Gọi đúng tên", f"how-{need.ref}": "for"}
    assert person.post("ideas:change", task.pk, paper.key, 0, **service).status_code == 302
    rule = {"article": "Điều 5", "binds": "Một cửa", "text": "Bỏ một tờ", "signs": "Chủ tịch",
            "side_effects": "Ít phí hơn", "review": "2027-06-01"}  # fmt: skip
    url = f"/ideas/{task.pk}/{paper.key}/changes/1/?kind=rule"
    assert person.client.post(url, rule).status_code == 302
    first, second = queries.idea_of(paper).changes
    assert (first.target, first.rests_on) == ("hoi", (need.ref,))
    assert second.rule
    assert (second.rule.article.vi, second.rule.review and second.rule.review.year) == (
        "Điều 5",
        2027,
    )
    told = threads.of(task.corpus)
    assert grade(told.thread, f"idea:{paper.key}").level in (Level.SINGLE_VOICE, Level.ASSUMED)
    shown = person.get("evidence:thread", task.corpus.pk, f"idea:{paper.key}").content.decode()
    assert "tôi không hiểu" in shown
    assert person.post("ideas:change", task.pk, paper.key, 0, edit="word").status_code == 422
    person.post("ideas:act", task.pk, paper.key, do="without", number="0")
    assert [each.kind for each in queries.idea_of(paper).changes] == ["rule"]


@pytest.mark.view("ideas:rounds", "works")
def test_in_a_silent_round_everybody_writes_for_themselves(cast: Cast, task: Challenge) -> None:
    one, other = cast.official, cast.neighbour
    write(one, task, "Có trước")
    one.post("ideas:rounds", task.pk, do="silence")
    mine = write(one, task, "Của tôi")
    write(other, task, "Của bạn")
    assert names(one, task) == ["Có trước", "Của tôi"]
    assert names(other, task) == ["Có trước", "Của bạn"]
    assert other.get("ideas:idea", task.pk, mine.key).status_code == 404
    assert other.get("ideas:file", task.pk, mine.key).status_code == 404
    assert [idea.name.vi for idea in queries.ideas_of(task)] == ["Có trước"]
    assert other.get("ideas:ideas", task.pk).context["writers"] == 2
    one.post("ideas:rounds", task.pk, do="show")
    assert names(one, task) == names(other, task) == ["Có trước", "Của tôi", "Của bạn"]


def test_dots_are_counted_when_the_vote_is_closed_and_nobodys_can_be_seen(
    cast: Cast, task: Challenge
) -> None:
    """Before, and after, the pages of whoever did not vote are the same whoever gave the dot."""
    one, other = cast.official, cast.neighbour
    papers = [write(one, task, f"Ý {n}") for n in range(5)]
    one.post("ideas:rounds", task.pk, do="dot", key=papers[0].key)
    assert not Dot.objects.exists()
    one.post("ideas:rounds", task.pk, do="open")
    for paper in papers[:4]:
        other.post("ideas:rounds", task.pk, do="dot", key=paper.key)
    assert Dot.objects.count() == queries.DOTS
    other.post("ideas:rounds", task.pk, do="dot", key=papers[0].key)
    other.post("ideas:rounds", task.pk, do="dot", key=papers[3].key)
    one.post("ideas:rounds", task.pk, do="dot", key=papers[3].key)
    open_page = one.get("ideas:ideas", task.pk)
    assert [row["dots"] for row in open_page.context["rows"]] == [0] * 5
    one.post("ideas:rounds", task.pk, do="closed")
    closed = one.get("ideas:ideas", task.pk)
    assert [row["dots"] for row in closed.context["rows"]] == [2, 1, 1, 0, 0]
    assert names(other, task)[0] == "Ý 3"
    ids = (str(other.actor.pk), str(one.actor.pk))
    assert not any(each in closed.content.decode() for each in ids)
    assert "idea" not in {e.kind for e in Event.objects.filter(verb="voted")}
    one.post("ideas:rounds", task.pk, do="open")
    assert not Dot.objects.exists()


@pytest.mark.view("ideas:prototype", "works")
@pytest.mark.view("ideas:card", "works")
def test_a_prototype_card_is_kept_changed_and_deleted(cast: Cast, task: Challenge) -> None:
    person = cast.official
    paper = write(person, task, "Tờ dặn")
    assert person.get("ideas:prototype", task.pk, paper.key).status_code == 200
    sent = {"shown": "Một tờ giấy", "to_whom": "năm người", "happened": "Ba người cười",
            "day": "2026-11-20"}  # fmt: skip
    assert person.post("ideas:prototype", task.pk, paper.key, **sent).status_code == 302
    assert person.post("ideas:prototype", task.pk, paper.key, shown="x").status_code == 422
    card = queries.prototypes_of(task).get()
    assert "Ba người cười" in person.get("ideas:ideas", task.pk).content.decode()
    person.post("ideas:card", task.pk, paper.key, card.pk, **{**sent, "changed": "Ít chữ hơn"})
    card.refresh_from_db()
    assert card.changed == "Ít chữ hơn"
    person.post("ideas:card", task.pk, paper.key, card.pk, delete="1")
    assert not queries.prototypes_of(task).exists()


@pytest.mark.view("ideas:file", "works")
@pytest.mark.view("ideas:bring", "works")
def test_an_idea_is_taken_away_and_brought_back(cast: Cast, task: Challenge) -> None:
    person = cast.official
    paper = write(person, task, "Tờ dặn")
    written = person.get("ideas:file", task.pk, paper.key).content
    other = challenge_of(person, "Another")
    for _ in range(2):
        file = SimpleUploadedFile("idea.toml", written)
        assert person.post("ideas:bring", other.pk, file=file).status_code == 302
    assert names(person, other) == ["Tờ dặn"]
    broken = SimpleUploadedFile("idea.toml", b"format = 1\n")
    told = person.client.post(f"/ideas/{other.pk}/bring/", {"file": broken}, follow=True)
    assert re.search(r"idea\.toml", told.content.decode())


@pytest.mark.view("ideas:ideas", "not yours")
@pytest.mark.view("ideas:new", "not yours")
@pytest.mark.view("ideas:rounds", "not yours")
@pytest.mark.view("ideas:bring", "not yours")
@pytest.mark.view("ideas:idea", "not yours")
@pytest.mark.view("ideas:act", "not yours")
@pytest.mark.view("ideas:file", "not yours")
@pytest.mark.view("ideas:change", "not yours")
@pytest.mark.view("ideas:prototype", "not yours")
@pytest.mark.view("ideas:card", "not yours")
def test_ideas_are_seen_and_changed_as_their_task_is(cast: Cast, task: Challenge) -> None:
    paper = write(cast.official, task, "Tờ dặn")
    key = paper.key
    sent = {"shown": "Một tờ giấy", "to_whom": "năm người", "day": "2026-11-20"}
    cast.official.post("ideas:prototype", task.pk, key, **sent)
    card = queries.prototypes_of(task).get().pk
    seen = (("ideas",), ("idea", key), ("file", key), ("change", key, 0), ("prototype", key),
            ("card", key, card))  # fmt: skip
    sent_to = (("new",), ("rounds",), ("bring",), ("idea", key), ("act", key),
               ("change", key, 0), ("prototype", key), ("card", key, card))  # fmt: skip
    for person in (cast.mentor, cast.outsider):
        for name, *args in seen:
            assert person.get(f"ideas:{name}", task.pk, *args).status_code == 404, name
        for name, *args in sent_to:
            answer = person.post(f"ideas:{name}", task.pk, *args, do="delete", name="x", delete="1")
            assert answer.status_code == 404, name
    assert queries.prototypes_of(task).count() == 1


def test_a_withdrawal_reaches_ideas_and_cards(cast: Cast, task: Challenge) -> None:
    person = cast.official
    quote = "con tôi sốt mà tôi phải quay lại lần thứ ba"
    found_of(task, person, quote)
    paper = write(person, task, "Tờ dặn")
    person.post("ideas:change", task.pk, paper.key, 0, edit="word", text=f"Để khỏi “{quote}”")
    sent = {"shown": f"Lời kể {quote}", "to_whom": "năm người", "day": "2026-11-20"}
    person.post("ideas:prototype", task.pk, paper.key, **sent)
    assert task.corpus
    person.post("evidence:withdraw", task.corpus.sources.get().pk)
    page = person.get("ideas:idea", task.pk, paper.key).content.decode()
    assert quote not in page
    assert len(queries.idea_of(paper).changes) == 1
