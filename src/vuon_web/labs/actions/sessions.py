"""Sessions open and close; people join and leave."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuon.vietnamese import nfc
from vuon_web.accounts.actions import enter_room, leave_room, with_a_free_pseudonym
from vuon_web.accounts.refusals import Refusal
from vuon_web.audit.actions import record
from vuon_web.labs import queries
from vuon_web.labs.actions.offers import settle_team
from vuon_web.labs.models import Cohort, Participation, Session, Team

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor


class SessionClosed(Refusal):
    """The session is not open."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This session is closed, so nobody can join it any more. What was made in it is "
                "kept. Ask the facilitator whether another session is open."
            )
        )


@transaction.atomic
def open_session(
    *,
    cohort: Cohort,
    title: str,
    kind: str = "live",
    starts: datetime | None = None,
    by: Actor | None,
) -> Session:
    """A session that people can join by its code."""
    made = Session.objects.create(
        cohort=cohort,
        title=nfc(title).strip()[:200],
        kind=kind,
        code=queries.free_code(),
        state="lobby",
        starts=starts or timezone.now(),
    )
    record(by=by, verb="opened", kind="session", object_id=made.pk)
    return made


@transaction.atomic
def close_session(*, session: Session, by: Actor | None) -> None:
    """Nobody can join any more and the code is dead; those who were in it keep what they see."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.state in ("closed", "archived"):
        return
    session.state, session.code, session.ends = "closed", "", timezone.now()
    session.save(update_fields=("state", "code", "ends"))
    record(by=by, verb="closed", kind="session", object_id=session.pk)


@transaction.atomic
def join(*, session: Session, team: Team | None = None, by: Actor) -> Participation:
    """`by` is in the session, under a pseudonym of its own there (staff under their name).

    Joining again, also after leaving, brings back the same place and pseudonym; a team that is
    named replaces the one before.

    Raises:
        SessionClosed: the session is not open.
        ValueError: the team is none of this session's cohort.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    if not session.is_open:
        raise SessionClosed
    if team is not None and team.cohort_id != session.cohort_id:
        raise ValueError("the team belongs to another cohort")
    part = Participation.objects.filter(session=session, actor=by).first()
    if part is None:
        part = with_a_free_pseudonym(lambda drawn: _take_part(session, by, drawn))
        record(by=by, verb="joined", kind="session", object_id=session.pk)
    elif part.pseudonym:
        enter_room(actor=by, room=session.room, pseudonym=part.pseudonym)
    before = part.team_id
    part.left, part.team = None, team or part.team
    part.save(update_fields=("left", "team"))
    if part.team_id != before:
        record(by=by, verb="joined", kind="team", object_id=part.team_id or 0)
    return part


def _take_part(session: Session, actor: Actor, drawn: str) -> Participation:
    """One attempt under the pseudonym `drawn`; IntegrityError if somebody has it."""
    if actor.user_id:
        return Participation.objects.create(session=session, actor=actor)
    enter_room(actor=actor, room=session.room, pseudonym=drawn)
    return Participation.objects.create(session=session, actor=actor, pseudonym=drawn)


@transaction.atomic
def leave(*, session: Session, by: Actor) -> None:
    """`by` is in the session no more; what they made stays theirs, and the seat stays too."""
    part = Participation.objects.filter(session=session, actor=by, left=None).first()
    if part is None:
        return
    part.left = timezone.now()
    part.save(update_fields=("left",))
    if by.room == session.room:
        leave_room(actor=by)
    record(by=by, verb="left", kind="session", object_id=session.pk)
    if part.team_id:
        settle_team(team_id=part.team_id, by=by)
