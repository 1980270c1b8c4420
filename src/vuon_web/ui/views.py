"""The first screen, the page of components, and the choice of language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from vuon_web.ui import icons
from vuon_web.ui.middleware import LANGUAGES


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """One thing to do: the taster of the practice place."""
    return render(request, "ui/first.html")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component, in the person's language."""
    names = (
        _("Frame"),
        _("Listen"),
        _("Journey"),
        _("System"),
        _("Futures"),
        _("Ideas"),
        _("Trial"),
        _("Learn"),
        _("Grow"),
    )
    things = sorted(set(icons.ICONS) - set(icons.STAGES))
    context = {"stages": list(enumerate(names, 1)), "icons": things}
    return render(request, "ui/components.html", context)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """A phone that shows this page has reached the computer that serves."""
    return render(request, "ui/check.html", {"address": request.get_host()})


# Exempt, because a token would put a cookie on every page that offers the choice; a language
# set by somebody else's page does no harm, and browsers that say so are refused below.
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    response.status_code = 303
    chosen = request.POST.get("language")
    if chosen in LANGUAGES and request.headers.get("Sec-Fetch-Site") != "cross-site":
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            httponly=True,
            secure=settings.SECURE,
            samesite="Lax",
        )
    return response
