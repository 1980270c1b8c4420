"""Where somebody belongs: the audience that visibility and permissions are asked with."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from vuon_web.accounts.permissions import OF_THE_PROGRAMME, Role
from vuon_web.accounts.visibility import Audience
from vuon_web.labs.models import Participation, Programme, Staff


def audience_of(request: HttpRequest) -> Audience:
    """Whoever asks."""
    actor = getattr(request, "actor", None)
    return audience_for(actor.pk if actor else None, at_this_computer=at_this_computer(request))


def at_this_computer(request: HttpRequest) -> bool:
    """Whether only somebody at this very computer can have asked: no network is served, and the
    request came through nobody who forwards for others."""
    forwarded = any(
        name == "HTTP_FORWARDED" or name.startswith("HTTP_X_FORWARDED") or name == "HTTP_VIA"
        for name in request.META
    )
    return bool(settings.VUON_ALONE) and not forwarded


def audience_for(actor_id: UUID | None, *, at_this_computer: bool = False) -> Audience:
    """The audience that an actor is."""
    if actor_id is None:
        return Audience(at_this_computer=at_this_computer)
    present = Participation.objects.filter(actor_id=actor_id, left=None).values_list(
        "team_id",
        "session__room",
        "session__cohort__programme_id",
        "session__cohort__programme__lab_id",
    )
    teams, rooms, programmes, labs = set(), set(), set(), set()
    for team, room, programme, lab in present:
        teams |= {team} if team else set()
        rooms.add(room)
        programmes.add(programme)
        labs.add(lab)
    roles = frozenset(
        (Role(role), lab)
        for role, lab in Staff.objects.filter(actor_id=actor_id).values_list("role", "lab_id")
    )
    facilitates: set[int] = set()
    if roles:
        facilitates = _programmes(roles, frozenset({Role.FACILITATOR}))
        programmes |= _programmes(roles, OF_THE_PROGRAMME)
    return Audience(
        actor_id=actor_id,
        roles=roles | {(Role.PARTICIPANT, lab) for lab in labs},
        teams=frozenset(teams),
        rooms=frozenset(rooms),
        programmes=frozenset(programmes),
        labs=frozenset(labs | {lab for _, lab in roles}),
        facilitates=frozenset(facilitates),
        at_this_computer=at_this_computer,
    )


def _programmes(roles: frozenset[tuple[Role, int]], among: frozenset[Role]) -> set[int]:
    """The programmes of the labs in which one of those roles is held."""
    labs = [lab for role, lab in roles if role in among]
    if not labs:
        return set()
    return set(Programme.objects.filter(lab_id__in=labs).values_list("pk", flat=True))
