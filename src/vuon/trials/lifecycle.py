"""The life of a trial: which step may follow which, and who or what stands in the way, in words.

Pure: a `Life` is what happened so far; `move` gives the next one or says why not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction

from vuon.errors import N_, VuonError, Words
from vuon.trials.figures import Chance, measured
from vuon.trials.protocol import Protocol
from vuon.trials.regimes import Profile

STATES = {
    "draft": N_("draft"),
    "submitted": N_("submitted"),
    "in_review": N_("in review"),
    "changes_requested": N_("changes requested"),
    "approved": N_("approved"),
    "registered": N_("registered and sealed"),
    "recruiting": N_("recruiting"),
    "running": N_("running"),
    "paused": N_("paused"),
    "stopped_early": N_("stopped early"),
    "completed": N_("completed"),
    "analysed": N_("read"),
    "exit_decided": N_("exit decided"),
    "closed": N_("closed"),
    "rejected": N_("rejected"),
    "withdrawn": N_("withdrawn"),
}
_BEFORE = ("draft", "submitted", "in_review", "changes_requested", "approved", "registered",
           "recruiting")  # fmt: skip
NEXT: dict[str, tuple[str, ...]] = {
    "draft": ("submitted",),
    "submitted": ("in_review",),
    "in_review": ("changes_requested", "approved"),
    "changes_requested": ("in_review", "submitted"),
    "approved": ("registered",),
    "registered": ("recruiting",),
    "recruiting": ("running",),
    "running": ("paused", "stopped_early", "completed"),
    "paused": ("running", "stopped_early"),
    "stopped_early": ("analysed",),
    "completed": ("analysed",),
    "analysed": ("exit_decided",),
    "exit_decided": ("closed",),
}
EXITS = ("adopt", "adopt_with_changes", "repeat_larger", "extend", "drop", "undecidable")
#: What is major when it changes after registration; everything else is minor.
MAJOR = ("outcomes", "arms", "unit", "lot", "looks", "rails", "stops", "caps", "begins", "ends")


@dataclass(frozen=True)
class Facts:
    """What guards ask for; whoever calls knows it.

    Args:
        gaps: sentences on what the plan still lacks.
        vulnerable: whether people take part who need a second approval.
        sealed: the hash of the sealed plan, empty before.
        acknowledged: whether the smallest p and the detectable effect were shown and acknowledged.
        notice: the version of the notice that is in force.
        lot_of: the hash of the plan from which the lot was drawn; empty where there is none yet.
        needs_lot: whether the plan has a lot at all.
        frozen: whether the reading follows the sealed plan.
        exit: the decision, one of `EXITS`.
        treated, returned, lessons: what happens to those who had the new way, what those get who
            waited, what the rules can learn.
    """

    gaps: Sequence[Words] = ()
    vulnerable: bool = False
    sealed: str = ""
    acknowledged: bool = False
    notice: str = ""
    lot_of: str = ""
    needs_lot: bool = True
    frozen: bool = True
    exit: str = ""
    treated: str = ""
    returned: str = ""
    lessons: str = ""


@dataclass(frozen=True)
class Step:
    """One step that was made: to which state, by whom (empty: by a guardrail), when, why."""

    to: str
    by: str
    at: str
    reason: str = ""


@dataclass(frozen=True)
class Life:
    """What happened so far.

    Args:
        author: who wrote the plan.
        steps: in their order; the last one is the state.
        approvals: who approved this version.
        version: which version of the plan, from 1.
        unapproved: whether a major change waits for approval.
        extended: the months of each extension.
    """

    author: str
    steps: tuple[Step, ...] = ()
    approvals: tuple[str, ...] = ()
    version: int = 1
    unapproved: bool = False
    extended: tuple[int, ...] = ()

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.steps[-1].to if self.steps else "draft"

    @property
    def over(self) -> bool:
        """Whether nothing can follow."""
        return not nexts(self.state)


def nexts(state: str) -> tuple[str, ...]:
    """The states that may follow.

    >>> nexts("paused")
    ('running', 'stopped_early')
    """
    ends = ("rejected", "withdrawn") if state in _BEFORE else ()
    return (*NEXT.get(state, ()), *ends)


def approve(life: Life, by: str) -> Life:
    """The life with the approval of a person other than the author.

    Raises:
        VuonError: `trial.own` for the author, `trial.not_in_review`.
    """
    if by == life.author:
        raise VuonError(
            "trial.own",
            Words(N_("Nobody approves their own plan.")),
            Words(N_("Ask a person who did not write it.")),
        )
    if life.state != "in_review" and not life.unapproved:
        raise VuonError(
            "trial.not_in_review",
            Words(N_("There is nothing to approve now.")),
            Words(N_("Submit the plan first.")),
        )
    return replace(life, approvals=tuple(dict.fromkeys((*life.approvals, by))))


def why_not(life: Life, to: str, facts: Facts, *, by: str, reason: str = "") -> tuple[Words, ...]:
    """Everything that stands in the way of a step; nothing if it can be made.

    >>> [str(each) for each in why_not(Life("an"), "running", Facts(), by="an")]
    ['From draft it does not go to running.']
    """
    if to not in nexts(life.state):
        named = {
            "state": Words(STATES[life.state]),
            "to": Words(STATES.get(to, "{to}"), {"to": to}),
        }
        return (Words(N_("From {state} it does not go to {to}."), named),)
    guard = _GUARDS.get(to)
    return tuple(guard(life, facts, by, reason)) if guard else ()


def move(life: Life, to: str, facts: Facts, *, by: str, at: str, reason: str = "") -> Life:
    """The life after a step.

    Args:
        by: the person; empty where a guardrail pauses by itself.
        at: date and time.
        reason: needed for pausing by a person, resuming, stopping and ending.

    Raises:
        VuonError: `trial.step` with everything that stands in the way.

    >>> move(Life("an"), "submitted", Facts(), by="an", at="2026-11-30").state
    'submitted'
    """
    refused = why_not(life, to, facts, by=by, reason=reason)
    if refused:
        raise VuonError(
            "trial.step", refused[0], refused[1] if len(refused) > 1 else
            Words(N_("Do what is missing first."))
        )  # fmt: skip
    moved = replace(life, steps=(*life.steps, Step(to, by, at, reason)))
    if to in ("submitted", "changes_requested"):
        return replace(moved, approvals=())
    return replace(moved, unapproved=False) if to == "running" else moved


def _submitted(life: Life, facts: Facts, by: str, reason: str) -> list[Words]:
    return list(facts.gaps)


def _approved(life: Life, facts: Facts, by: str, reason: str) -> list[Words]:
    others = {person for person in (*life.approvals, by) if person and person != life.author}
    if not others:
        return [Words(N_("A person other than the author approves."))]
    if facts.vulnerable and len(others) < 2:
        return [Words(N_("Vulnerable people take part: a second person approves as well."))]
    return []


def _registered(life: Life, facts: Facts, by: str, reason: str) -> list[Words]:
    found = []
    if not facts.sealed:
        found.append(Words(N_("The plan is not sealed.")))
    if not facts.acknowledged:
        found.append(
            Words(N_("Nobody has acknowledged the smallest p and the smallest effect it can find."))
        )
    return found


def _running(life: Life, facts: Facts, by: str, reason: str) -> list[Words]:
    found = []
    if life.state == "paused":
        if not by or not reason:
            found.append(Words(N_("Going on needs a named person and a reason.")))
        if life.unapproved:
            found += _approved(replace(life), facts, "", reason)
        return found
    if not facts.notice:
        found.append(Words(N_("No version of the notice is in force.")))
    if facts.needs_lot and (not facts.lot_of or facts.lot_of != facts.sealed):
        found.append(Words(N_("The lot was not drawn from the sealed plan.")))
    return found


def _paused(life: Life, facts: Facts, by: str, reason: str) -> list[Words]:
    return [] if reason else [_reason()]


def _stopped(life: Life, facts: Facts, by: str, reason: str) -> list[Words]:
    return [] if by and reason else [_reason()]


def _reason() -> Words:
    return Words(N_("This needs a reason, and a person unless a guardrail spoke."))


def _analysed(life: Life, facts: Facts, by: str, reason: str) -> list[Words]:
    if facts.frozen:
        return []
    return [Words(N_("Only the sealed plan makes a reading; anything else is exploratory."))]


def _exit(life: Life, facts: Facts, by: str, reason: str) -> list[Words]:
    if facts.exit in EXITS and by and reason:
        return []
    return [
        Words(N_("An exit is decided by a person, with one of the six decisions and a reason."))
    ]


def _closed(life: Life, facts: Facts, by: str, reason: str) -> list[Words]:
    asked = (
        (facts.treated, N_("It is not said what happens to those who had the new way.")),
        (facts.returned, N_("It is not said what those get who waited.")),
        (facts.lessons, N_("It is not said what the rules can learn.")),
    )
    return [Words(words) for said, words in asked if not said]


_GUARDS = {
    "submitted": _submitted,
    "approved": _approved,
    "registered": _registered,
    "running": _running,
    "paused": _paused,
    "stopped_early": _stopped,
    "analysed": _analysed,
    "exit_decided": _exit,
    "closed": _closed,
    "rejected": _stopped,
    "withdrawn": _stopped,
}


def changes(old: Protocol, new: Protocol) -> tuple[str, ...]:
    """The fields of a plan that another version changes, in their order.

    >>> from dataclasses import replace
    >>> plan = Protocol("x")
    >>> changes(plan, replace(plan, looks=(), key="y"))
    ('key',)
    """
    names = (each.name for each in fields(Protocol))
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def amend(life: Life, changed: Sequence[str], *, by: str, at: str, reason: str) -> Life:
    """The life with a new version of the plan; `changed` are the fields of `Protocol` that differ.

    Before registration every change is free. After it a major one pauses a running trial, and asks
    for approval anew; readings are then exploratory for what changed.

    Raises:
        VuonError: `trial.step` without a reason, or once the trial is over.

    >>> amend(Life("an"), ["title"], by="an", at="2026-11-30", reason="a word").version
    2
    """
    late = life.state not in (*_BEFORE, "running", "paused")
    if not reason or late:
        what = N_("What is over cannot be amended.") if late else N_("An amendment has a reason.")
        raise VuonError(
            "trial.step", Words(what), Words(N_("Write down why, or begin a new trial."))
        )
    major = any(each in MAJOR for each in changed)
    registered = life.state in ("registered", "recruiting", "running", "paused")
    moved = replace(life, version=life.version + 1)
    if not (major and registered):
        return moved
    to = "paused" if life.state in ("running", "paused") else "in_review"
    step = Step(to, by, at, reason)
    return replace(moved, steps=(*moved.steps, step), approvals=(), unapproved=True)


def extend(life: Life, months: int, rules: Profile, *, basis: str = "") -> Life:
    """The life with an extension, within what its profile allows.

    Args:
        months: how many.
        basis: the paper that allows it; needed where the profile does not know its limits.

    Raises:
        VuonError: `trial.extension`.

    >>> from vuon.trials.regimes import profile
    >>> extend(Life("an", (Step("running", "an", ""),)), 12, profile("finance")).extended
    (12,)
    """
    most, longest = rules.limit("extensions"), rules.limit("extension_months")
    if most.value is None or longest.value is None:
        refused = None if basis else (most if most.value is None else longest).words
    elif len(life.extended) >= most.value:
        refused = most.words
    else:
        refused = longest.words if months > longest.value else None
    if refused is not None or life.state not in ("running", "paused"):
        raise VuonError(
            "trial.extension",
            Words(N_("It cannot be extended like this: {limit}."), {"limit": refused})
            if refused else Words(N_("Only what is running can be extended.")),
            Words(N_("Ask the competent authority, and name the paper that allows it.")),
        )  # fmt: skip
    return replace(life, extended=(*life.extended, months))


def acknowledges(smallest_p: Fraction | None, detectable: float | None, unit: Words) -> Words:
    """What somebody acknowledges before a plan is registered."""
    if smallest_p is None:
        return Words(N_("I know that without a lot this can show what fits, and never a cause."))
    if smallest_p > Fraction(1, 20) or detectable is None:
        return Words(
            N_("I know that no result of this plan can rule out chance (p is {p} at best)."),
            {"p": Chance.of(smallest_p)},
        )
    return Words(
        N_("I know that p is {p} at best, and that this finds effects from {effect} {unit} on."),
        {"p": Chance.of(smallest_p), "effect": measured(detectable, 2), "unit": unit},
    )
