"""The moves of items along the ladder. Who may make them is decided where the item is known."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from vuon_web.accounts.models import Actor, Agreement, Disclosure
from vuon_web.accounts.visibility import Tier
from vuon_web.audit.actions import record


@transaction.atomic
def start_disclosure(
    *,
    kind: str,
    object_id: UUID,
    from_tier: Tier,
    to_tier: Tier,
    by: Actor,
    until: date | None = None,
) -> Disclosure:
    """A proposed move; `by` agrees to it."""
    made = Disclosure.objects.create(
        kind=kind,
        object_id=object_id,
        from_tier=from_tier.value,
        to_tier=to_tier.value,
        by=by,
        until=until,
        state="proposed",
    )
    Agreement.objects.create(disclosure=made, actor=by)
    record(by=by, verb="proposed", kind=kind, object_id=object_id, to=to_tier.value)
    return made


@transaction.atomic
def add_agreement(*, disclosure: Disclosure, by: Actor) -> None:
    """`by` agrees, once."""
    _, new = Agreement.objects.get_or_create(disclosure=disclosure, actor=by)
    if new:
        record(by=by, verb="agreed", kind=disclosure.kind, object_id=disclosure.object_id)


@transaction.atomic
def finish_disclosure(*, disclosure: Disclosure, state: str, by: Actor | None) -> None:
    """The move is done, or taken back. `by` is None where its last day is over."""
    disclosure.state = state
    disclosure.save(update_fields=("state",))
    record(
        by=by,
        verb="offered" if state == "done" else "taken_back",
        kind=disclosure.kind,
        object_id=disclosure.object_id,
        **{"from": disclosure.from_tier, "to": disclosure.to_tier},
    )
