"""One's own games; playing one game on several phones; leaving."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vuon_web.accounts import qr, seats
from vuon_web.accounts.guesses import GUESSES
from vuon_web.accounts.refusals import Refusal, TooManyGuesses, WrongCode
from vuon_web.accounts.requests import Request, person
from vuon_web.labs import addresses, codes
from vuon_web.practice import actions, pulses, queries
from vuon_web.practice.folds import Played
from vuon_web.practice.models import Game
from vuon_web.practice.places import places
from vuon_web.practice.playing import frame, playing


@require_safe
def mine(request: Request) -> HttpResponse:
    """The games that this browser plays, and the way into a teammate's."""
    rows = [
        {"game": game, "place": places().get(game.place)}
        for game in queries.games_of(request.actor)[:50]
    ]
    context = {"rows": rows, "places": places()}
    return seats.lay_out(request, render(request, "practice/mine.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request) -> HttpResponse:
    """Into a teammate's game by its code; only the button takes a seat."""
    sent = request.POST if request.method == "POST" else request.GET
    typed = sent.get("code", "")[:20]
    if request.method != "POST":
        response = render(request, "practice/join.html", {"code": codes.read(typed)})
        return seats.lay_out(request, response)
    try:
        game = _by_code(request, codes.read(typed))
    except Refusal as refusal:
        context = {"code": typed, "message": str(refusal.message)}
        return render(request, "practice/join.html", context, status=refusal.status)
    actor, seat = seats.seated(request)
    actions.join_game(game=game, by=actor)
    return seat(redirect("practice:game", game.pk))


def _by_code(request: Request, code: str) -> Game:
    """The game of a code; every code that leads nowhere is counted."""
    mine_ = seats.hash_of(request) if request.actor else ""
    if code and not GUESSES.spend(mine_):
        raise TooManyGuesses
    game = queries.by_code(code)
    if game is None:
        raise WrongCode(_("No game has this code, or it is over. Ask your team once more."))
    GUESSES.give_back(mine_)
    return game


@require_safe
@playing()
def team(request: Request, played: Played) -> HttpResponse:
    """The code with which a teammate plays along on another phone."""
    path = f"{reverse('practice:join')}?code={played.game.code}"
    address = addresses.for_others(request, path)
    drawn = qr.drawing(address, _("The way into this game as a QR code"))
    context = frame(played, code=played.game.code, address=address, drawn=drawn)
    return render(request, "practice/team.html", context)


@require_safe
def pulse(request: Request, game_id: UUID) -> HttpResponse:
    """How many events there are: what a second phone asks every two seconds. Nothing is folded."""
    game = queries.game_for(request.actor, game_id)
    held = bool(game.round and game.round.held)
    answer = {"at": queries.steps(game), "held": held}
    pulses.permit(request, game.pk, answer)
    response = JsonResponse(answer)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@playing()
def leave(request: Request, played: Played) -> HttpResponse:
    """Ask once, then play no more; a game that nobody plays is deleted."""
    if request.method != "POST":
        return render(request, "practice/leave.html", frame(played))
    actions.leave_game(game=played.game, by=person(request))
    messages.success(request, _("You have left the game. What you wrote in it is deleted."))
    return redirect("practice:mine")
