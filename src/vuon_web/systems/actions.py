"""Writes: every change of a sketch is a further version of its file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction

from vuon.errors import Words
from vuon.systems.file import write
from vuon.systems.model import SystemModel
from vuon.systems.sketch import merge
from vuon_web.labs import versions
from vuon_web.systems import queries
from vuon_web.systems.models import Sketch

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor
    from vuon_web.challenges.models import Challenge
    from vuon_web.labs.versions import Version

Edit = Callable[[SystemModel], SystemModel]


def _locked(challenge: Challenge) -> Sketch:
    Sketch.objects.get_or_create(challenge=challenge)
    return Sketch.objects.select_for_update().get(challenge=challenge)


@transaction.atomic
def change(
    *,
    challenge: Challenge,
    edit: Edit,
    by: Actor | None,
    base: int | None = None,
    thing: Callable[[SystemModel], Any] | None = None,
) -> Version:
    """The sketch after `edit`.

    Args:
        base: the version that was on the page.
        thing: the part that is changed.

    Raises:
        OvertakenError: somebody changed that part since `base`; nothing was written.
    """
    return versions.edited(
        _locked(challenge),
        kind="sketch",
        read=queries.read,
        write=write,
        edit=edit,
        base=base,
        thing=thing,
        by=by,
    )


def put(*, challenge: Challenge, text: str, by: Actor | None) -> Version:
    """The sketch of a `system.toml`.

    Raises:
        VuonError: the text cannot be read; nothing was written.
    """
    found = queries.read(text)
    return change(challenge=challenge, edit=lambda _: found, by=by)


def bring(*, challenge: Challenge, text: str, together: bool, by: Actor) -> tuple[Words, ...]:
    """Another sketch put together with this one, or in its place; what there is to talk about.

    Raises:
        VuonError: the text cannot be read; nothing was written.
    """
    other = queries.read(text)
    if not together:
        put(challenge=challenge, text=text, by=by)
        return ()
    talk: list[Words] = []

    def edit(found: SystemModel) -> SystemModel:
        merged, about = merge(found, other)
        talk.extend(about)
        return merged

    change(challenge=challenge, edit=edit, by=by)
    return tuple(talk)


@transaction.atomic
def step_back(*, challenge: Challenge, steps: int, by: Actor) -> Version | None:
    """Undo (-1) or redo (1); None if there is nothing to go to."""
    return versions.stepped(_locked(challenge), kind="sketch", steps=steps, by=by)
