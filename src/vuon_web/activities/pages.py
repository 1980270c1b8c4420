"""What the pages of programmes and activities show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vuon.challenges import classify
from vuon.challenges.forms import prompt_of
from vuon.challenges.programme import STAGES, Reason, Unserved
from vuon_web.activities import actions, catalogue, queries
from vuon_web.activities.card import Card
from vuon_web.activities.forms import AddForm

if TYPE_CHECKING:
    from vuon_web.accounts.visibility import Audience
    from vuon_web.labs.models import Programme

CHANGES: Mapping[str, Callable[..., None]] = {
    "take_out": actions.take_out,
    "put_back": actions.put_back,
    "up": partial(actions.move, steps=-1),
    "down": partial(actions.move, steps=1),
}
STAGE_NAMES = {
    "frame": _("Frame"),
    "listen": _("Listen"),
    "journey": _("Journey"),
    "system": _("System"),
    "futures": _("Futures"),
    "ideas": _("Ideas"),
    "sandbox": _("Trial"),
    "learn": _("Learn"),
    "grow": _("Grow"),
}
KIND_NAMES = {
    "methods": _("Method"),
    "datasources": _("Data source"),
    "stages": _("Stage"),
    "sdgs": _("Goal"),
    "thematic_areas": _("Theme"),
    "sentence": _("Sentence of the plan"),
    "rule": _("What every programme needs"),
}


def _language() -> str:
    return get_language() or "vi"


def row(card: Card, language: str) -> dict[str, Any]:
    """A card for a list."""
    return {
        "key": card.key,
        "title": card.guide(language).title,
        "purpose": card.guide(language).purpose,
        "minutes": card.minutes,
        "on_screen": card.on_screen,
        "stage": STAGES.index(card.stage) + 1,
        "stage_name": STAGE_NAMES[card.stage],
        "has_tool": card.has_tool,
        "tool": card.tool,
    }


def reason(found: Reason, language: str) -> dict[str, Any]:
    """Why an activity is there: the tag or the sentence that called it."""
    if found.kind == "rule":
        return {"kind": "rule", "name": KIND_NAMES["rule"], "text": found.words.say(language)}
    if found.kind == "sentence":
        known = prompt_of("opening", found.key)
        name = known.label(language) if known else KIND_NAMES["sentence"]
        return {"kind": "sentence", "name": name, "text": found.quote}
    label = classify.label(found.key, found.value, language)
    return {
        "kind": "tag",
        "name": KIND_NAMES[found.key],
        "text": label,
        "as_written": found.value if found.value != label else "",
    }


def unserved(found: Unserved, language: str) -> dict[str, Any]:
    """What nothing in the programme serves, and why."""
    text = found.value
    if found.kind not in ("sentence", "rule"):
        text = classify.label(found.kind, found.value, language)
    return {"name": KIND_NAMES[found.kind], "text": text, "why": found.why.say(language)}


def _standing(found: queries.Standing, language: str) -> dict[str, Any]:
    reasons = [reason(each, language) for each in found.reasons]
    sentences = [each for each in reasons if each["kind"] == "sentence"]
    return {
        **row(found.card, language),
        "reasons": reasons,
        "tags": [each for each in reasons if each["kind"] == "tag"],
        "rules": [each for each in reasons if each["kind"] == "rule"],
        "sentences": sentences,
        "more_sentences": len(sentences) - 1,
        "own_reason": found.own_reason,
    }


def programme(found: Programme, audience: Audience) -> dict[str, Any]:
    """The page of a programme."""
    can_change = queries.can_change(found, audience)
    return {
        **told(queries.path(found, _language()), _language()),
        "programme": found,
        "lab": found.lab,
        "can_change": can_change,
        "add": add_form(found, None) if can_change else None,
    }


def told(path: queries.Path, language: str) -> dict[str, Any]:
    """A programme in words: its activities with their reasons, its gaps, its calendar."""
    return {
        "minutes": path.minutes,
        "standing": [_standing(each, language) for each in path.standing],
        "taken_out": [_standing(each, language) for each in path.taken_out],
        "unserved": [unserved(each, language) for each in path.unserved],
        "later": [{"title": x.title.say(language), "called_by": x.called_by} for x in path.later],
        "remarks": [words.say(language) for words in path.remarks],
        "calendar": calendar(path, language),
    }


def add_form(found: Programme, sent: QueryDict | None) -> AddForm:
    """The form to add an activity that does not stand in the programme."""
    language = _language()
    cards = [(card.key, card.guide(language).title) for card in queries.addable(found)]
    return AddForm(sent, cards=cards)


def calendar(path: queries.Path, language: str) -> dict[str, Any]:
    """The weeks in which something happens, and the later questions."""

    def titles(keys: tuple[str, ...]) -> list[dict[str, str]]:
        return [{"key": key, "title": catalogue.card(key).guide(language).title} for key in keys]

    return {
        "weeks": [
            {
                "number": week.number,
                "monday": week.monday,
                "live": titles(week.live),
                "live_minutes": week.live_minutes,
                "alone": titles(week.alone),
                "alone_minutes": week.alone_minutes,
            }
            for week in path.calendar.weeks
            if week.live or week.alone
        ],
        "follow_ups": [
            {"number": each.number, "monday": each.monday, "ask": each.ask.say(language)}
            for each in path.calendar.follow_ups
        ],
        "left_over": titles(path.calendar.left_over),
    }


def cards(language: str) -> dict[str, Any]:
    """All activities by stage."""
    return {
        "stages": [
            {
                "number": number,
                "name": STAGE_NAMES[stage],
                "cards": [row(card, language) for card in catalogue.load().of_stage(stage)],
            }
            for number, stage in enumerate(STAGES, 1)
        ]
    }


def card(found: Card, language: str) -> dict[str, Any]:
    """The page of one activity."""
    return {
        "card": row(found, language),
        "guide": found.guide(language),
        "playbook": found.playbook,
        "together": found.together,
    }
