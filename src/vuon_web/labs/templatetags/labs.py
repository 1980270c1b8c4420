"""Parts of pages of labs: a panel, what somebody is called in a room, what can be offered."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from vuon_web.accounts import pseudonyms
from vuon_web.accounts.permissions import Role
from vuon_web.labs import offers
from vuon_web.labs.material import Material
from vuon_web.labs.models import Participation
from vuon_web.labs.panels import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def panel(context: dict[str, Any], panel: Panel) -> SafeString:
    """A panel, drawn with its own template and context."""
    return render_to_string(panel.template, panel.context, context["request"])


@register.simple_tag
def called(part: Participation) -> str:
    """What somebody is called in that session: the pseudonym there, staff by name."""
    return pseudonyms.say(part.pseudonym) or part.actor.called


@register.simple_tag
def role(key: str) -> str:
    """A role in words."""
    return Role(key).label


@register.simple_tag(takes_context=True)
def offer_of(context: dict[str, Any], item: Material) -> offers.Offer | None:
    """What whoever asks can do with an item; None if they do not decide about it."""
    return offers.offer_for(item, context["request"].audience)
