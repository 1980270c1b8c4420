"""Text as evidence: made plain once, then never changed; positions are Unicode code points.

Positions count from 0, the end is exclusive. A browser counts UTF-16 units: `to_utf16` and
`from_utf16` stand at that border, and nowhere else is anything but code points used.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vuon.errors import N_, VuonError, Words
from vuon.vietnamese import fold

PARAGRAPH, TURN = "paragraph", "turn"

#: Marks that change the direction of reading; words can hide behind them.
_DIRECTION = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
#: Signs that show nothing: zero-width space, soft hyphen, byte-order mark, controls except tab
#: and line end, half surrogates, tags. The joiners of emoji (U+200C, U+200D) stay.
_UNSEEN = re.compile(
    "[\u200b\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x85\u2028]")
_PAGE_ENDS = re.compile("[\x0c\u2029]")
#: Blanks of other widths, each made one ordinary blank, so that a search finds across them.
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
#: The look back keeps a long row of blanks from being tried from each of them.
_TRAILING = re.compile(r"(?<![ \t])[ \t]+(?=\n|\Z)")


@dataclass(frozen=True)
class Cleaned:
    """A text as it is kept, and what was done to it that a person should know."""

    text: str
    notes: tuple[Words, ...] = ()


def clean(raw: str) -> Cleaned:
    """`raw` as it is kept: composed (NFC), LF line ends, nothing hidden, at most one blank line.

    Tabs and blanks at the start of a line stay; blanks at its end go. Cleaning twice is cleaning
    once. Marks of direction and other unseen signs are counted in the notes.

    >>> clean("\\ufeffHue\\u0302\\u0301\\r\\n\\r\\n\\r\\n\\r\\nchờ\\u202e lâu ").text
    'Huế\\n\\nchờ lâu'
    """
    text = _LINE_ENDS.sub("\n", _PAGE_ENDS.sub("\n\n", raw.removeprefix("\ufeff")))
    text, turned = _DIRECTION.subn("", text)
    text, unseen = _UNSEEN.subn("", text)
    # Composed only now: a hidden sign between a letter and its accent had kept them apart.
    text = unicodedata.normalize("NFC", _BLANKS.sub(" ", text))
    text = _TRAILING.sub("", text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip("\n")
    notes = []
    if turned:
        notes.append(
            Words(N_("{count} marks of reading direction were taken out."), {"count": turned})
        )
    if unseen:
        notes.append(Words(N_("{count} unseen signs were taken out."), {"count": unseen}))
    return Cleaned(text, tuple(notes))


class _Folds(dict[int, str]):
    """What each sign is without accents, found once."""

    def __missing__(self, sign: int) -> str:
        self[sign] = folded = fold(chr(sign))
        return folded


_FOLDS = _Folds()


def folded(text: str) -> str:
    """`text` without accents, đ and case, sign by sign: what `vuon.vietnamese.fold` does, faster.

    An accent that stands apart (NFD) becomes nothing, and a few foreign signs become two; all
    Vietnamese in composed form keeps its length.

    >>> folded("Đường xa")
    'duong xa'
    """
    return text.translate(_FOLDS)


@dataclass(frozen=True)
class Block:
    """A paragraph, or a turn of speech, from `start` to `end`.

    `kind` is "paragraph" or "turn"; `speaker` is empty for a paragraph. The name of the speaker
    stands within the block.
    """

    start: int
    end: int
    kind: str = PARAGRAPH
    speaker: str = ""


#: A name of at most 30 characters before a colon, at the start of a line: letters first, so that
#: times (8:30) are none; a blank after the colon, so that addresses (http://) are none.
_SPEAKER = re.compile(r"(?P<who>[^\W\d_][^:\n!?…;\"“”]{0,29}?) ?:(?=\s)")
#: Names such as P03, NV2 or A1, which are speakers wherever they start a line.
_CODED = re.compile(r"[^\W\d_]{1,4}\d{1,3}")


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text: what blank lines divide, or each line where there are none.

    A block that begins with a name and a colon is that person's turn. Within a block, a line that
    begins so with a name found twice, or with a code like P03, is the next turn: nobody's words
    are given to another.

    >>> text = "Người hỏi: Sao ạ?\\nP03: Chờ lâu.\\n\\nHết."
    >>> [(block.start, block.kind, block.speaker) for block in blocks(text)]
    [(0, 'turn', 'Người hỏi'), (18, 'turn', 'P03'), (33, 'paragraph', '')]
    """
    spans = _divided(text, "\n\n" if "\n\n" in text else "\n")
    names = Counter(
        who for start, end in _divided(text, "\n") if (who := _speaker(text, start, end))
    )
    found = []
    for start, end in spans:
        for first, last in _turns(text, start, end, names):
            who = _speaker(text, first, last)
            found.append(Block(first, last, TURN if who else PARAGRAPH, who))
    return tuple(found)


def _divided(text: str, by: str) -> list[tuple[int, int]]:
    """The stretches between dividers, without blanks at their ends; empty ones are left out."""
    found, at = [], 0
    while at <= len(text):
        end = text.find(by, at)
        end = len(text) if end < 0 else end
        start, stop = _trimmed(text, at, end)
        if start < stop:
            found.append((start, stop))
        at = end + len(by)
    return found


def _speaker(text: str, start: int, end: int) -> str:
    named = _SPEAKER.match(text, start, end)
    if not named:
        return ""
    who = named["who"].strip()
    # "Tôi nói rồi. Ổng trả lời: …" is a sentence, "ThS. Lan: …" a speaker.
    return who if len(sentences(who)) == 1 else ""


