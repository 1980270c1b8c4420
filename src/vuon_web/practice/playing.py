"""What every page of a game shares: who may see it, where it stands, and adding an event."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vuon.errors import VuonError
from vuon.practice.game import TASTER, TASTER_MOVES, Event, Stage, State
from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request, person
from vuon_web.practice import actions, queries
from vuon_web.practice.folds import Played, folded

View = Callable[..., HttpResponse]
#: The page on which a game of this stage goes on.
PAGE_OF = {
    Stage.GUESS: "practice:beans",
    Stage.OPEN: "practice:look",
    Stage.PILOT: "practice:halfway",
    Stage.READ: "practice:reading",
    Stage.OVER: "practice:year",
}


def playing(*stages: Stage) -> Callable[[View], View]:
    """A view of a game: gets `Played` instead of an id; 404 for whoever does not play it.

    In a stage other than `stages` it leads to the page on which the game goes on.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: Request, game_id: UUID, **kwargs: Any) -> HttpResponse:
            game = queries.game_for(request.actor, game_id)
            try:
                played = folded(game)
            except VuonError:
                return render(request, "practice/changed.html", {"game": game}, status=409)
            if stages and played.state.stage not in stages:
                return redirect(PAGE_OF[played.state.stage], game.pk)
            return view(request, played, **kwargs)

        return wrapped

    return decorate


def act(request: Request, played: Played, event: Event) -> State | None:
    """Add the event that a form describes; None after telling the person why it could not be.

    The form names in `at` how many events there were when its page was made.
    """
    at = request.POST.get("at", "")
    try:
        return actions.act(
            game=played.game,
            event=event,
            at=int(at) if at.isdecimal() and len(at) < 7 else -1,
            by=person(request),
        )
    except VuonError as error:
        messages.error(request, error.say(get_language() or "vi"))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return None


def onwards(played: Played, state: State | None) -> HttpResponse:
    """To the page on which the game goes on; back to where it stood if nothing was added."""
    return redirect(PAGE_OF[(state or played.state).stage], played.game.pk)


def frame(played: Played, **more: Any) -> dict[str, Any]:
    """What the frame of a game's page needs, and `more`. No signal, cause, seed or future."""
    state, place = played.state, played.world.place
    purse = place.purse
    team = queries.players(played.game)
    return {
        "game": played.game,
        "place": place,
        "at": played.at,
        "stage": state.stage.value,
        "taster": state.mode == TASTER,
        "moves_left": max(0, TASTER_MOVES - len(state.found)) if state.mode == TASTER else None,
        "players": team,
        "sees": _("Only your team can see this") if team > 1 else _("Only you can see this"),
        "days_used": state.days,
        "days_all": purse.working_days,
        "days_left": max(0, purse.working_days - state.days),
        "money_left": state.money,
        "money_all": purse.million_dong,
        "staff": state.staff,
        "sponsor": state.sponsor,
        "found_count": len(state.found),
        "stale": state.stale,
        "notices": [place.shock(key) for key in state.notices if key in _shocks(played)],
        "pulse": reverse("practice:pulse", args=[played.game.pk]) if team > 1 else "",
        **more,
    }


def _shocks(played: Played) -> set[str]:
    return {shock.key for shock in played.world.place.shocks}
