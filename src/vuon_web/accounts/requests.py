"""The request as the middleware leaves it, for the types of views."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from vuon_web.accounts.models import Actor
from vuon_web.accounts.visibility import Audience


class Request(HttpRequest):
    """A request that knows who asks."""

    actor: Actor | None
    audience: Audience


def person(request: Request) -> Actor:
    """Whoever asks, where only somebody with a seat or an account can be meant; else Http404."""
    if request.actor is None:
        raise Http404
    return request.actor
