"""The figures of a step taken from a stopwatch sheet of the task: first shown, then kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import timezone

from vuon.evidence import observation
from vuon.journeys.changes import pin_evidence
from vuon.journeys.fit import Fit
from vuon.journeys.fit_sheets import fit_sheet
from vuon.journeys.model import Journey
from vuon_web.evidence import picking
from vuon_web.journeys.actions import Edit


def taken(found: Journey, key: str, sheet: picking.Counted) -> Fit:
    """The map with what a sheet says of a desk: how long it takes, who comes, how many desks, how
    long people are patient; and the report of each figure."""
    # Clocks of the place where it was counted: 7:30 is a.m. there.
    rows = tuple(_local(row) for row in sheet.rows)
    told = observation.observations(observation.Sheet(rows))
    fit = fit_sheet(found, key, tickets=rows, observed=told)
    return Fit(pin_evidence(fit.journey, sheet.ref, key), fit.report)


def _local(row: observation.Row) -> observation.Row:
    moved: dict[str, Any] = {
        name: timezone.localtime(time) for name in observation.TIMES if (time := getattr(row, name))
    }
    return replace(row, **moved)


def edit(key: str, sheet: picking.Counted) -> Edit:
    """The map with the figures of the sheet."""
    return lambda found: taken(found, key, sheet).journey


def page(
    found: Journey, key: str, sheets: list[picking.Counted], asked: str, language: str
) -> dict[str, Any]:
    """What the page shows: the sheets, and what the one that was asked for would say."""
    chosen = next((each for each in sheets if each.ref == asked), None)
    shown: dict[str, Any] = {
        "sheets": sheets,
        "chosen": chosen,
        "title": found.step(key).title.say(language),
        "step": found.step(key),
    }
    if chosen is not None:
        report = taken(found, key, chosen).report
        shown["report"] = [
            {"words": each.words.say(language), "weak": each.weak} for each in report
        ]
    return shown
