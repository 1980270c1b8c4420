"""Sessions as those who run them see them: open, show the code, make teams, close."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vuon_web.accounts import qr
from vuon_web.accounts.permissions import Permission
from vuon_web.accounts.requests import Request
from vuon_web.labs import actions, addresses, forms, panels, queries
from vuon_web.labs.models import Cohort, Lab, Session


def sessions(request: Request, slug: str) -> HttpResponse:
    """The sessions of a lab, and the form that opens one."""
    lab = queries.lab_to_run(request.audience, slug, Permission.SESSION_OPEN)
    programme = queries.programme_of(lab)
    cohorts = queries.cohorts(programme) if programme else Cohort.objects.none()
    form = forms.SessionForm(request.POST or None, cohorts=cohorts)
    if request.method == "POST" and form.is_valid():
        cohort = form.cleaned_data["cohort"] or actions.open_next_cohort(lab=lab, by=request.actor)
        made = actions.open_session(
            cohort=cohort, title=form.cleaned_data["title"], by=request.actor
        )
        return redirect("labs:run", made.pk)
    context = {"lab": lab, "form": form, "sessions": queries.sessions(lab)}
    status = 422 if request.method == "POST" else 200
    return render(request, "labs/sessions.html", context, status=status)


@require_safe
def run(request: Request, session_id: int) -> HttpResponse:
    """One session: its code, its teams, how many are in."""
    found = queries.session_to_run(request.audience, session_id)
    return render(request, "labs/run.html", _running(request, found))


def _running(
    request: Request, session: Session, form: forms.TeamForm | None = None
) -> dict[str, object]:
    cohort = session.cohort
    path = reverse("labs:join_code", args=[session.code]) if session.code else ""
    address = addresses.for_others(request, path) if path else ""
    return {
        "session": session,
        "lab": cohort.programme.lab,
        "address": address,
        "short": addresses.for_others(request, reverse("labs:join")),
        "drawn": qr.drawing(address, _("The way into the session as a QR code")) if address else "",
        "size": queries.in_the_room(session),
        "teams": queries.teams(cohort),
        "form": form or forms.TeamForm(cohort=cohort),
        "panels": panels.of_run(request, session),
    }


@require_POST
def make_team(request: Request, session_id: int) -> HttpResponse:
    """A further team."""
    found = queries.session_to_run(request.audience, session_id)
    form = forms.TeamForm(request.POST, cohort=found.cohort)
    if not form.is_valid():
        return render(request, "labs/run.html", _running(request, found, form), status=422)
    actions.make_team(cohort=found.cohort, **form.cleaned_data, by=request.actor)
    return redirect("labs:run", found.pk)


def close(request: Request, session_id: int) -> HttpResponse:
    """Ask once, then close the session."""
    found = queries.session_to_run(request.audience, session_id)
    if request.method != "POST":
        return render(request, "labs/close.html", {"session": found})
    actions.close_session(session=found, by=request.actor)
    messages.success(request, _("The session is closed, and its code no longer opens anything."))
    return redirect("labs:sessions", found.cohort.programme.lab.slug)


@require_safe
def poster(request: Request, session_id: int) -> HttpResponse:
    """A page to print: the code, large, with the QR code and who sees what."""
    found = queries.session_to_run(request.audience, session_id)
    return render(request, "labs/poster.html", _running(request, found))


def staff(request: Request, slug: str) -> HttpResponse:
    """Who runs the lab; a link for one more, shown once."""
    lab: Lab = queries.lab_to_run(request.audience, slug, Permission.STAFF_INVITE)
    form = forms.InvitationForm(request.POST or None, lab=lab)
    context = {"lab": lab, "form": form, "staff": queries.staff(lab), "link": ""}
    if request.method == "POST" and form.is_valid():
        token = actions.invite_staff(lab=lab, **form.cleaned_data, by=request.actor)
        path = reverse("accounts:facilitate", args=[token])
        context["link"] = addresses.for_others(request, path) or request.build_absolute_uri(path)
    status = 422 if request.method == "POST" and not context["link"] else 200
    return render(request, "labs/staff.html", context, status=status)
