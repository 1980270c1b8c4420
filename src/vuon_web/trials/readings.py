"""A reading for the page: by the sealed plan, in words, with its interval as a picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from vuon.errors import VuonError, Words
from vuon.trials import entries as books
from vuon.trials import reading_words
from vuon.trials.analyse import AS_PLANNED, Analysis, OutcomeReading, analyse
from vuon.trials.monitor import Watch
from vuon.trials.next_test import next_test
from vuon.trials.observe import observe
from vuon.trials.protocol import LESS, NONE, Protocol
from vuon.trials.report import against, as_report
from vuon.trials.rows import Rows
from vuon_web.trials import queries
from vuon_web.trials.folds import Standing
from vuon_web.trials.models import Trial


@dataclass(frozen=True)
class Due:
    """Which look is due: `look` counts from 0; None is the last reading, or one out of turn."""

    look: int | None
    planned: bool


@dataclass(frozen=True)
class Told:
    """What a reading says.

    Args:
        code: the verdict for machines.
        title, sentence: in words; the sentence may be followed by `next_test`.
        label: as planned, exploratory or observational, with `reasons`.
        lines: everything else that is said, each with its mark.
        interval: where the ends, the middle and the asked gain lie in a picture; None without one.
        points: the report held against the plan.
    """

    code: str
    title: Words
    sentence: Words
    label: str
    reasons: tuple[Words, ...] = ()
    lines: tuple[tuple[str, Words], ...] = ()
    next_test: Words | None = None
    interval: dict[str, Any] | None = None
    points: tuple[Any, ...] = ()
    analysis: Analysis | None = field(default=None, repr=False)


def due(trial: Trial, standing: Standing) -> Due:
    """The look that is due now."""
    if standing.state in ("completed", "stopped_early", "analysed", "exit_decided", "closed"):
        return Due(None, True)
    done = sum(1 for each in standing.events("looked") if each.get("planned"))
    looks = standing.protocol.looks
    if done < len(looks) and reached(trial, standing.protocol) >= looks[done].after:
        return Due(done, True)
    return Due(None, False)


def reached(trial: Trial, plan: Protocol) -> int:
    """How many periods, or units where there are none, have entries."""
    found = queries.standing_entries(trial).values_list("unit", "period")
    return len({period if plan.lot.over_time else unit for unit, period in found})


def read(standing: Standing, found: Rows, look: int | None) -> Told:
    """What may be said of these rows.

    Raises:
        VuonError: those of `analyse` and `observe`.
    """
    kept = standing.record
    assert kept is not None
    # Other words change nothing that is read; a major change makes the reading exploratory.
    plan = standing.protocol if standing.changed else kept.protocol
    if plan.lot.kind == NONE:
        seen = observe(plan, found)
        lines = reading_words.observed_lines(plan, seen)[2:]
        return Told(seen.verdict.code, seen.verdict.title, seen.verdict.sentence,
                    "observational", lines=tuple(lines))  # fmt: skip
    made = analyse(plan, found, drawn=kept.drawn, sealed=kept.sealed, sealed_on=kept.sealed_on,
                   look=look)  # fmt: skip
    lines = reading_words.lines(plan, made, reading_words.naive_of(plan, found, kept))
    lines += reading_words.bell_shaped(plan, found, kept)
    primary = made.primary
    assert primary is not None
    if primary.verdict is None:
        what = primary.refused or Words("")
        return Told("cannot_tell", what, Words(""), made.label, made.reasons, analysis=made)
    return Told(
        primary.verdict.code,
        primary.verdict.title,
        primary.verdict.sentence,
        made.label,
        made.reasons if made.label != AS_PLANNED else (),
        tuple(each for each in lines if each[0] not in ("", "→ ", "! ")
              and each[1] not in (primary.verdict.sentence, *made.reasons)),
        next_test(plan, made),
        interval(primary),
        against(plan, kept.sealed.sha256, as_report(plan, made)),
        made,
    )  # fmt: skip


#: The picture of an interval: 300 units wide with 10 at each side.
_WIDE, _SIDE = 300, 10


def interval(primary: OutcomeReading) -> dict[str, Any] | None:
    """The interval of a reading as a picture; None where there is none."""
    if primary.reading is None:
        return None
    ends = (primary.low, primary.high)
    points = primary.outcome.kind == "yes_no"
    less = primary.outcome.better == LESS
    asked = primary.outcome.worthwhile or 0.0
    return picture(ends, primary.reading.estimate, asked, points=points, less=less)


def picture(
    found: tuple[float, float], estimate: float, asked: float, *, points: bool, less: bool = False
) -> dict[str, Any] | None:
    """An interval as a picture, better to the right: nought, the asked gain, ends and middle.

    Args:
        found: the ends; None is returned where one of them is infinite.
        points: whether they are shares, shown in points of a hundred.
        less: whether less is better.
    """
    if not all(map(isfinite, found)):
        return None
    times, sign = (100.0 if points else 1.0), (-1 if less else 1)
    low, high = sorted(sign * end for end in found)
    middle = sign * estimate
    ends = (min(low, 0.0, -asked), max(high, asked))
    wide = (ends[1] - ends[0]) or 1.0

    def at(value: float) -> int:
        return _SIDE + round(_WIDE * (value - ends[0]) / wide)

    return {
        "low_x": at(low), "high_x": at(high), "wide": max(1, at(high) - at(low)),
        "middle_x": at(middle), "nought_x": at(0.0), "asked_x": at(asked),
        "low": times * found[0], "high": times * found[1],
        "middle": times * estimate, "asked": times * asked, "less": less, "points": points,
    }  # fmt: skip


def guards(trial: Trial, standing: Standing) -> tuple[Watch, ...]:
    """What the guardrails say of what came since the trial began, or since it was let go on."""
    entries, reports = resumed_after(standing)
    found = queries.standing_entries(trial).filter(n__gt=entries)
    counted = queries.counted(trial, reports)
    return books.watches(standing.protocol, map(queries.written, found), counted)


def resumed_after(standing: Standing) -> tuple[int, int]:
    """After how many entries and reports somebody last let a paused trial go on."""
    went = standing.events("running")
    if len(went) < 2:
        return 0, 0
    return int(went[-1]["entries"]), int(went[-1]["reports"])


def page(trial: Trial, standing: Standing, language: str) -> dict[str, Any]:
    """What the page of results shows: the reading of what was looked at, or that nobody looked."""
    try:
        found = queries.rows_of(trial, standing.protocol)
        if not queries.looked_at(standing, found):
            return {"unseen": True, "rows": len(found.rows)}
        looks = [each for each in standing.events("looked") if each["rows"] == found.sha256]
        which = looks[-1].get("look")
        told = read(standing, found, None if which is None else int(which))
    except VuonError as error:
        return {"refused": error.say(language)}
    return {"told": said(told, language), "rows": len(found.rows)}


def said(told: Told, language: str) -> dict[str, Any]:
    """A reading in one language, for the page."""
    return {
        "code": told.code,
        "title": told.title.say(language),
        "sentence": told.sentence.say(language),
        "label": told.label,
        "reasons": [each.say(language) for each in told.reasons],
        "lines": [each.say(language) for mark, each in told.lines if mark != "~ "],
        "grey": [each.say(language) for mark, each in told.lines if mark == "~ "],
        "next_test": told.next_test.say(language) if told.next_test else "",
        "interval": told.interval,
        "points": [
            {"state": each.state, "words": each.words.say(language)} for each in told.points
        ],
    }
