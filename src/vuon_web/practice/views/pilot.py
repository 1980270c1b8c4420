"""Written next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse


def plan(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def sealed(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def halfway(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def reading(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def decide(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404
