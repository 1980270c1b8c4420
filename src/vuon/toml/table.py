"""A table of a TOML file that knows where it stands and which of its keys were asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from vuon import toml
from vuon.errors import N_, VuonError, Where, Words
from vuon.vietnamese import nfc

LANGUAGES = ("vi", "en")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True)
class Text:
    """A sentence in one or both languages."""

    vi: str = ""
    en: str = ""

    def say(self, language: str) -> str:
        """The sentence in `language`, Vietnamese unless it is "en"; the other where it is missing.

        >>> Text("vườn", "garden").say("en"), Text("vườn").say("en")
        ('garden', 'vườn')
        """
        return (self.en or self.vi) if language == "en" else (self.vi or self.en)

    def __bool__(self) -> bool:
        return bool(self.vi or self.en)


class Table:
    """Reads one table key by key; every error names the file, its line and the key."""

    def __init__(
        self,
        values: Mapping[str, Any],
        file: str,
        lines: Mapping[toml.Keys, int],
        path: toml.Keys = (),
    ) -> None:
        self.values = values
        self.file = file
        self.path = path
        self._lines = lines
        self._left = set(values)
        self._inners: list[Table] = []

    @classmethod
    def read(cls, source: Path | str, name: str) -> Table:
        """The whole of a file, or of a text, called `name` in errors.

        Raises:
            VuonError: `toml.…` if it cannot be read.
        """
        values = toml.read(source, name)
        text = source.read_text("utf-8-sig") if isinstance(source, Path) else source
        return cls(values, name, toml.positions(text))

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def line(self, key: str = "") -> int:
        """The line on which `key`, or this table, stands; that of the table if it is missing."""
        path = (*self.path, key) if key else self.path
        while path:
            # A table may be there only through the tables within it.
            within = [line for at, line in self._lines.items() if at[: len(path)] == path]
            if within:
                return min(within)
            path = path[:-1]
        return self._lines.get((), 0)

    def named(self, key: str) -> str:
        """The key with the tables it stands in, numbered from 1 as people count."""
        parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in self.path]
        return "".join([*parts, f".{key}" if key else ""]).removeprefix(".")

    def wrong(self, code: str, what: Words, do: Words, key: str = "") -> VuonError:
        """An error that names the file and the line."""
        return VuonError(code, what, do, where=Where(self.file, self.line(key)))

    def _take(self, key: str) -> Any:
        self._left.discard(key)
        if key not in self.values:
            raise self.wrong(
                "table.missing",
                Words(N_("{key} is missing."), {"key": self.named(key)}),
                Words(N_("Add it.")),
            )
        return self.values[key]

    def kind(self, key: str, kind: str) -> VuonError:
        """The error that the value of `key` is not `kind`, a sentence part marked by `N_`."""
        return self.wrong(
            "table.kind",
            Words(N_("{key} is not {kind}."), {"key": self.named(key), "kind": Words(kind)}),
            Words(N_("Compare it with the same line of a shipped example.")),
            key,
        )

    def none_of(self, key: str, value: object, known: Iterable[str]) -> VuonError:
        """The error that what stands at `key` is none of the `known` names."""
        return self.wrong(
            "table.name",
            Words(
                N_("{key} is {value}, which is none of: {known}."),
                {"key": self.named(key), "value": value, "known": ", ".join(known)},
            ),
            Words(N_("Correct its spelling or take it out.")),
            key,
        )

    def whole(self, key: str, least: int = 0, default: int | None = None) -> int:
        """A whole number of at least `least`."""
        if default is not None and key not in self.values:
            return default
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.kind(key, N_("a whole number that is large enough"))
        return value

    def wholes(self, *keys: str) -> tuple[int, ...]:
        """Several whole numbers from 0."""
        return tuple(self.whole(key) for key in keys)

    def number(
        self,
        key: str,
        low: float = -1e9,
        high: float = 1e9,
        default: float | None = None,
    ) -> float:
        """A number between `low` and `high`."""
        if default is not None and key not in self.values:
            return default
        value = self._take(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.kind(key, N_("a number"))
        if not low <= value <= high:
            raise self.wrong(
                "table.range",
                Words(
                    N_("{key} is {value}, but must lie between {low} and {high}."),
                    {"key": self.named(key), "value": value, "low": low, "high": high},
                ),
                Words(N_("Correct the number.")),
                key,
            )
        return float(value)

    def share(self, key: str, default: float | None = None) -> float:
        """A number from 0 to 1."""
        return self.number(key, 0, 1, default)

    def numbers(self, key: str, count: int = 0) -> tuple[float, ...]:
        """A list of numbers, `count` of them if given."""
        value = self._take(key)
        if not isinstance(value, list) or not all(
            isinstance(item, int | float) and not isinstance(item, bool) for item in value
        ):
            raise self.kind(key, N_("a list of numbers"))
        if count and len(value) != count:
            raise self.kind(key, N_("a list of as many numbers as are needed"))
        return tuple(float(item) for item in value)

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false; `default` where it is left out."""
        if key not in self.values:
            return default
        value = self._take(key)
        if not isinstance(value, bool):
            raise self.kind(key, N_("true or false"))
        return value

    def name(self, key: str, default: str | None = None) -> str:
        """A short name of small letters, digits and underscores."""
        if default is not None and key not in self.values:
            return default
        value = self._take(key)
        if not isinstance(value, str) or not _NAME.match(value):
            raise self.kind(key, N_("a short name of letters"))
        return value

    def among(self, key: str, known: tuple[str, ...] | list[str], default: str = "") -> str:
        """One of the `known` names."""
        value = self.name(key, default or None)
        if value not in known:
            raise self.none_of(key, value, known)
        return value

    def names(self, key: str, known: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        """A list of names, each among the `known` ones; empty where it is left out."""
        if key not in self.values:
            return ()
        value = self._take(key)
        if not isinstance(value, list) or any(item not in known for item in value):
            raise self.none_of(key, value, known)
        return tuple(value)

    def words(self, key: str) -> str:
        """A text in no language: a time, a code."""
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.kind(key, N_("a text"))
        return value.strip()

    def text(self, key: str, *, optional: bool = False) -> Text:
        """A sentence in both languages; both empty if it is left out where it may be."""
        if optional and key not in self.values:
            return Text("", "")
        inner = self.inner(key)
        return inner.both(self.named(key))

    def label(self, key: str, *, optional: bool = True) -> Text:
        """What people wrote in one or both languages: a table of them, or a text in Vietnamese."""
        if key not in self.values and optional:
            return Text()
        if isinstance(self.values.get(key), str):
            return Text(vi=nfc(self.words(key)))
        inner = self.inner(key)
        found = {}
        for language in LANGUAGES:
            value = inner.values.get(language, "")
            if not isinstance(value, str):
                raise inner.kind(language, N_("a text"))
            inner.finished(language)
            found[language] = nfc(value.strip())
        if not any(found.values()):
            raise self.kind(key, N_("a text"))
        return Text(**found)

    def list_of_words(self, key: str) -> tuple[str, ...]:
        """A list of texts in no language; empty where it is left out."""
        value = self._take(key) if key in self.values else []
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.kind(key, N_("a list of texts"))
        return tuple(value)

    def day(self, key: str) -> date | None:
        """A day; None where it is left out."""
        value = self._take(key) if key in self.values else None
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.kind(key, N_("a day, written 2026-11-30"))
        return value

    def both(self, called: str) -> Text:
        """This table as a sentence in both languages."""
        said = {}
        for language in LANGUAGES:
            value = self.values.get(language)
            if not isinstance(value, str) or not value.strip():
                raise self.wrong(
                    "table.translation",
                    Words(
                        N_("{key} says nothing in one of the two languages: {language}."),
                        {"key": called, "language": language},
                    ),
                    Words(N_("Write it in Vietnamese (vi) and in English (en).")),
                    language,
                )
            self._left.discard(language)
            said[language] = value.strip()
        return Text(**said)

    def inner(self, key: str, *, optional: bool = False) -> Table:
        """The table under `key`; an empty one if it is left out where it may be."""
        value = {} if optional and key not in self.values else self._take(key)
        if not isinstance(value, dict):
            raise self.kind(key, N_("a table"))
        self._inners.append(Table(value, self.file, self._lines, (*self.path, key)))
        return self._inners[-1]

    def tables(self) -> list[tuple[str, Table]]:
        """Every table in this one, with its key."""
        return [(key, self.inner(key)) for key in self.values]

    def items(self, key: str, *, optional: bool = False) -> list[Table]:
        """The array of tables under `key`, with different keys where they have one."""
        value = [] if optional and key not in self.values else self._take(key)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.kind(key, N_("a list of tables"))
        found = [
            Table(item, self.file, self._lines, (*self.path, key, n))
            for n, item in enumerate(value)
        ]
        seen = set()
        for item in found:
            name = item.values.get("key")
            if name is not None and name in seen:
                raise item.wrong(
                    "table.twice",
                    Words(N_("{name} stands twice among {key}."), {"name": name, "key": key}),
                    Words(N_("Give each its own key.")),
                    "key",
                )
            seen.add(name)
        self._inners.extend(found)
        return found

    def finish(self) -> None:
        """Refuse keys that nobody asked for: they are mistyped more often than meant."""
        for key in sorted(self._left):
            raise self.wrong(
                "table.unknown",
                Words(N_("{key} is not known here."), {"key": self.named(key)}),
                Words(N_("Correct its spelling or take it out.")),
                key,
            )
        for inner in self._inners:
            inner.finish()

    def finished(self, key: str) -> None:
        """The key was read by hand."""
        self._left.discard(key)
