"""Challenges: begin, import, write, two texts, history, export; and nobody reads what is not theirs."""

from __future__ import annotations

import re
import uuid
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories import Cast, Person, challenge_of

from vuon.challenges.markdown import read
from vuon_web.accounts.visibility import Tier
from vuon_web.audit.models import Event
from vuon_web.challenges import actions, queries
from vuon_web.challenges.models import AnswerVersion, Challenge, Draft, Plan

pytestmark = pytest.mark.django_db

SENTENCE = "People come back because a paper is missing"
PLAN = b"""# A plan from elsewhere

[[focal_point:somebody@example.org]]

[[year:2024]]

[[type:learningplan]]

[[methods:Ethnography]]
[[sdgs:8. Decent work and economic growth]]
## Title

> Please provide a name for your action learning plan.

A plan from elsewhere
## Challenge statement

> Challenge statement: What is your challenge? (Please answer in specific terms: "Our challenge is that...\xe2\x80\x9d.)

Our challenge is that &amp;amp; was escaped twice. Write to somebody@example.org
"""


def plan_of(challenge: Challenge) -> Plan:
    return challenge.plans.get(form="opening")


def write(person: Person, plan: Plan, key: str, text: str, base: object = "", **more: object):
    address = reverse("challenges:answer", args=[plan.pk]) + "?" + urlencode({"key": key})
    return person.client.post(address, {"text": text, "base": base or "", **more})


def page(person: Person, plan: Plan, view: str, key: str):
    return person.client.get(
        reverse(f"challenges:{view}", args=[plan.pk]) + "?" + urlencode({"key": key})
    )


def addresses(challenge: Challenge) -> list[tuple[str, str, dict[str, str]]]:
    """Every address of a challenge, as (method, address, form)."""
    plan, key = plan_of(challenge), urlencode({"key": "background#1"})

    def of_plan(view: str) -> str:
        return reverse(f"challenges:{view}", args=[plan.pk]) + f"?{key}"

    of_challenge = [
        ("get", reverse(f"challenges:{view}", args=[challenge.pk]), {})
        for view in ("challenge", "report", "delete")
    ]
    exports = [
        ("get", reverse("challenges:export", args=[challenge.pk, "opening", kind]), {})
        for kind in ("md", "docx", "pdf")
    ]
    return [
        *of_challenge,
        *exports,
        ("post", reverse("challenges:closing", args=[challenge.pk]), {}),
        ("post", reverse("challenges:delete", args=[challenge.pk]), {}),
        ("get", of_plan("answer"), {}),
        ("post", of_plan("answer"), {"text": "not theirs"}),
        ("post", of_plan("draft"), {"text": "not theirs"}),
        ("get", of_plan("history"), {}),
        ("get", of_plan("tags"), {}),
        ("post", reverse("challenges:more", args=[plan.pk]), {"prompt": "partner_name"}),
    ]


# --- beginning


@pytest.mark.view("challenges:tasks", "works")
def test_our_task_without_a_seat_makes_nobody(stranger) -> None:
    response = stranger.get(reverse("challenges:tasks"))
    assert response.status_code == 200
    assert "vuon_seat" not in response.cookies or not Challenge.objects.exists()


@pytest.mark.view("challenges:begin", "works")
def test_a_sentence_begins_a_private_challenge_and_gives_a_seat(stranger, cast: Cast) -> None:
    response = stranger.post(reverse("challenges:begin"), {"sentence": SENTENCE})
    assert response.status_code == 302
    challenge = Challenge.objects.get(title=SENTENCE)
    assert challenge.tier == Tier.PRIVATE and challenge.author is not None
    assert SENTENCE in stranger.get(response["Location"]).content.decode()


@pytest.mark.view("challenges:begin", "not yours")
@pytest.mark.parametrize("sentence", ["", "   ", "x" * 601])
def test_no_sentence_or_a_too_long_one_is_said_and_makes_nobody(stranger, sentence: str) -> None:
    response = stranger.post(reverse("challenges:begin"), {"sentence": sentence})
    assert response.status_code == 422
    assert not Challenge.objects.exists()
    assert "error-summary" in response.content.decode()


@pytest.mark.view("challenges:import", "works")
def test_a_file_becomes_a_private_challenge_without_anybody_s_address(official: Person) -> None:
    file = SimpleUploadedFile("plan.md", PLAN, "text/markdown")
    response = official.post("challenges:import", file=file)
    challenge = Challenge.objects.get(title="A plan from elsewhere")
    assert response["Location"] == reverse("challenges:report", args=[challenge.pk])
    assert challenge.tier == Tier.PRIVATE and challenge.author == official.actor
    report = official.client.get(response["Location"]).content.decode()
    assert "E2" in report and "P1" in report
    kept = str(plan_of(challenge).document)
    assert "somebody@example.org" not in kept and "was escaped twice" in kept


