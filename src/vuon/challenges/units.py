"""Dated units: provinces, ministries, agencies and communes, loaded lazily, indexed by name.

A unit is a name with a time: a ministry that was merged is one unit, the ministry that carries
it on another. The facts stand in `data/*.toml`, each with its source and the day it was checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from vuon import toml, vietnamese
from vuon.errors import Words

Kind = Literal[
    "province", "ministry", "department", "agency", "university", "organisation", "international",
    "commune", "ward", "zone", "town",
]  # fmt: skip

DATA = Path(__file__).with_name("data")
TABLES = ("provinces", "ministries", "departments", "agencies", "universities", "international")

# Letters and digits with their combining marks, so that decomposed text has the same words.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
# One spelling for pairs that differ between British, American and UN English.
_SAME = {
    "centre": "center",
    "labour": "labor",
    "defence": "defense",
    "organisation": "organization",
}
# Words that lists leave out or put in freely.
_FREE = {"and", "the", "và"}


@dataclass(frozen=True)
class Bilingual(Words):
    """A name that exists in both languages: `sentence` is the English one."""

    vi: str = ""

    def say(self, language: str = "en") -> str:
        """The name in `language`.

        >>> Bilingual("Hue City", vi="thành phố Huế").say("vi")
        'thành phố Huế'
        """
        return self.vi if language == "vi" and self.vi else self.sentence

    def __hash__(self) -> int:
        return hash((self.sentence, self.vi))


@dataclass(frozen=True)
class Tenure:
    """A parent (`unit`, a key) from `since` to `until`, both days included, None when open."""

    unit: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Unit:
    """One unit under one name. `now` are the keys that carry it on, empty while it stands."""

    key: str
    kind: Kind
    vi: str
    en: str
    rank: str = ""
    spellings: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    extent: date | None = None
    now: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    under: tuple[Tenure, ...] = ()
    province: str = ""
    source: str = ""
    checked: date | None = None
    verify: bool = False

    def holds(self, on: date | None) -> bool:
        """Whether the unit stands on the day `on`; None asks about today's register."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def parent(self, on: date | None) -> str:
        """The key of the unit above on the day `on` (None: at present), or an empty text."""
        for tenure in self.under:
            last = tenure.until is None
            if on is None:
                if last:
                    return tenure.unit
            elif (tenure.since is None or tenure.since <= on) and (last or on <= tenure.until):  # type: ignore[operator]
                return tenure.unit
        return ""


@dataclass(frozen=True)
class Token:
    """A word of a text: as written, folded, its letters with tone, and where it stands."""

    raw: str
    folded: str
    spelt: tuple[str, int]
    start: int
    end: int


def tokens(text: str) -> tuple[Token, ...]:
    """The words of `text` with their places.

    >>> [token.folded for token in tokens("TP.HCM, Đắk Lắk")]
    ['tp', 'hcm', 'dak', 'lak']
    """
    return tuple(
        Token(
            found.group(),
            _SAME.get(folded := vietnamese.fold(found.group()), folded),
            vietnamese.syllable(found.group()),
            found.start(),
            found.end(),
        )
        for found in _WORD.finditer(text)
    )


@dataclass(frozen=True)
class Spelling:
    """One way to write a unit, as words to compare with."""

    words: tuple[Token, ...]
    unit: Unit
    acronym: bool

    def fits(self, written: Iterable[Token], strict: bool) -> bool:
        """Whether `written`, of equal folded words, is this spelling.

        Marks that are written must be the right ones; marks left out are forgiven. With
        `strict` an acronym must stand in capitals and a name must begin with one.
        """
        for first, (word, own) in enumerate(zip(written, self.words, strict=True)):
            if vietnamese.has_marks(word.raw) and word.spelt != own.spelt:
                return False
            if strict and self.acronym and sum(map(str.isupper, word.raw)) < min(2, len(word.raw)):
                return False
            if strict and first == 0 and own.raw[0].isupper() and word.raw[0].islower():
                return False
        return True


def _unit(row: Mapping[str, Any], sources: Mapping[str, str]) -> Unit:
    under = tuple(
        Tenure(each["unit"], each.get("from"), each.get("to")) for each in row.get("under", ())
    )
    return Unit(
        key=row["key"],
        kind=row["kind"],
        vi=row["vi"],
        en=row["en"],
        rank=row.get("rank", ""),
        spellings=tuple(row.get("spellings", ())),
        since=row.get("from"),
        until=row.get("to"),
        extent=row.get("extent"),
        now=tuple(row.get("now", ())),
        also=tuple(row.get("also", ())),
        under=under,
        province=row.get("province", row["key"] if row["kind"] == "province" else ""),
        source=sources[row["source"]],
        checked=row["checked"],
        verify=row.get("verify", False),
    )


