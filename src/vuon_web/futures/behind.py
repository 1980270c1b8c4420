"""What may come within its task: on the task's page, reached by withdrawals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vuon_web.accounts.requests import Request
from vuon_web.challenges import behind, workplaces
from vuon_web.challenges.workplaces import Workplace
from vuon_web.evidence import ends
from vuon_web.evidence.ends import Copy
from vuon_web.futures import queries, telling
from vuon_web.futures.models import OutlookVersion
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge


def register() -> None:
    """Say what this app brings to the page of a task, and to withdrawals."""
    workplaces.register("futures", 50, workplace)
    ends.register_copies("futures", copies)


def workplace(request: Request, challenge: Challenge) -> Workplace:
    """What is looked out for, also before the first signal; a signpost that calls is said first."""
    found = queries.outlook_of(challenge)
    signals, drivers = len(found.signals), len(found.drivers)
    parts = [telling.line(found.watches)] if found.watches else []
    if signals:
        parts.append(ngettext("%(n)d signal", "%(n)d signals", signals) % {"n": signals})
    if drivers:
        parts.append(ngettext("%(n)d driver", "%(n)d drivers", drivers) % {"n": drivers})
    line = " · ".join(parts) or _("Nobody has looked ahead yet")
    return Workplace(5, _("What may come"), line, reverse("futures:outlook", args=[challenge.pk]))


def copies(corpus_id: UUID) -> Iterator[Copy]:
    """Every version of the outlook, sentence by sentence, so that the text stays readable."""
    challenge = behind.challenge_of(corpus_id)
    if challenge is None:
        return
    for version in OutlookVersion.objects.filter(owner__challenge=challenge):
        for text, write in versions.sentences(version):
            yield Copy(text, write, "futures")
