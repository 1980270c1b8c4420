"""Reads: a game is seen by those who play it, a sentence by its author, and by nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from vuon_web.labs import codes
from vuon_web.practice.models import Game, Player, Round, Sentence, Step

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor
    from vuon_web.labs.models import Session, Team


def games_of(actor: Actor | None) -> QuerySet[Game]:
    """The games that this person plays, the last touched first. The only way to a game."""
    if actor is None:
        return Game.objects.none()
    return Game.objects.filter(players__actor=actor).select_related("round", "team")


def game_for(actor: Actor | None, game_id: UUID) -> Game:
    """The game, for those who play it, else Http404."""
    found = games_of(actor).filter(pk=game_id).first()
    if found is None:
        raise Http404
    return found


def going_on(actor: Actor | None, place: str = "") -> Game | None:
    """The game this person touched last and has not finished, if any."""
    found = games_of(actor).filter(over=False)
    return (found.filter(place=place) if place else found).first()


def players(game: Game) -> int:
    """How many play the game."""
    return Player.objects.filter(game=game).count()


def steps(game: Game) -> int:
    """How many events the game has."""
    return Step.objects.filter(game=game).count()


def by_code(code: str) -> Game | None:
    """The game that teammates join by this code, while it goes on."""
    return Game.objects.filter(code=code, over=False).first() if code else None


def free_code() -> str:
    """A code that no game has; the database refuses a second one of a kind."""
    while True:
        code = codes.draw()
        if not Game.objects.filter(code=code).exists():
            return code


def sentence_of(actor: Actor | None, game: Game) -> Sentence | None:
    """What this person wrote for themselves after the game. There is no other way to it."""
    return Sentence.objects.filter(actor=actor, game=game).first() if actor else None


def round_of(session: Session) -> Round | None:
    """The newest round of a session."""
    return Round.objects.filter(session=session).first()


def game_in_round(round_: Round, team: Team | None, actor: Actor | None) -> Game | None:
    """The team's game of a round; without a team the person's own."""
    if team is not None:
        return Game.objects.filter(round=round_, team=team).first()
    return games_of(actor).filter(round=round_, team=None).first()


def round_with(round_id: UUID) -> Round | None:
    """The round of that id."""
    return Round.objects.filter(pk=round_id).select_related("session__cohort__programme").first()


def games_in(round_: Round) -> QuerySet[Game]:
    """The games of a round, for figures of the whole room."""
    return (
        Game.objects.filter(round=round_)
        .select_related("team", "round")
        .order_by("team__name", "begun")
    )
