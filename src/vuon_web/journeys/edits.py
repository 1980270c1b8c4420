"""What the buttons of a map ask for, as edits of the library's journey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from vuon.journeys import changes
from vuon.journeys.dists import centre, quantile
from vuon.journeys.model import Dist, Journey, Share, Step, pinned_at
from vuon.toml.table import Text
from vuon_web.journeys.actions import Edit
from vuon_web.labs.wording import worded

#: How unlike each other durations are where somebody wrote only the usual one: the logarithm's
#: standard deviation that desks show, so that 9 in 10 take less than twice the usual time.
SPREAD = 0.6
SOURCES = {"measured": "stopwatch", "said": "interview", "assumed": "guess"}


def add(sent: QueryDict, language: str) -> Edit | None:
    """One more step; None without a title."""
    title = sent.get("title", "")
    if not title.strip():
        return None
    office = worded(Text(), sent.get("office", ""), language)

    def edit(found: Journey) -> Journey:
        # An office that is known in both languages is the same office.
        known = next((o for o in found.offices if o.say(language) == office.say(language)), office)
        after = sent.get("after", "")
        return changes.add_step(found, worded(Text(), title, language), after=after, office=known)

    return edit


def of(sent: QueryDict, language: str) -> Edit | None:
    """The edit that a button names; None for a button that is not known."""
    key = sent.get("step", "")
    known: dict[str, Edit] = {
        "place": lambda found: _placed(found, key, sent, language),
        "back": lambda found: changes.draw_return(found, key, sent.get("target", "")),
        "onward": lambda found: changes.draw_way(found, key, sent.get("target", "")),
        "earlier": lambda found: changes.move_step(found, key, -1),
        "later": lambda found: changes.move_step(found, key, 1),
        "remove": lambda found: changes.remove_step(found, key),
    }
    do = sent.get("do", "")
    return add(sent, language) if do == "add" else known.get(do)


def _placed(found: Journey, key: str, sent: QueryDict, language: str) -> Journey:
    """A step drawn to another place, and into the lane of another office."""
    at, office = sent.get("at", ""), sent.get("office")
    known = {each.say(language): each for each in found.offices}
    place = int(at) if at.isdigit() else found.keys.index(key)
    return changes.place_step(found, key, place, known.get(office) if office else None)


def _of_ten(said: str) -> Share | None:
    return Share(int(said) / 10, "said") if said.isdigit() and 0 < int(said) <= 10 else None


def step(key: str, values: Mapping[str, Any], how: Mapping[str, str], language: str) -> Edit:
    """Other words of a step, and other evidence pinned to it."""

    def edit(found: Journey) -> Journey:
        old = found.step(key)
        share = values.get("gives_up")
        fields = {
            name: worded(getattr(old, name), values.get(name, ""), language)
            for name in ("title", "office", "hands_over", "stops")
        }
        changed = changes.change_step(
            found,
            key,
            kind=values["kind"],
            gives_up=Share(share / 10, values["light"]) if share else None,
            service=_service(old, values.get("minutes"), values["light"]),
            patience=_patience(old, values.get("patience"), values["light"]),
            resource=values["resource"],
            fee=float(values.get("fee") or 0),
            new_visit=values["new_visit"],
            batch_days=tuple(int(day) for day in values["batch_days"]),
            batch_size=values.get("batch_size") or 0,
            **fields,
        )
        for pin in pinned_at(found.pins, key):
            if pin.evidence not in how:
                changed = changes.pin_evidence(changed, pin.evidence, "")
        for ref, which in how.items():
            changed = changes.pin_evidence(changed, ref, key, against=which == "against")
        return changed

    return edit


def ways(key: str, sent: QueryDict, language: str) -> Edit:
    """The ways back and on that the page of a step draws, and the one that it takes away."""
    why = worded(Text(), sent.get("why", ""), language)

    def edit(found: Journey) -> Journey:
        target, gone = sent.get("target", ""), sent.get("erase", "")
        if gone:
            found = changes.erase_return(found, key, gone)
        if target in found.keys and target != key:
            share = _of_ten(sent.get("of_ten", ""))
            found = changes.draw_return(found, key, target, share=share, why=why)
        onward, closed = sent.get("onward", ""), sent.get("erase_way", "")
        if closed in found.keys:
            found = changes.erase_way(found, key, closed)
        if onward in found.keys and onward != key:
            share = _of_ten(sent.get("onward_of_ten", ""))
            found = changes.draw_way(found, key, onward, share=share)
        return found

    return edit


def both(one: Edit, other: Edit) -> Edit:
    """One edit after the other, as one version."""
    return lambda found: other(one(found))


def _service(old: Step, minutes: Decimal | None, light: str) -> Dist | None:
    """The usual duration as it was written; what was measured stays while nobody changes it."""
    if minutes is None:
        return None
    if old.service is not None and round(quantile(old.service, 0.5), 1) == round(float(minutes), 1):
        return replace(old.service, source=_source(old.service, light))
    if not minutes:
        return Dist.of("const", value=0, source=SOURCES[light])
    return Dist.of("lognormal", p50=float(minutes), sigma=SPREAD, source=SOURCES[light])


def _patience(old: Step, minutes: Decimal | None, light: str) -> Dist | None:
    """How long people queue before they leave; what was measured stays while nobody changes it."""
    if not minutes:
        return None
    if old.patience is not None and round(centre(old.patience), 1) == round(float(minutes), 1):
        return replace(old.patience, source=_source(old.patience, light))
    return Dist.of("exponential", mean=float(minutes), source=SOURCES[light])


def _source(service: Dist, light: str) -> str:
    return service.source if service.light == light else SOURCES[light]


def part(key: str) -> Any:
    """The part of a map that changing a step touches: the step with its pins."""

    def thing(found: Journey) -> tuple[Step, frozenset[Any]] | None:
        if key not in found.keys:
            return None
        return found.step(key), frozenset(pinned_at(found.pins, key))

    return thing
