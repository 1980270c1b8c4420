"""Which way a group goes on from a step, with what probability; how forks find their joins."""

from __future__ import annotations

from dataclasses import dataclass

from vuon.journeys.model import Edge, Group, Journey, Share

#: How far shares may be from 1 for want of digits.
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Exits:
    """What happens to a group behind a step.

    Args:
        gives_up: the share who give up.
        edges: the other edges with their probability, in the order of the file; with `gives_up`
            they sum to 1, unless the step is the last of the way.
        papers: the edge of those who lack a document, taken before all this.
    """

    gives_up: float
    edges: tuple[tuple[Edge, float], ...]
    papers: Edge | None = None

    @property
    def total(self) -> float:
        """The sum of all probabilities."""
        return self.gives_up + sum(share for _, share in self.edges)


def exits(journey: Journey, step: str, group: Group) -> Exits:
    """What happens to `group` behind `step` at its first visit.

    Edges with a share take it of those who reach the step; the others take in equal parts what is
    left. A fork sends everybody who does not give up along all its forward edges: each then has
    the same probability, and `total` is not 1.

    >>> from vuon.journeys.file import read
    >>> way = read('''format = 1
    ... [[step]]
    ... key = "a"
    ... title = "A"
    ... gives_up = { value = 0.1 }
    ... [[step]]
    ... key = "b"
    ... title = "B"
    ... [[edge]]
    ... from = "a"
    ... to = "a"
    ... rework = true
    ... share = { value = 0.2 }
    ... ''')
    >>> from vuon.journeys.model import Share
    >>> [(e.key, round(p, 3)) for e, p in exits(way, "a", Group("all", Share(1))).edges]
    [('a->b', 0.7), ('a->a', 0.2)]
    """
    gives = journey.step(step).gives_up_of(group.key)
    up = gives.value if gives else 0.0
    all_edges = [e for e in (*journey.way, *journey.returns) if e.source == step]
    papers = next((e for e in all_edges if e.papers and e.open_to(group)), None)
    edges = [e for e in all_edges if not e.papers and e.open_to(group)]
    if journey.step(step).kind == "fork":
        return Exits(up, tuple((e, 1 - up) for e in edges if not e.rework), papers)
    # Who needs help at an online step is a part of those who do not give up.
    alone = Share((1 - up) * (1 - group.digital))
    shares = [(e, alone if e.unaided else e.share_of(group.key)) for e in edges]
    left = 1 - up - sum(share.value for _, share in shares if share)
    # A way back without a share is drawn but not counted: nobody said how many take it.
    open_ = sum(1 for e, share in shares if share is None and not e.rework)
    found = []
    for edge, share in shares:
        if share is not None:
            found.append((edge, share.value))
        elif not edge.rework:
            found.append((edge, max(left, 0.0) / open_))
    return Exits(up, tuple(found), papers)


def after(journey: Journey, start: str) -> frozenset[str]:
    """The steps that can be reached from `start`, itself included, by any edge."""
    found: set[str] = set()
    ahead = [start]
    onward: dict[str, list[str]] = {}
    for edge in (*journey.way, *journey.returns):
        onward.setdefault(edge.source, []).append(edge.target)
    for step in journey.steps:
        if step.impatient_to:
            onward.setdefault(step.key, []).append(step.impatient_to)
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += onward.get(here, [])
    return frozenset(found)


def join_of(journey: Journey, fork: str) -> str:
    """The join that waits for all branches of a fork: the first join, in the order of the steps,
    that every branch reaches on forward edges; "" if there is none."""
    branches = [_forward(journey, e.target) for e in journey.way if e.source == fork]
    common = frozenset.intersection(*branches) if branches else frozenset()
    for step in journey.steps:
        if step.kind == "join" and step.key in common:
            return step.key
    return ""


def _forward(journey: Journey, start: str) -> frozenset[str]:
    found: set[str] = set()
    ahead = [start]
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += [edge.target for edge in journey.way if edge.source == here]
    return frozenset(found)
