"""Partners of a lab: their names, roles and order, and splits that are only proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from vuon.vietnamese import nfc
from vuon_web.accounts.refusals import Refusal
from vuon_web.audit.actions import record
from vuon_web.labs.models import Agency, Lab

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

#: What a partner can be in a lab.
ROLES = ("first_adopter", "spreader", "adviser")


@dataclass(frozen=True)
class AgencyDraft:
    """A partner as a plan names it.

    Args:
        name: as written in the plan.
        unit: the key of the dated unit, if the name resolves with certainty.
        roles: of `ROLES`.
        proposed: the name is a part of `from_text`, and nobody has confirmed the split.
        from_text: the words as they stand in the plan, if they were split.
        words: name and description by language, where the plan is written in several.
    """

    name: str
    unit: str = ""
    roles: tuple[str, ...] = ()
    description: str = ""
    sector: str = ""
    proposed: bool = False
    from_text: str = ""
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if unknown := set(self.roles) - set(ROLES):
            raise ValueError(f"no such role of an agency: {sorted(unknown)}")


class AgencyInUse(Refusal):
    """Teams, staff or material rest on a partner."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A team, a person or something made here already belongs to this partner, so it "
                "cannot be taken away. Change its name instead."
            )
        )


@transaction.atomic
def set_agencies(*, lab: Lab, agencies: Sequence[AgencyDraft], by: Actor | None) -> list[Agency]:
    """The partners of a lab, in order of importance; one that keeps its name stays itself.

    Raises:
        AgencyInUse: one that is left out is already in use; nothing was changed.
    """
    known = {agency.name: agency for agency in Agency.objects.filter(lab=lab)}
    made = []
    for rank, draft in enumerate(agencies, start=1):
        agency = known.pop(nfc(draft.name), None) or Agency(lab=lab)
        _fill(agency, draft)
        agency.rank = rank
        agency.save()
        made.append(agency)
    for left_out in known.values():
        _remove(left_out)
    record(by=by, verb="set", kind="agencies", object_id=lab.pk, count=len(made))
    return made


def _fill(agency: Agency, draft: AgencyDraft) -> None:
    for name, value in asdict(draft).items():
        setattr(agency, name, nfc(value) if isinstance(value, str) else value)
    agency.roles = list(draft.roles)


def _remove(agency: Agency) -> None:
    try:
        agency.delete()
    except ProtectedError as error:
        raise AgencyInUse from error


@transaction.atomic
def add_agency(*, lab: Lab, draft: AgencyDraft, by: Actor | None) -> Agency:
    """A further partner, at the end of the order."""
    agency = Agency(lab=lab, rank=Agency.objects.filter(lab=lab).count() + 1)
    _fill(agency, draft)
    agency.save()
    record(by=by, verb="added", kind="agency", object_id=agency.pk)
    return agency


@transaction.atomic
def edit_agency(*, agency: Agency, draft: AgencyDraft, by: Actor | None) -> None:
    """Name, roles, description and sector of a partner; where it came from stays as it is."""
    agency.name, agency.unit, agency.words = nfc(draft.name).strip(), draft.unit, {}
    agency.roles = [role for role in ROLES if role in draft.roles]
    agency.description, agency.sector = nfc(draft.description), nfc(draft.sector)
    agency.save()
    record(by=by, verb="edited", kind="agency", object_id=agency.pk)


@transaction.atomic
def order_agencies(*, lab: Lab, order: Sequence[int], by: Actor | None) -> None:
    """The partners in the order of those ids; any that are not named follow as they were."""
    known = {agency.pk: agency for agency in Agency.objects.select_for_update().filter(lab=lab)}
    named = [known[pk] for pk in dict.fromkeys(order) if pk in known]
    rest = [agency for agency in known.values() if agency not in named]
    _renumber([*named, *rest])
    record(by=by, verb="ordered", kind="agencies", object_id=lab.pk)


def _renumber(agencies: Sequence[Agency]) -> None:
    for rank, agency in enumerate(agencies, start=1):
        if agency.rank != rank:
            agency.rank = rank
            agency.save(update_fields=("rank",))


@transaction.atomic
def confirm_split(*, lab: Lab, from_text: str, by: Actor | None) -> None:
    """The proposed split of that text is right."""
    found = Agency.objects.filter(lab=lab, from_text=from_text, proposed=True)
    count = found.update(proposed=False)
    record(by=by, verb="confirmed_split", kind="agencies", object_id=lab.pk, count=count)


@transaction.atomic
def rejoin_agencies(*, lab: Lab, from_text: str, by: Actor | None) -> Agency:
    """Undo the split of that text: one partner with the words as written; the parts are kept.

    Raises:
        AgencyInUse: something already belongs to one of the parts; nothing was changed.
    """
    all_of_lab = list(Agency.objects.select_for_update().filter(lab=lab))
    parts = [agency for agency in all_of_lab if agency.from_text == from_text]
    if not parts:
        raise Refusal(_("This split was undone already."))
    whole = Agency.objects.create(
        lab=lab,
        name=from_text[:500],
        rank=parts[0].rank,
        roles=[role for role in ROLES if any(role in part.roles for part in parts)],
        parts=[_as_part(part) for part in parts],
    )
    for part in parts:
        _remove(part)
    order = [whole if each is parts[0] else each for each in all_of_lab]
    _renumber([each for each in order if each not in parts])
    record(by=by, verb="rejoined", kind="agencies", object_id=lab.pk, count=len(parts))
    return whole


def _as_part(agency: Agency) -> dict[str, object]:
    fields = ("name", "unit", "roles", "description", "sector", "from_text")
    return {name: getattr(agency, name) for name in fields}


@transaction.atomic
def split_agency(*, agency: Agency, by: Actor | None) -> list[Agency]:
    """Bring back the proposed split of a rejoined partner."""
    if not agency.parts:
        raise Refusal(_("No split is known for this partner."))
    lab, all_of_lab = agency.lab, list(Agency.objects.select_for_update().filter(lab=agency.lab))
    parts = [
        Agency.objects.create(lab=lab, rank=agency.rank, proposed=True, **part)
        for part in agency.parts
    ]
    order: list[Agency] = []
    for each in all_of_lab:
        order.extend(parts if each.pk == agency.pk else [each])
    _remove(agency)
    _renumber(order)
    record(by=by, verb="split", kind="agencies", object_id=lab.pk, count=len(parts))
    return parts
