"""What the pages of trials show; nothing is written here."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuon.errors import VuonError, Words
from vuon.trials import dossier, file, power, regimes
from vuon.trials.design import Advice, Situation, can_and_cannot
from vuon.trials.gaps import gaps
from vuon.trials.lifecycle import STATES, acknowledges, nexts
from vuon.trials.plans import foresee
from vuon.trials.power import Noise
from vuon.trials.protocol import NONE, OLD, Look, Protocol
from vuon_web.accounts.requests import Request
from vuon_web.challenges import queries as challenges
from vuon_web.ideas import queries as ideas
from vuon_web.labs import addresses, versions
from vuon_web.trials import queries, readings, telling
from vuon_web.trials.folds import Standing
from vuon_web.trials.models import Trial
from vuon_web.trials.parts import PARTS, part_of

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge

#: Made-up trials behind what a plan can find: enough for two digits, few enough for a page.
RUNS = 600


def frame(request: Request, challenge: Challenge) -> dict[str, Any]:
    """What every page of trials has."""
    return {
        "challenge": challenge,
        "lab": challenge.lab,
        "can_edit": challenges.can_edit(challenge, request.audience),
    }


def state_words(state: str, language: str) -> str:
    """Where a trial stands, in words."""
    return Words(STATES[state]).say(language)


def shelf(request: Request, challenge: Challenge, language: str) -> dict[str, Any]:
    """The trials of a task."""
    rows = []
    for trial in queries.trials_of(challenge):
        try:
            standing = queries.standing_of(trial)
        except VuonError:
            title = title_of(queries.draft_of(trial), language)
            rows.append({"trial": trial, "title": title, "broken": True})
            continue
        title = title_of(standing.protocol, language)
        state = state_words(standing.state, language)
        rows.append({"trial": trial, "title": title, "state": state})
    return {**frame(request, challenge), "rows": rows}


def idea_choices(challenge: Challenge, language: str) -> list[tuple[str, str]]:
    """The ideas of the task, to be tried."""
    return [(each.key, each.name.say(language)) for each in ideas.ideas_of(challenge)]


def advice(found: Advice, situation: Situation, language: str) -> dict[str, Any]:
    """An advice in words."""
    return {
        "design": found.design,
        "title": found.title.say(language),
        "reading": found.reading.say(language),
        "can": found.can.say(language),
        "cannot": found.cannot.say(language),
        "once_in": round(1 / found.smallest_p) if found.smallest_p else None,
        "by_lot": found.lot is not None,
        "warnings": [each.say(language) for each in found.warnings],
        "would_help": [each.say(language) for each in found.would_help],
        "units": situation.units,
    }


def home(request: Request, trial: Trial, language: str) -> dict[str, Any]:
    """A trial: what stands, what is next, what is missing.

    Raises:
        VuonError: `record.broken`.
    """
    page = {**frame(request, trial.challenge), "trial": trial}
    standing = queries.standing_of(trial)
    _text, base, undo, redo = versions.standing(trial)
    found = standing.protocol
    missing = gaps(found)
    parts = [_part(part, missing, language) for part in PARTS]
    old = next((arm for arm in found.arms if arm.key == OLD), None)
    return {
        **page,
        "question": found.need.question.say(language),
        "number_says": found.lot.public_number.say(language),
        "drawn_today": found.lot.drawn_on == timezone.localdate(),
        "notice_says": found.care.notice.say(language),
        "exit_plan": found.exit_plan.say(language),
        "returns": old.benefit_return.say(language) if old else "",
        "pause_words": history(standing, language)[0]["words"] if standing.chain else "",
        "can_withdraw": "withdrawn" in nexts(standing.state) and standing.state != "draft",
        "columns": columns(found),
        "standing": standing,
        "plan": standing.protocol,
        "title": title_of(standing.protocol, language),
        "state": standing.state,
        "state_words": state_words(standing.state, language),
        "base": base,
        "undo": undo,
        "redo": redo,
        "parts": parts,
        "first_missing": next((each for each in parts if each["missing"]), None),
        "blocking": sum(1 for each in missing if each.blocks),
        "known": [each.words.say(language) for each in missing if not each.blocks],
        "doors": {purpose: door.token for purpose, door in queries.doors_of(trial).items()},
        "history": history(standing, language),
    } | running(trial, standing, language)


def columns(plan: Protocol) -> str:
    """The columns that a sheet of this plan has."""
    over_time = ["period"] if plan.lot.periods else []
    arm = ["arm"] if plan.lot.kind == NONE else []
    return ",".join(["unit", *over_time, *arm, *(each.key for each in plan.outcomes)])


def title_of(plan: Protocol, language: str) -> str:
    """What a plan is called, or what it asks."""
    return plan.title.say(language) or plan.need.question.say(language) or plan.key


def _part(part: Any, missing: Any, language: str) -> dict[str, Any]:
    own = [
        each.words.say(language) for each in missing if each.blocks and part_of(each) == part.key
    ]
    return {"key": part.key, "title": part.title, "missing": own}


def running(trial: Trial, standing: Standing, language: str) -> dict[str, Any]:
    """What a trial that was sealed has so far: people, reports, guardrails, looks."""
    if standing.record is None:
        return {}
    plan = standing.protocol
    names = {rail.key: telling.rail_words(rail, language) for rail in plan.rails}
    reports = list(queries.reports_of(trial))
    told = {str(each["id"]) for each in standing.events("incident", "complaint")}
    done = {str(each["of"]) for each in standing.events("reported", "answered")}
    due = readings.due(trial, standing)
    return {
        "seal": standing.record.sealed,
        "people": queries.people(trial),
        "consents": queries.consents(trial),
        "reported": len(told),
        "open_reports": len(told - done),
        "reports": reports,
        "guards": [
            {"words": names[each.key], "speaks": each.speaks, "evidence": each.evidence}
            for each in readings.guards(trial, standing)
        ],
        "reached": readings.reached(trial, plan),
        "due": due,
        "next_look": _next_look(standing),
        "looked": bool(standing.events("looked")),
        "spent": standing.spent,
    }  # fmt: skip


def _next_look(standing: Standing) -> Look | None:
    """The planned look that has not been taken yet; None once the trial has ended."""
    done = sum(1 for each in standing.events("looked") if each.get("planned"))
    looks = standing.protocol.looks
    return looks[done] if done < len(looks) and not standing.ended else None


def moment(at: str) -> str:
    """When an event happened, as people read it."""
    return date_format(timezone.localtime(datetime.fromisoformat(at)), "SHORT_DATETIME_FORMAT")


def history(standing: Standing, language: str) -> list[dict[str, str]]:
    """The events in plain sentences, the last one first."""
    found = []
    for link in reversed(standing.chain):
        item = dossier.item_of(link, standing.protocol)
        found.append({"at": moment(item.at), "words": dossier.say(item).say(language)})
    return found


def plan(standing: Standing, language: str, asked: dict[str, str]) -> dict[str, Any]:
    """The protocol page: what it can and cannot show, its parts, its gaps, its rules."""
    found = standing.protocol
    page: dict[str, Any] = {
        "title": title_of(found, language),
        "told": telling.told(found, language),
        "gaps": [
            {"words": each.words.say(language), "blocks": each.blocks, "part": part_of(each)}
            for each in gaps(found)
        ],
        "rules": rules(found, language),
    }
    try:
        return page | can_show(found, language, asked)
    except VuonError as error:
        return page | {"refused": error.say(language)}


def can_show(found: Protocol, language: str, asked: dict[str, str]) -> dict[str, Any]:
    """What a plan can show at best, and which effects it would find.

    Raises:
        VuonError: units and lot do not fit each other.
    """
    ahead = foresee(found)
    can, cannot = can_and_cannot(found.lot)
    page: dict[str, Any] = {
        "foresight": ahead.words.say(language),
        "can_show": ahead.can_show,
        "by_lot": ahead.smallest_p is not None,
        "once_in": round(1 / ahead.smallest_p) if ahead.smallest_p else None,
        "can": can.say(language),
        "cannot": cannot.say(language),
    }
    if not ahead.can_show:
        return page
    share, people = _number(asked.get("share", "")), _number(asked.get("people", ""))
    of_shares = found.primary is not None and found.primary.kind == "yes_no"
    if of_shares and share and people and 0 < share < 100 and 1 <= people <= 10_000:
        able = _power(file.write(found), share / 100, int(people))
        page |= {"points": None if able is None else round(100 * able), "asked": True}
    else:
        page["deviations"] = _power(file.write(found), None, 1)
    return page | {"shares": of_shares, "share": asked.get("share", ""),
                   "people_each": asked.get("people", "")}  # fmt: skip


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _power(text: str, share: float | None, people: int) -> float | None:
    """The effect that a plan finds in four of five trials; None where it finds none."""
    found = file.read(text)
    noise = Noise(share=share, people=people)
    return power.power(found.lot, noise, alpha=found.last_alpha, runs=RUNS).detectable


def acknowledged(found: Protocol) -> Words:
    """What somebody acknowledges before this plan is sealed."""
    ahead = foresee(found)
    able = _power(file.write(found), None, 1) if found.lot.kind != NONE else None
    return acknowledges(ahead.smallest_p, able, Words("standard deviations"))


def rules(found: Protocol, language: str) -> dict[str, Any]:
    """The profile that a plan runs under: its limits, known or not, and what is to be verified."""
    profile = regimes.profile(found.profile)
    return {
        "title": profile.title.say(language),
        "limits": [each.words.say(language) for each in profile.every_limit],
        "unverified": [each for each in profile.rules if not each.verified],
    }


def link(request: Request, purpose: str, token: str) -> str:
    """The address behind a door, as others reach it; the local one if nobody else can."""
    path = reverse(f"trials:{purpose}", args=[token])
    return addresses.for_others(request, path) or request.build_absolute_uri(path)


def only_here(request: Request) -> bool:
    """Whether nobody but this computer can open a link."""
    host = request.get_host().split(":")[0]
    return host in ("localhost", "127.0.0.1") and not addresses.for_others(request, "/")


def door_words() -> dict[str, tuple[str, str]]:
    """Whom each link is for, and what it does."""
    return {
        "approve": (
            _("For the second person"),
            _("Reads the plan and answers: approved, changes, or no. Not for those who wrote it."),
        ),
        "enter": (
            _("For those at the counter"),
            _("Enters one answer after the other by phone. Sees no results."),
        ),
        "complain": (
            _("For everybody who comes"),
            _("Complains, or leaves the trial, without an account and without a name."),
        ),
        "lot": (
            _("For everybody"),
            _("Shows the lot, and lets anybody draw it again."),
        ),
    }


def chapters(found: dossier.Dossier, language: str) -> list[dict[str, Any]]:
    """The chapters of the file, each with its events in plain sentences and what is missing."""
    return [
        {
            "title": Words(dossier.CHAPTERS[key]).say(language),
            "items": [
                {"at": moment(item.at), "words": dossier.say(item).say(language),
                 "sha256": item.sha256[:8]}
                for item in found.chapters[key]
            ],
            "missing": [each.say(language) for each in found.gaps[key]],
        }
        for key in dossier.CHAPTERS
    ]  # fmt: skip
