"""What the lab's page shows of people: partners, sessions, how many were reached, raised hands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vuon.challenges import names
from vuon.vietnamese import fold
from vuon_web.accounts.permissions import Permission, Role, may
from vuon_web.labs import panels, queries
from vuon_web.labs.panels import Panel

if TYPE_CHECKING:
    from vuon_web.accounts.requests import Request
    from vuon_web.labs.models import Agency, Lab

ROLE_WORDS: dict[str, str | Promise] = {
    "first_adopter": _("first adopter"),
    "spreader": _("spreader"),
    "adviser": _("adviser"),
}

# What a link can make somebody, with what it means.
INVITED: dict[Role, str | Promise] = {
    Role.FACILITATOR: _("Facilitator: runs sessions, edits the lab"),
    Role.MENTOR: _("Mentor: accompanies teams, sees what they offer to the programme"),
    Role.MODERATOR: _("Moderator: looks after what is shown in the room"),
    Role.LAB_READER: _("Reader of group figures: sees no text of anybody"),
    Role.STEWARD: _("Data steward: decides about the lab's own plan and its staff"),
}


def register() -> None:
    """Put the panels on the lab's page."""
    panels.register("partners", 30, partners)
    panels.register("sessions", 60, sessions)
    panels.register("reached", 61, reached)
    panels.register("hands", 80, hands)
    panels.register("hours", 81, hours)
    panels.register("cases", 90, cases)


@dataclass(frozen=True)
class Partner:
    """A partner as the page shows it: under its name as written, with what that is today."""

    agency: Agency
    name: str
    description: str
    today: str
    note: str
    roles: tuple[str, ...]


def partner(agency: Agency) -> Partner:
    """A partner with its roles and present name in the page's language."""
    language = get_language() or "vi"
    name, description = agency.words.get(language, (agency.name, agency.description))
    found = names.resolve(agency.name)
    now = found.now.say(language) if found else ""
    note = found.note.say(language) if found and found.note else ""
    return Partner(
        agency,
        name,
        description,
        "" if fold(now) in fold(name) or now in note else now,
        note,
        tuple(str(ROLE_WORDS[role]) for role in agency.roles if role in ROLE_WORDS),
    )


def splits(agencies: list[Agency]) -> list[str]:
    """The texts whose split nobody has confirmed."""
    return list(dict.fromkeys(a.from_text for a in agencies if a.proposed))


def partners(request: Request, lab: Lab) -> Panel | None:
    """The partners in their order of importance."""
    found = list(queries.agencies(lab))
    rows = [partner(agency) for agency in found]
    described = {row.description for row in rows}
    context = {
        "lab": lab,
        "partners": rows,
        "shared": described.pop() if len(found) > 1 and len(described) == 1 else "",
        "splits": splits(found),
        "can_edit": may(request.audience, Permission.AGENCY_EDIT, lab.pk),
    }
    return Panel("labs/panels/partners.html", context)


def sessions(request: Request, lab: Lab) -> Panel | None:
    """What sessions there were, and the way to open one."""
    audience = request.audience
    context = {
        "lab": lab,
        "sessions": queries.sessions(lab)[:5],
        "mine": audience.rooms,
        "can_open": may(audience, Permission.SESSION_OPEN, lab.pk),
    }
    return Panel("labs/panels/sessions.html", context)


def reached(request: Request, lab: Lab) -> Panel | None:
    """How many people took part, if they are five or more."""
    any_session = queries.sessions(lab).exists()
    size = queries.reached(lab) if any_session else None
    return Panel("labs/panels/reached.html", {"lab": lab, "size": size}, aside=True)


def hands(request: Request, lab: Lab) -> Panel | None:
    """Hands raised: none can be raised yet, and the panel says what will stand here."""
    return Panel("labs/panels/hands.html", {"lab": lab}, aside=True)


def hours(request: Request, lab: Lab) -> Panel | None:
    """What the lab spends its hours on; says what will stand here."""
    return Panel("labs/panels/hours.html", {"lab": lab}, aside=True)


def cases(request: Request, lab: Lab) -> Panel | None:
    """Cases and where they spread; says what will stand here."""
    return Panel("labs/panels/cases.html", {"lab": lab}, aside=True)
