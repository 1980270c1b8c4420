"""What the forms of an idea ask for, as edits of the library's idea."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from vuon.challenges.readiness import route
from vuon.ideas.model import Change, Cost, Idea, Rule
from vuon_web.ideas.actions import Edit
from vuon_web.labs.wording import worded


def whole(values: Mapping[str, Any], language: str) -> Edit:
    """Other words of an idea, its owner, its cost, its route by the two questions."""

    def edit(idea: Idea) -> Idea:
        answers = {"rule": values["rule"], "uncovered": values["uncovered"]}
        kept = {f"answered_{key}": said for key, said in answers.items() if said}
        others = {k: v for k, v in idea.extra.items() if not k.startswith("answered_")}
        return replace(
            idea,
            name=worded(idea.name, values["name"], language),
            text=worded(idea.text, values["text"], language),
            owner=worded(idea.owner, values["owner"], language),
            cost=Cost(
                values["days"] or 0, values["million_dong"] or 0, values["hours_a_week"] or 0
            ),
            route=route(values["rule"], values["uncovered"]).letter,
            extra={**others, **kept},
        )

    return edit


def head(idea: Idea) -> Any:
    """The part that `whole` changes."""
    return (idea.name, idea.text, idea.owner, idea.cost, idea.route)


def service(number: int, values: Mapping[str, Any], rests: Iterable[str], language: str) -> Edit:
    """A change of a service, in the place of the one of that number or as a further one."""

    def made(old: Change) -> Change:
        return replace(
            old,
            kind="service",
            edit=values["edit"],
            target=values["target"],
            text=worded(old.text, values["text"], language),
            rests_on=tuple(rests),
        )

    return lambda idea: _put(idea, number, made)


def rule(number: int, values: Mapping[str, Any], rests: Iterable[str], language: str) -> Edit:
    """A change of a rule, in the place of the one of that number or as a further one."""

    def made(old: Change) -> Change:
        parts = old.rule or Rule()
        names = ("article", "binds", "side_effects", "signs")
        said = {n: worded(getattr(parts, n), values[n], language) for n in names}
        return replace(
            old,
            kind="rule",
            edit="rule",
            text=worded(old.text, values["text"], language),
            rests_on=tuple(rests),
            rule=replace(parts, review=values["review"], **said),
        )

    return lambda idea: _put(idea, number, made)


def _put(idea: Idea, number: int, made: Any) -> Idea:
    if number >= len(idea.changes):
        return replace(idea, changes=(*idea.changes, made(Change())))
    changes = tuple(made(c) if n == number else c for n, c in enumerate(idea.changes))
    return replace(idea, changes=changes)


def without(number: int) -> Edit:
    """Without the change of that number."""
    return lambda idea: replace(
        idea, changes=tuple(c for n, c in enumerate(idea.changes) if n != number)
    )


def one(number: int) -> Any:
    """The part that changing one change touches; a further one touches nobody's."""
    return lambda idea: idea.changes[number] if number < len(idea.changes) else None
