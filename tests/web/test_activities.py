"""A lab from a plan: partners, programme with reasons, calendar, paper, exports, and who may change it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories import Cast, Person

from vuon.challenges import edit
from vuon.challenges import plan as plans
from vuon.challenges.markdown import write
from vuon_web.activities import catalogue, queries
from vuon_web.activities.actions import propose_programme
from vuon_web.activities.opening import open_from_plan, open_shipped
from vuon_web.labs.models import Lab, Programme
from vuon_web.labs.queries import agencies, programme_of

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
FOUNDING = ROOT.parent / "shared" / "data" / "plan" / "founding-plan.md"
PARTNERS = (
    "Department of Home Affairs of Quang Nam Province (provincial level) "
    "National Innovation Center (Ministry of Planning and Investment) University of Economics"
)


def a_plan(
    title: str, *, methods: tuple[str, ...], stages: tuple[str, ...], partner: str = ""
) -> bytes:
    """A plan of our own making."""
    found = plans.new("opening", title, "en")
    found = edit.set_tags(found, "methods", methods)
    found = edit.set_tags(found, "year", ["2023"])
    stage_key = found.answers("stages")[0].key
    found = edit.set_answer(found, stage_key, choices=stages)
    if partner:
        found = edit.set_answer(found, found.answers("partner_name")[0].key, text=partner)
    return write(found).encode()


LISTENING = a_plan("We listen", methods=("Ethnography", "Blockchain"), stages=("Sense",))
TESTING = a_plan(
    "We test", methods=("Regulatory Sandboxes",), stages=("Test", "Grow"), partner=PARTNERS
)


def opened(content: bytes, person: Person | None = None) -> tuple[Lab, Programme]:
    lab = open_from_plan(content=content, name="plan.md", by=person.actor if person else None)
    programme = programme_of(lab)
    assert programme
    return lab, programme


# --- opening


def test_two_plans_give_two_programmes_and_every_activity_says_why() -> None:
    _, listening = opened(LISTENING)
    _, testing = opened(TESTING)
    first, second = (queries.path(programme, "en") for programme in (listening, testing))
    cards = [{each.card.key for each in path.standing} for path in (first, second)]
    assert cards[0] != cards[1]
    assert "silent-observation" in cards[0] and "pilot-page" in cards[1]
    for path in (first, second):
        assert all(each.reasons for each in path.standing)
    assert [gap.value for gap in first.unserved if gap.kind == "methods"] == ["Blockchain"]
    assert not [gap for gap in second.unserved if gap.kind == "methods"]


def test_the_same_file_opens_the_same_lab_and_another_does_not() -> None:
    assert opened(LISTENING)[0] == opened(LISTENING)[0]
    assert opened(LISTENING)[0] != opened(TESTING)[0]


def test_partners_that_run_together_are_split_and_marked_as_a_proposal() -> None:
    lab, _ = opened(TESTING)
    found = list(agencies(lab))
    assert [agency.name.split(" (")[0] for agency in found] == [
        "Department of Home Affairs of Quang Nam Province",
        "National Innovation Center",
        "University of Economics",
    ]
    assert all(agency.proposed and agency.from_text == PARTNERS for agency in found)


@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding plan is not beside the checkout")
def test_the_founding_plan() -> None:
    lab, programme = opened(FOUNDING.read_bytes())
    assert len(agencies(lab)) == 5
    called = next(queries.calls(programme, "en"))
    assert (len(called.datasources), len(called.methods), called.stages) == (8, 5, ("Test", "Grow"))
    path = queries.path(programme, "vi")
    assert all(each.reasons for each in path.standing)
    served = {
        (reason.key, reason.value)
        for each in path.standing
        for reason in each.reasons
        if reason.kind in ("tag", "stage")
    }
    unserved = {(gap.kind, gap.value) for gap in path.unserved}
    assert set(called.tags()) <= served | unserved
    assert not served & unserved


def test_the_shipped_lab_has_its_plan_in_both_languages_and_its_first_challenge() -> None:
    lab = open_shipped(ROOT / "examples" / "founding-lab")
    assert lab.kind == "example" and set(lab.titles) == {"vi", "en"}
    from vuon_web.challenges.models import Challenge

    main, first = Challenge.objects.filter(lab=lab).order_by("-main")
    assert "Sông An" in first.title
    assert {plan.language for plan in main.plans.all()} == {"vi", "en"}
    assert open_shipped(ROOT / "examples" / "founding-lab") == lab


@pytest.mark.view("activities:open_lab", "works")
def test_a_facilitator_opens_a_lab_from_a_file(cast: Cast) -> None:
    file = SimpleUploadedFile("plan.md", TESTING)
    response = cast.facilitator.post("activities:open_lab", file=file)
    assert response.status_code == 302
    html = cast.facilitator.client.get(response["Location"]).content.decode()
    assert "We test" in html and "National Innovation Center" in html


@pytest.mark.view("activities:open_lab", "not yours")
def test_others_open_no_lab_and_a_refused_file_opens_none(english: Cast) -> None:
    for person in (english.official, english.outsider):
        assert person.get("activities:open_lab").status_code == 404
    file = SimpleUploadedFile("plan.md", b"PK\x03\x04" + b"\0" * 99)
    before = Lab.objects.count()
    response = english.facilitator.post("activities:open_lab", file=file)
    assert response.status_code == 422 and "error-summary" in response.content.decode()
    assert Lab.objects.count() == before


# --- the programme


@pytest.fixture
def led(cast: Cast) -> tuple[Lab, Programme, Cast]:
    """A lab of the facilitator's from a plan."""
    lab, programme = opened(TESTING, cast.facilitator)
    return lab, programme, cast


