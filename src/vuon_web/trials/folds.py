"""Where a trial stands, from the lines of its record and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from vuon.trials import file
from vuon.trials.lifecycle import MAJOR, STATES, Life, Step, changes
from vuon.trials.protocol import Protocol
from vuon.trials.record import SEALED, Record
from vuon.trials.sealing import Link

AMENDED, EXTENDED, AGREED = "amended", "extended", "approval"
#: Days of a month, on average.
MONTH = 365.25 / 12


@dataclass(frozen=True)
class Standing:
    """A trial now.

    Args:
        protocol: the plan as it is followed: the draft, or the sealed one with its amendments.
        chain: the record so far; empty for a draft that was never submitted.
        life: what happened so far.
        changed: fields that a major amendment changed after the seal.
    """

    protocol: Protocol
    chain: tuple[Link, ...]
    life: Life
    changed: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.life.state

    @property
    def record(self) -> Record | None:
        """The record since the plan was sealed; None before."""
        sealed = any(link.event["kind"] == SEALED for link in self.chain)
        return Record(self.chain) if sealed else None

    @property
    def draft(self) -> bool:
        """Whether the plan can still be changed freely."""
        return self.state in ("draft", "changes_requested")

    @property
    def ended(self) -> bool:
        """Whether nothing is measured any more."""
        return self.state in ("completed", "stopped_early", "analysed", "exit_decided", "closed")

    def events(self, *kinds: str) -> list[dict[str, Any]]:
        """The events of these kinds, in their order."""
        return [dict(link.event) for link in self.chain if link.event["kind"] in kinds]

    @property
    def ends(self) -> date | None:
        """The last day: that of the plan, and the months by which it was extended."""
        last, months = self.protocol.ends, sum(self.life.extended)
        return last + timedelta(days=round(months * MONTH)) if last and months else last

    @property
    def spent(self) -> float:
        """Million đồng so far."""
        return sum(float(each["million_dong"]) for each in self.events("spent"))


def fold(draft: Protocol, author: str, lines: Iterable[tuple[Link, str]]) -> Standing:
    """A trial from its draft and its lines, each with who made it (empty: a guardrail).

    >>> fold(Protocol("x"), "an", ()).state
    'draft'
    """
    life, plan, chain = Life(author), draft, []
    changed: tuple[str, ...] = ()
    for link, by in lines:
        chain.append(link)
        event, kind = link.event, str(link.event["kind"])
        at, reason = str(event["at"]), str(event.get("reason", ""))
        if kind == SEALED:
            plan = file.read(str(event["plan"]))
        elif kind == AGREED:
            life = replace(life, approvals=(*life.approvals, by))
        elif kind == EXTENDED:
            life = replace(life, extended=(*life.extended, int(event["months"])))
        elif kind == AMENDED:
            after = file.read(str(event["plan"]))
            major = tuple(each for each in changes(plan, after) if each in MAJOR)
            plan, changed = after, (*changed, *major)
            life = replace(life, version=life.version + 1)
            if major:
                life = replace(life, approvals=(), unapproved=True)
        elif kind in STATES:
            life = _stepped(life, Step(kind, by, at, reason))
    return Standing(plan, tuple(chain), life, changed)


def _stepped(life: Life, step: Step) -> Life:
    moved = replace(life, steps=(*life.steps, step))
    if step.to in ("submitted", "changes_requested"):
        return replace(moved, approvals=())
    return replace(moved, unapproved=False) if step.to in ("running", "approved") else moved
