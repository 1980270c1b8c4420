"""What the lab's page shows of its plan: the challenge, the question, what is known, the tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from vuon.challenges import classify
from vuon_web.challenges import pages, queries
from vuon_web.challenges.models import Plan
from vuon_web.labs import panels
from vuon_web.labs.panels import Panel

if TYPE_CHECKING:
    from vuon_web.accounts.requests import Request
    from vuon_web.labs.models import Lab

#: The prompts of the closing forms that ask what has been learned.
INSIGHTS = ("top_insights", "key_insights")
STAGES = ("Sense", "Explore", "Test", "Grow")


def register() -> None:
    """Put the panels on the lab's page."""
    panels.register("challenge", 10, challenge)
    panels.register("question", 20, question)
    panels.register("tags", 50, tags)
    panels.register("more-challenges", 70, more)


def _language() -> str:
    return get_language() or "vi"


def _first(plan: Plan, prompt_id: str) -> dict[str, Any] | None:
    found = queries.document(plan)
    answers = found.answers(prompt_id)
    if not answers:
        return None
    answer = next((a for a in answers if a.is_given), answers[0])
    return {
        "text": answer.text,
        "choices": answer.choices,
        "label": pages.label(found, answer, _language()),
        "edit": pages.writing_address(plan, answer.key),
    }


def challenge(request: Request, lab: Lab) -> Panel | None:
    """The challenge in its own words, the background behind a tap."""
    found = pages.main_of(request, lab)
    if not found:
        return None
    main, plan = found
    behind = ("background", "quantitative_evidence", "qualitative_evidence", "value")
    context = {
        "main": main,
        "plan": plan,
        "challenge": _first(plan, "challenge"),
        "summary": _first(plan, "summary"),
        "behind": [row for prompt_id in behind if (row := _first(plan, prompt_id)) and row["text"]],
        "can_edit": queries.can_edit(main, request.audience),
        "foreign": plan.language != _language(),
    }
    return Panel("challenges/panels/challenge.html", context)


def question(request: Request, lab: Lab) -> Panel | None:
    """The learning question, the stages it stands at, and what is known about it so far."""
    found = pages.main_of(request, lab)
    if not found:
        return None
    main, plan = found
    document = queries.document(plan)
    stages = {choice for answer in document.answers("stages") for choice in answer.choices}
    closing = queries.plan_of(main, "closing", _language())
    known = [row for p in INSIGHTS if closing and (row := _first(closing, p))]
    context = {
        "main": main,
        "questions": [a.text for a in document.answers("learning_question") if a.text],
        "edit": _first(plan, "learning_question"),
        "stages": [
            {"label": classify.label("stages", stage, _language()), "on": stage in stages}
            for stage in STAGES
        ],
        "known": next((row for row in known if row["text"]), None),
        "write": known[0]["edit"] if known else None,
        "can_edit": queries.can_edit(main, request.audience),
    }
    return Panel("challenges/panels/question.html", context)


def tags(request: Request, lab: Lab) -> Panel | None:
    """Methods, data sources, goals and themes."""
    found = pages.main_of(request, lab)
    if not found:
        return None
    main, plan = found
    context = {
        "tags": pages.tag_rows(queries.document(plan), _language()),
        "plan": plan,
        "can_edit": queries.can_edit(main, request.audience),
    }
    return Panel("challenges/panels/tags.html", context)


def more(request: Request, lab: Lab) -> Panel | None:
    """The lab's further challenges, and what is shared in its programmes."""
    found = queries.offered(request.audience).filter(lab=lab)
    return Panel("challenges/panels/more.html", {"challenges": found}) if found else None
