"""Pages behind a link, without an account: the second person, the counter, citizens, the lot."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vuon.errors import VuonError
from vuon.trials.record import lot_of
from vuon_web.accounts import seats, tokens
from vuon_web.accounts.guesses import GUESSES
from vuon_web.accounts.refusals import Refusal, TooManyGuesses
from vuon_web.accounts.requests import Request
from vuon_web.labs import papers
from vuon_web.trials import actions, entering, forms, pages, queries, telling
from vuon_web.trials.models import COMPLAINT, Trial
from vuon_web.trials.views.language import spoken


def _frame(token: str, purpose: str) -> tuple[Trial, dict[str, Any]]:
    """The trial behind a door, and what a page without an account may say of it."""
    trial = queries.door_for(token, purpose).trial
    standing = queries.standing_of(trial)
    plan, language = standing.protocol, spoken()
    return trial, {
        "token": token,
        "challenge": trial.challenge,
        "standing": standing,
        "plan": plan,
        "title": pages.title_of(plan, language),
        "owner": plan.owner.say(language),
        "number_says": plan.lot.public_number.say(language),
        "notice": plan.care.notice.say(language),
        "state": standing.state,
    }


def approve(request: Request, token: str) -> HttpResponse:
    """The plan for the second person, and what they say to it."""
    trial, page = _frame(token, "approve")
    standing = page["standing"]
    form = forms.AnswerForm(request.POST or None)
    open_ = standing.state == "in_review" or standing.life.unapproved
    own = not queries.approves(trial, request.actor)
    page |= pages.plan(standing, spoken(), {}) | {"form": form, "open": open_, "own": own}
    page |= {"short": telling.short(standing.protocol, spoken())}
    if request.method != "POST" or not form.is_valid():
        return render(request, "trials/approve.html", page)
    actor, seat = seats.seated(request)
    try:
        said = form.cleaned_data
        actions.answer(trial=trial, to=request.POST.get("do", ""), by=actor, **said)
        messages.success(request, _("Thank you. Your answer is in the record."))
    except (VuonError, Refusal) as error:
        messages.error(request, papers.why(error, spoken()))
    return seat(redirect("trials:approve", token))


def enter(request: Request, token: str) -> HttpResponse:
    """One answer after the other, by phone; never a result."""
    trial, page = _frame(token, "enter")
    sent = request.POST or None
    last = {key: request.GET[key] for key in ("unit", "period") if key in request.GET}
    form = entering.EntryForm(sent, plan=page["plan"], language=spoken(), before=last)
    page |= {"form": form, "again": bool(last), "ways": entering.today(page["standing"], spoken())}
    if request.method != "POST" or not form.is_valid():
        return render(request, "trials/enter.html", page, status=422 if sent else 200)
    actor, seat = seats.seated(request)
    try:
        made = actions.enter(trial=trial, by=actor, **form.entry())
    except (VuonError, Refusal) as error:
        form.add_error(None, papers.why(error, spoken()))
        return seat(render(request, "trials/enter.html", page, status=422))
    return seat(redirect("trials:entered", token, made.pk))


@require_safe
def entered(request: Request, token: str, entry_id: uuid.UUID) -> HttpResponse:
    """What was just entered, with the number to take home; for whoever entered it alone."""
    trial, page = _frame(token, "enter")
    made = trial.entries.filter(pk=entry_id, actor=request.actor).first()
    if made is None or request.actor is None:
        raise Http404
    spoke = page["standing"].events("paused")
    why = pages.history(page["standing"], spoken())[0]["words"] if spoke else ""
    return render(request, "trials/entered.html", page | {"made": made, "why": why})


def complain(request: Request, token: str) -> HttpResponse:
    """A complaint, its answer by a receipt, and leaving the trial; no seat, no name."""
    trial, page = _frame(token, "complain")
    page |= {
        "form": forms.ReportForm(),
        "once": tokens.new()[:20],
        "leaving": page["plan"].care.leaving.say(spoken()),
    }
    if request.method != "POST":
        return render(request, "trials/complain.html", page)
    try:
        page |= _complained(request, trial)
    except (VuonError, Refusal) as error:
        messages.error(request, papers.why(error, spoken()))
        return render(request, "trials/complain.html", page, status=422)
    return render(request, "trials/complained.html", page)


def _complained(request: Request, trial: Trial) -> dict[str, Any]:
    """What was asked: to complain, to read an answer, to leave."""
    asked, code = request.POST.get("do", ""), _code(request.POST.get("code", ""))
    if asked == "complain":
        text, once = request.POST.get("text", "")[:2000], request.POST.get("once", "")[:40]
        said = actions.report(trial=trial, kind=COMPLAINT, text=text, once=once, by=None)
        return {"receipt": said}
    if not GUESSES.spend():
        raise TooManyGuesses
    if asked == "leave":
        keep = request.POST.get("keep") != "delete"
        if actions.leave(trial=trial, slip=code, keep=keep, by=None):
            GUESSES.give_back()
            return {"left": True, "kept": keep}
    found = queries.complaint_by(trial, code) if asked == "answer" else None
    if found is None:
        raise Refusal(_("This number is not known here. Compare it with your slip."))
    GUESSES.give_back()
    return {"found": found}


def _code(typed: str) -> str:
    return "".join(sign for sign in typed.upper() if sign.isalnum())[:12]


@require_safe
def lot(request: Request, token: str) -> HttpResponse:
    """The public lot, and the same lot drawn again from whatever number somebody types."""
    _trial, page = _frame(token, "lot")
    standing, number = page["standing"], request.GET.get("number", "")[:60]
    kept = standing.record
    page |= {"seal": kept.sealed if kept else None, "rule": standing.protocol.lot}
    drawn = standing.events("drawn")
    page |= {"drawn": drawn[0] if drawn else None, "number": number}
    if kept and drawn:
        page |= {"table": entering.lot_table(kept.protocol, kept.drawn or ())}
    if kept and number:
        try:
            again = lot_of(kept.protocol, kept.sealed, number)
            page |= {"again": entering.lot_table(kept.protocol, again.allocation),
                     "same": bool(drawn) and again.allocation == kept.drawn}  # fmt: skip
        except VuonError as error:
            page |= {"refused": error.say(spoken())}
    return render(request, "trials/lot.html", page)
