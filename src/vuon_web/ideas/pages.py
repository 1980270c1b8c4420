"""What the pages of ideas show; nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from vuon.challenges.readiness import UNSURE, Route
from vuon.ideas.model import Change, Idea
from vuon.journeys.sketching import sketched
from vuon_web.accounts.requests import Request
from vuon_web.challenges import queries as challenges
from vuon_web.evidence import picking
from vuon_web.futures import telling
from vuon_web.futures.queries import watches_of
from vuon_web.ideas import edits, queries
from vuon_web.ideas.forms import EDITS, IdeaForm
from vuon_web.ideas.models import IdeaPaper
from vuon_web.journeys.queries import journey_of
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge

_EDITS = dict(EDITS)
COSTS = ("days", "million_dong", "hours_a_week")


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
        "counted": queries.counted(found),
        "fewest": queries.FEWEST,
        "own_dots": queries.own_dots(found, actor_id),
        "left": queries.DOTS - len(queries.own_dots(found, actor_id)),
        "writers": queries.writers(found) if found and found.silent else 0,
        "voters": queries.voters(found) if found and found.voting else 0,
        "cards": queries.prototypes_of(challenge),
    }


def targets(challenge: Challenge, language: str) -> list[tuple[str, str]]:
    """What of the map a change can be made to: steps, desks, papers, groups, who comes."""
    found = journey_of(challenge)
    if found is None:
        return []
    journey = sketched(found).journey
    named = [(step.key, step.title.say(language)) for step in journey.steps]
    for parts in (journey.resources, journey.documents, journey.groups):
        named += [(each.key, each.name.say(language) or each.key) for each in parts]
    return [*named, ("arrivals", _("Who comes"))]


def _idea(idea: Idea, steps: dict[str, str], language: str) -> dict[str, Any]:
    return {
        "idea": idea,
        "name": idea.name.say(language),
        "text": idea.text.say(language),
        "owner": idea.owner.say(language),
        "cost": _cost(idea),
        "route": [words.say(language) for words in _route(idea).words] if idea.route else [],
        "changes": [_change(each, steps, language) for each in idea.changes],
    }


def _cost(idea: Idea) -> list[tuple[str, float]]:
    """What is known of its cost, each amount with its label."""
    fields = IdeaForm.base_fields
    known = ((name, getattr(idea.cost, name)) for name in COSTS)
    return [(str(fields[name].label), _plain(amount)) for name, amount in known if amount]


def _plain(amount: float) -> float:
    """8 rather than 8.0, but 8.5."""
    return int(amount) if amount == int(amount) else amount


def _route(idea: Idea) -> Route:
    """Its legal route, and whether somebody was not sure of it."""
    unsure = UNSURE in (idea.extra.get("answered_rule"), idea.extra.get("answered_uncovered"))
    return Route(idea.route, certain=idea.route != "B" or not unsure)


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
        "when": rule.when.say(language) if rule else "",
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
        "standing": base,
        "undo": undo,
        "redo": redo,
        "shelf": shelf,
        "corpus": shelf.corpus if shelf else None,
        "cards": paper.prototypes.all(),
        "posts": [telling.watch(each, language) for each in watches_of(challenge, paper.key)],
    }


def change(request: Request, page: dict[str, Any], number: int, shown: Idea) -> dict[str, Any]:
    """The page of one change of an idea: which it is, of what kind, what it can rest on.

    Args:
        shown: the idea as the person had it on their page, where that change has its number.
    """
    old = shown.changes[number] if number < len(shown.changes) else None
    shelf = page["shelf"]
    rests = dict.fromkeys(old.rests_on if old else (), "for")
    how = picking.chosen(request.POST) if request.method == "POST" else rests
    choices = shelf.choices(how, kinds=("need", "finding")) if shelf else []
    offered = {row["ref"] for row in choices}
    return {
        "number": number,
        "shown": shown,
        "old": old,
        "has_factors": bool(old and set(edits.FACTORS) & set(old.values)),
        "is_rule": (old.kind if old else request.GET.get("kind")) == "rule",
        "choices": choices,
        # What the form cannot show is not what the person took out.
        "rests": [*how, *(ref for ref in rests if ref not in offered and ref not in how)],
    }


def overtaken(page: dict[str, Any]) -> dict[str, Any]:
    """What the page of an overtaken change goes on from: the version that it shows."""
    found = {"overtaken": True, "base": page["standing"]}
    if "old" in page:
        found["number"] = edits.number_of(page["old"], page["shown"], page["idea"])
    return found
