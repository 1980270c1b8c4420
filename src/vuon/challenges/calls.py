"""Which needs the tags and sentences of a plan call for, by the table `data/calls.toml`.

A *need* is a short key ("observation", "trial") that activities say they serve. Nothing here
knows an activity: the table speaks of needs, the cards speak of needs, `programme` joins them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from vuon import toml

TABLE = Path(__file__).with_name("data") / "calls.toml"

#: Kinds of tags, named as in the plan format, in the order in which they are read.
TAG_KINDS = ("methods", "datasources", "stages", "sdgs", "thematic_areas")

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_SDG = re.compile(r"\s*(?:sdg\s*)?(\d{1,2})\b")
_LONGEST_QUOTE = 220


@dataclass(frozen=True)
class Sentence:
    """An answer of the plan: the prompt it answers and its text, of any length."""

    prompt_id: str
    text: str


@dataclass(frozen=True)
class Calls:
    """What a plan says that can choose activities: raw tags by kind, and its answers."""

    methods: tuple[str, ...] = ()
    datasources: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    thematic_areas: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()

    def tags(self) -> Iterator[tuple[str, str]]:
        """Every tag once as (kind, value), blank ones left out, in the plan's order."""
        seen: set[tuple[str, str]] = set()
        for kind in TAG_KINDS:
            for value in getattr(self, kind):
                if value.strip() and (kind, value) not in seen:
                    seen.add((kind, value))
                    yield kind, value


@dataclass(frozen=True)
class Called:
    """What one tag calls: needs; else the place that is missing; else why nothing serves it."""

    needs: tuple[str, ...] = ()
    missing_place: str = ""
    outside: str = ""


