"""Written next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse


def open_round(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def round_page(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def enter(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def hold(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404
