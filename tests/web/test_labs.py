"""The lab's page, its partners, sessions and staff: who may open, edit and run them."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import Cast, Person, seated, staff

from vuon_web.accounts.permissions import Role
from vuon_web.labs import actions, queries
from vuon_web.labs.actions import AgencyDraft
from vuon_web.labs.models import Agency, Lab, Session, Team

pytestmark = pytest.mark.django_db


def read(response: object) -> str:
    """A page as a person reads it."""
    return html.unescape(response.content.decode())  # type: ignore[attr-defined]


@pytest.mark.view("labs:ours", "works")
@pytest.mark.view("labs:lab", "works")
def test_ours_leads_to_the_lab_of_this_server(cast: Cast) -> None:
    """The latest real one; for its people and its staff."""
    latest = actions.open_lab(title="The latest", by=cast.facilitator.actor)
    actions.open_lab(title="An example", kind="example", by=None)
    response = cast.facilitator.get("labs:ours")
    assert response.url == reverse("labs:lab", args=[latest.slug])
    for person in (cast.official, cast.neighbour, cast.facilitator, cast.mentor):
        assert cast.lab.title in read(person.get("labs:lab", cast.lab.slug))


@pytest.mark.view("labs:ours", "not yours")
@pytest.mark.view("labs:lab", "not yours")
def test_a_real_lab_is_open_to_its_people_only(cast: Cast, stranger: Client) -> None:
    """Somebody else is told how to come in, and not what the lab is called."""
    for client in (stranger, cast.outsider.client):
        assert client.get(reverse("labs:lab", args=[cast.lab.slug])).status_code == 404
    page = read(stranger.get(reverse("labs:ours")))
    assert reverse("labs:join") in page
    assert cast.lab.title not in page


def test_an_example_is_open_to_everybody_and_says_what_it_is(stranger: Client) -> None:
    """Practice and example carry a watermark."""
    shown = actions.open_lab(title="An example", kind="example", by=None)
    page = read(stranger.get(reverse("labs:lab", args=[shown.slug])))
    assert "watermark" in page
    assert stranger.get(reverse("labs:ours")).url == reverse("labs:lab", args=[shown.slug])


def test_at_this_computer_everything_of_the_lab_is_open(
    cast: Cast, stranger: Client, settings: object
) -> None:
    """While no network is served; but not through somebody who forwards for others."""
    address = reverse("labs:lab", args=[cast.lab.slug])
    settings.VUON_ALONE = True  # type: ignore[attr-defined]
    assert stranger.get(address).status_code == 200
    for header in ("X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "Via"):
        assert stranger.get(address, headers={header: "elsewhere"}).status_code == 404
    assert stranger.post(reverse("labs:sessions", args=[cast.lab.slug])).status_code == 404


def test_the_same_file_reopens_the_same_lab() -> None:
    """And another lab of the same title has its own address."""
    first = actions.open_lab(title="Lab thử", by=None, source_hash="a" * 64)
    again = actions.open_lab(title="Lab thử", by=None, source_hash="a" * 64)
    other = actions.open_lab(title="Lab thử", by=None, source_hash="b" * 64)
    assert first == again != other
    assert (first.slug, other.slug) == ("lab-thu", "lab-thu-2")
    assert Lab.objects.count() == 2


def test_people_reached_are_told_from_five_on(cast: Cast) -> None:
    """Each counted once, staff not at all; below five nobody is told, not even the facilitator."""

    def told() -> str:
        page = cast.facilitator.get("labs:lab", cast.lab.slug).content.decode()
        found = re.search(r'aria-labelledby="panel-reached".*?</section>', page, re.S)
        assert found
        return html.unescape(found.group())

    actions.join(session=cast.session, by=cast.facilitator.actor)
    for _ in range(2):
        actions.join(session=cast.session, by=seated().actor)
    assert "dưới 5" in told() and not re.search(r">\s*[45]\s*<", told())
    second = actions.open_session(cohort=cast.cohort, title="Again", by=None)
    actions.join(session=second, by=cast.official.actor)
    assert "dưới 5" in told()
    actions.join(session=second, by=seated().actor)
    assert re.search(r">\s*5\s*<", told())


def test_empty_panels_say_what_will_stand_there() -> None:
    """No zero that looks like a finding."""
    shown = actions.open_lab(title="An example", kind="example", by=None)
    page = read(Client().get(reverse("labs:lab", args=[shown.slug])))
    for key in ("partners", "sessions", "reached", "hands", "hours", "cases"):
        assert f'id="panel-{key}"' in page
    assert not re.search(r'class="figure">\s*0', page)


@pytest.mark.view("labs:sessions", "works")
@pytest.mark.view("labs:run", "works")
@pytest.mark.view("labs:close", "works")
@pytest.mark.view("labs:make_team", "works")
def test_open_run_and_close_a_session(cast: Cast, facilitator: Person) -> None:
    """From the title to the code, a team with its own code, and the end."""
    slug = cast.lab.slug
    assert facilitator.get("labs:sessions", slug).status_code == 200
    assert facilitator.post("labs:sessions", slug, title=" ").status_code == 422
    response = facilitator.post("labs:sessions", slug, title="Tuesday", cohort=cast.cohort.pk)
    made = Session.objects.get(title="Tuesday")
    assert response.url == reverse("labs:run", args=[made.pk])
    assert made.code in read(facilitator.get("labs:run", made.pk))
    facilitator.post("labs:make_team", made.pk, name="Team D", agency=cast.agency_a.pk)
    assert facilitator.post("labs:make_team", made.pk, name="Team D").status_code == 422
    team = Team.objects.get(name="Team D")
    assert team.code and team.code in read(facilitator.get("labs:run", made.pk))
    assert facilitator.get("labs:close", made.pk).status_code == 200
    assert Session.objects.get(pk=made.pk).is_open
    facilitator.post("labs:close", made.pk)
    assert not Session.objects.get(pk=made.pk).is_open
    facilitator.post("labs:sessions", slug, title="With a new cohort")
    assert Session.objects.get(title="With a new cohort").cohort != cast.cohort


@pytest.mark.view("labs:sessions", "not yours")
@pytest.mark.view("labs:run", "not yours")
@pytest.mark.view("labs:close", "not yours")
@pytest.mark.view("labs:make_team", "not yours")
@pytest.mark.view("labs:poster", "not yours")
@pytest.mark.view("labs:staff", "not yours")
@pytest.mark.view("labs:partners", "not yours")
@pytest.mark.view("labs:add_partner", "not yours")
@pytest.mark.view("labs:partner", "not yours")
@pytest.mark.view("labs:order", "not yours")
@pytest.mark.view("labs:split", "not yours")
def test_only_the_lab_s_own_facilitator_runs_it(cast: Cast, stranger: Client) -> None:
    """Not its people, not its mentor, not the facilitator of another lab, not a stranger."""
    other = actions.open_lab(title="Elsewhere", by=None)
    elsewhere = staff(other, Role.FACILITATOR, "Elsewhere")
    clients = [cast.official, cast.mentor, cast.outsider, elsewhere]
    by_lab = ("labs:sessions", "labs:staff", "labs:partners", "labs:add_partner")
    by_session = ("labs:run", "labs:close", "labs:make_team", "labs:poster")
    by_agency = ("labs:partner", "labs:order", "labs:split")
    before = Agency.objects.count(), Session.objects.count(), Team.objects.count()
    for names, key in (
        (by_lab, cast.lab.slug),
        (by_session, cast.session.pk),
        (by_agency, cast.agency_a.pk),
    ):
        for name in names:
            address = reverse(name, args=[key])
            data = {"title": "x", "name": "x", "role": "facilitator", "do": "down"}
            for client in [*(person.client for person in clients), stranger]:
                assert client.get(address).status_code in (404, 405), (name, client)
                assert client.post(address, data).status_code in (404, 405), (name, client)
    assert (Agency.objects.count(), Session.objects.count(), Team.objects.count()) == before
    assert list(queries.agencies(cast.lab)) == [cast.agency_a, cast.agency_b, cast.agency_c]


@pytest.mark.view("labs:poster", "works")
def test_the_poster_has_the_code_and_an_address_that_phones_know(
    cast: Cast, facilitator: Person, settings: object
) -> None:
    """Whoever runs the session looks at localhost; a phone must not be sent there."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "lab-laptop", "192.0.2.7"]  # type: ignore[attr-defined]
    address = reverse("labs:poster", args=[cast.session.pk])
    page = read(facilitator.client.get(address, headers={"host": "localhost:8000"}))
    assert cast.session.code in page and "<svg" in page
    assert "http://192.0.2.7:8000/join/" in page
    assert "localhost" not in page
    settings.VUON_ALONE = True  # type: ignore[attr-defined]
    run = reverse("labs:run", args=[cast.session.pk])
    alone = read(facilitator.client.get(run, headers={"host": "localhost:8000"}))
    assert "vuon up --room" in alone and "192.0.2.7" not in alone


