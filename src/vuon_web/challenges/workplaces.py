"""Where one works on a task: each stage brings its place to the page of the task.

An upper app registers its place in `AppConfig.ready()`:
`workplaces.register("map", 30, place)` with `place(request, challenge) -> Workplace | None`; None
leaves it out for this person. The next steps are brought by `register_path`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from vuon.challenges.path import Done
from vuon.challenges.readiness import Frame
from vuon_web.accounts.requests import Request

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge


@dataclass(frozen=True)
class Workplace:
    """One place: its stage (1 to 9), a title, what stands there in a line, where it is.

    `counts` are numbers for `vuon.challenges.path.Done`.
    """

    stage: int
    title: str
    line: str
    url: str
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """A next step: the card's title, what it is for, minutes, why now, and where it is done."""

    key: str
    title: str
    purpose: str
    minutes: int
    why: str
    done_when: str
    card_url: str
    url: str = ""


Place = Callable[[Request, "Challenge"], Workplace | None]
Path = Callable[["Challenge", Frame, Done, int], list[Step]]

_places: dict[str, tuple[int, Place]] = {}
_paths: list[Path] = []


def register(key: str, order: int, place: Place) -> None:
    """Put a place on the page of every task; lower orders stand higher."""
    _places[key] = (order, place)


def register_path(path: Path) -> None:
    """Say how the next steps of a task are found."""
    _paths[:] = [path]


def of(request: Request, challenge: Challenge) -> list[Workplace]:
    """The places of a task for whoever asks, in order."""
    ordered = sorted(_places.values(), key=lambda row: row[0])
    return [found for _, place in ordered if (found := place(request, challenge))]


def done(places: list[Workplace]) -> Done:
    """What there is already, from the counts of all places."""
    counts: dict[str, Any] = {}
    for place in places:
        for key, value in place.counts.items():
            counts[key] = counts.get(key, 0) + value
    known = {each.name for each in fields(Done)}
    return Done(**{key: value for key, value in counts.items() if key in known})


def next_steps(challenge: Challenge, frame: Frame, so_far: Done, most: int) -> list[Step]:
    """The smallest path from here."""
    return _paths[0](challenge, frame, so_far, most) if _paths else []
