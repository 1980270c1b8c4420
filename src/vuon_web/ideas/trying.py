"""An idea on the map: what it does to whom, beside the way as it is, under the same luck.

The table is computed here; the levers of the page run in the browser, on the same kernel and under
the same envelope, so that both show the same digits.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from vuon.errors import VuonError
from vuon.ideas.model import Idea
from vuon.journeys import compare as comparing
from vuon.journeys import simulate
from vuon.journeys.applying import Change, apply
from vuon.journeys.check import runnable
from vuon.journeys.compare import Comparison, Difference, compare
from vuon.journeys.file import read, write
from vuon.journeys.model import Journey
from vuon.journeys.portable import Portable, layout_hash, portable, told
from vuon.journeys.sketching import Sketch, sketched
from vuon_web.ideas import wordings
from vuon_web.journeys.runs import METRICS

#: The seconds after which a page gives up.
LONGEST = 8.0
JUDGED = {1: _("better"), -1: _("worse"), 0: _("cannot tell")}
SAME, HARDLY = _("no difference"), _("hardly any difference")
#: Half of the last digit that is shown: nobody would notice less.
SHOWN = 0.05
MODULES = {
    "small": simulate.BUILT[simulate.SMALL],
    "large": simulate.BUILT[simulate.LARGE],
    "compare": comparing.BUILT,
}
#: A change as a key of what is kept: its target, its edit, its values in their order.
_Key = tuple[str, str, tuple[tuple[str, float], ...]]


@dataclass(frozen=True)
class Trial:
    """A map that could be run with an idea: what was assumed, what the idea changes."""

    sketch: Sketch
    changes: tuple[Change, ...]

    @property
    def plain(self) -> Journey:
        """The way as it is, without what has no part in a run."""
        return replace(self.sketch.journey, pins=())

    @property
    def key(self) -> tuple[str, tuple[_Key, ...]]:
        """What the results of this trial are kept under."""
        keys = ((each.target, each.edit, tuple(each.values.items())) for each in self.changes)
        return write(self.plain), tuple(keys)


def trial_of(found: Journey | None, idea: Idea) -> Trial | None:
    """The trial of an idea on a map; None without a map or without figures."""
    changes = _changes(idea)
    if found is None or not found.steps or not changes:
        return None
    return Trial(sketched(found), changes)


def _changes(idea: Idea) -> tuple[Change, ...]:
    return tuple(
        Change(each.target, each.edit, each.values)
        for each in idea.changes
        if each.kind == "service" and each.target and each.values
    )


@lru_cache(maxsize=32)
def _portable(as_is: str, keys: tuple[_Key, ...]) -> Portable:
    """Every combination of the levers of changes, on a journey by its file."""
    return portable(read(as_is), [Change(a, b, dict(c)) for a, b, c in keys])


@lru_cache(maxsize=64)
def _compared(as_is: str, keys: tuple[_Key, ...]) -> Comparison:
    """A journey by its file and the same with changes; the same pair is compared once."""
    end = time.monotonic() + LONGEST
    before = read(as_is)
    after = apply(before, [Change(a, b, dict(c)) for a, b, c in keys])
    return compare(
        before,
        after,
        under=_portable(as_is, keys).under,
        stop=lambda: time.monotonic() > end,
    )


def page(found: Journey | None, idea: Idea, language: str) -> dict[str, Any]:
    """What the page of a trial on the map shows: a table, or in words why there is none."""
    trial = trial_of(found, idea)
    shown: dict[str, Any] = {
        "steps": bool(found and found.steps),
        "figures": bool(_changes(idea)),
    }
    if trial is None:
        return shown
    shown["assumed"] = [each.words.say(language) for each in trial.sketch.assumed]
    refused = runnable(trial.sketch.journey)
    if refused:
        return shown | {"refused": [each.what.say(language) for each in refused]}
    try:
        result = _compared(*trial.key)
    except VuonError as error:
        return shown | {"why": error.say(language)}
    return shown | {
        "replications": result.replications,
        "tables": [
            {"key": key, "name": name, "rows": list(_rows(result, key))}
            for key, name in groups(trial.sketch.journey, language)
        ],
    }


def groups(journey: Journey, language: str) -> list[tuple[str, str]]:
    """All, then the groups of a journey that has more than one."""
    named = [(g.key, g.name.say(language) or g.key) for g in journey.groups]
    return [("", _now("All")), *(named if len(named) > 1 else [])]


def levers(found: Journey | None, idea: Idea, language: str) -> dict[str, Any] | None:
    """What the page's levers run on, as plain values; None where nothing can be run.

    Raises:
        VuonError: the journey or the idea cannot be made ready.
    """
    trial = trial_of(found, idea)
    if trial is None or runnable(trial.sketch.journey):
        return None
    journey, made = trial.plain, _portable(*trial.key)
    return {
        "sent": told(journey, made),
        "modules": {
            name: {
                "wasm": static(f"kernels/{path.name}"),
                "layout": static(f"kernels/{path.stem}.layout.json"),
                "hash": layout_hash(path),
            }
            for name, path in MODULES.items()
        },
        "levers": [
            {
                "label": wordings.label(journey, trial.changes[each.change], each, language),
                "positions": [wordings.position(each, value) for value in each.values],
                "idea": each.idea,
            }
            for each in made.levers
        ],
        "groups": [{"key": key, "name": name} for key, name in groups(journey, language)],
        "scales": {metric: scale for metric, _label, scale in METRICS},
    }


def _rows(result: Comparison, group: str) -> Any:
    for metric, label, scale in METRICS:
        found = result.differences.get((metric, group))
        if found is not None:
            # the same people, step for step: nothing is left to luck
            same = not found.mean and not found.half
            judged = SAME if same else JUDGED[found.better]
            if found.better and scale * max(abs(found.low), abs(found.high)) < SHOWN:
                judged = HARDLY
            said = {"metric": metric, "label": label, "same": same, "judged": judged}
            yield said | _cells(found, scale)


def _cells(found: Difference, scale: float) -> dict[str, Any]:
    return {
        "before": scale * found.before,
        "after": scale * found.after,
        "low": scale * found.low,
        "high": scale * found.high,
        "better": found.better,
    }
