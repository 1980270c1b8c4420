"""The shapes of names of organisations, and what it costs to read words as one name.

The cost of a reading says how far it is from a name we know: 0 for a dated agency, 1 for a plain
"Ministry of …" or "… University", more for a reading that strains. Impossible readings have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vuon import vietnamese
from vuon.challenges import phrases
from vuon.challenges.name_words import Side, spelt_vietnamese, vocabulary
from vuon.challenges.phrases import Match, Phrase
from vuon.challenges.units import Token, all_matches, tokens, unit_index

BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

# Costs were set on made-up lists and checked on the public corpus: a split is proposed only where
# its names cost little, so that an unusual name stays whole.
_UNKNOWN = 1.0
_NESTED = 0.6
_TOPIC_FIRST = 1.5
_PLACE_LATER = 0.8
_EXTRA_WORD = 0.1
_MANY_BEFORE = 0.35
_AFTER_PLACE = 0.6


@dataclass(frozen=True)
class Head:
    """A head word from `start` to `end` (places in the list of words)."""

    start: int
    end: int
    side: Side
    vietnamese: bool
    words: Phrase


@dataclass(frozen=True)
class Shape:
    """One reading of some words as a name: its cost and what it may be part of."""

    cost: float
    side: Side = "plain"
    known: Match | None = None
    placed: bool = False
    head: Phrase = ()
    vietnamese: bool = False
    doubt: bool = False


@dataclass
class Reader:
    """Reads stretches of one text as names. Brackets are no words; they close a name."""

    text: str
    words: tuple[Token, ...] = ()
    gaps: list[str] = field(default_factory=list)
    known: dict[int, Match] = field(default_factory=dict)
    shorter: dict[int, list[Match]] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    heads: dict[int, Head] = field(default_factory=dict)
    _shapes: dict[tuple[int, int, bool], Shape | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        masked = BRACKET.sub(lambda found: " " * len(found.group()), self.text)
        self.words = tokens(masked)
        ends = [0, *(word.end for word in self.words)]
        starts = [*(word.start for word in self.words), len(self.text)]
        self.gaps = [self.text[end:start] for end, start in zip(ends, starts, strict=True)]
        self._find_known()
        self._find_heads()

    def _find_known(self) -> None:
        free = [place for place, word in enumerate(self.words) if not _is_free(word)]
        few = [self.words[place] for place in free]
        for at, place in enumerate(free):
            where = phrases.place(few, at, strict=True)
            match = phrases.known(few, at, strict=True)
            if where and not where.government and where.units[0].kind == "province":
                self.places[place] = free[where.end - 1] + 1
            size = phrases.starts(few, at, vocabulary().countries)
            if size and self.words[place].raw[0].isupper():
                self.places[place] = max(self.places.get(place, 0), free[at + size - 1] + 1)
            if match:
                end = free[match.end - 1] + 1
                if not any(self.closed(inner) for inner in range(place + 1, end)):
                    self.known[place] = Match(
                        place, end, match.units, match.place, match.government
                    )
                    self.shorter[place] = [
                        Match(place, free[at + size - 1] + 1, found)
                        for size, found in all_matches(few, at, unit_index(), strict=True)
                        if free[at + size - 1] + 1 < end and found[0].kind != "province"
                    ]

    def _find_heads(self) -> None:
        said = vocabulary()
        folded = tuple(word.folded for word in self.words)
        covered = 0
        for at, word in enumerate(self.words):
            if at < covered or any(folded[at : at + len(none)] == none for none in said.not_heads):
                continue
            for size in (4, 3, 2, 1):
                key = folded[at : at + size]
                if len(key) < size:
                    continue
                spoken = word.raw
                vi = key in said.heads_vi and spelt_vietnamese(self.words[at : at + size])
                if vi and spoken[0].isupper():
                    self.heads[at] = Head(at, at + size, said.heads_vi[key], True, key)
                    covered = at + size
                    break
                if key in said.heads and (spoken[0].isupper() or key == ("government",)):
                    self.heads[at] = Head(at, at + size, said.heads[key], False, key)
                    covered = at + size
                    break

    def closed(self, at: int) -> bool:
        """Whether a bracket stands before word `at`."""
        return bool(BRACKET.search(self.gaps[at]))

    def barred(self, at: int) -> bool:
        """Whether a comma, dash, colon or the like stands before word `at`."""
        return bool(re.search(r"[,;:/+|]|\s[–—-]\s|[.!?]\s", BRACKET.sub(" ", self.gaps[at])))

    def connects(self, at: int) -> bool:
        """Whether word `at` joins parts of one name."""
        if "&" in BRACKET.sub(" ", self.gaps[at]):
            return True
        raw = vietnamese.nfc(self.words[at].raw)
        # "Da" of "Da Nang" is none, "Of" of a heading is.
        return raw in vocabulary().connectors or raw.lower() in ("of", "for", "and", "the")

    def shape(self, start: int, end: int, nested: bool = True) -> Shape | None:
        """The cheapest reading of the words from `start` to `end` as one name."""
        key = (start, end, nested)
        if key not in self._shapes:
            readings = self._readings(start, end, nested) if self._whole(start, end) else iter(())
            self._shapes[key] = min(readings, key=lambda each: each.cost, default=None)
        return self._shapes[key]

    def _whole(self, start: int, end: int) -> bool:
        """No bracket or bar inside, except before a connector or within a known name."""
        at = start + 1
        if start in self.known and self.known[start].end <= end:
            at = self.known[start].end
        for inner in range(at, end):
            if self.barred(inner) or (self.closed(inner) and not self.connects(inner)):
                return False
        return start < end and not self.connects(end - 1)

    def _readings(self, start: int, end: int, nested: bool) -> Iterator[Shape]:
        if self.words[start].folded == "the" and start + 1 < end:
            start += 1
        if self.connects(start):
            return
        yield from self._as_known(start, end)
        yield from self._as_bracketed(start, end)
        for at in range(start, min(start + 7, end)):
            head = self.heads.get(at)
            if head is None or head.end > end or self._known_inside(start, at):
                continue
            if head.vietnamese:
                if at == start and (cost := self._vietnamese(head.end, end)) is not None:
                    placed = self._placed(start, end)
                    yield Shape(_UNKNOWN + cost, head.side, None, placed, head.words, True)
                continue
            yield from self._as_headed(start, head, end, nested)

    def _as_bracketed(self, start: int, end: int) -> Iterator[Shape]:
        """Words without a head between two brackets: "Sao Mai Lab (Ministry of Health)"."""
        closing = BRACKET.search(self.gaps[end])
        if closing is None or not (start == 0 or self.closed(start)) or end - start > 6:
            return
        # "(GEF)" only shortens what stands before it, and may stand inside a name.
        inner = tokens(closing.group())
        if len(inner) < 2 or any(at in self.heads or at in self.known for at in range(start, end)):
            return
        if self._plain(start, end) is not None:
            yield Shape(_UNKNOWN + 0.3)

    def _as_known(self, start: int, end: int) -> Iterator[Shape]:
        for at in range(start, min(start + 3, end)):
            longest = self.known.get(at)
            if longest is None or (at > start and not self._modified(start, at)):
                continue
            for match in (longest, *self.shorter[at]):
                if match.end <= end:
                    yield from self._of_known(start, at, match, end)

    def _modified(self, start: int, at: int) -> bool:
        """Whether the words before a known name can belong to it: "Provincial Youth Union"."""
        return self._names(start, at) and at in self.heads

    def _of_known(self, start: int, at: int, match: Match, end: int) -> Iterator[Shape]:
        kind = match.units[0].kind
        cost = 0.0
        if at > start:
            cost = 0.8 if self.words[start].folded in vocabulary().starters else 1.2
        elif kind == "province" and not match.government:
            # A bare place is seldom a partner of its own.
            cost = 1.4
        whole = match.government or kind in ("ministry", "university", "organisation")
        side: Side = "whole" if whole else "plain"
        if match.end == end:
            yield Shape(cost, side, match, self._placed(start, end))
        elif self.connects(match.end):
            rest = self._phrase(match.end + 1, end, nested=True)
            if rest is not None:
                yield Shape(cost + 0.3 + rest, side, match, self._placed(start, end))
        elif self._is_parent(match, match.end, end):
            yield Shape(cost + 0.2, side, match, True)
        elif self.places.get(match.end) == end and kind != "province":
            yield Shape(cost + 0.3, side, match, True)

    def _is_parent(self, match: Match, at: int, end: int) -> bool:
        above = self.known.get(at)
        if above is None or above.end != end:
            return False
        parents = {tenure.unit for unit in match.units for tenure in unit.under}
        return any(unit.key in parents for unit in above.units)

    def parents_follow(self, left: Shape, at: int) -> bool:
        """Whether the known name at `at` is the parent of the known name `left`."""
        above = self.known.get(at)
        if left.known is None or above is None:
            return False
        parents = {tenure.unit for unit in left.known.units for tenure in unit.under}
        return any(unit.key in parents for unit in above.units)

    def _as_headed(self, start: int, head: Head, end: int, nested: bool) -> Iterator[Shape]:
        before = self._modifiers(start, head.start, head.side)
        if before is None:
            return
        # "Museum Foundation" may be one name or two: such a reading only speaks against others.
        doubt = any(at in self.heads for at in range(start, head.start))
        placed = self._placed(start, end)
        if head.end == end:
            if head.start > start:
                yield Shape(_UNKNOWN + before, head.side, None, placed, head.words, doubt=doubt)
            return
        if self.connects(head.end):
            rest = self._phrase(head.end + 1, end, nested)
            if rest is not None:
                # "Kenya Forest Service University of …" is hardly one name.
                many = head.start - max(self.places.get(start, start + 1), start + 1)
                cost = _UNKNOWN + before + rest + _MANY_BEFORE * max(0, many)
                yield Shape(cost, head.side, None, placed, head.words, doubt=doubt)
        elif self.places.get(head.end) == end and head.start > start:
            cost = _UNKNOWN + before + 0.3
            yield Shape(cost, head.side, None, True, head.words, doubt=doubt)

    def _modifiers(self, start: int, end: int, side: Side) -> float | None:
        """The cost of the words before a head, None if they cannot be that."""
        if start == end:
            return 0.0
        said = vocabulary()
        first = self.words[start].folded
        cost = 0.3
        if start in self.places or first in said.starters:
            cost = 0.0
        elif first in said.topics:
            cost = _TOPIC_FIRST
        at = self.places.get(start, start + 1)
        if at > end:
            return None
        while at < end:
            if at in self.places and self.places[at] <= end:
                cost += _PLACE_LATER
            if self.connects(at):
                if self.words[at].folded not in ("and", "y", "et", "e", "of", "de"):
                    return None
                cost += 0.6
            elif not self._capital(at):
                return None
            elif at in self.heads and "whole" in (self.heads[at].side, side):
                # A university or ministry in front is a name of its own.
                return None
            cost += _EXTRA_WORD
            at += 1
        return cost if self._capital(start) else None

    def _phrase(self, start: int, end: int, nested: bool) -> float | None:
        """The cost of what stands after "of" or "for", None if it cannot be that."""
        while start < end and self.connects(start):
            start += 1
        if start >= end:
            return None
        options = []
        plain = self._plain(start, end)
        if plain is not None:
            options.append(plain)
        if nested:
            for at in range(start, end):
                if at > start and not self.connects(at - 1):
                    continue
                inner = self.shape(at, end, nested=False)
                before = 0.0 if at == start else self._plain(start, at)
                if inner and before is not None:
                    options.append(before + _NESTED + max(inner.cost, 0.3))
        return min(options, default=None)

    def _plain(self, start: int, end: int) -> float | None:
        said = vocabulary()
        cost, at, strange = 0.0, start, 0
        while at < end:
            if at in self.places and self.places[at] <= end:
                at = self.places[at]
                # A place closes a name; words after it begin another or say more of the place.
                cost += _AFTER_PLACE if at < end and not self.connects(at) else 0.0
                continue
            known = self.known.get(at)
            if at in self.heads or (known and known.units[0].kind != "province"):
                return None
            if not self.connects(at):
                if not self._capital(at):
                    return None
                folded = self.words[at].folded
                strange += folded not in said.topics
                # Many words in a row that say no topic may hold a name that nobody knows.
                cost += 0.0 if folded in said.topics else (0.15 if strange <= 2 else 0.4)
                cost += 0.6 if folded in said.starters and folded not in said.topics else 0.0
            at += 1
        return cost

    def _vietnamese(self, start: int, end: int) -> float | None:
        """The cost of the words after a Vietnamese head, None if they cannot be that."""
        if start >= end:
            return None
        cost, at = 0.0, start
        while at < end:
            if self._told(at):
                return None
            joined = at > start and self.connects(at - 1)
            known = self.known.get(at)
            if at in self.heads or (known and known.units[0].kind != "province"):
                if not joined:
                    return None
                cost += _NESTED
            if at in self.places and self.places[at] <= end:
                at = self.places[at]
                continue
            cost += 0.03
            at += 1
        return cost

    def _told(self, at: int) -> bool:
        # With marks: "để" is not "đề".
        spoken = [vietnamese.nfc(word.raw) for word in self.words[at : at + 3]]
        return any(" ".join(spoken[:size]) in vocabulary().told_vi for size in (1, 2, 3))

    def _known_inside(self, start: int, end: int) -> bool:
        return any(
            at in self.known and self.known[at].units[0].kind != "province"
            for at in range(start, end)
        )

    def _names(self, start: int, end: int) -> bool:
        return all(self._capital(at) and not self.connects(at) for at in range(start, end))

    def _capital(self, at: int) -> bool:
        return not self.words[at].raw[0].islower()

    def _placed(self, start: int, end: int) -> bool:
        return any(start <= at and stop == end for at, stop in self.places.items())


def _is_free(word: Token) -> bool:
    return word.raw.lower() in ("and", "the", "và")
