"""What each role may do, as one list to be read aloud.

Reading of material is not here: that follows from tiers (`visibility`). No role reads what is
private to somebody else.
"""

from __future__ import annotations

from enum import StrEnum, auto
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from vuon_web.accounts.visibility import Audience


class Permission(StrEnum):
    """A thing one may do, noun before verb."""

    LAB_EDIT = auto()

    PLAN_EDIT = auto()
    PLAN_OFFER = auto()

    AGENCY_EDIT = auto()

    PROGRAMME_EDIT = auto()

    SESSION_OPEN = auto()
    SESSION_CLOSE = auto()

    TEAM_MAKE = auto()

    STAFF_INVITE = auto()

    FIGURES_READ = auto()

    SEAT_TAKE = auto()
    MATERIAL_MAKE = auto()
    MATERIAL_OFFER = auto()

    @property
    def label(self) -> str:
        """The permission in words."""
        return str(_PERMISSIONS[self])


class Role(StrEnum):
    """What somebody is in a lab."""

    VISITOR = auto()
    PARTICIPANT = auto()
    FACILITATOR = auto()
    MENTOR = auto()
    MODERATOR = auto()
    LAB_READER = auto()
    STEWARD = auto()
    HOST = auto()

    @property
    def label(self) -> str:
        """The role in words."""
        return str(_ROLES[self])

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a field, the same in every language."""
        return [(role.value, role.value) for role in cls]


_ROLES = {
    Role.VISITOR: _("Visitor"),
    Role.PARTICIPANT: _("Participant"),
    Role.FACILITATOR: _("Facilitator"),
    Role.MENTOR: _("Mentor"),
    Role.MODERATOR: _("Moderator"),
    Role.LAB_READER: _("Reader of group figures"),
    Role.STEWARD: _("Data steward"),
    Role.HOST: _("Whoever runs the computer"),
}

_PERMISSIONS = {
    Permission.LAB_EDIT: _("change the lab's title"),
    Permission.PLAN_EDIT: _("edit the lab's own plan"),
    Permission.PLAN_OFFER: _("decide who sees the lab's own plan"),
    Permission.AGENCY_EDIT: _("name the partners and their roles"),
    Permission.PROGRAMME_EDIT: _("change the programme and its calendar"),
    Permission.SESSION_OPEN: _("open a session"),
    Permission.SESSION_CLOSE: _("close a session"),
    Permission.TEAM_MAKE: _("make teams"),
    Permission.STAFF_INVITE: _("invite further staff"),
    Permission.FIGURES_READ: _("read figures of groups of five or more"),
    Permission.SEAT_TAKE: _("take a seat without an account"),
    Permission.MATERIAL_MAKE: _("make something that is private at first"),
    Permission.MATERIAL_OFFER: _("offer one's own further, and take it back"),
}

_ANYONE = frozenset({Permission.SEAT_TAKE})
_MAKES = frozenset({Permission.MATERIAL_MAKE, Permission.MATERIAL_OFFER})
_FIGURES = frozenset({Permission.FIGURES_READ})

GRANTED: dict[Role, frozenset[Permission]] = {
    Role.VISITOR: _ANYONE,
    Role.PARTICIPANT: _ANYONE | _MAKES | _FIGURES,
    Role.FACILITATOR: frozenset(Permission),
    Role.MENTOR: _ANYONE | _MAKES | _FIGURES,
    Role.MODERATOR: _ANYONE | _MAKES | _FIGURES,
    Role.LAB_READER: _ANYONE | _FIGURES,
    Role.STEWARD: _ANYONE
    | _MAKES
    | _FIGURES
    | {Permission.STAFF_INVITE, Permission.PLAN_OFFER, Permission.LAB_EDIT},
    Role.HOST: _ANYONE,
}

# Staff who belong to the people of the lab's programmes: they read what is offered to the
# programme. Readers of figures and the host do not.
OF_THE_PROGRAMME = frozenset({Role.FACILITATOR, Role.MENTOR, Role.MODERATOR, Role.STEWARD})


def may(audience: Audience, permission: Permission, lab_id: int | None) -> bool:
    """Whether `audience` has `permission` in that lab."""
    roles = {Role.VISITOR} | {role for role, lab in audience.roles if lab == lab_id}
    return any(permission in GRANTED[role] for role in roles)


def table() -> list[tuple[Role, list[tuple[Permission, bool]]]]:
    """Role by permission, for the manual and for *Ai xem được gì?*."""
    return [(role, [(each, each in GRANTED[role]) for each in Permission]) for role in Role]
