"""The smallest path of a task: usually three activities, from what is needed and what is missing.

It is another question than that of a programme (`programme`), which must serve everything a plan
calls for: here somebody has a paper to write and an hour.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vuon.challenges.readiness import NEEDS, NO, NOT_KNOWN, Frame
from vuon.errors import N_, Words

USUAL = 3


@dataclass(frozen=True)
class Next:
    """An activity (the key of its card) and why it comes now."""

    card: str
    why: Words


_SENTENCE = N_("There is no sentence yet that says what goes wrong, and for whom.")
_VOICES = N_("No voice of those concerned stands behind it yet.")
_HEARD = N_(
    "No voice stands behind it yet. For a first draft one note of what you have heard is enough."
)
_WATCH = N_(
    "The people concerned are hard to reach: watch where they come, it needs no appointment."
)
_FINDINGS = N_("There are notes, but nothing has been drawn from them yet.")
_OFFICES = N_("Several offices have a hand in it: first see who owns which step.")
_WAY = N_("Nobody has drawn yet where people wait, come back or give up.")
_LOOP = N_("It keeps coming back although people try: look for what feeds it.")
_IDEA = N_("There is no idea yet that says exactly what would change.")
_PROTOTYPE = N_("The idea has not been shown to anybody who would use it.")
_ROUTE = N_("It is not settled how far one may go without asking.")
_LEADER = N_("Nobody who can sign has said yes.")
_PILOT = N_("What will be tried needs a page that says when it stops.")
_NEXT = N_("Everything for the paper is there. Say who does what first.")

#: What each need asks for first; what is there already, or does not apply, is left out.
_ORDERS = {
    NEEDS[0]: ("voices", "findings", "way", "loop", "idea"),
    NEEDS[1]: ("voices", "way", "idea", "loop", "route", "prototype"),
    NEEDS[2]: ("idea", "route", "prototype", "pilot", "leader", "voices"),
    NEEDS[3]: ("voices", "way", "idea", "route", "leader", "findings"),
}


@dataclass(frozen=True)
class Done:
    """What a task has already: counts from its own material."""

    voices: int = 0
    findings: int = 0
    steps: int = 0
    loops: int = 0
    ideas: int = 0
    prototypes: int = 0


def smallest(frame: Frame, done: Done, most: int = USUAL) -> tuple[Next, ...]:
    """The next activities, the first one first.

    Args:
        frame: what was said in ten minutes.
        done: what there is already.
        most: how many to name; three unless somebody asks for more.

    >>> [each.card for each in smallest(Frame(sentence="People come twice."), Done())]
    ['resident-interview', 'journey-strip', 'idea-card']
    """
    if not frame.sentence:
        return (Next("challenge-sentence", Words(_SENTENCE)),)
    order = _ORDERS.get(frame.need, _ORDERS[NEEDS[1]])
    found = [step for key in order if (step := _step(key, frame, done))]
    if frame.need in NEEDS[2:] and frame.ready.get("leader") in (NO, NOT_KNOWN):
        found = [*_first(found, "sponsor-page"), *_but(found, "sponsor-page")]
    return tuple(found[:most]) or (Next("next-step", Words(_NEXT)),)


def _first(steps: Iterable[Next], card: str) -> list[Next]:
    return [step for step in steps if step.card == card]


def _but(steps: Iterable[Next], card: str) -> list[Next]:
    return [step for step in steps if step.card != card]


def _step(key: str, frame: Frame, done: Done) -> Next | None:
    """The activity for one part of an order, or None where it is there or does not apply."""
    if key == "voices" and not done.voices:
        far = frame.ready.get("users") in (NO, NOT_KNOWN)
        return (
            Next("silent-observation", Words(_WATCH))
            if far
            else Next("resident-interview", Words(_HEARD if frame.need == NEEDS[3] else _VOICES))
        )
    if key == "findings" and not done.findings:
        return Next("label-quotes", Words(_FINDINGS if done.voices else _VOICES))
    if key == "way" and done.steps < 2:
        several = len(frame.partners) > 1
        return (
            Next("office-map", Words(_OFFICES)) if several else Next("journey-strip", Words(_WAY))
        )
    if key == "loop" and not done.loops:
        return Next("loop-sketch", Words(_LOOP))
    if key == "idea" and not done.ideas:
        return Next("idea-card", Words(_IDEA))
    if key == "prototype" and not done.prototypes:
        return Next("prototype", Words(_PROTOTYPE))
    if key == "route" and (frame.route.letter != "A" or not frame.route.certain):
        return Next("legal-route", Words(_ROUTE))
    if key == "leader" and frame.ready.get("leader") in (NO, NOT_KNOWN):
        return Next("sponsor-page", Words(_LEADER))
    if key == "pilot":
        return Next("pilot-page", Words(_PILOT))
    return None
