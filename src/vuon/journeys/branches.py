"""Which way people went on, counted in a log: shares, ways back by visit, giving up.

Dirichlet: of everybody ½ + counts; of a group ½ + its counts + m × the shares of everybody, so that
a small group leans on all.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from vuon.journeys.logs import Log
from vuon.journeys.model import Edge, Journey, Share, Step
from vuon.special import beta_quantile

#: m: how many people of everybody stand beside the counts of a group.
LEAN = 10.0
#: So many further visits are needed before a way back is said to change with the attempt.
AGAIN = 5
#: What a way on is called where somebody gave up.
GIVES_UP = ""


@dataclass
class Counted:
    """What followed the visits of one step: by group, then by visit number and next step.

    The next step is `GIVES_UP` for those who left; who was still inside when the log ended is not
    counted.
    """

    after: dict[str, dict[tuple[int, str], int]] = field(default_factory=dict)

    def add(self, group: str, visit: int, target: str) -> None:
        """One more who went on."""
        found = self.after.setdefault(group, {})
        found[visit, target] = found.get((visit, target), 0) + 1

    def to(self, target: str, group: str | None = None, *, visits: str = "all") -> int:
        """How many went to `target`, at the "first" visit, at "later" ones, or at "all"."""
        return sum(
            n
            for one, found in self.after.items()
            if group is None or one == group
            for (visit, there), n in found.items()
            if there == target and (visits == "all" or (visit == 1) == (visits == "first"))
        )

    def targets(self) -> set[str]:
        """Every next step that was seen."""
        return {target for found in self.after.values() for _, target in found}


def paths(log: Log, names: Mapping[str, str]) -> dict[str, list[str]]:
    """The steps of each case in order, by the names that activities have as steps; activities
    without a step are left out."""
    found = {}
    for case, events in log.cases.items():
        steps = [names[event.activity] for event in events if event.activity in names]
        if steps:
            found[case] = steps
    return found


def counted(journey: Journey, log: Log, names: Mapping[str, str]) -> dict[str, Counted]:
    """What followed each step in the log."""
    found = {key: Counted() for key in journey.keys}
    for case, steps in paths(log, names).items():
        group, visits = log.group(case), dict[str, int]()
        for here, there in itertools.pairwise(steps):
            visits[here] = visits.get(here, 0) + 1
            found[here].add(group, visits[here], there)
        last = steps[-1]
        if log.outcome(case) == "left" and journey.step(last).kind != "end":
            found[last].add(group, visits.get(last, 0) + 1, GIVES_UP)
        elif log.outcome(case) == "done":
            # Who is done went on along the way where its last steps are not in the log.
            ahead = next((e.target for e in journey.way if e.source == last), None)
            if ahead is not None:
                found[last].add(group, visits.get(last, 0) + 1, ahead)
    return found


def share_of(seen: float, whole: float, ways: int) -> Share:
    """The share of a way that `seen` of `whole` took, among so many ways, with its interval.

    >>> found = share_of(25, 100, 2)
    >>> round(found.value, 4), round(found.low, 3), round(found.high, 3), found.n
    (0.2525, 0.185, 0.326, 100)
    """
    a, b = 0.5 + seen, 0.5 * (ways - 1) + whole - seen
    low, high = beta_quantile(a, b, 0.05), beta_quantile(a, b, 0.95)
    return Share(a / (a + b), "measured", low, high, round(whole))


@dataclass(frozen=True)
class Behind:
    """What was fitted behind one step.

    Args:
        edges: the edges of the step with their shares.
        gives_up, gives_up_for: of the step.
        missing: the share who lacked a paper, if the step has an edge for them.
        n: how many visits it rests on.
        unknown: next steps that the journey has no edge to, with how often they were seen.
        changing: edges whose share is not the same at later visits, with their factor.
    """

    edges: tuple[Edge, ...]
    gives_up: Share | None
    gives_up_for: tuple[tuple[str, Share], ...]
    missing: Share | None
    n: int
    unknown: tuple[tuple[str, int], ...]
    changing: tuple[tuple[str, float], ...]


def behind(journey: Journey, step: Step, seen: Counted, groups: tuple[str, ...]) -> Behind | None:
    """The shares behind a step; None where there is nothing to divide or nothing was seen.

    Forks and edges with a condition are left as they are.
    """
    drawn = [e for e in (*journey.way, *journey.returns) if e.source == step.key]
    if step.kind in ("fork", "end") or any(edge.only_if for edge in drawn):
        return None
    papers = next((edge for edge in drawn if edge.papers), None)
    ways = [edge.target for edge in drawn if not edge.papers]
    known = {*ways, *([papers.target] if papers else []), GIVES_UP}
    unknown = tuple(sorted((t, seen.to(t)) for t in seen.targets() - known))
    lacked = seen.to(papers.target) if papers and papers.target not in ways else 0
    if seen.to(GIVES_UP) or step.gives_up:
        ways.append(GIVES_UP)
    whole = sum(seen.to(way) for way in ways)
    if not whole + lacked or (len(ways) < 2 and not papers):
        return None
    shares = (
        {way: share_of(seen.to(way), whole, len(ways)) for way in ways} if len(ways) > 1 else {}
    )
    by_group = {
        way: tuple(
            (group, _of_group(seen, group, way, ways, shares[way]))
            for group in groups
            if any(seen.to(each, group) for each in ways)
        )
        for way in shares
    }
    edges, changing = [], []
    for edge in drawn:
        if edge.papers or edge.target not in shares:
            edges.append(edge)
            continue
        edge = replace(edge, share=shares[edge.target], share_for=by_group[edge.target])
        factor = _changes(seen, edge.target, ways) if edge.rework else None
        if factor is not None:
            first, times = factor
            edge = replace(edge, share=first, share_for=(), per_attempt=times)
            changing.append((edge.target, times))
        edges.append(edge)
    return Behind(
        tuple(_one_takes_the_rest(edges)),
        shares.get(GIVES_UP),
        by_group.get(GIVES_UP, ()),
        share_of(lacked, whole + lacked, 2) if papers and whole + lacked else None,
        whole + lacked,
        unknown,
        tuple(changing),
    )


def _of_group(seen: Counted, group: str, way: str, ways: list[str], everybody: Share) -> Share:
    whole = sum(seen.to(each, group) for each in ways)
    a = 0.5 + seen.to(way, group) + LEAN * everybody.value
    b = 0.5 * len(ways) + whole + LEAN - a
    low, high = beta_quantile(a, b, 0.05), beta_quantile(a, b, 0.95)
    return Share(a / (a + b), "measured", low, high, whole)


def _changes(seen: Counted, target: str, ways: list[str]) -> tuple[Share, float] | None:
    """The share at the first visit and the factor of later ones, where their 90 % intervals do not
    meet; None where the share may well be constant."""
    first, later = (
        share_of(
            seen.to(target, visits=which),
            sum(seen.to(way, visits=which) for way in ways),
            len(ways),
        )
        for which in ("first", "later")
    )
    assert first.low is not None and first.high is not None
    assert later.low is not None and later.high is not None
    if later.n < AGAIN or (later.high >= first.low and later.low <= first.high):
        return None
    return first, min(10.0, later.value / first.value)


def _one_takes_the_rest(edges: list[Edge]) -> list[Edge]:
    """The edges with the last one that leads on left without a share: it takes what the others
    leave, so that the sum is 1 for every group and every attempt."""
    ahead = [n for n, edge in enumerate(edges) if not edge.rework and edge.share]
    if not ahead:
        return edges
    rest = ahead[-1]
    found = list(edges)
    found[rest] = replace(found[rest], share=None, share_for=())
    return found
