"""Reads: a guess is its author's alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vuon_web.practice.models import Guess

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor


def guess_of(actor: Actor | None, place: str) -> Guess | None:
    """The guess this person made at the place, if any. There is no other way to a guess."""
    if actor is None:
        return None
    return Guess.objects.filter(actor=actor, place=place).first()
