"""Names of people in Vietnamese text, found by titles, by family names and by being said before.

Rules only: nothing is learnt or downloaded. Capitals carry the most; what follows a word for a
place, an office or a street is no person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vuon.evidence.name_lists import folded, words
from vuon.vietnamese import fold, has_marks

_TOKEN = re.compile(r"đ/c|Đ/c|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_MOST_WORDS = 4
#: Of the different words of Vietnamese text, far more than this share have a mark.
_MARKED = 0.25


@dataclass(frozen=True)
class Token:
    """A word of the text: its place, and what it is compared by."""

    start: int
    end: int
    raw: str
    low: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital and is not the short name of an office."""
        return self.raw[0].isupper()

    @property
    def is_shouted(self) -> bool:
        """Whether all of it is in capitals."""
        return len(self.raw) > 1 and self.raw.isupper()


class _Text:
    """A text as tokens, with the places in it and the beginnings of its sentences."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text)]
        # In a text typed without accents, but for a word or two, words are compared without them.
        marked = sum(map(has_marks, {raw for _, _, raw in found}))
        self.plain = marked < _MARKED * len({raw for _, _, raw in found})
        self.tokens = [
            Token(start, end, raw, fold(raw) if self.plain else raw.lower())
            for start, end, raw in found
        ]

    def gap(self, at: int) -> str:
        """What stands between a token and the one before it."""
        return self.text[self.tokens[at - 1].end : self.tokens[at].start] if at else ""

    def follows(self, at: int) -> bool:
        """Whether a token stands right after the one before, as in a name of two words."""
        return 0 < at < len(self.tokens) and self.gap(at) in (" ", "\u00a0", "  ")

    def joins(self, at: int) -> bool:
        """Whether a token goes on with a name; a letter in it may have a point: "Nguyễn T. Hoa"."""
        short = len(self.tokens[at - 1].raw) == 1 and self.gap(at) in (".", ". ")
        return self.follows(at) or short

    def is_pair(self, at: int) -> bool:
        """Whether a token and the small word after it are everyday speech: "Trung tâm"."""
        after = at + 1 < len(self.tokens) and not self.tokens[at + 1].is_capital
        pair = f"{self.low(at)} {self.low(at + 1)}"
        return after and self.follows(at + 1) and pair in self.known("two_words")

    def low(self, at: int) -> str:
        """The token in small letters, empty beyond the ends."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def begins(self, at: int) -> bool:
        """Whether a token begins a sentence."""
        return at == 0 or re.search(r"[.!?…:;\n“\"(•–-]\s*$", self.gap(at)) is not None

    def known(self, name: str) -> frozenset[str]:
        """A list of words, without accents where the text has none."""
        return folded(name) if self.plain else words(name)

    def listed(self, name: str, at: int, longest: int = 3) -> int:
        """How many tokens before `at` make up one of the list `name`; 0 if none."""
        known = self.known(name)
        for size in range(longest, 0, -1):
            first = at - size
            if first < 0 or not all(self.follows(n) for n in range(first + 1, at + 1)):
                continue
            if " ".join(self.low(n) for n in range(first, at)) in known:
                return size
        return 0


def persons(text: str) -> Iterator[tuple[int, int]]:
    """Where people are named, without their titles; an order of birth is named with its title.

    >>> text = "Bà Nguyễn Thị Lành và chú Ba ở phường Hòa Xuân gặp anh Tâm."
    >>> [text[a:b] for a, b in persons(text)]
    ['Nguyễn Thị Lành', 'chú Ba', 'Tâm']
    """
    read = _Text(text)
    found: list[tuple[int, int]] = []
    places = _places(read)
    at = 0
    last = -1
    while at < len(read.tokens):
        name = None if at in places else _named(read, at) or _listed_after(read, at, last)
        if name is None:
            at += 1
            continue
        first, at = name
        last = at
        found.append((read.tokens[first].start, read.tokens[at - 1].end))
    yield from found
    yield from _again(read, found, places)


