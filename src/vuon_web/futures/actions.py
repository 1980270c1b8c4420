"""Writes: every change of an outlook is a further version of its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction

from vuon.futures.outlook import Outlook as Found
from vuon.futures.outlook import Watch, read, write
from vuon_web.futures import edits
from vuon_web.futures.models import Outlook
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor
    from vuon_web.challenges.models import Challenge
    from vuon_web.labs.versions import Version

Edit = Callable[[Found], Found]


def _locked(challenge: Challenge) -> Outlook:
    Outlook.objects.get_or_create(challenge=challenge)
    return Outlook.objects.select_for_update().get(challenge=challenge)


@transaction.atomic
def change(
    *,
    challenge: Challenge,
    edit: Edit,
    by: Actor | None,
    base: int | None = None,
    thing: Callable[[Found], Any] | None = None,
) -> Version:
    """The outlook after `edit`.

    Args:
        base: the version that was on the page.
        thing: the part that is changed.

    Raises:
        OvertakenError: somebody changed that part since `base`; nothing was written.
        Refusal: there is no room for more.
    """
    return versions.edited(
        _locked(challenge),
        kind="outlook",
        read=read,
        write=write,
        edit=edit,
        base=base,
        thing=thing,
        by=by,
    )


def propose(*, challenge: Challenge, watches: Iterable[Watch], by: Actor | None) -> Version:
    """Drafts of signposts; one that stands for the same already is left as it is."""
    return change(challenge=challenge, edit=edits.proposing(tuple(watches)), by=by)


@transaction.atomic
def step_back(*, challenge: Challenge, steps: int, by: Actor) -> Version | None:
    """Undo (-1) or redo (1); None if there is nothing to go to."""
    return versions.stepped(_locked(challenge), kind="outlook", steps=steps, by=by)
