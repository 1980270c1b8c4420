"""A corpus from a folder: the evidence that an example brings along, in both languages."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from vuon import toml
from vuon.evidence import observation
from vuon.evidence.consent import Scope
from vuon.evidence.text import clean
from vuon_web.audit.actions import record
from vuon_web.evidence import searching
from vuon_web.evidence.actions.capture import Voice, add_rows, add_source
from vuon_web.evidence.actions.marking import add_code, mark
from vuon_web.evidence.actions.weighing import make_finding, make_need
from vuon_web.evidence.models import Code, Corpus, Finding, Link, Participant, Passage, Source

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

LANGUAGES = ("vi", "en")
_NEED: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "vi": lambda need: f"{need['who']['vi']} cần {need['verb']['vi']}, để {need['so_that']['vi']}.",
    "en": lambda need: (
        f"{need['who']['en']} needs to {need['verb']['en']}, so that {need['so_that']['en']}."
    ),
}


@dataclass
class _Loaded:
    """What was made so far, by the keys of the folder."""

    corpus: Corpus
    folder: Path
    by: Actor | None
    people: dict[str, Participant] = field(default_factory=dict)
    sources: dict[tuple[str, str], Source] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    passages: dict[tuple[str, str], Passage] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def load_folder(*, corpus: Corpus, folder: Path, by: Actor | None) -> dict[str, str]:
    """Everything in `folder`, and how its keys are called in this corpus.

    `finding:words_of_the_office` in the files of an example becomes `finding:<id>`.

    Raises:
        VuonError: a file cannot be read; KeyError, ValueError: the folder contradicts itself.
    """
    loaded = _Loaded(corpus, folder, by)
    listed = toml.read(folder / "sources.toml")
    _people(loaded, listed["participant"])
    for row in listed["source"]:
        _source(loaded, row)
    for row in toml.read(folder / "codebook.toml")["code"]:
        loaded.codes[row["key"]] = add_code(
            corpus=corpus,
            name=row["name"]["vi"],
            names=dict(row["name"]),
            definitions=dict(row["definition"]),
            letter=row["letter"],
            colour=row["colour"],
            by=by,
        )
    _spans(loaded)
    weighed = toml.read(folder / "findings.toml")
    for row in weighed["finding"]:
        _finding(loaded, row)
    for row in weighed["need"]:
        made = make_need(
            corpus=corpus,
            sentence="",
            words={language: _NEED[language](row) for language in LANGUAGES},
            findings=[loaded.findings[key] for key in row["from"]],
            by=by,
        )
        loaded.refs[f"need:{row['key']}"] = made.ref
    record(by=by, verb="loaded", kind="corpus", object_id=corpus.pk, sources=len(loaded.sources))
    searching.forget(corpus.pk)
    return loaded.refs


def _people(loaded: _Loaded, rows: list[Mapping[str, Any]]) -> None:
    for row in rows:
        who = Participant.objects.create(
            corpus=loaded.corpus,
            called=dict(row["pseudonym"]),
            segment=row["segment"],
            group=row["group"],
            label=row["key"].upper(),
        )
        loaded.people[row["key"]] = who
        given = row["consent"]
        who.consents.create(
            scopes=sorted(Scope(scope).value for scope in given["scopes"]),
            method=given["method"],
            given=given["given"],
        )


def _source(loaded: _Loaded, row: Mapping[str, Any]) -> None:
    """A source and its translation; a sheet has the rows that were counted."""
    key, first = row["key"], None
    for language in LANGUAGES:
        first = loaded.sources[key, language] = add_source(
            corpus=loaded.corpus,
            kind=row["kind"],
            titles=row["title"],
            text=(loaded.folder / "texts" / f"{key}.{language}.txt").read_text("utf-8"),
            places=row["place"],
            collected=row["collected"],
            language=language,
            basis="" if row["basis"] == "consent" else row["basis"],
            voices=[Voice(known=loaded.people[who]) for who in row["participants"]],
            checked=True,
            translation_of=first,
            by=loaded.by,
        )
    loaded.refs[f"source:{key}"] = f"source:{loaded.sources[key, 'vi'].pk}"
    if name := row.get("sheet"):
        sheet = observation.read((loaded.folder / "sheets" / name).read_text("utf-8"), name)
        rows = [(f"{n}", each) for n, each in enumerate(sheet.rows)]
        add_rows(source=loaded.sources[key, "vi"], rows=rows, by=loaded.by)
        loaded.refs[f"observation:{key}"] = f"observation:{loaded.sources[key, 'vi'].pk}"


def _spans(loaded: _Loaded) -> None:
    """The coded passages; the row after a Vietnamese one is its translation."""
    with (loaded.folder / "spans.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first = None
    for row in rows:
        original = first if row["language"] == "en" else None
        code = loaded.codes[row["code"]]
        first = _mark(loaded, row["source"], row["language"], row["quote"], code, original)


def _mark(
    loaded: _Loaded,
    key: str,
    language: str,
    quote: str,
    code: Code | None = None,
    original: Passage | None = None,
    against: bool = False,
) -> Passage:
    """The passage of a quote; the same words with another label get that label too."""
    known = loaded.passages.get((key, quote))
    if known is not None:
        if code is not None:
            known.codings.get_or_create(code=code, defaults={"author": loaded.by})
        return known
    source = loaded.sources[key, language]
    text = source.versions.get().text
    quote = clean(quote).text
    start = text.index(quote)
    made = mark(
        source=source,
        client="",
        start=start,
        end=start + len(quote),
        code=code,
        against=against,
        translation_of=original,
        by=loaded.by,
    )
    loaded.passages[key, quote] = made
    return made


def _finding(loaded: _Loaded, row: Mapping[str, Any]) -> None:
    against: dict[str, Mapping[str, str]] = {}
    for each in row["against"]:
        found = _mark(loaded, each["source"], "vi", each["quote_vi"], against=True)
        _mark(loaded, each["source"], "en", each["quote_en"], original=found, against=True)
        against[f"passage:{found.pk}"] = dict(each["why"])
    behind = [loaded.passages[each["source"], each["quote_vi"]] for each in row["quotes"]]
    made = make_finding(
        corpus=loaded.corpus,
        statement="",
        statements=dict(row["statement"]),
        kind=row["kind"],
        for_=[f"passage:{each.pk}" for each in behind],
        against=against,
        by=loaded.by,
    )
    for link in Link.objects.filter(upper=made.ref, relation="contradicts"):
        link.whys, link.answered = against[link.lower], True
        link.save(update_fields=("whys", "answered"))
    if row["counter_searched"]:
        made.searched = timezone.now()
        made.save(update_fields=("searched",))
    loaded.findings[row["key"]] = made
    loaded.refs[f"finding:{row['key']}"] = made.ref
