"""Who decides about an item, and what they can do with it now."""

from __future__ import annotations

from dataclasses import dataclass

from vuon_web.accounts import queries as people
from vuon_web.accounts.permissions import Permission, may
from vuon_web.accounts.visibility import Audience, Tier, can_read
from vuon_web.labs import queries
from vuon_web.labs.material import Material, kind_of


def owner_of(item: Material) -> str:
    """Who decides: its "author", its "team", or the "lab"."""
    if item.team_id and item.tier != Tier.PRIVATE:
        return "team"
    return "author" if item.author_id else "lab"


def decides(item: Material, audience: Audience) -> bool:
    """Whether `audience` decides, alone or with the team, how far the item is seen."""
    owner = owner_of(item)
    if owner == "team":
        return item.team_id in audience.teams
    if owner == "author":
        return audience.actor_id is not None and item.author_id == audience.actor_id
    return may(audience, Permission.PLAN_OFFER, item.lab_id)


def can_edit(item: Material, audience: Audience) -> bool:
    """Whether `audience` may change what an item says.

    A private item is its author's, a team's is its members', wherever it was offered to;
    the lab's own is for those of the lab who may edit plans.
    """
    if not can_read(item, audience):
        return False
    if item.tier == Tier.PRIVATE or (not item.team_id and item.agency_id):
        return audience.actor_id is not None and item.author_id == audience.actor_id
    if item.team_id:
        return item.team_id in audience.teams
    return may(audience, Permission.PLAN_EDIT, item.lab_id)


@dataclass(frozen=True)
class Offer:
    """What can be done with an item now.

    Args:
        kind: the kind under which its model is registered.
        tier: where it stands.
        up: the tiers it can be offered to.
        waits_for: the tier that the team is deciding about, or None.
        agreed, present: how many of the team agreed, of how many who are present.
        may_agree: the person has not yet agreed to what waits.
        may_take_back: the last move, or the proposal, can be undone by this person.
    """

    kind: str
    tier: Tier
    up: tuple[Tier, ...] = ()
    waits_for: Tier | None = None
    agreed: int = 0
    present: int = 0
    may_agree: bool = False
    may_take_back: bool = False


def offer_for(item: Material, audience: Audience) -> Offer | None:
    """What `audience` can do with `item`; None if they do not decide about it."""
    if not decides(item, audience):
        return None
    kind, tier = kind_of(item), Tier(item.tier)
    waiting, last = people.proposed(kind, item.pk), people.last_done(kind, item.pk)
    if waiting:
        agreed = people.agreed(waiting)
        present = queries.present(item.team_id) if item.team_id else set()
        return Offer(
            kind,
            tier,
            waits_for=Tier(waiting.to_tier),
            agreed=len(agreed & present),
            present=len(present),
            may_agree=audience.actor_id not in agreed,
            may_take_back=True,
        )
    moved = last is not None and last.to_tier == tier and tier != Tier.PUBLIC
    own = tier != Tier.TEAM or item.author_id == audience.actor_id
    return Offer(kind, tier, _higher(item, tier, audience), may_take_back=moved and own)


def _higher(item: Material, tier: Tier, audience: Audience) -> tuple[Tier, ...]:
    """The tiers above that would mean somebody. Publishing is for cases, so not offered here."""
    # What was begun alone goes to the groups its author is in by now.
    reach = {
        Tier.TEAM: item.team_id or audience.teams,
        Tier.ROOM: item.room or audience.rooms,
        Tier.PROGRAMME: item.programme_id or audience.programmes,
    }
    return tuple(step for step, there in reach.items() if step.height > tier.height and there)
