"""`journey.toml`: read with errors that name the line, written in one canonical form."""

from __future__ import annotations

from pathlib import Path

from vuon import toml
from vuon.errors import N_, Words
from vuon.journeys.model import (
    CHANNELS,
    CLOSINGS,
    KINDS,
    STATUSES,
    Arrivals,
    Backlog,
    Calendar,
    Document,
    Edge,
    Group,
    Hours,
    Journey,
    Pin,
    Rating,
    Resource,
    Share,
    Shift,
    Slots,
    Span,
    Step,
    Target,
)
from vuon.journeys.reading import (
    MOST,
    Known,
    clock,
    dates,
    days,
    dist,
    figure,
    for_groups,
    known_keys,
    metric,
    one_of,
    optional_share,
    pairs,
    priority,
    several_of,
    share,
    stretch,
)
from vuon.journeys.writing import FORMAT, OWN, write
from vuon.toml.table import Table

__all__ = ["FORMAT", "MOST_STEPS", "line_of", "read", "write"]

MOST_STEPS = 200


def read(source: Path | str, name: str = "journey.toml") -> Journey:
    """The journey of a file or a text.

    Raises:
        VuonError: `toml.…` and `table.…` with file and line; `journey.format` for a newer format;
            `journey.unknown_…` for a key that is no step, group, resource or document;
            `journey.interval`, `journey.distribution`, `journey.end_before_start` for figures that
            cannot be; `journey.too_many` above 200 steps.

    >>> read('format = 1\\n[[step]]\\nkey = "desk"\\ntitle = "Quầy"').step("desk").title.vi
    'Quầy'
    """
    table = Table.read(source, name)
    if table.whole("format", 1) > FORMAT:
        raise table.wrong(
            "journey.format",
            Words(N_("This journey is written in a format that is not known here.")),
            Words(N_("Install a newer Vuon, or write format = {known}."), {"known": FORMAT}),
            "format",
        )
    known = known_keys(table)
    steps = tuple(_step(item, known) for item in table.items("step", optional=True))
    if len(steps) > MOST_STEPS:
        raise table.wrong(
            "journey.too_many",
            Words(
                N_("The journey has {count} steps, more than {most}."),
                {"count": len(steps), "most": MOST_STEPS},
            ),
            Words(N_("Divide it into several journeys.")),
            "step",
        )
    found = Journey(
        id=table.name("id", "journey"),
        title=table.label("title"),
        status=table.among("status", STATUSES, "as_is"),
        steps=steps,
        edges=tuple(_edge(item, known) for item in table.items("edge", optional=True)),
        pins=tuple(_pin(item, known) for item in table.items("pin", optional=True)),
        extra={key: value for key, value in table.values.items() if key not in OWN},
        version=table.whole("version", 1, 1),
        variant_of=table.name("variant_of", ""),
        calendar=_calendar(table.inner("calendar")) if "calendar" in table else None,
        resources=tuple(_resource(item) for item in table.items("resource", optional=True)),
        groups=tuple(_group(item) for item in table.items("group", optional=True)),
        arrivals=_arrivals(table.inner("arrivals"), known) if "arrivals" in table else None,
        documents=tuple(_document(item, known) for item in table.items("document", optional=True)),
        ratings=tuple(_rating(item, known) for item in table.items("rating", optional=True)),
        targets=tuple(_target(item, known) for item in table.items("target", optional=True)),
        max_attempts=table.whole("max_attempts", default=0),
        deadline_days=table.number("deadline_days", 0, 36500, default=0),
    )
    for key in found.extra:
        table.finished(key)
    table.finish()
    return found


def line_of(text: str, part: str, key: str = "") -> int:
    """The line on which a part of a journey begins in its file; 1 where it does not stand there.

    Args:
        part: "step", "edge", "resource", "group", "document", "arrivals", "calendar", "journey".
        key: its key; for an edge `source->target`.

    >>> line_of('format = 1\\n\\n[[step]]\\nkey = "desk"\\ntitle = "Quầy"', "step", "desk")
    3
    """
    values, lines = toml.read(text), toml.positions(text)
    items = values.get(part)
    if isinstance(items, list):
        for number, each in enumerate(items):
            if key in (each.get("key"), f"{each.get('from')}->{each.get('to')}"):
                return lines.get((part, number), 1)
    return lines.get((part,), 1)


def _step(table: Table, known: Known) -> Step:
    return Step(
        key=table.name("key"),
        title=table.label("title", optional=False),
        office=table.label("office"),
        kind=table.among("kind", KINDS, "do"),
        hands_over=table.label("hands_over"),
        stops=table.label("stops"),
        gives_up=optional_share(table, "gives_up"),
        gives_up_for=for_groups(table, "gives_up_for", known, share),
        lane=table.label("lane"),
        channel=table.among("channel", CHANNELS) if "channel" in table else "",
        resource=one_of(table, "resource", "resource", known, ""),
        service=dist(table, "service"),
        service_for=for_groups(table, "service_for", known, dist),
        patience=dist(table, "patience"),
        patience_for=for_groups(table, "patience_for", known, dist),
        impatient_to=one_of(table, "impatient_to", "step", known, ""),
        fee=table.number("fee", 0, MOST, default=0),
        other_money=table.number("other_money", 0, MOST, default=0),
        documents=several_of(table, "documents", "document", known),
        new_visit=table.flag("new_visit"),
        prepare_minutes=table.number("prepare_minutes", 0, MOST, default=0),
        batch_size=table.whole("batch_size", default=0),
        batch_days=days(table, "batch_days"),
        batch_at=clock(table, "batch_at", 480),
    )


