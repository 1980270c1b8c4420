"""The year later and the debrief of finished games, computed once and kept in memory.

Only here, and only once a game is over and not held back, does the truth leave the library.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any
from uuid import UUID

from vuon.practice.best import OverFutures, best_possible
from vuon.practice.debrief import Debrief, debrief
from vuon.practice.game import Stage
from vuon.practice.later import YearLater, year_later
from vuon_web.practice.folds import Played
from vuon_web.practice.places import stories

KEPT = 200
_debriefs: OrderedDict[UUID, Debrief] = OrderedDict()
_best: OrderedDict[tuple[str, int, int], OverFutures] = OrderedDict()
#: A room that opens its debriefs at once computes the best possible of its seed once.
_computing = Lock()


def held(played: Played) -> bool:
    """Whether the facilitator still holds the year later back."""
    return bool(played.game.round and played.game.round.held)


def year_of(played: Played) -> YearLater:
    """The year later of a finished game that is not held back."""
    assert played.state.stage == Stage.OVER and not held(played)
    return year_later(played.world, stories(played.game.place), played.draw, played.state)


def debrief_of(played: Played) -> Debrief:
    """The debrief of a finished game that is not held back."""
    assert played.state.stage == Stage.OVER and not held(played)
    found = _debriefs.get(played.game.pk)
    if found is None:
        found = debrief(played.world, played.draw, played.state, best=best_of(played))
        _keep(_debriefs, played.game.pk, found)
    return found


def best_of(played: Played) -> OverFutures:
    """What the same purse would have allowed in this world."""
    key = (played.game.place, played.game.world, played.game.seed)
    with _computing:
        found = _best.get(key)
        if found is None:
            found = best_possible(played.world, played.draw)
            _keep(_best, key, found)
    return found


def _keep(kept: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    kept[key] = value
    while len(kept) > KEPT:
        kept.popitem(last=False)
