"""The plan: does it need a trial, advice, its parts, what it can show; the steps of its life."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from vuon.errors import VuonError
from vuon.toml.table import Text
from vuon.trials import design, file
from vuon.trials.protocol import NEW, OLD, Arm, Need, Protocol, Unit
from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request, person
from vuon_web.challenges import queries as challenges
from vuon_web.ideas import queries as ideas
from vuon_web.labs import papers
from vuon_web.labs.versions import OvertakenError
from vuon_web.labs.wording import worded
from vuon_web.trials import actions, forms, pages, queries, telling
from vuon_web.trials.parts import PARTS
from vuon_web.trials.views.language import spoken
from vuon_web.trials.views.steps import do


@require_safe
def trials(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """Every trial of the task."""
    found = challenges.challenge_for(request.audience, challenge_id)
    return render(request, "trials/trials.html", pages.shelf(request, found, spoken()))


def advise(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """Do you need a trial, and which one fits what you have?"""
    found = challenges.editable_for(request.audience, challenge_id)
    choices = pages.idea_choices(found, spoken())
    start = {"idea": request.GET.get("idea", "")}
    form = forms.NeedForm(request.POST or None, ideas=choices, initial=start)
    page = {**pages.frame(request, found), "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "trials/advise.html", page, status=422 if request.POST else 200)
    situation = _situation(form.cleaned_data)
    advice = design.advise(situation)
    if request.POST.get("do") == "take" and not form.cleaned_data["instead"]:
        form.add_error("instead", _("Tick what lighter you did or thought through."))
        return render(request, "trials/advise.html", page, status=422)
    if request.POST.get("do") != "take":
        page |= {"advice": pages.advice(advice, situation, spoken())}
        return render(request, "trials/advise.html", page)
    plan = _draft(found, form.cleaned_data, advice)
    made = actions.begin(challenge=found, plan=plan, by=person(request))
    return redirect("trials:trial", made.pk)


def _situation(values: dict[str, Any]) -> design.Situation:
    counts = ("units", "points", "before", "after", "comparison")
    flags = ("lot", "on_off", "fades", "order", "cut_off", "leaks")
    said: dict[str, Any] = {name: values[name] or 0 for name in counts}
    said |= {name: bool(values[name]) for name in flags}
    ceiling = values["ceiling"]
    return design.Situation(
        level=values["level"],
        people=values["people"] or 1,
        ceiling=None if ceiling is None else ceiling / 100,
        **said,
    )


def _draft(challenge: Any, values: dict[str, Any], advice: design.Advice) -> Protocol:
    """A draft with what the advice knows: question, lot, units by number."""
    language = spoken()
    known = {each.key: each for each in ideas.ideas_of(challenge)}
    idea = known.get(values["idea"])
    level = values["level"]
    groups = level == "group" and (values["people"] or 1) > 1
    need = Need(
        worded(Text(), values["question"], language),
        tuple(values["instead"]),
        worded(Text(), values["why"], language),
    )
    plan = Protocol(
        "trial",
        title=idea.name if idea else Text(),
        need=need,
        arms=(Arm(NEW), Arm(OLD)),
        unit=Unit(level, "person" if groups else level),
        ideas=(idea.key,) if idea else (),
    )
    if advice.lot is None:
        units = tuple(str(n) for n in range(1, min(values["units"], 1000) + 1))
        return replace(plan, lot=replace(plan.lot, units=units))
    return replace(plan, lot=advice.lot)


@require_POST
def bring(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """A plan from a `trial.toml`, or a record that was written elsewhere, with its rows."""
    found, by = challenges.editable_for(request.audience, challenge_id), person(request)
    try:
        text = papers.sent(request)
        if text.lstrip().startswith("{"):
            sheet = papers.sent(request, "sheet") if "sheet" in request.FILES else ""
            made = actions.begin_from_record(challenge=found, text=text, sheet=sheet, by=by)
        else:
            made = actions.begin(challenge=found, plan=file.read(text), by=by)
    except (VuonError, Refusal) as error:
        messages.error(request, papers.why(error, spoken()))
        return redirect("trials:trials", found.pk)
    return redirect("trials:trial", made.pk)


@require_safe
def trial(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """One trial: where it stands, what is next, what is missing."""
    found = queries.trial_for(request.audience, trial_id)
    page = pages.home(request, found, spoken())
    page |= {
        "reason": forms.ReasonForm(),
        "number": forms.DrawForm(),
        "spend": forms.SpendForm(),
        "extend": forms.ExtendForm(),
    }
    if page["state"] == "approved":
        page |= {"acknowledged": pages.acknowledged(page["plan"]).say(spoken())}
    return render(request, "trials/trial.html", page)


@require_safe
def plan(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """The whole plan on a page: what it can show and what it cannot, its gaps, its rules."""
    found = queries.trial_for(request.audience, trial_id)
    standing = queries.standing_of(found)
    page = {**pages.frame(request, found.challenge), "trial": found, "standing": standing}
    page |= pages.plan(standing, spoken(), request.GET.dict())
    return render(request, "trials/plan.html", page)


def part(request: Request, trial_id: uuid.UUID, key: str) -> HttpResponse:
    """One part of a plan."""
    found = queries.trial_for(request.audience, trial_id, edit=True)
    one = next((each for each in PARTS if each.key == key), None)
    standing = queries.standing_of(found)
    if one is None or not standing.draft:
        raise Http404
    form = one.form(request.POST or None, plan=standing.protocol, language=spoken())
    page = pages.home(request, found, spoken()) | {"part": one, "form": form}
    page["base"] = papers.base_shown(request, page["base"])
    if request.method != "POST" or not form.is_valid():
        return render(request, "trials/part.html", page, status=422 if request.POST else 200)
    return _kept(request, page, form)


def _kept(request: Request, page: dict[str, Any], form: Any) -> HttpResponse:
    """The part as it was sent, or both texts where somebody else was faster."""
    trial = page["trial"]
    try:
        actions.change(
            trial=trial,
            edit=lambda plan: form.edit(plan, form.cleaned_data),
            base=papers.base_of(request),
            thing=form.thing,
            by=person(request),
        )
    except OvertakenError as overtaken:
        plan = queries.standing_of(trial).protocol
        told = telling.told(plan, spoken())
        theirs = [part for part in told if part["title"] == str(page["part"].title)]
        rows = theirs[0]["rows"] if theirs else []
        page |= {"overtaken": True, "base": overtaken.latest, "theirs": rows}
        return render(request, "trials/part.html", page, status=409)
    except VuonError as error:
        form.add_error(None, error.say(spoken()))
        return render(request, "trials/part.html", page, status=422)
    _say_kept(request, page)
    keys = [each.key for each in PARTS]
    later = keys[keys.index(page["part"].key) + 1 :]
    if request.POST.get("next") and later:
        return redirect("trials:part", trial.pk, later[0])
    return redirect("trials:trial", trial.pk)


def _say_kept(request: Request, page: dict[str, Any]) -> None:
    """That it is kept, and what this part still lacks."""
    now = pages.home(request, page["trial"], spoken())
    part = next(each for each in now["parts"] if each["key"] == page["part"].key)
    if not part["missing"]:
        messages.success(request, _("Kept."))
        return
    left = " ".join(part["missing"])
    messages.warning(request, _("Kept. Still missing in this part: %(left)s") % {"left": left})


@require_POST
def act(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """A button: undo, submit, seal, draw, start, pause, go on, stop, complete, extend, delete."""
    found = queries.trial_for(request.audience, trial_id, edit=True)
    asked, challenge_id = request.POST.get("do", ""), found.challenge_id
    try:
        said = do(request, found, asked)
    except (VuonError, Refusal) as error:
        messages.error(request, papers.why(error, spoken()))
        return redirect("trials:trial", trial_id)
    if said:
        messages.success(request, said)
    if asked == "delete":
        return redirect("trials:trials", challenge_id)
    return redirect("trials:trial", trial_id)


@require_GET
def toml(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """The plan as `trial.toml`."""
    found = queries.trial_for(request.audience, trial_id)
    return papers.download(file.write(queries.standing_of(found).protocol), "trial.toml")
