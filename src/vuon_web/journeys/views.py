"""Pages of stage 3. Each view loads what the person may see, does one thing, and answers."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from vuon.errors import VuonError
from vuon.journeys import bpmn
from vuon.journeys.file import write
from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request, person
from vuon_web.challenges import queries as challenges
from vuon_web.evidence import picking
from vuon_web.journeys import actions, edits, measuring, pages, parts, queries, runs
from vuon_web.journeys.forms import StepForm
from vuon_web.labs import papers
from vuon_web.labs.versions import OvertakenError


def _language() -> str:
    return (get_language() or "vi")[:2]


@require_safe
def map(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """The way of the citizen over the offices: as a list, and drawn."""
    found = challenges.challenge_for(request.audience, challenge_id)
    page = pages.frame(request, found, _language())
    page |= pages.drawn(page["journey"], page["shelf"], _language())
    page["parts"] = parts.lines(page["journey"], _language())
    guess = runs.guessed(request.GET.get("guess", ""))
    if guess is not None and page["journey"].steps:
        page |= {"guess": guess, "strip": runs.strip(page["journey"], _language())}
    return render(request, "journeys/map.html", page)


@require_POST
def change(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """A button of the map: add, move, remove, a way back, undo, redo."""
    found = challenges.editable_for(request.audience, challenge_id)
    there = redirect("journeys:map", found.pk)
    do = request.POST.get("do", "")
    if do in ("undo", "redo"):
        actions.step_back(challenge=found, steps=-1 if do == "undo" else 1, by=person(request))
        return there
    edit = edits.of(request.POST, _language())
    if edit is None:
        messages.error(request, _("Say in a few words what is done here."))
        return there
    try:
        actions.change(challenge=found, edit=edit, by=person(request))
    except (KeyError, ValueError):
        messages.error(request, _("Somebody took this step out meanwhile. Nothing was changed."))
    return there


def step(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """One step: its words, what is pinned to it, ways back from it."""
    found = challenges.challenge_for(request.audience, challenge_id)
    page = pages.frame(request, found, _language())
    if key not in page["journey"].keys:
        raise Http404
    if request.method == "POST":
        challenges.editable_for(request.audience, challenge_id)
    journey = page["journey"]
    form = StepForm(
        request.POST or None,
        step=journey.step(key),
        language=_language(),
        resources=journey.resources,
    )
    page |= pages.step(request, journey, key, page["shelf"], _language()) | {"form": form}
    if request.method != "POST" or not form.is_valid():
        page["base"] = papers.base_shown(request, page["base"])
        return render(request, "journeys/step.html", page, status=422 if request.POST else 200)
    return _keep_step(request, page, key)


def _keep_step(request: Request, page: dict, key: str) -> HttpResponse:  # type: ignore[type-arg]
    """The step as it was sent, or both texts where somebody else changed it meanwhile."""
    challenge, form = page["challenge"], page["form"]
    how = picking.chosen(request.POST)
    try:
        actions.change(
            challenge=challenge,
            edit=edits.both(
                edits.step(key, form.cleaned_data, how, _language()),
                edits.ways(key, request.POST, _language()),
            ),
            base=papers.base_of(request),
            thing=edits.part(key),
            by=person(request),
        )
    except OvertakenError:
        return render(request, "journeys/step.html", {**page, "overtaken": True}, status=409)
    messages.success(request, _("Kept."))
    if request.POST.get("erase"):
        return redirect("journeys:step", challenge.pk, key)
    return redirect("journeys:map", challenge.pk)


def part(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """Who comes, desks and hours, or papers."""
    asked = parts.part(key)
    found = challenges.challenge_for(request.audience, challenge_id)
    if request.method == "POST":
        challenges.editable_for(request.audience, challenge_id)
    page = pages.frame(request, found, _language())
    sent = request.POST if request.method == "POST" else None
    page |= {"part": asked, "parts": parts.PARTS}
    page |= parts.forms(asked, page["journey"], _language(), sent)
    edit = parts.edit(asked, page, _language()) if sent else None
    if edit is None:
        page["base"] = papers.base_shown(request, page["base"])
        return render(request, "journeys/part.html", page, status=422 if sent else 200)
    return _keep_part(request, page, edit)


def _keep_part(request: Request, page: dict, edit: actions.Edit) -> HttpResponse:  # type: ignore[type-arg]
    """A part as it was sent, unless somebody else changed it meanwhile."""
    challenge, asked = page["challenge"], page["part"]
    base = papers.base_of(request)
    try:
        actions.change(
            challenge=challenge, edit=edit, base=base, thing=asked.thing, by=person(request)
        )
    except OvertakenError:
        return render(request, "journeys/part.html", {**page, "overtaken": True}, status=409)
    messages.success(request, _("Kept."))
    if request.POST.get("more"):
        return redirect("journeys:part", challenge.pk, asked.key)
    return redirect("journeys:map", challenge.pk)


def measure(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """The figures of a step from a stopwatch sheet: shown first, kept when they are taken."""
    found = challenges.editable_for(request.audience, challenge_id)
    page = pages.frame(request, found, _language())
    if key not in page["journey"].keys:
        raise Http404
    sheets = picking.sheets(page["shelf"], request.audience) if page["shelf"] else []
    asked = request.POST.get("sheet", "") or request.GET.get("sheet", "")
    page |= measuring.page(page["journey"], key, sheets, asked, _language())
    if request.method != "POST" or page["chosen"] is None:
        return render(request, "journeys/measure.html", page)
    edit = measuring.edit(key, page["chosen"])
    actions.change(challenge=found, edit=edit, by=person(request))
    messages.success(request, _("The figures of the sheet now stand in the map."))
    return redirect("journeys:map", found.pk)


@require_safe
def run(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """What would happen to those who come, after a guess."""
    found = challenges.challenge_for(request.audience, challenge_id)
    page = pages.frame(request, found, _language())
    page |= runs.page(page["journey"], _language(), request.GET.get("guess", ""))
    return render(request, "journeys/run.html", page)


@require_safe
def printed(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """The map on a sheet of A3, with its table."""
    found = challenges.challenge_for(request.audience, challenge_id)
    page = pages.frame(request, found, _language())
    page |= pages.drawn(page["journey"], page["shelf"], _language())
    return render(request, "journeys/print.html", page)


@require_GET
def file(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """The map as `journey.toml`."""
    found = challenges.challenge_for(request.audience, challenge_id)
    journey = queries.journey_of(found)
    if journey is None:
        raise Http404
    return papers.download(write(journey), "journey.toml")


@require_GET
def process(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """The map as a process in BPMN 2.0, for other programs."""
    found = challenges.challenge_for(request.audience, challenge_id)
    journey = queries.journey_of(found)
    if journey is None:
        raise Http404
    return papers.download(bpmn.write(journey)[0], "journey.bpmn", kind="application/xml")


@require_POST
def bring(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """The map from a `journey.toml`; the one before stays a version and can be undone to."""
    found = challenges.editable_for(request.audience, challenge_id)
    try:
        lost = actions.put(challenge=found, text=papers.sent(request), by=person(request))
        messages.success(request, _("Kept. Undo brings back the one before."))
        for each in lost:
            messages.warning(request, each.say(_language()))
    except (VuonError, Refusal) as error:
        messages.error(request, papers.why(error, _language()))
    return redirect("journeys:map", found.pk)
