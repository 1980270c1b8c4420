"""What a session shows of a practice place: opened by whoever runs it, entered by those in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vuon_web.labs import panels
from vuon_web.labs.panels import Panel
from vuon_web.practice import queries
from vuon_web.practice.places import places

if TYPE_CHECKING:
    from vuon_web.accounts.requests import Request
    from vuon_web.labs.models import Participation, Session


def register() -> None:
    """Put the panels on the pages of a session."""
    panels.register_for_run("practice", 20, running)
    panels.register_for_session("practice", 20, taking_part)


def running(request: Request, session: Session) -> Panel | None:
    """Open a place with one seed for all teams, or go to the one that is open."""
    found = queries.round_of(session)
    context = {
        "session": session,
        "round": found,
        "place": places().get(found.place) if found else None,
        "places": list(places().values()),
    }
    return Panel("practice/panels/running.html", context) if places() else None


def taking_part(request: Request, part: Participation) -> Panel | None:
    """The way into the team's game, while a round is open."""
    found = queries.round_of(part.session)
    place = places().get(found.place) if found else None
    if found is None or place is None:
        return None
    game = queries.game_in_round(found, part.team, request.actor)
    context = {"round": found, "place": place, "game": game, "team": part.team}
    return Panel("practice/panels/taking_part.html", context)
