"""What the pages of futures show; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vuon.futures.outlook import Outlook, find, read
from vuon.futures.signals import FIELDS, HORIZONS, Driver, Signal, alike, unseen
from vuon.journeys.ranging import Range
from vuon.toml.table import Text
from vuon_web.accounts.requests import Request
from vuon_web.challenges import queries as challenges
from vuon_web.futures import numbers, queries, telling
from vuon_web.futures.forms import FIELD_WORDS, HORIZON_WORDS
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge


def frame(request: Request, challenge: Challenge) -> dict[str, Any]:
    """What every page of an outlook has."""
    text, base, undo, redo = versions.standing(queries.kept(challenge))
    return {
        "challenge": challenge,
        "lab": challenge.lab,
        "outlook": read(text),
        "base": base,
        "undo": undo,
        "redo": redo,
        "can_edit": challenges.can_edit(challenge, request.audience),
    }


def outlook(page: dict[str, Any], language: str) -> dict[str, Any]:
    """Signals with the grid of blind spots, drivers, signposts."""
    found: Outlook = page["outlook"]
    known = numbers.of(page["challenge"])
    return {
        "signals": [signal(each, language) for each in found.signals],
        "grid": grid(found),
        "horizons": [HORIZON_WORDS[each] for each in HORIZONS],
        "blind": len(unseen(found.signals)),
        "drivers": [driver(each, found, known, language) for each in found.drivers],
        "posts": [telling.watch(each, language) for each in found.watches],
    }


def signal(each: Signal, language: str) -> dict[str, Any]:
    """A signal as a card."""
    return {
        "signal": each,
        "text": each.text.say(language),
        "field": FIELD_WORDS[each.field],
        "horizon": HORIZON_WORDS[each.horizon],
        "times": len(each.again),
        "last": max(each.again, default=None),
    }


def grid(found: Outlook) -> list[dict[str, Any]]:
    """How many signals there are of each field and horizon."""
    blind = set(unseen(found.signals))
    return [
        {
            "field": FIELD_WORDS[field],
            "cells": [
                {
                    "horizon": HORIZON_WORDS[horizon],
                    "n": sum((s.field, s.horizon) == (field, horizon) for s in found.signals),
                    "blind": (field, horizon) in blind,
                    "key": (field, horizon),
                }
                for horizon in HORIZONS
            ],
        }
        for field in FIELDS
    ]


def driver(
    each: Driver, found: Outlook, known: Mapping[str, Range], language: str
) -> dict[str, Any]:
    """A driver with its range; one whose number the map lost is a story only."""
    number = known.get(each.uncertainty)
    signals = tuple(s for s in found.signals if s.key in each.signals)
    ends = {
        name: numbers.worded(end, each.unit, language)
        for name, end in (("low", each.low), ("high", each.high))
        if end is not None
    }
    return {
        **telling.setter(each, signals, language),
        "story_only": each.story_only or number is None,
        "lost": bool(each.uncertainty) and number is None,
        "number": number.words.say(language) if number else "",
        "step": number.step if number else "",
        **ends,
    }


def near_duplicate(found: Outlook, values: Mapping[str, Any], language: str) -> Signal | None:
    """The signal that says the same, if there is one."""
    asked = Signal("", Text(values["text"], values["text"]), values["source"])
    return next((each for each in found.signals if alike(asked, _in(each, language))), None)


def _in(each: Signal, language: str) -> Signal:
    """The signal with the words that the page shows, to be compared with what was typed."""
    words = each.text.say(language)
    return Signal(each.key, Text(words, words), each.source)


def one(page: dict[str, Any], place: str, key: str) -> Any:
    """The part of an outlook by its key; None for a further one."""
    return find(getattr(page["outlook"], place), key)
