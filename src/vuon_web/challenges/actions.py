"""Writes: begin or import a challenge, keep an answer, settle two texts, keep what is typed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from vuon.challenges import edit, markdown, personal
from vuon.challenges import plan as plans
from vuon.challenges.document import Document, to_json
from vuon.challenges.sections import with_section
from vuon.vietnamese import nfc
from vuon_web.accounts.visibility import Tier
from vuon_web.audit.actions import record
from vuon_web.challenges import queries
from vuon_web.challenges.language import language_of
from vuon_web.challenges.models import AnswerVersion, Challenge, Draft, Plan
from vuon_web.evidence.actions import drop_corpus, open_corpus

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor
    from vuon_web.labs.models import Agency, Lab, Programme, Team

LONGEST = 50_000


@dataclass(frozen=True)
class Place:
    """Where a new challenge belongs: its lab, and the programme, agency or team if any."""

    lab: Lab
    programme: Programme | None = None
    agency: Agency | None = None
    team: Team | None = None
    room: uuid.UUID | None = None


@transaction.atomic
def import_plan(
    *,
    content: bytes,
    name: str,
    place: Place,
    by: Actor | None,
    tier: Tier = Tier.PRIVATE,
    main: bool = False,
    language: str | None = None,
    challenge: Challenge | None = None,
) -> Challenge:
    """A challenge made from a file; personal fields are dropped before anything is stored.

    With `challenge` the file becomes a further plan of it: the same in another language.

    Raises:
        VuonError: the file is refused; nothing was stored.
    """
    found = personal.drop_personal(markdown.read(content, name))
    return _store(
        found, place=place, by=by, tier=tier, main=main, language=language, challenge=challenge
    )


@transaction.atomic
def begin(*, sentence: str, place: Place, by: Actor, language: str) -> Challenge:
    """A private challenge that starts from one sentence."""
    sentence = nfc(sentence).strip()
    title = sentence if len(sentence) <= 120 else sentence[:117].rsplit(" ", 1)[0] + " …"
    found = plans.new("opening", " ".join(title.split()), language)
    key = next(a.key for a in found.answers("challenge") if not a.text)
    found = edit.set_answer(found, key, text=sentence)
    found = _with_frame(found)
    return _store(
        found, place=place, by=by, tier=Tier.PRIVATE, main=False, language=language, challenge=None
    )


def _store(
    found: Document,
    *,
    place: Place,
    by: Actor | None,
    tier: Tier,
    main: bool,
    language: str | None,
    challenge: Challenge | None,
) -> Challenge:
    if challenge is None:
        challenge = Challenge.objects.create(
            title=found.title[:500],
            main=main,
            lab=place.lab,
            programme=place.programme,
            agency=place.agency,
            team=place.team,
            room=place.room,
            author=by,
            tier=tier,
        )
        record(by=by, verb="begun", kind="challenge", object_id=challenge.pk)
        challenge.corpus = open_corpus(item=challenge, by=by)
        challenge.save(update_fields=("corpus",))
    form = found.kind if found.kind in queries.FORMS else "opening"
    language = language or language_of(found)
    plan = Plan.objects.create(
        challenge=challenge, form=form, language=language, document=to_json(found)
    )
    challenge.titles = {language: found.title[:500], **challenge.titles}
    challenge.save(update_fields=("titles",))
    record(by=by, verb="imported", kind="plan", object_id=plan.pk, issues=len(found.issues))
    return challenge


def _with_frame(found: Document) -> Document:
    """The plan with room for what the frame asks: its section, and three partners."""
    found = with_section(found, "Frame")
    while len(found.answers("partner_name")) < 3:
        found = edit.add_group(found, "partners")
    return found


@transaction.atomic
def open_frame(*, plan: Plan, by: Actor) -> None:
    """Make room in a plan, such as one from a file, for what the frame asks."""
    plan = _locked(plan)
    found = _with_frame(queries.document(plan))
    plan.document = to_json(found)
    plan.save()
    record(by=by, verb="extended", kind="plan", object_id=plan.pk)


@transaction.atomic
def open_closing(*, challenge: Challenge, language: str, by: Actor | None) -> Plan:
    """The closing form of a challenge, made from its opening; the one there is, if there is."""
    Challenge.objects.select_for_update().get(pk=challenge.pk)
    for plan in challenge.plans.all():
        if plan.form == "closing" and plan.language == language:
            return plan
    opening = queries.plan_of(challenge, "opening", language)
    source = (
        queries.document(opening) if opening else plans.new("opening", challenge.title, language)
    )
    closing = plans.closing_from(source, language)
    plan = Plan.objects.create(
        challenge=challenge,
        form="closing",
        language=language,
        document=to_json(closing),
    )
    record(by=by, verb="begun", kind="plan", object_id=plan.pk)
    return plan


@dataclass(frozen=True)
class Kept:
    """What became of a kept answer: its version, and the other text if two now stand."""

    version: AnswerVersion | None
    other: AnswerVersion | None = None


@transaction.atomic
def keep_answer(
    *,
    plan: Plan,
    key: str,
    text: str,
    base: uuid.UUID | None,
    by: Actor,
    choices: list[str] | None = None,
    settles: uuid.UUID | None = None,
) -> Kept:
    """Keep an answer as a new version on top of `base`, the version its author had on the page.

    If somebody kept another text in the meantime, both stand and are shown until a version that
    `settles` the other one is kept. The draft of the author is done with either way.
    """
    plan = _locked(plan)
    text, choices = nfc(text).replace("\r\n", "\n").strip(), choices or []
    versions = list(plan.versions.filter(key=key))
    if not versions:
        versions = [_as_it_was(plan, key)]
    known = {version.pk: version for version in versions}
    standing = queries.heads(versions)
    before = known.get(base) if base else versions[0]
    Draft.objects.filter(plan=plan, key=key, author=by).delete()
    same = next((v for v in standing if v.text == text and v.choices == choices), None)
    if same is not None and not settles and len(standing) == 1:
        return Kept(None)
    version = AnswerVersion.objects.create(
        plan=plan,
        key=key,
        text=text,
        choices=choices,
        author=by,
        base=before,
        also=known.get(settles) if settles else None,
        alone=plan.challenge.tier == Tier.PRIVATE,
    )
    others = [v for v in standing if v.pk not in (version.base_id, version.also_id)]
    if not others:
        _write(plan, key, text, choices)
    record(by=by, verb="kept", kind="answer", object_id=plan.pk, key=key[:80], conflict=len(others))
    return Kept(version, others[0] if others else None)


def _as_it_was(plan: Plan, key: str) -> AnswerVersion:
    """The first version of an answer: as the file or the form had it."""
    found = queries.answer(plan, key)
    return AnswerVersion.objects.create(
        plan=plan,
        key=key,
        text=found.text,
        choices=list(found.choices),
        alone=plan.challenge.tier == Tier.PRIVATE,
    )


def _write(plan: Plan, key: str, text: str, choices: list[str]) -> None:
    """Put the answer into the plan's document, and keep the titles in step."""
    found = queries.document(plan)
    answer = queries.answer(plan, key)
    if answer.choices or choices:
        found = edit.set_answer(found, key, choices=choices)
    else:
        found = edit.set_answer(found, key, text=text)
    plan.document = to_json(found)
    plan.save()
    if answer.prompt_id == "name" and text and plan.form == "opening":
        title = " ".join(text.split())[:500]
        plan.challenge.titles = {**plan.challenge.titles, plan.language: title}
        plan.challenge.title = title
        plan.challenge.save(update_fields=("title", "titles"))


