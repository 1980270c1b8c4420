"""Pages for what went wrong: what, why, and what to do. Nothing of the machine is shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

SECRET = ("csrfmiddlewaretoken", "password", "code", "token", "words")


def _page(request: HttpRequest | None, status: int, **fields: Any) -> HttpResponse:
    language = get_language() or "vi"
    html = render_to_string(
        "ui/error.html", {"language": language, "fonts": True, **fields}, request
    )
    response = HttpResponse(html, status=status)
    response["Cache-Control"] = "no-store"
    return response


def written(request: HttpRequest) -> list[str]:
    """What the person had written in the form that was refused, so that it can be copied."""
    return [
        value
        for key, value in request.POST.items()
        if isinstance(value, str)
        and len(value.strip()) > 20
        and not any(word in key.lower() for word in SECRET)
    ]


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token was missing or old; the text is given back."""
    return _page(
        request,
        403,
        title=_("This page was open for a long time"),
        what=_("What you sent was not accepted, and nothing was changed."),
        why=_("The form was too old, or the browser does not keep cookies for this address."),
        do=_("Go back, load the page again and send once more."),
        texts=written(request),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The person may not do or see this."""
    return _page(
        request,
        403,
        title=_("This page is not open to you"),
        what=_("The person or team it belongs to has not shared it, or it needs another role."),
        why=_("What is made here stays with its author until the author shares it."),
        do=_("If you should see it, ask the person who sent you here to share it."),
    )


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing at this address, or nothing that this person may know of."""
    return _page(
        request,
        404,
        title=_("There is nothing at this address"),
        what=_("The address may be mistyped, or what stood here was taken away or never shared."),
        do=_("Check the address, or start from the first page."),
    )


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be read."""
    return _page(
        None,
        400,
        title=_("This could not be read"),
        what=_("The browser sent something this computer does not understand."),
        do=_("Go back and try once more. If it happens again, tell the person who runs this lab."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Our fault. Shown without asking the database or the session, which may be what broke."""
    return _page(
        None,
        500,
        title=_("Something broke on our side"),
        what=_("It is not your fault. What was shown as kept before is still kept."),
        do=_("Try again in a minute. If it happens again, tell the person who runs this lab."),
    )
