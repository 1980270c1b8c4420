"""Today and ideas in many futures: the values that pages of one idea and of all ideas read."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from vuon.futures.ensemble import values_of
from vuon.futures.sample import Design, Dimension
from vuon.futures.study import Edit, Source, Study, asked
from vuon.futures.telling import said
from vuon.journeys.applying import Change
from vuon.journeys.file import write
from vuon.journeys.model import Journey
from vuon.journeys.ranging import Range, ranged, ranges
from vuon.xlrm import Column, Measure, Policy
from vuon_web.futures import queries, telling

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge

READER = "vuon.journeys.engine:read_ranged"
TODAY = "today"
#: Futures of the preview: as many as fit into the seconds that a page may take.
LEAST, MOST, SECONDS = 64, 1024, 20.0
#: Days that each future is looked at: long enough for queues to show, short enough for a page.
DAYS = 14
#: What may be asked: the outcome, which way is good, the typed number's unit.
MEASURES = {"done": ("completion", "more", 0.1), "wait": ("wait", "less", 1.0)}
#: A policy as a key of what is kept: its name and its changes.
_Policy = tuple[str, tuple[tuple[str, str, tuple[tuple[str, float], ...]], ...]]


@dataclass(frozen=True)
class Asked:
    """What failing means, as somebody said it: its kind and the typed number, None before that."""

    kind: str
    typed: str
    threshold: float | None

    @property
    def factor(self) -> float:
        """What the typed number counts in the outcome's unit."""
        return MEASURES[self.kind][2]


def read(sent: Mapping[str, str]) -> Asked:
    """What a page was asked."""
    kind = sent.get("kind", "done") if sent.get("kind") in MEASURES else "done"
    typed = sent.get("threshold", "")
    try:
        found = float(typed.replace(",", "."))
    except ValueError:
        return Asked(kind, typed, None)
    return Asked(kind, typed, found if 0 <= found < 1e6 else None)


def known(challenge: Challenge, journey: Journey) -> tuple[tuple[Range, ...], dict[str, Any]]:
    """The ranges of a map, those that a driver sets put in their place; and those drivers."""
    setters = queries.setters_of(challenge)
    found, used = [], {}
    for each in ranges(journey):
        driver, signals = setters.get(each.unknown.name, (None, ()))
        if driver and driver.unit == each.unit and driver.low is not None:
            assert driver.high is not None  # it is no story only
            unknown = replace(each.unknown, low=driver.low, high=driver.high)
            each = replace(each, unknown=unknown, chosen=False)
            used[unknown.name] = (driver, signals)
        found.append(each)
    return tuple(found), used


def shown(each: Range, setters: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A range as pages show it, with who set it."""
    unknown = each.unknown
    setter = setters.get(unknown.name)
    return {
        "words": each.words.say(language),
        "low": said(unknown.low, each.unit, language),
        "high": said(unknown.high, each.unit, language),
        "now": said(unknown.value, each.unit, language),
        "light": unknown.light,
        "chosen": each.chosen,
        "step": each.step,
        "setter": telling.setter(setter[0], setter[1], language) if setter else None,
    }


@dataclass(frozen=True, eq=False)
class Futures:
    """Policies in so many futures: values by policy, measure and future."""

    study: Study
    values: Column


def explored(
    journey: Journey,
    known: Sequence[Range],
    policies: Sequence[tuple[str, Sequence[Change]]],
    kind: str,
) -> Futures:
    """Today and the policies in as many futures as a page has time for; once for all thresholds."""
    calendar = journey.calendar
    assert calendar is not None  # a sketch has one
    days = min(calendar.horizon_days, DAYS)
    short = ranged(replace(journey, calendar=replace(calendar, horizon_days=days)))
    dims = tuple((r.unknown.name, r.unknown.low, r.unknown.high) for r in known)
    keys: tuple[_Policy, ...] = tuple(
        (name, tuple((c.target, c.edit, tuple(sorted(c.values.items()))) for c in changes))
        for name, changes in policies
    )
    return _explored(write(short), dims, keys, kind)


@lru_cache(maxsize=32)
def _explored(
    text: str,
    dims: tuple[tuple[str, float, float], ...],
    keys: tuple[_Policy, ...],
    kind: str,
) -> Futures:
    """The futures lie in one order: a slower computer sees the first of those of a faster one."""
    outcome, direction, _factor = MEASURES[kind]
    source = Source(READER, json.dumps({"journey": text, "ranges": dims}))
    model = source.model()
    groups = next(each.groups for each in model.outcomes if each.name == outcome)
    study, model = asked(
        source,
        (
            Policy(TODAY),
            *(Policy(n, changes=tuple(Edit(t, e, dict(v)) for t, e, v in cs)) for n, cs in keys),
        ),
        [
            Measure(f"{kind}:{group}", outcome, 0.0, direction, group)
            for group in ("", *(groups if len(groups) > 1 else ()))
        ],
        Design(tuple(Dimension(*each) for each in dims), MOST, chunk=LEAST),
        model=model,
    )
    began = time.monotonic()
    parts = [values_of(study, model, 0, LEAST)[0]]
    while (count := LEAST << (len(parts) - 1)) < MOST:
        spent = time.monotonic() - began
        if 2 * spent > SECONDS:  # twice as many take as long again
            break
        parts.append(values_of(study, model, count, count)[0])
    values = np.concatenate(parts, axis=2)
    return Futures(study.with_design(n=values.shape[2]), values)
