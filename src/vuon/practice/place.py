"""Reads a practice place from its folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vuon import toml
from vuon.errors import N_, VuonError, Where, Words

FILE = "place.toml"
LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Text:
    """A sentence of the place in both languages."""

    vi: str
    en: str

    def say(self, language: str) -> str:
        """The sentence in `language`, Vietnamese unless it is "en".

        >>> Text("vườn", "garden").say("en")
        'garden'
        """
        return self.en if language == "en" else self.vi


@dataclass(frozen=True)
class Scene:
    """One moment of the arrival."""

    key: str
    title: Text
    text: Text


@dataclass(frozen=True)
class Voice:
    """What somebody says at the start, when it does not yet point anywhere."""

    key: str
    who: Text
    says: Text


@dataclass(frozen=True)
class Cause:
    """A candidate reason for what goes wrong."""

    key: str
    title: Text
    text: Text


@dataclass(frozen=True)
class Letter:
    """From a superior who already favours what would fit one cause."""

    sender: Text
    text: Text
    favours: str


@dataclass(frozen=True)
class Opening:
    """Of 100 people who come for the first time: three parts that add to 100."""

    finished: int
    returned: int
    gave_up: int


@dataclass(frozen=True)
class Purse:
    """What a team may spend: working days, million đồng, goodwill from 0 to 10."""

    working_days: int
    million_dong: int
    goodwill_staff: int
    goodwill_sponsor: int


@dataclass(frozen=True)
class Place:
    """A practice place as far as it is shown to people; its truth is kept elsewhere."""

    key: str
    title: Text
    brief: Text
    beans: int
    opening: Opening
    purse: Purse
    scenes: tuple[Scene, ...]
    voices: tuple[Voice, ...]
    letter: Letter
    causes: tuple[Cause, ...]

    def scene(self, key: str) -> Scene:
        """The scene with this key; `KeyError` if there is none."""
        return {scene.key: scene for scene in self.scenes}[key]


def read(folder: Path) -> Place:
    """The place that `folder` holds; its name is the place's key.

    Args:
        folder: a folder with `place.toml`, as `places/song-an`.

    Raises:
        VuonError: `toml.…` if the file cannot be read, `place.format`, `place.missing`,
            `place.kind`, `place.translation`, `place.unknown`, `place.twice`, `place.whole` or
            `place.causes` with the file and the key that is wrong.
    """
    table = _Table(toml.read(folder / FILE, f"{folder.name}/{FILE}"), f"{folder.name}/{FILE}")
    if table.number("format") != 1:
        raise table.wrong(
            "place.format",
            Words(N_("This place is written in a format that is not known here.")),
            Words(N_("Install a newer Vuon, or write format = 1.")),
        )
    place = Place(
        key=folder.name,
        title=table.text("title"),
        brief=table.text("brief"),
        beans=table.number("beans", least=1),
        opening=Opening(*table.inner("opening").numbers("finished", "returned", "gave_up")),
        purse=Purse(
            *table.inner("purse").numbers(
                "working_days", "million_dong", "goodwill_staff", "goodwill_sponsor"
            )
        ),
        scenes=tuple(
            Scene(item.name("key"), item.text("title"), item.text("text"))
            for item in table.items("scene")
        ),
        voices=tuple(
            Voice(item.name("key"), item.text("who"), item.text("says"))
            for item in table.items("voice")
        ),
        letter=_letter(table.inner("letter")),
        causes=tuple(
            Cause(item.name("key"), item.text("title"), item.text("text"))
            for item in table.items("cause")
        ),
    )
    table.finish()
    _agree(place, table)
    return place


def _letter(table: _Table) -> Letter:
    return Letter(table.text("from"), table.text("text"), table.name("favours"))


def _agree(place: Place, table: _Table) -> None:
    """What no single key can say: numbers that must add up, names that must be known."""
    opening = place.opening
    whole = opening.finished + opening.returned + opening.gave_up
    if whole != 100:
        raise table.wrong(
            "place.whole",
            Words(
                N_("finished, returned and gave_up add to {whole}, not to 100."), {"whole": whole}
            ),
            Words(N_("Say for 100 people how many finish, come back and give up.")),
        )
    if len(place.causes) < 2:
        raise table.wrong(
            "place.causes",
            Words(N_("A place needs at least two candidate causes.")),
            Words(N_("Add another [[cause]].")),
        )
    if place.letter.favours not in {cause.key for cause in place.causes}:
        raise table.wrong(
            "place.causes",
            Words(
                N_("The letter favours {key}, which is no cause."), {"key": place.letter.favours}
            ),
            Words(N_("Write the key of one of the causes.")),
        )


class _Table:
    """A table of the file that knows where it stands and which of its keys were asked for."""

    def __init__(self, values: Mapping[str, Any], file: str, path: str = "") -> None:
        self.values = values
        self.file = file
        self.path = path
        self.left = set(values)
        self.inners: list[_Table] = []

    def _take(self, key: str) -> Any:
        self.left.discard(key)
        if key not in self.values:
            raise self.wrong(
                "place.missing",
                Words(N_("{key} is missing."), {"key": self._named(key)}),
                Words(N_("Add it.")),
            )
        return self.values[key]

    def _named(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def wrong(self, code: str, what: Words, do: Words) -> VuonError:
        """An error that names the file."""
        return VuonError(code, what, do, where=Where(self.file))

    def _kind(self, key: str, kind: str) -> VuonError:
        return self.wrong(
            "place.kind",
            Words(N_("{key} is not {kind}."), {"key": self._named(key), "kind": Words(kind)}),
            Words(N_("Compare it with the same line of a place that is shipped.")),
        )

    def number(self, key: str, least: int = 0) -> int:
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self._kind(key, N_("a whole number that is large enough"))
        return value

    def numbers(self, *keys: str) -> tuple[int, ...]:
        return tuple(self.number(key) for key in keys)

    def name(self, key: str) -> str:
        value = self._take(key)
        if not isinstance(value, str) or not value.isidentifier():
            raise self._kind(key, N_("a short name of letters"))
        return value

    def text(self, key: str) -> Text:
        inner = self.inner(key)
        said = {}
        for language in LANGUAGES:
            value = inner.values.get(language)
            if not isinstance(value, str) or not value.strip():
                raise self.wrong(
                    "place.translation",
                    Words(
                        N_("{key} says nothing in one of the two languages: {language}."),
                        {"key": self._named(key), "language": language},
                    ),
                    Words(N_("Write it in Vietnamese (vi) and in English (en).")),
                )
            inner.left.discard(language)
            said[language] = value.strip()
        return Text(**said)

    def inner(self, key: str) -> _Table:
        value = self._take(key)
        if not isinstance(value, dict):
            raise self._kind(key, N_("a table"))
        self.inners.append(_Table(value, self.file, self._named(key)))
        return self.inners[-1]

    def items(self, key: str) -> list[_Table]:
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._kind(key, N_("a list of tables"))
        found = [
            _Table(item, self.file, f"{self._named(key)}[{n}]") for n, item in enumerate(value, 1)
        ]
        names = [str(item.values.get("key")) for item in found]
        for name in names:
            if names.count(name) > 1:
                raise self.wrong(
                    "place.twice",
                    Words(N_("{name} stands twice among {key}."), {"name": name, "key": key}),
                    Words(N_("Give each its own key.")),
                )
        self.inners.extend(found)
        return found

    def finish(self) -> None:
        """Refuse keys that nobody asked for: they are mistyped more often than meant."""
        for key in sorted(self.left):
            raise self.wrong(
                "place.unknown",
                Words(N_("{key} is not known here."), {"key": self._named(key)}),
                Words(N_("Correct its spelling or take it out.")),
            )
        for inner in self.inners:
            inner.finish()
