"""Reads: the sketch of a task as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vuon.systems.file import read as read_file
from vuon.systems.model import SystemModel
from vuon.toml.table import Text
from vuon_web.labs import versions
from vuon_web.systems.models import Sketch

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge


def read(text: str) -> SystemModel:
    """The sketch of a kept text; an empty one for none."""
    return read_file(text, "system.toml") if text else SystemModel("sketch", Text())


def sketch_of(challenge: Challenge) -> SystemModel | None:
    """The sketch of a task; None before its first arrow."""
    text, n, _undo, _redo = versions.standing(kept(challenge))
    return read(text) if n else None


def kept(challenge: Challenge) -> Sketch | None:
    """Where the versions of the sketch of a task are kept."""
    return Sketch.objects.filter(challenge=challenge).first()
