"""What the buttons of a sketch ask for, as edits of the library's sketch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from vuon.systems import sketch
from vuon.systems.model import SIGNS, Link, SystemModel
from vuon.toml.table import Text
from vuon.vietnamese import fold
from vuon_web.labs.wording import worded
from vuon_web.systems.actions import Edit


def arrow(sent: QueryDict, language: str) -> Edit | None:
    """One more arrow between two words, new or known; None if one of them is missing."""
    first, second = (sent.get(name, "").strip() for name in ("a", "b"))
    if not first or not second or fold(first) == fold(second):
        return None
    sign = sent.get("sign", "?")

    def edit(found: SystemModel) -> SystemModel:
        for words in (first, second):
            found = sketch.add_variable(found, worded(Text(), words, language))
        ends = (key_of(found, first), key_of(found, second))
        known = found.link(*ends) or Link(*ends)
        return sketch.draw_link(found, replace(known, sign=sign if sign in SIGNS else "?"))

    return edit


def key_of(found: SystemModel, words: str) -> str:
    """The key of the variable that is called so, in either language."""
    wanted = fold(" ".join(words.split()))
    return next(
        each.key for each in found.variables if wanted in (fold(each.label.vi), fold(each.label.en))
    )


def of(sent: QueryDict, language: str) -> Edit | None:
    """The edit that a button names; None for one that says too little or is not known."""
    source, target = sent.get("source", ""), sent.get("target", "")
    known: dict[str, Edit] = {
        "erase": lambda found: sketch.erase_link(found, source, target),
        "turn": lambda found: _turned(found, source, target),
        "drop": lambda found: sketch.remove_variable(found, source),
        "name": lambda found: sketch.name_loop(
            found,
            frozenset(sent.get("loop", "").split(",")),
            _named(found, sent, "name", language),
            _named(found, sent, "story", language),
        ),
    }
    do = sent.get("do", "")
    return arrow(sent, language) if do == "add" else known.get(do)


def _named(found: SystemModel, sent: QueryDict, what: str, language: str) -> Text:
    standing = found.name_of(frozenset(sent.get("loop", "").split(",")))
    old = getattr(standing, what) if standing else Text()
    words = sent.get(what, "")
    if what == "name" and not words.strip():
        return Text()  # no name any more, in no language
    return worded(old, words, language)


def _turned(found: SystemModel, source: str, target: str) -> SystemModel:
    """The arrow the other way round; one that is there already stays as it is."""
    link = found.link(source, target)
    if link is None:
        raise KeyError(source)
    left = sketch.erase_link(found, source, target)
    if left.link(target, source):
        return left
    return sketch.draw_link(left, replace(link, source=target, target=source))


def word(key: str, values: Mapping[str, Any], rests_on: Iterable[str], language: str) -> Edit:
    """Other words of a variable, its office, its light, what it rests on."""

    def edit(found: SystemModel) -> SystemModel:
        old = found.variable(key)
        return sketch.change_variable(
            found,
            key,
            label=worded(old.label, values["label"], language),
            office=worded(old.office, values["office"], language),
            light=values["light"],
            rests_on=tuple(rests_on),
        )

    return edit


def link(source: str, target: str, values: Mapping[str, Any], rests_on: Iterable[str]) -> Edit:
    """Another sign of an arrow, whether it takes time, what it rests on, what refutes it."""

    def edit(found: SystemModel) -> SystemModel:
        old = found.link(source, target)
        if old is None:
            raise KeyError(source)
        changed = replace(
            old,
            sign=values["sign"],
            delayed=values["delayed"],
            note=values["note"],
            rests_on=tuple(rests_on),
        )
        return sketch.draw_link(found, changed)

    return edit