@pytest.mark.view("challenges:import", "not yours")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.docx", b"PK\x03\x04" + b"\0" * 200),
        ("plan.pdf", b"%PDF-1.7\n" + b"\xe2\xe3" * 50),
        ("plan.md", b""),
        ("plan.md", b"line\n" * 20_001),
        ("plan.md", b"a" * (5 * 1024 * 1024 + 1)),
    ],
    ids=["zip", "pdf", "empty", "long", "large"],
)
def test_a_refused_file_says_what_to_do_and_stores_nothing(
    english: Cast, name: str, content: bytes
) -> None:
    file = SimpleUploadedFile(name, content)
    response = english.official.post("challenges:import", file=file)
    told = response.content.decode()
    assert response.status_code == 422
    assert "error-summary" in told and "Traceback" not in told
    assert not Challenge.objects.exists()


# --- reading and writing


@pytest.mark.view("challenges:challenge", "works")
@pytest.mark.view("challenges:report", "works")
@pytest.mark.view("challenges:answer", "works")
@pytest.mark.view("challenges:history", "works")
@pytest.mark.view("challenges:tags", "works")
@pytest.mark.view("challenges:delete", "works")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_its_author_opens_every_page_in_both_languages(official: Person, language: str) -> None:
    official.client.cookies["vuon_language"] = language
    challenge = challenge_of(official, SENTENCE)
    for method, address, _ in addresses(challenge):
        if method == "get" and "tags" not in address:
            assert official.client.get(address).status_code == 200, address
    assert page(official, plan_of(challenge), "tags", "methods").status_code == 200


@pytest.mark.view("challenges:tasks", "not yours")
@pytest.mark.view("challenges:challenge", "not yours")
@pytest.mark.view("challenges:report", "not yours")
@pytest.mark.view("challenges:closing", "not yours")
@pytest.mark.view("challenges:delete", "not yours")
@pytest.mark.view("challenges:export", "not yours")
@pytest.mark.view("challenges:answer", "not yours")
@pytest.mark.view("challenges:draft", "not yours")
@pytest.mark.view("challenges:history", "not yours")
@pytest.mark.view("challenges:tags", "not yours")
@pytest.mark.view("challenges:more", "not yours")
@pytest.mark.parametrize("who", ["neighbour", "facilitator", "mentor", "outsider"])
def test_nobody_else_reaches_a_private_challenge_by_any_address(cast: Cast, who: str) -> None:
    challenge = challenge_of(cast.official, SENTENCE)
    other: Person = getattr(cast, who)
    before = Event.objects.count()
    for method, address, form in addresses(challenge):
        response = getattr(other.client, method)(address, form)
        assert response.status_code == 404, address
        assert SENTENCE not in response.content.decode()
    assert SENTENCE not in other.get("challenges:tasks").content.decode()
    assert Event.objects.count() == before


def test_a_neighbour_agency_reads_and_exports_only_what_was_offered(cast: Cast) -> None:
    challenge = challenge_of(cast.official, SENTENCE, Tier.TEAM)
    there = reverse("challenges:challenge", args=[challenge.pk])
    file = reverse("challenges:export", args=[challenge.pk, "opening", "md"])
    assert cast.neighbour.client.get(there).status_code == 404
    assert cast.neighbour.client.get(file).status_code == 404

    cast.official.post("labs:offer", "challenge", challenge.pk, to="programme")
    assert SENTENCE in cast.neighbour.client.get(there).content.decode()
    assert SENTENCE in cast.neighbour.client.get(file).content.decode()
    answer = page(cast.neighbour, plan_of(challenge), "answer", "background#1")
    assert answer.status_code == 404, "offered to be read, not to be written"

    cast.official.post("labs:take_back", "challenge", challenge.pk)
    assert cast.neighbour.client.get(there).status_code == 404
    assert cast.neighbour.client.get(file).status_code == 404


def test_a_kept_answer_is_read_by_everybody_who_may_and_touches_nothing_else(
    official: Person,
) -> None:
    challenge = challenge_of(official, SENTENCE)
    plan = plan_of(challenge)
    before = queries.document(plan)
    assert (
        write(official, plan, "background#1", "Ba phường sáp nhập.\n\n> trích").status_code == 302
    )
    after = queries.document(plan_of(challenge))
    assert after.answer("background#1").text == "Ba phường sáp nhập.\n\n> trích"
    unchanged = {a.key: a for a in before.every_answer if a.key != "background#1"}
    assert {a.key: a for a in after.every_answer if a.key != "background#1"} == unchanged