@lru_cache(maxsize=1)
def units() -> Mapping[str, Unit]:
    """All units above the commune by key, present and former."""
    found: dict[str, Unit] = {}
    for table in TABLES:
        read = toml.read(DATA / f"{table}.toml")
        for row in read["unit"]:
            found[row["key"]] = _unit(row, read["sources"])
    return found


@lru_cache(maxsize=1)
def communes() -> Mapping[str, Unit]:
    """The communes, wards and special zones since 2025-07-01 by key ("da-nang/ward/an-hai")."""
    read = toml.read(DATA / "communes.toml")
    found: dict[str, Unit] = {}
    for province, kinds in read["unit"].items():
        for kind in ("ward", "commune", "zone"):
            for name in kinds.get(kind, ()):
                folded = vietnamese.fold(name)
                key = f"{province}/{kind}/{re.sub('[^a-z0-9]+', '-', folded)}"
                # Two communes of one province can differ in marks only.
                while key in found:
                    key += "-2"
                found[key] = Unit(
                    key=key,
                    kind=kind,
                    vi=name,
                    en=unmarked(name),
                    since=read["from"],
                    province=province,
                    source=read["source"],
                    checked=read["checked"],
                )
    return found


def unmarked(name: str) -> str:
    """`name` without marks, its capitals kept, as in English texts.

    >>> unmarked("Đắk Lắk")
    'Dak Lak'
    """
    return "".join(
        folded.upper() if letter.isupper() else folded
        for letter in vietnamese.nfc(name)
        for folded in [vietnamese.fold(letter)]
    )


def _ways(unit: Unit) -> Iterator[str]:
    yield from (unit.vi, unit.en, *unit.spellings)
    for name in (unit.en, *unit.spellings):
        if "Viet Nam" in name:
            yield name.replace("Viet Nam", "Vietnam")


Index = Mapping[str, tuple[Spelling, ...]]


def index_of(known: Iterable[Unit], ways: Callable[[Unit], Iterable[str]] = _ways) -> Index:
    """Spellings by their first folded word, longest first; `ways` gives the names of a unit."""
    entries: dict[str, list[Spelling]] = {}
    for unit in known:
        seen = set()
        for name in ways(unit):
            words = tuple(compact(tokens(name)))
            acronym = name.isupper() or (len(words) == 1 and name[1:] != name[1:].lower())
            if words and (same := tuple(word.spelt for word in words)) not in seen:
                seen.add(same)
                entries.setdefault(words[0].folded, []).append(Spelling(words, unit, acronym))
    return {
        first: tuple(sorted(found, key=lambda each: -len(each.words)))
        for first, found in entries.items()
    }


def compact(words: Iterable[Token]) -> list[Token]:
    """`words` without those that lists leave out or put in freely ("and", "the", "và")."""
    return [word for word in words if word.raw.lower() not in _FREE]


@lru_cache(maxsize=1)
def unit_index() -> Index:
    """The index of `units`."""
    return index_of(units().values())


@lru_cache(maxsize=1)
def commune_index() -> Index:
    """The index of `communes`, by name without the word for the kind."""
    return index_of(communes().values())


def all_matches(
    words: list[Token], start: int, index: Index, strict: bool
) -> list[tuple[int, tuple[Unit, ...]]]:
    """The known names that begin at `start`, longest first: their length and what they can mean."""
    found: dict[int, list[Unit]] = {}
    for spelling in index.get(words[start].folded, ()):
        written = words[start : start + len(spelling.words)]
        if (
            len(written) == len(spelling.words)
            and all(map(_same_letters, written, spelling.words))
            and spelling.fits(written, strict)
        ):
            found.setdefault(len(written), []).append(spelling.unit)
    return [(length, tuple(dict.fromkeys(found[length]))) for length in sorted(found, reverse=True)]


def _same_letters(one: Token, other: Token) -> bool:
    return one.folded == other.folded


def matches(
    words: list[Token], start: int, index: Index, strict: bool
) -> tuple[int, tuple[Unit, ...]]:
    """How many of `words` from `start` are a known name, at most, and the units it can mean."""
    found = all_matches(words, start, index, strict)
    return found[0] if found else (0, ())


def choose(found: Iterable[Unit], on: date | None) -> Unit | None:
    """The unit meant on the day `on`; without a day the one that stands, else the latest."""
    candidates = list(found)
    if not candidates:
        return None
    standing = [unit for unit in candidates if unit.holds(on)]
    pool = standing or candidates
    return max(pool, key=lambda unit: (unit.until is None, unit.until or date.max))
