"""The figures of a step taken from a stopwatch sheet of the task: first shown, then kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vuon.evidence import observation
from vuon.journeys.changes import pin_evidence
from vuon.journeys.fit import Fit, fit_sheet
from vuon.journeys.model import Calendar, Journey
from vuon.journeys.sketching import HORIZON
from vuon_web.evidence import picking
from vuon_web.journeys.actions import Edit


def taken(found: Journey, key: str, sheet: picking.Counted) -> Fit:
    """The map with what a sheet says of a desk: how long it takes, who comes, how many desks, how
    long people are patient; and the report of each figure."""
    # Clocks of the place where it was counted: 7:30 is a.m. there.
    rows = tuple(_local(row) for row in sheet.rows)
    step = found.step(key)
    if step.kind != "desk":
        steps = (replace(s, kind="desk") if s is step else s for s in found.steps)
        found = replace(found, steps=tuple(steps))
    if found.calendar is None and (times := [time for row in rows for time in row.times]):
        monday = min(times).date()
        monday -= timedelta(days=monday.weekday())
        found = replace(found, calendar=Calendar(monday, HORIZON))
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
        if report and found.calendar is None:
            hours = _("Open from 7:30 to 11:30 and 13:30 to 17:00: see “Desks and hours”.")
            shown["report"].append({"words": hours, "weak": False})
    return shown
