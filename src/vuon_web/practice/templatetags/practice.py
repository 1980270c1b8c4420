"""The sentences and faces of a place: `{{ scene.title|said }}`, `{% face "elder" %}`."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from vuon.practice import Text

register = template.Library()

#: Every face that is drawn. Pieces of material name one of them; the rest is somebody.
FACES = (
    "blind",
    "clerk",
    "elder",
    "farmer",
    "grandfather",
    "guard",
    "head",
    "mother",
    "neighbour",
    "officer",
    "radio",
    "rider",
    "seller",
    "student",
    "teacher",
    "vice",
    "wheelchair",
    "worker",
)
SOMEBODY = "elder"
#: Pictures of an arrival. A place names one of them; the rest is a ward.
DRAWINGS = ("market", "ward")
WARD = "ward"


@register.filter
def said(text: Text | str) -> str:
    """The sentence in the page's language; a text in no language as it is."""
    return text.say(get_language() or "vi") if isinstance(text, Text) else text


@register.simple_tag
def face(key: str) -> SafeString:
    """The portrait of this key, or of somebody."""
    return _drawn(key if key in FACES else SOMEBODY)


@register.simple_tag
def drawing(key: str) -> SafeString:
    """The picture of a place's arrival, or of a ward."""
    return _drawn(key if key in DRAWINGS else WARD)


@lru_cache
def _drawn(key: str) -> SafeString:
    return mark_safe(get_template(f"ui/scenes/{key}.svg").render())  # noqa: S308 - our drawings
