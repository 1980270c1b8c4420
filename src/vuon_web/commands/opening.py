"""Which lab `vuon up` opens, and the one-time link by which somebody leads it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from vuon.errors import N_, Words, terminal_language
from vuon_web import shipped
from vuon_web.activities.opening import open_from_plan, open_shipped
from vuon_web.challenges.queries import lab_documents
from vuon_web.commands.poster import poster_pdf
from vuon_web.labs import actions, queries


@dataclass(frozen=True)
class Opened:
    """The lab that is served: its title, its page, the facilitator's link, remarks."""

    title: str
    lab_path: str
    link_path: str
    notes: tuple[str, ...] = ()

    def write_poster(self, address: str) -> Path:
        """Write the poster by which phones find this computer; returns where it lies."""
        path: Path = settings.DATA / "poster.pdf"
        path.write_bytes(poster_pdf(address))
        return path


def open_lab(plan: bytes | None, name: str) -> Opened:
    """Open the lab of `plan`, or the shipped one if there is none; the same again changes nothing.

    Raises:
        VuonError: the plan is refused.
    """
    if plan is not None:
        lab = open_from_plan(content=plan, name=name, by=None)
    else:
        lab = queries.the_lab() or open_shipped(shipped("examples") / "founding-lab")
    token = actions.invite_staff(lab=lab, by=None)
    link = reverse("accounts:facilitate", args=[token])
    notes = _notes(lab.pk) if plan else ()
    return Opened(lab.called, reverse("labs:lab", args=[lab.slug]), link, notes)


def _notes(lab_id: int) -> tuple[str, ...]:
    """What the person who opened the lab should know about its plan."""
    found = lab_documents(lab_id, terminal_language())
    lost = [issue for plan in islice(found, 1) for issue in plan.issues if issue.severity != "note"]
    if not lost:
        return ()
    tongue = terminal_language()
    sentence = Words(
        N_("The plan had {count} irregularities; its page says which and what was done."),
        {"count": len(lost)},
    )
    return (sentence.say(tongue),)
