"""The next steps of a task as cards, and where on the screen each is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language

from vuon.challenges.path import Done, smallest
from vuon.challenges.readiness import Frame
from vuon_web.activities import catalogue
from vuon_web.challenges import workplaces
from vuon_web.challenges.workplaces import Step

if TYPE_CHECKING:
    from vuon_web.activities.card import Card
    from vuon_web.challenges.models import Challenge

#: The address of each tool that works on a task; a card names its tool.
TOOLS = {
    "evidence": "challenges:evidence",
    "map": "journeys:map",
    "sketch": "systems:sketch",
    "ideas": "ideas:ideas",
}


def register() -> None:
    """Let the page of a task show its next steps."""
    workplaces.register_path(steps)


def steps(challenge: Challenge, frame: Frame, done: Done, most: int) -> list[Step]:
    """The smallest path from here, each step with its card."""
    language = get_language() or "vi"
    found = []
    for each in smallest(frame, done, most):
        card = catalogue.card(each.card)
        guide = card.guide(language)
        found.append(
            Step(
                key=each.card,
                title=guide.title,
                purpose=guide.purpose,
                minutes=card.on_screen or card.minutes,
                why=each.why.say(language),
                done_when=guide.artefact,
                card_url=f"{reverse('activities:card', args=[each.card])}?task={challenge.pk}",
                url=address(card, challenge),
            )
        )
    return found


def address(card: Card, challenge: Challenge) -> str:
    """Where a card is done for a task; empty while it is done on paper."""
    if card.tool == "frame":
        plan = next((p for p in challenge.plans.all() if p.form == "opening"), None)
        return reverse("challenges:frame", args=[plan.pk]) if plan else ""
    name = TOOLS.get(card.tool, "")
    return reverse(name, args=[challenge.pk]) if name else ""
