"""The frame in ten minutes: kept as it is typed, its route, its next steps."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from tests.factories import Cast, Person, challenge_of

from vuon.challenges.readiness import Frame
from vuon_web.challenges import queries
from vuon_web.challenges.models import Challenge, Plan

pytestmark = pytest.mark.django_db

SENTENCE = "Parents come three times for one set of papers"


def framed(person: Person) -> tuple[Challenge, Plan]:
    person.post("challenges:begin", sentence=SENTENCE)
    challenge = Challenge.objects.get(title=SENTENCE)
    return challenge, challenge.plans.get()


def read(plan: Plan) -> Frame:
    return Frame.from_document(queries.document(Plan.objects.get(pk=plan.pk)))


@pytest.mark.view("challenges:frame", "works")
def test_a_sentence_leads_to_the_frame_and_the_frame_to_three_steps(stranger, cast: Cast) -> None:
    response = stranger.post(reverse("challenges:begin"), {"sentence": SENTENCE})
    frame = response["Location"]
    assert "/frame/" in frame
    assert SENTENCE in stranger.get(frame).content.decode()
    sent = {
        "challenge": SENTENCE,
        "frame_who": "Parents of newborns",
        "frame_assumptions": "They do not read\nMore staff would help",
        "learning_question": "When do they learn what is missing?",
        "partner-1": "Police of the ward",
        "partner-2": "Social insurance",
        "frame_need": "Choose a way",
        "frame_users": "No",
        "frame_rule": "No",
        "frame_uncovered": "Unsure",
    }
    response = stranger.post(frame, sent)
    assert response.status_code == 302
    plan = Plan.objects.get(challenge__title=SENTENCE)
    said = read(plan)
    assert said.assumptions == ("They do not read", "More staff would help")
    assert said.partners == ("Police of the ward", "Social insurance")
    assert (said.route.letter, said.route.certain) == ("B", False)
    page = stranger.get(response["Location"]).content.decode()
    for key in ("silent-observation", "office-map", "idea-card"):
        assert reverse("activities:card", args=[key]) in page
    assert page.count('class="path-head"') == 3


def test_a_tick_is_kept_at_once_and_a_draft_as_it_is_typed(official: Person) -> None:
    _, plan = framed(official)
    address = reverse("challenges:frame", args=[plan.pk])
    answer = official.client.post(address, {"only": "frame_leader", "frame_leader": "Partly"})
    assert answer.json() == {"kept": True}
    assert read(plan).ready == {"leader": "Partly"}
    draft = reverse("challenges:draft", args=[plan.pk]) + "?key=frame_who%231"
    assert official.client.post(draft, {"text": "Half a sen", "base": ""}).json()["kept"]
    assert "Half a sen" in official.client.get(address).content.decode()
    assert official.client.post(address, {"only": "frame_leader"}).status_code == 422


def test_the_route_is_shown_as_soon_as_both_questions_are_ticked(official: Person) -> None:
    _, plan = framed(official)
    address = reverse("challenges:frame", args=[plan.pk])
    official.client.post(address, {"only": "frame_rule", "frame_rule": "No"})
    answer = official.client.post(address, {"only": "frame_uncovered", "frame_uncovered": "No"})
    said = read(plan).route.words[0].say("vi")
    assert answer.json()["shows"] == "route" and said in answer.json()["html"]
    assert said in official.client.get(address).content.decode()


def test_who_needs_a_paper_can_open_it_at_once_and_comes_back_from_a_card(official: Person) -> None:
    challenge, plan = framed(official)
    address = reverse("challenges:frame", args=[plan.pk])
    official.client.post(address, {"only": "frame_need", "frame_need": "Write the paper"})
    page = official.get("challenges:challenge", challenge.pk).content.decode()
    assert page.index(reverse("cases:desk", args=[challenge.pk])) < page.index('class="path-head"')
    card = reverse("activities:card", args=["resident-interview"]) + f"?task={challenge.pk}"
    assert card in page
    assert '<p class="hint">15 phút' in page  # as it was measured for one alone on the screen
    html = official.client.get(card).content.decode()
    assert "45 phút" in html and "theo số đã đo: 15 phút" in html
    assert reverse("challenges:challenge", args=[challenge.pk]) in html
    assert reverse("challenges:evidence", args=[challenge.pk]) in html


def test_what_was_not_changed_makes_no_version(official: Person) -> None:
    _, plan = framed(official)
    official.client.post(reverse("challenges:frame", args=[plan.pk]), {"challenge": SENTENCE})
    assert not plan.versions.exists()


def test_two_who_answer_at_once_both_keep_their_words(official: Person) -> None:
    _, plan = framed(official)
    address = reverse("challenges:frame", args=[plan.pk])
    official.client.post(address, {"challenge": SENTENCE, "frame_who": "Parents"})
    first = plan.versions.filter(key="frame_who#1").first()
    # Both wrote on what stood before anybody had answered.
    response = official.client.post(
        address, {"challenge": SENTENCE, "frame_who": "Old people", "base-frame_who": first.pk}
    )
    assert response.status_code == 302 and "answer" in response["Location"]
    page = official.client.get(response["Location"]).content.decode()
    assert "Parents" in page and "Old people" in page


def test_a_plan_from_a_file_is_opened_for_the_frame(official: Person) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from vuon.challenges.markdown import write
    from vuon.challenges.plan import new

    file = SimpleUploadedFile("plan.md", write(new("opening", "From a file", "en")).encode())
    official.post("challenges:import", file=file)
    plan = Plan.objects.get(challenge__title="From a file")
    before = queries.document(plan)
    address = reverse("challenges:frame", args=[plan.pk])
    assert "frame_who" not in official.client.get(address).content.decode()
    official.client.post(address, {})
    after = queries.document(Plan.objects.get(pk=plan.pk))
    assert {a.key for a in before.every_answer} < {a.key for a in after.every_answer}
    assert "frame_who" in official.client.get(address).content.decode()


@pytest.mark.view("challenges:frame", "not yours")
def test_nobody_else_frames_a_private_task(cast: Cast) -> None:
    challenge = challenge_of(cast.official, SENTENCE)
    plan = challenge.plans.get()
    for person in (cast.neighbour, cast.facilitator, cast.mentor, cast.outsider):
        assert person.get("challenges:frame", plan.pk).status_code == 404
        assert person.post("challenges:frame", plan.pk, frame_who="x").status_code == 404
        card = reverse("activities:card", args=["office-map"]) + f"?task={challenge.pk}"
        assert challenge.called not in person.client.get(card).content.decode()
    assert cast.official.get("challenges:frame", uuid.uuid4()).status_code == 404