def cards_of(programme: Programme) -> list[str]:
    return [each.card.key for each in queries.path(programme, "en").standing]


@pytest.mark.view("activities:programme", "works")
@pytest.mark.view("activities:change", "works")
def test_a_facilitator_changes_the_programme_and_can_undo_it(led) -> None:
    _, programme, cast = led
    before = cards_of(programme)
    assert cast.facilitator.get("activities:programme", programme.pk).status_code == 200

    def change(**form: str):
        return cast.facilitator.post("activities:change", programme.pk, **form)

    change(do="take_out", card=before[1])
    assert cards_of(programme) == [before[0], *before[2:]]
    change(do="put_back", card=before[1])
    assert cards_of(programme) == before
    change(do="down", card=before[0])
    assert cards_of(programme)[:2] == [before[1], before[0]]
    change(do="up", card=before[0])
    assert cards_of(programme) == before
    change(do="add", card="two-by-two", reason="The sponsor asked for scenarios")
    assert cards_of(programme)[-1] == "two-by-two"
    html = cast.facilitator.get("activities:programme", programme.pk).content.decode()
    assert "The sponsor asked for scenarios" in html
    change(do="propose")
    assert "two-by-two" in cards_of(programme), "what people added themselves stays"


def test_an_activity_without_a_reason_is_not_added(led) -> None:
    _, programme, cast = led
    before = cards_of(programme)
    response = cast.facilitator.post(
        "activities:change", programme.pk, do="add", card="two-by-two", reason=" "
    )
    assert response.status_code == 422 and cards_of(programme) == before


def test_what_a_taken_out_activity_served_is_listed_as_unserved(led) -> None:
    _, programme, cast = led
    assert "Regulatory Sandboxes" not in {g.value for g in queries.path(programme, "en").unserved}
    for card in cards_of(programme):
        if catalogue.card(card).stage == "sandbox":
            cast.facilitator.post("activities:change", programme.pk, do="take_out", card=card)
    assert "Regulatory Sandboxes" in {g.value for g in queries.path(programme, "en").unserved}


