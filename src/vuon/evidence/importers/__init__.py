"""Reading files as evidence: text only, hostile files refused in words, what was lost said.

One file for each kind. What a file begins with decides, then what it is called; where both
disagree, a note says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from vuon.errors import N_, VuonError, Words
from vuon.evidence.text import Block, blocks, clean

#: What can be read, by the endings of names.
KINDS = ("txt", "md", "docx", "html", "pdf")
LARGEST = 40 * 1024 * 1024
#: A text above so many characters is not evidence that a person can read.
LONGEST = 5_000_000

_SAME = {"text": "txt", "markdown": "md", "htm": "html", "xhtml": "html"}
_MACROS = ("docm", "dotm", "xlsm", "xltm", "pptm")


@dataclass(frozen=True)
class Imported:
    """What a file says, as clean text, and what a person should know about the reading.

    `media` are the sounds and pictures read with it, as (name, content): none so far.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str
    notes: tuple[Words, ...] = ()
    media: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True)
class Raw:
    """What the reader of one kind found, before it is cleaned."""

    text: str
    notes: tuple[Words, ...] = ()


def read(content: bytes, name: str) -> Imported:
    """The text of a file.

    Args:
        content: the whole file, at most 40 MB.
        name: what it is called; its ending says the kind, the rest becomes the title.

    Raises:
        VuonError: `evidence.too_large`, `evidence.empty`, `evidence.kind`, `evidence.locked`,
            `evidence.old_word`, `evidence.macros`, `evidence.bomb`, `evidence.damaged`,
            `evidence.scanned`, `evidence.too_long`, `evidence.no_pdf`: nothing was kept, and
            the words say what to do.

    >>> read("Chờ lâu.\\r\\nĐường xa.".encode(), "ghi_chep.txt").text
    'Chờ lâu.\\nĐường xa.'
    """
    if len(content) > LARGEST:
        raise refused(
            "too_large",
            N_("The file has {size} MB; at most {largest} MB can be read."),
            N_("Keep the part that matters, or copy its text here."),
            size=-(-len(content) // (1024 * 1024)),
            largest=LARGEST // (1024 * 1024),
        )
    if not content.strip(b"\0 \r\n\t"):
        raise refused("empty", N_("The file is empty."), N_("Choose another one."))
    reader, notes = _reader(content, _suffix(name))
    found = reader(content)
    if len(found.text) > LONGEST:
        raise too_long()
    cleaned = clean(found.text)
    if not cleaned.text:
        raise refused("empty", N_("There is no text in the file."), N_("Choose another one."))
    stem = PurePath(name.replace("\\", "/")).stem.replace("_", " ")
    title = " ".join(clean(stem).text.split())[:200]
    every = (*notes, *found.notes, *cleaned.notes)
    return Imported(cleaned.text, blocks(cleaned.text), title, every)


def refused(code: str, what: str, do: str, **fields: object) -> VuonError:
    """The error `evidence.<code>`."""
    return VuonError(f"evidence.{code}", Words(what, fields), Words(do, fields))


def locked() -> VuonError:
    """The error for a file that only a password opens."""
    return refused(
        "locked",
        N_("The file is locked by a password."),
        N_("Open it, take the password off, save it, and choose it again."),
    )


def too_long() -> VuonError:
    """The error for more text than a person can read."""
    return refused(
        "too_long",
        N_("The file holds more than five million characters of text."),
        N_("Divide it and read the parts."),
    )


def unknown(suffix: str) -> VuonError:
    """The error for a file of another kind, naming the kinds that can be read."""
    return refused(
        "kind",
        N_("Files of this kind ({suffix}) cannot be read."),
        N_("What can be read: {kinds}. Or copy the text and paste it here."),
        suffix=f".{suffix}" if suffix else "?",
        kinds=", ".join(f".{kind}" for kind in KINDS),
    )


def _suffix(name: str) -> str:
    suffix = PurePath(name.replace("\\", "/").lower()).suffix.lstrip(".")
    return _SAME.get(suffix, suffix)


def _reader(content: bytes, suffix: str) -> tuple[Callable[[bytes], Raw], tuple[Words, ...]]:
    """The reader for a file, and a note if it is not what it is called."""
    from vuon.evidence.importers import html, pdf, plain, word

    if suffix in _MACROS:
        raise word.macros()
    kind = _signed(content, suffix) or suffix or "txt"
    texts = {"txt": plain.read, "md": plain.read, "html": html.read}
    reader = {**texts, "docx": word.read, "pdf": pdf.read}.get(kind)
    if reader is None:
        raise unknown(kind)
    if kind == suffix or not suffix:
        return reader, ()
    note = N_("The file is called .{suffix}, but it is a .{kind} file and was read as one.")
    return reader, (Words(note, {"suffix": suffix, "kind": kind}),)


def _signed(content: bytes, suffix: str) -> str:
    """The kind that a file says it is by how it begins; empty if it does not say."""
    begins = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if begins.startswith(b"%pdf-"):
        return "pdf"
    if begins.startswith((b"pk\x03\x04", b"pk\x05\x06")):
        return "docx"  # its reader looks whether it is another kind of archive
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _old_office(content)
    if begins.startswith(b"{\\rtf"):
        return "rtf"
    # A note in text or Markdown may show the source of a page; that is what it says.
    if begins.startswith((b"<!doctype html", b"<html")) and suffix not in ("txt", "md"):
        return "html"
    return ""


def _old_office(content: bytes) -> VuonError:
    """A compound file: a locked .docx lies in one under this name, else it is an old file."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return locked()
    return refused(
        "old_word",
        N_("This is a file of an old kind of Office, such as .doc."),
        N_("Open it in Word and save it as .docx, or copy the text and paste it here."),
    )
