"""The safe-harbour file: that a permitted trial was done as it should be, with its gaps listed.

Four chapters, as the law asks: the procedure was followed, nothing was hidden, measures against
harm were taken, risks and complaints were reported and answered in time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vuon.errors import N_, Words
from vuon.trials.protocol import NONE, Protocol
from vuon.trials.record import Record
from vuon.trials.regimes import profile

CHAPTERS = {
    "procedure": N_("The procedure was followed"),
    "no_fraud": N_("Nothing was hidden"),
    "measures": N_("Measures against harm"),
    "reports": N_("Reports and complaints in time"),
}
#: Which events stand in which chapter.
KINDS = {
    "procedure": ("sealed", "submitted", "approved", "registered", "drawn", "extended"),
    "no_fraud": ("looked", "amended", "rows"),
    "measures": ("consent", "guardrail", "paused", "running", "stopped_early", "exit_decided"),
    "reports": ("incident", "reported", "complaint", "answered"),
}


@dataclass(frozen=True)
class Item:
    """One event of the record: what, when, with the hash of its line."""

    kind: str
    at: str
    sha256: str
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Dossier:
    """The file: items by chapter, and what is missing by chapter."""

    key: str
    plan_sha256: str
    last_sha256: str
    chapters: Mapping[str, tuple[Item, ...]]
    gaps: Mapping[str, tuple[Words, ...]]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not any(self.gaps.values())


def dossier(record: Record) -> Dossier:
    """The safe-harbour file of a record whose chain is whole.

    >>> from vuon.trials.protocol import Protocol
    >>> from vuon.trials.record import begin
    >>> found = dossier(begin(Protocol("checklist"), "2026-11-30T09:00:00+07:00"))
    >>> found.complete, len(found.chapters["procedure"])
    (False, 1)
    """
    chapters = {
        chapter: tuple(
            Item(str(link.event["kind"]), str(link.event.get("at", "")), link.sha256, link.event)
            for link in record.chain
            if link.event["kind"] in kinds
        )
        for chapter, kinds in KINDS.items()
    }
    plan = record.protocol
    gaps = {chapter: tuple(found(record, plan)) for chapter, found in _MISSING.items()}
    return Dossier(plan.key, record.sealed.sha256, record.last, chapters, gaps)


def _procedure(record: Record, plan: Protocol) -> list[Words]:
    found = []
    if not plan.need.question or not plan.need.why:
        found.append(Words(N_("The need test is not in the plan.")))
    if not record.events("approved"):
        found.append(Words(N_("No approval is recorded.")))
    if plan.lot.kind != NONE and not record.events("drawn"):
        found.append(Words(N_("The public lot is not recorded.")))
    if not record.events("registered") and "acknowledged" not in record.chain[0].event:
        found.append(Words(N_("Nobody acknowledged what the plan can show at best.")))
    rules = profile(plan.profile)
    if any(not rule.verified for rule in rules.rules):
        found.append(
            Words(N_("Rows of the profile “{name}” were not checked by a lawyer."),
                  {"name": plan.profile})
        )  # fmt: skip
    return found


def _no_fraud(record: Record, plan: Protocol) -> list[Words]:
    found = []
    unplanned = [each for each in record.events("looked") if each.get("planned") is False]
    if unplanned:
        found.append(
            Words(N_("Looks at results that were not planned: {count}."), {"count": len(unplanned)})
        )
    if not record.events("looked"):
        found.append(Words(N_("No reading of the rows is recorded.")))
    if any(not each.get("reason") for each in record.events("amended")):
        found.append(Words(N_("An amendment has no reason.")))
    return found


def _measures(record: Record, plan: Protocol) -> list[Words]:
    found = []
    if not plan.caps.people:
        found.append(Words(N_("The plan does not limit how many people take part.")))
    if not record.events("consent"):
        found.append(Words(N_("How many agreed, and to which version of the notice, is missing.")))
    if plan.rails and not record.events("guardrail"):
        found.append(Words(N_("The guardrails have no log.")))
    pauses = sum(bool(each.get("speaks")) for each in record.events("guardrail"))
    if pauses > len(record.events("paused")) + len(record.events("stopped_early")):
        found.append(Words(N_("A guardrail spoke, and no pause is recorded.")))
    if not plan.exit_plan:
        found.append(Words(N_("There is no plan for the end.")))
    return found


def _reports(record: Record, plan: Protocol) -> list[Words]:
    found = []
    for first, answer, words in (
        ("incident", "reported", N_("An incident was not reported: {which}.")),
        ("complaint", "answered", N_("A complaint was not answered: {which}.")),
    ):
        answered = {str(each.get("of", "")) for each in record.events(answer)}
        found += [
            Words(words, {"which": str(each.get("id", "?"))})
            for each in record.events(first)
            if str(each.get("id", "?")) not in answered
        ]
    return found


_MISSING: Mapping[str, Callable[[Record, Protocol], Sequence[Words]]] = {
    "procedure": _procedure,
    "no_fraud": _no_fraud,
    "measures": _measures,
    "reports": _reports,
}


def as_json(found: Dossier, language: str = "en") -> dict[str, Any]:
    """The file as plain values, worded in one language."""
    return {
        "trial": found.key,
        "plan": found.plan_sha256,
        "last": found.last_sha256,
        "complete": found.complete,
        "chapters": [
            {
                "title": Words(CHAPTERS[key]).say(language),
                "items": [
                    {"kind": item.kind, "at": item.at, "sha256": item.sha256}
                    | {
                        name: said
                        for name, said in item.said.items()
                        if name not in ("kind", "at", "sha256", "text", "plan")
                    }
                    for item in found.chapters[key]
                ],
                "missing": [each.say(language) for each in found.gaps[key]],
            }
            for key in CHAPTERS
        ],
        "note": Words(N_("This file is no legal advice.")).say(language),
    }
