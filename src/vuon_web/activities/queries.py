"""Reads: what a plan calls for, the programme as it stands, and what nothing in it serves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone

from vuon.challenges.calls import Calls, Sentence
from vuon.challenges.markdown import Document
from vuon.challenges.programme import Later, Proposal, Reason, Step, Unserved, account
from vuon.challenges.weeks import Calendar, plan_weeks
from vuon.errors import Words
from vuon_web.accounts.permissions import Permission, may
from vuon_web.activities import catalogue
from vuon_web.activities.models import Planned
from vuon_web.challenges.queries import lab_documents, main_challenge
from vuon_web.labs.queries import programme

if TYPE_CHECKING:
    from vuon_web.accounts.visibility import Audience
    from vuon_web.activities.catalogue import Card
    from vuon_web.labs.models import Programme

#: The answers of a plan whose sentences may call an activity.
SENTENCES = (
    "challenge",
    "value",
    "learning_question",
    "usage_of_methods",
    "data_gaps",
    "leads_to_grow",
)


@dataclass(frozen=True)
class Standing:
    """An activity as it stands in the programme, with why."""

    card: Card
    reasons: tuple[Reason, ...]
    own_reason: str


@dataclass(frozen=True)
class Path:
    """A programme: what stands, what was taken out, what nothing serves, what is to come."""

    standing: tuple[Standing, ...]
    taken_out: tuple[Standing, ...]
    unserved: tuple[Unserved, ...]
    later: tuple[Later, ...]
    remarks: tuple[Words, ...]
    calendar: Calendar

    @property
    def minutes(self) -> int:
        """The minutes of all that stands."""
        return sum(found.card.minutes for found in self.standing)


def programme_for(audience: Audience, programme_id: int) -> Programme:
    """The programme, for its people and for whoever may read the lab's page; else Http404."""
    found = programme(programme_id)
    if found is None:
        raise Http404
    if found.pk in audience.programmes or main_challenge(found.lab_id, audience):
        return found
    raise Http404


def can_change(programme: Programme, audience: Audience) -> bool:
    """Whether `audience` may change the programme."""
    return may(audience, Permission.PROGRAMME_EDIT, programme.lab_id)


def changeable_for(audience: Audience, programme_id: int) -> Programme:
    """The programme, if `audience` may change it, else Http404."""
    found = programme_for(audience, programme_id)
    if not can_change(found, audience):
        raise Http404
    return found


def calls(
    programme: Programme, language: str, plan: Iterator[Document] | None = None
) -> Iterator[Calls]:
    """What of the lab's own plan can choose activities, first as it says it in `language`.

    `plan` is what `lab_documents` would look up, where it is at hand.
    """
    found = None
    for found in plan or lab_documents(programme.lab_id, language):
        yield calls_of(found)
    if found is None:
        yield Calls()


def all_calls(programme: Programme) -> Calls:
    """What the lab's own plan calls for in any of its languages."""
    first, *others = calls(programme, "en")
    sentences = [each for found in (first, *others) for each in found.sentences]
    return replace(first, sentences=tuple(sentences))


def calls_of(found: Document) -> Calls:
    """What a plan says that can choose activities: its tags and the sentences of its answers."""
    stages = [choice for a in found.answers("stages") for choice in a.choices]
    return Calls(
        methods=found.tag_values("methods"),
        datasources=found.tag_values("datasources"),
        stages=tuple(dict.fromkeys(stages)),
        sdgs=found.tag_values("sdgs"),
        thematic_areas=found.tag_values("thematic_areas"),
        sentences=tuple(
            Sentence(prompt_id, a.text)
            for prompt_id in SENTENCES
            for a in found.answers(prompt_id)
            if a.text
        ),
    )


# The same plan and the same cards are asked for on every page of the lab.
_account = lru_cache(maxsize=64)(account)


def path(programme: Programme, language: str, plan: Iterator[Document] | None = None) -> Path:
    """The programme as it stands, with every reason worked out from the plan as it reads now.

    Reasons are in the words of the plan in `language`; where that plan calls an activity by none
    of its sentences, those of the plan in the other language stand in.
    """
    rows = [r for r in Planned.objects.filter(programme=programme) if catalogue.has(r.card)]
    cards = {row.card: catalogue.card(row.card) for row in rows}
    present = [cards[row.card] for row in rows if not row.taken_out]
    every = calls(programme, language, plan)
    called = next(every)
    found = _account(called, tuple(card.serves_as for card in present))
    told = dict(_account(called, tuple(card.serves_as for card in cards.values())).reasons)
    while silent := [card.serves_as for key, card in cards.items() if not told[key]]:
        if (other := next(every, None)) is None:
            break
        told |= _account(other, tuple(silent)).reasons

    def standing(row: Planned) -> Standing:
        return Standing(cards[row.card], told[row.card], row.own_reason)

    return Path(
        standing=tuple(standing(row) for row in rows if not row.taken_out),
        taken_out=tuple(standing(row) for row in rows if row.taken_out),
        unserved=found.unserved,
        later=found.later,
        remarks=found.remarks,
        calendar=_calendar(
            tuple(card.key for card in present),
            programme.starts or next_monday(),
            programme.weeks,
        ),
    )


@lru_cache(maxsize=64)  # finding the best weeks takes ten times as long as showing them
def _calendar(keys: tuple[str, ...], starts: date, weeks: int) -> Calendar:
    steps = tuple(
        Step(card.key, card.stage, card.minutes, 1, card.together, ())
        for card in map(catalogue.card, keys)
    )
    return plan_weeks(Proposal(steps), starts, weeks)


def next_monday(today: date | None = None) -> date:
    """The first Monday after `today`."""
    today = today or timezone.localdate()
    return today + timedelta(days=7 - today.weekday())


def addable(programme: Programme) -> list[Card]:
    """The cards that do not stand in the programme."""
    present = set(
        Planned.objects.filter(programme=programme, taken_out=False).values_list("card", flat=True)
    )
    return [card for card in catalogue.load().cards if card.key not in present]
