"""An idea on one sheet: the way as it is, the way with the idea, and what differs, for a wall."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from vuon.errors import VuonError
from vuon.ideas.model import Idea
from vuon.journeys.applying import apply
from vuon.journeys.model import Journey
from vuon_web.evidence.picking import Shelf
from vuon_web.ideas import trying
from vuon_web.journeys.pages import drawn
from vuon_web.journeys.runs import lights


def page(found: Journey | None, idea: Idea, shelf: Shelf | None, language: str) -> dict[str, Any]:
    """Both drawings, steps that the idea touches marked, and the table of the trial."""
    shown = trying.page(found, idea, language)
    trial = trying.trial_of(found, idea)
    if found is None or trial is None or not shown.get("tables"):
        return shown
    plain = trial.sketch.journey
    try:
        changed = apply(plain, trial.changes)
    except VuonError as error:
        return shown | {"why": error.say(language)}
    touched = set(_touched(plain, changed))
    return shown | {
        "lights": lights(plain),
        "rows": _across(shown["tables"]),
        "drawings": [
            {"called": called, **drawn(journey, shelf, language), "touched": touched}
            for called, journey in ((_("As it is"), plain), (_("With the idea"), changed))
        ],
    }


def _across(tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tables of all groups as one: a row for each outcome, a cell for each group."""
    groups = [{row["metric"]: row for row in table["rows"]} for table in tables]
    return [
        {
            "label": row["label"],
            "cells": [
                {"name": table["name"], "row": group.get(row["metric"])}
                for table, group in zip(tables, groups, strict=True)
            ],
        }
        for row in tables[0]["rows"]
    ]


def _touched(plain: Journey, changed: Journey) -> list[str]:
    """The steps that are not there in both, or are not the same, or whose desks or papers are."""
    before = {step.key: (step, *_around(plain, step.key)) for step in plain.steps}
    after = {step.key: (step, *_around(changed, step.key)) for step in changed.steps}
    return [key for key in {**before, **after} if before.get(key) != after.get(key)]


def _around(journey: Journey, key: str) -> tuple[Any, ...]:
    step = journey.step(key)
    desks = [each for each in journey.resources if each.key == step.resource]
    papers = [each for each in journey.documents if each.key in step.documents]
    return (*desks, *papers, *(edge for edge in journey.returns if edge.source == key))
