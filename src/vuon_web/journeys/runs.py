"""A map that runs: what would happen to those who come, from what is known and what is assumed."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from vuon.errors import VuonError
from vuon.journeys.check import runnable
from vuon.journeys.file import read, write
from vuon.journeys.model import Journey
from vuon.journeys.running import figures
from vuon.journeys.simulate import simulate
from vuon.journeys.sketching import Sketch, sketched
from vuon.journeys.summarise import Summary, Told, summarise

REPLICATIONS = 20
#: A map that needs longer than so many seconds is too large for a page.
LONGEST = 8.0
#: Shown one after another; waiting never stands without completion before it.
METRICS = (
    ("completion", _("get it done, of 100"), 100.0),
    ("wait", _("minutes of waiting at desks, on average"), 1.0),
    ("wait_p90", _("minutes of waiting that 9 in 10 stay below"), 1.0),
    ("days", _("days from the first step to the result"), 1.0),
    ("trips", _("trips"), 1.0),
    ("citizen_cost", _("cost to each of them, in thousand đồng"), 0.001),
    ("cost_per_completed", _("all costs for one case done, in thousand đồng"), 0.001),
)
REASONS = {
    "gives_up": _("give up"),
    "impatient": _("leave the queue"),
    "attempts": _("have come too often"),
}


@lru_cache(maxsize=64)
def _run(text: str) -> Summary:
    """The outcomes of a journey by its file; the same map is run once."""
    journey = read(text)
    end = time.monotonic() + LONGEST
    run = simulate(journey, replications=REPLICATIONS, stop=lambda: time.monotonic() > end)
    return summarise(run, journey)


def page(found: Journey, language: str, guess: str) -> dict[str, Any]:
    """What the page of a run shows.

    Args:
        found: the map as it stands; what it does not say is assumed.
        guess: how many of ten somebody expects to get it done, as typed.
    """
    sketch = sketched(found)
    refused = runnable(sketch.journey)
    shown: dict[str, Any] = {
        "guess": guessed(guess),
        "assumed": [{"step": e.step, "words": e.words.say(language)} for e in sketch.assumed],
        "refused": [
            {"step": each.key if each.key in found.keys else "",
             "what": each.what.say(language), "do": each.do.say(language)}
            for each in refused
        ],
        "lights": lights(sketch.journey),
        "queues": any(step.kind == "desk" for step in found.steps),
    }  # fmt: skip
    if refused or not found.steps:
        return shown
    try:
        summary = _run(write(replace(sketch.journey, pins=())))
    except VuonError as error:
        return shown | {"stopped": error.say(language)}
    return shown | _told(sketch, summary, language)


def guessed(said: str) -> int | None:
    """How many of ten somebody expects to get it done; None if they did not say."""
    return int(said) if said.isascii() and said.isdigit() and int(said) <= 10 else None


def strip(found: Journey, language: str) -> dict[str, Any]:
    """The few figures that stand beside a map while it is changed; or why it does not run."""
    sketch = sketched(found)
    refused = runnable(sketch.journey)
    if refused:
        return {"refused": f"{refused[0].what.say(language)} {refused[0].do.say(language)}"}
    try:
        told = _run(write(replace(sketch.journey, pins=()))).told
    except VuonError as error:
        return {"refused": error.say(language)}
    return {
        "done": 10 * told["completion", ""].estimate.mean,
        "wait": told["wait", ""].estimate.mean,
        "days": told["days", ""].estimate.mean,
        "trips": told["trips", ""].estimate.mean,
    }


def lights(journey: Journey) -> dict[str, int]:
    """How many of the figures are measured, said, assumed."""
    found = {"measured": 0, "said": 0, "assumed": 0}
    for _name, figure in figures(journey):
        found[figure.light] += 1
    return found


def _told(sketch: Sketch, summary: Summary, language: str) -> dict[str, Any]:
    journey = sketch.journey
    groups = [(g.key, g.name.say(language) or g.key) for g in journey.groups]
    columns = groups if len(groups) > 1 else []
    done = summary.told["completion", ""]
    return {
        "done": _row(done, 10.0),
        "certain": 10 * done.estimate.half < 0.05,
        "columns": [name for _key, name in columns],
        "rows": [
            {
                "label": label,
                "all": _row(summary.told[metric, ""], scale),
                "groups": [
                    {"name": name, "cell": _cell(summary, metric, key, scale)}
                    for key, name in columns
                ],
            }
            for metric, label, scale in METRICS
            if (metric, "") in summary.told
        ],
        "losses": [
            {
                "key": loss.step,
                "title": journey.step(loss.step).title.say(language),
                "reason": REASONS.get(loss.reason, loss.reason),
                "of_hundred": 100 * loss.share,
            }
            for loss in sorted(summary.losses.get("", ()), key=lambda each: -each.share)[:5]
            if loss.share >= 0.005
        ],
        "busiest": [
            {"name": resource.name.say(language) or resource.key,
             "load": 100 * summary.loads[resource.key][0]}
            for resource in journey.resources
            if resource.key in summary.loads
        ],
        "days": journey.calendar.horizon_days if journey.calendar else 0,
        "replications": summary.replications,
    }  # fmt: skip


def _cell(summary: Summary, metric: str, group: str, scale: float) -> dict[str, float] | None:
    told = summary.told.get((metric, group))
    return _row(told, scale) if told else None


def _row(told: Told, scale: float) -> dict[str, float]:
    estimate = told.estimate
    return {
        "mean": scale * estimate.mean,
        "low": scale * (estimate.mean - estimate.half),
        "high": scale * (estimate.mean + estimate.half),
    }