@pytest.mark.view("labs:staff", "works")
def test_invite_somebody(cast: Cast, facilitator: Person, stranger: Client) -> None:
    """The link is shown once, and makes a mentor of that partner."""
    page = read(
        facilitator.post("labs:staff", cast.lab.slug, role="mentor", agency=cast.agency_b.pk)
    )
    link = re.search(r"/facilitate/[\w-]{43}/", page)
    assert link
    assert "/facilitate/" not in read(facilitator.get("labs:staff", cast.lab.slug))
    stranger.post(link.group())
    assert queries.staff(cast.lab).filter(role="mentor", agency=cast.agency_b).count() == 1
    assert facilitator.post("labs:staff", cast.lab.slug, role="host").status_code == 422


RUN_TOGETHER = "Ministry of Home Affairs Da Nang People's Committee"


def proposed(cast: Cast) -> list[Agency]:
    """The lab's partners with a split that nobody has confirmed, in second and third place."""
    parts = [
        AgencyDraft(name, proposed=True, from_text=RUN_TOGETHER, roles=(role,))
        for name, role in (
            ("Ministry of Home Affairs", "spreader"),
            ("Da Nang People's Committee", "first_adopter"),
        )
    ]
    lab = actions.open_lab(title="Partners run together", by=cast.facilitator.actor)
    first, last = AgencyDraft("Academy"), AgencyDraft("University")
    return actions.set_agencies(lab=lab, agencies=[first, *parts, last], by=None)


