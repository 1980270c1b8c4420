"""Pages of stage 2. Each view loads what the person may see, does one thing, and answers."""

from __future__ import annotations

import uuid

from django.http import Http404
from django.utils.translation import get_language


def language() -> str:
    """The page's language, "vi" or "en"."""
    return (get_language() or "vi")[:2]


def id_of(text: str) -> uuid.UUID:
    """The id that a form names, or Http404."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None
