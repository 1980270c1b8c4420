"""What a withdrawal takes away, before and after it is done."""

from __future__ import annotations

from typing import Any

from vuon.evidence.thread import Level, without
from vuon_web.evidence import pages, threads
from vuon_web.evidence.forms import ConsentForm
from vuon_web.evidence.models import Corpus, Participant, Source, Withdrawal


def of(
    corpus: Corpus,
    *,
    source: Source | None = None,
    participant: Participant | None = None,
    language: str,
) -> list[dict[str, Any]]:
    """What would lose people or grade, with both."""
    told = threads.of(corpus)
    found = without(
        told.thread,
        str(source.pk) if source else "",
        str(participant.pk) if participant else "",
    )
    return [
        {
            "title": told.thread.by_id[ref].title,
            "url": told.addresses.get(ref, ""),
            "before": before.level.words.say(language),
            "after": after.level.words.say(language),
            "people_before": before.people,
            "people_after": after.people,
        }
        for ref, before, after in found.loses
    ]


def person(found: Participant, form: ConsentForm, language: str) -> dict[str, Any]:
    """A participant: what they allow, where they spoke, what a withdrawal would take away."""
    return {
        "who": found,
        "form": form,
        "now": pages.allows_of(found),
        "sources": found.sources.filter(withdrawn=None),
        "loss": of(found.corpus, participant=found, language=language),
    }


def receipt(found: Withdrawal, language: str) -> dict[str, Any]:
    """The receipt of a withdrawal."""
    told = threads.of(found.corpus)
    lost = [
        {
            "title": told.thread.by_id[ref].title,
            "url": told.addresses.get(ref, ""),
            "before": Level(before).words.say(language),
            "after": Level(after).words.say(language),
        }
        for ref, before, after in found.lost
        if ref in told.thread.by_id
    ]
    return {"receipt": found, "lost": lost}
