"""Reads: who may see a corpus, its sources, passages, findings, and how far a quote may go."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr
from django.http import Http404
from django.utils import timezone

from vuon.evidence.consent import BASES, Ceiling, Consent, Scope, ceiling
from vuon_web.accounts.visibility import Audience
from vuon_web.evidence import models
from vuon_web.evidence.models import (
    Code,
    Corpus,
    Finding,
    Need,
    NoteDraft,
    Participant,
    Passage,
    Source,
    TextVersion,
    Withdrawal,
)
from vuon_web.labs.offers import can_edit

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

__all__ = ["BASES", "can_edit"]


def corpus(corpus_id: UUID) -> Corpus | None:
    """The corpus of that id; who may see it is for `corpus_for`."""
    return Corpus.objects.filter(pk=corpus_id).first()


def visible(audience: Audience, corpus_id: UUID) -> Corpus | None:
    """The corpus, or None if `audience` may not read raw material in it."""
    return Corpus.objects.visible_to(audience).filter(pk=corpus_id).first()


def corpus_for(audience: Audience, corpus_id: UUID) -> Corpus:
    """The corpus, or Http404 if `audience` may not read raw material in it."""
    found = visible(audience, corpus_id)
    if found is None:
        raise Http404
    return found


def corpus_to_edit(audience: Audience, corpus_id: UUID) -> Corpus:
    """The corpus, if `audience` may add to it, else Http404."""
    found = corpus_for(audience, corpus_id)
    if not can_edit(found, audience):
        raise Http404
    return found


def sources(corpus: Corpus, audience: Audience) -> QuerySet[Source]:
    """The sources that `audience` sees: checked ones, and their own unchecked."""
    mine = Q(author_id=audience.actor_id) if audience.actor_id else Q(pk__in=[])
    found = corpus.sources.filter(Q(checked=True) | mine)
    return found.prefetch_related("participants").select_related("author")


def in_language(found: Iterable[Source], language: str) -> list[Source]:
    """The sources to list: of a source and its translation, the one in the page's language."""
    every = list(found)
    translated = {each.translation_of_id: each for each in every if each.translation_of_id}
    shown = []
    for each in every:
        if each.translation_of_id:
            continue
        other = translated.get(each.pk)
        shown.append(other if other and other.language == language else each)
    return shown


def source_for(audience: Audience, source_id: UUID) -> Source:
    """The source with its corpus, or Http404."""
    found = Source.objects.filter(pk=source_id).select_related("corpus").first()
    if found is None or not _sees(audience, found):
        raise Http404
    return found


def _sees(audience: Audience, source: Source) -> bool:
    corpus_for(audience, source.corpus_id)
    own = audience.actor_id is not None and source.author_id == audience.actor_id
    return source.checked or own


def source_to_edit(audience: Audience, source_id: UUID) -> Source:
    """The source, if `audience` may mark and change it, else Http404."""
    found = source_for(audience, source_id)
    corpus_to_edit(audience, found.corpus_id)
    return found


def text_of(source: Source) -> TextVersion | None:
    """The text of a source as it stands; None for a photo, a sheet, or after a withdrawal."""
    return source.versions.order_by("-n").first()


def passages(source: Source) -> QuerySet[Passage]:
    """The passages of a source with their labels."""
    return source.passages.select_related("version").prefetch_related("codings__code")


def with_words(found: QuerySet[Passage]) -> QuerySet[Passage]:
    """These passages with their words alone, not the texts in which they stand."""
    words = Substr("version__text", F("start") + 1, F("end") - F("start"))
    return found.annotate(words=words).select_related("source")


def passages_of(corpus: Corpus) -> QuerySet[Passage]:
    """Every passage of a corpus that is still there; with one and its translation, both."""
    found = Passage.objects.filter(source__corpus=corpus, source__checked=True)
    found = with_words(found.exclude(state="withdrawn"))
    return found.prefetch_related("codings__code", "source__participants")


