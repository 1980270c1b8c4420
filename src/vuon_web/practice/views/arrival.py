"""Arriving: three scenes, the letter, and the first guess with which a game begins."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from vuon.practice import Place
from vuon.practice.game import FULL, MODES, TASTER, Event
from vuon_web.accounts.requests import Request
from vuon_web.accounts.seats import lay_out, seated
from vuon_web.practice import actions, queries
from vuon_web.practice.forms import PREFIX, GuessForm
from vuon_web.practice.places import places


def _place(key: str) -> Place:
    try:
        return places()[key]
    except KeyError:
        raise Http404 from None


def _scene(request: Request, place: str, key: str, step: int) -> HttpResponse:
    here = _place(place)
    going = queries.going_on(request.actor, place)
    context = {"place": here, "scene": here.scene(key), "step": step, "going_on": going}
    return render(request, f"practice/{key}.html", context)


@require_safe
def start(request: Request) -> HttpResponse:
    """Back to where one left it, else into the place that the link names, else the choice."""
    going = queries.going_on(request.actor)
    if going:
        return redirect("practice:game", going.pk)
    wanted = request.GET.get("place", "")
    return redirect("practice:arrive", wanted) if wanted in places() else choose(request)


@require_safe
def choose(request: Request) -> HttpResponse:
    """The places to choose from, the first one for whoever is new; straight into the only one."""
    if len(places()) == 1:
        return redirect("practice:arrive", next(iter(places())))
    going = queries.going_on(request.actor)
    context = {"places": places().values(), "going_on": going}
    return render(request, "practice/places.html", context)


@require_safe
def arrive(request: Request, place: str) -> HttpResponse:
    """The morning at the ward, and what 100 people live through."""
    return _scene(request, place, "morning", 1)


@require_safe
def voices(request: Request, place: str) -> HttpResponse:
    """What people say before anybody has asked."""
    return _scene(request, place, "voices", 2)


@require_safe
def letter(request: Request, place: str) -> HttpResponse:
    """The superior's letter, closed until it is opened."""
    return _scene(request, place, "letter", 3)


def causes_of(place: Place, form: GuessForm) -> list[dict[str, Any]]:
    """Each cause with its field, for the beans."""
    return [{"cause": cause, "field": form[PREFIX + cause.key]} for cause in place.causes]


@require_http_methods(["GET", "HEAD", "POST"])
def guess(request: Request, place: str) -> HttpResponse:
    """Beans over the causes. Looking makes nobody; laying them begins a game, with a seat."""
    here = _place(place)
    sent = request.POST if request.method == "POST" else request.GET
    mode = sent["mode"] if sent.get("mode") in MODES else TASTER
    form = GuessForm(here, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actor, seat = seated(request)
        game = actions.begin_game(place=here.key, mode=mode, by=actor)
        event = Event("beans", {"beans": dict(form.spread.beans)})
        actions.act(game=game, event=event, at=0, by=actor)
        return seat(redirect("practice:look", game.pk))
    context = {"place": here, "form": form, "causes": causes_of(here, form), "step": 4}
    context |= {"mode": mode, "full": mode == FULL}
    status = 422 if form.errors else 200
    return lay_out(request, render(request, "practice/guess.html", context, status=status))
