"""The thread of a corpus: passages, findings, needs, and what upper apps bring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vuon.evidence.thread import End, Link, Thread
from vuon_web.evidence import ends, queries
from vuon_web.evidence.models import Corpus, Passage


@dataclass(frozen=True)
class Told:
    """A thread with the address of each end, and the passages behind it."""

    thread: Thread
    addresses: dict[str, str] = field(default_factory=dict)
    passages: dict[str, Passage] = field(default_factory=dict)


def of(corpus: Corpus, *, upper: bool = True, also: Iterable[str] = ()) -> Told:
    """The thread of a corpus as it stands.

    Of thousands of passages those are in it on which something rests, and those named in `also`.
    Without `upper`, nothing that other apps bring.
    """
    brought = ends.brought(corpus.pk) if upper else []
    links = [_link(each) for each in corpus.links.all()]
    links += [link for each in brought for link in each.links]
    named = {ref for link in links for ref in (link.source, link.target)} | set(also)
    found_passages = queries.passages_named(corpus, named)
    passages = {f"passage:{each.pk}": each for each in found_passages}
    spoken = spoken_here(passages)
    found: list[End] = [_passage_end(ref, each, spoken[ref]) for ref, each in passages.items()]
    addresses = {ref: _passage_address(spoken[ref]) for ref in passages}
    for sheet in corpus.sources.filter(kind="observation", rows__isnull=False).distinct():
        ref = f"observation:{sheet.pk}"
        state = "withdrawn" if sheet.withdrawn else "exact"
        found.append(
            End(
                "observation",
                ref,
                sheet.title,
                source=str(sheet.pk),
                state=state,
                source_kind="observation",
            )
        )
        addresses[ref] = reverse("evidence:source", args=[sheet.pk])
    for finding in queries.findings(corpus):
        found.append(
            End(
                "finding",
                finding.ref,
                finding.statement,
                counter_searched=finding.searched is not None,
            )
        )
        addresses[finding.ref] = reverse("evidence:finding", args=[finding.pk])
    for need in queries.needs(corpus):
        found.append(End("need", need.ref, need.sentence))
        addresses[need.ref] = reverse("evidence:corpus", args=[corpus.pk]) + f"#need-{need.pk}"
    for each in brought:
        found += each.ends
        addresses |= each.addresses
    return Told(Thread(tuple(found), tuple(links)), addresses, passages)


def spoken_here(passages: dict[str, Passage]) -> dict[str, Passage]:
    """Of each passage itself or, where there is one in the page's language, its translation."""
    language = (get_language() or "vi")[:2]
    spoken = dict(passages)
    for each in passages.values():
        original = f"passage:{each.translation_of_id}"
        if each.source.language == language and original in spoken:
            spoken[original] = each
    return spoken


def _passage_end(ref: str, passage: Passage, spoken: Passage) -> End:
    translated = passage.translation_of_id
    return End(
        "passage",
        ref,
        spoken.quote or passage.quote or _("[words withdrawn]"),
        participants=frozenset(str(who.pk) for who in passage.source.participants.all()),
        state=passage.state,
        source=str(passage.source_id),
        source_kind=passage.source.kind,
        translation_of=f"passage:{translated}" if translated else "",
    )


def _passage_address(passage: Passage) -> str:
    return reverse("evidence:source", args=[passage.source_id]) + f"#p{passage.pk}"


def _link(link: Any) -> Link:
    """A stored link as the thread has it: evidence points at findings, all else points down."""
    source, target = link.lower, link.upper
    if link.relation == "derived_from":
        source, target = target, source
    return Link(source, link.relation, target, why=link.why, answered=link.answered)
