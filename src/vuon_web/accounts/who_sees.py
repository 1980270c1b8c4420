"""*Ai xem được gì?*: made from the rules of visibility and the table of permissions.

A rule without words is an error, so the page cannot fall behind the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vuon_web.accounts.permissions import GRANTED, Permission, Role
from vuon_web.accounts.visibility import RULES, Tier

# Who a rule of visibility speaks of, in the words of the page.
_READERS: dict[str, str | Promise] = {
    "author": _("you"),
    "team": _("the people in your team"),
    "room": _("everybody in the room, under your pseudonym"),
    "programme": _("everybody in the programme, its staff too"),
    "public": _("everybody"),
}
_BESIDE: dict[str, tuple[str | Promise, str | Promise]] = {
    "to_facilitator": (_("Sent to the facilitator"), _("those who run the programme")),
    "at_this_computer": (
        _("The lab's own plan"),
        _("whoever sits at this computer, while it serves no network"),
    ),
}


@dataclass(frozen=True)
class Row:
    """What is seen, and by whom."""

    what: str
    who: str


def tiers() -> Iterator[Row]:
    """A row for each tier: those who read it, and had not read the tier below."""
    below: set[str] = set()
    for tier in Tier:
        new = [rule.name for rule in RULES if rule.name in _READERS and tier in rule.tiers]
        yield Row(tier.label, ", ".join(str(_READERS[name]) for name in new if name not in below))
        below |= set(new)


#: What upper apps keep apart from the tiers, and who reads it there.
_APART: list[tuple[str | Promise, str | Promise]] = []


def keeps_apart(what: str | Promise, who: str | Promise) -> None:
    """Say on the page who reads something that an app shows by a rule of its own."""
    if (what, who) not in _APART:
        _APART.append((what, who))


def apart() -> Iterator[Row]:
    """What apps show by a rule of their own."""
    for what, who in _APART:
        yield Row(str(what), str(who))


def beside() -> Iterator[Row]:
    """The rules that are no rung of the ladder."""
    for rule in RULES:
        if rule.name not in _READERS:
            what, who = _BESIDE[rule.name]
            yield Row(str(what), str(who))


def limits(*, alone: bool) -> list[str]:
    """What this program cannot promise, in plain words."""
    network = (
        _("Now it serves no network: nobody but the person at this computer can reach it.")
        if alone
        else _(
            "Now it serves a network: in a network without https, whoever runs the network can "
            "read along."
        )
    )
    said = [
        _(
            "Private text is guarded by the rules of this program alone. It is not encrypted yet: "
            "whoever runs this computer can open its files and read it."
        ),
        _(
            "Whoever runs this computer can see from which device and when somebody connects. The "
            "program itself writes no list of visits."
        ),
        network,
        _("No name, e-mail or telephone is asked for. A pseudonym holds for one room."),
        _("Groups of fewer than five people are never counted out to anybody."),
        _("The record of what was done holds times, kinds and numbers, never what somebody wrote."),
        _("Do not enter state secrets or documents stamped as secret."),
    ]
    return [str(sentence) for sentence in said]


def permissions() -> list[tuple[str, list[str]]]:
    """Each role with what it may do; roles that may do the same thing less are not hidden."""
    return [
        (role.label, [each.label for each in Permission if each in GRANTED[role]]) for role in Role
    ]
