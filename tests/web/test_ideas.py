"""Ideas: lists of changes; silence and dots without names; cards of what was shown to whom."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.architecture.sources import ROOT
from tests.factories import Cast, Person, challenge_of, seated
from tests.web.test_journeys import draw as draw_way
from tests.web.test_journeys import found_of

from vuon.challenges.readiness import Route
from vuon.cli import main
from vuon.evidence.thread import Level, grade
from vuon_web.accounts.visibility import Tier
from vuon_web.audit.models import Event
from vuon_web.challenges.models import Challenge
from vuon_web.evidence import actions as evidence
from vuon_web.evidence import threads
from vuon_web.evidence.models import Finding
from vuon_web.ideas import actions, exploring, queries
from vuon_web.ideas.models import Dot, IdeaPaper
from vuon_web.journeys import actions as maps
from vuon_web.journeys import queries as journeys
from vuon_web.journeys.runs import METRICS
from vuon_web.labs import actions as labs
from vuon_web.labs import versions

pytestmark = pytest.mark.django_db
JOURNEYS = ROOT / "examples" / "journeys"


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


def base(person: Person, task: Challenge, paper: IdeaPaper) -> int:
    """The version that the person has on their page now."""
    found = person.get("ideas:idea", task.pk, paper.key).context["base"]
    assert isinstance(found, int)
    return found


def say(person: Person, task: Challenge, paper: IdeaPaper, at: tuple[int, int], text: str) -> Any:
    """Send the words of a change: its number on the page, and the version that page showed."""
    sent = {"edit": "word", "text": text, "base": at[1]}
    return person.post("ideas:change", task.pk, paper.key, at[0], **sent)


def changes(paper: IdeaPaper) -> list[str]:
    return [each.text.vi for each in queries.idea_of(paper).changes]


def with_changes(person: Person, task: Challenge, *texts: str) -> IdeaPaper:
    paper = write(person, task, "Tờ dặn")
    for number, text in enumerate(texts):
        say(person, task, paper, (number, base(person, task, paper)), text)
    return paper


def test_two_people_who_add_a_change_keep_both(cast: Cast, task: Challenge) -> None:
    paper = with_changes(cast.official, task)
    seen = base(cast.official, task, paper)
    for person, text in ((cast.official, "Của một"), (cast.neighbour, "Của hai")):
        assert say(person, task, paper, (0, seen), text).status_code == 302
    say(cast.neighbour, task, paper, (0, seen), "Của hai")  # pressed twice
    assert changes(paper) == ["Của một", "Của hai"]


def test_a_change_is_found_where_it_stands_now(cast: Cast, task: Challenge) -> None:
    """A number on an older page means the change that had it there, never its neighbour."""
    one, other = cast.official, cast.neighbour
    paper = with_changes(one, task, "T 0", "T 1", "T 2")
    seen = base(one, task, paper)
    for person in (one, other):
        sent = {"do": "without", "number": "0", "base": seen}
        person.post("ideas:act", task.pk, paper.key, **sent)
    assert changes(paper) == ["T 1", "T 2"]
    assert say(other, task, paper, (2, seen), "Sửa T 2").status_code == 302
    assert changes(paper) == ["T 1", "Sửa T 2"]


def test_who_is_overtaken_never_writes_over_another_change(cast: Cast, task: Challenge) -> None:
    one, other = cast.official, cast.neighbour
    paper = with_changes(one, task, "T 0", "T 1")
    seen = base(one, task, paper)
    one.post("ideas:act", task.pk, paper.key, do="without", number="0", base=seen)
    late = say(other, task, paper, (0, seen), "Sửa T 0")
    assert late.status_code == 409
    assert {"T 1", "Sửa T 0"} <= set(re.findall(r"T 1|Sửa T 0", late.content.decode()))
    say(other, task, paper, (late.context["number"], late.context["base"]), "Sửa T 0")
    assert changes(paper) == ["T 1", "Sửa T 0"]
    seen = base(one, task, paper)
    say(one, task, paper, (0, seen), "Một")
    late = say(other, task, paper, (0, seen), "Hai")
    assert (late.status_code, late.context["number"]) == (409, 0)
    say(other, task, paper, (0, late.context["base"]), "Một và hai")
    assert changes(paper) == ["Một và hai", "Sửa T 0"]


def test_a_page_sent_back_for_a_missing_word_still_knows_what_it_showed(
    cast: Cast, task: Challenge
) -> None:
    one, other = cast.official, cast.neighbour
    paper = with_changes(one, task)
    seen = base(one, task, paper)
    one.post("ideas:idea", task.pk, paper.key, name="Tờ dặn", owner="Một cửa", days="3", base=seen)
    back = other.post("ideas:idea", task.pk, paper.key, name="", base=seen)
    assert (back.status_code, back.context["base"]) == (422, seen)
    sent = {"name": "Tên khác", "base": back.context["base"]}
    late = other.post("ideas:idea", task.pk, paper.key, **sent)
    assert late.status_code == 409
    assert "Một cửa" in late.content.decode()


def test_what_a_form_cannot_show_is_kept(cast: Cast, task: Challenge) -> None:
    """A change brought in a file may rest on what the form does not offer."""
    text = 'format = 1\nkey = "a"\nname = "A"\n[[change]]\ntext = "B"\nrests_on = ["metric:visits"]'
    paper = actions.put(challenge=task, text=text, by=cast.official.actor)
    say(cast.official, task, paper, (0, base(cast.official, task, paper)), "C")
    assert queries.idea_of(paper).changes[0].rests_on == ("metric:visits",)


def test_the_board_says_cost_and_route_in_words(cast: Cast, task: Challenge) -> None:
    person = cast.official
    paper = write(person, task, "Tờ dặn")
    sent = {"name": "Tờ dặn", "days": "17", "million_dong": "8.5", "uncovered": "No"}
    person.post("ideas:idea", task.pk, paper.key, **sent, rule="Unsure")
    board = re.sub(r"<[^>]+>", "", person.get("ideas:ideas", task.pk).content.decode())
    assert re.search(r": 17\b", board)
    assert re.search(r": 8[.,]5\b", board)
    for words in Route("B", certain=False).words:
        assert words.say("vi") in board


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


def test_the_same_name_twice_in_silence_tells_nothing(cast: Cast, task: Challenge) -> None:
    """Keys stand in addresses: none counts how often its name was written before."""
    cast.official.post("ideas:rounds", task.pk, do="silence")
    keys = [write(each, task, "Tờ dặn").key for each in (cast.official, cast.neighbour)]
    text = f'format = 1\nkey = "{keys[0]}"\nname = "Tờ dặn"'
    keys.append(actions.put(challenge=task, text=text, by=cast.neighbour.actor).key)
    assert len(set(keys)) == 3
    assert all(re.fullmatch(r"to_dan(_[0-9a-f]{6})+", key) for key in keys)


def test_dots_are_counted_when_the_vote_is_closed_and_nobodys_can_be_seen(
    cast: Cast, task: Challenge
) -> None:
    """Before, and after, the pages of whoever did not vote are the same whoever gave the dot."""
    one, other, third = cast.official, cast.neighbour, seated()
    labs.join(session=cast.session, team=cast.team_a, by=third.actor)
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
    third.post("ideas:rounds", task.pk, do="dot", key=papers[3].key)
    open_page = one.get("ideas:ideas", task.pk)
    assert [row["dots"] for row in open_page.context["rows"]] == [0] * 5
    one.post("ideas:rounds", task.pk, do="closed")
    closed = one.get("ideas:ideas", task.pk)
    assert [row["dots"] for row in closed.context["rows"]] == [3, 1, 1, 0, 0]
    assert names(other, task)[0] == "Ý 3"
    ids = (str(other.actor.pk), str(one.actor.pk))
    assert not any(each in closed.content.decode() for each in ids)
    assert "idea" not in {e.kind for e in Event.objects.filter(verb="voted")}
    one.post("ideas:rounds", task.pk, do="open")
    assert not Dot.objects.exists()


def test_dots_of_fewer_than_three_people_are_not_counted_out(cast: Cast, task: Challenge) -> None:
    """One of two takes their own away; what is left would be the other's."""
    one, other = cast.official, cast.neighbour
    papers = [write(one, task, f"Ý {n}") for n in range(3)]
    one.post("ideas:rounds", task.pk, do="open")
    for person in (one, other):
        person.post("ideas:rounds", task.pk, do="dot", key=papers[2].key)
    one.post("ideas:rounds", task.pk, do="closed")
    page = one.get("ideas:ideas", task.pk)
    assert names(one, task) == ["Ý 0", "Ý 1", "Ý 2"]
    assert [row["dots"] for row in page.context["rows"]] == [0, 0, 0]
    assert 'class="tag"' not in page.content.decode()
    assert [idea.name.vi for idea in queries.ideas_of(task)] == ["Ý 0", "Ý 1", "Ý 2"]


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
@pytest.mark.view("ideas:try", "works")
def test_an_idea_is_tried_on_the_map_under_the_same_luck(cast: Cast, task: Challenge) -> None:
    person = cast.official
    paper = write(person, task, "Tờ dặn")
    assert "Chưa có bản đồ" in person.get("ideas:try", task.pk, paper.key).content.decode()
    draw_way(person, task, "Hỏi", "Nộp")
    base = str(versions.standing(journeys.kept(task))[1])
    step = {"title": "Nộp", "kind": "desk", "gives_up": "4", "minutes": "10", "light": "said"}
    assert person.post("journeys:step", task.pk, "nop", base=base, **step).status_code == 302
    change = {"edit": "word", "target": "nop", "text": "Dặn trước"}
    person.post("ideas:change", task.pk, paper.key, 0, **change)
    assert "chưa có con số" in person.get("ideas:try", task.pk, paper.key).content.decode()
    base = str(person.get("ideas:change", task.pk, paper.key, 0).context["base"])
    person.post("ideas:change", task.pk, paper.key, 0, base=base, gives_up_factor="50", **change)
    assert queries.idea_of(paper).changes[0].values == {"gives_up_factor": 0.5}
    found, *others = person.get("ideas:try", task.pk, paper.key).context["tables"][0]["rows"]
    # who gives up does so after the desk, so that nobody waits otherwise
    assert [row["same"] for row in others if row["label"].startswith("số phút chờ")] == [True, True]
    # four of ten gave up, now two of ten
    assert abs(found["before"] - 60) < 1 and abs(found["after"] - 80) < 1
    assert found["better"] == 1 and found["low"] <= 20 <= found["high"] + 1


