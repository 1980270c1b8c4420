"""A map without numbers made to run at once: every missing figure assumed, and said so."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from vuon.errors import N_, Words
from vuon.journeys.changes import key_for
from vuon.journeys.check import Remark
from vuon.journeys.dists import centre
from vuon.journeys.model import (
    Arrivals,
    Calendar,
    Dist,
    Edge,
    Figure,
    Group,
    Journey,
    Resource,
    Share,
    Step,
)
from vuon.journeys.routes import exits
from vuon.journeys.running import lacks_duration, title
from vuon.journeys.traffic import loads
from vuon.toml.table import Text

#: What is assumed where nobody said anything; minutes, opening minutes in the back office.
DURATIONS = {
    "do": Dist.of("lognormal", mean=15, sigma=0.6),
    "wait": Dist.of("const", value=1440),
    "travel": Dist.of("const", value=30),
    "desk": Dist.of("lognormal", mean=12, sigma=0.6),
    "backoffice": Dist.of("lognormal", mean=900, sigma=0.5),
}
A_DAY, GO_BACK, LOAD, HORIZON = 60.0, 0.15, 0.8, 28
#: A Monday without holidays in the four weeks behind it.
START = date(2026, 10, 5)


@dataclass(frozen=True)
class Sketch:
    """A journey that runs as far as figures go, and what had to be assumed for it, in words."""

    journey: Journey
    assumed: tuple[Remark, ...]


def sketched(journey: Journey, start: date = START) -> Sketch:
    """The journey with every missing figure assumed, and the list of what was assumed.

    What is wrong in the drawing (a step that no way leads to) is not mended: `runnable` says it.

    Args:
        start: the first day where the map has no calendar.

    >>> from vuon.journeys.file import read
    >>> from vuon.journeys.running import runnable
    >>> way = read('format = 1\\n[[step]]\\nkey = "desk"\\ntitle = "Counter"\\nkind = "desk"')
    >>> sketch = sketched(way)
    >>> [each.code for each in sketch.assumed], runnable(sketch.journey)
    (['calendar', 'groups', 'arrivals', 'duration', 'trip', 'desks'], ())
    """
    assumed: list[Remark] = []
    found = _who_and_when(journey, start, assumed)
    found = replace(found, steps=tuple(_timed(found, step, assumed) for step in found.steps))
    found = replace(found, edges=tuple(_returned(found, edge, assumed) for edge in found.edges))
    found = _visited(found, assumed)
    return Sketch(_staffed(found, assumed), tuple(assumed))


def _who_and_when(journey: Journey, start: date, assumed: list[Remark]) -> Journey:
    if journey.calendar is None:
        days = Words(
            N_("Four weeks are looked at, open on weekdays from 7:30 to 11:30 and 13:30 to 17:00.")
        )
        assumed.append(Remark("calendar", "", days))
        journey = replace(journey, calendar=Calendar(start, HORIZON))
    if not journey.groups:
        everybody = Group("everybody", Share(1.0), Text("Mọi người", "Everybody"))
        assumed.append(Remark("groups", "", Words(N_("All people are alike."))))
        journey = replace(journey, groups=(everybody,))
    if journey.arrivals is None:
        many = Words(
            N_("{count} people come on each opening day, evenly over the hours."),
            {"count": int(A_DAY)},
        )
        assumed.append(Remark("arrivals", "", many))
        journey = replace(journey, arrivals=Arrivals(Figure(A_DAY)))
    return journey


def _timed(journey: Journey, step: Step, assumed: list[Remark]) -> Step:
    if step.kind == "batch" and not step.batch_size and not step.batch_days:
        weekly = Words(N_("“{step}” lets its cases go on every Monday."), {"step": title(step)})
        assumed.append(Remark("batch", step.key, weekly))
        step = replace(step, batch_days=(0,))
    if not lacks_duration(journey, step):
        return step
    dist = DURATIONS[step.kind]
    sentence = _LASTS.get(step.kind, N_("“{step}” takes about {minutes} minutes."))
    fields = {"step": title(step), "minutes": round(centre(dist))}
    assumed.append(Remark("duration", step.key, Words(sentence, fields)))
    return replace(step, service=dist)


def _visited(journey: Journey, assumed: list[Remark]) -> Journey:
    """Coming to the first desk is a trip, where nobody said what is."""
    desk = next((step for step in journey.steps if step.kind == "desk"), None)
    if desk is None or any(s.new_visit or s.kind == "travel" for s in journey.steps):
        return journey
    words = Words(N_("Coming to “{step}” is a trip."), {"step": title(desk)})
    assumed.append(Remark("trip", desk.key, words))
    steps = (replace(step, new_visit=True) if step is desk else step for step in journey.steps)
    return replace(journey, steps=tuple(steps))


_LASTS = {
    "wait": N_("“{step}” lasts one day."),
    "backoffice": N_("“{step}” takes about two working days."),
}


def _returned(journey: Journey, edge: Edge, assumed: list[Remark]) -> Edge:
    if not edge.rework or edge.papers or edge.share or edge.share_for:
        return edge
    # A way back must leave something for the way on.
    used = [exits(journey, edge.source, group) for group in journey.groups]
    fixed = max(sum(p for e, p in out.edges if e.rework) + out.gives_up for out in used)
    back = min(GO_BACK, max(0.0, 1 - fixed) / 4)
    words = Words(
        N_("{percent}% go back from “{a}” to “{b}”."),
        {
            "percent": round(back * 100),
            "a": title(journey.step(edge.source)),
            "b": title(journey.step(edge.target)),
        },
    )
    assumed.append(Remark("goes_back", edge.source, words))
    return replace(edge, share=Share(back))


def _staffed(journey: Journey, assumed: list[Remark]) -> Journey:
    """Desks for each office whose desk steps name none, as many as keep the load below 80 %."""
    without = [step for step in journey.steps if step.kind == "desk" and not step.resource]
    offices = list(dict.fromkeys(step.office for step in without))
    named: dict[Text, str] = {}
    for office in offices:
        taken = (*(each.key for each in journey.resources), *named.values())
        named[office] = key_for(office.vi or office.en or "quay", taken)
    journey = replace(
        journey,
        resources=(
            *journey.resources,
            *(Resource(key, office or Text("Quầy", "Desks")) for office, key in named.items()),
        ),
        steps=tuple(
            replace(step, resource=named[step.office]) if step in without else step
            for step in journey.steps
        ),
    )
    for key, count in _enough(journey, named.values()).items():
        resource = replace(journey.resource(key), desks=count)
        words = Words(
            N_("{count} desks are open at “{name}”, so many that they keep up."),
            {"count": count, "name": resource.name.vi or resource.name.en},
        )
        assumed.append(Remark("desks", "", words))
        journey = replace(
            journey,
            resources=tuple(resource if r.key == key else r for r in journey.resources),
        )
    return journey


def _enough(journey: Journey, keys: Iterable[str]) -> dict[str, int]:
    try:
        busy = loads(journey)
    except ValueError:  # a way without an end: that is for the author to mend
        busy = {}
    return {key: max(1, math.ceil(busy.get(key, 0.0) / LOAD - 1e-9)) for key in keys}
