"""Partners of a lab, for those who may edit them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vuon_web.accounts.permissions import Permission
from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request
from vuon_web.labs import actions, forms, people, queries


@require_safe
def partners(request: Request, slug: str) -> HttpResponse:
    """The partners in their order, with what is only proposed."""
    lab = queries.lab_to_run(request.audience, slug, Permission.AGENCY_EDIT)
    found = list(queries.agencies(lab))
    context = {
        "lab": lab,
        "partners": [people.partner(agency) for agency in found],
        "splits": [
            {"text": text, "parts": [a for a in found if a.from_text == text]}
            for text in people.splits(found)
        ],
        "last": len(found),
    }
    return render(request, "labs/partners.html", context)


def partner(request: Request, agency_id: int) -> HttpResponse:
    """Name, roles, description of one partner."""
    agency = queries.agency_for(request.audience, agency_id)
    initial = {
        "name": agency.name,
        "roles": agency.roles,
        "description": agency.description,
        "sector": agency.sector,
    }
    form = forms.AgencyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.edit_agency(agency=agency, draft=form.draft(), by=request.actor)
        messages.success(request, _("Kept."))
        return redirect("labs:partners", agency.lab.slug)
    context = {"agency": agency, "lab": agency.lab, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "labs/partner.html", context, status=status)


def add(request: Request, slug: str) -> HttpResponse:
    """A further partner, at the end."""
    lab = queries.lab_to_run(request.audience, slug, Permission.AGENCY_EDIT)
    form = forms.AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_agency(lab=lab, draft=form.draft(), by=request.actor)
        messages.success(request, _("Kept."))
        return redirect("labs:partners", lab.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "labs/partner.html", {"lab": lab, "form": form}, status=status)


@require_POST
def order(request: Request, agency_id: int) -> HttpResponse:
    """One place up or down in the order of importance."""
    agency = queries.agency_for(request.audience, agency_id)
    row = list(queries.agencies(agency.lab).values_list("pk", flat=True))
    at, step = row.index(agency.pk), -1 if request.POST.get("do") == "up" else 1
    row.insert(max(0, min(len(row) - 1, at + step)), row.pop(at))
    actions.order_agencies(lab=agency.lab, order=row, by=request.actor)
    return redirect("labs:partners", agency.lab.slug)


@require_POST
def split(request: Request, agency_id: int) -> HttpResponse:
    """What becomes of a proposed split: confirm it, undo it, or bring it back."""
    agency = queries.agency_for(request.audience, agency_id)
    lab, by, text = agency.lab, request.actor, agency.from_text
    wanted = request.POST.get("do")
    try:
        if wanted == "confirm":
            actions.confirm_split(lab=lab, from_text=text, by=by)
            messages.success(request, _("The names stand as they are now."))
        elif wanted == "rejoin":
            actions.rejoin_agencies(lab=lab, from_text=text, by=by)
            messages.success(request, _("The text stands whole again, as it is in the plan."))
        elif wanted == "split":
            actions.split_agency(agency=agency, by=by)
        else:
            raise Http404
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect("labs:partners", lab.slug)
