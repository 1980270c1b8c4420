"""Labs, programmes, cohorts and teams come into being."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vuon.vietnamese import fold, nfc
from vuon_web.audit.actions import record
from vuon_web.labs import queries
from vuon_web.labs.models import Agency, Cohort, Lab, Programme, Team

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor


@transaction.atomic
def open_lab(
    *,
    title: str,
    slug: str = "",
    kind: str = "real",
    language: str = "vi",
    by: Actor | None,
    source_hash: str = "",
    titles: Mapping[str, str] | None = None,
) -> Lab:
    """A lab; the one that is already there if it was opened from the same file.

    Its owner is `by`, or later whoever first uses a facilitator's link to it.
    """
    known = queries.lab_of_source(source_hash)
    if known:
        return known
    made = Lab.objects.create(
        slug=_free_slug(slug or title),
        title=nfc(title)[:500],
        titles=dict(titles or {}),
        kind=kind,
        language=language,
        owner=by,
        source_hash=source_hash,
    )
    record(by=by, verb="opened", kind="lab", object_id=made.pk)
    if by is not None:
        from vuon_web.labs.actions.links import make_staff

        make_staff(actor=by, lab=made, role="facilitator")
    return made


LONGEST_SLUG = 32


def _free_slug(wanted: str) -> str:
    stem = slugify(fold(wanted)) or "lab"
    if len(stem) > LONGEST_SLUG:  # an address is read out and typed: whole words, and few
        stem = stem[: LONGEST_SLUG + 1].rsplit("-", 1)[0][:LONGEST_SLUG]
    taken = set(Lab.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


@transaction.atomic
def rename_lab(*, lab: Lab, title: str, by: Actor | None) -> None:
    """The lab gets another title; its address stays."""
    lab.title, lab.titles = nfc(title).strip()[:500], {}
    lab.save(update_fields=("title", "titles"))
    record(by=by, verb="renamed", kind="lab", object_id=lab.pk)


@transaction.atomic
def open_programme(
    *, lab: Lab, title: str, starts: date | None = None, weeks: int = 8, by: Actor | None
) -> Programme:
    """A programme of a lab."""
    made = Programme.objects.create(lab=lab, title=nfc(title)[:500], starts=starts, weeks=weeks)
    record(by=by, verb="opened", kind="programme", object_id=made.pk)
    return made


@transaction.atomic
def schedule_programme(
    *, programme: Programme, starts: date | None, weeks: int, by: Actor | None
) -> None:
    """The programme gets a first day and a length."""
    programme.starts, programme.weeks = starts, weeks
    programme.save(update_fields=("starts", "weeks"))
    record(by=by, verb="scheduled", kind="programme", object_id=programme.pk, weeks=weeks)


@transaction.atomic
def open_cohort(
    *, programme: Programme, title: str, starts: date | None = None, by: Actor | None
) -> Cohort:
    """A cohort of a programme."""
    made = Cohort.objects.create(programme=programme, title=nfc(title)[:200], starts=starts)
    record(by=by, verb="opened", kind="cohort", object_id=made.pk)
    return made


@transaction.atomic
def open_next_cohort(*, lab: Lab, by: Actor | None) -> Cohort:
    """A further cohort of the lab's programme; of a new one if the lab has none."""
    programme = queries.programme_of(lab) or open_programme(lab=lab, title=lab.title, by=by)
    number = queries.cohorts(programme).count() + 1
    with translation.override(lab.language):
        title = _("Cohort %(number)d") % {"number": number}
    return open_cohort(programme=programme, title=title, by=by)


@transaction.atomic
def make_team(*, cohort: Cohort, name: str, agency: Agency | None = None, by: Actor | None) -> Team:
    """A team; one of an agency gets a code of its own (see `Team`)."""
    code = queries.free_code() if agency else ""
    made = Team.objects.create(
        cohort=cohort, agency=agency, name=nfc(name).strip()[:120], code=code
    )
    record(by=by, verb="made", kind="team", object_id=made.pk)
    return made
