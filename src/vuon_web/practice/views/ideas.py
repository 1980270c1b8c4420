"""Written next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse


def ideas(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def try_ideas(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def tried(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404