def test_the_plan_s_name_is_the_challenge_s_title(official: Person) -> None:
    challenge = challenge_of(official, SENTENCE)
    write(official, plan_of(challenge), "name#1", "Another name")
    challenge.refresh_from_db()
    assert challenge.title == "Another name"


def test_two_people_edit_the_same_answer_and_both_texts_stand(cast: Cast) -> None:
    challenge = challenge_of(cast.official, SENTENCE, Tier.TEAM)
    plan = plan_of(challenge)
    colleague = cast.neighbour
    from vuon_web.labs import actions as labs

    labs.leave(session=cast.session, by=colleague.actor)
    labs.join(session=cast.session, team=cast.team_a, by=colleague.actor)

    assert write(cast.official, plan, "background#1", "mine").status_code == 302
    second = write(colleague, plan, "background#1", "yours")
    assert second.status_code == 409
    for text in ("mine", "yours"):
        assert text in second.content.decode()
        assert text in cast.official.get("challenges:challenge", challenge.pk).content.decode()

    heads = queries.conflicts(plan)["background#1"]
    assert {version.text for version in heads} == {"mine", "yours"}
    settled = write(
        cast.official, plan, "background#1", "ours", heads[0].pk, settles=str(heads[1].pk)
    )
    assert settled.status_code == 302
    assert not queries.conflicts(plan)
    assert queries.document(plan_of(challenge)).answer("background#1").text == "ours"
    kept = {version.text for version in AnswerVersion.objects.filter(plan=plan)}
    assert kept == {"", "mine", "yours", "ours"}, "nothing is ever lost"


def test_an_earlier_version_can_be_taken_up_again(official: Person) -> None:
    plan = plan_of(challenge_of(official, SENTENCE))
    write(official, plan, "background#1", "first")
    base = AnswerVersion.objects.get(text="first").pk
    write(official, plan, "background#1", "second", base)
    html = page(official, plan, "history", "background#1").content.decode()
    assert html.index("second") < html.index("first")
    newest = re.search(r'name="base" value="([^"]+)"', html)
    assert newest
    write(official, plan, "background#1", "first", newest.group(1))
    assert queries.document(Plan.objects.get(pk=plan.pk)).answer("background#1").text == "first"


def test_what_was_kept_alone_stays_the_author_s_when_the_task_is_offered(cast: Cast) -> None:
    challenge = challenge_of(cast.official, SENTENCE)
    plan = plan_of(challenge)
    write(cast.official, plan, "background#1", "for my eyes")
    write(cast.official, plan, "background#1", "for all", AnswerVersion.objects.latest("at").pk)
    cast.official.post("labs:offer", "challenge", challenge.pk, to="team")
    from vuon_web.labs import actions as labs

    labs.leave(session=cast.session, by=cast.neighbour.actor)
    labs.join(session=cast.session, team=cast.team_a, by=cast.neighbour.actor)
    seen = page(cast.neighbour, plan, "history", "background#1").content.decode()
    assert "for all" in seen and "for my eyes" not in seen
    assert "for my eyes" in page(cast.official, plan, "history", "background#1").content.decode()
    write(cast.neighbour, plan, "background#1", "ours", AnswerVersion.objects.latest("at").pk)
    seen = page(cast.neighbour, plan, "history", "background#1").content.decode()
    assert "ours" in seen and "for my eyes" not in seen


@pytest.mark.view("challenges:draft", "works")
def test_what_is_typed_is_there_on_a_second_device_and_for_nobody_else(cast: Cast) -> None:
    challenge = challenge_of(cast.official, SENTENCE, Tier.TEAM)
    plan = plan_of(challenge)
    draft = reverse("challenges:draft", args=[plan.pk]) + "?" + urlencode({"key": "background#1"})
    told = cast.official.client.post(draft, {"text": "chữ gõ dở"}).json()
    assert told["kept"] is True
    assert "chữ gõ dở" in page(cast.official, plan, "answer", "background#1").content.decode()
    assert (
        "chữ gõ dở" not in cast.official.get("challenges:challenge", challenge.pk).content.decode()
    )
    assert "chữ gõ dở" in cast.official.get("challenges:tasks").content.decode()

    from vuon_web.labs import actions as labs

    labs.leave(session=cast.session, by=cast.neighbour.actor)
    labs.join(session=cast.session, team=cast.team_a, by=cast.neighbour.actor)
    colleague = page(cast.neighbour, plan, "answer", "background#1")
    assert colleague.status_code == 200 and "chữ gõ dở" not in colleague.content.decode()

    cast.official.client.post(draft, {"forget": "1"})
    assert not Draft.objects.exists()


