"""Ideas within their task: on the task's page, in the thread, reached by withdrawals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vuon.evidence.thread import End, Link
from vuon.ideas.model import Change
from vuon_web.accounts.requests import Request
from vuon_web.challenges import behind, workplaces
from vuon_web.challenges.workplaces import Workplace
from vuon_web.evidence import ends
from vuon_web.evidence.ends import Brought, Copy
from vuon_web.ideas import queries
from vuon_web.ideas.models import IdeaVersion, Prototype
from vuon_web.journeys.queries import journey_of
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge


def register() -> None:
    """Say what this app brings to the page of a task, to the thread, and to withdrawals."""
    workplaces.register("ideas", 60, workplace)
    ends.register("ideas", bring)
    ends.register_copies("ideas", copies)


def workplace(request: Request, challenge: Challenge) -> Workplace:
    """The ideas that the person sees, also before the first one."""
    ideas = len(queries.told(queries.board_of(challenge), request.audience.actor_id))
    cards = queries.prototypes_of(challenge).count()
    line = (
        ngettext("%(n)d idea", "%(n)d ideas", ideas) % {"n": ideas}
        + " · "
        + ngettext("shown to people once", "shown to people %(n)d times", cards) % {"n": cards}
        if ideas
        else _("No idea yet")
    )
    url = reverse("ideas:ideas", args=[challenge.pk])
    return Workplace(6, _("Ideas"), line, url, {"ideas": ideas, "prototypes": cards})


def bring(corpus_id: UUID) -> Brought:
    """The ideas, each resting on the needs it answers and the steps it changes."""
    challenge = behind.challenge_of(corpus_id)
    if challenge is None:
        return Brought()
    language = (get_language() or "vi")[:2]
    found = journey_of(challenge)
    steps = set(found.keys) if found else set()
    brought, links, addresses = [], [], {}
    for idea in queries.ideas_of(challenge):
        ref = f"idea:{idea.key}"
        brought.append(End("idea", ref, idea.name.say(language)))
        lower = dict.fromkeys(below for each in idea.changes for below in _below(each, steps))
        links += [Link(ref, "addresses", below) for below in lower]
        addresses[ref] = reverse("ideas:idea", args=[challenge.pk, idea.key])
    return Brought(tuple(brought), tuple(links), addresses)


def _below(change: Change, steps: set[str]) -> list[str]:
    """What a change answers: needs it names, and the step it is made to."""
    below = [ref for ref in change.rests_on if ref.split(":")[0] in ("need", "step")]
    return [*below, f"step:{change.target}"] if change.target in steps else below


def copies(corpus_id: UUID) -> Iterator[Copy]:
    """Every version of every idea, and the prototype cards."""
    challenge = behind.challenge_of(corpus_id)
    for version in IdeaVersion.objects.filter(owner__board__challenge=challenge):
        for text, write in versions.sentences(version):
            yield Copy(text, write, "idea")
    for card in Prototype.objects.filter(paper__board__challenge=challenge):
        for name, said in card.words.items():
            for language, text in said.items():
                yield Copy(text, _writer(card, name, language), "prototype")


def _writer(card: Prototype, name: str, language: str) -> Callable[[str], None]:
    def write(text: str) -> None:
        card.words[name][language] = text
        card.save()

    return write
