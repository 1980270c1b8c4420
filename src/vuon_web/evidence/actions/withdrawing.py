"""Withdrawal is one action: the words go, everywhere; ids, counts and a receipt stay.

Downloaded files and backups are out of reach; the receipt says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vuon.evidence import copies
from vuon.evidence.consent import Scope
from vuon.evidence.text import blocks
from vuon.evidence.thread import without
from vuon.vietnamese import fold
from vuon_web.audit.actions import record
from vuon_web.evidence import ends, queries, searching, threads
from vuon_web.evidence.actions.capture import carry
from vuon_web.evidence.ends import Copy
from vuon_web.evidence.models import (
    Coding,
    Consent,
    Corpus,
    Finding,
    Link,
    Need,
    NoteDraft,
    Participant,
    Passage,
    Source,
    TextVersion,
    Withdrawal,
)

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

SHORTEST_QUOTE = 3  # words; a shorter passage could stand anywhere by chance


@transaction.atomic
def change_consent(
    *, participant: Participant, scopes: Iterable[Scope], method: str, by: Actor
) -> Consent:
    """What a participant allows from today on."""
    made = Consent.objects.create(
        participant=participant,
        scopes=sorted(scope.value for scope in scopes),
        method=method,
    )
    record(by=by, verb="consented", kind="participant", object_id=participant.pk)
    return made


@transaction.atomic
def withdraw(
    *,
    corpus: Corpus,
    by: Actor,
    source: Source | None = None,
    participant: Participant | None = None,
) -> Withdrawal:
    """Take back a source, or all that one participant said; returns the receipt.

    What others said in the same source stays, in a version without the turns of who withdrew.
    """
    thread = threads.of(corpus)
    loss = without(
        thread.thread,
        str(source.pk) if source else "",
        str(participant.pk) if participant else "",
    )
    gone: list[str] = []
    quotes: list[str] = []
    touched = [source] if source else list(participant.sources.all()) if participant else []
    for each in touched:
        text, words = _empty(each, None if source else participant, by)
        gone += text
        quotes += words
    if participant is not None:
        participant.consents.update(withdrawn=timezone.localdate())
        participant.called = {"vi": "–", "en": "–"}
        participant.group = participant.label = ""
        participant.save()
    copied = _out_of_copies(corpus, gone, quotes)
    made = Withdrawal.objects.create(
        corpus=corpus,
        by=by,
        counts={"sources": len(touched), "passages": len(quotes), "copies": copied},
        lost=[[ref, int(before.level), int(after.level)] for ref, before, after in loss.loses],
    )
    record(
        by=by,
        verb="withdrew",
        kind="corpus",
        object_id=corpus.pk,
        sources=len(touched),
        passages=len(quotes),
        copies=copied,
    )
    searching.forget(corpus.pk)
    searching.scrub_later()
    return made


def _empty(
    source: Source, participant: Participant | None, by: Actor
) -> tuple[list[str], list[str]]:
    """Take a source away, or the turns of one participant; the texts and quotes that went."""
    others = source.participants.exclude(pk=participant.pk).exists() if participant else False
    texts = [version.text for version in source.versions.all()]
    own = _turns_of(source, participant) if participant and others else None
    if own is None:
        quotes = _tombstones(source.passages.all())
        for other in Source.objects.filter(translation_of=source):
            more = _empty(other, None, by)
            texts, quotes = texts + more[0], quotes + more[1]
        source.versions.all().delete()
        source.rows.all().delete()
        if hasattr(source, "photo"):
            source.photo.delete()
        source.titles, source.places, source.withdrawn = {}, {}, timezone.now()
        source.save()
        return texts, quotes
    return _without_turns(source, participant, own, by)


def _turns_of(source: Source, participant: Participant | None) -> list[tuple[int, int]] | None:
    """The turns of one participant in the text; None if they cannot be told from others'."""
    version = queries.text_of(source)
    if version is None or participant is None:
        return None
    names = {fold(name) for name in (*participant.called.values(), participant.label) if name}
    turns = [
        (block.start, block.end)
        for block in blocks(version.text)
        if block.speaker and fold(block.speaker) in names
    ]
    return turns or None


def _without_turns(
    source: Source, participant: Participant | None, turns: list[tuple[int, int]], by: Actor
) -> tuple[list[str], list[str]]:
    version = queries.text_of(source)
    assert version is not None and participant is not None
    gone = [version.text[start:end] for start, end in turns]
    inside = [
        passage
        for passage in source.passages.filter(version=version)
        if any(start < passage.end and passage.start < end for start, end in turns)
    ]
    quotes = _tombstones(inside)
    kept, at = [], 0
    for start, end in turns:
        kept.append(version.text[at:start])
        at = end
    text = "".join([*kept, version.text[at:]]).strip()
    after = TextVersion.objects.create(
        source=source, n=version.n + 1, text=text, reason="redaction", author=None
    )
    carry(source=source, before=version, after=after, by=by)
    source.versions.exclude(pk=after.pk).delete()
    source.participants.remove(participant)
    return gone, quotes


def _tombstones(passages: Iterable[Passage]) -> list[str]:
    """Only the ids of passages are left; returns the words that went."""
    quotes = []
    for passage in passages:
        quotes.append(passage.quote)
        Coding.objects.filter(passage=passage).delete()
        passage.version, passage.start, passage.end = None, 0, 0
        passage.state = "withdrawn"
        passage.save()
    return [quote for quote in quotes if quote]


def _out_of_copies(corpus: Corpus, texts: list[str], quotes: list[str]) -> int:
    """Put a mark where words of the texts were copied, in findings and in everything above."""
    mark = _("[words withdrawn]")
    long_enough = [quote for quote in quotes if len(quote.split()) >= SHORTEST_QUOTE]
    whole = "\n\n".join(texts)
    count = 0
    for copy in [*_own_copies(corpus), *ends.copies(corpus.pk)]:
        spans = copies.find(whole, copy.text, quotes=long_enough) if copy.text else ()
        if spans:
            copy.write(copies.tombstone(copy.text, spans, mark))
            count += len(spans)
    return count


def _own_copies(corpus: Corpus) -> list[Copy]:
    """The texts of this app in which a quote may have been copied."""
    found: list[Copy] = []

    def field(item: Finding | Need | Link, name: str, key: str) -> None:
        def write(text: str) -> None:
            setattr(item, name, {**getattr(item, name), key: text})
            item.save()

        found.append(Copy(getattr(item, name)[key], write, name))

    for finding in Finding.objects.filter(corpus=corpus):
        for key in finding.statements:
            field(finding, "statements", key)
    for need in Need.objects.filter(corpus=corpus):
        for key in need.words:
            field(need, "words", key)
    for link in Link.objects.filter(corpus=corpus).exclude(whys={}):
        for key in link.whys:
            field(link, "whys", key)
    drafts = NoteDraft.objects.filter(corpus=corpus).exclude(text="")
    return found + [Copy(each.text, _writer(each), "draft") for each in drafts]


def _writer(draft: NoteDraft) -> Callable[[str], None]:
    def write(text: str) -> None:
        draft.text = text
        draft.save()

    return write
