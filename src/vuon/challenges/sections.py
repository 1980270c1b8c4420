"""Sections that a document may gain: ours, beside those of the public form."""

from __future__ import annotations

from vuon.challenges.document import Document
from vuon.challenges.edit import blocks_of, reread
from vuon.challenges.forms import forms
from vuon.challenges.spacing import section_lines


def with_section(document: Document, title: str) -> Document:
    """The document with the section of its form called `title`, added at the end if it lacks it.

    Raises:
        ValueError: the document's form has no such section.

    >>> from vuon.challenges.plan import new
    >>> framed = with_section(new("opening", "Queues", "en"), "Frame")
    >>> framed.answers("frame_who")[0].key, with_section(framed, "Frame") is framed
    ('frame_who#1', True)
    """
    form = forms().get(document.form)
    section = form.section_of(title) if form else None
    if form is None or section is None:
        raise ValueError(f"no section {title!r} in a document of kind {document.kind!r}")
    if any(form.section_of(each.title) == section for each in document.sections):
        return document
    added = blocks_of(section_lines(form, section))
    return reread(document, [*document.blocks, *added])
