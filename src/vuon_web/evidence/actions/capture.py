"""Capture: a note, a file, a photo, a sheet; checked for names by a person before anybody reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from vuon.evidence.anchor import Passage as Place
from vuon.evidence.anchor import difference, reanchor
from vuon.evidence.consent import Scope
from vuon.evidence.observation import Row as SheetRow
from vuon.evidence.redact import Proposal, apply, propose
from vuon.evidence.text import clean
from vuon.vietnamese import nfc
from vuon_web.accounts import pseudonyms
from vuon_web.accounts.visibility import Tier
from vuon_web.audit.actions import record
from vuon_web.evidence import queries, searching
from vuon_web.evidence.models import (
    Consent,
    Corpus,
    NoteDraft,
    Participant,
    Photo,
    Row,
    Source,
    TextVersion,
)
from vuon_web.evidence.photos import Picture
from vuon_web.labs.material import Material

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

FIELDS = ("lab_id", "programme_id", "agency_id", "team_id", "room", "author_id")
LONGEST_DRAFT = 50_000
TIMES = ("arrived", "called", "done", "left")


@transaction.atomic
def open_corpus(*, item: Material, by: Actor | None) -> Corpus:
    """The corpus for the material of `item`, seen as far as its team."""
    made = Corpus(**{name: getattr(item, name) for name in FIELDS})
    made.tier = _tier(item)
    made.save()
    record(by=by, verb="opened", kind="corpus", object_id=made.pk)
    return made


def _tier(item: Material) -> str:
    """Raw material goes as far as the team; what is public from the start is an example."""
    if item.tier == Tier.PRIVATE:
        return Tier.PRIVATE.value
    if item.tier == Tier.PUBLIC and item.author_id is None and not item.team_id:
        return Tier.PUBLIC.value
    # A task of nobody's team that was offered further stays its author's with its raw material.
    if item.team_id:
        return Tier.TEAM.value
    return Tier.PRIVATE.value if item.author_id else Tier.PROGRAMME.value


@transaction.atomic
def follow(*, corpus: Corpus, item: Material, by: Actor | None) -> None:
    """The corpus goes where its task has gone, never further than the team."""
    for name in FIELDS:
        setattr(corpus, name, getattr(item, name))
    corpus.tier = _tier(item)
    corpus.save()
    record(by=by, verb="moved", kind="corpus", object_id=corpus.pk, tier=corpus.tier)


@transaction.atomic
def drop_corpus(*, corpus: Corpus, by: Actor) -> None:
    """Delete a corpus with everything in it, when its task is deleted."""
    record(by=by, verb="deleted", kind="corpus", object_id=corpus.pk)
    corpus.delete()
    searching.forget(corpus.pk)
    searching.scrub_later()


@dataclass(frozen=True)
class Voice:
    """Who spoke: somebody known already, or somebody new; and what they allow."""

    known: Participant | None = None
    segment: str = "resident"
    group: str = ""
    scopes: tuple[Scope, ...] = ()
    method: str = "verbal-recorded"
    called: Mapping[str, str] | None = None
    label: str = ""


@transaction.atomic
def add_source(
    *,
    corpus: Corpus,
    kind: str,
    titles: Mapping[str, str],
    text: str,
    by: Actor | None,
    basis: str = "",
    voices: Sequence[Voice] = (),
    places: Mapping[str, str] | None = None,
    collected: date | None = None,
    language: str = "vi",
    picture: Picture | None = None,
    checked: bool = False,
    translation_of: Source | None = None,
) -> Source:
    """A source with its first text; until it is checked for names it is `by`'s alone."""
    made = Source.objects.create(
        corpus=corpus,
        kind=kind,
        titles={key: nfc(words)[:200] for key, words in titles.items()},
        places={key: nfc(words)[:200] for key, words in (places or {}).items()},
        collected=collected or timezone.localdate(),
        language=language,
        basis=basis,
        author=by,
        checked=checked,
        translation_of=translation_of,
    )
    made.participants.set(_participant(corpus, voice, made.collected) for voice in voices)
    cleaned = clean(text).text
    if cleaned:
        TextVersion.objects.create(source=made, n=1, text=cleaned, author=by)
    if picture:
        Photo.objects.create(
            source=made, content=picture.content, width=picture.width, height=picture.height
        )
    if by is not None:
        NoteDraft.objects.filter(corpus=corpus, author=by).delete()
    record(by=by, verb="added", kind="source", object_id=made.pk, length=len(cleaned))
    searching.forget(corpus.pk)
    return made


def _participant(corpus: Corpus, voice: Voice, day: date) -> Participant:
    who = voice.known
    if who is None:
        drawn = pseudonyms.draw()
        called = voice.called or {lang: pseudonyms.say(drawn, lang) for lang in ("vi", "en")}
        who = Participant.objects.create(
            corpus=corpus,
            called=dict(called),
            segment=voice.segment,
            group=voice.group,
            label=voice.label,
        )
    if voice.scopes:
        Consent.objects.create(
            participant=who,
            scopes=sorted(scope.value for scope in voice.scopes),
            method=voice.method,
            given=day,
        )
    return who


