"""The programme and its calendar on the lab's page, and what can be taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language

from vuon_web.activities import pages
from vuon_web.challenges.pages import main_of
from vuon_web.challenges.queries import documents_of
from vuon_web.labs import panels
from vuon_web.labs.panels import Panel
from vuon_web.labs.queries import may_open_labs, programme_of

if TYPE_CHECKING:
    from vuon_web.accounts.requests import Request
    from vuon_web.labs.models import Lab


def register() -> None:
    """Put the panels on the lab's page."""
    panels.register("programme", 60, programme)
    panels.register("take", 95, take)


def programme(request: Request, lab: Lab) -> Panel | None:
    """The activities with the first reason of each, what nothing serves, the calendar."""
    found, own = programme_of(lab), main_of(request, lab)
    if found is None or own is None:
        return None
    plan = documents_of(own[0], get_language() or "vi")
    context = pages.programme(found, request.audience, plan)
    for activity in context["standing"]:
        activity["more"] = len(activity["reasons"]) - 1
    return Panel("activities/panels/programme.html", context)


def take(request: Request, lab: Lab) -> Panel | None:
    """The page and the plan as files."""
    found = main_of(request, lab)
    if found is None:
        return None
    main, _ = found
    closing = any(plan.form == "closing" for plan in main.plans.all())
    context = {
        "lab": lab,
        "main": main,
        "closing": closing,
        "may_open": may_open_labs(request.audience),
    }
    return Panel("activities/panels/take.html", context)
