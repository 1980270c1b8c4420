"""Reads: labs and who may see them, programmes, sessions, who is present, and sizes of groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import Http404
from django.utils.translation import gettext as _

from vuon_web.accounts.permissions import Permission, Role, may
from vuon_web.accounts.visibility import Audience
from vuon_web.labs import codes
from vuon_web.labs.audiences import audience_for, audience_of
from vuon_web.labs.models import (
    Agency,
    Cohort,
    Lab,
    Participation,
    Programme,
    Session,
    Staff,
    Team,
)
from vuon_web.labs.sizes import Size

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

__all__ = ["audience_for", "audience_of"]


# --- labs


def the_lab() -> Lab | None:
    """The lab of this server: the latest real one, else an example, else a practice one."""
    order = Case(
        When(kind="real", then=Value(0)),
        When(kind="example", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return Lab.objects.order_by(order, "-opened_on", "-id").first()


def visible_labs(audience: Audience) -> QuerySet[Lab]:
    """The labs whose page `audience` may open: their own, and examples; all at this computer."""
    if audience.at_this_computer:
        return Lab.objects.all()
    return Lab.objects.filter(Q(pk__in=audience.labs) | Q(kind__in=("example", "practice")))


def lab_for(audience: Audience, slug: str) -> Lab:
    """The lab, or Http404 if `audience` may not open its page."""
    found = visible_labs(audience).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def lab_to_run(audience: Audience, slug: str, permission: Permission) -> Lab:
    """The lab, if `audience` has the permission in it, else Http404."""
    found = Lab.objects.filter(slug=slug).first()
    if found is None or not may(audience, permission, found.pk):
        raise Http404
    return found


def lab_of_source(source_hash: str) -> Lab | None:
    """The lab that was opened from that file."""
    return Lab.objects.filter(source_hash=source_hash).first() if source_hash else None


def lab(lab_id: int) -> Lab | None:
    """The lab of that id."""
    return Lab.objects.filter(pk=lab_id).first()


def may_open_labs(audience: Audience) -> bool:
    """Whether `audience` may open a further lab: those who facilitate or keep one."""
    return any(role in (Role.FACILITATOR, Role.STEWARD) for role, _lab in audience.roles)


def watermark(kind: str) -> str:
    """The word on every page and print of what is "practice" or "example"; else empty."""
    return {"practice": _("Practice place"), "example": _("Example")}.get(kind, "")


def agencies(lab: Lab) -> QuerySet[Agency]:
    """The partners in their order of importance."""
    return Agency.objects.filter(lab=lab)


def agency_for(audience: Audience, agency_id: int) -> Agency:
    """The agency, if `audience` may edit partners of its lab, else Http404."""
    found = Agency.objects.filter(pk=agency_id).select_related("lab").first()
    if found is None or not may(audience, Permission.AGENCY_EDIT, found.lab_id):
        raise Http404
    return found


# --- programmes and sessions


def programme(programme_id: int) -> Programme | None:
    """The programme of that id."""
    return Programme.objects.filter(pk=programme_id).select_related("lab").first()


def programme_of(lab: Lab) -> Programme | None:
    """The programme of a lab: the newest that is not closed, else the newest."""
    found = Programme.objects.filter(lab=lab)
    return found.exclude(state="closed").last() or found.last()


def cohorts(programme: Programme) -> QuerySet[Cohort]:
    """The cohorts of a programme."""
    return Cohort.objects.filter(programme=programme)


def teams(cohort: Cohort) -> QuerySet[Team]:
    """The teams of a cohort."""
    return Team.objects.filter(cohort=cohort).select_related("agency")


def sessions(lab: Lab) -> QuerySet[Session]:
    """The sessions of a lab, the newest first."""
    found = Session.objects.filter(cohort__programme__lab=lab)
    return found.select_related("cohort__programme").order_by("-id")


def session_for(audience: Audience, session_id: int) -> Session:
    """The session, for those in it, else Http404."""
    found = _sessions().filter(pk=session_id, room__in=audience.rooms).first()
    if found is None:
        raise Http404
    return found


def session_to_run(audience: Audience, session_id: int) -> Session:
    """The session, for staff who may open sessions in its lab, else Http404."""
    found = _sessions().filter(pk=session_id).first()
    if found is None or not may(audience, Permission.SESSION_OPEN, found.cohort.programme.lab_id):
        raise Http404
    return found


def _sessions() -> QuerySet[Session]:
    return Session.objects.select_related("cohort__programme__lab")


@dataclass(frozen=True)
class Entry:
    """Where a code leads: a session, and the team if it is a team's own code."""

    session: Session
    team: Team | None = None


