"""An idea in many futures: what if the figures of the map are other than it says?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from vuon.errors import VuonError
from vuon.futures import robustness
from vuon.futures.discover import Discovery, discover
from vuon.futures.outlook import Watch
from vuon.futures.pathways import proposed
from vuon.futures.sketches import failing
from vuon.futures.telling import Named, sentences
from vuon.ideas.model import Idea
from vuon.journeys.check import runnable
from vuon.journeys.ranging import Range
from vuon.toml.table import Text
from vuon_web.ideas import exploring, trying
from vuon_web.ideas.exploring import DAYS, TODAY, Asked, Futures
from vuon_web.journeys.queries import journey_of

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge

IDEA = "idea"


def page(
    challenge: Challenge, idea: Idea, sent: Mapping[str, str], language: str
) -> dict[str, Any]:
    """What the page shows: the ranges, and once a threshold is said what many futures tell."""
    found = journey_of(challenge)
    trial = trying.trial_of(found, idea)
    asked = exploring.read(sent)
    shown: dict[str, Any] = {
        "steps": bool(found and found.steps),
        "figures": trial is not None,
        "kind": asked.kind,
        "threshold": asked.typed,
    }
    if trial is None:
        return shown
    refused = runnable(trial.sketch.journey)
    if refused:
        return shown | {"refused": [each.what.say(language) for each in refused]}
    known, setters = exploring.known(challenge, trial.plain)
    shown["ranges"] = [exploring.shown(each, setters, language) for each in known]
    if asked.threshold is None or not known:
        return shown
    try:
        seen = exploring.explored(trial.plain, known, [(IDEA, trial.changes)], asked.kind)
    except VuonError as error:
        return shown | {"why": error.say(language)}
    groups = dict(trying.groups(trial.sketch.journey, language))
    return shown | _told(seen, known, idea, asked, groups, language)


def _found(seen: Futures, asked: Asked) -> Discovery:
    """When the idea fails for all who come."""
    design, measure = seen.study.design, _measures(seen, asked)[0]
    fails = failing(seen.values[:, :1], (measure,))[1, 0]
    return discover(design.columns(0, design.n), fails, design.dims)


def _measures(seen: Futures, asked: Asked) -> list[Any]:
    assert asked.threshold is not None  # it was said
    limit = asked.threshold * asked.factor
    return [replace(each, threshold=limit) for each in seen.study.measures]


def _told(
    seen: Futures,
    known: tuple[Range, ...],
    idea: Idea,
    asked: Asked,
    groups: Mapping[str, str],
    language: str,
) -> dict[str, Any]:
    measures = _measures(seen, asked)
    tables = [
        robustness.table(seen.values[:, m], measure, (TODAY, IDEA))
        for m, measure in enumerate(measures)
    ]
    names = {TODAY: _("As it is"), IDEA: _("With the idea")}
    found = _found(seen, asked)
    about = {each.unknown.name: each for each in known}
    named = Named(
        idea.name.say(language),
        names={name: each.words.say(language) for name, each in about.items()},
        units={name: each.unit for name, each in about.items()},
    )
    return {
        "caption": tables[0].caption.say(language),
        "days": DAYS,
        "rows": [_row(names[row.policy], row, asked) for row in tables[0].rows],
        "by_group": [
            {"name": groups[table.measure.group],
             "rows": [_row(names[row.policy], row, asked) for row in table.rows]}
            for table in tables[1:]
        ],
        "clear": found.clear,
        "sentences": [each.say(language) for each in sentences(found, named, language)],
        "failures": found.failures,
        "ask_next": [
            exploring.shown(about[name], {}, language) for box in found.boxes for name in box.names
        ],
    }  # fmt: skip


def _row(name: str, row: robustness.Row, asked: Asked) -> dict[str, Any]:
    worst = row.told["maximin"]
    return {
        "name": name,
        "meets": round(100 * (row.told["satisficing"] or 0)),
        "worst": None if worst is None else worst / asked.factor,
    }


def watches(challenge: Challenge, idea: Idea, sent: Mapping[str, str]) -> tuple[Watch, ...]:
    """Drafts of signposts for what the idea fails by; none where there is no clear story.

    The lead time is what an idea says it takes to set up, until somebody says what comes next.
    """
    trial, asked = trying.trial_of(journey_of(challenge), idea), exploring.read(sent)
    if trial is None or asked.threshold is None or runnable(trial.sketch.journey):
        return ()
    known, _setters = exploring.known(challenge, trial.plain)
    if not known:
        return ()
    seen = exploring.explored(trial.plain, known, [(IDEA, trial.changes)], asked.kind)
    about = {each.unknown.name: each for each in known}
    usual = {name: each.unknown.value for name, each in about.items()}
    return tuple(
        Watch(
            "draft",
            Text(*(about[post.variable].words.say(each) for each in ("vi", "en"))),
            post.variable,
            post.op,
            post.threshold,
            post.usual,
            about[post.variable].unit,
            lead_days=round(idea.cost.days),
            idea=idea.key,
        )
        for box in _found(seen, asked).boxes
        for post in proposed(box, usual)
    )
