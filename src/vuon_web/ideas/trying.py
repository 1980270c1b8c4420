"""An idea on the map: what it does to whom, beside the way as it is, under the same luck."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from vuon.errors import VuonError
from vuon.ideas.model import Idea
from vuon.journeys.applying import Change, apply
from vuon.journeys.check import runnable
from vuon.journeys.compare import Comparison, Difference, compare
from vuon.journeys.file import read, write
from vuon.journeys.model import Journey
from vuon.journeys.sketching import sketched
from vuon_web.journeys.runs import METRICS

#: The most runs for one page, and the seconds after which it gives up.
CAP, LONGEST = 160, 8.0
JUDGED = {1: _("better"), -1: _("worse"), 0: _("cannot tell")}
SAME = _("no difference")


@lru_cache(maxsize=64)
def _compared(as_is: str, redesign: str) -> Comparison:
    """Two journeys by their files; the same pair is compared once."""
    end = time.monotonic() + LONGEST
    before, after = read(as_is), read(redesign)
    return compare(before, after, cap=CAP, stop=lambda: time.monotonic() > end)


def page(found: Journey | None, idea: Idea, language: str) -> dict[str, Any]:
    """What the page of a trial on the map shows: a table, or in words why there is none."""
    changes = [
        Change(each.target, each.edit, each.values)
        for each in idea.changes
        if each.kind == "service" and each.target and each.values
    ]
    shown: dict[str, Any] = {"steps": bool(found and found.steps), "figures": bool(changes)}
    if found is None or not found.steps or not changes:
        return shown
    sketch = sketched(found)
    shown["assumed"] = [each.words.say(language) for each in sketch.assumed]
    refused = runnable(sketch.journey)
    if refused:
        return shown | {"refused": [each.what.say(language) for each in refused]}
    try:
        plain = replace(sketch.journey, pins=())
        result = _compared(write(plain), write(apply(plain, changes)))
    except VuonError as error:
        return shown | {"why": error.say(language)}
    groups: list[tuple[str, Any]] = [("", _("All"))]
    if len(sketch.journey.groups) > 1:
        groups += [(g.key, g.name.say(language) or g.key) for g in sketch.journey.groups]
    return shown | {
        "replications": result.replications,
        "tables": [
            {"name": name, "rows": list(_rows(result, group))} for group, name in groups
        ],
    }  # fmt: skip


def _rows(result: Comparison, group: str) -> Any:
    for metric, label, scale in METRICS:
        found = result.differences.get((metric, group))
        if found is not None:
            # the same people, step for step: nothing is left to luck
            same = not found.mean and not found.half
            judged = SAME if same else JUDGED[found.better]
            yield {"label": label, "same": same, "judged": judged, **_cells(found, scale)}


def _cells(found: Difference, scale: float) -> dict[str, Any]:
    return {
        "before": scale * found.before,
        "after": scale * found.after,
        "low": scale * found.low,
        "high": scale * found.high,
        "better": found.better,
    }
