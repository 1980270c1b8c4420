"""What the pages of ideas and of the decision show: plain values only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vuon.practice import costs
from vuon.practice.game import State, Try
from vuon.practice.place import Offer, Place
from vuon.practice.world import Outcome
from vuon_web.practice.folds import Played
from vuon_web.practice.pages_look import goodwill_words, icon_of, number


def routes() -> dict[str, str]:
    """What a legal route means, in plain words."""
    return {
        "A": _("Within the rules: the head of the unit decides"),
        "B": _("Needs an agreement above or beside: a decision by those in charge"),
        "C": _("Not covered by law yet: a controlled test"),
    }


def idea_cost(idea: Offer) -> list[str]:
    """What an idea costs, in words."""
    hours = number(idea.hours)
    return [
        _("%(days)s days to set up") % {"days": idea.days},
        _("%(money)s million đồng") % {"money": number(idea.money)},
        _("%(hours)s hours of staff a week") % {"hours": hours},
        *goodwill_words(idea.staff, idea.sponsor),
    ]


def ideas(played: Played, chosen: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Every idea as a card, with what is pinned to the steps that it touches."""
    place, state = played.world.place, played.state
    rows = []
    for idea in place.ideas:
        if state.mode == "taster" and not idea.taster:
            continue
        pinned = sum(pin.step in idea.steps for pin in state.pins)
        refused = costs.why_not_ideas(place, state, [idea.key])
        rows.append(
            {
                "idea": idea,
                "icon": icon_of(idea.icon),
                "cost": " · ".join(idea_cost(idea)),
                "route": routes()[idea.route],
                "steps": [place.step(step).title for step in idea.steps],
                "pinned": pinned,
                "refused": refused.what.say(get_language() or "vi") if refused else "",
                "chosen": idea.key in chosen,
            }
        )
    return rows


def titles(place: Place, keys: Sequence[str]) -> list[Any]:
    """The titles of ideas."""
    return [place.idea(key).title for key in keys]


def tried(played: Played, number_: int) -> dict[str, Any]:
    """One try: what was expected beforehand, what the beans give, and how far causes differ."""
    place, made = played.world.place, played.state.tries[number_]
    now = played.world.expect(_held(played.state), (), 0)
    held = _under_held_causes(played.state, made)
    return {
        "number": number_,
        "ideas": titles(place, made.ideas),
        "keys": made.ideas,
        "predicted": made.predicted,
        "expected": round(100 * made.expected.total.first),
        "low": round(100 * min(held)),
        "high": round(100 * max(held)),
        "now": round(100 * now.total.first),
        "by_cause": [
            {"cause": cause, "beans": beans, "first": round(100 * made.by_cause[cause.key])}
            for cause, beans in _beans(played)
            if beans
        ],
        "groups": [
            {
                "group": group.title,
                "now": round(100 * now.groups[group.key].first),
                "then": round(100 * made.expected.groups[group.key].first),
            }
            for group in place.groups
        ],
        "figures": _figures(now.total, made.expected.total),
    }


def _beans(played: Played) -> list[tuple[Any, int]]:
    laid = dict(played.state.beans.beans) if played.state.beans else {}
    return [(cause, laid.get(cause.key, 0)) for cause in played.world.place.causes]


def _held(state: State) -> dict[str, float]:
    assert state.beans is not None
    return {key: state.beans.share(key) for key, _count in state.beans.beans}


def _under_held_causes(state: State, made: Try) -> list[float]:
    held = _held(state)
    return [share for cause, share in made.by_cause.items() if held.get(cause)] or [0.0]


def _figures(now: Outcome, then: Outcome) -> list[dict[str, Any]]:
    return [
        {
            "title": _("Finished in the end"),
            "now": f"{round(100 * now.completed)}%",
            "then": f"{round(100 * then.completed)}%",
        },
        {
            "title": _("Trips for one file"),
            "now": number(now.visits),
            "then": number(then.visits),
        },
        {
            "title": _("Minutes of waiting, each time"),
            "now": str(round(now.wait_minutes)),
            "then": str(round(then.wait_minutes)),
        },
        {
            "title": _("Cost of one file to the resident, thousand đồng"),
            "now": str(round(now.dong / 1000)),
            "then": str(round(then.dong / 1000)),
        },
    ]


def decisions(played: Played) -> list[dict[str, str]]:
    """What can be decided now."""
    if played.state.pilot is None:
        return [
            {
                "key": "adopt",
                "title": _("Set it up everywhere now"),
                "text": _("Without a pilot. It runs for the year to come."),
            },
            {
                "key": "drop",
                "title": _("Change nothing"),
                "text": _("Leave the centre as it is."),
            },
        ]
    return [
        {
            "key": "adopt",
            "title": _("Adopt"),
            "text": _("What was tried runs at all points from now on."),
        },
        {
            "key": "adapt",
            "title": _("Adapt"),
            "text": _("Take something out or put something in, and run that."),
        },
        {
            "key": "repeat",
            "title": _("Repeat, larger"),
            "text": _("Twelve more weeks at all points by lot; it stays if it comes out ahead."),
        },
        {
            "key": "drop",
            "title": _("Drop"),
            "text": _("Go back to the old way. That, too, is a result."),
        },
    ]
