"""A task and the material behind it: they move together, and a withdrawal reaches the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from vuon_web.accounts.requests import Request
from vuon_web.challenges import workplaces
from vuon_web.challenges.models import AnswerVersion, Challenge, Draft, Plan
from vuon_web.challenges.workplaces import Workplace
from vuon_web.evidence import actions, ends
from vuon_web.evidence import queries as evidence
from vuon_web.evidence.ends import Copy, Owner

#: The keys and places that lead to a value inside a JSON value.
Path = tuple[Any, ...]


def register() -> None:
    """Name the owner of a corpus, open its texts to withdrawals, show it on the task's page."""
    ends.register_owner(owner)
    ends.register_copies("plan", copies)
    workplaces.register("evidence", 20, workplace)


def follow(challenge: Challenge) -> None:
    """The corpus goes where its task has gone, never further than the team."""
    if challenge.corpus is not None:
        actions.follow(corpus=challenge.corpus, item=challenge, by=None)


def challenge_of(corpus_id: UUID) -> Challenge | None:
    """The task of a corpus; who may see it is for `queries.challenge_for`."""
    return Challenge.objects.filter(corpus_id=corpus_id).select_related("lab").first()


def owner(corpus_id: UUID) -> Owner | None:
    """The task of a corpus with its address."""
    found = challenge_of(corpus_id)
    if found is None:
        return None
    url = reverse("challenges:challenge", args=[found.pk])
    return Owner(found.called, url, found.lab, found.tier_words)


def workplace(request: Request, challenge: Challenge) -> Workplace | None:
    """What people said, for those who may read it."""
    if challenge.corpus_id is None:
        return None
    corpus = evidence.visible(request.audience, challenge.corpus_id)
    if corpus is None:
        return None
    counts = evidence.counts(corpus)
    line = (
        _("%(voices)d sources, %(passages)d marks, %(findings)d findings") % counts
        if counts["voices"]
        else _("Nothing written down yet")
    )
    url = reverse("evidence:corpus", args=[corpus.pk])
    return Workplace(2, _("What people say"), line, url, counts)


def copies(corpus_id: UUID) -> Iterator[Copy]:
    """Every text of a task in which a quote may stand: title, plans, versions, drafts."""
    challenge = challenge_of(corpus_id)
    if challenge is None:
        return
    yield Copy(challenge.title, _title_writer(challenge), "title")
    for path, text in _sentences(challenge.titles):
        yield Copy(text, _json_writer(challenge, "titles", path), "title")
    for plan in challenge.plans.all():
        for path, text in _sentences(plan.document):
            yield Copy(text, _json_writer(plan, "document", path), "plan")
        for version in plan.versions.exclude(text=""):
            yield Copy(version.text, _writer(version), "version")
        for draft in plan.drafts.exclude(text=""):
            yield Copy(draft.text, _writer(draft), "draft")


def _sentences(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every string of several words in a JSON value, with the way to it."""
    if isinstance(value, str):
        if len(value.split()) > 1:
            yield path, value
    elif isinstance(value, dict | list):
        steps = value.items() if isinstance(value, dict) else enumerate(value)
        for step, inner in steps:
            yield from _sentences(inner, (*path, step))


def _json_writer(item: Challenge | Plan, name: str, path: Path) -> Callable[[str], None]:
    def write(text: str) -> None:
        inner = getattr(item, name)
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = text
        item.save()

    return write


def _title_writer(challenge: Challenge) -> Callable[[str], None]:
    def write(text: str) -> None:
        challenge.title = text[:500]
        challenge.save()

    return write


def _writer(item: AnswerVersion | Draft) -> Callable[[str], None]:
    def write(text: str) -> None:
        item.text = text
        item.save()

    return write
