"""Edits of a journey: each gives a new journey and leaves the old one as it was."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from vuon.journeys.model import Arrivals, Edge, Journey, Share, Step, pin
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


def pin_evidence(journey: Journey, evidence: str, step: str, *, against: bool = False) -> Journey:
    """The journey with a piece of evidence at a step, or at none if `step` is empty."""
    if step:
        journey.step(step)
    return replace(journey, pins=pin(journey.pins, evidence, step, against=against))
