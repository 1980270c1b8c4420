"""The templates of papers for the desk: what stands on them, in which order, and since when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from vuon.challenges.units import Bilingual
from vuon.errors import N_, VuonError, Words
from vuon.toml.table import LANGUAGES, Table, Text

FOLDER = Path(__file__).with_name("data") / "desk"
#: The kinds of parts; `request` is a text that the reader must be able to find.
KINDS = (
    "head",
    "grounds",
    "heading",
    "text",
    "list",
    "table",
    "request",
    "recipients",
    "signature",
    "annex",
)
ROUTES = ("", "A", "B", "C")
_NOT_TEMPLATES = ("fields.toml", "grounds.toml", "phrases.toml", "slip.toml")
_NAMED = re.compile(r"\{(\w+)\}")
#: What is filled in by itself: the item of a list, the date left open for signing, the day.
OWN = ("item", "date", "day")


@dataclass(frozen=True)
class Part:
    """One piece of a template. Which of these a part has depends on its `kind`, one of `KINDS`.

    Args:
        text: the fixed words, with fields in braces; for a list, those around `{item}`.
        field: what gives the items of a list or the rows of a table.
        left, right, number, place, subject, address: of a head.
        columns, widths: of a table.
        lines: of recipients and signature.
        belongs: of an annex: to which paper.
        routes: the legal routes on which it stands; empty for all.
    """

    kind: str
    text: str = ""
    field: str = ""
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    number: str = ""
    place: str = ""
    subject: str = ""
    address: str = ""
    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    lines: tuple[str, ...] = ()
    belongs: str = ""
    routes: tuple[str, ...] = ()

    def patterns(self) -> Iterator[str]:
        """All texts that may hold fields, in the order of the page."""
        yield from (*self.left, *self.right, self.number, self.place, self.subject, self.address)
        yield from (self.text, f"{{{self.field}}}" if self.field else "", *self.lines)
        yield self.belongs


@dataclass(frozen=True)
class Template:
    """A kind of paper on a legal route.

    Args:
        kind: as printed ("TỜ TRÌNH").
        title, hint: for choosing among them.
        pages: how long it may be, annex left out.
        size: of its letters, in points.
        begins, ends: the days on which it may be used, both included; None for no end.
        source, checked, unverified: where its form comes from, when somebody looked last, and
            what was not compared with the text in force.
    """

    key: str
    order: int
    kind: str
    language: str
    title: Text
    hint: Text
    routes: tuple[str, ...]
    pages: int
    size: int
    begins: date
    ends: date | None
    source: str
    checked: date
    unverified: str
    parts: tuple[Part, ...]
    route: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it takes on its route, in the order of `fields.toml`."""
        asked = {
            name for part in self.parts for each in part.patterns() for name in _NAMED.findall(each)
        }
        return tuple(name for name in fields() if name in asked)

    @property
    def tables(self) -> frozenset[str]:
        """The fields that fill tables: a line is a row, its cells stand between `|`."""
        return frozenset(part.field for part in self.parts if part.kind == "table")

    @property
    def lists(self) -> frozenset[str]:
        """The fields of which each line stands by itself."""
        listed = {part.field for part in self.parts if part.kind in ("list", "grounds")}
        return frozenset(listed | ({"recipients"} & set(self.fields)))

    def on(self, route: str) -> Template:
        """The template with the parts that stand on the legal `route`."""
        kept = (part for part in self.parts if not part.routes or route in part.routes)
        return replace(self, parts=tuple(kept), route=route)


@dataclass(frozen=True)
class Field:
    """What a paper asks for. In `names` a number is part of a name or a date, not a figure; what
    `decides` sets a number itself and needs no source for it."""

    key: str
    label: Bilingual
    names: bool
    decides: bool = False


@lru_cache(maxsize=1)
def fields() -> Mapping[str, Field]:
    """Every field of the papers, by key."""
    table = Table.read(FOLDER / "fields.toml", "fields.toml")
    found = {}
    for each in table.items("field"):
        label = each.text("label")
        key = each.name("key")
        found[key] = Field(
            key, Bilingual(label.en, vi=label.vi), each.flag("names"), each.flag("decides")
        )
    table.finish()
    return MappingProxyType(found)


def wording() -> Mapping[str, Mapping[str, str]]:
    """What stands on the slip and in footnotes, by language and key."""
    return _by_language("slip.toml")


def phrases() -> Mapping[str, Mapping[str, str]]:
    """What the work done is told with, by language and key."""
    return _by_language("phrases.toml")


@lru_cache(maxsize=2)
def _by_language(name: str) -> Mapping[str, Mapping[str, str]]:
    table = Table.read(FOLDER / name, name)
    inner = {language: table.inner(language) for language in LANGUAGES}
    found = {
        language: MappingProxyType({key: each.words(key) for key in each.values})
        for language, each in inner.items()
    }
    table.finish()
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def every() -> tuple[Template, ...]:
    """Every template there is, with the parts of all routes, as they are offered.

    Raises:
        VuonError: `toml.…` or `table.…` with file and line; `table.name` if a template names a
            field that is not in `fields.toml`.
    """
    paths = [path for path in sorted(FOLDER.glob("*.toml")) if path.name not in _NOT_TEMPLATES]
    found = [read(path, path.name) for path in paths]
    return tuple(sorted(found, key=lambda each: each.order))