@pytest.mark.view("ideas:levers", "works")
def test_levers_are_sent_with_the_kernels_that_are_served(cast: Cast, task: Challenge) -> None:
    person = cast.official
    paper = write(person, task, "Tờ dặn")
    assert person.get("ideas:levers", task.pk, paper.key).status_code == 404
    draw_way(person, task, "Hỏi", "Nộp")
    change = {"edit": "word", "target": "nop", "text": "Dặn trước", "service_factor": "60"}
    person.post("ideas:change", task.pk, paper.key, 0, **change)
    answer = person.get("ideas:levers", task.pk, paper.key)
    assert answer["Content-Type"] == "application/json" and "private" in answer["Cache-Control"]
    sent = answer.json()
    (lever,) = sent["levers"]
    assert lever["label"] == "Thời gian ở “Nộp”" and lever["idea"] == 2
    assert lever["positions"][0] == "như hiện nay" and lever["positions"][2] == "bằng 60% hiện nay"
    assert len(sent["sent"]["rests"]) == len(lever["positions"]) == 5
    for name, module in sent["modules"].items():
        for kind in ("wasm", "layout"):
            served = finders.find(module[kind].removeprefix("/static/"))
            assert isinstance(served, str), name
        assert f'"hash": "{module["hash"]}"' in Path(served).read_text(encoding="utf-8")
    # nobody comes back from there yet: what cannot run is told as such
    base = str(person.get("ideas:change", task.pk, paper.key, 0).context["base"])
    person.post(
        "ideas:change", task.pk, paper.key, 0, base=base, **{**change, "rework_factor": "50"}
    )
    refused = person.get("ideas:levers", task.pk, paper.key)
    assert refused.status_code == 200 and None in refused.json()["sent"]["rests"]


