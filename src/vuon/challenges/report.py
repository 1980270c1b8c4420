"""What a document holds, what is missing in it, and what was irregular, counted.

The last line of every report reads: answers found N, with text M, lost at source K, issues by
severity.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vuon.challenges.codes import issue
from vuon.challenges.document import Document, Issue
from vuon.challenges.forms import forms, norm
from vuon.challenges.markdown import encode, read
from vuon.errors import N_, Words

SEVERITIES = ("note", "repaired", "lost")
SEVERITY_WORDS = {"note": N_("note"), "repaired": N_("repaired"), "lost": N_("lost")}
#: Tags that a plan or an experiment can hardly do without.
_WANTED_TAGS = {
    "opening": ("country", "year", "methods", "datasources", "sdgs"),
    "closing": ("country", "year", "methods", "datasources"),
    "experiment": ("country", "year", "sdgs"),
}
TAG_LABELS = {
    "country": ("country", "quốc gia"),
    "year": ("year", "năm"),
    "methods": ("methods", "phương pháp"),
    "datasources": ("data sources", "nguồn dữ liệu"),
    "sdgs": ("sustainable development goals", "mục tiêu phát triển bền vững"),
}


@dataclass(frozen=True)
class Missing:
    """Something that the form asks for and the document does not give: a prompt or a tag."""

    key: str
    label_en: str
    label_vi: str

    def label(self, language: str = "en") -> str:
        """What is missing, in `language`."""
        return self.label_vi if language == "vi" else self.label_en


@dataclass(frozen=True)
class Report:
    """The counts of one document.

    Attributes:
        found: answers found, given or not.
        with_text: answers with anything in them.
        lost_at_source: answers that the exporter of the Commons never writes.
        dropped: personal answers that were dropped.
        issues: what was irregular.
        missing: what the form asks for and nothing answers.
        kept: the file comes back byte for byte and every answer with it. If not, *we* lost
            something: that must never happen.
    """

    kind: str
    title: str
    found: int
    with_text: int
    lost_at_source: int
    dropped: int
    issues: tuple[Issue, ...]
    missing: tuple[Missing, ...]
    kept: bool

    def count(self, severity: str) -> int:
        """How many issues have this severity."""
        return sum(known.severity == severity for known in self.issues)

    @property
    def summary(self) -> Words:
        """The counts in one line."""
        return Words(
            N_(
                "Answers found {found}, with text {text}, lost at source {lost}; "
                "notes {notes}, repaired {repaired}, lost {gone}."
            ),
            {
                "found": self.found,
                "text": self.with_text,
                "lost": self.lost_at_source,
                "notes": self.count("note"),
                "repaired": self.count("repaired"),
                "gone": self.count("lost"),
            },
        )


def check(document: Document, content: bytes | None = None) -> Report:
    """The counts of a document, and whether everything comes back.

    Args:
        document: as read, or after personal data was dropped.
        content: the bytes it was read from, to compare with; without them only the answers are
            compared, before and after writing.

    >>> from vuon.challenges.plan import new
    >>> report = check(new("opening", "Shorter queues", "en"))
    >>> report.with_text, report.kept, report.missing[0].label("vi")
    (1, True, 'Thách thức')
    """
    answers = document.every_answer
    return Report(
        kind=document.kind,
        title=document.title,
        found=len(answers),
        with_text=sum(answer.is_given for answer in answers),
        lost_at_source=sum(answer.lost_at_source for answer in answers),
        dropped=sum(answer.dropped for answer in answers),
        issues=document.issues,
        missing=missing_in(document),
        kept=comes_back(document, content),
    )


def comes_back(document: Document, content: bytes | None = None) -> bool:
    """Whether writing gives the same bytes (R1), and reading them the same answers (R2, R4)."""
    written = encode(document)
    if content is not None and written != content:
        return False
    again = read(written, "")
    return again.blocks == document.blocks and again.sections == document.sections


def missing_in(document: Document) -> tuple[Missing, ...]:
    """What the form asks for and the document does not give, in the order of the form.

    Prompts whose answers the exporter loses, notes, and prompts of older forms are not missed;
    nor are pictures and links of experiments.
    """
    form = forms().get(document.form)
    if form is None or document.kind not in _WANTED_TAGS:
        return ()
    given = {answer.prompt_id for answer in document.every_answer if answer.is_given}
    given |= {answer.prompt_id for answer in document.every_answer if answer.dropped}
    found = []
    for section in form.sections:
        for key in section.prompts:
            prompt = form.prompts[key]
            if prompt.is_lost or prompt.former or prompt.kind in ("holder", "note"):
                continue
            if prompt.optional or key in given:
                continue
            if prompt.tag and document.tag_values(prompt.tag):
                continue
            found.append(Missing(key, prompt.label_en, prompt.label_vi))
    found += [
        Missing(key, *TAG_LABELS[key])
        for key in _WANTED_TAGS[document.kind]
        if not document.tag_values(key)
    ]
    return tuple(dict.fromkeys(found))


def doubles(documents: Mapping[str, Document]) -> dict[str, tuple[Issue, ...]]:
    """For each file the issues about its doubles: D1 (same bytes or title) and D2 (twins).

    Twins are experiments whose titles differ only in how "&" is written; they can hold the two
    halves of one experiment. Nothing is dropped, ever: a person compares.

    Args:
        documents: by the name of their file.
    """
    by_content: dict[str, list[str]] = {}
    by_title: dict[tuple[str, str], list[str]] = {}
    for name, document in documents.items():
        by_content.setdefault(document.content, []).append(name)
        by_title.setdefault((document.kind, norm(document.title)), []).append(name)
    found: dict[str, list[Issue]] = {name: [] for name in documents}
    for names in by_content.values():
        for name in names:
            others = [other for other in names if other != name]
            if others:
                found[name].append(issue("D1.same", 0, other=", ".join(others)))
    for names in by_title.values():
        for name in names:
            for other in names:
                if documents[other].content != documents[name].content:
                    twins = _raw_title(documents[other]) != _raw_title(documents[name])
                    found[name].append(issue("D2" if twins else "D1.title", 0, other=other))
    return {name: tuple(issues) for name, issues in found.items()}


def _raw_title(document: Document) -> str:
    return next((block.raw for block in document.blocks if block.kind == "title"), "")


def _cell(value: object) -> str:
    """A value for a table; one that a spreadsheet would take for a formula is quoted."""
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def to_csv(reports: Mapping[str, Report], language: str = "en") -> str:
    """The reports as CSV: a row for each count, each issue and each missing answer of each file.

    Columns: file, what (answers, with_text, lost_at_source, kept, issue, missing), count, code,
    line, severity, message.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["file", "what", "count", "code", "line", "severity", "message"])
    for name, report in reports.items():
        for row in _rows(report, language):
            table.writerow([_cell(value) for value in (name, *row)])
    return out.getvalue()


def _rows(report: Report, language: str) -> Iterable[tuple[object, ...]]:
    yield "answers", report.found, "", "", "", ""
    yield "with_text", report.with_text, "", "", "", ""
    yield "lost_at_source", report.lost_at_source, "", "", "", ""
    yield "kept", int(report.kept), "", "", "", ""
    for known in report.issues:
        yield "issue", 1, known.code, known.line, known.severity, known.say(language)
    for gap in report.missing:
        yield "missing", 1, gap.key, "", "", gap.label(language)


def totals(reports: Iterable[Report]) -> Counter[str]:
    """The counts of many reports added up: answers, with_text, lost_at_source, and severities."""
    counts: Counter[str] = Counter()
    for report in reports:
        counts["answers"] += report.found
        counts["with_text"] += report.with_text
        counts["lost_at_source"] += report.lost_at_source
        for severity in SEVERITIES:
            counts[severity] += report.count(severity)
    return counts
