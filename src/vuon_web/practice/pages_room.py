"""What a room that played one seed sees: where teams are; then beliefs and outcomes, unranked.

Before the release a page shows stages only. Afterwards teams stand in the order of their names,
and outcomes are dots without a name.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from vuon.practice.debrief import Debrief
from vuon.practice.game import TASTER, Stage
from vuon_web.practice import afterwards, pages_year, queries
from vuon_web.practice.folds import Played, folded
from vuon_web.practice.models import Round
from vuon_web.practice.pages_look import icon_of
from vuon_web.practice.pages_try import titles

WIDE = 280


def stages() -> dict[Stage, str]:
    """Where a team is, in words."""
    return {
        Stage.GUESS: _("laying the first beans"),
        Stage.OPEN: _("looking and trying"),
        Stage.PILOT: _("in the pilot"),
        Stage.READ: _("reading the pilot"),
        Stage.OVER: _("decided"),
    }


def room(round_: Round) -> dict[str, Any]:
    """The page of a round."""
    games = [folded(game) for game in queries.games_in(round_)]
    words = stages()
    rows = [
        {
            "name": played.game.team.name if played.game.team else _("Alone"),
            "stage": words[played.state.stage],
            "days": played.state.days,
            "moves": len(played.state.found),
        }
        for played in games
    ]
    over = [played for played in games if played.state.stage == Stage.OVER]
    shown = _together(over) if over and not round_.held else None
    return {"rows": rows, "over": len(over), "together": shown, "count": len(games)}


def _together(games: list[Played]) -> dict[str, Any]:
    found = [(played, afterwards.debrief_of(played)) for played in games]
    place, first = games[0].world.place, found[0][1]
    outcomes = sorted(round(100 * each.yours.first().mean) for _played, each in found)
    return {
        "place": place,
        "cause": place.cause(first.cause),
        "nothing": _mark(first.nothing.first().mean),
        "best": _mark(first.best.first().mean),
        "best_ideas": titles(place, first.best.ideas),
        "dots": _dots(outcomes),
        "outcomes": outcomes,
        "paths": [
            {
                "name": played.game.team.name if played.game.team else _("Alone"),
                "path": pages_year.path(place, each),
                "ideas": titles(place, each.adopted.ideas),
            }
            for played, each in found
        ],
        "asked": _asked(found),
        "questions": place.questions,
    }


def _mark(share: float) -> dict[str, int]:
    return {"percent": round(100 * share), "x": 10 + round(WIDE * share)}


def _dots(outcomes: list[int]) -> list[dict[str, int]]:
    """A dot for each team, stacked where they are equal; no name."""
    height: Counter[int] = Counter()
    dots = []
    for percent in outcomes:
        dots.append({"x": 10 + round(WIDE * percent / 100), "y": 60 - 12 * height[percent]})
        height[percent] += 1
    return dots


def _asked(found: list[tuple[Played, Debrief]]) -> list[dict[str, Any]]:
    """How many teams used each way to find out; none stands out by name."""
    place = found[0][0].world.place
    used = Counter(
        move for played, _each in found for move in {each.move for each in played.state.found}
    )
    return [
        {"title": move.title, "icon": icon_of(move.icon), "teams": used[move.key]}
        for move in place.moves
        if used[move.key] or move.taster or found[0][0].state.mode != TASTER
    ]
