"""Working with a sketch: loops read aloud, what is still unclear, edits, two sketches as one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from vuon.errors import N_, Words
from vuon.systems.loops import Loop
from vuon.systems.model import Link, Named, SystemModel, Variable
from vuon.toml.table import Text
from vuon.vietnamese import fold

_MORE_MORE = N_("The more {a}, the more {b}.")
_MORE_LESS = N_("The more {a}, the less {b}.")
_LESS_MORE = N_("The less {a}, the more {b}.")
_LESS_LESS = N_("The less {a}, the less {b}.")
_UNKNOWN = N_("{a} acts on {b}; nobody has said yet in which direction.")
_LATER = N_("{sentence} That takes time.")
_ENDS = {
    "R": N_("So it feeds itself: what has begun grows."),
    "B": N_("So it holds itself back: what has begun is slowed."),
    "?": N_("Whether it feeds itself or holds itself back depends on what is not yet said."),
}


def read_aloud(model: SystemModel, loop: Loop, language: str) -> tuple[Words, ...]:
    """The loop as sentences, one for each link, and what it comes to.

    The first sentence begins with "more"; after each "less" the next goes on from less.
    """
    sentences = []
    more = True
    for link in loop.links:
        sentences.append(say_link(model, link, language, more=more))
        more = more if link.sign in "+?" else not more
    return (*sentences, Words(_ENDS[loop.polarity]))


def say_link(model: SystemModel, link: Link, language: str, *, more: bool = True) -> Words:
    """One arrow as a sentence that begins with more, or with less, of its source."""
    fields = {
        "a": model.variable(link.source).label.say(language),
        "b": model.variable(link.target).label.say(language),
    }
    if link.sign == "?":
        sentence = Words(_UNKNOWN, fields)
    else:
        then = more if link.sign == "+" else not more
        worded = {
            (True, True): _MORE_MORE,
            (True, False): _MORE_LESS,
            (False, True): _LESS_MORE,
            (False, False): _LESS_LESS,
        }[more, then]
        sentence = Words(worded, fields)
    return Words(_LATER, {"sentence": sentence}) if link.delayed else sentence


def offices(model: SystemModel, loop: Loop) -> tuple[Text, ...]:
    """The offices that a loop passes through, each once."""
    found = (model.variable(key).office for key in loop.keys)
    return tuple(dict.fromkeys(office for office in found if office))


@dataclass(frozen=True)
class Remark:
    """Something to look at: a stable code, the variable or link it is about, a sentence."""

    code: str
    about: str
    words: Words


def check(model: SystemModel, language: str) -> tuple[Remark, ...]:
    """What the sketch leaves open: signs, assumptions, lonely words, the same word twice."""
    remarks = []
    linked = {end for link in model.links for end in (link.source, link.target)}
    seen: set[str] = set()
    for variable in model.drawn:
        label = variable.label.say(language)
        if variable.key not in linked:
            words = Words(N_("“{label}” is linked to nothing yet."), {"label": label})
            remarks.append(Remark("lonely", variable.key, words))
        if fold(label) in seen:
            words = Words(N_("Two variables are called “{label}”."), {"label": label})
            remarks.append(Remark("twice", variable.key, words))
        seen.add(fold(label))
    for link in model.links:
        fields = {
            "a": model.variable(link.source).label.say(language),
            "b": model.variable(link.target).label.say(language),
        }
        if link.sign == "?":
            words = Words(N_("More “{a}”: does it make more or less of “{b}”?"), fields)
            remarks.append(Remark("sign", link.key, words))
        if link.is_assumption:
            words = Words(N_("From “{a}” to “{b}” is an assumption: nothing supports it."), fields)
            remarks.append(Remark("assumed", link.key, words))
    return tuple(remarks)


# --- edits: each gives a new sketch


def key_for(label: str, taken: tuple[str, ...]) -> str:
    """A stable key made from a label, different from those `taken`."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:40].strip("_")
    plain = plain if plain[:1].isalpha() else f"word_{plain}".rstrip("_")
    found, number = plain, 1
    while found in taken:
        number += 1
        found = f"{plain}_{number}"
    return found


