"""What the pages of findings show: what one can rest on, what speaks against it, where the opposite
could be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from vuon.evidence.thread import support
from vuon_web.evidence import queries, threads
from vuon_web.evidence.models import Corpus, Finding, Passage

#: So many marks are offered at once for a finding; the label narrows them down.
CHOICES = 60


def choosing(
    found: Corpus, finding: Finding | None, sent: Mapping[str, str] | None = None, code: str = ""
) -> dict[str, Any]:
    """What a finding can rest on: what is chosen already, then the newest marks.

    Args:
        sent: what a form has chosen that is not kept yet, "for" or "against" by reference.
        code: only marks with this label are offered besides what is chosen.
    """
    links = {link.lower: link for link in found.links.filter(upper=finding.ref)} if finding else {}
    how = {ref: _how(link) for ref, link in links.items()} if sent is None else dict(sent)
    rows = [_choice(ref, pair, how) for ref, pair in _offered(found, how, code).items()]
    sheets = found.sources.filter(kind="observation", withdrawn=None, rows__isnull=False).distinct()
    rows += [
        {"ref": ref, "quote": each.title, "who": _("counted"), "codes": [], "how": how.get(ref, "")}
        for each in sheets
        if (ref := f"observation:{each.pk}")
    ]
    rows.sort(key=lambda row: (row["how"] == "", [code.letter for code in row["codes"]]))
    return {
        "rows": rows,
        "contradictions": _contradictions(found, links),
        "codes": queries.codes(found),
        "code": code,
        "most": CHOICES,
    }


def marked_in(found: Corpus, source: UUID) -> dict[str, str]:
    """The marks of one source, and those that share a label with them, as something to rest on:
    "for" or "against" by reference."""
    every = queries.passages_of(found).filter(translation_of=None)
    here = every.filter(source_id=source)
    labels = [pk for pk in here.values_list("codings__code_id", flat=True) if pk]
    marks = every.filter(Q(source_id=source) | Q(codings__code_id__in=labels)).distinct()
    return {
        f"passage:{each.pk}": "against" if each.against else "for"
        for each in marks.order_by("start")[:CHOICES]
        if each.quote
    }


def _offered(
    found: Corpus, how: Mapping[str, str], code: str
) -> dict[str, tuple[Passage, Passage]]:
    """The passages to choose from, each with itself as it is said in the page's language."""
    every = queries.passages_of(found)
    fresh = every.filter(translation_of=None).order_by("-at")
    if code:
        fresh = fresh.filter(codings__code_id=code)
    refs = {f"passage:{pk}" for pk in fresh.values_list("pk", flat=True)[:CHOICES]} | set(how)
    named = {f"passage:{each.pk}": each for each in queries.passages_named(found, refs)}
    spoken = threads.spoken_here(named)
    # A translation counts with what it translates, and is chosen through it.
    return {ref: (each, spoken[ref]) for ref, each in named.items() if ref in refs and each.quote}


def _choice(ref: str, pair: tuple[Passage, Passage], how: Mapping[str, str]) -> dict[str, Any]:
    passage, spoken = pair
    return {
        "ref": ref,
        "quote": spoken.quote or passage.quote,
        "who": ", ".join(who.name for who in passage.source.participants.all())
        or passage.source.title,
        "codes": [coding.code for coding in passage.codings.all()],
        "against": passage.against,
        "how": how.get(ref, ""),
    }


def _how(link: Any) -> str:
    return {"supports": "for", "contradicts": "against"}.get(link.relation, "")


def _contradictions(found: Corpus, links: dict[str, Any]) -> list[dict[str, Any]]:
    """What speaks against a finding, each with the answer to it."""
    rows = []
    for lower, link in links.items():
        if link.relation == "contradicts":
            passage = (
                queries.passage_in(found, UUID(lower.split(":")[1]))
                if lower.startswith("passage:")
                else None
            )
            rows.append({"link": link, "quote": passage.quote if passage else _("counted")})
    return rows


def opposite(finding: Finding, language: str) -> dict[str, Any]:
    """Where the opposite could be: sources and people that the finding does not rest on."""
    told = threads.of(finding.corpus)
    behind = support(told.thread, finding.ref)
    linked = set(finding.corpus.links.filter(upper=finding.ref).values_list("lower", flat=True))
    absent = [
        each
        for each in queries.in_language(finding.corpus.sources.filter(checked=True), language)
        if str(each.pk) not in behind.sources
        and str(each.translation_of_id) not in behind.sources
        and not each.withdrawn
    ]
    marked = [
        each
        for each in queries.passages_of(finding.corpus).filter(against=True)
        if each.quote and f"passage:{each.pk}" not in linked
    ]
    return {"finding": finding, "absent": absent, "marked": marked}