def entry(code: str) -> Entry | None:
    """Where a code leads, while its session is open."""
    if not code:
        return None
    session = _sessions().filter(code=code, state__in=Session.OPEN).first()
    if session:
        return Entry(session)
    team = Team.objects.filter(code=code).select_related("agency").first()
    if team is None:
        return None
    session = _sessions().filter(cohort_id=team.cohort_id, state__in=Session.OPEN).last()
    return Entry(session, team) if session else None


def open_teams(session: Session) -> QuerySet[Team]:
    """The teams that the room's code is enough for: those of no single agency."""
    return Team.objects.filter(cohort=session.cohort, code="")


def closed_teams(session: Session) -> QuerySet[Team]:
    """The teams that are entered by their own code."""
    return Team.objects.filter(cohort=session.cohort).exclude(code="")


def free_code() -> str:
    """A code that neither a session nor a team has; the database refuses a second one of a kind."""
    while True:
        code = codes.draw()
        taken = (
            Session.objects.filter(code=code).exists() or Team.objects.filter(code=code).exists()
        )
        if not taken:
            return code


# --- people


def participation(actor: Actor | None, session: Session) -> Participation | None:
    """The actor's part in the session, if they are in it."""
    if actor is None:
        return None
    found = Participation.objects.filter(actor=actor, session=session, left=None)
    return found.select_related("team__agency", "session__cohort__programme__lab").first()


def present_session(actor: Actor | None) -> Session | None:
    """The open session that the actor joined last, if any."""
    if actor is None:
        return None
    found = Participation.objects.filter(actor=actor, left=None, session__state__in=Session.OPEN)
    part = found.select_related("session").order_by("-joined").first()
    return part.session if part else None


def pseudonym_in(actor_id: UUID, room: UUID | None) -> str:
    """The pseudonym (as keys) that the actor has in that room; empty if they were never there."""
    if room is None:
        return ""
    found = Participation.objects.filter(actor_id=actor_id, session__room=room)
    return found.values_list("pseudonym", flat=True).first() or ""


def members(team: Team, session: Session) -> QuerySet[Participation]:
    """Those of a team who are present in a session."""
    found = Participation.objects.filter(team=team, session=session, left=None)
    return found.select_related("actor__user").order_by("joined")


def present(team_id: int) -> set[UUID]:
    """The actors of a team who are present: in open sessions, else in its last one."""
    parts = Participation.objects.filter(team_id=team_id, left=None)
    now = parts.filter(session__state__in=Session.OPEN)
    if now.exists():
        return set(now.values_list("actor_id", flat=True))
    last = parts.order_by("-session_id").first()
    if last is None:
        return set()
    return set(parts.filter(session_id=last.session_id).values_list("actor_id", flat=True))


def place_for(actor: Actor) -> dict[str, Any]:
    """Where something new that the actor makes belongs: lab, programme, agency, team, room.

    That is the session they joined last and have not left; else the lab in which they are staff;
    else the lab of this server.
    """
    part = (
        Participation.objects.filter(actor=actor, left=None)
        .select_related("session__cohort__programme__lab", "team__agency")
        .order_by("-joined")
        .first()
    )
    if part:
        programme = part.session.cohort.programme
        return {
            "lab": programme.lab,
            "programme": programme,
            "agency": part.team.agency if part.team else None,
            "team": part.team,
            "room": part.session.room,
        }
    role = Staff.objects.filter(actor=actor).select_related("lab", "agency").order_by("-id").first()
    found = role.lab if role else the_lab()
    return {
        "lab": found,
        "programme": programme_of(found) if role and found else None,
        "agency": role.agency if role else None,
        "team": None,
        "room": None,
    }


def staff(lab: Lab) -> QuerySet[Staff]:
    """Who is staff of a lab, in which role."""
    return Staff.objects.filter(lab=lab).select_related("actor__user", "agency").order_by("id")


# --- sizes


def reached(lab: Lab) -> Size:
    """How many people joined sessions of the lab; staff are not counted."""
    found = Participation.objects.filter(session__cohort__programme__lab=lab, actor__user=None)
    return Size.of(found.values("actor").distinct().count())


def in_the_room(session: Session) -> Size:
    """How many people are in a session."""
    return Size.of(session.participations.filter(left=None, actor__user=None).count())
