"""Edits of a journey: each gives a new journey and leaves the old one as it was."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any

from vuon.journeys.model import (
    Arrivals,
    Document,
    Edge,
    Group,
    Journey,
    Resource,
    Share,
    Step,
    pin,
)
from vuon.toml.table import Text
from vuon.vietnamese import fold


def key_for(title: str, taken: tuple[str, ...]) -> str:
    """A stable key made from a title, different from those `taken`.

    >>> key_for("Nộp hồ sơ ở quầy", ("nop_ho_so_o_quay",))
    'nop_ho_so_o_quay_2'
    """
    plain = re.sub(r"[^a-z0-9]+", "_", fold(title)).strip("_")[:40].strip("_")
    plain = plain if plain[:1].isalpha() else f"step_{plain}".rstrip("_")
    found, number = plain, 1
    while found in taken:
        number += 1
        found = f"{plain}_{number}"
    return found


def add_step(journey: Journey, title: Text, *, after: str = "", **fields: Any) -> Journey:
    """The journey with one more step behind `after`; at the end if that is empty or unknown.

    Where forward edges are drawn, the new step is put into the edge that led on from `after`.
    """
    step = Step(key_for(title.vi or title.en, journey.keys), title, **fields)
    at = journey.keys.index(after) + 1 if after in journey.keys else len(journey.steps)
    before = journey.keys[at - 1] if at else ""
    steps = (*journey.steps[:at], step, *journey.steps[at:])
    edges = journey.edges
    if any(not edge.rework for edge in edges) and before:
        onward = [e for e in edges if not e.rework and e.source == before]
        edges = tuple(
            replace(_of_those(e, onward), source=step.key) if e in onward else e for e in edges
        )
        edges = (*edges, Edge(before, step.key))
    return replace(journey, steps=steps, edges=edges)


def _of_those(edge: Edge, onward: list[Edge]) -> Edge:
    """The edge with its share of those who go on, where it was one of those who reach the step."""
    groups = sorted({group for each in onward for group, _ in each.share_for})
    everybody = [each.share for each in onward]
    if len(onward) == 1 or None in everybody:
        return replace(edge, share=None, share_for=()) if len(onward) == 1 else edge

    def scaled(share: Share | None, all_: list[Share | None]) -> Share | None:
        whole = sum(each.value for each in all_ if each)
        return replace(share, value=share.value / whole) if share and whole else share

    own = [(g, scaled(edge.share_of(g), [e.share_of(g) for e in onward])) for g in groups]
    return replace(
        edge,
        share=scaled(edge.share, everybody),
        share_for=tuple((group, share) for group, share in own if share),
    )


def change_step(journey: Journey, key: str, **fields: Any) -> Journey:
    """The journey with other fields of one step; `KeyError` if it is not there."""
    journey.step(key)
    steps = tuple(replace(s, **fields) if s.key == key else s for s in journey.steps)
    return replace(journey, steps=steps)


def move_step(journey: Journey, key: str, places: int) -> Journey:
    """The journey with a step moved by so many places, backwards if negative."""
    order = list(journey.steps)
    at = journey.keys.index(key)
    step = order.pop(at)
    order.insert(max(0, min(len(order), at + places)), step)
    return replace(journey, steps=tuple(order))


def place_step(journey: Journey, key: str, at: int, office: Text | None = None) -> Journey:
    """The journey with a step at place `at` from 0 on, in `office` if that is given.

    >>> from vuon.journeys.file import read
    >>> rows = "".join(f'[[step]]\\nkey = "{k}"\\ntitle = "{k}"\\n' for k in "abc")
    >>> place_step(read("format = 1\\n" + rows), "c", 0).keys
    ('c', 'a', 'b')
    """
    if office is not None:
        journey = change_step(journey, key, office=office)
    return move_step(journey, key, at - journey.keys.index(key))


def remove_step(journey: Journey, key: str) -> Journey:
    """The journey without a step, its edges and its pins; the way closes over the gap."""
    journey.step(key)
    into = [e for e in journey.edges if e.target == key != e.source and not e.rework]
    out = [e for e in journey.edges if e.source == key != e.target and not e.rework]
    kept = tuple(e for e in journey.edges if key not in (e.source, e.target))
    there = {e.key for e in kept}
    bridges = {
        bridge.key: bridge
        for bridge in (_bridge(a, b, alone=len(out) == 1) for a in into for b in out)
        if bridge.source != bridge.target and bridge.key not in there
    }
    return replace(
        journey,
        steps=tuple(
            replace(step, impatient_to="") if step.impatient_to == key else step
            for step in journey.steps
            if step.key != key
        ),
        edges=(*kept, *bridges.values()),
        pins=tuple(each for each in journey.pins if each.step != key),
        arrivals=_not_at(journey.arrivals, key) if journey.arrivals else None,
    )


def _bridge(a: Edge, b: Edge, *, alone: bool) -> Edge:
    """One edge for two: it keeps who took the first; of several ways on, the part of each."""
    if alone:
        return replace(a, target=b.target)
    whole = replace(a.share, value=a.share.value * b.share.value) if a.share and b.share else None
    return Edge(a.source, b.target, share=whole, only_if=(*a.only_if, *b.only_if))


def _not_at(arrivals: Arrivals, key: str) -> Arrivals:
    """The arrivals with nothing that names a step; who entered there enters at the first."""
    return replace(
        arrivals,
        enters="" if arrivals.enters == key else arrivals.enters,
        backlog=tuple(each for each in arrivals.backlog if each.step != key),
        slots=tuple(
            replace(each, step="") if each.step == key else each for each in arrivals.slots
        ),
    )


def draw_return(
    journey: Journey,
    source: str,
    target: str,
    *,
    share: Share | None = None,
    why: Text | None = None,
) -> Journey:
    """The journey with a way back, drawn anew if it is there. `KeyError` for unknown steps."""
    journey.step(source), journey.step(target)
    left = erase_return(journey, source, target)
    return replace(left, edges=(*left.edges, Edge(source, target, True, share, why or Text())))


def erase_return(journey: Journey, source: str, target: str) -> Journey:
    """The journey without that way back."""
    edges = tuple(
        e for e in journey.edges if not (e.rework and (e.source, e.target) == (source, target))
    )
    return replace(journey, edges=edges)


def draw_way(
    journey: Journey,
    source: str,
    target: str,
    *,
    share: Share | None = None,
    why: Text | None = None,
) -> Journey:
    """The journey with a way on from `source` to `target`, drawn anew if it is there.

    Where no ways were drawn and the steps followed each other, those ways are drawn first: one way
    more does not take the others away. `KeyError` for unknown steps.

    >>> from vuon.journeys.file import read
    >>> rows = "".join(f'[[step]]\\nkey = "{k}"\\ntitle = "{k}"\\n' for k in "abc")
    >>> [edge.key for edge in draw_way(read("format = 1\\n" + rows), "a", "c").way]
    ['a->b', 'b->c', 'a->c']
    """
    journey.step(source), journey.step(target)
    drawn = _drawn(journey)
    edge = next((e for e in drawn.way if (e.source, e.target) == (source, target)), None)
    made = replace(edge or Edge(source, target), share=share, share_for=(), why=why or Text())
    if edge is not None:
        return replace(drawn, edges=tuple(made if e is edge else e for e in drawn.edges))
    return replace(drawn, edges=(*drawn.edges, made))


def erase_way(journey: Journey, source: str, target: str) -> Journey:
    """The journey without that way on; what is left of the ways stays drawn."""
    drawn = _drawn(journey)
    edges = tuple(e for e in drawn.edges if e.rework or (e.source, e.target) != (source, target))
    return replace(drawn, edges=edges)


def _drawn(journey: Journey) -> Journey:
    """The journey with its ways on as edges, also where they were only the order of the steps."""
    if any(not edge.rework for edge in journey.edges):
        return journey
    return replace(journey, edges=(*journey.way, *journey.edges))


def set_groups(journey: Journey, groups: tuple[Group, ...]) -> Journey:
    """The journey with these groups; figures of groups that are no longer there go with them."""
    known = {group.key for group in groups}

    def kept(part: Any) -> Any:
        pairs = {
            each.name: tuple(pair for pair in getattr(part, each.name) if pair[0] in known)
            for each in fields(part)
            if each.name.endswith("_for")
        }
        return replace(part, **pairs) if pairs else part

    arrivals = kept(journey.arrivals) if journey.arrivals else None
    if arrivals:
        arrivals = replace(
            arrivals,
            spans=tuple(each for each in arrivals.spans if each.group in ("", *known)),
            backlog=tuple(each for each in arrivals.backlog if each.group in ("", *known)),
            slots=tuple(each for each in arrivals.slots if each.group in ("", *known)),
        )
    return replace(
        journey,
        groups=groups,
        arrivals=arrivals,
        steps=tuple(map(kept, journey.steps)),
        edges=tuple(map(kept, journey.edges)),
        documents=tuple(map(kept, journey.documents)),
        targets=tuple(each for each in journey.targets if each.group in ("", *known)),
    )


def set_resources(journey: Journey, resources: tuple[Resource, ...]) -> Journey:
    """The journey with these desks; steps at desks that are no longer there have none yet."""
    known = {each.key for each in resources}
    steps = (
        step if step.resource in known else replace(step, resource="") for step in journey.steps
    )
    return replace(journey, resources=resources, steps=tuple(steps))


def set_documents(
    journey: Journey, documents: tuple[Document, ...], asked: Mapping[str, Collection[str]]
) -> Journey:
    """The journey with these papers, each asked for at the steps that `asked` names."""
    known = [each.key for each in documents]
    steps = tuple(
        replace(step, documents=tuple(key for key in known if step.key in asked.get(key, ())))
        for step in journey.steps
    )
    return replace(journey, documents=documents, steps=steps)


def fetch_papers_at(journey: Journey, source: str, target: str) -> Journey:
    """The journey in which who lacks a paper at `source` goes back to `target`; nowhere if that is
    empty. What a way back said of its delay and of later attempts stays."""
    journey.step(source)
    old = next((e for e in journey.edges if e.source == source and e.papers), None)
    edges = tuple(e for e in journey.edges if e is not old)
    if not target:
        return replace(journey, edges=edges)
    journey.step(target)
    made = replace(old or Edge(source, target), target=target, rework=True, papers=True)
    return replace(journey, edges=(*edges, made))


def pin_evidence(journey: Journey, evidence: str, step: str, *, against: bool = False) -> Journey:
    """The journey with a piece of evidence at a step, or at none if `step` is empty."""
    if step:
        journey.step(step)
    return replace(journey, pins=pin(journey.pins, evidence, step, against=against))
