"""What a truth says of the counter: where each cause sends people home, and on which days more.

With it and with the hours, desks and arrivals of `journey.toml` a place has a journey that runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vuon.errors import N_, Words
from vuon.journeys.model import DAYS, Journey
from vuon.practice.place import Place
from vuon.toml.table import Table


@dataclass(frozen=True)
class SendsHome:
    """How one cause sends people home.

    Args:
        step: the step of `journey.toml` behind which it shows.
        paper: whether it is a paper that they lack.
        busy: how much heavier it weighs on busy days than on average; on other days it weighs so
            much less that the mean over all who come is 1.
    """

    step: str
    paper: bool
    busy: float


@dataclass(frozen=True)
class Counter:
    """The counter of a place that has a journey that runs.

    Args:
        step: the step of `journey.toml` where people queue for a desk.
        busy_days: 0 is Monday; none where all days are alike.
        causes: how each of the causes sends people home.
    """

    step: str
    busy_days: tuple[int, ...]
    causes: Mapping[str, SendsHome]


def read_counter(truth: Table, place: Place) -> Counter | None:
    """The counter of `truth.toml`; None for a place without one.

    Raises:
        VuonError: `table.…` for what does not fit the place; `place.no_counter` if its journey
            does not say who comes when, and at which desk they are served how long.
    """
    if "counter" not in truth:
        return None
    table = truth.inner("counter")
    keys = list(place.journey.keys)
    found = Counter(
        step=table.among("step", keys),
        busy_days=tuple(DAYS.index(day) for day in table.names("busy_days", DAYS))
        if "busy_days" in table
        else (),
        causes=_causes(table.inner("sends_home"), place, keys),
    )
    if not runs(place.journey, found.step):
        raise table.wrong(
            "place.no_counter",
            Words(
                N_("The journey does not say who comes to {step} and when."), {"step": found.step}
            ),
            Words(N_("Give journey.toml a calendar, arrivals, desks and minutes at the desk.")),
            "step",
        )
    return found


def _causes(table: Table, place: Place, keys: list[str]) -> Mapping[str, SendsHome]:
    known = [cause.key for cause in place.causes]
    for name in table.values:
        if name not in known:
            raise table.none_of(name, name, known)
    return {
        key: SendsHome(
            inner.among("step", keys), inner.flag("paper"), inner.number("busy", 0, 5, default=1)
        )
        for key in known
        for inner in [table.inner(key)]
    }


def runs(journey: Journey, step: str) -> bool:
    """Whether the journey says enough of the counter at `step` for a week to run."""
    desk = journey.step(step)
    pools = [each for each in journey.resources if each.key == desk.resource]
    return bool(
        journey.calendar
        and journey.arrivals
        and desk.service
        and pools
        and pools[0].closing == "finish"
    )