def read(source: Path | str, name: str) -> Template:
    """The template in a file, or in a text that is called `name` in errors.

    Raises:
        VuonError: as `every`.
    """
    table = Table.read(source, name)
    begins, checked = table.day("from"), table.day("checked")
    if begins is None or checked is None:
        missing = "checked" if begins else "from"
        raise table.kind(missing, N_("a day, written 2026-11-30"))
    made = Template(
        key=table.words("key"),
        order=table.whole("order"),
        kind=table.words("kind"),
        language=table.among("language", LANGUAGES),
        title=table.text("title"),
        hint=table.text("hint"),
        routes=table.names("routes", ROUTES),
        pages=table.whole("pages", 1),
        size=table.whole("size", 11, default=13),
        begins=begins,
        ends=table.day("to"),
        source=table.words("source"),
        checked=checked,
        unverified=_words(table, "unverified"),
        parts=tuple(_part(each) for each in table.items("part")),
    )
    table.finish()
    return made


def _words(table: Table, key: str) -> str:
    """A text that may be empty or left out."""
    if not table.values.get(key):
        table.finished(key)
        return ""
    return table.words(key)


def _part(table: Table) -> Part:
    part = Part(
        kind=table.among("kind", KINDS),
        routes=table.names("routes", ROUTES),
        widths=tuple(int(each) for each in table.numbers("widths")) if "widths" in table else (),
        text=_words(table, "text"),
        field=_words(table, "field"),
        number=_words(table, "number"),
        place=_words(table, "place"),
        subject=_words(table, "subject"),
        address=_words(table, "address"),
        belongs=_words(table, "belongs"),
        left=table.list_of_words("left"),
        right=table.list_of_words("right"),
        columns=table.list_of_words("columns"),
        lines=table.list_of_words("lines"),
    )
    for pattern in part.patterns():
        for name in _NAMED.findall(pattern):
            if name not in fields() and name not in OWN:
                raise table.none_of("field", name, fields())
    return part


def templates(route: str, language: str, day: date) -> tuple[Template, ...]:
    """The templates for a legal route that hold on `day`, with the parts of that route.

    Args:
        route: "A" (improvement), "B" (pilot; also whoever is not sure) or "" while the two
            questions about rules are not answered.
        language: "vi", "en", or "" for both.
        day: the day of the paper.

    Raises:
        VuonError: `desk.route` on route C, which needs another document first.

    >>> [each.key for each in templates("A", "vi", date(2026, 11, 26))]
    ['to-trinh', 'ke-hoach', 'one-page']
    """
    if route == "C":
        raise _needs_permit()
    return tuple(
        each.on(route)
        for each in every()
        if route in each.routes
        and language in ("", each.language)
        and each.begins <= day
        and (each.ends is None or day <= each.ends)
    )


def _needs_permit() -> VuonError:
    return VuonError(
        "desk.route",
        Words(N_("On route C, a controlled trial, none of these papers may start the work.")),
        Words(
            N_(
                "Write the trial protocol with the list that Law 93/2025/QH15 asks for, and send it"
                " to the authority that can permit it."
            )
        ),
        why=Words(N_("What the law does not cover yet needs a permit before anything is done.")),
    )


def template(key: str, route: str, day: date) -> Template:
    """The template with this key, with the parts of the legal route.

    Raises:
        VuonError: `desk.route` on route C and if the route needs another paper; `desk.unknown`
            if there is none of that name.
    """
    found = {each.key: each for each in templates(route, "", day)}
    if key in found:
        return found[key]
    if key not in {each.key for each in every()}:
        raise VuonError(
            "desk.unknown",
            Words(N_("There is no such paper.")),
            Words(N_("Choose one of the list.")),
        )
    raise VuonError(
        "desk.route",
        Words(N_("This paper does not fit the legal route.")),
        Words(N_("Answer the two questions about rules, then choose again.")),
    )


@dataclass(frozen=True)
class Ground:
    """A legal ground that may be proposed; unless somebody compared it, `verify` is true."""

    text: str
    routes: tuple[str, ...]
    begins: date
    ends: date | None
    source: str
    checked: date | None
    verify: bool


@lru_cache(maxsize=1)
def _grounds() -> tuple[Ground, ...]:
    table = Table.read(FOLDER / "grounds.toml", "grounds.toml")
    found = []
    for each in table.items("ground"):
        each.name("key")
        found.append(
            Ground(
                each.words("text"),
                each.names("routes", ROUTES),
                each.day("from") or date.min,
                each.day("to"),
                each.words("source"),
                each.day("checked"),
                each.flag("verify"),
            )
        )
    table.finish()
    return tuple(found)


def grounds(route: str, day: date) -> tuple[str, ...]:
    """Legal grounds to suggest, in force on `day`; those nobody has compared carry a mark.

    >>> all("[cần rà soát]" in each for each in grounds("A", date(2026, 11, 26)))
    True
    """
    mark = f" {wording()['vi']['check']}"
    return tuple(
        each.text + (mark if each.verify else "")
        for each in _grounds()
        if route in each.routes and each.begins <= day and (each.ends is None or day <= each.ends)
    )
