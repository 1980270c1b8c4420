"""What a one-time link grants is known to the app of labs, above; it registers it here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor, Invitation


class Grants(Protocol):
    """The upper app's side of a link."""

    def grant(self, *, actor: Actor, link: Invitation) -> None:
        """Make `actor` what the link says."""

    def title(self, link: Invitation) -> str:
        """The title of the lab that the link leads to; empty if the lab is gone."""

    def address(self, link: Invitation) -> str:
        """Where to go once the link is used."""


_registered: list[Grants] = []


def register(grants: Grants) -> None:
    """Called once, by the app that knows labs."""
    _registered[:] = [grants]


def grant(*, actor: Actor, link: Invitation) -> None:
    """Make `actor` staff as the link says."""
    _registered[0].grant(actor=actor, link=link)


def title(link: Invitation) -> str:
    """The title of the lab that the link leads to."""
    return _registered[0].title(link)


def address(link: Invitation) -> str:
    """Where to go once the link is used."""
    return _registered[0].address(link)
