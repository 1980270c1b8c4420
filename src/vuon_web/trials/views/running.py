"""While a trial runs and after: entries, reports, looks, the exit, the end."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vuon.errors import VuonError
from vuon_web.accounts import qr
from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request, person
from vuon_web.labs import papers
from vuon_web.trials import actions, entering, forms, pages, queries, readings
from vuon_web.trials.models import INCIDENT, Trial
from vuon_web.trials.views.language import spoken

SHOWN = 200


def _page(request: Request, trial: Trial) -> dict[str, Any]:
    return pages.home(request, trial, spoken())


@require_safe
def links(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """The links of a trial as QR codes, to print."""
    found = queries.trial_for(request.audience, trial_id, edit=True)
    words = pages.door_words()
    doors = [
        {
            "purpose": purpose,
            "title": words[purpose][0],
            "text": words[purpose][1],
            "address": pages.link(request, purpose, door.token),
            "drawn": qr.drawing(pages.link(request, purpose, door.token), words[purpose][0]),
        }
        for purpose, door in queries.doors_of(found).items()
    ]
    return render(
        request,
        "trials/links.html",
        _page(request, found) | {"rows": doors, "only_here": pages.only_here(request)},
    )


def entries(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """What was entered, without results; a sheet brought; nothing is ever overwritten."""
    found = queries.trial_for(request.audience, trial_id, edit=True)
    if request.method == "POST":
        try:
            count = actions.bring(trial=found, text=papers.sent(request), by=person(request))
            messages.success(request, _("Lines brought: %(n)s.") % {"n": count})
        except (VuonError, Refusal) as error:
            messages.error(request, papers.why(error, spoken()))
        return redirect("trials:entries", found.pk)
    page = _page(request, found)
    shown = found.entries.order_by("-n")[:SHOWN]
    page |= {"entries": shown, "count": found.entries.count(), "most": SHOWN}
    return render(request, "trials/entries.html", page)


def correct(request: Request, trial_id: uuid.UUID, number: int) -> HttpResponse:
    """Another entry in the place of one that was wrong; both stay."""
    trial = queries.trial_for(request.audience, trial_id, edit=True)
    old = get_object_or_404(queries.standing_entries(trial), n=number)
    page = _page(request, trial) | {"entry": old}
    form = entering.EntryForm(request.POST or None, plan=page["plan"], language=spoken(), old=old)
    page |= {"form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "trials/correct.html", page, status=422 if request.POST else 200)
    try:
        actions.enter(trial=trial, corrects=old, by=person(request), **form.entry())
    except (VuonError, Refusal) as error:
        form.add_error(None, papers.why(error, spoken()))
        return render(request, "trials/correct.html", page, status=422)
    return redirect("trials:entries", trial.pk)


def reports(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """Incidents and complaints, and what was done about them."""
    trial = queries.trial_for(request.audience, trial_id, edit=True)
    page = _page(request, trial)
    rails = [(each.key, each.name.say(spoken()) or each.key)
             for each in page["plan"].rails if each.method == "count"]  # fmt: skip
    form = forms.ReportForm(request.POST or None, rails=rails)
    page |= {"form": form}
    if request.method != "POST":
        return render(request, "trials/reports.html", page)
    try:
        _reported(request, trial, form)
    except (VuonError, Refusal) as error:
        messages.error(request, papers.why(error, spoken()))
    return redirect("trials:reports", trial.pk)


def _reported(request: Request, trial: Trial, form: forms.ReportForm) -> None:
    by, number = person(request), request.POST.get("number", "")
    if number.isdigit():
        found = get_object_or_404(queries.reports_of(trial), n=int(number))
        actions.answer_report(trial=trial, found=found, text=request.POST.get("answer", ""), by=by)
    elif form.is_valid():
        values = form.cleaned_data
        actions.report(
            trial=trial, kind=INCIDENT, text=values["text"], rail=values.get("rail", ""), by=by
        )
    else:
        raise Refusal(_("Write what happened."))


def reading(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """The results, once somebody looked and it was written down."""
    trial = queries.trial_for(request.audience, trial_id, edit=request.method == "POST")
    page = _page(request, trial) | {"reason": forms.ReasonForm()}
    if request.method == "POST":
        try:
            reason = request.POST.get("reason", "").strip()[:300]
            actions.look(trial=trial, reason=reason, by=person(request))
        except (VuonError, Refusal) as error:
            messages.error(request, papers.why(error, spoken()))
        return redirect("trials:reading", trial.pk)
    page |= readings.page(trial, page["standing"], spoken())
    return render(request, "trials/reading.html", page)


def end(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """The decision after the reading, and what is owed to people when it is closed."""
    trial = queries.trial_for(request.audience, trial_id, edit=True)
    page = _page(request, trial)
    closing = page["state"] == "exit_decided"
    form: Any = forms.CloseForm(request.POST or None)
    if not closing:
        looks = page["standing"].events("looked")
        works = bool(looks) and looks[-1]["shown"] == "works"
        form = forms.ExitForm(request.POST or None, works=works)
    page |= {"form": form, "closing": closing}
    if request.method != "POST" or not form.is_valid():
        return render(request, "trials/end.html", page, status=422 if request.POST else 200)
    try:
        step: Any = actions.close if closing else actions.decide
        step(trial=trial, by=person(request), **form.cleaned_data)
    except (VuonError, Refusal) as error:
        form.add_error(None, papers.why(error, spoken()))
        return render(request, "trials/end.html", page, status=422)
    return redirect("trials:trial", trial.pk)