def names(lab: Lab) -> list[str]:
    """The partners in order."""
    return list(queries.agencies(lab).values_list("name", flat=True))


@pytest.mark.view("labs:partners", "works")
@pytest.mark.view("labs:split", "works")
def test_a_proposed_split_is_marked_confirmed_undone_and_brought_back(
    cast: Cast, facilitator: Person
) -> None:
    """And the order stays through all of it."""
    made = proposed(cast)
    lab, whole_order = made[0].lab, [agency.name for agency in made]
    page = read(facilitator.get("labs:partners", lab.slug))
    assert RUN_TOGETHER in page and "mới chỉ đề xuất tách" in page
    assert "mới chỉ đề xuất tách" in read(facilitator.get("labs:lab", lab.slug))
    facilitator.post("labs:split", made[1].pk, do="rejoin")
    assert names(lab) == ["Academy", RUN_TOGETHER, "University"]
    assert [a.rank for a in queries.agencies(lab)] == [1, 2, 3]
    joined = queries.agencies(lab)[1]
    assert joined.roles == ["first_adopter", "spreader"]
    facilitator.post("labs:split", joined.pk, do="split")
    assert names(lab) == whole_order
    parts = list(queries.agencies(lab)[1:3])
    assert [part.roles for part in parts] == [["spreader"], ["first_adopter"]]
    assert all(part.proposed for part in parts)
    facilitator.post("labs:split", parts[0].pk, do="confirm")
    assert not queries.agencies(lab).filter(proposed=True).exists()
    assert "mới chỉ đề xuất tách" not in read(facilitator.get("labs:partners", lab.slug))
    assert facilitator.post("labs:split", parts[0].pk, do="nonsense").status_code == 404


def test_a_partner_that_is_in_use_is_not_taken_away(cast: Cast, facilitator: Person) -> None:
    """Said in words; nothing is lost and nothing is half done."""
    made = proposed(cast)
    lab = made[0].lab
    programme = actions.open_programme(lab=lab, title="P", by=None)
    cohort = actions.open_cohort(programme=programme, title="C", by=None)
    actions.make_team(cohort=cohort, name="Home", agency=made[1], by=None)
    before = names(lab)
    response = facilitator.client.post(
        reverse("labs:split", args=[made[1].pk]), {"do": "rejoin"}, follow=True
    )
    assert "notice-clay" in response.content.decode()
    assert names(lab) == before
    with pytest.raises(actions.AgencyInUse):
        actions.set_agencies(lab=lab, agencies=[AgencyDraft("Somebody else")], by=None)
    assert names(lab) == before


@pytest.mark.view("labs:partner", "works")
@pytest.mark.view("labs:add_partner", "works")
@pytest.mark.view("labs:order", "works")
def test_edit_add_and_order_partners(cast: Cast, facilitator: Person) -> None:
    """Name, roles, one place up or down, a further one at the end."""
    form = read(facilitator.get("labs:partner", cast.agency_a.pk))
    assert cast.agency_a.name in form
    facilitator.post(
        "labs:partner",
        cast.agency_a.pk,
        name="Quảng Nam",
        roles=["adviser", "spreader"],
        description="Brings its counters",
    )
    cast.agency_a.refresh_from_db()
    assert cast.agency_a.roles == ["spreader", "adviser"]
    assert cast.agency_a.unit == "quang-nam"
    assert "Đà Nẵng" in read(facilitator.get("labs:lab", cast.lab.slug))
    wrong = facilitator.post("labs:partner", cast.agency_a.pk, name="", roles=["owner"])
    assert wrong.status_code == 422
    facilitator.post("labs:order", cast.agency_a.pk, do="down")
    assert names(cast.lab) == ["Department B", "Quảng Nam", "Academy C"]
    facilitator.post("labs:order", cast.agency_c.pk, do="down")
    facilitator.post("labs:order", cast.agency_c.pk, do="up")
    assert names(cast.lab) == ["Department B", "Academy C", "Quảng Nam"]
    facilitator.post("labs:add_partner", cast.lab.slug, name="University D")
    assert names(cast.lab)[-1] == "University D"
