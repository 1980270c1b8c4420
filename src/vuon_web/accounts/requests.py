"""The request as the middleware leaves it, for the types of views."""

from __future__ import annotations

from django.http import HttpRequest

from vuon_web.accounts.models import Actor
from vuon_web.accounts.visibility import Audience


class Request(HttpRequest):
    """A request that knows who asks."""

    actor: Actor | None
    audience: Audience
