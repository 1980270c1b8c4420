"""Moves and what they bring: the card of a move, its material, the notebook, the map with pins."""

from __future__ import annotations

import csv
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vuon.practice.game import Event, Stage
from vuon_web.accounts.requests import Request
from vuon_web.practice import pages_look as pages
from vuon_web.practice.folds import Played
from vuon_web.practice.playing import act, frame, playing
from vuon_web.practice.templatetags.practice import said


@require_http_methods(["GET", "HEAD", "POST"])
@playing(Stage.OPEN)
def move(request: Request, played: Played, move: str) -> HttpResponse:
    """What one would do, what it costs; the button does it."""
    if move not in {each.key for each in played.world.place.moves}:
        raise Http404
    if request.method == "POST":
        fields = {"move": move, "choice": request.POST.get("choice", "")}
        state = act(request, played, Event("move", fields))
        if state is None:
            return redirect("practice:look", played.game.pk)
        last = max(n for n, found in enumerate(state.found) if found.move == move)
        return redirect("practice:found", played.game.pk, last)
    row = next((each for each in pages.moves(played) if each["move"].key == move), None)
    if row is None:
        raise Http404
    return render(request, "practice/move.html", frame(played, row=row))


@require_safe
@playing()
def found(request: Request, played: Played, number: int) -> HttpResponse:
    """The material of one move, to read and to pin."""
    if number >= len(played.state.found):
        raise Http404
    by, against = request.GET.get("by", ""), request.GET.get("against", "")
    context = frame(
        played,
        find=pages.material_of(played, number),
        tally=pages.tally(played, number, by),
        cross=pages.cross(played, number, by, against),
        by=by,
        against=against,
        can_pin=played.state.stage != Stage.OVER,
    )
    return render(request, "practice/found.html", context)


@require_safe
@playing()
def rows(request: Request, played: Played, number: int) -> HttpResponse:
    """The rows of one find as a table that a spreadsheet opens."""
    finds = played.state.found
    table = finds[number].material.rows if number < len(finds) else None
    if table is None:
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="practice-{finds[number].move}.csv"'
    response.write("\ufeff")  # so that spreadsheets read Vietnamese
    writer = csv.writer(response)
    writer.writerow([said(title) for _key, title in table.columns])
    writer.writerows([said(cell) for cell in row] for row in table.rows)
    return response


@require_safe
@playing()
def notebook(request: Request, played: Played) -> HttpResponse:
    """Everything that was found, the newest first."""
    finds = [pages.material_of(played, n) for n in reversed(range(len(played.state.found)))]
    return render(request, "practice/notebook.html", frame(played, finds=finds))


@require_safe
@playing()
def steps_map(request: Request, played: Played) -> HttpResponse:
    """The way of a file, with findings pinned to its steps."""
    return render(request, "practice/map.html", frame(played, steps=pages.steps(played)))


@require_POST
@playing(Stage.OPEN, Stage.PILOT, Stage.READ)
def pin(request: Request, played: Played) -> HttpResponse:
    """Pin a piece to a step, or take the pin off."""
    piece = request.POST.get("piece", "")
    act(request, played, Event("pin", {"piece": piece, "step": request.POST.get("step", "")}))
    number = piece.split("-")[0]
    if request.POST.get("to") == "map" or not number.isdecimal() or len(number) > 4:
        return redirect("practice:map", played.game.pk)
    address = reverse("practice:found", args=[played.game.pk, int(number)])
    return redirect(f"{address}#p{quote(piece)}")
