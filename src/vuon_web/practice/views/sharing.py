"""Written next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse


def mine(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def join(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def team(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def pulse(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def leave(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404
