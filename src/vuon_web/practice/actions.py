"""Writes: a guess is kept, changed, forgotten. The record knows that, not what was guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from vuon.practice import Spread
from vuon_web.audit.actions import record
from vuon_web.practice.models import Guess

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor


@transaction.atomic
def keep_guess(*, place: str, spread: Spread, by: Actor) -> Guess:
    """The guess of `by` at the place; an earlier one is replaced."""
    guess, new = Guess.objects.update_or_create(
        actor=by, place=place, defaults={"beans": dict(spread.beans)}
    )
    record(by=by, verb="guessed" if new else "changed", kind="guess", object_id=guess.pk)
    return guess


@transaction.atomic
def forget_guess(*, place: str, by: Actor) -> bool:
    """Delete the guess of `by` at the place; whether there was one."""
    guess = Guess.objects.filter(actor=by, place=place).first()
    if guess is None:
        return False
    record(by=by, verb="forgot", kind="guess", object_id=guess.pk)
    guess.delete()
    return True
