"""Offering something further and taking it back, for every kind of material."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request
from vuon_web.accounts.visibility import Tier
from vuon_web.labs import actions, forms, material
from vuon_web.labs.material import Material

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor


def _item(request: Request, kind: str, item_id: uuid.UUID) -> tuple[Material, Actor]:
    """The item, if the person may read it, and the person; a hidden one is as good as none."""
    model = material.model_of(kind)
    found = model.objects.visible_to(request.audience).filter(pk=item_id).first() if model else None
    if found is None or request.actor is None:
        raise Http404
    return found, request.actor


def _answer(request: Request, act: Callable[[], str]) -> HttpResponse:
    """Do it and go back to the page of the item, or say why not."""
    try:
        messages.success(request, act())
    except Refusal as refusal:
        context = {"message": refusal.message, "back": _back(request)}
        return render(request, "labs/refused.html", context, status=refusal.status)
    return redirect(_back(request))


def _back(request: Request) -> str:
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if safe else "/"


@require_POST
def offer(request: Request, kind: str, item_id: uuid.UUID) -> HttpResponse:
    """Offer it to a wider tier."""
    item, by = _item(request, kind, item_id)
    form = forms.OfferForm(request.POST)
    if not form.is_valid():
        context = {
            "message": _("Choose to whom, and a day like 31/12/2026."),
            "back": _back(request),
        }
        return render(request, "labs/refused.html", context, status=422)

    def act() -> str:
        move = actions.offer(
            item=item,
            to=Tier(form.cleaned_data["to"]),
            until=form.cleaned_data["until"],
            by=by,
        )
        if move.state == "done":
            return Tier(move.to_tier).sentence
        return _("Proposed. It moves when everybody of the team who is present agrees.")

    return _answer(request, act)


@require_POST
def agree(request: Request, kind: str, item_id: uuid.UUID) -> HttpResponse:
    """Agree to what the team proposes."""
    item, by = _item(request, kind, item_id)

    def act() -> str:
        move = actions.agree(item=item, by=by)
        return Tier(move.to_tier).sentence if move.state == "done" else _("You agreed.")

    return _answer(request, act)


@require_POST
def take_back(request: Request, kind: str, item_id: uuid.UUID) -> HttpResponse:
    """Take it back to where it was."""
    item, by = _item(request, kind, item_id)

    def act() -> str:
        actions.take_back(item=item, by=by)
        return _("Taken back.")

    return _answer(request, act)
