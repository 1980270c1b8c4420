"""The map within its task: on the task's page, in the thread, reached by withdrawals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vuon.evidence.thread import End, Link
from vuon_web.accounts.requests import Request
from vuon_web.challenges import behind, workplaces
from vuon_web.challenges.workplaces import Workplace
from vuon_web.evidence import ends
from vuon_web.evidence.ends import Brought, Copy
from vuon_web.journeys import queries
from vuon_web.journeys.models import JourneyVersion
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge


def register() -> None:
    """Say what this app brings to the page of a task, to the thread, and to withdrawals."""
    workplaces.register("map", 30, workplace)
    ends.register("map", bring)
    ends.register_copies("map", copies)


def workplace(request: Request, challenge: Challenge) -> Workplace:
    """The map, also before its first step."""
    found = queries.journey_of(challenge)
    steps = len(found.steps) if found else 0
    offices = len([office for office in found.offices if office]) if found else 0
    line = (
        ngettext("%(n)d step", "%(n)d steps", steps) % {"n": steps}
        + " · "
        + ngettext("%(n)d office", "%(n)d offices", offices) % {"n": offices}
        if steps
        else _("Nobody has drawn the way yet")
    )
    url = reverse("journeys:map", args=[challenge.pk])
    return Workplace(3, _("Map of offices and steps"), line, url, {"steps": steps})


def bring(corpus_id: UUID) -> Brought:
    """The steps of the map, each resting on what is pinned to it."""
    challenge = behind.challenge_of(corpus_id)
    found = queries.journey_of(challenge) if challenge else None
    if challenge is None or found is None:
        return Brought()
    language = (get_language() or "vi")[:2]
    return Brought(
        tuple(End("step", f"step:{step.key}", step.title.say(language)) for step in found.steps),
        tuple(
            Link(f"step:{pin.step}", "derived_from", pin.evidence)
            for pin in found.pins
            if not pin.against
        ),
        {
            f"step:{step.key}": reverse("journeys:step", args=[challenge.pk, step.key])
            for step in found.steps
        },
    )


def copies(corpus_id: UUID) -> Iterator[Copy]:
    """Every version of the map, sentence by sentence, so that the file stays a file."""
    challenge = behind.challenge_of(corpus_id)
    if challenge is None:
        return
    for version in JourneyVersion.objects.filter(owner__challenge=challenge):
        for text, write in versions.sentences(version):
            yield Copy(text, write, "map")
