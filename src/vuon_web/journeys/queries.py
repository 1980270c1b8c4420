"""Reads: the map of a task as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vuon.journeys.file import read as read_file
from vuon.journeys.model import Journey as Map
from vuon.toml.table import Text
from vuon_web.journeys.models import Journey
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge


def read(text: str) -> Map:
    """The map of a kept text; an empty one for none."""
    return read_file(text) if text else Map("journey", Text())


def journey_of(challenge: Challenge) -> Map | None:
    """The map of a task; None before its first step."""
    text, n, _undo, _redo = versions.standing(kept(challenge))
    return read(text) if n else None


def kept(challenge: Challenge) -> Journey | None:
    """Where the versions of the map of a task are kept."""
    return Journey.objects.filter(challenge=challenge).first()
