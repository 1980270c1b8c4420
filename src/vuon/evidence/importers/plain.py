"""Text files, in whatever encoding they are; a guess is said."""

from __future__ import annotations

import codecs

from vuon.errors import N_, Words
from vuon.evidence.importers import Raw, refused

#: More control characters than one in so many say that it is no text.
_FEW_CONTROLS = 100


def read(content: bytes) -> Raw:
    """The text of a .txt or .md file: UTF-8, UTF-16, else Vietnamese Windows text (1258).

    >>> read(b"M\\xf4\\xf2t c\\xfd\\xd2a").notes[0].fields["encoding"]
    'Windows-1258'
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(content.decode("utf-16", "replace"))
    try:
        return _checked(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    torn = content.decode("utf-8", "replace")
    places = torn.count("\ufffd")
    if 10 * places < sum(sign > "\x7f" for sign in torn):
        told = N_("{count} places of the file are damaged and are shown as \ufffd.")
        return Raw(_checked(torn).text.removeprefix("\ufeff"), (Words(told, {"count": places}),))
    encoding, shown = _guessed(content)
    note = N_("The file is not in UTF-8; it was read as {encoding}. Look at its accents.")
    text = _checked(content.decode(encoding, "replace")).text
    return Raw(text, (Words(note, {"encoding": shown}),))


def _guessed(content: bytes) -> tuple[str, str]:
    """The encoding of bytes without a mark: where every other one is zero, it is UTF-16."""
    head = content[:4096]
    zeros = head[1::2].count(0), head[0::2].count(0)
    for nth, encoding in enumerate(("utf-16-le", "utf-16-be")):
        if zeros[nth] > len(head) // 8 > 10 * zeros[1 - nth]:
            return encoding, "UTF-16"
    return "cp1258", "Windows-1258"


def _checked(text: str) -> Raw:
    """The text; what is full of controls is a picture or a program that is called text."""
    head = text[:100_000]
    controls = sum(head.count(chr(code)) for code in (*range(9), *range(14, 32), 0xFFFD))
    if controls * _FEW_CONTROLS > len(head) + _FEW_CONTROLS:
        raise refused(
            "kind",
            N_("The file is called text, but it is none."),
            N_("Open it in the program it comes from and save it as text."),
        )
    return Raw(text)
