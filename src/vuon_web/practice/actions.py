"""Writes: games begin, people join, events are added one after another, sentences are kept.

The record knows that somebody played, never what they believed, chose or wrote.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuon.practice.game import Event, Stage, State, apply
from vuon_web.accounts.refusals import Refusal
from vuon_web.audit.actions import record
from vuon_web.practice import pulses, queries
from vuon_web.practice.folds import folded, remember
from vuon_web.practice.models import Game, Player, Round, Sentence, Step
from vuon_web.practice.places import newest

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor
    from vuon_web.labs.models import Session, Team

#: Seeds from 0 to this.
SEEDS = 2**62
LONGEST_SENTENCE = 500


class Moved(Refusal):
    """Somebody of the team did something else in the meantime."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody in your team was quicker and did something else. Here is how it stands "
                "now; choose again if you still want to."
            )
        )


@transaction.atomic
def begin_game(
    *,
    place: str,
    mode: str,
    by: Actor,
    round_: Round | None = None,
    team: Team | None = None,
    seed: int | None = None,
    forked_from: Game | None = None,
) -> Game:
    """A new game that `by` plays; in a round, with the round's seed and world.

    A game forked from another is played in that one's world, any other in the newest.
    """
    drawn = secrets.randbelow(SEEDS) if seed is None else seed
    earlier = round_ or forked_from
    game = Game.objects.create(
        place=place,
        world=earlier.world if earlier else newest(place),
        mode=mode,
        seed=round_.seed if round_ else drawn,
        code=queries.free_code(),
        round=round_,
        team=team,
        forked_from=forked_from,
    )
    Player.objects.create(game=game, actor=by)
    record(by=by, verb="began", kind="game", object_id=game.pk, place=place, mode=mode)
    return game


@transaction.atomic
def join_game(*, game: Game, by: Actor) -> None:
    """`by` plays along, and sees everything of the game from now on."""
    _player, new = Player.objects.get_or_create(game=game, actor=by)
    if new:
        record(by=by, verb="joined", kind="game", object_id=game.pk)


@transaction.atomic
def act(*, game: Game, event: Event, at: int, by: Actor) -> State:
    """Add an event to a game whose page was made after `at` events.

    The same event sent twice, by a second tap or a second phone, is there once.

    Raises:
        Moved: something else happened since; nothing was added.
        VuonError: the event is not possible; nothing was added.
    """
    game = Game.objects.select_for_update().get(pk=game.pk)
    played = folded(game)
    if at != played.at:
        if event.kept() in [each.kept() for each in played.events[at:]]:
            return played.state
        raise Moved
    state = apply(played.world, played.draw, played.state, event)
    Step.objects.create(game=game, number=at, event=event.kept(), by=by)
    game.touched, game.over = timezone.now(), state.stage == Stage.OVER
    game.save(update_fields=("touched", "over"))
    record(by=by, verb="played", kind="game", object_id=game.pk, number=at)
    pulses.forget(game.pk)
    transaction.on_commit(lambda: remember(game, at + 1, state))
    return state


@transaction.atomic
def fork_game(*, game: Game, at: int, by: Actor) -> Game:
    """A new game of `by` with the same seed and the first `at` events of a finished one."""
    forked = begin_game(place=game.place, mode=game.mode, by=by, seed=game.seed, forked_from=game)
    for step in game.steps.filter(number__lt=at):
        Step.objects.create(game=forked, number=step.number, event=step.event, by=None)
    return forked


@transaction.atomic
def leave_game(*, game: Game, by: Actor) -> None:
    """`by` plays no more; a game that nobody plays is deleted with all its steps."""
    pulses.forget(game.pk)
    Player.objects.filter(game=game, actor=by).delete()
    Sentence.objects.filter(game=game, actor=by).delete()
    record(by=by, verb="left", kind="game", object_id=game.pk)
    if not Player.objects.filter(game=game).exists():
        record(by=by, verb="forgot", kind="game", object_id=game.pk)
        game.delete()


@transaction.atomic
def keep_sentence(*, game: Game, text: str, by: Actor) -> None:
    """What `by` will do differently; an empty one takes it away."""
    text = text.strip()[:LONGEST_SENTENCE]
    if not text:
        Sentence.objects.filter(game=game, actor=by).delete()
        record(by=by, verb="forgot", kind="sentence", object_id=game.pk)
        return
    Sentence.objects.update_or_create(
        game=game, actor=by, defaults={"text": text, "changed": timezone.now()}
    )
    record(by=by, verb="kept", kind="sentence", object_id=game.pk)


@transaction.atomic
def open_round(*, session: Session, place: str, mode: str, by: Actor) -> Round:
    """One seed for all teams of a session; it is never used again."""
    made = Round.objects.create(
        session=session,
        place=place,
        world=newest(place),
        mode=mode,
        seed=secrets.randbelow(SEEDS),
    )
    record(by=by, verb="opened", kind="round", object_id=made.pk, place=place, mode=mode)
    return made


@transaction.atomic
def hold_round(*, round_: Round, held: bool, by: Actor) -> None:
    """Hold the year later and the debrief back for all teams, or let them see it."""
    round_.held = held
    round_.save(update_fields=("held",))
    pulses.forget(*Game.objects.filter(round=round_).values_list("pk", flat=True))
    record(by=by, verb="held" if held else "released", kind="round", object_id=round_.pk)


@transaction.atomic
def enter_round(*, round_: Round, team: Team | None, by: Actor) -> Game:
    """The game of the team (without one: of `by`) in this round, begun if it is not there yet."""
    Round.objects.select_for_update().get(pk=round_.pk)
    game = queries.game_in_round(round_, team, by)
    if game is None:
        return begin_game(place=round_.place, mode=round_.mode, by=by, round_=round_, team=team)
    join_game(game=game, by=by)
    return game
