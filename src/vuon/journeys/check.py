"""What is not yet clear on a map, in words; nothing here refuses a map.

What keeps it from running, and what to be wary of when it does, is `runnable` and `warnings`.
"""

from __future__ import annotations

from dataclasses import dataclass

from vuon.errors import N_, Words
from vuon.journeys.model import Journey, pinned_at
from vuon.journeys.running import Refusal, runnable, warnings
from vuon.vietnamese import fold

__all__ = ["Refusal", "Remark", "check", "runnable", "warnings"]


@dataclass(frozen=True)
class Remark:
    """Something to look at: a stable code, the step it is about (or none), a sentence."""

    code: str
    step: str
    words: Words


def check(journey: Journey) -> tuple[Remark, ...]:
    """What the map leaves open, in the order of the way.

    >>> from vuon.journeys.file import read
    >>> [each.code for each in check(read('format = 1\\n[[step]]\\nkey = "desk"\\ntitle = "Quầy"'))]
    ['short', 'office', 'assumed']
    """
    remarks = []
    if len(journey.steps) < 2:
        remarks.append(Remark("short", "", Words(N_("A way has at least two steps."))))
    seen: dict[str, str] = {}
    for step in journey.steps:
        title = step.title.vi or step.title.en
        fields = {"step": title}
        if not step.office:
            words = Words(N_("“{step}” belongs to no office yet. Whose step is it?"), fields)
            remarks.append(Remark("office", step.key, words))
        if not pinned_at(journey.pins, step.key):
            words = Words(N_("“{step}” rests on nothing yet: it is an assumption."), fields)
            remarks.append(Remark("assumed", step.key, words))
        if fold(title) in seen:
            words = Words(N_("Two steps are called “{step}”."), fields)
            remarks.append(Remark("twice", step.key, words))
        seen[fold(title)] = step.key
    reached = _reached(journey)
    for step in journey.steps:
        if step.key not in reached:
            words = Words(N_("No way leads to “{step}”."), {"step": step.title.vi or step.title.en})
            remarks.append(Remark("unreached", step.key, words))
    return tuple(remarks)


def _reached(journey: Journey) -> set[str]:
    """The steps that can be reached from the first one."""
    found: set[str] = set()
    ahead = list(journey.keys[:1])
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += [edge.target for edge in journey.way if edge.source == here]
    return found
