"""The safe-harbour file: that a permitted trial was done as it should be, with its gaps listed.

Four chapters, as the law asks: the procedure was followed, nothing was hidden, measures against
harm were taken, risks and complaints were reported and answered in time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vuon.errors import N_, Words
from vuon.toml.table import Text
from vuon.trials.dossier_words import sentence
from vuon.trials.figures import Written
from vuon.trials.lifecycle import MAJOR
from vuon.trials.protocol import NONE, UNSAID, Protocol
from vuon.trials.record import Record
from vuon.trials.regimes import profile
from vuon.trials.sealing import Link

CHAPTERS = {
    "procedure": N_("The procedure was followed"),
    "no_fraud": N_("Nothing was hidden"),
    "measures": N_("Measures against harm"),
    "reports": N_("Reports and complaints in time"),
}
#: Which events stand in which chapter; an event of any other kind stands in `OTHERS`.
KINDS = {
    "procedure": ("draft", "brought", "submitted", "in_review", "changes_requested", "approval",
                  "approved", "rejected", "withdrawn", "sealed", "registered", "drawn",
                  "recruiting", "extended", "completed"),
    "no_fraud": ("looked", "amended", "rows", "analysed"),
    "measures": ("consent", "spent", "guardrail", "paused", "running", "stopped_early",
                 "exit_decided", "closed"),
    "reports": ("incident", "reported", "complaint", "answered"),
}  # fmt: skip
OTHERS = "no_fraud"


@dataclass(frozen=True)
class Item:
    """One event of the record: what, when, with the hash of its line.

    Args:
        said: what stands in the event.
        name: what the plan calls the guardrail that the event is about; empty for others.
        owner: the office that is answerable by the plan, in whose name its writers act.
    """

    kind: str
    at: str
    sha256: str
    said: Mapping[str, Any]
    name: Text = UNSAID
    owner: Text = UNSAID


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
    plan = record.protocol
    items = [item_of(link, plan) for link in record.chain]
    chapters = {
        chapter: tuple(item for item in items if _chapter(item.kind) == chapter)
        for chapter in CHAPTERS
    }
    gaps = {chapter: tuple(found(record, plan)) for chapter, found in _MISSING.items()}
    return Dossier(plan.key, record.sealed.sha256, record.last, chapters, gaps)


def say(item: Item) -> Words:
    """The item in a plain sentence.

    >>> str(say(Item("submitted", "2026-11-20T09:00:00+07:00", "5f", {"by": "An"})))
    'The plan was submitted. By: An.'
    """
    return sentence(item.kind, item.said, item.name, item.owner)


def item_of(link: Link, plan: Protocol) -> Item:
    """An event of a record as an item, with what the plan calls the guardrail it is about."""
    said = link.event
    asked = {str(said.get("key", "")), str(said.get("reason", ""))}
    name = next((rail.name or Text(rail.key) for rail in plan.rails if rail.key in asked), UNSAID)
    return Item(str(said["kind"]), str(said.get("at", "")), link.sha256, said, name, plan.owner)


def _chapter(kind: str) -> str:
    return next((chapter for chapter, kinds in KINDS.items() if kind in kinds), OTHERS)


def _procedure(record: Record, plan: Protocol) -> list[Words]:
    found = []
    if not plan.need.question or not plan.need.why:
        found.append(Words(N_("The need test is not in the plan.")))
    found += [*_approval(record, plan), *_major_changes(record)]
    if plan.lot.kind != NONE and not record.events("drawn"):
        found.append(Words(N_("The public lot is not recorded.")))
    if not record.events("registered") and "acknowledged" not in record.seal.event:
        found.append(Words(N_("Nobody acknowledged what the plan can show at best.")))
    rules = profile(plan.profile)
    if any(not rule.verified for rule in rules.rules):
        found.append(
            Words(N_("Rows of the profile “{name}” were not checked by a lawyer."),
                  {"name": Written.of(rules.title or Text(plan.profile))})
        )  # fmt: skip
    return found


def _approval(record: Record, plan: Protocol) -> list[Words]:
    """What is missing of the approval of the version that was submitted last."""
    kinds = [link.event["kind"] for link in record.chain]
    last = max((at for at, kind in enumerate(kinds) if kind in ("submitted", "changes_requested")),
               default=-1)  # fmt: skip
    authors = {str(each.get("by", "")) for each in record.events("submitted")}
    kinds_of = ("approval", "approved")
    given = [each.event for each in record.chain[last + 1 :] if each.event["kind"] in kinds_of]
    others = {str(each.get("by", "")) for each in given} - authors - {""}
    if not given:
        return [Words(N_("No approval is recorded."))]
    if not others:
        return [Words(N_("No approval by a person other than the author is recorded."))]
    if plan.care.vulnerable and len(others) < 2:
        return [Words(N_("Vulnerable people take part, and no second person approved."))]
    return []


def _major_changes(record: Record) -> list[Words]:
    """Major amendments that nobody approved afterwards."""
    events = [link.event for link in record.chain]
    last = max((at for at, event in enumerate(events)
                if event["kind"] == "amended" and set(event.get("fields", ())) & set(MAJOR)),
               default=None)  # fmt: skip
    if last is None or any(each["kind"] in ("approval", "approved") for each in events[last:]):
        return []
    return [Words(N_("A major amendment was not approved anew."))]


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
                    {
                        "kind": item.kind,
                        "at": item.at,
                        "sha256": item.sha256,
                        "sentence": say(item).say(language),
                    }
                    | {
                        name: said
                        for name, said in item.said.items()
                        if name not in ("kind", "at", "sha256", "text", "plan", "sentence")
                    }
                    for item in found.chapters[key]
                ],
                "missing": [each.say(language) for each in found.gaps[key]],
            }
            for key in CHAPTERS
        ],
        "note": Words(N_("This file is no legal advice.")).say(language),
    }
