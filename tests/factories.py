"""The cast of all tests, made once for a test through the same actions as in life.

- *official*: in a ward centre, agency A. Has a seat, no account; sits in team A.
- *neighbour*: of agency B, in the same programme, the same session and the same room; team B.
- *facilitator*: runs the lab; has an account.
- *mentor*: comes from agency C and accompanies the programme; has an account.
- *outsider*: takes part in another lab on the same server, with a seat, and should see nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse

from vuon_web.accounts import actions as people
from vuon_web.accounts.permissions import Role
from vuon_web.accounts.seats import COOKIE
from vuon_web.accounts.visibility import Audience, Tier
from vuon_web.labs import actions, queries

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor
    from vuon_web.challenges.models import Challenge
    from vuon_web.labs.models import Agency, Cohort, Lab, Programme, Session, Team

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Person:
    """Somebody with a browser."""

    actor: Actor
    client: Client

    @property
    def audience(self) -> Audience:
        """Where they belong now."""
        return queries.audience_for(self.actor.pk)

    def get(self, name: str, /, *args: Any, **data: Any) -> Any:
        """Look at a page by the name of its address."""
        return self.client.get(reverse(name, args=args), data)

    def post(self, name: str, /, *args: Any, **data: Any) -> Any:
        """Send a form to the name of an address."""
        return self.client.post(reverse(name, args=args), data)


@dataclass
class Cast:
    """Everybody, and where they are."""

    lab: Lab
    programme: Programme
    cohort: Cohort
    agency_a: Agency
    agency_b: Agency
    agency_c: Agency
    team_a: Team
    team_b: Team
    session: Session
    official: Person
    neighbour: Person
    facilitator: Person
    mentor: Person
    outsider: Person

    @property
    def people(self) -> tuple[Person, ...]:
        """All five."""
        return (self.official, self.neighbour, self.facilitator, self.mentor, self.outsider)


def seated() -> Person:
    """Somebody who took a seat and did nothing else."""
    actor, token = people.take_seat()
    client = Client()
    client.cookies[COOKIE] = token
    return Person(actor, client)


def staff(lab: Lab, role: Role, name: str, agency: Agency | None = None) -> Person:
    """Somebody with an account and a role, who came by a one-time link."""
    token = actions.invite_staff(lab=lab, role=role, agency=agency, by=None)
    actor = people.use_invitation(token=token, by=None)
    people.set_sign_in(
        username=name.lower(), name=name, password=f"{name} has a long password", by=actor
    )
    client = Client()
    assert actor.user
    client.force_login(actor.user, backend=BACKEND)
    return Person(actor, client)


def open_room(title: str) -> tuple[Lab, Programme, Cohort, Session]:
    """A real lab with one programme, one cohort and one open session."""
    lab = actions.open_lab(title=title, by=None)
    programme = actions.open_programme(lab=lab, title=title, by=None)
    cohort = actions.open_cohort(programme=programme, title="Cohort 1", by=None)
    session = actions.open_session(cohort=cohort, title="A morning together", by=None)
    return lab, programme, cohort, session


def make_cast() -> Cast:
    """The lab with its people, and another lab for the outsider."""
    lab, programme, cohort, session = open_room("Lab of three agencies")
    names = ("Ward centre A", "Department B", "Academy C")
    a, b, c = actions.set_agencies(
        lab=lab, agencies=[actions.AgencyDraft(name) for name in names], by=None
    )
    team_a = actions.make_team(cohort=cohort, name="Team A", agency=a, by=None)
    team_b = actions.make_team(cohort=cohort, name="Team B", agency=b, by=None)
    official, neighbour, outsider = seated(), seated(), seated()
    actions.join(session=session, team=team_a, by=official.actor)
    actions.join(session=session, team=team_b, by=neighbour.actor)
    _, _, _, elsewhere = open_room("Another lab")
    actions.join(session=elsewhere, by=outsider.actor)
    return Cast(
        lab=lab,
        programme=programme,
        cohort=cohort,
        agency_a=a,
        agency_b=b,
        agency_c=c,
        team_a=team_a,
        team_b=team_b,
        session=session,
        official=official,
        neighbour=neighbour,
        facilitator=staff(lab, Role.FACILITATOR, "Facilitator"),
        mentor=staff(lab, Role.MENTOR, "Mentor", c),
        outsider=outsider,
    )


def challenge_of(person: Person, sentence: str, tier: Tier = Tier.PRIVATE) -> Challenge:
    """A challenge that `person` began, offered as far as `tier`."""
    from vuon_web.challenges import actions as challenges

    place = challenges.Place(**queries.place_for(person.actor))
    made = challenges.begin(sentence=sentence, place=place, by=person.actor, language="en")
    if tier != Tier.PRIVATE:
        actions.offer(item=made, to=tier, by=person.actor)
        made.refresh_from_db()
    return made