@pytest.mark.view("ideas:levers", "not yours")
@pytest.mark.view("ideas:idea", "not yours")
@pytest.mark.view("ideas:try", "not yours")
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
    seen = (("ideas",), ("idea", key), ("file", key), ("change", key, 0), ("prototype", key), ("try", key),
            ("levers", key), ("card", key, card))  # fmt: skip
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


@pytest.mark.view("ideas:sheet", "works")
@pytest.mark.view("ideas:sheet", "not yours")
@pytest.mark.view("ideas:common", "works")
@pytest.mark.view("ideas:common", "not yours")
def test_a_common_change_is_put_into_an_idea(cast: Cast, task: Challenge) -> None:
    person = cast.official
    paper = write(person, task, "Báo trước giấy tờ")
    key = paper.key
    empty = person.get("ideas:common", task.pk, key)
    assert empty.status_code == 200 and not empty.context["steps"]
    text = """format = 1
id = "way"
title = { vi = "Đường đi" }
[[document]]
key = "paper"
name = { vi = "Giấy chứng sinh" }
missing = { value = 0.4 }
[[step]]
key = "home"
title = { vi = "Ở nhà" }
[[step]]
key = "desk"
title = { vi = "Quầy" }
kind = "desk"
documents = ["paper"]
[[edge]]
from = "desk"
to = "home"
rework = true
papers = true
"""
    maps.put(challenge=task, text=text, by=person.actor)
    page = person.get("ideas:common", task.pk, key)
    fitting = {each["key"] for each in page.context["templates"] if each["parts"]}
    assert {"remove_paper", "notice", "appointment"} <= fitting
    assert "reuse" not in fitting
    sent = {"template": "notice", "part": "desk", "missing_factor": "50"}
    assert person.post("ideas:common", task.pk, key, **sent).status_code == 302
    assert person.post("ideas:common", task.pk, key, **sent).status_code == 302  # pressed twice
    (change,) = queries.idea_at(queries.paper_for(task, key, person.audience), None).changes
    assert (change.target, dict(change.values)) == ("desk", {"missing_factor": 0.5})
    assert "Quầy" in change.text.vi and "Quầy" in change.text.en
    shown = person.get("ideas:try", task.pk, key).context
    rows = {str(row["label"]): row for row in shown["tables"][0]["rows"]}
    trips = next(row for label, row in rows.items() if "100" not in label and row["better"] == 1)
    assert trips["after"] < trips["before"]
    printed = person.get("ideas:sheet", task.pk, key)
    assert printed.context["drawings"][1]["touched"] == {"desk"}
    assert printed.content.decode().count('<svg class="map"') == 2
    gone = person.post("ideas:common", task.pk, key, template="notice", part="nowhere")
    assert gone.status_code == 422
    assert person.post("ideas:common", task.pk, key, template="none").status_code == 404
    for other in (cast.mentor, cast.outsider):
        assert other.get("ideas:common", task.pk, key).status_code == 404
        assert other.get("ideas:sheet", task.pk, key).status_code == 404
        assert other.post("ideas:common", task.pk, key, **sent).status_code == 404


