"""What the pages of ideas show; nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vuon.challenges.readiness import Route
from vuon.ideas.model import Change, Idea
from vuon_web.accounts.requests import Request
from vuon_web.challenges import queries as challenges
from vuon_web.evidence import picking
from vuon_web.ideas import queries
from vuon_web.ideas.forms import EDITS
from vuon_web.ideas.models import IdeaPaper
from vuon_web.journeys.queries import journey_of
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge

_EDITS = dict(EDITS)


def frame(request: Request, challenge: Challenge) -> dict[str, Any]:
    """What every page of ideas has."""
    return {
        "challenge": challenge,
        "lab": challenge.lab,
        "can_edit": challenges.can_edit(challenge, request.audience),
    }


def board(request: Request, challenge: Challenge, language: str) -> dict[str, Any]:
    """The board: every idea that the person sees, the rounds of a team."""
    found = queries.board_of(challenge)
    actor_id = request.audience.actor_id
    steps = dict(targets(challenge, language))
    rows = queries.told(found, actor_id)
    return {
        **frame(request, challenge),
        "board": found,
        "rows": [
            {**_idea(each.idea, steps, language), "paper": each.paper, "dots": each.dots}
            for each in rows
        ],
        "own_dots": queries.own_dots(found, actor_id),
        "left": queries.DOTS - len(queries.own_dots(found, actor_id)),
        "writers": queries.writers(found) if found and found.silent else 0,
        "voters": queries.voters(found) if found and found.voting else 0,
        "cards": queries.prototypes_of(challenge),
    }


def targets(challenge: Challenge, language: str) -> list[tuple[str, str]]:
    """The steps of the map, which a change can be made to."""
    found = journey_of(challenge)
    return [(step.key, step.title.say(language)) for step in found.steps] if found else []


def _idea(idea: Idea, steps: dict[str, str], language: str) -> dict[str, Any]:
    return {
        "idea": idea,
        "name": idea.name.say(language),
        "text": idea.text.say(language),
        "owner": idea.owner.say(language),
        "route": [words.say(language) for words in Route(idea.route).words] if idea.route else [],
        "changes": [_change(each, steps, language) for each in idea.changes],
    }


def _change(change: Change, steps: dict[str, str], language: str) -> dict[str, Any]:
    rule = change.rule
    return {
        "change": change,
        "text": change.text.say(language),
        "what": _EDITS.get(change.edit, ""),
        "is_rule": change.kind == "rule",
        "step": steps.get(change.target, change.target),
        "article": rule.article.say(language) if rule else "",
        "binds": rule.binds.say(language) if rule else "",
        "side_effects": rule.side_effects.say(language) if rule else "",
        "signs": rule.signs.say(language) if rule else "",
        "review": rule.review if rule else None,
    }


def idea(request: Request, challenge: Challenge, paper: IdeaPaper, language: str) -> dict[str, Any]:
    """The page of one idea."""
    _text, base, undo, redo = versions.standing(paper)
    found = queries.idea_of(paper)
    shelf = picking.shelf(request.audience, challenge.corpus_id, language)
    return {
        **frame(request, challenge),
        **_idea(found, dict(targets(challenge, language)), language),
        "paper": paper,
        "base": base,
        "undo": undo,
        "redo": redo,
        "shelf": shelf,
        "corpus": shelf.corpus if shelf else None,
        "cards": paper.prototypes.all(),
    }


def change(page: dict[str, Any], number: int) -> dict[str, Any]:
    """The page of one change of an idea: what it can rest on."""
    idea, shelf = page["idea"], page["shelf"]
    known = idea.changes[number] if number < len(idea.changes) else Change()
    how = dict.fromkeys(known.rests_on, "for")
    return {
        "number": number,
        "is_new": number >= len(idea.changes),
        "choices": shelf.choices(how, kinds=("need", "finding")) if shelf else [],
    }
