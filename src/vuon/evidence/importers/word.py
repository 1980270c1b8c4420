"""Word files: paragraphs, lists, tables and notes as text; nothing in them is ever run.

This file looks at the archive and says what was not read; `word_page.py` gathers the words.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from vuon.errors import N_, VuonError, Words
from vuon.evidence.importers import Raw, locked, refused, unknown
from vuon.evidence.importers.word_page import Page, attribute, damaged

MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 100
MOST_ENTRIES = 5_000
#: An archive that unpacks to no more than this is no bomb, however well it is packed.
_SMALL = 1024 * 1024
_DOCUMENT = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
#: What the archive reader of the standard library raises for broken ones.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, IndexError),
)


def macros() -> VuonError:
    """The error for a file that brings programs of its own."""
    return refused(
        "macros",
        N_("The file holds macros, which could do anything, so it is not opened."),
        N_("Save it in Word as .docx without macros."),
    )


def read(content: bytes) -> Raw:
    """The text of a .docx file; insertions that wait for approval are taken, deletions left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(_looked_at(content))) as archive:
            names = _parts(archive, len(content))
            page = Page(_listed(archive, names))
            _parse(archive, names["document"], page)
            notes = Page(frozenset())
            for part in ("footnotes", "endnotes"):
                if part in names:
                    _parse(archive, names[part], notes)
    except (expat.ExpatError, *_BROKEN):
        raise damaged() from None
    said = [f"[{nth}] {notes.notes.get(each, '')}" for nth, each in enumerate(page.references, 1)]
    return Raw("\n\n".join([*page.blocks, *said]), tuple(_told(page)))


def _told(page: Page) -> list[Words]:
    """What a person should know about the reading."""
    told = []
    seen = page.seen
    if seen["ins"] or seen["del"]:
        sentence = N_("Tracked changes: {added} insertions were taken, {gone} deletions left out.")
        told.append(Words(sentence, {"added": seen["ins"], "gone": seen["del"]}))
    for name, sentence in (
        ("comment", N_("{count} comments were not read.")),
        ("picture", N_("{count} pictures were not read.")),
        ("hidden", N_("{count} passages of hidden text were left out.")),
    ):
        if seen[name]:
            told.append(Words(sentence, {"count": seen[name]}))
    return told


def _looked_at(content: bytes) -> bytes:
    """The archive, after a look at how long its directory says it is, before that is read."""
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or int.from_bytes(content[end + 12 : end + 16], "little") > 500 * MOST_ENTRIES:
        raise damaged()
    return content


def _parts(archive: zipfile.ZipFile, packed: int) -> dict[str, str]:
    """The names of the parts that are read, after looking at the archive from outside."""
    entries = archive.infolist()
    size = sum(entry.file_size for entry in entries)
    if (
        len(entries) > MOST_ENTRIES
        or size > MOST_UNPACKED
        or (size > _SMALL and size > MOST_RATIO * packed)
    ):
        raise refused(
            "bomb",
            N_("The file would swell to {size} MB when unpacked, so it is not opened."),
            N_("Copy the text you need and paste it here."),
            size=round(size / 1024 / 1024),
        )
    names = {entry.filename.lower(): entry.filename for entry in entries}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise macros()
    if any(entry.flag_bits & 1 for entry in entries):
        raise locked()
    return _named(archive, names)


def _named(archive: zipfile.ZipFile, names: dict[str, str]) -> dict[str, str]:
    """Where the document and its notes lie: the list of contents says it."""
    if "[content_types].xml" not in names:
        raise unknown("zip") if "mimetype" in names or len(names) == 0 else damaged()
    kinds: dict[str, str] = {}

    def start(_: str, attributes: dict[str, str]) -> None:
        part = attributes.get("PartName", "").lstrip("/").lower()
        kind = attributes.get("ContentType", "")
        if "macroenabled" in kind.lower():
            raise macros()
        if kind.endswith(_DOCUMENT):
            kinds["document"] = part
        for name in ("styles", "footnotes", "endnotes"):
            if kind.endswith(f"wordprocessingml.{name}+xml"):
                kinds[name] = part

    _attributes(archive, names["[content_types].xml"], start)
    if "document" not in kinds:
        raise unknown("zip")
    if kinds["document"] not in names:
        raise damaged()
    return {kind: names[part] for kind, part in kinds.items() if part in names}


def _stream(
    archive: zipfile.ZipFile,
    name: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    characters: Callable[[str], None],
    most: int = MOST_UNPACKED,
) -> None:
    """Run through a part; one with a document type is refused, as entities swell without end."""
    if archive.getinfo(name).file_size > most:
        raise damaged()

    def refuse(*_: object) -> None:
        raise damaged()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    with archive.open(name) as part:
        parser.ParseFile(part)


def _attributes(
    archive: zipfile.ZipFile, name: str, start: Callable[[str, dict[str, str]], None]
) -> None:
    """Run through a small part of which only the attributes matter."""
    _stream(archive, name, start, lambda _: None, lambda _: None, _SMALL * 10)


def _listed(archive: zipfile.ZipFile, names: dict[str, str]) -> frozenset[str]:
    """The styles that make a paragraph an item of a list."""
    found: set[str] = set()
    headings: set[str] = set()  # numbered headings are no items of a list
    style = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "style":
            style[0] = attribute(attributes, "styleId")
        elif local == "numPr" and style[0]:
            found.add(style[0])
        elif local == "outlineLvl":
            headings.add(style[0])

    if "styles" in names:
        _attributes(archive, names["styles"], start)
    return frozenset(found - headings)


def _parse(archive: zipfile.ZipFile, name: str, page: Page) -> None:
    _stream(archive, name, page.start, page.end, page.characters)
    page.finish()
