"""What the frame of every page needs to know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

import vuon


def page(request: HttpRequest) -> dict[str, Any]:
    """The fields of `ui/base.html`; reads no cookie and asks no database."""
    return {
        "version": vuon.__version__,
        "run_by": getattr(settings, "VUON_RUN_BY", ""),
        "alone": settings.VUON_ALONE,
        "fonts": request.headers.get("Save-Data", "").lower() != "on",
        "language": get_language() or settings.LANGUAGE_CODE,
    }
