"""Seats and pseudonyms of people without an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from vuon_web.accounts import pseudonyms, resume_codes, tokens
from vuon_web.accounts.guesses import GUESSES
from vuon_web.accounts.models import Actor, Seat
from vuon_web.accounts.refusals import TooManyGuesses, WrongCode
from vuon_web.audit.actions import record

DRAWS = 20
_Made = TypeVar("_Made")


def with_a_free_pseudonym(make: Callable[[str], _Made]) -> _Made:
    """What `make` returns for a pseudonym that nobody in the room has; the database decides."""
    for draw in range(DRAWS):
        try:
            with transaction.atomic():
                return make(pseudonyms.draw())
        except IntegrityError:
            if draw == DRAWS - 1:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def take_seat(*, token: str = "") -> tuple[Actor, str]:
    """A new actor, and the token of the browser in which they sit.

    `token` is one that the browser already holds and nobody sits on, so that a form sent twice
    makes one seat: whoever comes second gets the seat of the first.
    """
    token = token if tokens.is_formed(token) else tokens.new()
    seat = Seat.objects.filter(token_hash=tokens.digest(token)).select_related("actor").first()
    if seat:
        return seat.actor, token
    try:
        with transaction.atomic():
            actor = Actor.objects.create(pseudonym=pseudonyms.draw())
            Seat.objects.create(actor=actor, token_hash=tokens.digest(token))
    except IntegrityError:
        return Seat.objects.get(token_hash=tokens.digest(token)).actor, token
    record(by=actor, verb="seated", kind="actor", object_id=actor.pk)
    return actor, token


@transaction.atomic
def enter_room(*, actor: Actor, room: UUID, pseudonym: str) -> None:
    """Bring the actor into a room under a pseudonym; IntegrityError if somebody there has it."""
    Actor.objects.filter(pk=actor.pk).update(room=room, pseudonym=pseudonym)
    actor.room, actor.pseudonym = room, pseudonym


@transaction.atomic
def leave_room(*, actor: Actor) -> None:
    """The actor is in no room; the pseudonym is drawn anew so that it says nothing of the last."""
    Actor.objects.filter(pk=actor.pk).update(room=None, pseudonym=pseudonyms.draw())
    actor.refresh_from_db(fields=("room", "pseudonym"))


@transaction.atomic
def end_seat(*, token: str, by: Actor) -> None:
    """The browser with that token is nobody's seat any more."""
    Seat.objects.filter(actor=by, token_hash=tokens.digest(token)).delete()
    record(by=by, verb="left_device", kind="actor", object_id=by.pk)


@transaction.atomic
def end_other_seats(*, token: str, by: Actor) -> int:
    """All other browsers of the actor are signed off; returns how many."""
    others = Seat.objects.filter(actor=by).exclude(token_hash=tokens.digest(token))
    count, _ = others.delete()
    record(by=by, verb="ended_other_devices", kind="actor", object_id=by.pk, count=count)
    return count


@transaction.atomic
def renew_resume_code(*, by: Actor) -> tuple[str, ...]:
    """A new code for the actor; the old one is dead. Only this return value ever holds it."""
    code = resume_codes.draw()
    Actor.objects.filter(pk=by.pk).update(resume_hash=resume_codes.digest(code))
    by.resume_hash = resume_codes.digest(code)
    record(by=by, verb="renewed", kind="resume_code", object_id=by.pk)
    return code


@transaction.atomic
def revoke_resume_code(*, by: Actor) -> None:
    """The actor's code is dead and there is no other."""
    Actor.objects.filter(pk=by.pk).update(resume_hash=None)
    by.resume_hash = None
    record(by=by, verb="revoked", kind="resume_code", object_id=by.pk)


def resume(*, code: tuple[str, ...], seat: str = "") -> tuple[Actor, str]:
    """The actor of a resume code and a token for the browser in which it was entered.

    Args:
        code: the words as `resume_codes.read` gives them.
        seat: the hash of the seat that asks, if it has one; wrong codes are counted for it too.

    Raises:
        WrongCode: no actor has this code.
        TooManyGuesses: the cap on wrong codes is reached, so nothing was tried.
    """
    if not GUESSES.spend(seat):
        raise TooManyGuesses
    with transaction.atomic():
        found = (
            Actor.objects.filter(resume_hash=resume_codes.digest(code))
            .select_related("user")
            .first()
        )
        if found is None or found.user_id is not None:
            raise WrongCode
        token = tokens.new()
        Seat.objects.create(actor=found, token_hash=tokens.digest(token))
        record(by=found, verb="resumed", kind="actor", object_id=found.pk)
    GUESSES.give_back(seat)
    return found, token
