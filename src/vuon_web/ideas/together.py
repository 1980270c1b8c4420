"""All ideas of a task in the same futures: several ways of asking side by side, never a winner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuon.errors import VuonError
from vuon.futures import robustness
from vuon.ideas.model import Idea
from vuon.journeys.applying import Change, apply
from vuon.journeys.check import runnable
from vuon.journeys.model import Journey
from vuon_web.ideas import exploring, queries, trying
from vuon_web.ideas.exploring import DAYS, TODAY, Asked
from vuon_web.journeys.queries import journey_of

if TYPE_CHECKING:
    from uuid import UUID

    from vuon_web.challenges.models import Challenge

#: The columns: a way of asking, in the words of the page.
COLUMNS = {
    "maximin": gettext_lazy("In its worst future"),
    "minimax_regret": gettext_lazy("At most worse than the best by"),
    "regret_90": gettext_lazy("In 9 of 10 futures worse by at most"),
    "satisficing": gettext_lazy("Holds in so many of 100 futures"),
    "signal_to_noise": gettext_lazy("Mean over spread"),
}
#: Ideas that one page compares at most; more would leave each too few futures.
MOST = 12


def page(
    challenge: Challenge, actor_id: UUID | None, sent: Mapping[str, str], language: str
) -> dict[str, Any]:
    """The ideas that can run on the map, and once a threshold is said the table of all of them."""
    asked, found = exploring.read(sent), journey_of(challenge)
    ideas = [row.idea for row in queries.told(queries.board_of(challenge), actor_id)]
    running = [(idea, trial) for idea in ideas if (trial := trying.trial_of(found, idea))]
    shown: dict[str, Any] = {
        "steps": bool(found and found.steps),
        "kind": asked.kind,
        "threshold": asked.typed,
        "still": [i.name.say(language) for i in ideas if i.key not in {r.key for r, _t in running}],
    }
    if not running:
        return shown
    trial = running[0][1]
    refused = runnable(trial.sketch.journey)
    if refused:
        return shown | {"refused": [each.what.say(language) for each in refused]}
    fitting, broken = _fitting(trial.plain, running, language)
    known, setters = exploring.known(challenge, trial.plain)
    shown |= {
        "running": [idea.name.say(language) for idea, _changes in fitting],
        "broken": broken,
        "ranges": [exploring.shown(each, setters, language) for each in known],
    }
    if asked.threshold is None or not known or not fitting:
        return shown
    policies = [(idea.key, changes) for idea, changes in fitting]
    try:
        seen = exploring.explored(trial.plain, known, policies, asked.kind)
    except VuonError as error:
        return shown | {"why": error.say(language)}
    names = {TODAY: _("As it is"), **{i.key: i.name.say(language) for i, _c in fitting}}
    groups = dict(trying.groups(trial.sketch.journey, language))
    return shown | {"days": DAYS, "tables": _tables(seen, asked, names, groups, language)}


def _fitting(
    journey: Journey, running: list[tuple[Idea, trying.Trial]], language: str
) -> tuple[list[tuple[Idea, tuple[Change, ...]]], list[dict[str, str]]]:
    """The ideas that the map can take, and why the others cannot be."""
    fitting: list[tuple[Idea, tuple[Change, ...]]] = []
    broken: list[dict[str, str]] = []
    for idea, trial in running:
        try:
            apply(journey, list(trial.changes))
        except VuonError as error:
            broken.append({"name": idea.name.say(language), "why": error.say(language)})
            continue
        if len(fitting) == MOST:
            words = _("Not more than 12 ideas are compared at once.")
            broken.append({"name": idea.name.say(language), "why": words})
            continue
        fitting.append((idea, trial.changes))
    return fitting, broken


def _tables(
    seen: exploring.Futures,
    asked: Asked,
    names: Mapping[str, str],
    groups: Mapping[str, str],
    language: str,
) -> list[dict[str, Any]]:
    assert asked.threshold is not None  # it was said
    limit = asked.threshold * asked.factor
    tables = [
        robustness.table(seen.values[:, m], replace(measure, threshold=limit), tuple(names))
        for m, measure in enumerate(seen.study.measures)
    ]
    return [
        {
            "name": groups.get(table.measure.group, ""),
            "caption": table.caption.say(language),
            "agreement": _agreement(table, names),
            "hidden": [words.say(language) for words in dict.fromkeys(table.hidden.values())],
            "columns": [COLUMNS[key] for key in _columns(table)],
            "rows": [
                {"name": names[row.policy], "cells": list(_cells(table, row, asked))}
                for row in table.rows
            ],
        }
        for table in tables
    ]


def _columns(table: robustness.Table) -> list[str]:
    return [key for key in COLUMNS if key not in table.hidden]


def _cells(table: robustness.Table, row: robustness.Row, asked: Asked) -> Any:
    for key in _columns(table):
        value = row.told[key]
        kind = {"satisficing": "share", "signal_to_noise": "plain"}.get(key, asked.kind)
        if value is not None:
            scale = {"share": 100.0, "plain": 1.0}.get(kind, 1 / asked.factor)
            value *= scale
        # nothing is best where all are the same
        best = table.best.get(key, ())
        yield {
            "label": COLUMNS[key],
            "value": value,
            "kind": kind,
            "best": row.policy in best and len(best) < len(table.rows),
        }


def _agreement(table: robustness.Table, names: Mapping[str, str]) -> str:
    """Whether the columns that are shown point the same way; never which idea to take."""
    shown = [set(table.best[key]) for key in _columns(table) if key in table.best]
    common = set.intersection(*shown) if shown else set()
    if len(common) == len(names):
        return _("In these futures they are all the same by every column.")
    if common:
        told = ", ".join(names[key] for key in names if key in common)
        return _("Every column is best at the same row: {names}.").format(names=told)
    return _("The columns do not agree: look at what each of them asks.")