def _edge(table: Table, known: Known) -> Edge:
    return Edge(
        source=one_of(table, "from", "step", known),
        target=one_of(table, "to", "step", known),
        rework=table.flag("rework"),
        share=optional_share(table, "share"),
        why=table.label("why"),
        share_for=for_groups(table, "share_for", known, share),
        papers=table.flag("papers"),
        unaided=table.flag("unaided"),
        only_if=pairs(table, "only_if"),
        per_attempt=table.number("per_attempt", 0, 10, default=1),
        delay=dist(table, "delay"),
    )


def _pin(table: Table, known: Known) -> Pin:
    return Pin(table.words("evidence"), one_of(table, "step", "step", known), table.flag("against"))


def _calendar(table: Table) -> Calendar:
    start = table.day("start")
    if start is None:
        raise table.kind("start", N_("a day, written 2026-11-30"))
    opening = tuple(Hours(*stretch(item)) for item in table.items("opening", optional=True))
    usual = Calendar(start)
    return Calendar(
        start,
        table.whole("horizon_days", 1, usual.horizon_days),
        opening or usual.opening,
        dates(table, "holidays"),
    )


def _resource(table: Table) -> Resource:
    return Resource(
        key=table.name("key"),
        name=table.label("name"),
        desks=table.whole("desks", default=1),
        shifts=tuple(_shift(item) for item in table.items("shift", optional=True)),
        holidays=dates(table, "holidays"),
        closing=table.among("closing", CLOSINGS, "finish"),
        stop_minutes=table.whole("stop_minutes", default=0),
        keep_place=table.flag("keep_place"),
        cost_per_hour=table.number("cost_per_hour", 0, MOST, default=0),
    )


def _shift(table: Table) -> Shift:
    start, end, on = stretch(table)
    return Shift(start, end, table.whole("desks"), on)


def _group(table: Table) -> Group:
    return Group(
        key=table.name("key"),
        share=share(table, "share"),
        name=table.label("name"),
        attributes=pairs(table, "attributes"),
        hour_value=table.number("hour_value", 0, MOST) if "hour_value" in table else None,
        travel_minutes=table.number("travel_minutes", 0, MOST, default=0),
        travel_money=table.number("travel_money", 0, MOST, default=0),
        digital=table.share("digital", 1),
        priority=priority(table),
        tolerance_minutes=table.number("tolerance_minutes", 0, MOST, default=0),
        equity=table.flag("equity"),
    )


def _arrivals(table: Table, known: Known) -> Arrivals:
    return Arrivals(
        per_day=figure(table, "per_day"),
        per_day_for=for_groups(table, "per_day_for", known, figure),
        spans=tuple(_span(item, known) for item in table.items("span", optional=True)),
        before_opening=table.number("before_opening", 0, MOST, default=0),
        enters=one_of(table, "enters", "step", known, ""),
        backlog=tuple(
            Backlog(
                one_of(item, "step", "step", known),
                item.whole("count"),
                one_of(item, "group", "group", known, ""),
            )
            for item in table.items("backlog", optional=True)
        ),
        slots=tuple(_slots(item, known) for item in table.items("slots", optional=True)),
    )


def _span(table: Table, known: Known) -> Span:
    start, end, on = stretch(table)
    return Span(
        start, end, table.number("part", 0, 100), on, one_of(table, "group", "group", known, "")
    )


def _slots(table: Table, known: Known) -> Slots:
    start, end, on = stretch(table)
    return Slots(
        start,
        end,
        every=table.whole("every", 1),
        seats=table.whole("seats", 1, 1),
        no_show=optional_share(table, "no_show") or Share(0.0),
        step=one_of(table, "step", "step", known, ""),
        days=on,
        group=one_of(table, "group", "group", known, ""),
    )


def _document(table: Table, known: Known) -> Document:
    return Document(
        key=table.name("key"),
        name=table.label("name"),
        missing=optional_share(table, "missing") or Share(0.0),
        missing_for=for_groups(table, "missing_for", known, share),
        minutes=table.number("minutes", 0, MOST, default=0),
        money=table.number("money", 0, MOST, default=0),
        held_by=table.label("held_by"),
    )


def _rating(table: Table, known: Known) -> Rating:
    return Rating(
        step=one_of(table, "step", "step", known),
        value=table.number("value", -2, 2),
        group=one_of(table, "group", "group", known, ""),
        n=table.whole("n", default=0),
        evidence=table.list_of_words("evidence"),
    )


def _target(table: Table, known: Known) -> Target:
    return Target(
        metric=metric(table),
        target=table.number("target") if "target" in table else None,
        group=one_of(table, "group", "group", known, ""),
        smallest=table.number("smallest", 0, MOST, default=0),
    )
