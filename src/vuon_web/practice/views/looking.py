"""The hub of a game, and laying the beans again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from vuon.practice.game import Event, Stage
from vuon_web.accounts.requests import Request
from vuon_web.practice import pages_look as pages
from vuon_web.practice.folds import Played
from vuon_web.practice.forms import PREFIX, GuessForm
from vuon_web.practice.playing import act, frame, onwards, playing
from vuon_web.practice.views.arrival import causes_of


@require_safe
@playing()
def game(request: Request, played: Played) -> HttpResponse:
    """To the page on which the game goes on."""
    return onwards(played, None)


@require_safe
@playing(Stage.OPEN)
def look(request: Request, played: Played) -> HttpResponse:
    """What can be done to find out, and what it costs."""
    x, y = pages.sun(played)
    context = frame(played, moves=pages.moves(played), sun_x=x, sun_y=y)
    return render(request, "practice/look.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@playing(Stage.GUESS, Stage.OPEN)
def beans(request: Request, played: Played) -> HttpResponse:
    """Lay the beans again, as one believes now."""
    place, laid = played.world.place, played.state.beans
    now = {PREFIX + key: count for key, count in laid.beans} if laid else {}
    form = GuessForm(place, request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        event = Event("beans", {"beans": dict(form.spread.beans)})
        if act(request, played, event):
            return redirect("practice:ideas", played.game.pk)
    first = played.state.beliefs[0].beans if len(played.state.beliefs) > 1 else None
    earlier = [(place.cause(key), count) for key, count in first.beans] if first else []
    context = frame(played, form=form, causes=causes_of(place, form), earlier=earlier)
    return render(request, "practice/beans.html", context, status=422 if form.errors else 200)
