"""The text of a file, or a refusal that says what the file is and what to do.

Whatever the bytes, `encoded(*decoded(bytes))` gives the same bytes back. Bytes that are not
UTF-8 are kept as signs of a private range, one a byte, so that the text can be stored anywhere
(JSON, SQLite, PostgreSQL) and nothing is lost.
"""

from __future__ import annotations

import re

from vuon.challenges.clean import INVALID, INVALID_FIRST, INVALID_MARK
from vuon.errors import N_, VuonError, Where, Words

MAX_BYTES = 5_000_000
MAX_LINES = 20_000

_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")

_SAVE_AS_TEXT = N_(
    "Open it in the programme it was made with, save it as plain text or Markdown (.md) in "
    "UTF-8, and choose that file."
)
#: First bytes of files that people choose by mistake, and what they are.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", N_("a PDF document")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"BM", N_("a picture")),
    (b"II*\x00", N_("a picture")),
    (b"MM\x00*", N_("a picture")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", N_("an older Word, Excel or PowerPoint document")),
    (b"{\\rtf", N_("a rich-text document (RTF)")),
    (b"\x1f\x8b", N_("a compressed file")),
    (b"7z\xbc\xaf\x27\x1c", N_("a compressed file")),
    (b"Rar!", N_("a compressed file")),
    (b"SQLite format 3\x00", N_("a database")),
    (b"\x7fELF", N_("a programme")),
    (b"MZ", N_("a programme")),
)
_NEEDS_BINARY = {b"BM", b"MZ"}
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"word/", N_("a Word document (.docx)")),
    (b"xl/", N_("an Excel workbook (.xlsx)")),
    (b"ppt/", N_("a PowerPoint presentation (.pptx)")),
    (b"opendocument", N_("a LibreOffice document")),
)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"


def too_large(size: int, name: str) -> VuonError:
    """The refusal of a file of `size` bytes."""
    return VuonError(
        "plan.too_large",
        Words(
            N_("The file has {size}; a plan can have at most {limit}."),
            {"size": _size(size), "limit": _size(MAX_BYTES)},
        ),
        Words(N_("Choose the plan itself; keep pictures and attachments outside the file.")),
        where=Where(name),
    )


def _zip_kind(content: bytes) -> Words:
    for mark, kind in _ZIPPED:
        if mark in content[:4000] or mark in content[-4000:]:
            return Words(kind)
    return Words(N_("a zip archive"))


def _binary(content: bytes, name: str, kind: Words) -> VuonError:
    do = Words(_SAVE_AS_TEXT)
    if kind.sentence in ("a zip archive", "a compressed file"):
        do = Words(N_("Unpack it first, then choose the .md file inside."))
    return VuonError(
        "plan.binary",
        Words(N_("This is not a text: it is {kind}."), {"kind": kind}),
        do,
        where=Where(name),
    )


def _refuse_binary(content: bytes, name: str) -> None:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        raise _binary(content, name, _zip_kind(content))
    for signature, kind in _SIGNATURES:
        if content.startswith(signature) and (
            signature not in _NEEDS_BINARY or b"\x00" in content[:4000]
        ):
            raise _binary(content, name, Words(kind))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        raise _binary(content, name, Words(N_("a picture")))


def _unreadable(name: str, line: int) -> VuonError:
    return VuonError(
        "plan.binary",
        Words(N_("This is not a text: it holds signs that no text has.")),
        Words(_SAVE_AS_TEXT),
        where=Where(name, line),
    )


def decoded(content: bytes, name: str) -> tuple[str, str, str]:
    """The text with plain newlines, its encoding and its line end, for `encoded`.

    Args:
        content: the bytes of one file.
        name: its name, for messages.

    Returns:
        text, encoding ("utf-8", "utf-16-le" or "utf-16-be"), line end (newline, CR LF or CR).

    Raises:
        VuonError: "plan.too_large", "plan.too_long", "plan.empty", "plan.binary".
    """
    if len(content) > MAX_BYTES:
        raise too_large(len(content), name)
    _refuse_binary(content, name)
    encoding = "utf-8"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16-le" if content[:1] == b"\xff" else "utf-16-be"
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            raise _unreadable(name, 0) from error
    else:
        text = _decode_utf8(content)
    if "\x00" in text:
        raise _unreadable(name, text.count("\n", 0, text.index("\x00")) + 1)
    if not text.strip("\ufeff \t\r\n\xa0"):
        raise VuonError(
            "plan.empty",
            Words(N_("The file is empty.")),
            Words(N_("Choose another file, or start a new plan.")),
            where=Where(name),
        )
    newline, text = _plain_newlines(text)
    lines = text.count("\n") + 1
    if lines > MAX_LINES:
        raise VuonError(
            "plan.too_long",
            Words(
                N_("The file has {lines} lines; a plan can have at most {limit}."),
                {"lines": lines, "limit": MAX_LINES},
            ),
            Words(N_("Choose the plan itself, or split the file.")),
            where=Where(name),
        )
    return text, encoding, newline


def _decode_utf8(content: bytes) -> str:
    try:
        text = content.decode("utf-8")
        if INVALID_MARK not in text:
            return text
    except UnicodeDecodeError:
        text = content.decode("utf-8", "surrogateescape")
    # the mark itself is kept byte by byte, so that both survive
    text = text.replace(
        INVALID_MARK, INVALID_MARK.encode("utf-8").decode("ascii", "surrogateescape")
    )
    return _ESCAPED_BYTE.sub(
        lambda found: INVALID_MARK + chr(ord(found[0]) - 0xDC00 + INVALID_FIRST), text
    )


def _plain_newlines(text: str) -> tuple[str, str]:
    pairs = text.count("\r\n")
    if pairs and pairs == text.count("\n"):
        return "\r\n", text.replace("\r\n", "\n")
    if "\r" in text and "\n" not in text:
        return "\r", text.replace("\r", "\n")
    return "\n", text


def encoded(text: str, encoding: str, newline: str) -> bytes:
    """The bytes that `decoded` made the text from."""
    if newline != "\n":
        text = text.replace("\n", newline)
    if encoding != "utf-8":
        return text.encode(encoding)
    if INVALID_MARK not in text:
        return text.encode("utf-8")
    escaped = INVALID.sub(lambda found: chr(ord(found[0][1]) - INVALID_FIRST + 0xDC00), text)
    return escaped.encode("utf-8", "surrogateescape")
