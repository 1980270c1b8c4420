"""A plan as a file to take along: Markdown in the Commons' form, Word, PDF."""

from __future__ import annotations

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
        title=challenge.title,
        language=language,
        parts=tuple(parts(plan, found, language)),
        watermark=watermark(challenge.lab),
        footer=footer(),
    )
    return (word if kind == "docx" else pdf)(report), KINDS[kind], name


def footer() -> str:
    """The line at the foot of what is taken along: from where, and of which day."""
    day = formats.date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
    return _("Taken from Vuon on {day}").format(day=day)


def parts(plan: Plan, found: Document, language: str) -> list[Part]:
    """The answers of a plan as parts of a report; what is empty says so."""
    made: list[Part] = []
    if plan.form == "opening":
        for row in pages.tag_rows(found, language):
            if row["values"]:
                values = ", ".join(str(value["label"]) for value in row["values"])
                made.append(Paragraph(f"{row['label']}: {values}"))
    for section in pages.sections(plan, found, language):
        if not section["answers"]:
            continue
        made.append(Heading(str(section["label"]), 1))
        for answer in section["answers"]:
            made.append(Heading(str(answer["label"]), 2))
            if answer["choices"]:
                made.append(Bullets(tuple(map(str, answer["choices"]))))
            elif answer["conflict"]:
                made.append(Note(_("Two texts stand here; both are kept.")))
                made += [Paragraph(version.shown) for version in answer["conflict"]]
            elif answer["text"]:
                made += [Paragraph(p) for p in answer["text"].split("\n\n") if p.strip()]
            else:
                made.append(Note("……"))
    return made
