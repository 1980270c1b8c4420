"""Pages of stage 4. Each view loads what the person may see, does one thing, and answers."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from vuon.errors import VuonError
from vuon.systems.file import write
from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request, person
from vuon_web.challenges import queries as challenges
from vuon_web.evidence import picking
from vuon_web.labs import papers
from vuon_web.labs.versions import OvertakenError
from vuon_web.systems import actions, edits, pages, queries
from vuon_web.systems.forms import ArrowForm, WordForm


def _language() -> str:
    return (get_language() or "vi")[:2]


def _shown(request: Request, challenge_id: uuid.UUID, template: str) -> HttpResponse:
    found = challenges.challenge_for(request.audience, challenge_id)
    page = pages.frame(request, found, _language())
    page |= pages.drawn(page["model"], page["shelf"], _language())
    return render(request, template, page)


@require_safe
def sketch(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """Words and arrows, the loops they close, read aloud."""
    return _shown(request, challenge_id, "systems/sketch.html")


@require_safe
def printed(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """The sketch on a sheet of A3, with its loops and arrows."""
    return _shown(request, challenge_id, "systems/print.html")


@require_POST
def change(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """A button of the sketch: an arrow, a name, take away, undo, redo."""
    found = challenges.editable_for(request.audience, challenge_id)
    there = redirect("systems:sketch", found.pk)
    do = request.POST.get("do", "")
    if do in ("undo", "redo"):
        actions.step_back(challenge=found, steps=-1 if do == "undo" else 1, by=person(request))
        return there
    edit = edits.of(request.POST, _language())
    if edit is None:
        messages.error(request, _("An arrow needs two different words."))
        return there
    try:
        actions.change(challenge=found, edit=edit, by=person(request))
    except KeyError:
        messages.error(request, _("Somebody took this away meanwhile. Nothing was changed."))
    return there


def word(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """One word: how it is called, in whose hands, what is known of it."""
    page = _to_change(request, challenge_id)
    model = page["model"]
    if key not in model.keys:
        raise Http404
    variable = model.variable(key)
    page["form"] = WordForm(request.POST or None, variable=variable, language=_language())
    page |= pages.word(request, model, key, page["shelf"], _language())
    edit = lambda values, rests: edits.word(key, values, rests, _language())  # noqa: E731
    thing = lambda found: found.variable(key) if key in found.keys else None  # noqa: E731
    return _answer(request, page, "systems/word.html", edit, thing)


def arrow(request: Request, challenge_id: uuid.UUID, source: str, target: str) -> HttpResponse:
    """One arrow: its sign, what it rests on, or that it is an assumption."""
    page = _to_change(request, challenge_id)
    link = page["model"].link(source, target)
    if link is None:
        raise Http404
    page["form"] = ArrowForm(request.POST or None, link=link)
    page |= pages.arrow(request, page["model"], link, page["shelf"], _language())
    edit = lambda values, rests: edits.link(source, target, values, rests)  # noqa: E731
    return _answer(request, page, "systems/arrow.html", edit, lambda m: m.link(source, target))


def _to_change(request: Request, challenge_id: uuid.UUID) -> dict[str, Any]:
    """The frame of a page with a form; who may only read may not send it."""
    found = challenges.challenge_for(request.audience, challenge_id)
    if request.method == "POST":
        challenges.editable_for(request.audience, challenge_id)
    return pages.frame(request, found, _language())


def _answer(
    request: Request, page: dict[str, Any], template: str, edit: Any, thing: Any
) -> HttpResponse:
    """The page, or the change as it was sent, or both texts where somebody else was faster."""
    form = page["form"]
    if request.method != "POST" or not form.is_valid():
        page["base"] = papers.base_shown(request, page["base"])
        return render(request, template, page, status=422 if request.POST else 200)
    try:
        actions.change(
            challenge=page["challenge"],
            edit=edit(form.cleaned_data, picking.chosen(request.POST)),
            base=papers.base_of(request),
            thing=thing,
            by=person(request),
        )
    except (OvertakenError, KeyError):
        return render(request, template, {**page, "overtaken": True}, status=409)
    messages.success(request, _("Kept."))
    return redirect("systems:sketch", page["challenge"].pk)


@require_GET
def file(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """The sketch as `system.toml`."""
    found = challenges.challenge_for(request.audience, challenge_id)
    model = queries.sketch_of(found)
    if model is None:
        raise Http404
    return papers.download(write(model), "system.toml")


@require_POST
def bring(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """A `system.toml`: put together with what is here, or in its place; undo takes it back."""
    found = challenges.editable_for(request.audience, challenge_id)
    try:
        text, together = papers.sent(request), bool(request.POST.get("together"))
        talk = actions.bring(challenge=found, text=text, together=together, by=person(request))
    except (VuonError, Refusal) as error:
        messages.error(request, papers.why(error, _language()))
        return redirect("systems:sketch", found.pk)
    for words in talk:
        messages.info(request, words.say(_language()))
    messages.success(request, _("Kept. Undo brings back the one before."))
    return redirect("systems:sketch", found.pk)
