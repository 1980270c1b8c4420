"""What was found, as sentences in both languages, with two digits that mean something."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vuon.errors import N_, Words
from vuon.futures.discover import Box, Discovery, Limit
from vuon.quantities import UNITS, called, show

_FAILS = N_(
    "{idea} fails when {conditions} ({coverage} of 10 failures; {density} of 10 such futures fail)."
)
_NO_BETTER = N_(
    "{idea} is no better than {other} when {conditions}"
    " ({coverage} of 10 such cases; it holds in {density} of 10 such futures)."
)
_ALSO = N_("Also when {conditions} ({coverage} of 10 failures; {density} of 10 such futures fail).")
_AND = N_("{first} and {second}")
_COMMA = N_("{first}, {second}")
_ABOVE = N_("{name} is above {low}")
_BELOW = N_("{name} is below {high}")
_BETWEEN = N_("{name} lies between {low} and {high}")
_ONE_OF = N_("{name} is {levels}")
_OR = N_("{first} or {second}")


def rounded(value: float, digits: int = 2) -> float:
    """The value with two digits that mean something.

    >>> rounded(0.4678), rounded(1234.0), rounded(0.0)
    (0.47, 1200.0, 0.0)
    """
    if value == 0 or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


def said(value: float, unit: str, language: str) -> str:
    """A value as people write it, with two digits and its unit; a share as a percentage.

    >>> said(0.4678, "", "en"), said(70.21, "case/week", "en"), said(1.4678, "visit", "vi")
    ('47%', '70 cases/week', '1,5 visit')
    """
    near = rounded(value)
    if unit in UNITS or unit == "":
        return show(near, unit, language)
    text = f"{near:,.{max(0, 1 - math.floor(math.log10(abs(near)))) if near else 0}f}"
    text = text if language == "en" else text.translate(str.maketrans(",.", ".,"))
    return f"{text} {called(unit, language)}"


def tenths(share: float) -> int:
    """A share as so many of ten; ten and none only where they are meant.

    >>> tenths(0.98), tenths(1.0), tenths(0.01)
    (9, 10, 1)
    """
    if share in (0, 1):
        return round(10 * share)
    return max(1, min(9, round(10 * share)))


def condition(limit: Limit, name: str, unit: str, language: str) -> Words:
    """One limit of a box, as part of a sentence."""
    if limit.levels:
        levels = [said(each, unit, language) for each in limit.levels]
        return Words(_ONE_OF, {"name": name, "levels": _joined(list(map(Words, levels)), _OR)})
    fields = {
        "name": name,
        "low": "" if limit.low is None else said(limit.low, unit, language),
        "high": "" if limit.high is None else said(limit.high, unit, language),
    }
    if limit.low is not None and limit.high is not None:
        return Words(_BETWEEN, fields)
    return Words(_ABOVE if limit.low is not None else _BELOW, fields)


def _joined(parts: Sequence[Words], last: str = _AND) -> Words:
    """Parts with commas and, before the last, "and"."""
    if len(parts) == 1:
        return parts[0]
    told = parts[0]
    for each in parts[1:-1]:
        told = Words(_COMMA, {"first": told, "second": each})
    return Words(last, {"first": told, "second": parts[-1]})


@dataclass(frozen=True)
class Named:
    """What people call what a sentence is about.

    Args:
        idea: what fails.
        against: the policy that it does not beat; empty where it misses a measure.
        names, units: of the uncertainties, by key.
    """

    idea: str
    against: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


def sentence(box: Box, named: Named, language: str, *, also: bool = False) -> Words:
    """The box as a sentence: "The idea fails when … and …"; `also` for a further box."""
    parts = [
        condition(
            each, named.names.get(each.name, each.name), named.units.get(each.name, ""), language
        )
        for each in box.limits
    ]
    return Words(
        _ALSO if also else _NO_BETTER if named.against else _FAILS,
        {
            "idea": named.idea,
            "other": named.against,
            "conditions": _joined(parts),
            "coverage": tenths(box.coverage),
            "density": tenths(box.density),
        },
    )


def sentences(found: Discovery, named: Named, language: str) -> tuple[Words, ...]:
    """Every box as a sentence, or the sentence that there is no clear story."""
    if not found.clear:
        return (found.why_not,)
    return tuple(sentence(box, named, language, also=n > 0) for n, box in enumerate(found.boxes))
