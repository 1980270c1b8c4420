"""Written next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse


def game(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def look(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def beans(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404
