"""What the forms of an idea ask for, as edits of the library's idea."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from vuon.challenges.readiness import route
from vuon.ideas.model import Change, Cost, Idea, Rule
from vuon_web.ideas.actions import Edit
from vuon_web.labs.wording import worded

#: What a change does to the figures of its step: what is left of 100 today, as a share.
FACTORS = ("service_factor", "gives_up_factor", "rework_factor")


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


def service(
    old: Change | None, values: Mapping[str, Any], rests: Iterable[str], language: str
) -> Edit:
    """A change of a service, in the place of `old` or as a further one."""

    def made(old: Change) -> Change:
        return replace(
            old,
            kind="service",
            edit=values["edit"],
            target=values["target"],
            text=worded(old.text, values["text"], language),
            values=_factors(old, values),
            rests_on=tuple(rests),
        )

    return lambda idea: _put(idea, old, made)


def _factors(old: Change, values: Mapping[str, Any]) -> dict[str, float]:
    """What the change does to figures; what the form does not show stays as it was."""
    found = {name: value for name, value in old.values.items() if name not in FACTORS}
    said = {name: values.get(name) for name in FACTORS}
    return found | {name: percent / 100 for name, percent in said.items() if percent is not None}


def rule(
    old: Change | None, values: Mapping[str, Any], rests: Iterable[str], language: str
) -> Edit:
    """A change of a rule, in the place of `old` or as a further one."""

    def made(old: Change) -> Change:
        parts = old.rule or Rule()
        names = ("article", "binds", "side_effects", "signs")
        said: dict[str, Any] = {n: worded(getattr(parts, n), values[n], language) for n in names}
        return replace(
            old,
            kind="rule",
            edit="rule",
            text=worded(old.text, values["text"], language),
            rests_on=tuple(rests),
            rule=replace(parts, review=values["review"], **said, **_clause(values)),
        )

    return lambda idea: _put(idea, old, made)


def _clause(values: Mapping[str, Any]) -> dict[str, Any]:
    """The review clause that was chosen; nothing where the one that stands is kept."""
    if values.get("when") is None:
        return {}
    return {"when": values["when"], "signpost": values["signpost"]}


def _put(idea: Idea, old: Change | None, made: Callable[[Change], Change]) -> Idea:
    """The change where `old` stands now, wherever that is; else behind the others, once."""
    if old in idea.changes:
        at = idea.changes.index(old)
        return replace(idea, changes=(*idea.changes[:at], made(old), *idea.changes[at + 1 :]))
    further = made(Change())
    # Who presses twice on a slow network does not mean it twice.
    if idea.changes[-1:] == (further,):
        return idea
    return replace(idea, changes=(*idea.changes, further))


def further(change: Change) -> Edit:
    """One change more, as a template made it."""
    return lambda idea: _put(idea, None, lambda _: change)


def without(old: Change) -> Edit:
    """Without that change."""

    def edit(idea: Idea) -> Idea:
        if old not in idea.changes:
            return idea
        at = idea.changes.index(old)
        return replace(idea, changes=idea.changes[:at] + idea.changes[at + 1 :])

    return edit


def one(old: Change | None) -> Callable[[Idea], Any]:
    """The part that changing `old` touches: whether it still stands. A further one touches
    nobody's, so that two people who add one each keep both."""
    return lambda idea: old is None or old in idea.changes


def number_of(old: Change | None, before: Idea, now: Idea) -> int:
    """Where somebody goes on who was overtaken at `old`: at the same place where only its words
    are others now; else behind all, since what stands at its place is somebody else's.

    >>> from vuon.toml.table import Text
    >>> a, b, c = (Change(key) for key in "abc")
    >>> before = Idea("i", Text("I"), changes=(a, b))
    >>> number_of(a, before, replace(before, changes=(c, b)))
    0
    >>> number_of(a, before, replace(before, changes=(b,)))
    1
    """
    at = before.changes.index(old) if old in before.changes else len(before.changes)
    others = [each.changes[:at] + each.changes[at + 1 :] for each in (before, now)]
    same = len(before.changes) == len(now.changes) and others[0] == others[1]
    return at if same else len(now.changes)
