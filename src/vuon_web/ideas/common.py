"""Templates of common changes on the page of an idea."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import QueryDict

from vuon.errors import Words
from vuon.ideas import common
from vuon.ideas.model import Change
from vuon.journeys.levers import WHERE
from vuon.journeys.model import Journey
from vuon.journeys.sketching import sketched


def page(found: Journey | None, language: str) -> list[dict[str, Any]]:
    """The templates, each with what of the map it can be about; or what the map lacks for it."""
    journey = sketched(found).journey if found and found.steps else None
    shown = []
    for each in common.COMMON:
        parts = common.parts(each, journey) if journey else ()
        shown.append(
            {
                "key": each.key,
                "name": Words(each.name).say(language),
                "two": each.about == "two",
                "parts": [(key, name.say(language) or key) for key, name in parts],
                "lacking": Words(each.lacking).say(language),
                "asked": [
                    {"name": a.name, "label": Words(a.label).say(language), "usual": a.usual,
                     "low": a.low, "high": a.high, "step": "0.5" if a.name in WHERE else "1"}
                    for a in each.asked
                ],
            }
        )  # fmt: skip
    return shown


def made(found: Journey, sent: QueryDict) -> Change:
    """The change that a form asked for.

    Raises:
        KeyError: no such template.
        VuonError: the map no longer has what it is about.
    """
    template = common.common(sent.get("template", ""))
    numbers = {}
    for each in template.asked:
        with suppress(ValueError):
            numbers[each.name] = float(sent.get(each.name, "").replace(",", "."))
    journey = sketched(found).journey
    return common.made(template, journey, sent.get("part", ""), numbers, sent.get("other", ""))
