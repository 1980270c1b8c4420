"""The slip in front of a paper: what is missing, what is weak, what somebody must look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from vuon.cases.desk_templates import Template, fields, grounds, wording
from vuon.cases.facts import MONTHS, Fact
from vuon.documents.paper import Line, Slip

# A slip is one page: more lines or longer ones would not be read.
_MOST, _LONGEST = 10, 140


def slip(
    template: Template,
    *,
    missing: Iterable[str],
    unsourced: Iterable[str],
    weak: Iterable[Fact],
    named: bool,
    pages: int,
    day: date,
) -> Slip:
    """The slip, in the language of the paper.

    Args:
        template: on its legal route.
        missing: fields that were empty.
        unsourced: sentences with a number and no source.
        weak: facts that nobody measured.
        named: whether the paper itself names legal grounds.
        pages: how long it will be, estimated.
        day: of the paper.
    """
    said = wording()[template.language]
    lines = [Line(said["draft"].format(day=written(day, template.language)))]
    empty = [fields()[name].label.say(template.language) for name in missing]
    # Each empty field is named, so that they stand in one line.
    lines += _list(said, "missing", ["; ".join(empty)]) if empty else [Line(said["complete"])]
    facts = list(weak)
    for light in ("assumed", "said"):
        found = [
            said["fact"].format(text=_short(each.text), source=_short(each.source) or "……")
            for each in facts
            if each.light == light
        ]
        lines += _list(said, light, found)
    lines += _list(said, "unsourced", [f"“{_short(each)}”" for each in unsourced])
    if any(part.kind == "grounds" for part in template.parts) and not named:
        lines += _list(said, "grounds", grounds(template.route, day))
    lines += _list(said, "look", list(_look(template, said, named=named, pages=pages)))
    return Slip(said["title"], said["remark"], tuple(lines))


def _look(template: Template, said: Mapping[str, str], *, named: bool, pages: int) -> Iterable[str]:
    if named:
        yield said["marked"]
    if pages > template.pages:
        yield said["long"].format(pages=pages, most=template.pages)
    yield said["form"].format(
        source=template.source, checked=written(template.checked, template.language)
    )
    if template.unverified:
        yield said["unverified"].format(what=template.unverified)
    if any(part.kind == "signature" for part in template.parts):
        yield said["hand"]


def _list(said: Mapping[str, str], key: str, items: Sequence[str]) -> list[Line]:
    """A heading and its lines; nothing if there are none."""
    if not items:
        return []
    shown = [Line(each, "item") for each in items[:_MOST]]
    left = len(items) - _MOST
    if left > 0:
        shown.append(Line(said["more"].format(count=left), "item"))
    return [Line(f"{said[key]}:", "heading"), *shown]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def written(day: date, language: str) -> str:
    """A day as people write it.

    >>> written(date(2026, 11, 6), "vi"), written(date(2026, 11, 6), "en")
    ('06/11/2026', '6 November 2026')
    """
    if language == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day:%d/%m/%Y}"
