"""What the pages of a sketch show; nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from vuon.systems import layout, loops, sketch
from vuon.systems.model import Link, SystemModel
from vuon_web.accounts.requests import Request
from vuon_web.challenges import queries as challenges
from vuon_web.evidence import picking
from vuon_web.evidence.picking import Shelf
from vuon_web.labs import versions
from vuon_web.systems import queries

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge

#: Loops listed at most; the sketch of a morning has fewer than ten.
MOST = 40
POLARITY = {
    "R": _("feeds itself"),
    "B": _("holds itself back"),
    "?": _("not yet clear"),
}
SIGN = {"+": "+", "-": "−", "?": "?"}
#: Remarks that the list of arrows shows at the arrow.
AT_THE_ARROW = ("assumed",)


def frame(request: Request, challenge: Challenge, language: str) -> dict[str, Any]:
    """What every page of a sketch has."""
    text, base, undo, redo = versions.standing(queries.kept(challenge))
    found = queries.read(text)
    shelf = picking.shelf(request.audience, challenge.corpus_id, language)
    offices = dict.fromkeys(each.office.say(language) for each in found.variables if each.office)
    return {
        "challenge": challenge,
        "lab": challenge.lab,
        "model": found,
        "base": base,
        "undo": undo,
        "redo": redo,
        "shelf": shelf,
        "corpus": shelf.corpus if shelf else None,
        "can_edit": challenges.can_edit(challenge, request.audience),
        "words": [each.label.say(language) for each in found.drawn],
        "offices": list(offices),
    }


def drawn(found: SystemModel, shelf: Shelf | None, language: str) -> dict[str, Any]:
    """The sketch as loops, as arrows, as words, and as a picture."""
    circles = loops.find(found)
    picture = layout.draw(found)
    return {
        "loops": [_loop(found, loop, language) for loop in circles.loops[:MOST]],
        "more_loops": max(0, len(circles.loops) - MOST),
        "complete": circles.complete,
        "arrows": [_arrow(found, link, shelf, language) for link in found.links],
        "picture": picture,
        "boxes": [
            {
                "key": each.key,
                "label": each.label.say(language),
                "office": each.office.say(language),
                "x": picture.places[each.key][0] - layout.BOX_WIDTH / 2,
                "y": picture.places[each.key][1] - layout.BOX_HEIGHT / 2,
            }
            for each in found.drawn
        ],
        "drawn": [{"arrow": each, "sign": SIGN[each.link.sign]} for each in picture.arrows],
        "remarks": [
            each.words.say(language)
            for each in sketch.check(found, language)
            if each.code not in AT_THE_ARROW
        ],
    }


def _loop(found: SystemModel, loop: loops.Loop, language: str) -> dict[str, Any]:
    offices = [office.say(language) for office in sketch.offices(found, loop)]
    named = found.name_of(frozenset(loop.keys))
    return {
        "label": loop.label,
        "kind": POLARITY[loop.polarity],
        "feeds": loop.polarity == "R",
        "name": loop.name.say(language),
        "story": named.story.say(language) if named else "",
        "keys": ",".join(loop.keys),
        "sentences": [words.say(language) for words in sketch.read_aloud(found, loop, language)],
        "offices": offices if len(offices) > 1 else [],
    }


def _arrow(found: SystemModel, link: Link, shelf: Shelf | None, language: str) -> dict[str, Any]:
    return {
        "link": link,
        "sentence": sketch.say_link(found, link, language).say(language),
        "rests": shelf.rows(link.rests_on) if shelf else [],
        "count": len(link.rests_on),
    }


def _choices(
    request: Request, shelf: Shelf | None, rests_on: tuple[str, ...]
) -> list[dict[str, Any]]:
    """What one can rest on; what was sent and not kept stays ticked."""
    how = dict.fromkeys(rests_on, "for")
    if request.method == "POST":
        how = picking.chosen(request.POST)
    return shelf.choices(how) if shelf else []


def word(
    request: Request, found: SystemModel, key: str, shelf: Shelf | None, language: str
) -> dict[str, Any]:
    """The page of one word."""
    variable = found.variable(key)
    links = [each for each in found.links if key in (each.source, each.target)]
    return {
        "variable": variable,
        "label": variable.label.say(language),
        "office": variable.office.say(language),
        "rests": shelf.rows(variable.rests_on) if shelf else [],
        "choices": _choices(request, shelf, variable.rests_on),
        "arrows": [_arrow(found, link, shelf, language) for link in links],
    }


def arrow(
    request: Request, found: SystemModel, link: Link, shelf: Shelf | None, language: str
) -> dict[str, Any]:
    """The page of one arrow."""
    return {
        **_arrow(found, link, shelf, language),
        "source": found.variable(link.source).label.say(language),
        "target": found.variable(link.target).label.say(language),
        "choices": _choices(request, shelf, link.rests_on),
    }