def passages_named(corpus: Corpus, refs: Iterable[str]) -> QuerySet[Passage]:
    """The passages of these references (`passage:<id>`), withdrawn ones and translations too."""
    ids = {_id(ref.partition(":")[2]) for ref in refs if ref.startswith("passage:")} - {None}
    found = Passage.objects.filter(source__corpus=corpus, source__checked=True)
    found = with_words(found.filter(Q(pk__in=ids) | Q(translation_of__in=ids)))
    return found.prefetch_related("codings__code", "source__participants")


def newest(corpus: Corpus, most: int) -> list[str]:
    """The references of what was marked last."""
    found = Passage.objects.filter(source__corpus=corpus, source__checked=True)
    found = found.exclude(state__in=("withdrawn", "orphan")).filter(translation_of=None)
    return [f"passage:{pk}" for pk in found.order_by("-at").values_list("pk", flat=True)[:most]]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def passage_in(corpus: Corpus, passage_id: UUID) -> Passage | None:
    """One passage of a corpus."""
    return passages_of(corpus).filter(pk=passage_id).first()


def passage_of_mark(source: Source, mark_id: str) -> Passage | None:
    """The passage of an id that a device names: its own or that of its label."""
    try:
        wanted = uuid.UUID(mark_id)
    except ValueError:
        return None
    return (
        source.passages.filter(pk=wanted).first()
        or source.passages.filter(codings__pk=wanted).first()
    )


def codes(corpus: Corpus) -> QuerySet[Code]:
    """The labels of a corpus with how often each stands."""
    return corpus.codes.annotate(used=Count("codings"))


def findings(corpus: Corpus) -> QuerySet[Finding]:
    """The findings of a corpus."""
    return corpus.findings.all()


def finding_for(audience: Audience, finding_id: UUID) -> Finding:
    """The finding, or Http404."""
    found = Finding.objects.filter(pk=finding_id).select_related("corpus").first()
    if found is None:
        raise Http404
    corpus_for(audience, found.corpus_id)
    return found


def needs(corpus: Corpus) -> QuerySet[Need]:
    """The needs of a corpus."""
    return corpus.needs.all()


def participants(corpus: Corpus) -> QuerySet[Participant]:
    """Everybody who spoke or was seen, under pseudonyms."""
    return corpus.participants.prefetch_related("consents")


def participant_to_edit(audience: Audience, participant_id: UUID) -> Participant:
    """The participant, if `audience` may change what they allow, else Http404."""
    found = Participant.objects.filter(pk=participant_id).select_related("corpus").first()
    if found is None:
        raise Http404
    corpus_to_edit(audience, found.corpus_id)
    return found


def draft(corpus: Corpus, actor: Actor | None) -> NoteDraft | None:
    """What the person was typing; nobody else's."""
    return corpus.drafts.filter(author=actor).first() if actor else None


def withdrawals(corpus: Corpus) -> QuerySet[Withdrawal]:
    """The receipts of withdrawals, the newest first."""
    return corpus.withdrawals.order_by("-at")


def consents_of(source: Source) -> list[Consent]:
    """What everybody in a source allowed."""
    return [
        Consent(
            participant=str(who.pk),
            scopes=frozenset(Scope(scope) for scope in each.scopes),
            method=each.method,
            given=each.given,
            expires=each.expires,
            withdrawn=each.withdrawn,
        )
        for who in source.participants.all()
        for each in who.consents.all()
    ]


def ceiling_of(source: Source, day: date | None = None) -> Ceiling:
    """How far a source may be shown, and in which form."""
    return ceiling(consents_of(source), day or timezone.localdate(), source.basis)


def may_quote(source: Source, *, outside: bool) -> bool:
    """Whether words of a source may be shown as they were said, within the team or outside it."""
    found = ceiling_of(source)
    return found.form == "verbatim" and (not outside or found.tier != "team")


def counts(corpus: Corpus) -> dict[str, int]:
    """How much there is: sources, passages, findings."""
    live = models.Source.objects.filter(corpus=corpus, translation_of=None, withdrawn=None)
    return {
        "voices": live.filter(checked=True).count(),
        "passages": Passage.objects.filter(source__in=live).exclude(state="withdrawn").count(),
        "findings": corpus.findings.count(),
    }
