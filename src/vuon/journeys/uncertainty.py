"""What is uncertain in a journey's figures, and one of the journeys that they leave possible.

For an outer loop: every figure with an interval or a number of observations is drawn at its own u,
by the name that `figures` gives it. A figure without either is taken as it is, which is not the
same as being sure of it: `unsaid` names those that are assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from vuon.journeys.dists import between, draw, draw_share
from vuon.journeys.figures import Dist, Figure, For, Share
from vuon.journeys.model import Document, Edge, Journey, Step
from vuon.journeys.running import figures
from vuon.journeys.special import gamma_quantile

_T = TypeVar("_T", Share, Dist, Figure)


def uncertain(journey: Journey) -> tuple[str, ...]:
    """The names of the figures that can be drawn, in the order of the journey.

    >>> from vuon.journeys.model import Arrivals
    >>> from vuon.toml.table import Text
    >>> uncertain(Journey("a", Text(), arrivals=Arrivals(Figure(150, low=130, high=175))))
    ('arrivals:per_day',)
    """
    return tuple(name for name, figure in figures(journey) if _has_room(figure))


def unsaid(journey: Journey) -> tuple[str, ...]:
    """The names of assumed figures for which nobody said how wrong they may be."""
    return tuple(
        name
        for name, figure in figures(journey)
        if figure.light == "assumed" and not _has_room(figure)
    )


def _has_room(figure: Figure | Dist) -> bool:
    if figure.low is not None:
        return True
    return figure.n > 1 and not (isinstance(figure, Dist) and figure.family == "const")


def drawn(journey: Journey, at: Mapping[str, float]) -> Journey:
    """The journey with the named figures drawn at their u, strictly between 0 and 1; others stay.

    Shares of groups are made to sum to 1 again, and shares behind a step not to exceed it.

    >>> from vuon.journeys.model import Arrivals
    >>> from vuon.toml.table import Text
    >>> way = Journey("a", Text(), arrivals=Arrivals(Figure(150, low=130, high=175)))
    >>> round(drawn(way, {"arrivals:per_day": 0.95}).arrivals.per_day.value, 6)
    175.0
    """
    journey = replace(
        journey,
        steps=tuple(_step(each, at) for each in journey.steps),
        edges=tuple(_edge(each, at) for each in journey.edges),
        documents=tuple(_document(each, at) for each in journey.documents),
    )
    if journey.arrivals:
        rate = _one("arrivals:per_day", journey.arrivals.per_day, at, _rate)
        own = _own("arrivals:per_day", journey.arrivals.per_day_for, at, _rate)
        journey = replace(
            journey, arrivals=replace(journey.arrivals, per_day=rate, per_day_for=own)
        )
    return _whole(_groups(journey, at), at)


def _one(name: str, figure: _T, at: Mapping[str, float], change: Callable[[_T, float], _T]) -> _T:
    return change(figure, at[name]) if name in at else figure


def _own(
    name: str, pairs: For[_T], at: Mapping[str, float], change: Callable[[_T, float], _T]
) -> For[_T]:
    return tuple((key, _one(f"{name}:{key}", each, at, change)) for key, each in pairs)


def _rate(figure: Figure, u: float) -> Figure:
    """A rate drawn lognormal through its interval, else Gamma of its counts."""
    if figure.low is not None and figure.high is not None:
        return replace(figure, value=between(figure.low, figure.high, u))
    if figure.n:
        shape = 0.5 + figure.n
        return replace(figure, value=figure.value * gamma_quantile(shape, u) / shape)
    return figure


def _step(step: Step, at: Mapping[str, float]) -> Step:
    name = f"step:{step.key}"
    found = replace(
        step,
        service_for=_own(f"{name}:service", step.service_for, at, draw),
        patience_for=_own(f"{name}:patience", step.patience_for, at, draw),
        gives_up_for=_own(f"{name}:gives_up", step.gives_up_for, at, draw_share),
    )
    if step.service:
        found = replace(found, service=_one(f"{name}:service", step.service, at, draw))
    if step.patience:
        found = replace(found, patience=_one(f"{name}:patience", step.patience, at, draw))
    if step.gives_up:
        found = replace(found, gives_up=_one(f"{name}:gives_up", step.gives_up, at, draw_share))
    return found


def _edge(edge: Edge, at: Mapping[str, float]) -> Edge:
    name = f"edge:{edge.key}"
    found = replace(edge, share_for=_own(f"{name}:share", edge.share_for, at, draw_share))
    if edge.share:
        found = replace(found, share=_one(f"{name}:share", edge.share, at, draw_share))
    if edge.delay:
        found = replace(found, delay=_one(f"{name}:delay", edge.delay, at, draw))
    return found


def _document(document: Document, at: Mapping[str, float]) -> Document:
    name = f"document:{document.key}:missing"
    return replace(
        document,
        missing=_one(name, document.missing, at, draw_share),
        missing_for=_own(name, document.missing_for, at, draw_share),
    )


def _groups(journey: Journey, at: Mapping[str, float]) -> Journey:
    names = [f"group:{group.key}:share" for group in journey.groups]
    if not any(name in at for name in names):
        return journey
    shares = [
        _one(name, group.share, at, draw_share)
        for name, group in zip(names, journey.groups, strict=True)
    ]
    whole = sum(share.value for share in shares)
    return replace(
        journey,
        groups=tuple(
            replace(group, share=replace(share, value=share.value / whole))
            for group, share in zip(journey.groups, shares, strict=True)
        ),
    )


def _whole(journey: Journey, at: Mapping[str, float]) -> Journey:
    """Shares behind a step sum to 1 again: the last edge that leads on takes what is left, and
    where the others exceed 1 for some group they shrink alike."""
    touched = {
        name.split(":")[1].split("->")[0] for name in at if name.startswith(("edge:", "step:"))
    }
    for key in touched & set(journey.keys):
        journey = _leaving(journey, journey.step(key))
    return journey


def _leaving(journey: Journey, step: Step) -> Journey:
    onward = [e for e in journey.edges if e.source == step.key and not e.rework and not e.papers]
    if onward and all(e.share and not e.only_if for e in onward):
        rest = replace(onward[-1], share=None, share_for=())
        edges = tuple(rest if e is onward[-1] else e for e in journey.edges)
        journey = replace(journey, edges=edges)
    most = 1.0
    out = [e for e in (*journey.way, *journey.returns) if e.source == step.key and not e.papers]
    for group in journey.groups:
        shares = [e.share_of(group.key) for e in out if e.open_to(group)]
        most = max(most, sum(s.value for s in (*shares, step.gives_up_of(group.key)) if s))
    if most == 1:
        return journey
    return replace(
        journey,
        steps=tuple(
            _shrunk(each, 1 / most, "gives_up") if each.key == step.key else each
            for each in journey.steps
        ),
        edges=tuple(
            _shrunk(each, 1 / most, "share") if each.source == step.key else each
            for each in journey.edges
        ),
    )


_Holder = TypeVar("_Holder", Step, Edge)


def _shrunk(part: _Holder, factor: float, name: str) -> _Holder:
    share: Share | None = getattr(part, name)
    pairs: For[Share] = getattr(part, f"{name}_for")
    small = [(key, replace(each, value=each.value * factor)) for key, each in pairs]
    return replace(
        part,
        **{
            name: replace(share, value=share.value * factor) if share else None,
            f"{name}_for": tuple(small),
        },  # type: ignore[arg-type]
    )
