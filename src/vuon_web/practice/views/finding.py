"""Written next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse


def move(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def found(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def rows(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def notebook(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def steps_map(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def pin(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404
