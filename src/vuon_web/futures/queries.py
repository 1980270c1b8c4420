"""Reads: what a task looks out for, as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vuon.futures.outlook import Outlook as Found
from vuon.futures.outlook import Watch, read
from vuon.futures.signals import Driver, Signal
from vuon_web.futures.models import Outlook
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge


def kept(challenge: Challenge) -> Outlook | None:
    """Where the versions of the outlook of a task are kept."""
    return Outlook.objects.filter(challenge=challenge).first()


def outlook_of(challenge: Challenge) -> Found:
    """The outlook of a task; an empty one before its first signal."""
    return read(versions.standing(kept(challenge))[0])


def setters_of(challenge: Challenge) -> dict[str, tuple[Driver, tuple[Signal, ...]]]:
    """The drivers that set the range of a number of the map, by its name, with their signals."""
    found = outlook_of(challenge)
    return {
        each.uncertainty: (each, tuple(s for s in found.signals if s.key in each.signals))
        for each in found.drivers
        if not each.story_only
    }


def watches_of(challenge: Challenge, idea: str = "") -> list[Watch]:
    """The signposts of a task; of one idea where its key is given."""
    return [each for each in outlook_of(challenge).watches if not idea or each.idea == idea]
