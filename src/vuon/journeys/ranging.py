"""How far each figure of a journey may be from what the map says, for asking many futures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from vuon.errors import N_, Words
from vuon.journeys.dists import centre
from vuon.journeys.figures import Dist, Figure, Share
from vuon.journeys.model import Journey
from vuon.journeys.running import title
from vuon.journeys.uncertain import Unknown, changed, silent, unknowns

_F = TypeVar("_F", bound=Figure | Dist)
#: An assumed figure of which nobody said how sure it is: from half of it to one and a half.
LEAST, MOST = 0.5, 1.5


@dataclass(frozen=True)
class Range:
    """How far a figure may go.

    Args:
        unknown: its name, light, best value and ends.
        chosen: whether nobody said the range, so that half to one and a half is tried.
        step: key of the step where it can be written; "" where it stands elsewhere.
        words: what it is called.
        unit: as in `vuon.quantities`; "" for a share.
    """

    unknown: Unknown
    chosen: bool
    step: str
    words: Words
    unit: str


def ranged(journey: Journey) -> Journey:
    """The journey in which every assumed figure has a range, also where nobody gave one.

    >>> from vuon.journeys.file import read
    >>> way = read('''format = 1
    ... [[step]]
    ... key = "desk"
    ... title = "Counter"
    ... gives_up = { value = 0.2 }
    ... ''')
    >>> share = ranged(way).step("desk").gives_up
    >>> share.low, round(share.high, 2)
    (0.1, 0.3)
    """
    without = set(silent(journey))

    def change(name: str, each: _F) -> _F:
        # The shares of groups make one whole: half as many of all is no future.
        if name not in without or name.startswith("group:"):
            return each
        if isinstance(each, Dist):
            middle = centre(each)
            if not middle:
                return each
            return replace(each, low=LEAST * middle, high=MOST * middle)
        if not each.value:
            return each
        most = MOST * each.value
        if isinstance(each, Share):
            most = min(most, (1 + each.value) / 2)
        return replace(each, low=LEAST * each.value, high=most)

    return changed(journey, change)


def ranges(journey: Journey) -> tuple[Range, ...]:
    """The ranges of a journey that is `ranged`, assumed ones first; shares of groups left out."""
    chosen = set(silent(journey))
    found = [
        _range(journey, each, each.name in chosen)
        for each in unknowns(ranged(journey))
        if not each.name.startswith("group:")
    ]
    return tuple(sorted(found, key=lambda each: each.unknown.light != "assumed"))


_CALLED = {
    ("step", "service"): (N_("time at “{part}”"), "minute"),
    ("step", "patience"): (N_("how long people wait at “{part}” before they leave"), "minute"),
    ("step", "gives_up"): (N_("the share who give up at “{part}”"), ""),
    ("document", "missing"): (N_("the share who come without “{part}”"), ""),
    ("edge", "share"): (N_("the share who go from “{part}” to “{other}”"), ""),
    ("edge", "delay"): (N_("the time on the way from “{part}” to “{other}”"), "minute"),
    ("arrivals", "per_day"): (N_("how many people come on a day"), "case/day"),
}


def _range(journey: Journey, unknown: Unknown, chosen: bool) -> Range:
    kind, *rest = unknown.name.split(":")
    key, what = (rest[0], rest[1]) if kind != "arrivals" else ("", rest[0])
    sentence, unit = _CALLED.get((kind, what), (N_("{part}"), ""))
    part, other, step = key, "", ""
    if kind == "step":
        part, step = title(journey.step(key)), key
    elif kind == "document":
        paper = journey.document(key).name
        part = paper.vi or paper.en or key
    elif kind == "edge":
        a, _, b = key.partition("->")
        part, other, step = title(journey.step(a)), title(journey.step(b)), a
    return Range(unknown, chosen, step, Words(sentence, {"part": part, "other": other}), unit)