def add_variable(model: SystemModel, label: Text, **fields: Any) -> SystemModel:
    """The sketch with one more variable; the one of that name if it is there."""
    wanted = fold(label.vi or label.en)
    if any(wanted in (fold(v.label.vi), fold(v.label.en)) for v in model.variables):
        return model
    variable = Variable(key_for(label.vi or label.en, model.keys), label, **fields)
    return replace(model, variables=(*model.variables, variable))


def change_variable(model: SystemModel, key: str, **fields: Any) -> SystemModel:
    """The sketch with other fields of a variable; `KeyError` if it is not there."""
    model.variable(key)
    found = tuple(replace(v, **fields) if v.key == key else v for v in model.variables)
    return replace(model, variables=found)


def remove_variable(model: SystemModel, key: str) -> SystemModel:
    """The sketch without a variable, its links and the names of loops through it."""
    model.variable(key)
    return replace(
        model,
        variables=tuple(v for v in model.variables if v.key != key),
        links=tuple(e for e in model.links if key not in (e.source, e.target)),
        loops=tuple(each for each in model.loops if key not in each.keys),
    )


def draw_link(model: SystemModel, link: Link) -> SystemModel:
    """The sketch with this link, in place of one between the same variables."""
    model.variable(link.source), model.variable(link.target)
    if model.link(link.source, link.target):
        drawn = tuple(link if e.key == link.key else e for e in model.links)
        return replace(model, links=drawn)
    return replace(model, links=(*model.links, link))


def erase_link(model: SystemModel, source: str, target: str) -> SystemModel:
    """The sketch without that link."""
    left = tuple(e for e in model.links if (e.source, e.target) != (source, target))
    return replace(model, links=left)


def name_loop(model: SystemModel, keys: frozenset[str], name: Text, story: Text) -> SystemModel:
    """The sketch with a name for the loop of these variables; an empty name takes it away."""
    left = tuple(each for each in model.loops if each.keys != keys)
    return replace(model, loops=(*left, Named(keys, name, story)) if name else left)


def merge(one: SystemModel, other: SystemModel) -> tuple[SystemModel, tuple[Words, ...]]:
    """Two teams' sketches as one, by the names of variables; where their signs differ stands "?".

    Returns the sketch and what to talk about.
    """
    merged, talk = one, []
    same: dict[str, str] = {}
    for variable in other.variables:
        wanted = {fold(variable.label.vi), fold(variable.label.en)} - {""}
        known = next(
            (v for v in one.variables if wanted & {fold(v.label.vi), fold(v.label.en)}), None
        )
        if known is None:
            key = variable.key
            if key in merged.keys:
                key = key_for(variable.label.vi or variable.label.en, merged.keys)
            merged = replace(merged, variables=(*merged.variables, replace(variable, key=key)))
            same[variable.key] = key
        else:
            same[variable.key] = known.key
    for link in other.links:
        moved = replace(link, source=same[link.source], target=same[link.target])
        there = merged.link(moved.source, moved.target)
        if there is None:
            merged = draw_link(merged, moved)
        elif there.sign != moved.sign:
            evidence = tuple(dict.fromkeys((*there.rests_on, *moved.rests_on)))
            sign = (
                "?" if "?" not in (there.sign, moved.sign) else (there.sign + moved.sign).strip("?")
            )
            merged = draw_link(merged, replace(there, sign=sign or "?", rests_on=evidence))
            if sign == "?":
                fields = {
                    "a": merged.variable(moved.source).label.say("vi"),
                    "b": merged.variable(moved.target).label.say("vi"),
                }
                talk.append(Words(N_("The two sketches differ on “{a}” and “{b}”."), fields))
    return merged, tuple(talk)
