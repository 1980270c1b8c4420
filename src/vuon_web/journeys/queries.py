"""Reads: the map of a task as it stands."""

from __future__ import annotations

from vuon.journeys.file import read as read_file
from vuon.journeys.model import Journey as Map
from vuon.toml.table import Text
from vuon_web.challenges.models import Challenge
from vuon_web.journeys.models import Journey
from vuon_web.labs import versions


def read(text: str) -> Map:
    """The map of a kept text; an empty one for none."""
    return read_file(text) if text else Map("journey", Text())


def journey_of(challenge: Challenge) -> Map | None:
    """The map of a task; None before its first step."""
    found = Journey.objects.filter(challenge=challenge).first()
    now = versions.latest(found) if found else None
    return read(now.text) if now else None


def standing(challenge: Challenge) -> tuple[Map, int, bool, bool]:
    """The map, the number of its version, and whether there is something to undo and to redo."""
    found = Journey.objects.filter(challenge=challenge).first()
    now = versions.latest(found) if found else None
    if now is None:
        return read(""), 0, False, False
    return read(now.text), now.n, versions.can_step(now, -1), versions.can_step(now, 1)
