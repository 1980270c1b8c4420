"""Reads: who is who, what was offered, what a link grants."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from vuon_web.accounts import tokens
from vuon_web.accounts.models import Actor, Disclosure, Invitation, Seat, User


def actor_of_token(token: str) -> Actor | None:
    """The actor who sits in the browser with that cookie."""
    if not tokens.is_formed(token):
        return None
    seat = (
        Seat.objects.filter(token_hash=tokens.digest(token)).select_related("actor__user").first()
    )
    return seat.actor if seat else None


def actor_of_user(user: User) -> Actor | None:
    """The actor of a member of staff."""
    return Actor.objects.filter(user=user).select_related("user").first()


def actor(actor_id: UUID) -> Actor | None:
    """The actor of that id."""
    return Actor.objects.filter(pk=actor_id).select_related("user").first()


def name_of(actor: Actor) -> str:
    """How an actor is called here and now: a member of staff by name, others by pseudonym."""
    return actor.called


def other_seats(actor: Actor, token: str) -> int:
    """In how many other browsers the actor sits."""
    return actor.seats.exclude(token_hash=tokens.digest(token)).count()


def invitation(token: str) -> Invitation | None:
    """The link, if it can still be used."""
    if not tokens.is_formed(token):
        return None
    return Invitation.objects.filter(
        token_hash=tokens.digest(token), used_at=None, expires__gt=timezone.now()
    ).first()


def disclosures(kind: str, object_id: UUID) -> QuerySet[Disclosure]:
    """Every move of an item, in order."""
    return Disclosure.objects.filter(kind=kind, object_id=object_id).select_related("by__user")


def proposed(kind: str, object_id: UUID) -> Disclosure | None:
    """The move that waits for agreement, if there is one."""
    return disclosures(kind, object_id).filter(state="proposed").last()


def last_done(kind: str, object_id: UUID) -> Disclosure | None:
    """The last move upwards that stands."""
    return disclosures(kind, object_id).filter(state="done").last()


def lapsed() -> QuerySet[Disclosure]:
    """Moves that stand beyond their last day."""
    return Disclosure.objects.filter(state="done", until__lt=timezone.localdate())


def agreed(disclosure: Disclosure) -> set[UUID]:
    """The actors who agreed to a move."""
    return set(disclosure.agreements.values_list("actor_id", flat=True))


def all_proposed() -> QuerySet[Disclosure]:
    """Every move that waits for agreement."""
    return Disclosure.objects.filter(state="proposed")


def username_taken(username: str, *, except_actor: UUID) -> bool:
    """Whether somebody else has that user name, in capitals or not."""
    found = User.objects.filter(username__iexact=username)
    return found.exclude(actor__pk=except_actor).exists()
