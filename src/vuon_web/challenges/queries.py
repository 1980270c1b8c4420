"""Reads: who may see and edit a challenge, its plan as it stands, its history and conflicts."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404

from vuon.challenges.document import Answer, Document, from_json
from vuon_web.accounts.visibility import Audience, Tier
from vuon_web.challenges.models import AnswerVersion, Challenge, Draft, Plan
from vuon_web.labs.offers import can_edit

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

__all__ = ["can_edit"]

FORMS = ("opening", "closing", "experiment")


def visible(audience: Audience) -> QuerySet[Challenge]:
    """The challenges that `audience` may read."""
    return Challenge.objects.visible_to(audience)


def challenge_for(audience: Audience, challenge_id: uuid.UUID) -> Challenge:
    """The challenge, or Http404: whether a hidden one exists is nobody's business."""
    found = (
        visible(audience).filter(pk=challenge_id).select_related("lab", "agency", "team").first()
    )
    if found is None:
        raise Http404
    return found


def challenge_named(audience: Audience, text: str) -> Challenge | None:
    """The challenge whose id an address names, if `audience` may read it."""
    try:
        named = uuid.UUID(text)
    except ValueError:
        return None
    return visible(audience).filter(pk=named).select_related("lab").first()


def editable_for(audience: Audience, challenge_id: uuid.UUID) -> Challenge:
    """The challenge, if `audience` may write in it, else Http404."""
    challenge = challenge_for(audience, challenge_id)
    if not can_edit(challenge, audience):
        raise Http404
    return challenge


def own(audience: Audience) -> QuerySet[Challenge]:
    """What the person or their teams work on, newest first; the lab's own plan is not among it."""
    mine = visible(audience).filter(author_id=audience.actor_id) if audience.actor_id else None
    if mine is None:
        return Challenge.objects.none()
    of_teams = visible(audience).filter(team_id__in=audience.teams)
    return (mine | of_teams).filter(main=False).distinct().order_by("-made")


def offered(audience: Audience) -> QuerySet[Challenge]:
    """What others offered to the room or the programme, and the lab's further challenges."""
    found = visible(audience).filter(main=False, tier__in=(Tier.ROOM, Tier.PROGRAMME, Tier.PUBLIC))
    if audience.actor_id:
        found = found.exclude(author_id=audience.actor_id)
    return found.select_related("agency", "team", "lab")


def main_challenge(lab_id: int, audience: Audience) -> Challenge | None:
    """The challenge from which the lab's page is made, if `audience` may read it."""
    found = visible(audience).filter(lab_id=lab_id, main=True).select_related("lab")
    return found.prefetch_related("plans").first()


def plan_of(challenge: Challenge, form: str, language: str) -> Plan | None:
    """The plan of that form in `language`, else in whatever language there is."""
    plans = [plan for plan in challenge.plans.all() if plan.form == form]
    return next((plan for plan in plans if plan.language == language), plans[0] if plans else None)


def document(plan: Plan) -> Document:
    """The plan's document with the newest answers; read once as long as the row holds it."""
    seen = getattr(plan, "_seen", None)
    if seen is None or seen[0] is not plan.document:
        seen = plan._seen = (plan.document, from_json(plan.document))  # type: ignore[attr-defined]
    found: Document = seen[1]
    return found


def answer(plan: Plan, key: str) -> Answer:
    """One answer of the plan, or Http404 if it has none of that key."""
    try:
        return document(plan).answer(key)
    except KeyError:
        raise Http404 from None


def history(plan: Plan, key: str) -> QuerySet[AnswerVersion]:
    """Every version of an answer, the newest first."""
    found = plan.versions.filter(key=key).select_related("author__user", "plan__challenge")
    return found.order_by("-at", "-id")


def told(versions: Sequence[AnswerVersion], reader: Actor | None) -> list[AnswerVersion]:
    """The versions that `reader` may see among those of one answer.

    What somebody kept while the challenge was theirs alone stays theirs when it is offered: others
    read on from the text that stood then.
    """
    if reader is not None and versions and versions[0].plan.challenge.author_id == reader.pk:
        return list(versions)
    standing = {version.pk for version in heads(versions)}
    return [each for each in versions if not each.alone or each.pk in standing]


def heads(versions: Sequence[AnswerVersion]) -> list[AnswerVersion]:
    """The versions of one answer that nothing replaced; two or more are a conflict."""
    replaced = {version.base_id for version in versions}
    replaced |= {version.also_id for version in versions}
    # A base is replaced only once; a second text on the same base is the other head.
    return [version for version in versions if version.pk not in replaced]


def conflicts(plan: Plan) -> dict[str, list[AnswerVersion]]:
    """The answers for which two texts stand, by key."""
    by_key: dict[str, list[AnswerVersion]] = {}
    for version in plan.versions.select_related("author__user"):
        by_key.setdefault(version.key, []).append(version)
    standing = {key: heads(versions) for key, versions in by_key.items()}
    return {key: found for key, found in standing.items() if len(found) > 1}


def draft_of(plan: Plan, key: str, actor: Actor | None) -> Draft | None:
    """What `actor` was typing, if anything; nobody else's draft is ever returned."""
    if actor is None:
        return None
    return Draft.objects.filter(plan=plan, key=key, author=actor).first()


def drafts(actor: Actor | None) -> QuerySet[Draft]:
    """Everything `actor` has begun and not kept."""
    if actor is None:
        return Draft.objects.none()
    return Draft.objects.filter(author=actor).select_related("plan__challenge").order_by("-at")


def lab_documents(lab_id: int, language: str) -> Iterator[Document]:
    """The lab's own plan for what is worked out from it, the one in `language` first.

    Showing it is for `main_challenge`, which asks who looks.
    """
    main = Challenge.objects.filter(lab_id=lab_id, main=True).prefetch_related("plans").first()
    if main is not None:
        yield from documents_of(main, language)


def documents_of(challenge: Challenge, language: str) -> Iterator[Document]:
    """The plan of a challenge in each of its languages, the one in `language` first."""
    found = [plan for plan in challenge.plans.all() if plan.form == "opening"]
    for plan in sorted(found, key=lambda plan: (plan.language != language, plan.language)):
        yield document(plan)
