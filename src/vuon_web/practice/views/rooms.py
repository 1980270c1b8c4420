"""One seed for all teams of a session: open it, enter it, hold it back, talk about it together."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from vuon.practice.game import FULL, MODES
from vuon_web.accounts.requests import Request, person
from vuon_web.labs import queries as labs
from vuon_web.practice import actions, pages_room, queries
from vuon_web.practice.models import Round
from vuon_web.practice.places import places


def _round(round_id: UUID) -> Round:
    found = queries.round_with(round_id)
    if found is None:
        raise Http404
    return found


def _runs(request: Request, round_: Round) -> bool:
    """Whether whoever asks runs the session."""
    try:
        labs.session_to_run(request.audience, round_.session_id)
    except Http404:
        return False
    return True


@require_POST
def open_round(request: Request, session_id: int) -> HttpResponse:
    """The facilitator opens a place for all teams of a session."""
    session = labs.session_to_run(request.audience, session_id)
    place, mode = request.POST.get("place", ""), request.POST.get("mode", FULL)
    if place not in places() or mode not in MODES:
        raise Http404
    made = actions.open_round(session=session, place=place, mode=mode, by=person(request))
    return redirect("practice:round", made.pk)


@require_safe
def round_page(request: Request, round_id: UUID) -> HttpResponse:
    """Where the teams are, for whoever runs the session; the room's debrief once it is open."""
    found = _round(round_id)
    runs = _runs(request, found)
    if not runs:
        labs.session_for(request.audience, found.session_id)
        if found.held:
            raise Http404
    context = pages_room.room(found) | {"runs": runs, "round": found}
    return render(request, "practice/room.html", context)


@require_POST
def enter(request: Request, round_id: UUID) -> HttpResponse:
    """Into the game of one's team; without a team into one's own."""
    found = _round(round_id)
    session = labs.session_for(request.audience, found.session_id)
    by = person(request)
    part = labs.participation(by, session)
    game = actions.enter_round(round_=found, team=part.team if part else None, by=by)
    return redirect("practice:game", game.pk)


@require_POST
def hold(request: Request, round_id: UUID) -> HttpResponse:
    """Hold the year later back for all teams, or let them see it."""
    found = _round(round_id)
    labs.session_to_run(request.audience, found.session_id)
    actions.hold_round(round_=found, held=request.POST.get("held") == "yes", by=person(request))
    return redirect("practice:round", found.pk)
