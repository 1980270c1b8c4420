"""The sketch within its task: on the task's page, in the thread, reached by withdrawals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vuon.evidence.thread import End, Link
from vuon.systems.loops import find
from vuon.systems.sketch import say_link
from vuon_web.accounts.requests import Request
from vuon_web.challenges import behind, workplaces
from vuon_web.challenges.workplaces import Workplace
from vuon_web.evidence import ends
from vuon_web.evidence.ends import Brought, Copy
from vuon_web.labs import versions
from vuon_web.systems import queries
from vuon_web.systems.models import SketchVersion

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge


def register() -> None:
    """Say what this app brings to the page of a task, to the thread, and to withdrawals."""
    workplaces.register("sketch", 40, workplace)
    ends.register("sketch", bring)
    ends.register_copies("sketch", copies)


def workplace(request: Request, challenge: Challenge) -> Workplace:
    """The sketch, also before its first arrow."""
    found = queries.sketch_of(challenge)
    loops = len(find(found, most=200, seconds=0.1).loops) if found else 0
    arrows = len(found.links) if found else 0
    line = (
        ngettext("%(n)d arrow", "%(n)d arrows", arrows) % {"n": arrows}
        + " · "
        + ngettext("%(n)d loop", "%(n)d loops", loops) % {"n": loops}
        if arrows
        else _("Nobody has drawn what feeds it yet")
    )
    url = reverse("systems:sketch", args=[challenge.pk])
    return Workplace(4, _("Causal sketch"), line, url, {"loops": loops})


def bring(corpus_id: UUID) -> Brought:
    """Words and arrows, each resting on what was chosen for it."""
    challenge = behind.challenge_of(corpus_id)
    found = queries.sketch_of(challenge) if challenge else None
    if challenge is None or found is None:
        return Brought()
    language = (get_language() or "vi")[:2]
    brought, links, addresses = [], [], {}
    for each in found.drawn:
        ref = f"variable:{each.key}"
        brought.append(End("variable", ref, each.label.say(language)))
        links += [Link(ref, "derived_from", lower) for lower in _lower(each.rests_on)]
        addresses[ref] = reverse("systems:word", args=[challenge.pk, each.key])
    for link in found.links:
        ref = f"loop_edge:{link.key}"
        brought.append(End("loop_edge", ref, say_link(found, link, language).say(language)))
        links += [Link(ref, "derived_from", lower) for lower in _lower(link.rests_on)]
        addresses[ref] = reverse("systems:arrow", args=[challenge.pk, link.source, link.target])
    return Brought(tuple(brought), tuple(links), addresses)


def _lower(rests_on: tuple[str, ...]) -> list[str]:
    """What a word or an arrow can be derived from in the thread; needs are above both."""
    return [ref for ref in rests_on if ref.split(":")[0] in ("finding", "passage", "observation")]


def copies(corpus_id: UUID) -> Iterator[Copy]:
    """Every version of the sketch, sentence by sentence, so that the file stays a file."""
    challenge = behind.challenge_of(corpus_id)
    for version in SketchVersion.objects.filter(owner__challenge=challenge):
        for text, write in versions.sentences(version):
            yield Copy(text, write, "sketch")
