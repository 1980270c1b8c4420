"""Writes: every change of a map is a further version of its file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction

from vuon.journeys.bpmn_reading import read as read_bpmn
from vuon.journeys.file import write
from vuon.journeys.model import Journey as Map
from vuon_web.journeys import queries
from vuon_web.journeys.models import Journey
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon.errors import Words
    from vuon_web.accounts.models import Actor
    from vuon_web.challenges.models import Challenge
    from vuon_web.labs.versions import Version

Edit = Callable[[Map], Map]


def _locked(challenge: Challenge) -> Journey:
    Journey.objects.get_or_create(challenge=challenge)
    return Journey.objects.select_for_update().get(challenge=challenge)


@transaction.atomic
def change(
    *,
    challenge: Challenge,
    edit: Edit,
    by: Actor | None,
    base: int | None = None,
    thing: Callable[[Map], Any] | None = None,
) -> Version:
    """The map after `edit`.

    Args:
        base: the version that was on the page.
        thing: the part that is changed.

    Raises:
        OvertakenError: somebody changed that part since `base`; nothing was written.
    """
    return versions.edited(
        _locked(challenge),
        kind="journey",
        read=queries.read,
        write=write,
        edit=edit,
        base=base,
        thing=thing,
        by=by,
    )


def put(*, challenge: Challenge, text: str, by: Actor | None) -> tuple[Words, ...]:
    """The map of a `journey.toml`, or of a process in BPMN 2.0; what of that could not be taken.

    Raises:
        VuonError: the text cannot be read; nothing was written.
    """
    lost: tuple[Words, ...] = ()
    if text.lstrip().startswith("<"):
        found, lost = read_bpmn(text)
    else:
        found = queries.read(text)
    change(challenge=challenge, edit=lambda _: found, by=by)
    return lost


@transaction.atomic
def step_back(*, challenge: Challenge, steps: int, by: Actor) -> Version | None:
    """Undo (-1) or redo (1); None if there is nothing to go to."""
    return versions.stepped(_locked(challenge), kind="journey", steps=steps, by=by)