def _named(read: _Text, at: int) -> tuple[int, int] | None:
    """The name that begins at a token, as a range of tokens."""
    token = read.tokens[at]
    if not token.is_capital:
        return _small(read, at)
    title = _title(read, at)
    if title and token.raw in words("birth_order") and title[1]:
        end = _end(read, at)
        return (at - title[0], at + 1) if end <= at + 1 else (at, end)
    by_family = _by_family(read, at)
    if by_family is not None:
        return at, by_family
    if title is None:
        return _alone(read, at)
    end = _end(read, at)
    if end == at or _is_common(read, at, end):
        return None
    # After a trade or an office, or after "các chị", a capital is more often a place.
    sure = title[1] and not _is_many(read, at - title[0])
    last = read.tokens[end - 1]
    known = last.low in folded("given") if read.plain else last.raw in words("given")
    if not title[1] and read.low(at - title[0] - 1) == "bà":
        return None  # "bà con": neighbours
    return (at, end) if sure or known else None


def _title(read: _Text, at: int) -> tuple[int, bool] | None:
    """The title before a token: of how many tokens, and whether it is one only for people."""
    for name in ("named", "roles", "kin"):
        size = read.listed(name, at)
        if size:
            return size, name != "roles"
    return None


def _is_many(read: _Text, at: int) -> bool:
    """Whether the title at a token speaks of several: "các chị", "bà con", "anh em"."""
    if read.low(at) in ("tên", "ten"):
        return False
    return read.follows(at) and read.low(at - 1) in read.known("groups")


def _end(read: _Text, at: int) -> int:
    """Where a run of capitals that may be one name ends."""
    end = at
    while end < len(read.tokens) and end - at < _MOST_WORDS:
        token = read.tokens[end]
        if not token.is_capital or (end > at and not read.joins(end)):
            break
        if end > at and token.is_shouted != read.tokens[at].is_shouted and len(token.raw) > 1:
            break
        if token.raw in words("offices") or read.is_pair(end):
            break
        end += 1
    return end


def _is_common(read: _Text, at: int, end: int) -> bool:
    """Whether capitals after a title are a people, a public name or a letter in place of a name."""
    said = " ".join(token.raw for token in read.tokens[at:end])
    before = f"{read.tokens[at - 1].raw.capitalize()} {said}"
    return (
        said in words("places")
        or said in words("public")
        or before in words("public")
        or (end == at + 1 and (len(said) == 1 or read.tokens[at].is_shouted))
    )


def _by_family(read: _Text, at: int) -> int | None:
    """Where a name that begins with a family name ends."""
    token = read.tokens[at]
    family = token.raw.capitalize() if token.is_shouted else token.raw
    plain = not has_marks(token.raw) and token.low in folded("families")
    if family not in words("families") and not plain:
        return None
    end = _end(read, at)
    lows = [each.low for each in read.tokens[at:end]]
    said = " ".join(each.raw.capitalize() for each in read.tokens[at:end])
    if (
        end - at < 2
        or said in words("places")
        or said in words("public")
        or " ".join(lows[:2]) in read.known("common_pairs")
    ):
        return None
    head = " ".join(said.split()[:2])
    if head in words("places") and len(lows) < 4 and lows[1] not in ("thị", "văn"):
        return None
    return None if plain and family not in words("families") and not _accentless(lows) else end


def _accentless(lows: Sequence[str]) -> bool:
    """Whether words without accents are likely a name: "Nguyen Van Tam", but not "Do Son"."""
    return len(lows) >= 3 or lows[0] in ("nguyen", "tran", "pham", "huynh", "phan")


