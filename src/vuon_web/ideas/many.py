"""An idea in many futures: what if the figures of the map are other than it says?"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from vuon.errors import VuonError
from vuon.futures import robustness
from vuon.futures.discover import discover
from vuon.futures.ensemble import values_of
from vuon.futures.sample import Design, Dimension
from vuon.futures.sketches import failing
from vuon.futures.study import Edit, Source, Study, asked
from vuon.futures.telling import Named, said, sentences
from vuon.ideas.model import Idea
from vuon.journeys.check import runnable
from vuon.journeys.file import write
from vuon.journeys.model import Journey
from vuon.journeys.ranging import Range, ranged, ranges
from vuon.xlrm import Column, Measure, Policy
from vuon_web.ideas import trying

READER = "vuon.journeys.engine:read_model"
TODAY, IDEA = "today", "idea"
#: Futures of the preview: as many as fit into the seconds that a page may take.
LEAST, MOST, SECONDS = 64, 1024, 20.0
#: Days that each future is looked at: long enough for queues to show, short enough for a page.
DAYS = 14
#: What may be asked: the outcome, which way is good, the typed number's unit.
MEASURES = {"done": ("completion", "more", 0.1), "wait": ("wait", "less", 1.0)}


def page(
    found: Journey | None, idea: Idea, asked_for: dict[str, str], language: str
) -> dict[str, Any]:
    """What the page shows: the ranges, and once a threshold is said what many futures tell."""
    trial = trying.trial_of(found, idea)
    shown: dict[str, Any] = {
        "steps": bool(found and found.steps),
        "figures": trial is not None,
        "kind": asked_for.get("kind", "done") if asked_for.get("kind") in MEASURES else "done",
        "threshold": asked_for.get("threshold", ""),
    }
    if trial is None:
        return shown
    refused = runnable(trial.sketch.journey)
    if refused:
        return shown | {"refused": [each.what.say(language) for each in refused]}
    known = ranges(trial.plain)
    shown["ranges"] = [_shown(each, language) for each in known]
    threshold = _number(asked_for.get("threshold", ""))
    if threshold is None or not known:
        return shown
    changes = tuple((c.target, c.edit, tuple(sorted(c.values.items()))) for c in trial.changes)
    try:
        seen = _futures(write(_shorter(trial.plain)), changes, shown["kind"])
    except VuonError as error:
        return shown | {"why": error.say(language)}
    return shown | _told(seen, known, idea, threshold, language)


def _number(text: str) -> float | None:
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        return None
    return found if 0 <= found < 1e6 else None


def _shorter(journey: Journey) -> Journey:
    calendar = journey.calendar
    assert calendar is not None  # a sketch has one
    days = min(calendar.horizon_days, DAYS)
    return ranged(replace(journey, calendar=replace(calendar, horizon_days=days)))


def _shown(each: Range, language: str) -> dict[str, Any]:
    unknown = each.unknown
    return {
        "words": each.words.say(language),
        "low": said(unknown.low, each.unit, language),
        "high": said(unknown.high, each.unit, language),
        "now": said(unknown.value, each.unit, language),
        "light": unknown.light,
        "chosen": each.chosen,
        "step": each.step,
    }


@dataclass(frozen=True, eq=False)
class Futures:
    """Today and the idea in so many futures: values by policy and future."""

    study: Study
    values: Column


@lru_cache(maxsize=32)
def _futures(text: str, changes: tuple[Any, ...], kind: str) -> Futures:
    """Today and the idea in as many futures as a page has time for; once for all thresholds.

    The futures lie in one order: a slower computer sees the first of those that a faster one sees.
    """
    outcome, direction, _factor = MEASURES[kind]
    edits = tuple(Edit(target, edit, dict(values)) for target, edit, values in changes)
    source = Source(READER, text)
    dims = tuple(
        Dimension(each.name, each.low, each.high)
        for each in source.model().uncertainties
        if not each.name.startswith("group:") and each.low < each.high
    )
    policies = (Policy(TODAY), Policy(IDEA, changes=edits))
    measures = (Measure(kind, outcome, 0.0, direction),)
    study, model = asked(source, policies, measures, Design(dims, MOST, chunk=LEAST))
    began = time.monotonic()
    parts = [values_of(study, model, 0, LEAST)[0]]
    while (count := LEAST << (len(parts) - 1)) < MOST:
        spent = time.monotonic() - began
        if 2 * spent > SECONDS:  # twice as many take as long again
            break
        parts.append(values_of(study, model, count, count)[0])
    values = np.concatenate(parts, axis=2)
    return Futures(study.with_design(n=values.shape[2]), values[:, 0])


def _told(
    seen: Futures, known: tuple[Range, ...], idea: Idea, threshold: float, language: str
) -> dict[str, Any]:
    (asked_first,), design = seen.study.measures, seen.study.design
    factor = MEASURES[asked_first.name][2]
    measure = replace(asked_first, threshold=threshold * factor)
    table = robustness.table(seen.values, measure, (TODAY, IDEA))
    names = {TODAY: _("As it is"), IDEA: _("With the idea")}
    fails = failing(seen.values[:, None], (measure,))[1, 0]
    found = discover(design.columns(0, design.n), fails, design.dims)
    about = {each.unknown.name: each for each in known}
    named = Named(
        idea.name.say(language),
        names={name: each.words.say(language) for name, each in about.items()},
        units={name: each.unit for name, each in about.items()},
    )
    return {
        "caption": table.caption.say(language),
        "days": DAYS,
        "rows": [
            {
                "name": names[row.policy],
                "meets": round(100 * (row.told["satisficing"] or 0)),
                "worst": None if row.told["maximin"] is None else row.told["maximin"] / factor,
            }
            for row in table.rows
        ],
        "clear": found.clear,
        "sentences": [each.say(language) for each in sentences(found, named, language)],
        "failures": found.failures,
        "ask_next": [_shown(about[name], language) for box in found.boxes for name in box.names],
    }