@transaction.atomic
def keep_tags(*, plan: Plan, key: str, values: Sequence[str], by: Actor) -> None:
    """Keep the values of one tag; the former ones stay in the history."""
    plan = _locked(plan)
    found = queries.document(plan)
    name, before = f"tag-{key}", list(found.tag_values(key))
    base = plan.versions.filter(key=name).order_by("-at", "-id").first()
    alone = plan.challenge.tier == Tier.PRIVATE
    if base is None:
        base = AnswerVersion.objects.create(plan=plan, key=name, choices=before, alone=alone)
    AnswerVersion.objects.create(
        plan=plan, key=name, choices=list(values), base=base, author=by, alone=alone
    )
    plan.document = to_json(edit.set_tags(found, key, values))
    plan.save()
    record(by=by, verb="kept", kind="tags", object_id=plan.pk, key=key)


@transaction.atomic
def keep_draft(*, plan: Plan, key: str, text: str, base: uuid.UUID | None, by: Actor) -> Draft:
    """Keep what `by` is typing; theirs alone. Once this returns it is on the disk."""
    queries.answer(plan, key)
    draft, _ = Draft.objects.update_or_create(
        plan=plan, key=key, author=by, defaults={"text": nfc(text)[:LONGEST], "base": base}
    )
    return draft


@transaction.atomic
def drop_draft(*, plan: Plan, key: str, by: Actor) -> None:
    """Forget what `by` was typing."""
    Draft.objects.filter(plan=plan, key=key, author=by).delete()


@transaction.atomic
def add_group(*, plan: Plan, prompt_id: str, by: Actor) -> str:
    """Room for one more answer of a repeatable prompt; returns the key of the new answer.

    Raises:
        ValueError: the form asks this only once.
    """
    plan = _locked(plan)
    found = queries.document(plan)
    before = {answer.key for answer in found.answers(prompt_id)}
    found = edit.add_group(found, prompt_id)
    plan.document = to_json(found)
    plan.save()
    record(by=by, verb="extended", kind="plan", object_id=plan.pk)
    return next(a.key for a in found.answers(prompt_id) if a.key not in before)


@transaction.atomic
def forget(*, challenge: Challenge, by: Actor) -> None:
    """Delete a private challenge with everything in it, at its author's wish."""
    if challenge.tier != Tier.PRIVATE or challenge.author_id != by.pk:
        raise PermissionError
    record(by=by, verb="deleted", kind="challenge", object_id=challenge.pk)
    for plan in challenge.plans.all():
        plan.versions.update(base=None, also=None)
        plan.versions.all().delete()
    corpus = challenge.corpus
    challenge.delete()
    if corpus is not None:
        drop_corpus(corpus=corpus, by=by)


def _locked(plan: Plan) -> Plan:
    """The plan as it is now, held until the end of the transaction."""
    return Plan.objects.select_for_update().get(pk=plan.pk)