def _alone(read: _Text, at: int) -> tuple[int, int] | None:
    """A given name without a title, where what stands around it is said of people."""
    end = _end(read, at)
    names = [token.raw for token in read.tokens[at:end]]
    if not 0 < end - at < 3 or not all(name in words("given") for name in names):
        return None
    if read.low(at) in read.known("kin"):
        return None  # "Anh nói": a title that stands for a person
    meets = not read.begins(at) and read.listed("meets", at) > 0
    if end == at + 2:
        return (at, end) if meets and " ".join(names) not in words("places") else None
    everyday = names[0] in words("everyday")
    after = read.low(end) if read.follows(end) else ""
    speaks = after in read.known("speaks")
    if read.begins(at):
        return (at, end) if speaks and not everyday else None
    # In the middle of a sentence an everyday word has no capital.
    acts = meets or after in read.known("verbs")
    return (at, end) if speaks or (acts and not everyday) else None


def _listed_after(read: _Text, at: int, last: int) -> tuple[int, int] | None:
    """A given name that goes on with a name that ended at `last`: "Phúc và Lộc", "Phúc, Lộc"."""
    linked = last == at - 1 and read.low(last) in ("và", "va", "với", "cùng")
    if not linked and not (last == at > 0 and read.gap(at) == ", "):
        return None
    end = _end(read, at)
    return (at, end) if end > at and read.tokens[end - 1].raw in words("given") else None


def _small(read: _Text, at: int) -> tuple[int, int] | None:
    """A name in small letters, as in chats: "chị hương ơi", "cô út", or thị after a family name."""
    given = _given_small()
    called = read.listed("kin", at) > 0
    if called and read.low(at) == "út" and read.low(at - 1) not in ("em", "cháu", "bé"):
        return at - 1, at + 1
    spoken = read.low(at + 1) == "ơi" or read.low(at + 1) in words("speaks")
    if called and spoken and read.low(at) in given:
        return at, at + 1
    if read.low(at) not in words("families_lower") or read.low(at + 1) not in ("thị", "văn"):
        return None
    if not (read.follows(at + 1) and read.follows(at + 2)):
        return None
    longer = read.follows(at + 3) and read.low(at + 3) in given
    return at, at + (4 if longer else 3)


@lru_cache(maxsize=1)
def _given_small() -> frozenset[str]:
    return frozenset(name.lower() for name in words("given"))


def _places(read: _Text) -> set[int]:
    """The tokens that name a place, a street or an office."""
    found: set[int] = set()
    street_end = -1
    for at, token in enumerate(read.tokens):
        if at in found or not token.is_capital:
            continue
        street = read.listed("street_before", at)
        linked = street_end == at - 2 and read.low(at - 1) in ("và", "với", "hoặc", "hay")
        beside = street_end == at - 1 and read.gap(at).strip() in ("-", "–", "/")
        if (
            street
            or linked
            or beside
            or (read.listed("place_before", at) and not _title_of_two(read, at))
        ):
            end = at
            while end < len(read.tokens) and read.tokens[end].is_capital:
                if end > at and not read.follows(end):
                    break
                found.add(end)
                end += 1
            street_end = end - 1 if street or linked or beside else -1
    return found


def _title_of_two(read: _Text, at: int) -> bool:
    """Whether a title of two words stands before a token: "già làng" is no village."""
    title = _title(read, at)
    return title is not None and title[0] > 1


def _again(
    read: _Text, found: list[tuple[int, int]], places: set[int]
) -> Iterator[tuple[int, int]]:
    """Given names that were found once, where they stand alone later or before."""
    given = {read.text[a:b].split()[-1] for a, b in found}
    titles = words("birth_order") | {word.capitalize() for word in words("kin")}
    given = {name for name in given if len(name) > 1 and name not in titles}
    inside = {n for a, b in found for n in range(a, b)}
    for at, token in enumerate(read.tokens):
        if token.raw not in given or at in places or token.start in inside:
            continue
        alone = not (
            read.follows(at) and read.tokens[at - 1].is_capital and not read.begins(at - 1)
        )
        after = at + 1 < len(read.tokens) and read.follows(at + 1)
        if after and read.tokens[at + 1].is_capital:
            alone = False
        if read.is_pair(at):
            alone = False
        if alone and (not read.begins(at) or not after or read.low(at + 1) in read.known("verbs")):
            yield token.start, token.end
