"""The next steps of a task as cards, and where on the screen each is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from vuon.challenges.path import Done, smallest
from vuon.challenges.readiness import Frame
from vuon_web.activities import catalogue
from vuon_web.challenges import workplaces
from vuon_web.challenges.workplaces import Step

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge

#: The address at which a card is done for a task, where there is one on the screen.
TOOLS = {
    "challenge-sentence": "frame",
    "readiness": "frame",
    "legal-route": "frame",
    "partner-map": "frame",
    "silent-observation": "evidence",
    "resident-interview": "evidence",
    "label-quotes": "evidence",
    "communication-pieces": "evidence",
    "office-map": "journeys:map",
    "journey-strip": "journeys:map",
    "loop-sketch": "systems:sketch",
    "idea-card": "ideas:ideas",
    "prototype": "ideas:ideas",
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
                minutes=card.minutes,
                why=each.why.say(language),
                done_when=guide.artefact,
                card_url=reverse("activities:card", args=[each.card]),
                url=address(each.card, challenge),
            )
        )
    return found


def address(card: str, challenge: Challenge) -> str:
    """Where a card is done for a task; empty while it is done on paper."""
    name = TOOLS.get(card, "")
    if name == "frame":
        plan = next((p for p in challenge.plans.all() if p.form == "opening"), None)
        return reverse("challenges:frame", args=[plan.pk]) if plan else ""
    if name == "evidence":
        name = "challenges:evidence"
    try:
        return reverse(name, args=[challenge.pk]) if name else ""
    except NoReverseMatch:
        return ""
