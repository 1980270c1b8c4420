"""What the pages of a pilot show: advice, lots, half way, the reading. Plain values only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vuon.practice.pilot import (
    GUARDRAILS,
    WORTHWHILE,
    Foresight,
    Pilot,
    foresee,
    most_weeks,
)
from vuon.practice.place import Place
from vuon.practice.world import (
    BEFORE_AFTER,
    NEW,
    SIDE_BY_SIDE,
    WEEKS_BY_LOT,
    PilotPlan,
)
from vuon_web.practice.folds import Played
from vuon_web.practice.pages_look import number
from vuon_web.practice.pages_try import titles
from vuon_web.trials.readings import picture

LEAST_WEEKS = 6


def designs() -> list[dict[str, str]]:
    """The ways of comparing, in plain words."""
    return [
        {
            "key": WEEKS_BY_LOT,
            "title": _("Weeks by lot"),
            "text": _(
                "At each point a lot decides for every two weeks which one goes the new way and "
                "which one the old. Everyone gets both, chance decides when."
            ),
        },
        {
            "key": SIDE_BY_SIDE,
            "title": _("Point beside point"),
            "text": _(
                "A lot decides which points go the new way for the whole time; the others stay as "
                "they are."
            ),
        },
        {
            "key": BEFORE_AFTER,
            "title": _("Before and after"),
            "text": _(
                "All points go the new way at once, and the six weeks before are what it is "
                "compared with. No lot."
            ),
        },
    ]


def week_choices(played: Played, ideas_: Sequence[str]) -> list[int]:
    """The even numbers of weeks that the days left allow."""
    most = most_weeks(played.world.place, played.state, ideas_)
    return list(range(LEAST_WEEKS, most + 1, 2))


def choices() -> dict[str, Any]:
    """The fixed choices of a plan."""
    return {
        "worthwhile": [
            {"value": f"{each:.2f}", "points": round(100 * each)} for each in WORTHWHILE
        ],
        "guardrails": [
            {"value": f"{each:.2f}", "percent": round(100 * each)} for each in GUARDRAILS
        ],
    }


def advice(plan: PilotPlan) -> dict[str, Any]:
    """What a plan can show, said before it starts."""
    seen = foresee(plan)
    return {"sees": seen, "sentences": _advice(plan, seen), "can_show": seen.can_show}


def _advice(plan: PilotPlan, seen: Foresight) -> list[str]:
    if seen.allocations is None or seen.smallest_p is None:
        return [
            _(
                "Without a lot, whatever else changes in these weeks looks like an effect: a new "
                "rule, a holiday, the season. At most one can say afterwards that it fits."
            )
        ]
    once_in = round(1 / seen.smallest_p)
    ways = ngettext(
        "The lot can fall in %(ways)s way.", "The lot can fall in %(ways)s ways.", seen.allocations
    ) % {"ways": seen.allocations}
    if not seen.can_show:
        return [
            ways,
            _(
                "Even the best result would come about by luck alone once in %(times)s. Nothing "
                "that you see will be able to rule out chance."
            )
            % {"times": once_in},
        ]
    return [
        ways,
        _(
            "The best result would come about by luck alone once in %(times)s, so a clear "
            "difference can be told from chance."
        )
        % {"times": once_in},
        _("People: about %(people)s.") % {"people": len(plan.sites) * plan.weeks * 10},
    ]


def lots(pilot: Pilot, place: Place) -> list[dict[str, Any]]:
    """Who goes which way in which week, point by point."""
    weeks = range(1, pilot.plan.weeks + 1)
    language = get_language() or "vi"
    return [
        {
            "unit": place.site(site).title.say(language),
            "ways": [{"week": week, "new": pilot.arms[site, week] == NEW} for week in weeks],
        }
        for site in pilot.plan.sites
    ]


def halfway(played: Played) -> dict[str, Any]:
    """What can be seen half way: what happened, and the guardrail. Never the outcome."""
    pilot, place = played.state.pilot, played.world.place
    assert pilot
    seen = [row for row in pilot.rows if 0 < row.week <= pilot.half and row.arm == NEW]
    people, waited = sum(row.seen for row in seen), sum(row.long_wait for row in seen)
    happened = [_happening(place, key) for key in pilot.happened]
    if "publish" in pilot.answers:
        happened.append(place.shock("press"))
    return {
        "half": pilot.half,
        "weeks": pilot.plan.weeks,
        "happened": happened,
        "people": people,
        "waited": waited,
        "share": round(100 * waited / people) if people else 0,
        "limit": round(100 * pilot.plan.guardrail) if pilot.plan.guardrail else None,
        "alarm": pilot.alarm if pilot.alarm and pilot.alarm <= pilot.half else None,
        "answers": [{"key": key, "title": _answers()[key]} for key in pilot.answers],
    }


def _happening(place: Place, key: str) -> Any:
    return next(each for each in (*place.shocks, *place.incidents) if each.key == key)


def _answers() -> dict[str, str]:
    return {
        "go_on": _("Go on as planned"),
        "stop": _("Stop here and read what there is"),
        "decline": _("Go on, and give the number at the end as agreed"),
        "publish": _("Go on, and publish the first number today"),
    }


def reading(played: Played) -> dict[str, Any]:
    """The pilot's numbers: a dot for each week of a point, the difference, what may be said."""
    pilot, place = played.state.pilot, played.world.place
    assert pilot and pilot.reading
    read = pilot.reading
    language = get_language() or "vi"
    ends = None if read.observational else _ends(read.low, read.high)
    interval = picture(ends, read.estimate, pilot.plan.worthwhile, points=True) if ends else None
    after_half = [key for key in pilot.happened if pilot.happens[key][0] > pilot.half]
    return {
        "dots": _dots(pilot),
        "rows": [
            {
                "site": place.site(row.site).title,
                "week": row.week if row.week > 0 else f"−{1 - row.week}",
                "new": row.arm == NEW,
                "finished": row.finished,
                "seen": row.seen - row.lost,
                "lost": row.lost,
            }
            for row in pilot.shown
        ],
        "weeks": pilot.ended,
        "planned": pilot.plan.weeks,
        "new": round(100 * read.new),
        "old": round(100 * read.old),
        "points": number(100 * read.estimate),
        "bounded": interval is not None,
        "interval": interval,
        "observational": read.observational,
        "smallest": round(1 / read.smallest_p) if read.smallest_p else None,
        "flips": read.flips,
        "lost": sum(row.lost for row in pilot.shown),
        "worthwhile": round(100 * pilot.plan.worthwhile),
        "title": read.verdict.title.say(language),
        "sentence": read.verdict.sentence.say(language),
        "code": read.verdict.code,
        "happened": [_happening(place, key) for key in after_half],
        "alarm": pilot.alarm if pilot.alarm and pilot.alarm <= pilot.ended else None,
        "ideas": titles(place, pilot.plan.ideas),
    }


def _ends(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)


#: The picture of the reading: 320 units wide, shares of people from left to right.
WIDE = 300


def _dots(pilot: Pilot) -> list[dict[str, Any]]:
    """A row of dots for the old way and one for the new, week by week."""
    rows = []
    for new in (False, True):
        points = [row for row in pilot.shown if (row.arm == NEW) == new and row.share is not None]
        rows.append(
            {
                "new": new,
                "y": 66 if new else 26,
                "dots": [
                    {
                        "x": 10 + round(WIDE * (row.share or 0)),
                        "y": (66 if new else 26) + (at * 7 % 5 - 2) * 3,
                    }
                    for at, row in enumerate(points)
                ],
                "mean": 10
                + round(WIDE * sum(row.share or 0 for row in points) / max(1, len(points))),
            }
        )
    return rows
