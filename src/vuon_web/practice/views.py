"""The opening of a practice place: three scenes, the first guess, and what comes after it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vuon.practice import Place
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
    context = {"place": here, "scene": here.scene(key), "step": step}
    return render(request, f"practice/{key}.html", context)


@require_safe
def start(request: Request) -> HttpResponse:
    """Straight into the one place, or back to where one left it; a choice if there are more."""
    if len(places()) != 1:
        return render(request, "practice/places.html", {"places": places().values()})
    (key,) = places()
    left = queries.guess_of(request.actor, key)
    return redirect("practice:after" if left else "practice:arrive", key)


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


def _causes(place: Place, form: GuessForm) -> list[dict[str, Any]]:
    return [{"cause": cause, "field": form[PREFIX + cause.key]} for cause in place.causes]


@require_http_methods(["GET", "HEAD", "POST"])
def guess(request: Request, place: str) -> HttpResponse:
    """Beans over the causes. Looking makes nobody; keeping a guess makes a seat without a name."""
    here = _place(place)
    if request.method == "POST":
        form = GuessForm(here, request.POST)
        if form.is_valid():
            actor, seat = seated(request)
            actions.keep_guess(place=here.key, spread=form.spread, by=actor)
            return seat(redirect("practice:after", here.key))
    else:
        left = queries.guess_of(request.actor, here.key)
        laid = left.beans if left else {cause.key: 0 for cause in here.causes}
        form = GuessForm(here, initial={PREFIX + key: count for key, count in laid.items()})
    context = {"place": here, "form": form, "causes": _causes(here, form), "step": 4}
    status = 422 if form.errors else 200
    return lay_out(request, render(request, "practice/guess.html", context, status=status))


@require_safe
def after(request: Request, place: str) -> HttpResponse:
    """The person's own guess, and honestly what is not there yet."""
    here = _place(place)
    left = queries.guess_of(request.actor, here.key)
    if left is None:
        return redirect("practice:guess", here.key)
    counts = [(cause, left.beans.get(cause.key, 0)) for cause in here.causes]
    laid = [{"cause": cause, "count": count, "beans": range(count)} for cause, count in counts]
    return render(request, "practice/after.html", {"place": here, "laid": laid})


@require_POST
def forget(request: Request, place: str) -> HttpResponse:
    """Delete one's own guess."""
    here = _place(place)
    if request.actor and actions.forget_guess(place=here.key, by=request.actor):
        messages.success(
            request,
            _("Your guess is deleted. The record says that one was deleted, not what it was."),
        )
    return redirect("practice:arrive", here.key)