@pytest.mark.view("activities:programme", "not yours")
@pytest.mark.view("activities:change", "not yours")
@pytest.mark.view("activities:dates", "not yours")
@pytest.mark.view("activities:export_lab", "not yours")
@pytest.mark.parametrize("who", ["official", "neighbour", "outsider"])
def test_people_of_another_lab_neither_see_nor_change_it(led, who: str) -> None:
    lab, programme, cast = led
    person: Person = getattr(cast, who)
    assert person.get("activities:programme", programme.pk).status_code == 404
    assert person.post("activities:change", programme.pk, do="propose").status_code == 404
    assert person.get("activities:dates", programme.pk).status_code == 404
    assert person.get("activities:export_lab", lab.slug, "pdf").status_code == 404


@pytest.mark.parametrize("who", ["official", "mentor"])
def test_people_of_the_programme_read_it_and_do_not_change_it(cast: Cast, who: str) -> None:
    propose_programme(programme=cast.programme, by=None)
    person: Person = getattr(cast, who)
    assert person.get("activities:programme", cast.programme.pk).status_code == 200
    for form in ({"do": "propose"}, {"do": "take_out", "card": "next-step"}):
        assert person.post("activities:change", cast.programme.pk, **form).status_code == 404
    assert person.post("activities:dates", cast.programme.pk, weeks=4).status_code == 404


@pytest.mark.view("activities:dates", "works")
def test_dates_and_weeks(led) -> None:
    _, programme, cast = led
    response = cast.facilitator.post(
        "activities:dates", programme.pk, starts="2027-01-05", weeks="6"
    )
    assert response.status_code == 302
    programme.refresh_from_db()
    calendar = queries.path(programme, "en").calendar
    assert calendar.weeks[0].monday.isoformat() == "2027-01-11" and len(calendar.weeks) == 6
    for form in ({"starts": "", "weeks": "6"}, {"starts": "2027-01-05", "weeks": "99"}):
        wrong = cast.facilitator.post("activities:dates", programme.pk, **form)
        assert wrong.status_code == 422


# --- cards and paper


@pytest.mark.view("activities:cards", "works")
@pytest.mark.view("activities:card", "works")
@pytest.mark.view("activities:canvas", "works")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_activity_has_its_page_and_its_paper(client, db: None, language: str) -> None:
    client.cookies["vuon_language"] = language
    html = client.get(reverse("activities:cards")).content.decode()
    for card in catalogue.load():
        assert card.guide(language).title in html.replace("&quot;", '"').replace("&#x27;", "'")
        assert client.get(reverse("activities:card", args=[card.key])).status_code == 200
    pdf = client.get(reverse("activities:canvas", args=["idea-card", "a3"]))
    assert pdf.content[:5] == b"%PDF-" and pdf["Content-Type"] == "application/pdf"


@pytest.mark.view("activities:cards", "not yours")
@pytest.mark.view("activities:card", "not yours")
@pytest.mark.view("activities:canvas", "not yours")
def test_a_card_or_size_that_is_not_there(client, db: None) -> None:
    assert client.post(reverse("activities:cards")).status_code == 405
    assert client.get(reverse("activities:card", args=["nothing"])).status_code == 404
    assert client.get(reverse("activities:canvas", args=["nothing", "a4"])).status_code == 404
    assert client.get(reverse("activities:canvas", args=["idea-card", "a5"])).status_code == 404


# --- the page and its exports


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_lab_page_shows_the_plan_and_the_programme(led, language: str) -> None:
    lab, _, cast = led
    cast.facilitator.client.cookies["vuon_language"] = language
    html = cast.facilitator.get("labs:lab", lab.slug).content.decode()
    for told in ("We test", "National Innovation Center", "tile-on"):
        assert told in html
    numbers = re.findall(r'id="panel-([a-z]+)"', html)
    assert {"challenge", "question", "programme", "map"} <= set(numbers)


@pytest.mark.view("activities:export_lab", "works")
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_lab_page_as_a_file(led, kind: str) -> None:
    lab, _, cast = led
    response = cast.facilitator.get("activities:export_lab", lab.slug, kind)
    assert response.status_code == 200
    assert response.content[:4] in (b"%PDF", b"PK\x03\x04")
    assert cast.facilitator.get("activities:export_lab", lab.slug, "exe").status_code == 404