def _turns(text: str, start: int, end: int, names: Counter[str]) -> Iterator[tuple[int, int]]:
    began = start
    for first, last in _divided(text[start:end], "\n"):
        who = _speaker(text, start + first, start + last)
        if first and who and (names[who] > 1 or _CODED.fullmatch(who)):
            yield _trimmed(text, began, start + first)
            began = start + first
    yield _trimmed(text, began, end)


#: Short forms that end no sentence, in lower case, without their last point.
_SHORT = frozenset(
    (
        *("tp", "tx", "tt", "tw", "ths", "ts", "pgs", "gs", "bs", "ks", "ubnd", "hđnd", "mttq"),
        *("ttyt", "thpt", "thcs", "sđt", "đt", "vd", "stt"),
        *("mr", "mrs", "ms", "dr", "prof", "st", "vs", "e.g", "i.e", "approx"),
    )
)
#: Short forms of places: only with a capital, and before a name or a number (P. Bến Nghé, Q. 1).
_PLACES = frozenset(("P", "Q", "H", "X", "Đ", "T"))
#: Short forms that may also end a sentence: they do so before a capital letter.
_AND_SO_ON = frozenset(("v.v", "vv", "etc", "no"))
_STOP = re.compile(r"[.!?…]+(?P<closed>[\"”’»)\]]*)(?=\s|\Z)")
_AFTER = re.compile(r"\s*(\S)")


def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """The positions of the sentences of `text` between `start` and `end`, for marking by a tap.

    Decimals (2,1 or 1.234.567), short forms (TP. Huế), numbers of a list (1. …) and dots within
    a sentence (chờ… lâu) end none; a quotation that its sentence goes on after (“Sao?” chị hỏi)
    neither. A line end always ends one. Every character that is no blank lies in one sentence.

    >>> text = "Chờ 2,1 lần. Ở TP. Huế! “Sao lâu vậy?” chị hỏi."
    >>> [text[a:b] for a, b in sentences(text)]
    ['Chờ 2,1 lần.', 'Ở TP. Huế!', '“Sao lâu vậy?” chị hỏi.']
    """
    found, at = [], start
    for stop in _stops(text, start, len(text) if end is None else end):
        first, last = _trimmed(text, at, stop)
        if first < last:
            found.append((first, last))
        at = stop
    return tuple(found)


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    while start < end:
        line = text.find("\n", start, end)
        line = end if line < 0 else line
        for found in _STOP.finditer(text, start, line):
            after = _AFTER.match(text, found.end(), line)
            if not after or _ends(text, start, found, after[1]):
                yield found.end()
        yield line
        start = line + 1


def _ends(text: str, start: int, found: re.Match[str], after: str) -> bool:
    """Whether a sign of the line from `start` ends a sentence, when `after` is the next letter."""
    if after.islower() and (found["closed"] or found[0].startswith(("…", ".."))):
        return False
    if found[0] != ".":
        return True
    # A short form is short: looking further back would copy a long line at every point.
    before = text[max(start, found.start() - 20) : found.start()]
    word = before[before.rfind(" ") + 1 :].lstrip("(“\"‘'[")
    led = found.start() - len(word) - start
    if led <= 4 and (word.isdigit() or len(word) == 1) and not text[start : start + led].strip():
        return False  # the number of a list: "1. Chờ lâu"
    if word.lower() in _AND_SO_ON:
        return after.isupper()
    if word in _PLACES:
        return not (after.isupper() or after.isdigit())
    return word.lower() not in _SHORT


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """The range from `start` to `end` without blanks at its ends.

    Raises:
        VuonError: `evidence.outside` if the range does not lie in the text,
            `evidence.nothing_marked` if only blanks are left.

    >>> snap("  chờ lâu  ", 0, 11)
    (2, 9)
    """
    if not 0 <= start <= end <= len(text):
        raise _outside(len(text))
    start, end = _trimmed(text, start, end)
    if start == end:
        raise VuonError(
            "evidence.nothing_marked",
            Words(N_("Nothing is marked but blanks.")),
            Words(N_("Mark at least one word.")),
        )
    return start, end


def _outside(length: int) -> VuonError:
    return VuonError(
        "evidence.outside",
        Words(
            N_("The marked place is not in this text, which has {length} signs."),
            {"length": length},
        ),
        Words(N_("Load the page again and mark the words once more.")),
    )


def _beyond(text: str) -> list[int]:
    """Where the signs stand that take two UTF-16 units, emoji above all."""
    return [found.start() for found in re.finditer("[\U00010000-\U0010ffff]", text)]


def to_utf16(text: str, positions: Iterable[int]) -> tuple[int, ...]:
    """The `positions`, in code points of `text`, counted in UTF-16 units as a browser does.

    Raises:
        VuonError: `evidence.outside` for a position before 0 or after the end of the text.

    >>> to_utf16("lâu 🌱 ở", [4, 5, 7])
    (4, 6, 8)
    """
    wide, found = _beyond(text), []
    for position in positions:
        if not 0 <= position <= len(text):
            raise _outside(len(text))
        found.append(position + bisect_left(wide, position))
    return tuple(found)


def from_utf16(text: str, positions: Iterable[int]) -> tuple[int, ...]:
    """The `positions`, in UTF-16 units of `text`, counted in code points.

    A position within a sign of two units becomes the one before that sign.

    Raises:
        VuonError: `evidence.outside` for a position before 0 or after the end of the text.

    >>> from_utf16("lâu 🌱 ở", [4, 6, 8])
    (4, 5, 7)
    """
    wide, found = [at + nth for nth, at in enumerate(_beyond(text))], []
    for position in positions:
        if not 0 <= position <= len(text) + len(wide):
            raise _outside(len(text))
        found.append(position - bisect_left(wide, position))
    return tuple(found)