@pytest.mark.parametrize("name", ["kiosk", "appointments"])
def test_the_page_shows_the_digits_of_the_command(
    cast: Cast, task: Challenge, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where a lever moves who comes, and the envelope with it."""
    files = [JOURNEYS / "one_stop_monday.toml", JOURNEYS / f"ideas/one_stop_monday/{name}.toml"]
    maps.put(challenge=task, text=files[0].read_text("utf-8"), by=cast.official.actor)
    paper = actions.put(challenge=task, text=files[1].read_text("utf-8"), by=cast.official.actor)
    assert main(["journey", "compare", str(files[0]), "--idea", str(files[1]), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    page = cast.official.get("ideas:try", task.pk, paper.key).context
    assert page["replications"] == told["replications"]
    scales = {metric: scale for metric, _label, scale in METRICS}
    for table in page["tables"]:
        for row in table["rows"]:
            said = told["differences"][row["metric"]][table["key"] or "all"]
            for part in ("before", "after", "low", "high"):
                assert row[part] == scales[row["metric"]] * said[part], (name, row["metric"])


@pytest.mark.view("ideas:futures", "works")
@pytest.mark.view("ideas:futures", "not yours")
def test_an_idea_is_tried_in_many_futures_after_somebody_said_what_failing_is(
    cast: Cast, task: Challenge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One desk and a wide range of people who come: the idea fails when many come, and it is said
    so; where it hardly ever fails nothing is made up."""
    monkeypatch.setattr(exploring, "SECONDS", 1e9)
    monkeypatch.setattr(exploring, "MOST", 128)
    person = cast.official
    text = """format = 1
id = "way"
title = { vi = "Đường đi" }
[calendar]
start = 2026-10-05
horizon_days = 7
[[calendar.opening]]
start = "07:30"
end = "11:30"
[[group]]
key = "all"
share = { value = 1.0 }
[arrivals]
per_day = { value = 20, low = 5, high = 45 }
[[resource]]
key = "desks"
desks = 1
[[step]]
key = "desk"
title = { vi = "Quầy" }
kind = "desk"
resource = "desks"
service = { family = "exponential", mean = 10 }
"""
    maps.put(challenge=task, text=text, by=person.actor)
    paper = write(person, task, "Viết dễ hiểu")
    key = paper.key
    assert not person.get("ideas:futures", task.pk, key).context["figures"]
    sent = {"template": "plain_words", "part": "desk", "service_factor": "90"}
    person.post("ideas:common", task.pk, key, **sent)
    before = person.get("ideas:futures", task.pk, key)
    assert "rows" not in before.context  # not before it was said what failing is
    names = {each["words"]: each for each in before.context["ranges"]}
    assert any(each["chosen"] for each in names.values())
    page = person.get("ideas:futures", task.pk, key, kind="wait", threshold="25").context
    today, idea = page["rows"]
    assert 0 < today["meets"] < idea["meets"] < 100
    assert page["clear"], page["sentences"]
    assert "người đến" in page["sentences"][0]
    calm = person.get("ideas:futures", task.pk, key, kind="wait", threshold="100000").context
    assert not calm["clear"] and calm["failures"] == 0
    odd = person.get("ideas:futures", task.pk, key, kind="nonsense", threshold="viele")
    assert odd.status_code == 200 and "rows" not in odd.context
    for other in (cast.mentor, cast.outsider):
        assert other.get("ideas:futures", task.pk, key).status_code == 404
