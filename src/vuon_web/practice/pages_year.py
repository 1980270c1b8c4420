"""What the year later and the debrief show. The game is over: everything may be said now."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from vuon.practice.best import OverFutures, Ranged
from vuon.practice.debrief import Debrief, Moment, PilotLookedBack
from vuon.practice.later import YearLater
from vuon.practice.place import Place
from vuon_web.practice.folds import Played
from vuon_web.practice.pages_look import icon_of, number
from vuon_web.practice.pages_pilot import designs
from vuon_web.practice.pages_try import titles

#: The picture of beliefs: from left to right the moves, from bottom to top the beans.
LEFT, RIGHT, TOP, BOTTOM = 30, 310, 16, 136


def year(played: Played, later: YearLater) -> dict[str, Any]:
    """Headlines, letters to open, and figures by group."""
    place = played.world.place
    return {
        "headlines": later.headlines,
        "letters": later.letters,
        "ideas": titles(place, later.adopted.ideas),
        "lapsed": titles(place, later.adopted.lapsing),
        "late": later.adopted.late_weeks,
        "repeated": later.adopted.repeated is not None,
        "first": round(100 * later.yours.total.first),
        "nothing": round(100 * later.nothing.total.first),
        "groups": [
            {
                "title": place.group(key).title,
                "first": round(100 * outcome.first),
                "nothing": round(100 * later.nothing.groups[key].first),
                "completed": round(100 * outcome.completed),
                "visits": number(outcome.visits),
                "wait": round(outcome.wait_minutes),
                "dong": round(outcome.dong / 1000),
            }
            for key, outcome in later.yours.groups.items()
        ],
    }


def debrief(played: Played, found: Debrief) -> dict[str, Any]:
    """Everything of the debrief, in its order."""
    place = played.world.place
    return {
        "cause": place.cause(found.cause),
        "path": path(place, found),
        "people": people(place, found),
        "best": titles(place, found.best.ideas),
        "yours": titles(place, found.adopted.ideas),
        "pilot": _pilot(place, found.pilot) if found.pilot else None,
        "unpinned": [
            {"number": n, "title": place.move(each.move).title, "icon": _icon(place, each.move)}
            for n, each in found.unpinned
        ],
        "never": [
            {"title": move.title, "icon": icon_of(move.icon), "days": move.days}
            for move in found.never_asked
        ],
        "rests": [
            {
                "idea": place.idea(each.idea).title,
                "step": place.step(each.step).title,
                "light": each.light,
                "pinned": [
                    place.move(one).title if isinstance(one, str) else one.who
                    for one in each.pinned
                ],
            }
            for each in found.rests
        ],
        "staff": number(played.state.staff),
        "sponsor": number(played.state.sponsor),
        "purse": place.purse,
        "kept_to": round(100 * found.adopted.adherence),
        "questions": place.questions,
    }


def _icon(place: Place, move: str) -> str:
    return icon_of(place.move(move).icon)


# --- the path of beliefs


def path(place: Place, found: Debrief) -> dict[str, Any]:
    """Beans over time against the truth: lines for each cause, and the same as a table."""
    moments = [each for each in found.path if each.beans]
    most = place.beans
    lines = []
    for cause in place.causes:
        counts = [round(most * (m.beans.share(cause.key) if m.beans else 0)) for m in moments]
        points = [(_x(at, len(moments)), _y(count, most)) for at, count in enumerate(counts)]
        lines.append(
            {
                "cause": cause,
                "true": cause.key == found.cause,
                "points": " ".join(f"{x},{y}" for x, y in points),
                "last": points[-1] if points else (LEFT, BOTTOM),
                "counts": counts,
            }
        )
    return {
        "lines": lines,
        "true_y": _y(most, most),
        "moments": [
            {"x": _x(at, len(moments)), "after": found.path.index(each)}
            for at, each in enumerate(moments)
        ],
        "rows": [_row(place, each, most) for each in found.path],
        "moved_by": _most_moved(place, found),
        "all": most,
    }


def _moved(moment: Moment) -> int:
    return moment.moved


def _most_moved(place: Place, found: Debrief) -> Any:
    moved = [each for each in found.path if each.moved and each.move]
    return place.move(max(moved, key=_moved).move).title if moved else None


def _moment(place: Place, moment: Moment) -> Any:
    return place.move(moment.move).title if moment.move else _("at the start")


def _row(place: Place, moment: Moment, most: int) -> dict[str, Any]:
    return {
        "title": _moment(place, moment),
        "day": moment.day,
        "beans": [
            round(most * moment.beans.share(c.key)) if moment.beans else None for c in place.causes
        ],
        "bayes": [round(most * moment.bayes[c.key]) for c in place.causes],
        "both": [
            {
                "yours": round(most * moment.beans.share(c.key)) if moment.beans else None,
                "weighed": round(most * moment.bayes[c.key]),
            }
            for c in place.causes
        ],
    }


def _x(at: int, count: int) -> int:
    return LEFT + round((RIGHT - LEFT) * at / max(1, count - 1))


def _y(beans: float, most: int) -> int:
    return BOTTOM - round((BOTTOM - TOP) * beans / most)


# --- people


def people(place: Place, found: Debrief) -> dict[str, Any]:
    """For each group: nothing done, what the team did, the best that the purse allowed."""
    groups = [("", _("Everybody")), *((g.key, g.title) for g in place.groups)]
    return {
        "groups": [
            {
                "title": title,
                "nothing": _range(found.nothing, key),
                "yours": _range(found.yours, key),
                "best": _range(found.best, key),
            }
            for key, title in groups
        ],
        "figures": [
            {
                "title": title,
                "cells": [
                    _figure(each.figures[""][name], name)
                    for each in (found.nothing, found.yours, found.best)
                ],
            }
            for name, title in (
                ("completed", _("Finished in the end")),
                ("visits", _("Trips for one file")),
                ("wait_minutes", _("Minutes of waiting, each time")),
                ("dong", _("Cost of one file to the resident, thousand đồng")),
            )
        ],
    }


def _range(over: OverFutures, group: str) -> dict[str, int]:
    first = over.first(group)
    return {
        "mean": round(100 * first.mean),
        "low": round(100 * first.low),
        "high": round(100 * first.high),
    }


def _figure(ranged: Ranged, name: str) -> dict[str, str]:
    scale, digits = {
        "completed": (100, 0),
        "visits": (1, 1),
        "wait_minutes": (1, 0),
        "dong": (0.001, 0),
    }[name]
    sign = "%" if name == "completed" else ""
    shown = [
        number(round(scale * value, digits)) for value in (ranged.mean, ranged.low, ranged.high)
    ]
    return {"mean": shown[0] + sign, "low": shown[1], "high": shown[2]}


def _pilot(place: Place, looked: PilotLookedBack) -> dict[str, Any]:
    names = {each["key"]: each["title"] for each in designs()}
    return {
        "yours": names[looked.plan.design],
        "weeks": looked.plan.weeks,
        "sites": len(looked.plan.sites),
        "units": looked.foresight.units,
        "once_in": _once_in(looked.foresight.smallest_p),
        "true_gain": number(100 * looked.true_gain),
        "covers": looked.covers,
        "same": looked.other == looked.plan,
        "other": names[looked.other.design],
        "other_weeks": looked.other.weeks,
        "other_sites": len(looked.other.sites),
        "other_units": looked.other_foresight.units,
        "other_once_in": _once_in(looked.other_foresight.smallest_p),
    }


def _once_in(smallest: float | None) -> int | None:
    return round(1 / smallest) if smallest else None
