"""Numbers of the map that a driver may set, and numbers as people type them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vuon.errors import VuonError
from vuon.futures.telling import said
from vuon.journeys.ranging import Range, ranges
from vuon.journeys.sketching import sketched
from vuon.quantities import called, parse
from vuon_web.journeys.queries import journey_of

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge


def of(challenge: Challenge) -> dict[str, Range]:
    """The uncertain numbers of the task's map, by name; none before its first step."""
    found = journey_of(challenge)
    if found is None or not found.steps:
        return {}
    journey = replace(sketched(found).journey, pins=())
    return {each.unknown.name: each for each in ranges(journey)}


def typed(text: str, unit: str, language: str) -> float:
    """A number in `unit`, typed with a comma or a point; a share as a percentage.

    Raises:
        ValidationError: no number, another unit, or a value that cannot be.
    """
    try:
        value = parse(text, unit or "percent")
    except VuonError as error:
        raise ValidationError(error.say(language)) from None
    value = value if unit else value / 100
    if value < 0 or (not unit and value > 1):
        words = _("A share lies between 0 and 100%.") if not unit else _("It cannot be below 0.")
        raise ValidationError(words)
    if value > 1e6:
        raise ValidationError(_("Such a large number cannot be meant."))
    return value


def shown(value: float | None, unit: str, language: str) -> str:
    """The number as it stands in a field, without marks between thousands."""
    if value is None:
        return ""
    text = f"{round(value if unit else 100 * value, 2):.10g}"
    return text if language == "en" else text.replace(".", ",")


def unit_words(unit: str, language: str) -> str:
    """The unit beside a field."""
    return called(unit, language) if unit else "%"


def worded(value: float, unit: str, language: str) -> str:
    """A value with its unit, as sentences have it."""
    return said(value, unit, language)
