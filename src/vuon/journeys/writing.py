"""A journey as canonical TOML: only what somebody said, always in the same order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from vuon.journeys.model import (
    DAYS,
    Arrivals,
    Calendar,
    Dist,
    Document,
    Edge,
    Figure,
    For,
    Group,
    Journey,
    Rating,
    Resource,
    Share,
    Slots,
    Span,
    Step,
    Target,
)
from vuon.journeys.staffing import WORKING_DAYS
from vuon.toml.writing import Section, dumps, is_table, tables

_T = TypeVar("_T")
FORMAT = 1
#: What this version reads; every other table is kept and written back.
OWN = (
    "format",
    "id",
    "title",
    "status",
    "version",
    "variant_of",
    "max_attempts",
    "deadline_days",
    "calendar",
    "group",
    "arrivals",
    "resource",
    "document",
    "step",
    "edge",
    "target",
    "rating",
    "pin",
)


def write(journey: Journey) -> str:
    """The journey as canonical TOML: the same journey always gives the same text."""
    head = {
        "format": FORMAT,
        "id": journey.id,
        "title": journey.title,
        "status": journey.status,
        "version": journey.version if journey.version != 1 else None,
        "variant_of": journey.variant_of,
        "max_attempts": journey.max_attempts or None,
        "deadline_days": journey.deadline_days or None,
        **{key: value for key, value in journey.extra.items() if not is_table(value)},
    }
    sections: list[Section] = [("", head)]
    if journey.calendar:
        sections += _calendar(journey.calendar)
    sections += [("[[group]]", _group(each)) for each in journey.groups]
    if journey.arrivals:
        sections += _arrivals(journey.arrivals)
    for resource in journey.resources:
        sections += _resource(resource)
    sections += [("[[document]]", _document(each)) for each in journey.documents]
    sections += [("[[step]]", step_table(each)) for each in journey.steps]
    sections += [("[[edge]]", edge_table(each)) for each in journey.edges]
    sections += [("[[target]]", _target(each)) for each in journey.targets]
    sections += [("[[rating]]", _rating(each)) for each in journey.ratings]
    sections += [
        ("[[pin]]", {"step": pin.step, "evidence": pin.evidence, "against": pin.against or None})
        for pin in journey.pins
    ]
    return dumps([*sections, *tables(journey.extra)])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _days(days: tuple[int, ...], usual: tuple[int, ...] = WORKING_DAYS) -> list[str] | None:
    return [DAYS[day] for day in days] if days != usual else None


def _stretch(start: int, end: int, days: tuple[int, ...]) -> dict[str, Any]:
    return {"start": _clock(start), "end": _clock(end), "days": _days(days)}


def _figure(figure: Figure | None) -> dict[str, Any] | float | None:
    """A bare number where nothing is said of it but that it is assumed."""
    if figure is None:
        return None
    return figure.value if figure == type(figure)(figure.value) else _whole_figure(figure)


def _whole_figure(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {
        "value": figure.value,
        "light": figure.light,
        "low": figure.low,
        "high": figure.high,
        "n": figure.n or None,
        "evidence": figure.evidence,
    }


def _dist(dist: Dist | None) -> dict[str, Any] | None:
    if dist is None:
        return None
    return {
        "family": dist.family,
        **dict(dist.parameters),
        "values": dist.values,
        **({} if dist.family == "uniform" else {"low": dist.low, "high": dist.high}),
        "n": dist.n or None,
        "source": dist.source,
        "evidence": dist.evidence,
    }


def _for(pairs: For[_T], plain: Callable[[_T], Any]) -> dict[str, Any]:
    return {group: plain(value) for group, value in pairs}


def _calendar(calendar: Calendar) -> list[Section]:
    head = {
        "start": calendar.start,
        "horizon_days": calendar.horizon_days,
        "holidays": calendar.holidays,
    }
    return [
        ("[calendar]", head),
        *(("[[calendar.opening]]", _stretch(h.start, h.end, h.days)) for h in calendar.opening),
    ]


def _group(group: Group) -> dict[str, Any]:
    return {
        "key": group.key,
        "share": _figure(group.share),
        "name": group.name,
        "attributes": dict(group.attributes),
        "hour_value": group.hour_value,
        "travel_minutes": group.travel_minutes or None,
        "travel_money": group.travel_money or None,
        "digital": group.digital if group.digital != 1 else None,
        "priority": group.priority if group.priority != 1 else None,
        "tolerance_minutes": group.tolerance_minutes or None,
        "equity": group.equity or None,
    }


def _arrivals(arrivals: Arrivals) -> list[Section]:
    head = {
        "per_day": _figure(arrivals.per_day),
        "per_day_for": _for(arrivals.per_day_for, _figure),
        "before_opening": arrivals.before_opening or None,
        "enters": arrivals.enters,
    }
    return [
        ("[arrivals]", head),
        *(("[[arrivals.span]]", _span(each)) for each in arrivals.spans),
        *(
            ("[[arrivals.backlog]]", {"step": b.step, "count": b.count, "group": b.group})
            for b in arrivals.backlog
        ),
        *(("[[arrivals.slots]]", _slots(each)) for each in arrivals.slots),
    ]


def _span(span: Span) -> dict[str, Any]:
    return {**_stretch(span.start, span.end, span.days), "part": span.part, "group": span.group}


def _slots(slots: Slots) -> dict[str, Any]:
    return {
        **_stretch(slots.start, slots.end, slots.days),
        "every": slots.every,
        "seats": slots.seats if slots.seats != 1 else None,
        "no_show": _figure(slots.no_show) if slots.no_show != Share(0.0) else None,
        "step": slots.step,
        "group": slots.group,
    }


def _resource(resource: Resource) -> list[Section]:
    head = {
        "key": resource.key,
        "name": resource.name,
        "desks": resource.desks if not resource.shifts or resource.desks != 1 else None,
        "holidays": resource.holidays,
        "closing": resource.closing if resource.closing != "finish" else "",
        "stop_minutes": resource.stop_minutes or None,
        "keep_place": resource.keep_place or None,
        "cost_per_hour": resource.cost_per_hour or None,
    }
    shifts = [{**_stretch(s.start, s.end, s.days), "desks": s.desks} for s in resource.shifts]
    return [("[[resource]]", head), *(("[[resource.shift]]", each) for each in shifts)]


def _document(document: Document) -> dict[str, Any]:
    return {
        "key": document.key,
        "name": document.name,
        "missing": _figure(document.missing) if document.missing != Share(0.0) else None,
        "missing_for": _for(document.missing_for, _figure),
        "minutes": document.minutes or None,
        "money": document.money or None,
        "held_by": document.held_by,
    }


def step_table(step: Step) -> dict[str, Any]:
    """What the table of a step says."""
    return {
        "key": step.key,
        "title": step.title,
        "office": step.office,
        "lane": step.lane,
        "kind": step.kind,
        "channel": step.channel,
        "hands_over": step.hands_over,
        "stops": step.stops,
        "resource": step.resource,
        "service": _dist(step.service),
        "service_for": _for(step.service_for, _dist),
        "patience": _dist(step.patience),
        "patience_for": _for(step.patience_for, _dist),
        "impatient_to": step.impatient_to,
        "documents": step.documents,
        "fee": step.fee or None,
        "other_money": step.other_money or None,
        "new_visit": step.new_visit or None,
        "prepare_minutes": step.prepare_minutes or None,
        "batch_size": step.batch_size or None,
        "batch_days": _days(step.batch_days, ()),
        "batch_at": _clock(step.batch_at) if step.batch_at != 480 else "",
        "gives_up": _whole_figure(step.gives_up),
        "gives_up_for": _for(step.gives_up_for, _figure),
    }


def edge_table(edge: Edge) -> dict[str, Any]:
    """What the table of an edge says."""
    return {
        "from": edge.source,
        "to": edge.target,
        "rework": edge.rework or None,
        "papers": edge.papers or None,
        "unaided": edge.unaided or None,
        "share": _whole_figure(edge.share),
        "share_for": _for(edge.share_for, _figure),
        "only_if": dict(edge.only_if),
        "per_attempt": edge.per_attempt if edge.per_attempt != 1 else None,
        "delay": _dist(edge.delay),
        "why": edge.why,
    }


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "step": rating.step,
        "group": rating.group,
        "value": rating.value,
        "n": rating.n or None,
        "evidence": rating.evidence,
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "metric": target.metric,
        "group": target.group,
        "target": target.target,
        "smallest": target.smallest or None,
    }
