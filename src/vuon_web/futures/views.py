"""Pages of stage 5. Each view loads what the person may see, does one thing, and answers."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vuon.futures.signals import Driver
from vuon.toml.table import Text
from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request, person
from vuon_web.challenges import queries as challenges
from vuon_web.futures import actions, edits, forms, numbers, pages, telling
from vuon_web.labs import papers
from vuon_web.labs.versions import OvertakenError


def _language() -> str:
    return (get_language() or "vi")[:2]


@require_safe
def outlook(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """Signals, drivers and signposts of a task."""
    found = challenges.challenge_for(request.audience, challenge_id)
    page = pages.frame(request, found)
    page |= pages.outlook(page, _language())
    return render(request, "futures/outlook.html", page)


def signal(request: Request, challenge_id: uuid.UUID, key: str = "") -> HttpResponse:
    """A signal: a further one, or one that is changed."""
    page = _page(request, challenge_id, "signals", key)
    form = forms.SignalForm(request.POST or None, signal=page["part"], language=_language())
    page |= {"form": form}
    if request.method != "POST" or not form.is_valid():
        return _shown(request, "futures/signal.html", page)
    same = pages.near_duplicate(page["outlook"], form.cleaned_data, _language())
    if same and not key and not request.POST.get("another"):
        page["same"] = pages.signal(same, _language())
        return render(request, "futures/signal.html", page)
    edit = edits.signal(key, form.cleaned_data, _language())
    return _kept(request, page, "futures/signal.html", edit, ("signal", key))


def driver(request: Request, challenge_id: uuid.UUID, key: str = "") -> HttpResponse:
    """A driver: what several signals add up to, and the range that it sets."""
    page = _page(request, challenge_id, "drivers", key)
    known = numbers.of(page["challenge"])
    form = forms.DriverForm(
        request.POST or None,
        driver=page["part"] or Driver("", Text()),
        outlook=page["outlook"],
        known=known,
        language=_language(),
    )
    page |= {"form": form, "known": known}
    if request.method != "POST" or not form.is_valid():
        return _shown(request, "futures/driver.html", page)
    edit = edits.driver(key, form.cleaned_data, _language(), timezone.localdate())
    return _kept(request, page, "futures/driver.html", edit, ("driver", key))


def signpost(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """A signpost: where readings come from, who acts, what is done then."""
    page = _page(request, challenge_id, "watches", key)
    form = forms.WatchForm(request.POST or None, watch=page["part"], language=_language())
    page |= {"form": form, "reading": forms.ReadingForm(watch=page["part"], language=_language())}
    page |= {"post": telling.watch(page["part"], _language())}
    if request.method != "POST" or not form.is_valid():
        return _shown(request, "futures/signpost.html", page)
    edit = edits.watch(key, form.cleaned_data, _language())
    return _kept(request, page, "futures/signpost.html", edit, ("signpost", key))


def reading(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """The value of a signpost on a day: typed once a month, on a phone."""
    page = _page(request, challenge_id, "watches", key)
    form = forms.ReadingForm(request.POST or None, watch=page["part"], language=_language())
    page |= {"form": form, "post": telling.watch(page["part"], _language())}
    if request.method != "POST" or not form.is_valid():
        return _shown(request, "futures/reading.html", page)
    told = form.cleaned_data
    edit = edits.reading(key, told["on"], told["value"])
    actions.change(challenge=page["challenge"], edit=edit, by=person(request))
    messages.success(request, _("Kept."))
    return redirect("futures:signpost", page["challenge"].pk, key)


@require_POST
def act(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """A button of an outlook: undo, redo, seen again, take a part out."""
    found = challenges.editable_for(request.audience, challenge_id)
    do, by = request.POST.get("do", ""), person(request)
    kind, key = request.POST.get("kind", ""), request.POST.get("key", "")
    if do in ("undo", "redo"):
        actions.step_back(challenge=found, steps=-1 if do == "undo" else 1, by=by)
    elif do == "again":
        edit = edits.again(key, timezone.localdate())
        actions.change(challenge=found, edit=edit, by=by)
        messages.success(request, _("Kept: seen again."))
    elif do == "without" and kind in edits.PLACES:
        actions.change(challenge=found, edit=edits.without(kind, key), by=by)
        messages.success(request, _("Taken out. Undo brings it back."))
    return redirect("futures:outlook", found.pk)


def _page(request: Request, challenge_id: uuid.UUID, place: str, key: str) -> dict[str, Any]:
    """The page of one part of an outlook; who may only read may not send it."""
    found = challenges.challenge_for(request.audience, challenge_id)
    if request.method == "POST" or not key:
        challenges.editable_for(request.audience, challenge_id)
    page = pages.frame(request, found)
    page |= {"part": pages.one(page, place, key), "key": key}
    page["base"] = papers.base_shown(request, page["base"])
    if key and page["part"] is None:
        raise Http404
    return page


def _shown(request: Request, template: str, page: dict[str, Any]) -> HttpResponse:
    return render(request, template, page, status=422 if request.method == "POST" else 200)


def _kept(
    request: Request, page: dict[str, Any], template: str, edit: Any, part: tuple[str, str]
) -> HttpResponse:
    """The part as it was sent, or both texts where somebody else was faster."""
    try:
        actions.change(
            challenge=page["challenge"],
            edit=edit,
            base=papers.base_of(request),
            thing=edits.part(*part),
            by=person(request),
        )
    except OvertakenError as error:
        page |= {"overtaken": True, "theirs": error.theirs, "base": error.latest}
        return render(request, template, page, status=409)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return render(request, template, page, status=422)
    messages.success(request, _("Kept."))
    return redirect("futures:outlook", page["challenge"].pk)
