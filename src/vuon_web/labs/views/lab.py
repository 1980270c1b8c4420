"""The lab's living page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from vuon_web.accounts.permissions import Permission, may
from vuon_web.accounts.requests import Request
from vuon_web.labs import panels, queries


@require_safe
def ours(request: Request) -> HttpResponse:
    """The lab of this server; else what there is to see, and how to come in."""
    lab = queries.the_lab()
    labs = queries.visible_labs(request.audience)
    if lab is not None and labs.filter(pk=lab.pk).exists():
        return redirect("labs:lab", lab.slug)
    return render(request, "labs/ours.html", {"lab": lab, "labs": labs})


@require_safe
def lab(request: Request, slug: str) -> HttpResponse:
    """The lab as it stands: its panels, for whoever may see it."""
    found = queries.lab_for(request.audience, slug)
    made = panels.of_lab(request, found)
    context = {
        "lab": found,
        "main_panels": [panel for panel in made if not panel.aside],
        "aside_panels": [panel for panel in made if panel.aside],
        "can_edit": may(request.audience, Permission.LAB_EDIT, found.pk),
        "can_open": may(request.audience, Permission.SESSION_OPEN, found.pk),
        "can_invite": may(request.audience, Permission.STAFF_INVITE, found.pk),
    }
    return render(request, "labs/lab.html", context)
