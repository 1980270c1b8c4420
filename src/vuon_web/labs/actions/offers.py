"""Offering an item further along the ladder, and taking it back.

What one person made moves at that person's will alone. What a team made moves when all of the
team who are present agree, and comes back as soon as one of them wants it back. The lab's own
moves at the will of those who may decide for the lab. What is public stays public.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vuon_web.accounts import queries as people
from vuon_web.accounts.actions import add_agreement, finish_disclosure, start_disclosure
from vuon_web.accounts.refusals import NotYours, Refusal
from vuon_web.accounts.visibility import Tier
from vuon_web.audit.actions import record
from vuon_web.labs import offers, queries
from vuon_web.labs.material import Material, kind_of, model_of, moved

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor, Disclosure

#: What an item needs so that a tier means somebody.
NEEDED = {Tier.TEAM: "team_id", Tier.ROOM: "room", Tier.PROGRAMME: "programme_id"}


def offer(*, item: Material, to: Tier, by: Actor, until: date | None = None) -> Disclosure:
    """The move of `item` up to the tier `to`: done, or proposed to the rest of the team.

    Raises:
        NotYours: `by` does not decide about it; the attempt is in the record.
        Refusal: the item is there already, or has nobody at that tier.
    """
    _refuse_others(item, by, to=to.value)
    with transaction.atomic():
        item = _locked(item)
        _find_place(item, by)
        if to.height <= Tier(item.tier).height:
            raise Refusal(_("It is offered that far already."))
        if to in NEEDED and getattr(item, NEEDED[to]) is None:
            raise Refusal(
                _("It cannot be offered there: you are in no such group. Join a session first.")
            )
        waiting = people.proposed(kind_of(item), item.pk)
        if waiting is None:
            waiting = start_disclosure(
                kind=kind_of(item),
                object_id=item.pk,
                from_tier=Tier(item.tier),
                to_tier=to,
                by=by,
                until=until,
            )
        elif waiting.to_tier != to:
            raise Refusal(
                _("The team is still deciding about another offer. Settle that one first.")
            )
        add_agreement(disclosure=waiting, by=by)
        _settle(item, waiting, by)
        return waiting


def agree(*, item: Material, by: Actor) -> Disclosure:
    """`by` agrees to the move that waits; with the last agreement it is done.

    Raises:
        NotYours: `by` is not of the team.
        Refusal: nothing waits.
    """
    _refuse_others(item, by, agree=True)
    with transaction.atomic():
        item = _locked(item)
        waiting = people.proposed(kind_of(item), item.pk)
        if waiting is None:
            raise Refusal(_("Nothing waits for agreement here any more."))
        add_agreement(disclosure=waiting, by=by)
        _settle(item, waiting, by)
        return waiting


def take_back(*, item: Material, by: Actor) -> None:
    """The last move is undone, or the proposal withdrawn; for a team one member is enough.

    Raises:
        NotYours: `by` does not decide about it; the attempt is in the record.
        Refusal: the item is public, or was never moved.
    """
    _refuse_others(item, by, back=True)
    with transaction.atomic():
        item = _locked(item)
        kind = kind_of(item)
        waiting = people.proposed(kind, item.pk)
        if waiting:
            finish_disclosure(disclosure=waiting, state="taken_back", by=by)
            return
        if item.tier == Tier.PUBLIC:
            raise Refusal(
                _("It is published, and others may have copied it. It cannot be taken back.")
            )
        last = people.last_done(kind, item.pk)
        if last is None or last.to_tier != item.tier:
            raise Refusal(_("There is nothing to take back."))
        if item.tier == Tier.TEAM and item.author_id != by.pk:
            raise NotYours
        _move(item, Tier(last.from_tier))
        finish_disclosure(disclosure=last, state="taken_back", by=by)


@transaction.atomic
def settle_team(*, team_id: int, by: Actor) -> None:
    """After somebody left: what the rest of the team has agreed to is done."""
    for waiting in people.all_proposed():
        model = model_of(waiting.kind)
        item = model._default_manager.filter(pk=waiting.object_id).first() if model else None
        if item is not None and item.team_id == team_id:
            _settle(item, waiting, by)


@transaction.atomic
def lapse_offers(*, by: Actor | None = None) -> None:
    """What was offered until a day that is over goes back to where it was."""
    for disclosure in people.lapsed():
        model = model_of(disclosure.kind)
        item = model._default_manager.filter(pk=disclosure.object_id).first() if model else None
        if item is not None and item.tier == disclosure.to_tier != Tier.PUBLIC:
            _move(item, Tier(disclosure.from_tier))
        finish_disclosure(disclosure=disclosure, state="taken_back", by=by)


def _refuse_others(item: Material, by: Actor, **wanted: Any) -> None:
    """Outside the transaction of the move, so that the attempt stays in the record."""
    if not offers.decides(item, queries.audience_for(by.pk)):
        record(by=by, verb="refused", kind=kind_of(item), object_id=item.pk, **wanted)
        raise NotYours


def _locked(item: Material) -> Material:
    return type(item)._default_manager.select_for_update().get(pk=item.pk)


def _find_place(item: Material, by: Actor) -> None:
    """What was begun alone belongs to the author's present team and room once it is offered."""
    if item.tier != Tier.PRIVATE or item.author_id != by.pk:
        return
    place = queries.place_for(by)
    if place["lab"] is None or place["lab"].pk != item.lab_id:
        return
    missing = [name for name, value in place.items() if value and not getattr(item, name)]
    for name in missing:
        setattr(item, name, place[name])
    if missing:
        item.save(update_fields=missing)
        moved(item)


def _settle(item: Material, waiting: Disclosure, by: Actor) -> None:
    """Do the move if all who must agree have agreed."""
    if offers.owner_of(item) == "team":
        present = queries.present(item.team_id) if item.team_id else set()
        if not present <= people.agreed(waiting):
            return
    _move(item, Tier(waiting.to_tier))
    finish_disclosure(disclosure=waiting, state="done", by=by)


def _move(item: Material, tier: Tier) -> None:
    item.tier = tier.value
    item.save(update_fields=("tier",))
    moved(item)
