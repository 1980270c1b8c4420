"""The programme and its calendar on the lab's page, and what can be taken along."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from vuon_web.activities import pages, queries
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
    language = get_language() or "vi"
    path = queries.path(found, language, documents_of(own[0], language))
    can_change = queries.can_change(found, request.audience)
    drawn = _drawn(path, found.pk, found.starts, can_change, language)
    return Panel("activities/panels/programme.html", {"drawn": drawn})


@lru_cache(maxsize=64)  # all that it shows is in its arguments; drawing it is half of the page
def _drawn(
    path: queries.Path, programme_id: int, starts: date | None, can_change: bool, language: str
) -> SafeString:
    context = pages.told(path, language)
    for activity in context["standing"]:
        activity["more"] = len(activity["reasons"]) - 1
    context |= {"programme": {"pk": programme_id, "starts": starts}, "can_change": can_change}
    return render_to_string("activities/panels/path.html", context)


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
