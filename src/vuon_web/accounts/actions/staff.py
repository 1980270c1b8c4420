"""Accounts of staff, and the links that make somebody staff."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from vuon_web.accounts import tokens
from vuon_web.accounts.grants import grant
from vuon_web.accounts.models import Actor, Invitation, User
from vuon_web.accounts.permissions import Role
from vuon_web.accounts.refusals import WrongCode
from vuon_web.audit.actions import record

DAYS = 7


@transaction.atomic
def open_account(
    *,
    username: str = "",
    password: str | None = None,
    name: str = "",
    language: str = "vi",
    by: Actor | None = None,
) -> Actor:
    """A staff account and its actor.

    Without a user name one is made up, and without a password the account is only reachable in
    the browser that used the link, until its owner chooses both.
    """
    user = User.objects.create_user(
        username or f"staff-{tokens.new()[:8].lower()}", password, name=name, language=language
    )
    actor = Actor.objects.create(user=user)
    record(by=by or actor, verb="opened", kind="account", object_id=actor.pk)
    return actor


@transaction.atomic
def set_sign_in(*, username: str, name: str, password: str, by: Actor) -> None:
    """Choose how to sign in on another day."""
    user = by.user
    assert user is not None, "only staff sign in"
    user.username, user.name = User.normalize_username(username), name
    user.set_password(password)
    user.save(update_fields=("username", "name", "password"))
    record(by=by, verb="changed", kind="account", object_id=by.pk)


@transaction.atomic
def invite(
    *,
    lab_id: int,
    role: Role,
    by: Actor | None,
    agency_id: int | None = None,
    days: int = DAYS,
) -> str:
    """A link's token that makes whoever uses it first staff of the lab; only here is it known."""
    token = tokens.new()
    made = Invitation.objects.create(
        token_hash=tokens.digest(token),
        lab_id=lab_id,
        role=role.value,
        agency_id=agency_id,
        made_by=by,
        expires=timezone.now() + timedelta(days=days),
    )
    record(by=by, verb="invited", kind="lab", object_id=lab_id, role=role.value, link=made.pk)
    return token


@transaction.atomic
def use_invitation(*, token: str, by: Actor | None, language: str = "vi") -> Actor:
    """Use a link once: `by`, or a new account if nobody is signed in, becomes staff of its lab.

    Raises:
        WrongCode: there is no such link, or it was used, or its time is over.
    """
    now = timezone.now()
    links = Invitation.objects.filter(
        token_hash=tokens.digest(token), used_at=None, expires__gt=now
    )
    # One statement decides who is first, on either database.
    if not links.update(used_at=now):
        raise WrongCode
    link = Invitation.objects.get(token_hash=tokens.digest(token))
    actor = by if by is not None and by.user_id else open_account(language=language)
    link.actor = actor
    link.save(update_fields=("actor",))
    grant(actor=actor, link=link)
    record(by=actor, verb="used_link", kind="lab", object_id=link.lab_id, link=link.pk)
    return actor
