"""Written next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse


def year(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def debrief(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def sentence(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404


def again(request: Any, **kwargs: Any) -> HttpResponse:
    """Written next."""
    raise Http404
