"""What the pages of a map show; nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vuon.journeys.check import check
from vuon.journeys.drawing import draw
from vuon.journeys.model import Journey, Step, pinned_at
from vuon_web.accounts.requests import Request
from vuon_web.challenges import queries as challenges
from vuon_web.evidence import picking
from vuon_web.evidence.picking import Shelf
from vuon_web.journeys import queries
from vuon_web.journeys.forms import KIND_WORDS
from vuon_web.labs import versions

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge

#: Remarks of the check that the map itself shows at the step.
AT_THE_STEP = ("assumed",)


def frame(request: Request, challenge: Challenge, language: str) -> dict[str, Any]:
    """What every page of a map has."""
    text, base, undo, redo = versions.standing(queries.kept(challenge))
    found = queries.read(text)
    shelf = picking.shelf(request.audience, challenge.corpus_id, language)
    return {
        "challenge": challenge,
        "lab": challenge.lab,
        "journey": found,
        "base": base,
        "undo": undo,
        "redo": redo,
        "shelf": shelf,
        "corpus": shelf.corpus if shelf else None,
        "can_edit": challenges.can_edit(challenge, request.audience),
        "offices": [office.say(language) for office in found.offices if office],
    }


def drawn(found: Journey, shelf: Shelf | None, language: str) -> dict[str, Any]:
    """The map as steps one after another, and as a picture."""
    steps = [_step(found, step, shelf, language) for step in found.steps]
    picture = draw(found)
    by_key = {row["step"].key: row for row in steps}
    return {
        "steps": steps,
        "picture": picture,
        "boxes": [{"box": box, **by_key[box.step.key]} for box in picture.boxes],
        "lanes": [{"y": lane.y, "office": lane.office.say(language)} for lane in picture.lanes],
        "returns": [_line(line, language) for line in picture.returns],
        "remarks": [
            {"step": each.step, "words": each.words.say(language)}
            for each in check(found)
            if each.code not in AT_THE_STEP
        ],
    }


def _step(found: Journey, step: Step, shelf: Shelf | None, language: str) -> dict[str, Any]:
    pins = pinned_at(found.pins, step.key)
    rows = shelf.rows(pin.evidence for pin in pins) if shelf else []
    for row, pin in zip(rows, pins, strict=False):
        row["against"] = pin.against
    return {
        "step": step,
        "title": step.title.say(language),
        "office": step.office.say(language),
        "kind": KIND_WORDS.get(step.kind, step.kind),
        "hands_over": step.hands_over.say(language),
        "stops": step.stops.say(language),
        "gives_up": round(step.gives_up.value * 10) if step.gives_up else 0,
        "light": step.gives_up.light if step.gives_up else "",
        "pins": len(pins),
        "rests": rows,
        "returns": [
            {
                "target": edge.target,
                "title": found.step(edge.target).title.say(language),
                "of_ten": round(edge.share.value * 10) if edge.share else None,
                "why": edge.why.say(language),
            }
            for edge in found.returns
            if edge.source == step.key
        ],
    }


def _line(line: Any, language: str) -> dict[str, Any]:
    share = line.edge.share
    return {
        "line": line,
        "of_ten": round(share.value * 10) if share else None,
        "why": line.edge.why.say(language),
    }


def step(
    request: Request, found: Journey, key: str, shelf: Shelf | None, language: str
) -> dict[str, Any]:
    """The page of one step; what was sent and not kept stays ticked."""
    pins = pinned_at(found.pins, key)
    how = {pin.evidence: "against" if pin.against else "for" for pin in pins}
    if request.method == "POST":
        how = picking.chosen(request.POST)
    return {
        **_step(found, found.step(key), shelf, language),
        "choices": shelf.choices(how) if shelf else [],
        "others": [
            {"key": each.key, "title": each.title.say(language)}
            for each in found.steps
            if each.key != key
        ],
        "onward": [
            {
                "target": edge.target,
                "title": found.step(edge.target).title.say(language),
                "of_ten": round(edge.share.value * 10) if edge.share else None,
            }
            for edge in found.way
            if edge.source == key
        ],
        "first": key == found.keys[0],
        "last": key == found.keys[-1],
    }