@transaction.atomic
def check_source(*, source: Source, accepted: Iterable[int], by: Actor, language: str) -> Source:
    """A person has looked: what they accepted of the proposals is blocked, the source is open.

    Args:
        accepted: the numbers of the proposals, as `redact.propose` gives them.

    The text with the names is deleted, so that only the blocked one is left.
    """
    found = queries.text_of(source)
    if found is not None:
        proposals = propose(found.text)
        chosen: list[Proposal] = [proposals[n] for n in accepted if n < len(proposals)]
        refused = {each.text for n, each in enumerate(proposals) if each not in chosen}
        source.titles = _blocked(source.titles, refused)
        source.places = _blocked(source.places, refused)
        if chosen:
            blocked, _moved = apply(found.text, chosen, {}, source.language)
            number, reason = found.n + 1, "redaction"
            found.delete()
            TextVersion.objects.create(
                source=source, n=number, text=blocked, reason=reason, author=by
            )
            searching.scrub_later()
        record(by=by, verb="blocked", kind="source", object_id=source.pk, count=len(chosen))
    source.checked = True
    source.save(update_fields=("checked", "titles", "places"))
    searching.forget(source.corpus_id)
    return source


def _blocked(words: Mapping[str, str], refused: set[str]) -> dict[str, str]:
    """Titles without what looks personal, except what the person said is not."""
    return {
        language: apply(
            text, [each for each in propose(text) if each.text not in refused], {}, language
        )[0]
        for language, text in words.items()
    }


@transaction.atomic
def correct_text(*, source: Source, text: str, by: Actor) -> TextVersion:
    """A further version of the text; every passage is carried along, or shown for review."""
    before = TextVersion.objects.select_for_update().filter(source=source).order_by("-n").first()
    cleaned = clean(text).text
    if before is not None and before.text == cleaned:
        return before
    made = TextVersion.objects.create(
        source=source,
        n=(before.n if before else 0) + 1,
        text=cleaned,
        reason="correction",
        author=by,
    )
    if before is not None:
        carry(source=source, before=before, after=made, by=by)
    record(by=by, verb="corrected", kind="source", object_id=source.pk, length=len(cleaned))
    searching.forget(source.corpus_id)
    return made


def carry(*, source: Source, before: TextVersion, after: TextVersion, by: Actor) -> None:
    """Every passage of one version in the next; those that are gone say so."""
    standing = list(source.passages.filter(version=before))
    found = difference(before.text, after.text)
    places = [Place(each.start, each.end) for each in standing]
    for passage, moved in zip(
        standing, reanchor(found, before.text, after.text, places), strict=True
    ):
        passage.version = after
        passage.start, passage.end = moved.start, moved.end
        passage.state, passage.similarity = moved.state, moved.similarity
        passage.save()
    record(by=by, verb="carried", kind="source", object_id=source.pk, passages=len(standing))


@transaction.atomic
def throw_away(*, source: Source, by: Actor) -> None:
    """Delete a source that nobody else has seen yet, at its author's wish."""
    if source.checked or source.author_id != by.pk:
        raise PermissionError
    record(by=by, verb="deleted", kind="source", object_id=source.pk)
    source.delete()
    searching.forget(source.corpus_id)
    searching.scrub_later()


@transaction.atomic
def keep_note_draft(*, corpus: Corpus, text: str, by: Actor) -> NoteDraft:
    """Keep what somebody is typing; theirs alone. Once this returns it is on the disk."""
    kept, _ = NoteDraft.objects.update_or_create(
        corpus=corpus, author=by, defaults={"text": nfc(text)[:LONGEST_DRAFT]}
    )
    return kept


@transaction.atomic
def drop_note(*, corpus: Corpus, by: Actor) -> None:
    """Forget what somebody was typing."""
    NoteDraft.objects.filter(corpus=corpus, author=by).delete()


def _aware(moment: datetime | None) -> datetime | None:
    """A time of a sheet; without a time zone it is the server's."""
    if moment is None or timezone.is_aware(moment):
        return moment
    return timezone.make_aware(moment)


@transaction.atomic
def add_rows(*, source: Source, rows: Iterable[tuple[str, SheetRow]], by: Actor | None) -> int:
    """Rows of a stopwatch sheet; a row whose device sends its id again is changed."""
    count = 0
    for client, row in rows:
        values: dict[str, Any] = {
            name: getattr(row, name) for name in ("ticket", "group", "reason")
        }
        values |= {name: _aware(getattr(row, name)) for name in TIMES}
        Row.objects.update_or_create(
            source=source,
            client=client[:40],
            defaults={**values, "open_desks": row.open_desks},
        )
        count += 1
    record(by=by, verb="counted", kind="source", object_id=source.pk, rows=count)
    return count


@transaction.atomic
def drop_rows(*, source: Source, clients: Iterable[str], by: Actor) -> int:
    """Take rows away that were tapped by mistake; how many were there."""
    count, _each = source.rows.filter(client__in=list(clients)).delete()
    record(by=by, verb="uncounted", kind="source", object_id=source.pk, rows=count)
    return count
