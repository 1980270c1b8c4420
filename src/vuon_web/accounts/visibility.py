"""Who may read what: one table of rules, from which the database filter, the check of a single
item and the page *Ai xem được gì?* are made.

Pure: it knows the standard fields of material (`tier`, `author_id`, `team_id`, `room`,
`programme_id`, `agency_id`, `to_facilitator`) and an `Audience`, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vuon_web.accounts.permissions import Role


class Tier(StrEnum):
    """How far an item may be seen, from the author alone upwards. The order is the ladder."""

    PRIVATE = "private"
    TEAM = "team"
    ROOM = "room"
    PROGRAMME = "programme"
    PUBLIC = "public"

    @property
    def height(self) -> int:
        """The rung, 0 for private."""
        return list(Tier).index(self)

    @property
    def from_here_up(self) -> tuple[Tier, ...]:
        """This tier and every wider one."""
        return tuple(Tier)[self.height :]

    @property
    def label(self) -> str:
        """Who sees it, in a word or two."""
        return str(_LABELS[self])

    @property
    def sentence(self) -> str:
        """Who sees it, as the line at the top of a page."""
        return str(_SENTENCES[self])

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a field, the same in every language."""
        return [(tier.value, tier.value) for tier in cls]


_LABELS = {
    Tier.PRIVATE: _("only me"),
    Tier.TEAM: _("my team"),
    Tier.ROOM: _("everybody in the room"),
    Tier.PROGRAMME: _("everybody in the programme"),
    Tier.PUBLIC: _("everybody"),
}
_SENTENCES = {
    Tier.PRIVATE: _("Only you can see this"),
    Tier.TEAM: _("Only the team can see this"),
    Tier.ROOM: _("Everybody in the room can see this"),
    Tier.PROGRAMME: _("Everybody in the programme can see this"),
    Tier.PUBLIC: _("Everybody can see this"),
}


@dataclass(frozen=True)
class Audience:
    """Somebody who looks, described by where they belong.

    Args:
        actor_id: the actor, or None for somebody without a seat.
        roles: pairs of role and lab.
        teams, rooms, programmes, labs: those the person is in.
        facilitates: the programmes that the person facilitates.
        at_this_computer: the person sits at the computer that serves, and nobody else can reach it.
    """

    actor_id: UUID | None = None
    roles: frozenset[tuple[Role, int]] = frozenset()
    teams: frozenset[int] = frozenset()
    rooms: frozenset[UUID] = frozenset()
    programmes: frozenset[int] = frozenset()
    labs: frozenset[int] = frozenset()
    facilitates: frozenset[int] = frozenset()
    at_this_computer: bool = False

    @property
    def themselves(self) -> frozenset[UUID]:
        """The actor as a set, empty for a stranger."""
        return frozenset() if self.actor_id is None else frozenset({self.actor_id})


NOBODY = Audience()


@dataclass(frozen=True)
class Rule:
    """An item may be read if its tier is among `tiers`, its `fixed` fields have those values, and
    `key`, if given, is among what `belongs` says of the audience.

    `applies` holds for conditions on the audience alone.
    """

    name: str
    tiers: tuple[Tier, ...]
    key: str = ""
    belongs: Callable[[Audience], frozenset[Any]] = lambda audience: frozenset()
    fixed: dict[str, Any] = field(default_factory=dict)
    applies: Callable[[Audience], bool] = lambda audience: True


# An item keeps its earlier readers when it is offered further: a team still reads what it
# offered to the room.
RULES: tuple[Rule, ...] = (
    Rule("author", tuple(Tier), "author_id", lambda a: a.themselves),
    Rule("team", Tier.TEAM.from_here_up, "team_id", lambda a: a.teams),
    Rule("room", Tier.ROOM.from_here_up, "room", lambda a: a.rooms),
    Rule("programme", Tier.PROGRAMME.from_here_up, "programme_id", lambda a: a.programmes),
    Rule("public", (Tier.PUBLIC,)),
    Rule(
        "to_facilitator",
        tuple(Tier),
        "programme_id",
        lambda a: a.facilitates,
        fixed={"to_facilitator": True},
    ),
    # The lab's own plan on a laptop that serves nobody else: whoever sits there opened it.
    Rule(
        "at_this_computer",
        Tier.PROGRAMME.from_here_up,
        fixed={"agency_id": None, "team_id": None, "room": None},
        applies=lambda a: a.at_this_computer,
    ),
)


def can_read(item: Any, audience: Audience) -> bool:
    """Whether `audience` may read `item`."""
    return any(_holds(rule, item, audience) for rule in RULES)


def _holds(rule: Rule, item: Any, audience: Audience) -> bool:
    return (
        rule.applies(audience)
        and item.tier in rule.tiers
        and all(getattr(item, name) == value for name, value in rule.fixed.items())
        and (not rule.key or getattr(item, rule.key) in rule.belongs(audience))
    )


def readable(audience: Audience) -> Q:
    """The filter that lets through exactly the items for which `can_read` holds."""
    allowed = Q(pk__in=[])
    for rule in RULES:
        if not rule.applies(audience):
            continue
        condition = Q(tier__in=[tier.value for tier in rule.tiers])
        for name, value in rule.fixed.items():
            condition &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
        if rule.key:
            belonging = rule.belongs(audience)
            if not belonging:
                continue
            condition &= Q(**{f"{rule.key}__in": belonging})
        allowed |= condition
    return allowed
