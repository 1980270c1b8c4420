"""Footnotes in a Word file: a part of their own, referenced from the text.

The library that writes Word files has none, so the part is written here, by the standard
(ECMA-376, part 1, 17.11).
"""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from lxml import etree

from vuon.documents.parts import printable

TEXT_STYLE, MARK_STYLE = "FootnoteText", "FootnoteReference"
SIZE = 10
# The lines that part the notes from the text; every file with notes must have both.
_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}
# What may come next after the notes in the settings, by the order of the standard (17.15.1);
# every file of python-docx has `compat`.
_AFTER_NOTES = frozenset(
    ("endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang")
)


class Footnotes:
    """The footnotes of one document, collected while it is written; `keep` puts them into it."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._notes: list[str] = []

    def add(self, paragraph: Any, text: str) -> int:
        """The number, from 1, of a new note that says `text`.

        The reference is put at the end of `paragraph` as it stands.
        """
        self._notes.append(" ".join(printable(text).split()))
        number = len(self._notes)
        reference = _marked("footnoteReference")
        reference[-1].set(qn("w:id"), str(number))
        paragraph._p.append(reference)
        return number

    def keep(self) -> None:
        """Put the notes into the file; a document without any is left as it is."""
        if not self._notes:
            return
        self._add_styles()
        self._name_separators()
        root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for number, kind in _SEPARATORS.items():
            root.append(_separator(number, kind))
        for number, text in enumerate(self._notes, 1):
            root.append(_note(number, text))
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        main = self._document.part
        name = PackURI("/word/footnotes.xml")
        part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, content, main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _add_styles(self) -> None:
        """The two styles that Word itself gives to notes."""
        styles = self._document.styles
        text: Any = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.element.set(qn("w:styleId"), TEXT_STYLE)
        text.base_style = styles["Normal"]
        text.font.size = Pt(SIZE)
        text.paragraph_format.space_after = Pt(0)
        text.paragraph_format.line_spacing = 1
        text.paragraph_format.first_line_indent = Pt(0)
        mark: Any = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
        mark.element.set(qn("w:styleId"), MARK_STYLE)
        mark.font.superscript = True

    def _name_separators(self) -> None:
        """The settings name the separators, else Word calls the file damaged."""
        settings = self._document.settings.element
        named = OxmlElement("w:footnotePr")
        for number in _SEPARATORS:
            each = OxmlElement("w:footnote")
            each.set(qn("w:id"), str(number))
            named.append(each)
        for child in settings:
            if etree.QName(child).localname in _AFTER_NOTES:
                child.addprevious(named)
                return
        settings.append(named)


def _marked(name: str) -> Any:
    """A run that shows the number of a note."""
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    style = OxmlElement("w:rStyle")
    style.set(qn("w:val"), MARK_STYLE)
    properties.append(style)
    run.append(properties)
    run.append(OxmlElement(f"w:{name}"))
    return run


def _separator(number: int, kind: str) -> Any:
    note = _empty(number)
    note.set(qn("w:type"), kind)
    paragraph = OxmlElement("w:p")
    run = OxmlElement("w:r")
    run.append(OxmlElement(f"w:{kind}"))
    paragraph.append(run)
    note.append(paragraph)
    return note


def _empty(number: int) -> Any:
    note = OxmlElement("w:footnote")
    note.set(qn("w:id"), str(number))
    return note


def _note(number: int, text: str) -> Any:
    note = _empty(number)
    paragraph = OxmlElement("w:p")
    own = OxmlElement("w:pPr")
    style = OxmlElement("w:pStyle")
    style.set(qn("w:val"), TEXT_STYLE)
    own.append(style)
    paragraph.append(own)
    paragraph.append(_marked("footnoteRef"))
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.set(qn("xml:space"), "preserve")
    words.text = f" {text}"
    run.append(words)
    paragraph.append(run)
    note.append(paragraph)
    return note
