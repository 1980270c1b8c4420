"""Joining a session by its code, being in it, leaving it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vuon_web.accounts import seats
from vuon_web.accounts.guesses import GUESSES
from vuon_web.accounts.refusals import Refusal, TooManyGuesses, WrongCode
from vuon_web.accounts.requests import Request
from vuon_web.accounts.who_sees import tiers
from vuon_web.labs import actions, codes, forms, panels, queries
from vuon_web.labs.queries import Entry


def join(request: Request) -> HttpResponse:
    """Type the code."""
    form = forms.CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _entry(request, form.cleaned_data["code"])
            return redirect("labs:join_code", form.cleaned_data["code"])
        except Refusal as refusal:
            form.add_error("code", str(refusal.message))
            return _code_page(request, form, refusal.status)
    return _code_page(request, form, 422 if request.method == "POST" else 200)


def join_code(request: Request, code: str) -> HttpResponse:
    """What session it is, who sees what, which team; only the button takes the seat."""
    try:
        entry = _entry(request, codes.read(code))
        part = queries.participation(request.actor, entry.session)
        if part and request.method != "POST" and (not entry.team or part.team == entry.team):
            return redirect("labs:session", entry.session.pk)
        sent = request.POST if request.method == "POST" else None
        form = forms.JoinForm(sent, teams=queries.open_teams(entry.session))
        if not form.is_valid():
            return _join_page(request, entry, form)
        return _take_part(request, entry, form)
    except Refusal as refusal:
        again = forms.CodeForm(initial={"code": code[:20]})
        return _code_page(request, again, refusal.status, str(refusal.message))


def _entry(request: Request, code: str) -> Entry:
    """Where the code leads; every code that leads nowhere is counted."""
    if not code:
        raise WrongCode
    seat = seats.hash_of(request) if request.actor else ""
    if not GUESSES.spend(seat):
        raise TooManyGuesses
    entry = queries.entry(code)
    if entry is None:
        raise WrongCode(_("No open session has this code. Look at the wall once more, or ask."))
    GUESSES.give_back(seat)
    return entry


def _take_part(request: Request, entry: Entry, form: forms.JoinForm) -> HttpResponse:
    """The seat and the place in the session; a new person on this device gets a new seat."""
    if request.POST.get("somebody_new"):
        seats.vacate(request)
    actor, seat = seats.seated(request)
    team = entry.team or form.cleaned_data["team"]
    actions.join(session=entry.session, team=team, by=actor)
    return seat(redirect("labs:session", entry.session.pk))


def _code_page(
    request: Request, form: forms.CodeForm, status: int, message: str = ""
) -> HttpResponse:
    context = {"form": form, "message": message, "present": queries.present_session(request.actor)}
    return render(request, "labs/join.html", context, status=status)


def _join_page(request: Request, entry: Entry, form: forms.JoinForm) -> HttpResponse:
    context = {
        "session": entry.session,
        "lab": entry.session.cohort.programme.lab,
        "team": entry.team,
        "form": form,
        "teams": form.fields["team"].queryset.exists(),  # type: ignore[attr-defined]
        "closed_teams": queries.closed_teams(entry.session).exists(),
        "tiers": list(tiers())[:3],
        "actor": request.actor,
    }
    return seats.lay_out(request, render(request, "labs/join_code.html", context))


@require_safe
def session(request: Request, session_id: int) -> HttpResponse:
    """A participant's page of a session."""
    found = queries.session_for(request.audience, session_id)
    part = queries.participation(request.actor, found)
    assert part is not None, "who is in the room takes part"
    context = {
        "session": found,
        "lab": found.cohort.programme.lab,
        "part": part,
        "members": queries.members(part.team, found) if part.team else [],
        "open_teams": queries.open_teams(found).exclude(pk=part.team_id or 0),
        "panels": panels.of_session(request, part),
        "actor": request.actor,
    }
    return render(request, "labs/session.html", context)


@require_POST
def team(request: Request, session_id: int) -> HttpResponse:
    """Another team of the session: an open one by choice, one of an agency by its code."""
    found = queries.session_for(request.audience, session_id)
    assert request.actor is not None, "who is in the room has a seat"
    chosen = queries.open_teams(found).filter(pk=_number(request.POST.get("team"))).first()
    try:
        if chosen is None:
            entry = _entry(request, codes.read(request.POST.get("code", "")))
            chosen = entry.team if entry.session == found else None
        if chosen is None:
            raise WrongCode(_("This is not the code of a team in this session. Look at the table."))
        actions.join(session=found, team=chosen, by=request.actor)
        messages.success(request, _("You are in the team now."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect("labs:session", found.pk)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 12 else 0


def leave(request: Request, session_id: int) -> HttpResponse:
    """Ask once, then leave the session; the seat stays."""
    found = queries.session_for(request.audience, session_id)
    if request.method != "POST":
        return render(request, "labs/leave.html", {"session": found, "actor": request.actor})
    assert request.actor is not None, "who is in the room has a seat"
    actions.leave(session=found, by=request.actor)
    messages.success(request, _("You have left the session. What you made is still yours."))
    return redirect("accounts:me")
