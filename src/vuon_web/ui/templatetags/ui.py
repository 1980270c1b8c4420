"""Marks and numbers in templates: `{% icon "eye" %}`, `{% light "said" %}`, `{{ n|vi_number }}`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import Urlizer, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from vuon_web.ui.icons import ICONS, STAGES

register = template.Library()

_LIGHTS = {
    "measured": '<circle cx="6" cy="6" r="5" fill="currentColor"/>',
    "said": (
        '<circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        '<path d="M6 1a5 5 0 0 0 0 10z" fill="currentColor"/>'
    ),
    "assumed": (
        '<circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" stroke-width="1.8"'
        ' stroke-dasharray="2.6 2.64"/>'
    ),
}


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """A line icon; with `title` it speaks, without it is hidden from screen readers."""
    drawn = mark_safe(ICONS[name])  # noqa: S308 - our own drawings
    if title:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>',
            title,
            drawn,
        )
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawn)


@register.simple_tag
def stage_icon(number: int, title: str = "") -> SafeString:
    """The plant of stage 1 to 9."""
    return icon(STAGES[int(number) - 1], title)


@register.simple_tag
def light(kind: str, word: bool = True) -> SafeString:
    """What a number rests on: a dot and its word, never the dot alone for a screen reader."""
    words = {"measured": _("measured"), "said": _("said"), "assumed": _("assumed")}
    shape = mark_safe(_LIGHTS[kind])  # noqa: S308 - our own drawings
    return format_html(
        '<span class="light light-{}"><svg viewBox="0 0 12 12" aria-hidden="true">{}</svg>'
        '<span class="{}">{}</span></span>',
        kind,
        shape,
        "" if word else "visually-hidden",
        words[kind],
    )


@register.simple_tag
def sending(state: str) -> SafeString:
    """How far a text got, as the element `saved-text` shows it: here, sent or kept."""
    words = {"here": _("on this device"), "sent": _("sent"), "kept": _("kept")}
    return format_html(
        '<p class="sending" data-state="{}"><span class="sending-lights" aria-hidden="true">'
        "<i></i><i></i><i></i></span><span>{}</span></p>",
        state,
        words[state],
    )


@register.filter
def vi_number(value: Any, digits: int | None = None) -> str:
    """A number as the page's language writes it: 1.234,5 in Vietnamese, 1,234.5 in English.

    It is rounded to `digits`, half to even.
    """
    if value is None or value == "":
        return ""
    if digits is not None and isinstance(value, float):
        value = round(value, digits) + 0.0  # Django cuts off; and nothing is ever -0
    return number_format(value, decimal_pos=digits, use_l10n=True, force_grouping=True)


@register.filter
def percent(share: float) -> str:
    """A share between 0 and 1 as a whole percentage, without a space: 57%."""
    return f"{round(float(share) * 100)}%"


class _Outward(Urlizer):
    """Links that tell the other side neither where they stand nor that they were trusted."""

    url_template = '<a href="{href}" rel="noreferrer nofollow noopener"{attrs}>{url}</a>'


_outward = _Outward()


@register.filter
@lru_cache(maxsize=512)
def linked(text: str) -> SafeString:
    """What somebody wrote, as text; its web addresses can be followed."""
    return mark_safe(_outward(str(text), autoescape=True))  # noqa: S308 - Urlizer escapes
