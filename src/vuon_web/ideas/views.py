"""Pages of stage 6. Each view loads what the person may see, does one thing, and answers."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST, require_safe

from vuon.errors import VuonError
from vuon.ideas.file import write
from vuon.ideas.model import Change
from vuon.journeys import portable
from vuon.toml.table import Text
from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request, person
from vuon_web.challenges import queries as challenges
from vuon_web.futures import actions as outlook
from vuon_web.futures.queries import watches_of
from vuon_web.ideas import actions, common, edits, forms, many, pages, queries, sheet, trying
from vuon_web.ideas import together as many_ideas
from vuon_web.ideas.models import CARD, IdeaPaper, Prototype
from vuon_web.journeys.queries import journey_of
from vuon_web.labs import papers
from vuon_web.labs.versions import OvertakenError
from vuon_web.labs.wording import worded


def _language() -> str:
    return (get_language() or "vi")[:2]


@require_safe
def ideas(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """Every idea of the task."""
    found = challenges.challenge_for(request.audience, challenge_id)
    page = pages.board(request, found, _language()) | {"form": forms.NewForm()}
    return render(request, "ideas/board.html", page)


@require_POST
def new(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """One more idea, from its name and a sentence."""
    found = challenges.editable_for(request.audience, challenge_id)
    form = forms.NewForm(request.POST)
    if not form.is_valid():
        page = pages.board(request, found, _language()) | {"form": form}
        return render(request, "ideas/board.html", page, status=422)
    words = {
        name: worded(Text(), form.cleaned_data[name], _language()) for name in ("name", "text")
    }
    made = actions.add(challenge=found, by=person(request), **words)
    return redirect("ideas:idea", found.pk, made.key)


@require_POST
def rounds(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """Begin or end the silent round and the vote; give a dot or take one back."""
    found = challenges.editable_for(request.audience, challenge_id)
    do, by = request.POST.get("do", ""), person(request)
    if do in ("silence", "show"):
        actions.set_silent(challenge=found, silent=do == "silence", by=by)
    elif do in ("open", "closed"):
        actions.set_voting(challenge=found, voting=do, by=by)
    elif do == "dot":
        paper = queries.paper_for(found, request.POST.get("key", ""), request.audience)
        try:
            actions.give_dot(paper=paper, by=by)
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
    return redirect("ideas:ideas", found.pk)


def idea(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """One idea: its words, owner, cost, route; its changes and prototype cards."""
    page = _page(request, challenge_id, key)
    form = forms.IdeaForm(request.POST or None, idea=page["idea"], language=_language())
    page["form"] = form
    if request.method != "POST" or not form.is_valid():
        return render(request, "ideas/idea.html", page, status=422 if request.POST else 200)
    edit = edits.whole(form.cleaned_data, _language())
    return _kept(request, page, "ideas/idea.html", edit, edits.head)


@require_safe
def try_idea(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """What the idea does to whom, on the map of the task."""
    page = _page(request, challenge_id, key)
    idea = queries.idea_at(page["paper"], None)
    page |= trying.page(journey_of(page["challenge"]), idea, _language())
    return render(request, "ideas/try.html", page)


@require_safe
def many_futures(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """What if the figures of the map are other than it says?"""
    page = _page(request, challenge_id, key)
    idea = queries.idea_at(page["paper"], None)
    page |= many.page(page["challenge"], idea, request.GET.dict(), _language())
    return render(request, "ideas/futures.html", page)


@require_POST
def watch(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """Propose a signpost for each condition under which the idea fails."""
    found = challenges.editable_for(request.audience, challenge_id)
    paper = queries.paper_for(found, key, request.audience)
    if paper.silent:
        raise Http404
    try:
        watches = many.watches(found, queries.idea_of(paper), request.POST.dict())
    except VuonError:
        watches = ()
    if not watches:
        messages.error(
            request,
            _("Today's numbers lie within these conditions already: there is nothing to wait for. "
              "Change the idea, or ask for less."),
        )  # fmt: skip
        return redirect("ideas:futures", found.pk, key)
    outlook.propose(challenge=found, watches=watches, by=person(request))
    messages.success(request, _("Proposed as drafts: say who watches, and what is done then."))
    return redirect("ideas:idea", found.pk, key)


@require_safe
def together(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """All ideas that can run on the map, in the same futures."""
    found = challenges.challenge_for(request.audience, challenge_id)
    page = pages.frame(request, found)
    page |= many_ideas.page(found, request.audience.actor_id, request.GET.dict(), _language())
    return render(request, "ideas/together.html", page)


@require_safe
def sheet_of(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """The way as it is and with the idea beside each other, to print on A3."""
    page = _page(request, challenge_id, key)
    idea = queries.idea_at(page["paper"], None)
    page |= sheet.page(journey_of(page["challenge"]), idea, page["shelf"], _language())
    return render(request, "ideas/sheet.html", page)


def common_change(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """A template of a common change, filled in for this map."""
    challenges.editable_for(request.audience, challenge_id)
    page = _page(request, challenge_id, key)
    found = journey_of(page["challenge"])
    page |= {"steps": bool(found and found.steps), "templates": common.page(found, _language())}
    page["chosen"] = request.POST.get("template", "")
    if request.method != "POST" or found is None:
        return render(request, "ideas/common.html", page)
    try:
        edit = edits.further(common.made(found, request.POST))
    except KeyError:
        raise Http404 from None
    except VuonError as error:
        messages.error(request, error.say(_language()))
        return render(request, "ideas/common.html", page, status=422)
    return _kept(request, page, "ideas/common.html", edit, edits.one(None))


@require_GET
@gzip_page
def levers(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """What the levers of a trial run on in the browser, or why there are none."""
    found = challenges.challenge_for(request.audience, challenge_id)
    idea = queries.idea_of(queries.paper_for(found, key, request.audience))
    try:
        values = trying.levers(journey_of(found), idea, _language())
    except VuonError as error:
        return JsonResponse({"why": error.say(_language())}, status=422)
    if values is None:
        raise Http404
    answer = HttpResponse(portable.written(values), content_type="application/json")
    answer["Cache-Control"] = "private, no-cache"
    return answer


def change(request: Request, challenge_id: uuid.UUID, key: str, number: int) -> HttpResponse:
    """One change of an idea: to a service, or of a rule."""
    page = _page(request, challenge_id, key)
    shown = queries.idea_at(page["paper"], papers.base_of(request))
    page |= pages.change(request, page, number, shown)
    form, edit = _asked(request, page)
    page |= {"form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "ideas/change.html", page, status=422 if request.POST else 200)
    made = edit(page["old"], form.cleaned_data, page["rests"], _language())
    return _kept(request, page, "ideas/change.html", made, edits.one(page["old"]))


def _asked(request: Request, page: dict[str, Any]) -> tuple[Any, Any]:
    """The form of a change, and the edit that it asks for."""
    sent, language = request.POST or None, _language()
    if page["is_rule"]:
        old = page["old"] or Change(kind="rule")
        watches = watches_of(page["challenge"])
        form = forms.RuleForm(sent, change=old, watches=watches, language=language)
        return form, edits.rule
    steps = pages.targets(page["challenge"], language)
    old = page["old"] or Change()
    return forms.ChangeForm(sent, change=old, targets=steps, language=language), edits.service


def _page(request: Request, challenge_id: uuid.UUID, key: str) -> dict[str, Any]:
    """The page of an idea; who may only read may not send it."""
    found = challenges.challenge_for(request.audience, challenge_id)
    if request.method == "POST":
        challenges.editable_for(request.audience, challenge_id)
    paper = queries.paper_for(found, key, request.audience)
    page = pages.idea(request, found, paper, _language())
    # A page that is sent back for a missing word still rests on what the person had seen.
    sent = papers.base_of(request)
    return page if sent is None else page | {"base": sent}


def _kept(
    request: Request, page: dict[str, Any], template: str, edit: Any, thing: Any
) -> HttpResponse:
    """The idea as it was sent, or both texts where somebody else was faster."""
    try:
        actions.change(
            paper=page["paper"],
            edit=edit,
            base=papers.base_of(request),
            thing=thing,
            by=person(request),
        )
    except OvertakenError:
        return render(request, template, page | pages.overtaken(page), status=409)
    messages.success(request, _("Kept."))
    return redirect("ideas:idea", page["challenge"].pk, page["paper"].key)


@require_POST
def act(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """A button of an idea: undo, redo, take a change out, delete."""
    found = challenges.editable_for(request.audience, challenge_id)
    paper = queries.paper_for(found, key, request.audience)
    do, by = request.POST.get("do", ""), person(request)
    if do == "delete":
        actions.delete_idea(paper=paper, by=by)
        messages.success(request, _("Deleted."))
        return redirect("ideas:ideas", found.pk)
    if do in ("undo", "redo"):
        actions.step_back(paper=paper, steps=-1 if do == "undo" else 1, by=by)
    elif do == "without" and request.POST.get("number", "").isdigit():
        _without(request, paper, int(request.POST["number"]))
    return redirect("ideas:idea", found.pk, paper.key)


def _without(request: Request, paper: IdeaPaper, number: int) -> None:
    """Without the change that had this number on the page, and without no other."""
    base = papers.base_of(request)
    shown = queries.idea_at(paper, base).changes
    if number >= len(shown):
        return
    old = shown[number]
    try:
        actions.change(
            paper=paper,
            edit=edits.without(old),
            base=base,
            thing=edits.one(old),
            by=person(request),
        )
    except OvertakenError:
        messages.error(
            request,
            _("Somebody changed this or took it out meanwhile. Nothing more was taken out."),
        )


def prototype(
    request: Request, challenge_id: uuid.UUID, key: str, card_id: uuid.UUID | None = None
) -> HttpResponse:
    """A prototype card: what was shown to whom, what happened, what changed."""
    found = challenges.editable_for(request.audience, challenge_id)
    paper = queries.paper_for(found, key, request.audience)
    card = get_object_or_404(Prototype, paper=paper, pk=card_id) if card_id else None
    there = redirect("ideas:idea", found.pk, paper.key)
    if request.method == "POST" and request.POST.get("delete") and card:
        actions.delete_prototype(card=card, by=person(request))
        return there
    form = forms.PrototypeForm(request.POST or None, card=card)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        words = {name: {_language(): values[name]} for name in CARD}
        actions.keep_prototype(
            paper=paper, words=words, day=values["day"], card=card, by=person(request)
        )
        return there
    page = pages.idea(request, found, paper, _language()) | {"form": form, "card": card}
    return render(request, "ideas/prototype.html", page, status=422 if request.POST else 200)


@require_GET
def file(request: Request, challenge_id: uuid.UUID, key: str) -> HttpResponse:
    """The idea as `idea.toml`."""
    found = challenges.challenge_for(request.audience, challenge_id)
    paper = queries.paper_for(found, key, request.audience)
    return papers.download(write(queries.idea_of(paper)), f"{paper.key}.toml")


@require_POST
def bring(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """An idea from an `idea.toml`."""
    found = challenges.editable_for(request.audience, challenge_id)
    try:
        made = actions.put(challenge=found, text=papers.sent(request), by=person(request))
    except (VuonError, Refusal) as error:
        messages.error(request, papers.why(error, _language()))
        return redirect("ideas:ideas", found.pk)
    return redirect("ideas:idea", found.pk, made.key)
