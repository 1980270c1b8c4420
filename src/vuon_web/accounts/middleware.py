"""Who asks: the signed-in member of staff, else whoever sits in this browser, else nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from vuon_web.accounts import queries, seats
from vuon_web.accounts.models import Actor


class SeatMiddleware:
    """Set `request.actor`, and keep pages made for somebody out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = _actor(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        if request.actor is not None or seats.COOKIE in response.cookies:  # type: ignore[attr-defined]
            response["Cache-Control"] = "private, no-store"
        return response


def _actor(request: HttpRequest) -> Actor | None:
    """Asks the database only for somebody who brings a cookie."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        found = queries.actor_of_user(request.user)
        if found is not None:
            return found
    token = request.COOKIES.get(seats.COOKIE)
    return queries.actor_of_token(token) if token else None
