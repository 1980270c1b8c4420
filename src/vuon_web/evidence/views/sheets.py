"""The stopwatch sheet on a phone."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vuon.evidence import observation
from vuon_web.accounts.requests import Request, person
from vuon_web.evidence import actions, pages, queries
from vuon_web.evidence.views import language

LONGEST = 512 * 1024


def new(request: Request, corpus_id: uuid.UUID) -> HttpResponse:
    """Begin a sheet: what is counted, and where."""
    found = queries.corpus_to_edit(request.audience, corpus_id)
    if request.method != "POST":
        return render(request, "evidence/sheet_new.html", pages.frame(found, request.audience))
    title = request.POST.get("title", "").strip()[:120] or _("Stopwatch sheet")
    made = actions.add_source(
        corpus=found,
        kind="observation",
        titles={language(): title},
        places={language(): request.POST.get("place", "").strip()[:80]},
        text="",
        language=language(),
        basis="observation",
        by=person(request),
        checked=True,
    )
    return redirect("evidence:source", made.pk)


@require_POST
def rows(request: Request, source_id: uuid.UUID) -> HttpResponse:
    """Rows as a CSV text with a first column `client`, from the phone that counts."""
    found = queries.source_to_edit(request.audience, source_id)
    if found.kind != "observation" or found.withdrawn:
        raise Http404
    text = request.POST.get("csv", "")
    if len(text) > LONGEST:
        return JsonResponse({"message": _("This is more than one sheet can hold.")}, status=413)
    sheet = observation.read(text, "sheet.csv")
    kept = [(f"{row.sitting}:{row.ticket}"[:40], row) for row in sheet.rows]
    count = actions.add_rows(source=found, rows=kept, by=person(request)) if kept else 0
    if removed := [each for each in request.POST.get("remove", "").split(",") if each]:
        actions.drop_rows(source=found, clients=removed, by=person(request))
    aside: list[dict[str, Any]] = [
        {"line": each.line, "why": each.why.say(language())} for each in sheet.problems
    ]
    return JsonResponse({"kept": True, "rows": count, "aside": aside})


@require_GET
def export(request: Request, source_id: uuid.UUID) -> HttpResponse:
    """The sheet as CSV."""
    found = queries.source_for(request.audience, source_id)
    written = observation.write([pages.as_row(each) for each in found.rows.all()])
    response = HttpResponse(written, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sheet.csv"'
    return response