def test_a_draft_on_an_older_text_is_kept_and_shows_the_newer_one(cast: Cast) -> None:
    challenge = challenge_of(cast.official, SENTENCE)
    plan = plan_of(challenge)
    write(cast.official, plan, "background#1", "first")
    old = AnswerVersion.objects.get(text="first").pk
    write(cast.official, plan, "background#1", "second", old)
    draft = reverse("challenges:draft", args=[plan.pk])
    response = cast.official.client.post(
        draft, {"key": "background#1", "text": "typed on the first", "base": old}
    )
    assert response.status_code == 409
    assert response.json()["kept"] is True and "second" in response.json()["html"]
    assert Draft.objects.get().text == "typed on the first"


@pytest.mark.view("challenges:tags", "works")
def test_tags_are_ticked_and_their_history_kept(official: Person) -> None:
    challenge = challenge_of(official, SENTENCE)
    plan = plan_of(challenge)
    address = reverse("challenges:tags", args=[plan.pk]) + "?key=methods"
    official.client.post(address, {"choices": ["Ethnography"], "text": "Cách riêng của phường"})
    found = queries.document(plan_of(challenge))
    assert found.tag_values("methods") == ("Ethnography", "Cách riêng của phường")
    assert AnswerVersion.objects.filter(key="tag-methods").count() == 2
    assert (
        official.client.get(
            reverse("challenges:tags", args=[plan.pk]) + "?key=focal_point"
        ).status_code
        == 404
    )


@pytest.mark.view("challenges:more", "works")
def test_one_more_partner(official: Person) -> None:
    challenge = challenge_of(official, SENTENCE)
    plan = plan_of(challenge)
    response = official.post("challenges:more", plan.pk, prompt="partner_name")
    assert "partner_name%234" in response["Location"]
    assert official.client.get(response["Location"]).status_code == 200
    assert official.post("challenges:more", plan.pk, prompt="background").status_code == 404


@pytest.mark.view("challenges:closing", "works")
def test_the_closing_form_is_opened_once(official: Person) -> None:
    challenge = challenge_of(official, SENTENCE)
    for _ in range(2):
        assert official.post("challenges:closing", challenge.pk).status_code == 302
    assert challenge.plans.filter(form="closing").count() == 1
    html = official.get("challenges:challenge", challenge.pk, form="closing")
    assert html.status_code == 200


@pytest.mark.view("challenges:export", "works")
def test_the_exported_plan_reads_back_with_every_answer(official: Person) -> None:
    challenge = challenge_of(official, SENTENCE)
    plan = plan_of(challenge)
    write(official, plan, "background#1", "Ba phường sáp nhập.\n## Không phải mục mới")
    content = official.get("challenges:export", challenge.pk, "opening", "md").content
    back, ours = read(content, "back.md"), queries.document(plan_of(challenge))
    assert [(a.key, a.text, a.choices) for a in back.every_answer] == [
        (a.key, a.text, a.choices) for a in ours.every_answer
    ]
    word = official.get("challenges:export", challenge.pk, "opening", "docx").content
    assert word.startswith(b"PK")
    assert official.get("challenges:export", challenge.pk, "opening", "pdf").content[:5] == b"%PDF-"
    assert official.get("challenges:export", challenge.pk, "opening", "exe").status_code == 404


def test_a_deleted_task_leaves_nothing_of_its_words(official: Person) -> None:
    challenge = challenge_of(official, SENTENCE)
    write(official, plan_of(challenge), "background#1", "secret words")
    assert official.post("challenges:delete", challenge.pk).status_code == 302
    assert not Challenge.objects.exists() and not AnswerVersion.objects.exists()
    assert not Draft.objects.exists()


def test_the_record_holds_no_words(official: Person) -> None:
    challenge = challenge_of(official, SENTENCE)
    write(official, plan_of(challenge), "background#1", "secret words")
    told = " ".join(f"{e.verb} {e.kind} {e.object_id} {e.detail}" for e in Event.objects.all())
    assert "secret" not in told and "paper" not in told


@pytest.mark.parametrize("key", ["", "nothing#9", "partners#1", "../../etc"])
def test_an_answer_that_is_not_there(official: Person, key: str) -> None:
    plan = plan_of(challenge_of(official, SENTENCE))
    assert page(official, plan, "answer", key).status_code == 404
    assert page(official, plan, "history", key).status_code == 404


def test_a_plan_that_is_not_there(official: Person) -> None:
    assert official.get("challenges:answer", uuid.uuid4()).status_code == 404


def test_only_its_author_deletes_in_an_action(cast: Cast) -> None:
    challenge = challenge_of(cast.official, SENTENCE)
    with pytest.raises(PermissionError):
        actions.forget(challenge=challenge, by=cast.neighbour.actor)
