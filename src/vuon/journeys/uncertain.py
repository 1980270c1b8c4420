"""What nobody knows exactly in a journey's figures, and the journey with other figures.

A figure is uncertain if somebody gave an interval for it or if it rests on a number of
observations. Names of figures are those of `running.figures`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from vuon.journeys.dists import between, centre, draw, draw_share, scaled
from vuon.journeys.figures import Dist, Figure, For, Share
from vuon.journeys.model import Arrivals, Document, Edge, Journey, Step
from vuon.journeys.running import figures

Uncertain = Figure | Dist
_F = TypeVar("_F", bound=Figure | Dist)


class _Change(Protocol):
    def __call__(self, name: str, figure: _F, /) -> _F: ...


@dataclass(frozen=True)
class Unknown:
    """An uncertain figure: its name, its light, its best value and its 90 % interval.

    For a distribution value and interval are of its mean (of its median for "quantiles").
    """

    name: str
    light: str
    value: float
    low: float
    high: float


def unknowns(journey: Journey) -> tuple[Unknown, ...]:
    """The uncertain figures of a journey, in the order of its parts."""
    found = []
    for name, figure in figures(journey):
        low, high = _value(drawn(figure, 0.05)), _value(drawn(figure, 0.95))
        if low < high:
            found.append(Unknown(name, figure.light, _value(figure), low, high))
    return tuple(found)


def silent(journey: Journey) -> tuple[str, ...]:
    """The figures that are assumed and of which nobody said how uncertain they are."""
    known = {each.name for each in unknowns(journey)}
    return tuple(
        name for name, figure in figures(journey) if figure.light == "assumed" and name not in known
    )


def _value(figure: Uncertain) -> float:
    return centre(figure) if isinstance(figure, Dist) else figure.value


def drawn(figure: _F, u: float, v: float = 0.5) -> _F:
    """One of the figures that the interval, or the number of observations, leaves possible."""
    if isinstance(figure, Dist):
        return draw(figure, u, v)  # type: ignore[return-value]
    if isinstance(figure, Share):
        return draw_share(figure, u)  # type: ignore[return-value]
    if figure.low is not None and figure.high is not None and figure.high > figure.low:
        return replace(figure, value=between(figure.low, figure.high, u))
    return figure


def at(figure: _F, value: float) -> _F:
    """The figure with another value; a distribution is stretched to have that mean."""
    if not isinstance(figure, Dist):
        return replace(figure, value=value)
    middle = centre(figure)
    return scaled(figure, value / middle) if middle else figure  # type: ignore[return-value]


def outer(journey: Journey, luck: Callable[[str], float]) -> Journey:
    """The journey with every uncertain figure drawn.

    Args:
        luck: a number strictly between 0 and 1 for the name of a figure, and for the name with
            "/spread" behind it. Two variants under the same luck share what they share.
    """

    def change(name: str, each: _F) -> _F:
        return drawn(each, luck(name), luck(f"{name}/spread"))

    return changed(journey, change)


def with_values(journey: Journey, values: Mapping[str, float]) -> Journey:
    """The journey with the figures that are named at other values."""

    def change(name: str, each: _F) -> _F:
        return at(each, values[name]) if name in values else each

    return changed(journey, change)


def changed(journey: Journey, change: _Change) -> Journey:
    """The journey with each figure changed by its name; shares of groups sum to 1 again."""
    groups = tuple(
        replace(each, share=change(f"group:{each.key}:share", each.share))
        for each in journey.groups
    )
    whole = sum(each.share.value for each in groups)
    if groups != journey.groups and whole > 0:
        groups = tuple(
            replace(each, share=replace(each.share, value=each.share.value / whole))
            for each in groups
        )
    return replace(
        journey,
        groups=groups,
        arrivals=_arrivals(journey.arrivals, change) if journey.arrivals else None,
        documents=tuple(_document(each, change) for each in journey.documents),
        steps=tuple(_step(each, change) for each in journey.steps),
        edges=tuple(_edge(each, change) for each in journey.edges),
    )


def _pairs(name: str, pairs: For[_F], change: _Change) -> For[_F]:
    return tuple((key, change(f"{name}:{key}", each)) for key, each in pairs)


def _arrivals(part: Arrivals, change: _Change) -> Arrivals:
    name = "arrivals:per_day"
    return replace(
        part,
        per_day=change(name, part.per_day),
        per_day_for=_pairs(name, part.per_day_for, change),
    )


def _document(part: Document, change: _Change) -> Document:
    name = f"document:{part.key}:missing"
    return replace(
        part,
        missing=change(name, part.missing),
        missing_for=_pairs(name, part.missing_for, change),
    )


def _step(part: Step, change: _Change) -> Step:
    found: dict[str, Any] = {}
    for field in ("service", "patience", "gives_up"):
        name, now = f"step:{part.key}:{field}", getattr(part, field)
        found[field] = None if now is None else change(name, now)
        found[f"{field}_for"] = _pairs(name, getattr(part, f"{field}_for"), change)
    return replace(part, **found)


def _edge(part: Edge, change: _Change) -> Edge:
    name = f"edge:{part.key}:share"
    return replace(
        part,
        share=None if part.share is None else change(name, part.share),
        share_for=_pairs(name, part.share_for, change),
        delay=None if part.delay is None else change(f"edge:{part.key}:delay", part.delay),
    )


__all__ = ["Unknown", "at", "changed", "drawn", "outer", "silent", "unknowns",
           "with_values"]  # fmt: skip
