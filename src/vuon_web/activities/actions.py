"""Writes: propose a programme from a plan, and change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from vuon.challenges.programme import propose
from vuon_web.activities import catalogue, queries
from vuon_web.activities.models import Planned
from vuon_web.audit.actions import record

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor
    from vuon_web.labs.models import Programme


@transaction.atomic
def propose_programme(*, programme: Programme, by: Actor | None) -> None:
    """The smallest path that the lab's plan calls for; what people added themselves stays."""
    rows = {row.card: row for row in _locked(programme)}
    proposal = propose(queries.all_calls(programme), catalogue.serves())
    cards = [step.card for step in proposal.steps]
    own = [card for card, row in rows.items() if row.own_reason and card not in cards]
    for position, card in enumerate([*cards, *own]):
        Planned.objects.update_or_create(
            programme=programme, card=card, defaults={"position": position, "taken_out": False}
        )
    Planned.objects.filter(programme=programme).exclude(card__in=[*cards, *own]).delete()
    record(by=by, verb="proposed", kind="programme", object_id=programme.pk, count=len(cards))


@transaction.atomic
def add(*, programme: Programme, card: str, reason: str, by: Actor) -> None:
    """Put a further activity at the end, before the closing one, with a reason of one's own."""
    rows = _locked(programme)
    last = max((row.position for row in rows if not row.taken_out), default=0)
    Planned.objects.update_or_create(
        programme=programme,
        card=catalogue.card(card).key,
        defaults={"position": last + 1, "own_reason": reason, "taken_out": False},
    )
    record(by=by, verb="added", kind="activity", object_id=programme.pk, key=card)


@transaction.atomic
def take_out(*, programme: Programme, card: str, by: Actor) -> None:
    """Take an activity out; it can be put back where it was."""
    Planned.objects.filter(programme=programme, card=card).update(taken_out=True)
    record(by=by, verb="taken_out", kind="activity", object_id=programme.pk, key=card)


@transaction.atomic
def put_back(*, programme: Programme, card: str, by: Actor) -> None:
    """Put an activity back where it was."""
    Planned.objects.filter(programme=programme, card=card).update(taken_out=False)
    record(by=by, verb="put_back", kind="activity", object_id=programme.pk, key=card)


@transaction.atomic
def move(*, programme: Programme, card: str, steps: int, by: Actor) -> None:
    """Move an activity `steps` places later (negative: earlier) among those that stand."""
    rows = [row for row in _locked(programme) if not row.taken_out]
    at = next((n for n, row in enumerate(rows) if row.card == card), None)
    if at is None:
        return
    rows.insert(max(0, min(len(rows) - 1, at + steps)), rows.pop(at))
    for position, row in enumerate(rows):
        Planned.objects.filter(pk=row.pk).update(position=position)
    record(by=by, verb="moved", kind="activity", object_id=programme.pk, key=card)


def _locked(programme: Programme) -> list[Planned]:
    return list(Planned.objects.select_for_update().filter(programme=programme))
