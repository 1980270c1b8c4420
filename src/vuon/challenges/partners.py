"""Partners of a plan: a proposed split of names run together, and the roles a sentence gives.

A split is a proposal. Separators that somebody wrote (lines, numbers, bullets, semicolons) make
it certain; names that run together are told apart only where the reading is cheap and no other
reading comes close. In doubt the text stays whole.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from vuon import vietnamese
from vuon.challenges import names, phrases
from vuon.challenges.name_shapes import BRACKET, Reader, Shape
from vuon.challenges.name_words import vocabulary
from vuon.challenges.names import Resolution
from vuon.challenges.phrases import phrase
from vuon.challenges.roles import Role, roles
from vuon.challenges.units import compact, tokens
from vuon.errors import N_, Words

__all__ = ["Part", "Role", "Split", "roles", "split"]


@dataclass(frozen=True)
class Part:
    """One partner: its `text` as written, the `name` alone, what stood in brackets, the unit."""

    text: str
    name: str
    bracket: str = ""
    resolution: Resolution | None = None


@dataclass(frozen=True)
class Split:
    """The parts of an answer in their order; not `certain`: a person should look."""

    parts: tuple[Part, ...]
    certain: bool
    reason: Words


# A split is proposed up to this cost a name on average, and up to that for a single one …
_COST_A_NAME = 1.45
_COST_OF_ONE = 1.7
# … and only if every other reading costs this much more.
_MARGIN = 0.25
_MOST_WORDS = 120
_NAME_WORDS = 16

_NUMBERED = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2})[.)]\s+(?=\S)")
_BULLET = re.compile(r"^\s*[-–—•*·▪]\s+")
_DESCRIBED = re.compile(r"\s+[-–—]\s+|:\s+|\s*–\s*")


def split(text: str, on: date | None = None, country: str | None = None) -> Split:
    """The partners that an answer names, as a proposal.

    Args:
        text: the answer, HTML leftovers allowed.
        on: the day of the plan, for the names of that day.
        country: the country of the plan; elsewhere than in Viet Nam no Vietnamese unit is read.

    >>> found = split("UBND tỉnh Quảng Nam Sở Y tế Đà Nẵng (bệnh viện) Trường Đại học Ngoại thương")
    >>> [part.name for part in found.parts], found.certain
    (['UBND tỉnh Quảng Nam', 'Sở Y tế Đà Nẵng', 'Trường Đại học Ngoại thương'], False)
    """
    clean = _clean(text)
    if not clean.strip():
        return Split((), True, Words(N_("Nothing is written here.")))
    abroad = _abroad(clean, country)
    for separate in (_numbered, _lines, _semicolons):
        if listed := separate(clean):
            pieces, reason = listed
            return Split(tuple(_part(piece, on, abroad) for piece in pieces), True, reason)
    one = " ".join(clean.split())
    proposed = _by_commas(one) or _run_together(one)
    if proposed.pieces:
        parts = tuple(_part(piece, on, abroad) for piece in proposed.pieces)
        reason = Words(
            N_("{count} names seem to run together; please check the split."),
            {"count": len(parts)},
        )
        return Split(parts, False, reason)
    whole = (_part(one, on, abroad),)
    if proposed.heads < 2 and not _looks_listed(one):
        return Split(whole, True, Words(N_("One name.")))
    return Split(
        whole,
        False,
        Words(N_("Kept whole: it may hold several names, but it is not certain where one ends.")),
    )


def _looks_listed(text: str) -> bool:
    outside = BRACKET.sub(" ", text)
    return outside.count(",") > 1 and not _one_name(text)


def _clean(text: str) -> str:
    for _ in range(3):
        text = html.unescape(text)
    text = re.sub(r"<[^<>]{0,200}>", " ", text)
    text = re.sub("[\u200b\u200c\u200d\ufeff]", "", text)
    return vietnamese.nfc(text.replace("\xa0", " ").replace("\r", "\n"))


def _abroad(text: str, country: str | None) -> bool:
    said = phrases.phrases()
    if country and phrase(country) not in said.home:
        return True
    return phrases.contains(compact(tokens(text)), said.foreign)


Listed = tuple[list[str], Words]


def _numbered(text: str) -> Listed | None:
    """Pieces after "1. … 2. …", if the numbers run from 1 without a gap."""
    marks, wanted = [], 1
    for mark in _NUMBERED.finditer(text):
        if int(mark[1]) == wanted:
            marks.append(mark)
            wanted += 1
    if len(marks) < 2 or text[: marks[0].start()].strip():
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    pieces = [text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]
    return (pieces, Words(N_("The numbers separate the names."))) if all(pieces) else None


def _lines(text: str) -> Listed | None:
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return None
    bullets = [bool(_BULLET.match(line)) for line in lines]
    pieces = [_BULLET.sub("", line).strip() for line in lines]
    if not all(bullets) and not all(_reads_as_name(piece) for piece in pieces):
        return None
    return pieces, Words(N_("Each line is one partner."))


def _semicolons(text: str) -> Listed | None:
    outside = BRACKET.sub(lambda found: "_" * len(found.group()), text)
    if ";" not in outside:
        return None
    ends = [place for place, sign in enumerate(outside) if sign == ";"] + [len(text)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    pieces = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    pieces = [_without_and(piece) for piece in pieces if piece]
    if len(pieces) < 2 or not all(_reads_as_name(piece) for piece in pieces):
        return None
    return pieces, Words(N_("Semicolons separate the names."))


def _without_and(piece: str) -> str:
    return re.sub(r"^(?:and|và|y|et)\s+", "", piece)


def _reads_as_name(piece: str) -> bool:
    """A short phrase that begins like a name and is no sentence."""
    named = _DESCRIBED.split(BRACKET.sub(" ", piece), maxsplit=1)[0]
    words = tokens(named)
    if not words or len(words) > _NAME_WORDS or words[0].raw[0].islower():
        return False
    if piece.rstrip().endswith((":", "?", "!")) or re.search(r"[a-zà-ỹ]\.\s+[A-ZÀ-Ỹ]", named):
        return False
    return not (piece.rstrip().endswith(".") and len(tokens(piece)) > 8)


class _Proposal(NamedTuple):
    pieces: list[str]
    heads: int


def _by_commas(text: str) -> _Proposal | None:
    """Pieces between commas, if every piece alone reads as an organisation."""
    outside = BRACKET.sub(lambda found: "_" * len(found.group()), text)
    if "," not in outside:
        return None
    ends = [place for place, sign in enumerate(outside) if sign == ","] + [len(text)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    pieces = [
        _without_and(text[start:end].strip()) for start, end in zip(starts, ends, strict=True)
    ]
    shapes = []
    for piece in pieces:
        reader = Reader(piece)
        shape = reader.shape(0, len(reader.words)) if reader.words else None
        if shape is None or shape.cost > _COST_A_NAME or not _sure(shape):
            return None
        shapes.append(shape)
    for left, right in pairwise(shapes):
        # "Institute A, Ministry B" is one partner and its parent.
        lower = left.side == "part" or left.head == ("truong", "dai", "hoc") or _agency(left)
        if right.side == "whole" and lower:
            return None
    return _Proposal(pieces, len(pieces))


def _sure(shape: Shape) -> bool:
    """An organisation by its head or by its known name; a bare place is none."""
    known = shape.known
    if known and not known.government and all(unit.kind == "province" for unit in known.units):
        return False
    return bool(known or shape.head) and not shape.doubt


def _agency(shape: Shape) -> bool:
    return bool(shape.known and any(unit.under for unit in shape.known.units))


@dataclass(frozen=True)
class _Reading:
    cost: float
    bounds: tuple[int, ...]
    last: Shape | None = None
    doubt: bool = False

    @property
    def strain(self) -> float:
        """The cost beyond one for each name, so that readings of few and many names compare."""
        return self.cost - len(self.bounds)


def _run_together(text: str) -> _Proposal:
    """Pieces of names that follow each other without any separator; none in doubt."""
    if len(tokens(text)) > _MOST_WORDS:
        # A page is no list; looking for names in it would only take time.
        return _Proposal([], 2)
    reader = Reader(text)
    size = len(reader.words)
    heads = sum(1 for at in reader.heads if not _inside_known(reader, at))
    heads += sum(1 for at, match in reader.known.items() if _is_agency_start(reader, at))
    if size < 2:
        return _Proposal([], heads)
    readings = _readings(reader, size)
    if not readings or len(readings[0].bounds) < 2:
        return _Proposal([], heads)
    best, others = readings[0], readings[1:]
    count = len(best.bounds)
    close = best.doubt or any(other.strain - best.strain < _MARGIN for other in others)
    if close or best.cost > _COST_A_NAME * count:
        return _Proposal([], heads)
    starts = [reader.words[at].start for at in best.bounds]
    cuts = [*starts[1:], len(text)]
    # A bracket between two names belongs to the first; nothing else stands between them.
    pieces = [text[start:cut].strip() for start, cut in zip([0, *starts[1:]], cuts, strict=True)]
    return _Proposal(pieces, max(heads, count))


def _inside_known(reader: Reader, at: int) -> bool:
    return any(start <= at < match.end for start, match in reader.known.items())


def _is_agency_start(reader: Reader, at: int) -> bool:
    match = reader.known[at]
    inner = any(
        start < at < other.end for start, other in reader.known.items() if other is not match
    )
    bare = not match.government and all(unit.kind == "province" for unit in match.units)
    return not inner and not bare


def _readings(reader: Reader, size: int) -> list[_Reading]:
    """The cheapest ways to read the whole text as names one after the other, cheapest first."""
    kept = 4
    table: list[list[_Reading]] = [[_Reading(0.0, ())]] + [[] for _ in range(size)]
    for end in range(1, size + 1):
        if end < size and (reader.connects(end) or reader.connects(end - 1) or reader.barred(end)):
            continue
        found: list[_Reading] = []
        for start in range(end):
            if not table[start]:
                continue
            shape = reader.shape(start, end)
            if shape is None:
                continue
            doubt = shape.doubt or shape.cost > _COST_OF_ONE
            found += [
                _Reading(
                    before.cost + shape.cost,
                    (*before.bounds, start),
                    shape,
                    before.doubt or doubt,
                )
                for before in table[start]
                if _may_follow(reader, before.last, shape, start)
            ]
        table[end] = sorted(found, key=lambda each: each.strain)[:kept]
    return table[size]


def _may_follow(reader: Reader, left: Shape | None, right: Shape, at: int) -> bool:
    """Whether `right` begins a partner of its own, and is not the parent of `left`."""
    if left is None or reader.closed(at):
        return True
    if reader.parents_follow(left, at):
        return False
    if left.known:
        # "UNDP Regional Bureau for …", "Ministry of Health Institute of …"
        within = left.known.units[0].kind in ("international", "university") or at in reader.heads
        part = right.side == "part" and not right.known and not right.vietnamese
        return not (within and part)
    if left.head == ("truong", "dai", "hoc") and reader.words[at].folded == "dai":
        # A member university and its group.
        return left.placed
    if _coordinated(reader, left, at) or _one_head(reader, left, at):
        return False
    if left.placed:
        return True
    if left.side == "part":
        return right.head == left.head
    # "… University Institute for …" is one place.
    return not (left.side == "whole" and right.side == "part" and not right.known)


def _one_head(reader: Reader, left: Shape, at: int) -> bool:
    """Whether two heads meet that may be one: "Design Museum | Foundation of …"."""
    follows = reader.heads.get(at)
    meets = follows is not None and any(head.end == at for head in reader.heads.values())
    return meets and not left.vietnamese and follows is not None and follows.side != "whole"


def _coordinated(reader: Reader, left: Shape, at: int) -> bool:
    """Whether the words before `at` belong to what follows: "A of B and the C | Centre for D"."""
    if left.vietnamese:
        return False
    joined = at - 1
    while joined > 0 and not reader.connects(joined):
        joined -= 1
    between = reader.words[joined + 1 : at]
    return reader.words[joined].folded in ("and", "the") and not all(
        word.folded in vocabulary().topics for word in between
    )


def _part(piece: str, on: date | None, abroad: bool) -> Part:
    text = " ".join(piece.split())
    inner = [found.group()[1:-1].strip() for found in BRACKET.finditer(text)]
    name = " ".join(BRACKET.sub(" ", text).split()).strip(" ,;:-–•*")
    name = re.sub(r"\s+\.$", "", name)
    name = _DESCRIBED.split(name, maxsplit=1)[0].strip(" ,;:") if not _one_name(name) else name
    resolution = None if abroad else names.resolve(name, on)
    if abroad and (found := names.resolve(name, on)) and found.kind == "international":
        resolution = found
    head, comma, above = name.partition(", ")
    if comma and (parent := names.resolve(above, on)) and parent.kind == "ministry":
        name, inner = head, [above, *inner]
    return Part(text, name or text, "; ".join(inner), resolution)


def _one_name(name: str) -> bool:
    """Whether a dash or colon belongs to a known name ("Bộ Lao động - Thương binh và Xã hội")."""
    if len(tokens(name)) > _NAME_WORDS:
        return False
    reader = Reader(name)
    return bool(reader.words) and 0 in reader.known and reader.known[0].end == len(reader.words)
