"""The panels of which the lab's page, and the pages of a session, are made.

An upper app registers its panels in `AppConfig.ready()`: `panels.register("challenge", 10, panel)`
with `panel(request, lab) -> Panel | None`; None leaves it out for this person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vuon_web.accounts.requests import Request

if TYPE_CHECKING:
    from vuon_web.labs.models import Lab, Participation, Session


@dataclass(frozen=True)
class Panel:
    """One part of a page: its template and what the template needs.

    `wide` panels span both columns; `aside` panels stand in the narrow one.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    aside: bool = False
    key: str = ""


LabPanel = Callable[[Request, "Lab"], Panel | None]
SessionPanel = Callable[[Request, "Participation"], Panel | None]
RunPanel = Callable[[Request, "Session"], Panel | None]

_of_lab: dict[str, tuple[int, LabPanel]] = {}
_of_session: dict[str, tuple[int, SessionPanel]] = {}
_of_run: dict[str, tuple[int, RunPanel]] = {}


def register(key: str, order: int, panel: LabPanel) -> None:
    """Put a panel on the lab's page; lower orders stand higher."""
    _of_lab[key] = (order, panel)


def register_for_session(key: str, order: int, panel: SessionPanel) -> None:
    """Put a panel on a participant's page of a session."""
    _of_session[key] = (order, panel)


def register_for_run(key: str, order: int, panel: RunPanel) -> None:
    """Put a panel on the page of a session as those who run it see it."""
    _of_run[key] = (order, panel)


def of_lab(request: Request, lab: Lab) -> list[Panel]:
    """The panels of a lab's page for whoever asks, in order."""
    return _made(_of_lab, lambda panel: panel(request, lab))


def of_session(request: Request, part: Participation) -> list[Panel]:
    """The panels of a session's page for whoever asks, in order."""
    return _made(_of_session, lambda panel: panel(request, part))


def of_run(request: Request, session: Session) -> list[Panel]:
    """The panels of a session's page for those who run it, in order."""
    return _made(_of_run, lambda panel: panel(request, session))


def _made(
    registered: dict[str, tuple[int, Any]], make: Callable[[Any], Panel | None]
) -> list[Panel]:
    made = []
    for key, (_, panel) in sorted(registered.items(), key=lambda row: (row[1][0], row[0])):
        found = make(panel)
        if found is not None:
            made.append(Panel(found.template, {"key": key, **found.context}, found.aside, key))
    return made
