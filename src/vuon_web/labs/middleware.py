"""Every request knows its audience; offers whose last day is over go back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from vuon_web.labs.actions import lapse_offers
from vuon_web.labs.audiences import audience_of


class AudienceMiddleware:
    """Set `request.audience`, worked out when it is first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.swept: date | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.audience = SimpleLazyObject(lambda: self._audience(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def _audience(self, request: HttpRequest) -> object:
        """Once a day, before anything is read, what was offered until yesterday is taken back."""
        today = timezone.localdate()
        if self.swept != today:
            lapse_offers()
            self.swept = today
        return audience_of(request)
