"""What the values of a change mean for a journey: one function a part, one line a value.

A change names a part by its stable key (a step, resource, group, document; an edge as
`source_to_target`; "arrivals") and gives numbers. A figure that is changed is assumed from then on:
nobody has measured what does not exist yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from vuon.journeys import rosters
from vuon.journeys.dists import mean, scaled
from vuon.journeys.model import (
    PRIORITIES,
    Arrivals,
    Dist,
    Document,
    Edge,
    Figure,
    For,
    Group,
    Journey,
    Resource,
    Share,
    Slots,
    Step,
    of_group,
)

_T = TypeVar("_T")
_Part = TypeVar("_Part", Step, Resource, Group, Document, Edge)
Values = Mapping[str, float]
#: Values that say for whom or when; the others say what changes.
WHERE = ("from_hour", "to_hour", "weekday")
STEP = (
    "service_factor", "service_minutes", "patience_factor", "patience_minutes", "gives_up_factor",
    "gives_up", "missing_factor", "rework_factor", "fee", "other_money", "new_visit",
    "prepare_minutes", "prepare_factor", "batch_per_week", "batch_size", "remove",
)  # fmt: skip
DOCUMENT = ("remove", "reuse", "missing_factor", "missing", "minutes_factor", "money_factor")
RESOURCE = ("desks", "move_minutes", "into", "stop_minutes", "keep_place", "cost_per_hour")
GROUP = ("priority", "travel_factor", "money_factor", "digital", "tolerance_minutes")
EDGE = ("share", "share_factor", "per_attempt", "delay_factor")
ARRIVALS = ("per_day_factor", "before_opening_factor", "appointments", "every", "no_show")
KNOWN = {
    "step": (*STEP, *RESOURCE),
    "document": DOCUMENT,
    "resource": RESOURCE,
    "group": GROUP,
    "edge": EDGE,
    "arrivals": ARRIVALS,
}


class NothingThereError(Exception):
    """The part has no figure that this value could change."""


def assumed_dist(dist: Dist, factor: float) -> Dist:
    """The distribution scaled, resting on an assumption from now on."""
    return replace(scaled(dist, factor), source="guess", n=0, evidence=())


def assumed_share(share: Share, factor: float) -> Share:
    """The share scaled and kept below 1, resting on an assumption from now on."""
    return Share(min(1.0, share.value * factor))


def _each(
    part: _Part, name: str, group: str, change: Callable[[_T], _T], default: _T | None = None
) -> _Part:
    """The part with one figure changed, for all groups or for one.

    Raises:
        NothingThereError: there is no such figure.
    """
    whole: _T | None = getattr(part, name)
    pairs: For[_T] = getattr(part, f"{name}_for")
    if group:
        now = of_group(pairs, group, whole if whole is not None else default)
        if now is None:
            raise NothingThereError(name)
        left: For[_T] = tuple(pair for pair in pairs if pair[0] != group)
        return replace(part, **{f"{name}_for": (*left, (group, change(now)))})  # type: ignore[arg-type]
    if whole is None and not pairs and default is None:
        raise NothingThereError(name)
    start = whole if whole is not None else None if pairs else default
    return replace(
        part,
        **{
            name: None if start is None else change(start),
            f"{name}_for": tuple((key, change(value)) for key, value in pairs),
        },  # type: ignore[arg-type]
    )


def _to(minutes: float) -> Callable[[Dist], Dist]:
    def change(dist: Dist) -> Dist:
        average = mean(dist)
        if not average:
            return Dist.of("const", value=minutes)
        return assumed_dist(dist, minutes / average)

    return change


def step(part: Step, name: str, value: float, group: str) -> Step:
    """The step with one value changed."""
    match name:
        case "service_factor" | "patience_factor":
            figure = name.removesuffix("_factor")
            return _each(part, figure, group, lambda d: assumed_dist(d, value))
        case "service_minutes":
            return _each(part, "service", group, _to(value), Dist.of("const", value=value))
        case "patience_minutes":
            return _each(part, "patience", group, _to(value), Dist.of("exponential", mean=value))
        case "gives_up_factor":
            return _each(part, "gives_up", group, lambda s: assumed_share(s, value))
        case "gives_up":
            return _each(part, "gives_up", group, lambda _: Share(value), Share(value))
        case "prepare_factor":
            return replace(part, prepare_minutes=part.prepare_minutes * value)
        case "new_visit":
            return replace(part, new_visit=bool(value))
        case "batch_size":
            return replace(part, batch_size=round(value))
        case "batch_per_week":
            return replace(part, batch_days=_spread(part.batch_days, round(value)))
        case "fee" | "other_money" | "prepare_minutes":
            return replace(part, **{name: value})  # type: ignore[arg-type]
    raise NothingThereError(name)


def _spread(days: tuple[int, ...], count: int) -> tuple[int, ...]:
    """So many days from Monday to Friday: those there are kept, each further one is the day that
    lies farthest from them in the week."""
    kept = list(days[:count]) or [0]
    while len(kept) < min(count, 5):
        free = [day for day in range(5) if day not in kept]
        kept.append(max(free, key=lambda day: min(_apart(day, each) for each in kept)))
    return tuple(sorted(kept))


def _apart(a: int, b: int) -> int:
    return min((a - b) % 7, (b - a) % 7)


def edge(part: Edge, name: str, value: float, group: str) -> Edge:
    """The edge with one value changed."""
    match name:
        case "share_factor":
            return _each(part, "share", group, lambda s: assumed_share(s, value))
        case "share":
            return _each(part, "share", group, lambda _: Share(value), Share(value))
        case "per_attempt":
            return replace(part, per_attempt=value)
        case "delay_factor" if part.delay:
            return replace(part, delay=assumed_dist(part.delay, value))
    raise NothingThereError(name)


def document(part: Document, name: str, value: float, group: str) -> Document:
    """The document with one value changed."""
    match name:
        case "missing_factor":
            return _each(part, "missing", group, lambda s: assumed_share(s, value))
        case "missing":
            return _each(part, "missing", group, lambda _: Share(value))
        case "minutes_factor":
            return replace(part, minutes=part.minutes * value)
        case "money_factor":
            return replace(part, money=part.money * value)
    raise NothingThereError(name)


def person(part: Group, name: str, value: float) -> Group:
    """The group with one value changed."""
    match name:
        case "priority":
            return replace(part, priority=min(PRIORITIES - 1, max(0, round(value))))
        case "travel_factor":
            return replace(part, travel_minutes=part.travel_minutes * value)
        case "money_factor":
            return replace(part, travel_money=part.travel_money * value)
        case "digital" | "tolerance_minutes":
            return replace(part, **{name: value})  # type: ignore[arg-type]
    raise NothingThereError(name)


def staff(journey: Journey, part: Resource, name: str, values: Values) -> Resource:
    """The resource with one value changed; `from_hour`, `to_hour` and `weekday` say when."""
    days = (round(values["weekday"]) - 1,) if "weekday" in values else tuple(rosters.WEEKDAYS)
    now = rosters.week(part, journey.calendar)
    match name:
        case "desks":
            start, end = minute(values, "from_hour"), minute(values, "to_hour")
            if start is not None and "weekday" not in values and journey.calendar:
                open_days = {d for hours in journey.calendar.opening for d in hours.days}
                days = tuple(sorted(open_days | {d for d in days if now[d]}))
            found = rosters.added(now, round(values[name]), start, end, days)
            return rosters.staffed(part, found)
        case "move_minutes":
            found = rosters.moved(now, round(values[name]), days)
            return rosters.staffed(part, found)
        case "stop_minutes":
            return replace(part, closing="stop_tickets", stop_minutes=round(values[name]))
        case "keep_place":
            return replace(part, keep_place=bool(values[name]))
        case "cost_per_hour":
            return replace(part, cost_per_hour=values[name])
    raise NothingThereError(name)


def minute(values: Values, name: str) -> int | None:
    """An hour of the day such as 7.5 as minutes from midnight; None if it is left out."""
    return round(values[name] * 60) if name in values else None


def arrivals(part: Arrivals, values: Values) -> Arrivals:
    """The arrivals with all values changed; `appointments` is the share who get one.

    They no longer come when they like but from `from_hour` to `to_hour`, one every so many minutes
    that all fit; `no_show` of them do not come.
    """
    found = part
    if "per_day_factor" in values:
        found = _more(found, values["per_day_factor"])
    if "before_opening_factor" in values:
        crowd = part.before_opening * values["before_opening_factor"]
        found = replace(found, before_opening=crowd)
    if "appointments" in values:
        share = values["appointments"]
        whole = found.per_day.value
        count = max(1, round(share * whole))
        start = minute(values, "from_hour") or 450
        end = minute(values, "to_hour") or 690
        every = round(values["every"]) if "every" in values else max(1, (end - start) // count)
        places = -(-(end - start) // every)
        slots = Slots(
            start, end, every, -(-count // places), Share(values.get("no_show", 0.0)), found.enters
        )
        # As many walk in less as are booked: the same people, at other times.
        booked = slots.seats * places / whole
        found = replace(_more(found, max(0.0, 1 - booked)), slots=(*found.slots, slots))
    return found


def _more(part: Arrivals, factor: float) -> Arrivals:
    return replace(
        part,
        per_day=Figure(part.per_day.value * factor),
        per_day_for=tuple((key, Figure(each.value * factor)) for key, each in part.per_day_for),
    )


__all__ = [
    "ARRIVALS", "DOCUMENT", "EDGE", "GROUP", "KNOWN", "RESOURCE", "STEP", "WHERE",
    "NothingThereError", "Values", "arrivals", "document", "edge", "person", "staff", "step",
]  # fmt: skip
