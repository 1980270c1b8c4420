"""The shipped example can be lived through: its evidence, and what rests on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from vuon.evidence.thread import Level, grade, support
from vuon_web.activities.opening import open_shipped
from vuon_web.challenges.models import Challenge
from vuon_web.evidence import queries, threads
from vuon_web.evidence.models import Passage, Source

pytestmark = pytest.mark.django_db
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def example() -> Challenge:
    open_shipped(EXAMPLES / "founding-lab")
    return Challenge.objects.get(main=False)


def test_the_evidence_of_the_example_is_whole_in_both_languages(example: Challenge) -> None:
    corpus = example.corpus
    assert corpus
    assert queries.counts(corpus)["voices"] == 41
    marked = Passage.objects.filter(source__corpus=corpus, codings__isnull=False)
    assert marked.filter(source__language="vi").count() == 118
    twins = marked.filter(source__language="en").select_related("translation_of__source")
    assert all(
        twin.translation_of and twin.translation_of.source.language == "vi" for twin in twins
    )
    assert corpus.codes.count() == 11


def test_its_findings_hold_as_well_as_they_are_told_to(example: Challenge) -> None:
    """Support is counted in people; the finding nobody searched the opposite of says so."""
    corpus = example.corpus
    assert corpus
    told = threads.of(corpus)
    levels = {}
    for finding in queries.findings(corpus):
        behind = support(told.thread, finding.ref)
        assert len(behind.people) + len(behind.seen) >= 3, finding.statement
        levels[finding.statements["en"][:20]] = grade(told.thread, finding.ref).level
        if finding.searched:
            assert behind.against
    assert sum(level is Level.SOUND for level in levels.values()) == 3


def test_a_passer_by_reads_it_and_changes_nothing(example: Challenge) -> None:
    client = Client()
    assert example.corpus
    page = client.get(reverse("evidence:corpus", args=[example.corpus.pk]))
    assert page.status_code == 200
    note = reverse("evidence:note", args=[example.corpus.pk])
    assert client.get(note).status_code == 404
    source = Source.objects.filter(corpus=example.corpus, kind="interview").first()
    assert source
    shown = client.get(reverse("evidence:source", args=[source.pk])).content.decode()
    assert "<coded-text" in shown
    withdraw = reverse("evidence:withdraw", args=[source.pk])
    assert client.post(withdraw).status_code == 404
