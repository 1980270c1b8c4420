"""Written next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse


def start(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def arrive(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def voices(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def letter(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def guess(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404
