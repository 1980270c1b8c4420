"""An idea: what exactly would change, at what cost, who owns it, by which legal route.

A change addresses the stable key of a step, a variable or a link, so that it fits later versions
of the journey and the system. Engines read the same changes and give their `values` a meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from vuon import canonical
from vuon.toml.table import Text

KINDS = ("service", "rule")
#: What a change of a service changes.
EDITS = ("step", "paper", "hour", "channel", "word")
#: A improvement within the rules, B pilot that bends one, C controlled test of what law lacks.
ROUTES = ("A", "B", "C")


@dataclass(frozen=True)
class Cost:
    """Days to set up, million đồng, hours of staff a week; all 0 where nothing is known."""

    days: float = 0
    million_dong: float = 0
    hours_a_week: float = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            max(self.days, other.days),
            self.million_dong + other.million_dong,
            self.hours_a_week + other.hours_a_week,
        )


@dataclass(frozen=True)
class Rule:
    """What a change of a rule says: which article, who is bound, what it does beside its aim, who
    must sign, and on which day it is looked at again.

    `when` is the review clause: also before that day, when this is seen. It is kept as it was
    written, since a clause that was signed does not move; `signpost` is the key of what it was
    taken from.
    """

    article: Text = field(default_factory=Text)
    binds: Text = field(default_factory=Text)
    side_effects: Text = field(default_factory=Text)
    signs: Text = field(default_factory=Text)
    review: date | None = None
    when: Text = field(default_factory=Text)
    signpost: str = ""


@dataclass(frozen=True)
class Change:
    """One change.

    Args:
        target: stable key of what is changed; empty while nobody has said.
        text: what will be different, in a sentence; empty where the idea's own text says it.
        kind: "service" or "rule".
        edit: one of `EDITS` for a service; "rule" for a rule.
        values: what engines need to know, by name.
        bends_rule: whether a written rule is set aside by it.
        rests_on: references to the evidence that calls for it.
        rule: the parts of a change of a rule.
    """

    target: str = ""
    text: Text = field(default_factory=Text)
    kind: str = "service"
    edit: str = "step"
    values: Mapping[str, float] = field(default_factory=dict)
    bends_rule: bool = False
    rests_on: tuple[str, ...] = ()
    rule: Rule | None = None


@dataclass(frozen=True)
class Idea:
    """A named list of changes. `route` is "" until the two questions are answered."""

    key: str
    name: Text
    text: Text = field(default_factory=Text)
    owner: Text = field(default_factory=Text)
    route: str = ""
    cost: Cost = field(default_factory=Cost)
    changes: tuple[Change, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """The keys that its changes address, each once."""
        return tuple(dict.fromkeys(each.target for each in self.changes if each.target))

    @property
    def bends_rule(self) -> bool:
        """Whether one of its changes sets a written rule aside, or changes one."""
        return any(each.bends_rule or each.kind == "rule" for each in self.changes)

    @property
    def hash(self) -> str:
        """The SHA-256 of what the idea says."""
        return canonical.digest(
            {
                "changes": [
                    [each.target, each.kind, each.edit, dict(each.values), each.text.vi]
                    for each in self.changes
                ],
                "route": self.route,
            }
        )


def missing(idea: Idea, known: Iterable[str]) -> tuple[str, ...]:
    """The targets of an idea that are not among the `known` keys: never skipped in silence."""
    there = set(known)
    return tuple(key for key in idea.targets if key not in there)
