"""The sentences of a place in the page's language: `{{ scene.title|said }}`."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from vuon.practice import Text

register = template.Library()


@register.filter
def said(text: Text) -> str:
    """The sentence in the page's language."""
    return text.say(get_language() or "vi")
