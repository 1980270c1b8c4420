"""Pages of the desk. Each view loads what the person may see, does one thing, and answers."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from vuon.cases.desk import Template, word
from vuon.errors import VuonError
from vuon_web.accounts.requests import Request, person
from vuon_web.cases import actions, filling, pages, queries
from vuon_web.cases.naming import disposition
from vuon_web.labs.versions import OvertakenError

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _language() -> str:
    return (get_language() or "vi")[:2]


@require_safe
def desk(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """The papers that fit the task, and what is missing in the work."""
    found = queries.challenge_for(request.audience, challenge_id)
    return render(request, "cases/desk.html", pages.shelf(request, found, _language()))


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """A paper as it stands, with the fields that are still empty; what is sent is kept."""
    reads = request.method != "POST"
    find = queries.challenge_for if reads else queries.editable_for
    found = find(request.audience, challenge_id)
    try:
        template = pages.template_for(found, key, _language())
    except VuonError as error:
        return _no_route(request, found, key, error)
    if reads:
        made = filling.of_paper(found, template, request.audience)
        return render(request, "cases/paper.html", pages.paper(made, found, request, _language()))
    return _keep(request, found, template)


def _keep(request: Request, challenge: Any, template: Template) -> HttpResponse:
    """Keep what was sent; where somebody else wrote meanwhile, show both texts."""
    made = filling.of_paper(challenge, template, request.audience)
    form = pages.form_of(made, challenge, request.GET, _language(), request.POST)
    if not form.is_valid():
        page = pages.paper(made, challenge, request, _language(), form)
        return render(request, "cases/paper.html", page, status=422)
    said, base = pages.sent(form, made), form.cleaned_data["base"]
    try:
        actions.keep(
            challenge=challenge, template=template, sent=said, base=base, by=person(request)
        )
    except OvertakenError as error:
        return _both(request, challenge, made, error)
    address = reverse("cases:paper", args=[challenge.pk, template.key])
    wanted = request.POST.get("own", "")
    if wanted in template.fields:
        # Asked for a further field: what was typed so far is kept on the way there.
        return redirect(f"{address}?own={wanted}#field-{wanted}")
    messages.success(request, _("Kept."))
    if request.POST.get("take"):
        return redirect(f"{address}?take=1#main")
    return redirect(f"{address}#main")  # else the browser stays at the field it came from


def _both(
    request: Request, challenge: Any, made: filling.Made, error: OvertakenError
) -> HttpResponse:
    sent = request.POST.copy()
    sent["base"] = str(error.latest)
    form = pages.form_of(made, challenge, request.GET, _language(), sent)
    form.is_valid()
    page = pages.paper(made, challenge, request, _language(), form)
    page["conflict"] = pages.conflict(form, error.theirs, _language())
    return render(request, "cases/paper.html", page, status=409)


def _no_route(request: Request, challenge: Any, key: str, error: VuonError) -> HttpResponse:
    """Why this paper cannot be written yet, and what to answer first."""
    page = pages.around(challenge, request.audience) | {
        "why": error.say(_language()),
        "questions": pages.unanswered(challenge, _language()),
        "frame": pages.frame_address(challenge, _language()),
    }
    return render(request, "cases/no_route.html", page)


@require_GET
def download(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """The paper in Word, made now from what the person may see; no file is kept here."""
    found = queries.challenge_for(request.audience, challenge_id)
    try:
        template = pages.template_for(found, key, _language())
    except VuonError:
        return redirect("cases:paper", found.pk, key)
    made = filling.of_paper(found, template, request.audience)
    can_edit = queries.can_edit(found, request.audience)
    actions.take(
        challenge=found, template=template, filled=made.filled, can_edit=can_edit, by=request.actor
    )
    response = HttpResponse(word(made.filled), content_type=WORD)
    name = template.title.say(template.language)
    response["Content-Disposition"] = disposition(template.key, name, found.called)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def undo(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """Take the last change back, or bring it again."""
    found = queries.editable_for(request.audience, challenge_id)
    kept = queries.paper(found, key)
    if kept is None:
        raise Http404
    steps = 1 if request.POST.get("again") else -1
    if actions.undo(paper=kept, steps=steps, by=person(request)):
        messages.success(request, _("Brought back.") if steps > 0 else _("Taken back."))
    else:
        messages.info(request, _("There is nothing to take back."))
    return redirect("cases:paper", found.pk, key)
