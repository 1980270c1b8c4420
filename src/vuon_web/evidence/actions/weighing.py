"""Findings and needs: what passages say together, what speaks against it, who is to be helped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from vuon.vietnamese import nfc
from vuon_web.audit.actions import record
from vuon_web.evidence.models import Corpus, Finding, Link, Need

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

LONGEST = 600


def _words(text: str, language: str) -> dict[str, str]:
    return {language: nfc(" ".join(text.split()))[:LONGEST]}


@transaction.atomic
def make_finding(
    *,
    corpus: Corpus,
    statement: str,
    by: Actor | None,
    language: str = "vi",
    kind: str = "pattern",
    for_: Iterable[str] = (),
    against: Iterable[str] = (),
    statements: dict[str, str] | None = None,
) -> Finding:
    """A finding resting on the passages and sheets named in `for_`, with what speaks `against`."""
    made = Finding.objects.create(
        corpus=corpus, statements=statements or _words(statement, language), kind=kind, author=by
    )
    _link(made, for_, against, by)
    record(by=by, verb="found", kind="finding", object_id=made.pk)
    return made


@transaction.atomic
def change_finding(
    *,
    finding: Finding,
    statement: str,
    kind: str,
    for_: Iterable[str],
    against: Iterable[str],
    by: Actor,
    language: str,
) -> Finding:
    """Other words, other passages. Looking for the opposite counts anew when the words change."""
    words = _words(statement, language)
    if finding.statements.get(language, "") != words[language]:
        finding.searched = None
    finding.statements = {**finding.statements, **words}
    finding.kind = kind
    finding.save()
    _link(finding, for_, against, by)
    record(by=by, verb="changed", kind="finding", object_id=finding.pk)
    return finding


def _link(finding: Finding, for_: Iterable[str], against: Iterable[str], by: Actor | None) -> None:
    """Exactly these links; what was answered at a link that stays is kept."""
    wanted = {**dict.fromkeys(for_, "supports"), **dict.fromkeys(against, "contradicts")}
    standing = {link.lower: link for link in Link.objects.filter(upper=finding.ref)}
    for lower, link in standing.items():
        if wanted.get(lower) != link.relation:
            link.delete()
            standing[lower] = link
    for lower, relation in wanted.items():
        if lower in standing and standing[lower].pk and standing[lower].relation == relation:
            continue
        Link.objects.create(
            corpus_id=finding.corpus_id,
            lower=lower,
            relation=relation,
            upper=finding.ref,
            author=by,
        )


@transaction.atomic
def answer(*, link: Link, why: str, by: Actor, language: str) -> Link:
    """Say why a finding holds although something speaks against it; empty takes the answer back."""
    words = nfc(why.strip())[:LONGEST]
    # Taking the answer back takes it back in every language.
    link.whys = {**link.whys, language: words} if words else {}
    link.answered = bool(words)
    link.save(update_fields=("whys", "answered"))
    record(by=by, verb="answered", kind="finding", object_id=link.pk)
    return link


@transaction.atomic
def looked_for_the_opposite(*, finding: Finding, by: Actor | None) -> Finding:
    """Somebody went through what was not quoted and looked for the opposite."""
    finding.searched = timezone.now()
    finding.save(update_fields=("searched",))
    record(by=by, verb="searched", kind="finding", object_id=finding.pk)
    return finding


@transaction.atomic
def delete_finding(*, finding: Finding, by: Actor) -> None:
    """Delete a finding; what rested on it shows that it is gone."""
    record(by=by, verb="deleted", kind="finding", object_id=finding.pk)
    Link.objects.filter(upper=finding.ref).delete()
    finding.delete()


@transaction.atomic
def make_need(
    *,
    corpus: Corpus,
    sentence: str,
    findings: Iterable[Finding],
    by: Actor | None,
    language: str = "vi",
    words: dict[str, str] | None = None,
) -> Need:
    """Who needs to be able to do what, and what for; derived from findings."""
    made = Need.objects.create(corpus=corpus, words=words or _words(sentence, language), author=by)
    for finding in findings:
        Link.objects.create(
            corpus=corpus, lower=finding.ref, relation="derived_from", upper=made.ref, author=by
        )
    record(by=by, verb="made", kind="need", object_id=made.pk)
    return made


@transaction.atomic
def delete_need(*, need: Need, by: Actor) -> None:
    """Delete a need."""
    record(by=by, verb="deleted", kind="need", object_id=need.pk)
    Link.objects.filter(upper=need.ref).delete()
    need.delete()
