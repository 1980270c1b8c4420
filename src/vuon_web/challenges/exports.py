"""A plan as a file to take along: Markdown in the Commons' form, Word, PDF."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils import formats, timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vuon.challenges.document import Document
from vuon.challenges.markdown import write
from vuon.documents import Bullets, Heading, Note, Paragraph, Part, Report, pdf, word
from vuon.vietnamese import fold
from vuon_web.challenges import pages, queries
from vuon_web.challenges.models import Challenge, Plan
from vuon_web.labs.queries import watermark

KINDS = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def made(challenge: Challenge, plan: Plan, kind: str, language: str) -> tuple[bytes, str, str]:
    """The file, its media type and its name."""
    found = queries.document(plan)
    stem = slugify(fold(challenge.title))[:60].strip("-") or "vuon"
    name = f"{stem}-{plan.form}-{plan.language}.{kind}"
    if kind == "md":
        return write(found).encode(), KINDS[kind], name
    report = Report(
        title=challenge.called,
        language=language,
        parts=tuple(parts(plan, found, language)),
        watermark=watermark(challenge.stands_for),
        footer=footer(),
    )
    return (word if kind == "docx" else pdf)(report), KINDS[kind], name


def footer() -> str:
    """The line at the foot of what is taken along: from where, and of which day."""
    day = formats.date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
    return _("Taken from Vuon on {day}").format(day=day)


def parts(
    plan: Plan, found: Document, language: str, without: Collection[str] = ("name",)
) -> list[Part]:
    """The answers of a plan as parts of a report; what can be answered and is not shows dots.

    `without` are prompts that the report tells elsewhere: its title, its table of partners.
    """
    made: list[Part] = []
    if plan.form == "opening":
        for row in pages.tag_rows(found, language):
            if row["values"]:
                values = ", ".join(str(value["label"]) for value in row["values"])
                made.append(Paragraph(f"{row['label']}: {values}"))
    for section in pages.sections(plan, found, language):
        told = [
            answer
            for answer in section["answers"]
            if answer["prompt_id"] not in without and not answer["lost_at_source"]
        ]
        if told:
            made.append(Heading(str(section["label"]), 1))
        for answer in told:
            made.append(Heading(str(answer["label"]), 2))
            made += _answer(answer)
    return made


def _answer(answer: dict[str, Any]) -> list[Part]:
    if answer["conflict"]:
        two = [Paragraph(version.shown) for version in answer["conflict"]]
        return [Note(_("Two texts stand here; both are kept.")), *two]
    if answer["choices"]:
        return [Bullets(tuple(map(str, answer["choices"])))]
    if answer["text"]:
        return [Paragraph(p) for p in answer["text"].split("\n\n") if p.strip()]
    return [Note("……")]
