"""Ideas as cards, what one expects of them, and what one's own beans say."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from vuon.practice.game import Event, Stage
from vuon_web.accounts.requests import Request
from vuon_web.practice import pages_try as pages
from vuon_web.practice.folds import Played
from vuon_web.practice.pages_pilot import week_choices
from vuon_web.practice.playing import act, frame, playing


@require_safe
@playing(Stage.OPEN)
def ideas(request: Request, played: Played) -> HttpResponse:
    """What could be changed; choose, say what you expect, then try."""
    if played.state.stale:
        return redirect("practice:beans", played.game.pk)
    last = played.state.tries[-1] if played.state.tries else None
    context = frame(
        played,
        ideas=pages.ideas(played, last.ideas if last else ()),
        most=1 if played.state.mode == "taster" else played.world.place.limits.ideas,
        predicted=last.predicted if last else played.world.place.opening.finished,
        now=played.world.place.opening.finished,
        tries=len(played.state.tries),
    )
    return render(request, "practice/ideas.html", context)


@require_POST
@playing(Stage.OPEN)
def try_ideas(request: Request, played: Played) -> HttpResponse:
    """Try ideas under one's own beans."""
    written = request.POST.get("predicted", "")
    predicted = int(written) if written.isdecimal() and len(written) < 4 else -1
    event = Event("try", {"ideas": request.POST.getlist("ideas"), "predicted": predicted})
    state = act(request, played, event)
    if state is None:
        return redirect("practice:ideas", played.game.pk)
    return redirect("practice:tried", played.game.pk, len(state.tries) - 1)


@require_safe
@playing(Stage.OPEN)
def tried(request: Request, played: Played, number: int) -> HttpResponse:
    """What was expected beside what the beans give."""
    if number >= len(played.state.tries):
        raise Http404
    made = pages.tried(played, number)
    weeks = week_choices(played, made["keys"])
    return render(request, "practice/tried.html", frame(played, tried=made, weeks=weeks))
