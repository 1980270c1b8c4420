"""The parts of `journey.toml` as they are read; every refusal names the file and the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from vuon.errors import N_, VuonError, Words
from vuon.journeys.figures import FAMILIES, LIGHTS, SOURCES, Dist, Figure, For, Share
from vuon.journeys.people import METRICS, PRIORITIES
from vuon.journeys.staffing import DAYS, WORKING_DAYS
from vuon.toml.table import Table

_T = TypeVar("_T")
_CLOCK = re.compile(r"(\d\d):([0-5]\d)\Z")
#: A minute count or an amount in đồng stays below this.
MOST = 1e9
#: What is known of a journey while its parts are read: keys by kind.
Known = dict[str, tuple[str, ...]]

KINDS_OF_KEYS = {
    "step": N_("no step of this journey"),
    "group": N_("no group of this journey"),
    "resource": N_("no resource of this journey"),
    "document": N_("no document of this journey"),
}


def known_keys(table: Table) -> Known:
    """The keys of all parts, as they stand in the file, before any part is read."""
    found: Known = {}
    for kind in KINDS_OF_KEYS:
        items = table.values.get(kind, ())
        found[kind] = tuple(
            each["key"]
            for each in (items if isinstance(items, list) else ())
            if isinstance(each, dict) and isinstance(each.get("key"), str)
        )
    return found


def unknown(table: Table, kind: str, value: str, key: str) -> VuonError:
    """The error that `value`, which stands at `key`, is no part of the journey."""
    if kind == "step":
        what = Words(N_("{step} is no step of this journey."), {"step": value})
        do = Words(N_("Correct its spelling, or add the step."))
    else:
        what = Words(N_("{key} is {kind}."), {"key": value, "kind": Words(KINDS_OF_KEYS[kind])})
        do = Words(N_("Correct its spelling, or add it with this key."))
    return table.wrong(f"journey.unknown_{kind}", what, do, key)


def one_of(table: Table, key: str, kind: str, known: Known, default: str | None = None) -> str:
    """The key of a part that must be there; `default` where it is left out."""
    found = table.name(key, default)
    if found != default and found not in known[kind]:
        raise unknown(table, kind, found, key)
    return found


def several_of(table: Table, key: str, kind: str, known: Known) -> tuple[str, ...]:
    """Keys of parts that must be there."""
    found = table.list_of_words(key)
    for each in found:
        if each not in known[kind]:
            raise unknown(table, kind, each, key)
    return found


def figure(table: Table, key: str, most: float = MOST) -> Figure:
    """A number from 0 with what it rests on: a table, or a bare number, which is assumed."""
    return Figure(*_figure(table, key, most))


def share(table: Table, key: str) -> Share:
    """A share with what it rests on: a table, or a bare number, which is assumed."""
    return Share(*_figure(table, key, 1))


def _figure(table: Table, key: str, most: float) -> tuple[Any, ...]:
    if not isinstance(table.values.get(key), dict):
        return (table.number(key, 0, most),)
    inner = table.inner(key)
    value = inner.number("value", 0, most)
    low, high = _interval(inner, value, most)
    return (
        value,
        inner.among("light", LIGHTS, "assumed"),
        low,
        high,
        inner.whole("n", default=0),
        inner.list_of_words("evidence"),
    )


def _interval(table: Table, value: float | None, most: float) -> tuple[float | None, float | None]:
    if "low" not in table and "high" not in table:
        return None, None
    low, high = table.number("low", 0, most), table.number("high", 0, most)
    if low > high or (value is not None and not low <= value <= high):
        raise table.wrong(
            "journey.interval",
            Words(
                N_("The interval from {low} to {high} does not hold the value between them."),
                {"low": low, "high": high},
            ),
            Words(N_("Write low below the value and high above it.")),
            "low",
        )
    return low, high


def optional_share(table: Table, key: str) -> Share | None:
    """A share; None where it is left out."""
    return share(table, key) if key in table else None


def dist(table: Table, key: str) -> Dist | None:
    """A distribution of minutes; None where it is left out. A bare number is always that long."""
    if key not in table:
        return None
    if not isinstance(table.values[key], dict):
        return Dist("const", (("value", table.number(key, 0, MOST)),))
    inner = table.inner(key)
    family = inner.among("family", list(FAMILIES))
    names = next(
        (each for each in FAMILIES[family] if all(name in inner for name in each)),
        FAMILIES[family][0],
    )
    parameters = tuple((name, _parameter(inner, name)) for name in names)
    values = inner.numbers("values") if family == "empirical" else ()
    _sensible(inner, family, dict(parameters), values)
    # The low and high of a uniform one are its own, not an interval of its mean.
    low, high = (None, None) if family == "uniform" else _interval(inner, None, MOST)
    return Dist(
        family,
        parameters,
        values,
        low,
        high,
        inner.whole("n", default=0),
        inner.among("source", list(SOURCES), "guess"),
        inner.list_of_words("evidence"),
    )


def _parameter(table: Table, name: str) -> float:
    if name in ("sigma", "shape"):
        return table.number(name, 0.001, 100)
    return table.number(name, 0, MOST)


def _sensible(table: Table, family: str, found: dict[str, float], values: Iterable[float]) -> None:
    rising = [found[name] for name in ("low", "high", "p10", "p50", "p90") if name in found]
    rising = rising if family in ("uniform", "quantiles") else []
    positive = [found[name] for name in ("mean", "scale") if name in found]
    positive += [found["p50"]] if family == "lognormal" and "p50" in found else []
    values = list(values)
    if (
        rising != sorted(rising)
        or any(value <= 0 for value in positive)
        or any(value < 0 for value in values)
        or (family == "empirical" and not values)
    ):
        raise table.wrong(
            "journey.distribution",
            Words(N_("{key} is no distribution of minutes."), {"key": table.named("")}),
            Words(N_("Times are above 0 and rise from the short to the long ones.")),
        )


def for_groups(
    table: Table, key: str, known: Known, read: Callable[[Table, str], _T | None]
) -> For[_T]:
    """Values of single groups, in the order of the file."""
    if key not in table:
        return ()
    inner = table.inner(key)
    found = []
    for group in inner.values:
        if group not in known["group"]:
            raise unknown(inner, "group", group, group)
        value = read(inner, group)
        assert value is not None
        found.append((group, value))
    return tuple(found)


def pairs(table: Table, key: str) -> tuple[tuple[str, str], ...]:
    """Names and values, in the order of the file."""
    if key not in table:
        return ()
    inner = table.inner(key)
    return tuple((name, inner.words(name)) for name in inner.values)


def clock(table: Table, key: str, default: int | None = None) -> int:
    """A time of the day, written "07:30" up to "24:00", as minutes from midnight."""
    if default is not None and key not in table:
        return default
    match = _CLOCK.match(table.words(key))
    minutes = int(match[1]) * 60 + int(match[2]) if match else -1
    if not 0 <= minutes <= 1440:
        raise table.kind(key, N_("a time of the day, written 07:30"))
    return minutes


def stretch(table: Table) -> tuple[int, int, tuple[int, ...]]:
    """Start, end and days of a stretch of the day; Monday to Friday where no days are named."""
    start, end = clock(table, "start"), clock(table, "end")
    if end <= start:
        raise table.wrong(
            "journey.end_before_start",
            Words(N_("The end is not after the start.")),
            Words(N_("Correct one of the two times.")),
            "end",
        )
    return start, end, days(table, "days", WORKING_DAYS)


def days(table: Table, key: str, default: tuple[int, ...] = ()) -> tuple[int, ...]:
    """Days of the week as numbers, Monday first."""
    named = table.names(key, DAYS)
    return tuple(sorted({DAYS.index(each) for each in named})) if key in table else default


def dates(table: Table, key: str) -> tuple[date, ...]:
    """Days of the year."""
    if key not in table:
        return ()
    table.finished(key)
    value = table.values[key]
    if not isinstance(value, list) or any(
        not isinstance(each, date) or isinstance(each, datetime) for each in value
    ):
        raise table.kind(key, N_("a list of days, written 2026-11-30"))
    return tuple(sorted(value))


def metric(table: Table) -> str:
    """What a target is about."""
    return table.among("metric", METRICS)


def priority(table: Table) -> int:
    """A class in the queue, 0 first."""
    found = table.whole("priority", default=1)
    if found >= PRIORITIES:
        raise table.kind("priority", N_("a class from 0 to 7"))
    return found
