"""Pages of programmes and activities."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from vuon.errors import VuonError
from vuon_web.accounts.requests import Request, person
from vuon_web.activities import (
    actions,
    canvas,
    catalogue,
    exports,
    forms,
    opening,
    pages,
    queries,
    steps,
)
from vuon_web.activities.card import Card
from vuon_web.challenges.forms import ImportForm
from vuon_web.challenges.queries import challenge_named
from vuon_web.labs.actions import schedule_programme
from vuon_web.labs.queries import lab_for, may_open_labs


def _language() -> str:
    return get_language() or "vi"


def _card(key: str) -> Card:
    if not catalogue.has(key):
        raise Http404
    return catalogue.card(key)


@require_safe
def programme(request: Request, programme_id: int) -> HttpResponse:
    """A programme: its activities with their reasons, what nothing serves, its calendar."""
    found = queries.programme_for(request.audience, programme_id)
    return render(request, "activities/programme.html", pages.programme(found, request.audience))


@require_POST
def change(request: Request, programme_id: int) -> HttpResponse:
    """Add, take out, put back or move an activity, or propose the path anew from the plan."""
    found = queries.changeable_for(request.audience, programme_id)
    act, card = request.POST.get("do", ""), request.POST.get("card", "")
    by = person(request)
    if act == "propose":
        actions.propose_programme(programme=found, by=by)
    elif act == "add":
        form = pages.add_form(found, request.POST)
        if not form.is_valid():
            context = {**pages.programme(found, request.audience), "add": form}
            return render(request, "activities/programme.html", context, status=422)
        actions.add(programme=found, by=by, **form.cleaned_data)
    elif catalogue.has(card) and act in pages.CHANGES:
        pages.CHANGES[act](programme=found, card=card, by=by)
    else:
        raise Http404
    return redirect("activities:programme", found.pk)


def dates(request: Request, programme_id: int) -> HttpResponse:
    """Set the first day and the number of weeks."""
    found = queries.changeable_for(request.audience, programme_id)
    first = {"starts": found.starts or queries.next_monday(), "weeks": found.weeks}
    form = forms.DatesForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        schedule_programme(programme=found, by=person(request), **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("activities:programme", found.pk)
    status = 422 if request.method == "POST" else 200
    context = {"programme": found, "form": form}
    return render(request, "activities/dates.html", context, status=status)


@require_safe
def cards(request: Request) -> HttpResponse:
    """Every activity there is, by stage."""
    return render(request, "activities/cards.html", pages.cards(_language()))


@require_safe
def card(request: Request, key: str) -> HttpResponse:
    """One activity: what it is for, its steps, an example, when it is done, its paper."""
    found = _card(key)
    task = challenge_named(request.audience, request.GET.get("task", ""))
    page = pages.card(found, _language()) | {
        "task": task,
        "tool_url": steps.address(found, task) if task else "",
    }
    return render(request, "activities/card.html", page)


@require_GET
def canvas_pdf(request: Request, key: str, size: str) -> HttpResponse:
    """The paper of an activity, A4 or A3."""
    found = _card(key)
    if size.upper() not in ("A4", "A3"):
        raise Http404
    content = canvas.pdf(found, _language(), size=size.upper())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{key}-{size}-{_language()}.pdf"'
    return response


def open_lab(request: Request) -> HttpResponse:
    """Open a lab from a plan: its page, partners, programme."""
    if not may_open_labs(request.audience):
        raise Http404
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            lab = opening.open_from_plan(content=file.read(), name=file.name, by=person(request))
            return redirect("labs:lab", lab.slug)
        except VuonError as error:
            form.add_error("file", error.say(_language()))
    status = 422 if request.method == "POST" else 200
    return render(request, "activities/open_lab.html", {"form": form}, status=status)


@require_GET
def export_lab(request: Request, slug: str, kind: str) -> HttpResponse:
    """The lab's page as Word or PDF."""
    lab = lab_for(request.audience, slug)
    made = exports.lab(lab, kind, request.audience, _language())
    if made is None:
        raise Http404
    content, media_type, name = made
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
