"""Reads: the papers of a task, what was typed into them, and what lies behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from vuon.cases import own
from vuon.cases.own import Typed
from vuon_web.cases.models import Paper, PaperVersion
from vuon_web.challenges.queries import can_edit, challenge_for, editable_for
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge

__all__ = ["can_edit", "challenge_for", "editable_for"]

FIRST = 1  # the number of the first version, which is empty


def paper(challenge: Challenge, template: str) -> Paper | None:
    """The paper, if anybody wrote in it or took it along."""
    return Paper.objects.filter(challenge=challenge, template=template).first()


def papers(challenge: Challenge) -> list[Paper]:
    """Every paper that somebody wrote in or took along."""
    return list(Paper.objects.filter(challenge=challenge))


def papers_behind(corpus_id: UUID) -> list[Paper]:
    """The papers of the task that a corpus belongs to."""
    found = Paper.objects.filter(challenge__corpus_id=corpus_id)
    return list(found.select_related("challenge__lab", "challenge__agency"))


def versions_behind(corpus_id: UUID) -> list[PaperVersion]:
    """Every version of those papers."""
    return list(PaperVersion.objects.filter(owner__challenge__corpus_id=corpus_id))


def number(paper: Paper | None) -> int:
    """The number of the version that stands."""
    found = versions.latest(paper) if paper else None
    return found.n if found else FIRST


def typed(paper: Paper | None, n: int | None = None) -> dict[str, Typed]:
    """What was typed into a paper, as it stands or stood in version `n`."""
    if paper is None:
        return {}
    found = versions.numbered(paper, n) if n else versions.latest(paper)
    return own.read(found.text) if found else {}


def steps(paper: Paper | None) -> tuple[bool, bool]:
    """Whether there is something to take back, and something taken back to bring again."""
    _text, _n, back, again = versions.standing(paper)
    return back, again


def elsewhere(challenge: Challenge, template: str, language: str) -> dict[str, Typed]:
    """What was typed into other papers of the task in the same language, to be used here too."""
    found: dict[str, Typed] = {}
    others = Paper.objects.filter(challenge=challenge, language=language)
    for other in others.exclude(template=template):
        found = {**typed(other), **found}
    return found