@dataclass(frozen=True)
class Found:
    """A phrase met in a sentence of the plan: the need, the phrase, the sentence's own words."""

    need: str
    phrase: str
    quote: str


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`, folded: no capitals, accents, hyphens or plurals.

    >>> words_of("In-depth Interviews") == words_of("in depth interview")
    True
    >>> words_of("Quản trị đón đầu")
    ('quan', 'tri', 'don', 'dau')
    """
    return tuple(_fold(word.group()) for word in _WORD.finditer(text))


@lru_cache(maxsize=8192)  # a language has few words, and every page reads the same plan
def _fold(word: str) -> str:
    """The word without case, marks and English plural."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    plain = plain.replace("đ", "d").replace("Đ", "d").casefold()
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss"):
        return plain[:-1]
    return plain


@dataclass(frozen=True)
class Vocabulary:
    """The table `calls.toml`, read once and folded for comparing."""

    names: Mapping[tuple[str, ...], Called]
    phrases: Mapping[tuple[str, ...], tuple[str, ...]]
    stages: Mapping[tuple[str, ...], tuple[str, frozenset[str]]]
    needs: frozenset[str]

    def look_up(self, kind: str, value: str) -> Called:
        """What the tag `value` of `kind` calls; an empty `Called` for a tag nobody knows.

        A tag is looked up as it stands, then up to its first colon or bracket; then the known
        names of two words or more that stand inside it count, so that names run together in
        one tag are all heard.

        >>> vocabulary().look_up("methods", "Blockchain").outside
        'technology'
        >>> vocabulary().look_up("sdgs", "17. Partnerships for the goals").needs
        ('partners',)
        """
        if kind == "stages":
            stage = self.stages.get(words_of(value))
            return Called(needs=(stage[0],)) if stage else Called()
        if kind == "sdgs" and (number := _SDG.match(value)):
            return self.names.get(("sdg", number[1]), Called(outside="theme"))
        for form in (value, re.split(r"[:(]", value, maxsplit=1)[0]):
            if called := self.names.get(words_of(form)):
                return called
        inside = self._inside(words_of(value))
        if inside == Called() and kind in ("sdgs", "thematic_areas"):
            return Called(outside="theme")
        return inside

    def _inside(self, words: tuple[str, ...]) -> Called:
        """What the known names standing inside a longer tag call together."""
        needs: dict[str, None] = {}
        place = outside = ""
        for name, called in self.names.items():
            if len(name) > 1 and _position(name, words) is not None:
                needs.update(dict.fromkeys(called.needs))
                place = place or called.missing_place
                outside = outside or called.outside
        return Called(tuple(needs)) if needs else Called((), place, "" if place else outside)

    def emphasis(self, stages: Iterable[str]) -> Mapping[str, int]:
        """How often the plan's learning stages stress each of the nine stages."""
        weight: dict[str, int] = {}
        for value in dict.fromkeys(words_of(stage) for stage in stages):
            for stage in self.stages.get(value, ("", frozenset()))[1]:
                weight[stage] = weight.get(stage, 0) + 1
        return weight

    @cached_property
    def _by_first_word(self) -> Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]]:
        """The phrases with their rank in the table, by the word they begin with."""
        found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for rank, phrase in enumerate(self.phrases):
            found.setdefault(phrase[0], []).append((rank, phrase))
        return {word: tuple(phrases) for word, phrases in found.items()}

    def _phrases_in(self, words: tuple[str, ...]) -> list[tuple[tuple[str, ...], int]]:
        """The phrases that stand in `words`, in the order of the table, each with its place."""
        found: dict[tuple[int, tuple[str, ...]], int] = {}
        for at, word in enumerate(words):
            for ranked in self._by_first_word.get(word, ()):
                if ranked not in found and words[at : at + len(ranked[1])] == ranked[1]:
                    found[ranked] = at
        return [(phrase, at) for (_, phrase), at in sorted(found.items())]

    def read(self, text: str) -> Iterator[Found]:
        """The needs that the sentences of `text` call, once each, with the words that call."""
        heard: set[str] = set()
        for sentence in _SENTENCE_END.split(text):
            places = list(_WORD.finditer(sentence))
            folded = tuple(_fold(place.group()) for place in places)
            for phrase, at in self._phrases_in(folded):
                needs = self.phrases[phrase]
                start, end = places[at].start(), places[at + len(phrase) - 1].end()
                for need in needs:
                    if need not in heard:
                        heard.add(need)
                        yield Found(need, sentence[start:end], _clip(sentence, start, end))


def _position(part: tuple[str, ...], whole: tuple[str, ...]) -> int | None:
    """Where `part` begins inside `whole`, word by word; None if it does not stand there."""
    for at in range(len(whole) - len(part) + 1):
        if whole[at : at + len(part)] == part:
            return at
    return None


def _clip(sentence: str, start: int, end: int) -> str:
    """The sentence, or the words around `start:end` if it is longer than a quote should be."""
    text = sentence.strip()
    if len(text) <= _LONGEST_QUOTE:
        return text
    spare = max(0, _LONGEST_QUOTE - (end - start)) // 2
    left, right = max(0, start - spare), min(len(sentence), end + spare)
    if left:
        left = sentence.find(" ", left, start) + 1 or start
    if right < len(sentence):
        right = sentence.rfind(" ", end, right) if " " in sentence[end:right] else end
    cut = sentence[left:right].strip()
    return ("… " if left else "") + cut + (" …" if right < len(sentence) else "")


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The shipped table, read once."""
    table = toml.read(TABLE)
    needs: dict[tuple[str, ...], list[str]] = {}
    phrases: dict[tuple[str, ...], list[str]] = {}
    for entry in table["need"]:
        for name in entry.get("tags", ()):
            _join(needs, words_of(name), entry["key"])
        for phrase in entry.get("phrases", ()):
            _join(phrases, words_of(phrase), entry["key"])
    missing: dict[tuple[str, ...], str] = {}
    for place in table["place"]:
        for name in place["tags"]:
            if place["exists"]:
                _join(needs, words_of(name), place["key"])
            else:
                missing[words_of(name)] = place["key"]
    names = {
        words_of(name): Called(outside=entry["why"])
        for entry in table["outside"]
        for name in entry["names"]
    }
    names |= {name: Called(missing_place=place) for name, place in missing.items()}
    names |= {name: Called(needs=tuple(keys)) for name, keys in needs.items()}
    return Vocabulary(
        names=names,
        phrases={phrase: tuple(keys) for phrase, keys in phrases.items()},
        stages={
            words_of(name): (entry["need"], frozenset(entry["emphasises"]))
            for entry in table["stage"]
            for name in entry["names"]
        },
        needs=frozenset(
            [entry["key"] for entry in table["need"]]
            + [place["key"] for place in table["place"] if place["exists"]]
        ),
    )


def _join(table: dict[tuple[str, ...], list[str]], name: tuple[str, ...], key: str) -> None:
    """Adds `key` to what `name` calls, once."""
    keys = table.setdefault(name, [])
    if key not in keys:
        keys.append(key)
