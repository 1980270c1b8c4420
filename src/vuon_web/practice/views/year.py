"""The year later, the debrief, one private sentence, and playing again from a point."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vuon.practice.game import Stage
from vuon_web.accounts.requests import Request, person
from vuon_web.practice import actions, afterwards, queries
from vuon_web.practice import pages_year as pages
from vuon_web.practice.folds import Played
from vuon_web.practice.playing import frame, playing


def _waiting(request: Request, played: Played) -> HttpResponse:
    """A calm page until the facilitator lets all teams see it together."""
    return render(request, "practice/waiting.html", frame(played))


@require_safe
@playing(Stage.OVER)
def year(request: Request, played: Played) -> HttpResponse:
    """What became of people, and letters to open."""
    if afterwards.held(played):
        return _waiting(request, played)
    later = pages.year(played, afterwards.year_of(played))
    return render(request, "practice/year.html", frame(played, year=later))


@require_safe
@playing(Stage.OVER)
def debrief(request: Request, played: Played) -> HttpResponse:
    """What was believed, what happened, what could have been."""
    if afterwards.held(played):
        return _waiting(request, played)
    found = afterwards.debrief_of(played)
    context = frame(
        played,
        debrief=pages.debrief(played, found),
        sentence=queries.sentence_of(request.actor, played.game),
        events=_points(played),
    )
    return render(request, "practice/debrief.html", context)


def _points(played: Played) -> list[dict[str, object]]:
    """After which events one can play again: each move."""
    place = played.world.place
    return [
        {"at": at, "title": place.move(str(event.fields["move"])).title}
        for at, event in enumerate(played.events)
        if event.kind == "move"
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@playing(Stage.OVER)
def sentence(request: Request, played: Played) -> HttpResponse:
    """What will I do differently on Monday? Nobody else reads it."""
    by = person(request)
    if request.method == "POST":
        actions.keep_sentence(game=played.game, text=request.POST.get("text", ""), by=by)
        messages.success(request, _("Kept, for you alone."))
        return redirect("practice:sentence", played.game.pk)
    kept = queries.sentence_of(by, played.game)
    longest = actions.LONGEST_SENTENCE
    return render(request, "practice/sentence.html", frame(played, sentence=kept, longest=longest))


@require_POST
@playing(Stage.OVER)
def again(request: Request, played: Played) -> HttpResponse:
    """Play again from before a move, in the same world; or anew in another one."""
    by = person(request)
    at = request.POST.get("from", "")
    if afterwards.held(played):
        return _waiting(request, played)
    if at.isdecimal() and len(at) < 7 and int(at) <= played.at:
        game = actions.fork_game(game=played.game, at=int(at), by=by)
        return redirect("practice:game", game.pk)
    return redirect("practice:arrive", played.game.place)
