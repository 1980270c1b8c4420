"""In which language a page speaks."""

from __future__ import annotations

from django.utils.translation import get_language


def spoken() -> str:
    """ "vi" or "en"."""
    return (get_language() or "vi")[:2]
