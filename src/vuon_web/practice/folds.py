"""The state of a game, folded from its steps; the last states are kept in memory.

A state depends on nothing but place, world, seed, mode and steps, so that what is kept here is
never wrong, only forgotten.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from vuon.practice.game import Event, State, apply, begin
from vuon.practice.world import Draw, World
from vuon_web.practice.models import Game
from vuon_web.practice.places import world

KEPT = 200
_states: OrderedDict[tuple[UUID, int], State] = OrderedDict()


@dataclass(frozen=True)
class Played:
    """A game with its world, its secret draw, its events and the state they come to."""

    game: Game
    world: World
    draw: Draw
    events: tuple[Event, ...]
    state: State

    @property
    def at(self) -> int:
        """How many events there are: a page says for which number it was made."""
        return len(self.events)


def folded(game: Game) -> Played:
    """The game as it stands.

    Raises:
        VuonError: the place has been changed so that the steps no longer fit it.
    """
    kept: Sequence[dict[str, Any]] = list(game.steps.values_list("event", flat=True))
    events = tuple(Event.of(each) for each in kept)
    here = world(game.place, game.world)
    draw = here.draw(game.seed)
    known = max(
        (count for count in range(len(events) + 1) if (game.pk, count) in _states), default=0
    )
    state = _states.get((game.pk, known)) or begin(here, game.mode)
    for event in events[known:]:
        state = apply(here, draw, state, event)
    remember(game, len(events), state)
    return Played(game, here, draw, events, state)


def remember(game: Game, count: int, state: State) -> None:
    """Keep the state after so many events."""
    _states[game.pk, count] = state
    _states.move_to_end((game.pk, count))
    while len(_states) > KEPT:
        _states.popitem(last=False)
