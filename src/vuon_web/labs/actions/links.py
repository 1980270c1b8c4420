"""Staff of a lab, and the one-time links that make somebody staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from vuon_web.accounts.actions import invite
from vuon_web.accounts.permissions import Role
from vuon_web.audit.actions import record
from vuon_web.labs import queries
from vuon_web.labs.models import Agency, Lab, Staff

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor, Invitation

#: Roles that nobody is invited to.
NOT_STAFF = (Role.VISITOR, Role.PARTICIPANT, Role.HOST)


def invite_staff(
    *, lab: Lab, role: Role = Role.FACILITATOR, agency: Agency | None = None, by: Actor | None
) -> str:
    """The token of a link (`accounts:facilitate`) that works once, for a week."""
    if role in NOT_STAFF:
        raise ValueError(f"nobody is invited as {role}")
    return invite(lab_id=lab.pk, role=role, agency_id=agency.pk if agency else None, by=by)


@transaction.atomic
def make_staff(
    *, actor: Actor, lab: Lab, role: str, agency: Agency | None = None, by: Actor | None = None
) -> Staff:
    """`actor` has that role in the lab; the first facilitator owns a lab that nobody owns."""
    found, new = Staff.objects.get_or_create(
        actor=actor, lab=lab, role=Role(role).value, defaults={"agency": agency}
    )
    if new:
        record(by=by or actor, verb="joined_staff", kind="lab", object_id=lab.pk, role=role)
    if role == Role.FACILITATOR and lab.owner_id is None:
        lab.owner = actor
        lab.save(update_fields=("owner",))
    return found


class LabLinks:
    """What a link grants: a role in its lab."""

    def grant(self, *, actor: Actor, link: Invitation) -> None:
        """Make `actor` staff as the link says."""
        lab = queries.lab(link.lab_id)
        if lab is not None:
            agency = Agency.objects.filter(pk=link.agency_id or 0, lab=lab).first()
            make_staff(actor=actor, lab=lab, role=link.role, agency=agency)

    def title(self, link: Invitation) -> str:
        """The title of the lab that the link leads to."""
        lab = queries.lab(link.lab_id)
        return lab.called if lab else ""

    def address(self, link: Invitation) -> str:
        """The lab's page."""
        lab = queries.lab(link.lab_id)
        return reverse("labs:lab", args=[lab.slug]) if lab else reverse("labs:ours")
