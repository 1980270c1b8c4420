"""What a person reads, from what stands in a file, and back: cleaning and escaping of text.

The raw text of a document is never changed by reading it. A *view* of it is: entities are
unescaped, leftovers of HTML taken out, odd spaces made plain. Text that somebody writes in Vuon
is put into a file so that reading it gives exactly that text again; where a line would be taken
for a prompt, a heading, a tag, a group, a link, a picture or a choice, a backslash before its
first sign says "this is text", as everywhere in Markdown.
"""

from __future__ import annotations

import html
import re

#: A byte that is not UTF-8 stands in the raw text as this sign and U+10F700 + byte, in views as
#: U+FFFD. The sign itself is kept as its bytes, so that every file comes back.
INVALID_MARK = "\U0010fffd"
INVALID_FIRST = 0x10F700
INVALID = re.compile(f"{INVALID_MARK}[\U0010f780-\U0010f7ff]")
REPLACEMENT = "\ufffd"

#: Spaces of other widths; a person reads them as spaces.
SPACES = "\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
#: Invisible signs that carry no meaning; the joiners U+200C and U+200D do and are kept.
ZERO_WIDTH = "\u200b\u2060\ufeff\xad"
#: Signs that make a text worth cleaning; looking for one sign at a time is quicker than a pattern.
_SUSPECT = ("&", "<", "\\", "\r", INVALID_MARK, *SPACES, *ZERO_WIDTH)
_STORABLE = re.compile("[\x00\ud800-\udfff]")

_NAMES = (
    "a|abbr|article|aside|b|big|blockquote|body|br|button|center|cite|code|col|dd|del|div|dl|dt|em|"
    "figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|"
    "label|li|link|main|mark|meta|nav|object|ol|option|p|pre|s|script|section|select|small|span|"
    "strike|strong|style|sub|sup|svg|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul|video|wbr"
)
TAG = re.compile(rf"<!--[^<>]*-->|</?(?:{_NAMES}|o:p)(?:\s[^<>]*)?/?>", re.IGNORECASE | re.DOTALL)
_BREAKS = re.compile(
    r"</?(?:br|p|div|li|tr|h[1-6]|ul|ol|table|blockquote)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
CID = re.compile(r"\(cid:(\d+)\)")
#: In text copied out of a PDF a letter can be left as its number; đ and Đ are the usual ones.
_CID_LETTERS = {"272": "Đ", "273": "đ"}

_HAZARD = r"[<&>#\[\-!*]|\((?=cid:)"
# Both begin only where a run of backslashes does; from each of its signs on would be quadratic.
_ESCAPED = re.compile(rf"(?<!\\)\\(\\*)({_HAZARD})")
_HELD = re.compile("[\ud800-\ud87f]")
_TRAILING = re.compile(r"[ \t]+(?=\n)")
_MANY_NEWLINES = re.compile(r"\n{3,}")

_MUST_ESCAPE = re.compile(
    r"(?<!\\)\\+(?=[<&>#\[\-!*]|\(cid:)"
    r"|(?<!\\)(?:<(?=[A-Za-z/!])|&(?=[#A-Za-z][0-9A-Za-z]*;)|\((?=cid:))"
    r"|^(?:[>#]|!(?=\[)|\*(?=\*)|\[(?=\[|https?:|www\.|file:|(?=.*\)$).*\]\())",
    re.MULTILINE,
)
_MUST_ESCAPE_ITEM = re.compile(r"^-(?= |$)", re.MULTILINE)


def tidy(text: str) -> str:
    r"""The text without outer blank space, spaces at line ends and runs of three or more newlines.

    >>> tidy("  one  \n\n\n\ntwo\n")
    'one\n\ntwo'
    """
    if " \n" in text or "\t\n" in text:
        text = _TRAILING.sub("", text)
    if "\n\n\n" in text:
        text = _MANY_NEWLINES.sub("\n\n", text)
    return text.strip(" \t\n")


def _plain(text: str) -> str:
    if not text.isascii():
        for sign in SPACES:
            if sign in text:
                text = text.replace(sign, " ")
        for sign in ZERO_WIDTH:
            if sign in text:
                text = text.replace(sign, "")
        if INVALID_MARK in text:
            text = INVALID.sub(REPLACEMENT, text).replace(INVALID_MARK, REPLACEMENT)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def clean(raw: str) -> str:
    r"""What a person reads where `raw` stands in a file; spacing is left for `tidy`.

    Entities are unescaped up to three times (the archive holds triple escapes), HTML elements are
    taken out (a line break for those that break lines), no-break spaces become spaces, invisible
    signs vanish, `(cid:273)` becomes đ, and a backslash before a sign that would be structure goes.

    >>> clean("R&amp;amp;D<br>in <b>Hu\u1ebf</b>")
    'R&D\nin Huế'
    >>> clean(r"\> a quotation, 2 < 3")
    '> a quotation, 2 < 3'
    """
    if raw.isascii():
        if not ("&" in raw or "<" in raw or "\\" in raw or "\r" in raw or "(cid:" in raw):
            return raw
    elif not any(sign in raw for sign in _SUSPECT) and "(cid:" not in raw:
        return raw
    text = raw
    held = "\\" in text
    if held:
        text = _ESCAPED.sub(lambda found: found[1] + chr(0xD800 + ord(found[2])), text)
    for _ in range(3):
        if "&" not in text:
            break
        shorter = ENTITY.sub(lambda found: html.unescape(found[0]), text)
        if shorter == text:
            break
        text = shorter
    if "<" in text:
        text = TAG.sub("", _BREAKS.sub("\n", text))
    if "(cid:" in text:
        text = CID.sub(lambda found: _CID_LETTERS.get(found[1], found[0]), text)
    text = _plain(text)
    return _HELD.sub(lambda found: chr(ord(found[0]) - 0xD800), text) if held else text


def readable(raw: str) -> str:
    """What a person reads where `raw` stands in a file, cleaned and tidied."""
    return tidy(clean(raw))


def one_line(raw: str) -> str:
    r"""What a person reads, on one line.

    >>> one_line("a&nbsp; title\n")
    'a title'
    """
    return " ".join(clean(raw).split())


def writable(text: str) -> str:
    r"""The text as it will come back after writing and reading: the canonical form of an answer.

    Line ends become newlines, no-break spaces plain ones; signs that cannot be stored (NUL, halves
    of surrogate pairs) and invisible ones vanish; then as `tidy`. Idempotent.

    >>> writable("one\r\ntwo\x00")
    'one\ntwo'
    """
    return tidy(_plain(_STORABLE.sub("", text)))


def escape(text: str, *, items: bool = False) -> str:
    r"""The raw form of an answer: `readable(escape(text)) == text` for every `writable` text.

    Args:
        text: a `writable` text.
        items: lines beginning with "- " would be read as choices here, so escape them too.

    >>> print(escape("## not a heading\n&amp; stays, 2 < 3, <b> stays"))
    \## not a heading
    \&amp; stays, 2 < 3, \<b> stays
    """
    raw = _MUST_ESCAPE.sub(
        lambda found: found[0] + "\\" if found[0][0] == "\\" else "\\" + found[0], text
    )
    return _MUST_ESCAPE_ITEM.sub(r"\\-", raw) if items else raw
