"""Journeys that run, small enough to be understood: queues with known answers, and one of every kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from vuon.journeys.file import read
from vuon.journeys.model import (
    Arrivals,
    Calendar,
    Dist,
    Edge,
    Figure,
    Group,
    Hours,
    Journey,
    Resource,
    Share,
    Step,
)
from vuon.toml.table import Text

SIX = Path(__file__).parent / "unit" / "journey6.toml"
ALWAYS = (Hours(0, 1440, tuple(range(7))),)
MONDAY = date(2026, 10, 5)
DAY = 1440


def journey6(days: int = 1) -> Journey:
    """The six steps that benchmarks and other simulators share, over so many days."""
    journey = read(SIX)
    assert journey.calendar
    return replace(journey, calendar=replace(journey.calendar, horizon_days=days))


def exponential(mean: float) -> Dist:
    """An exponential time."""
    return Dist.of("exponential", mean=mean)


def const(minutes: float) -> Dist:
    """Always the same time."""
    return Dist.of("const", value=minutes)


def queue(
    rate: float,
    service: Dist,
    desks: int = 1,
    *,
    days: int = 3,
    patience: Dist | None = None,
    priorities: Sequence[tuple[int, float]] = ((1, 1.0),),
    rework: float = 0.0,
) -> Journey:
    """One pool of desks, open day and night, people at a steady rate a minute.

    `priorities` are pairs of priority class and share, one group each.
    """
    groups = tuple(
        Group(f"class_{priority}", Share(share), priority=priority)
        for priority, share in priorities
    )
    back = (Edge("desk", "desk", rework=True, share=Share(rework)),) if rework else ()
    return Journey(
        "queue",
        Text("Hàng chờ"),
        (
            Step(
                "desk",
                Text("Quầy"),
                kind="desk",
                resource="desks",
                service=service,
                patience=patience,
            ),
            Step("done", Text("Xong"), kind="end"),
        ),
        edges=(Edge("desk", "done"), *back) if rework else (),
        calendar=Calendar(MONDAY, days, ALWAYS),
        groups=groups,
        arrivals=Arrivals(Figure(rate * DAY)),
        resources=(Resource("desks", desks=desks),),
    )


def office(**fields: object) -> Journey:
    """A ward's counter on five weekdays: a form at home, a queue in opening hours, a back office."""
    found = Journey(
        "office",
        Text("Một cửa"),
        (
            Step("form", Text("Tờ khai"), service=const(20)),
            Step(
                "counter", Text("Quầy"), kind="desk", resource="desks", new_visit=True, fee=8000,
                service=Dist.of("lognormal", mean=12, sigma=0.6),
            ),
            Step("check", Text("Thẩm tra"), kind="backoffice", service=const(450)),
            Step("done", Text("Xong"), kind="end"),
        ),
        calendar=Calendar(MONDAY, 5),
        groups=(
            Group("young", Share(0.7), travel_minutes=20, travel_money=10000, tolerance_minutes=30),
            Group("old", Share(0.3), travel_minutes=40, travel_money=20000, tolerance_minutes=30),
        ),
        arrivals=Arrivals(Figure(60)),
        resources=(Resource("desks", desks=2, cost_per_hour=60000),),
    )  # fmt: skip
    return replace(found, **fields)  # type: ignore[arg-type]
