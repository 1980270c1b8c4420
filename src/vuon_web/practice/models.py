"""Games in practice places: who plays, what was done, and what somebody wrote for themselves."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

MODES = (("taster", "taster"), ("full", "full"))


class Round(models.Model):
    """One seed for all teams of a session, so that their ways can be talked about together.

    While it is `held`, nobody sees the year later nor the debrief: the facilitator lifts it for
    all at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey("labs.Session", models.PROTECT, related_name="+")
    place = models.CharField(max_length=60)
    world = models.PositiveSmallIntegerField(default=1)
    mode = models.CharField(max_length=8, choices=MODES)
    seed = models.BigIntegerField()
    held = models.BooleanField(default=True)
    opened = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-opened",)


class Game(models.Model):
    """One game of one person or team. Its state is a fold of its steps; the seed never leaves.

    `world` is the number of the world that it began in (`vuon.practice.worlds`), and stays so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.CharField(max_length=60)
    world = models.PositiveSmallIntegerField(default=1)
    mode = models.CharField(max_length=8, choices=MODES)
    seed = models.BigIntegerField()
    code = models.CharField(max_length=6, blank=True)
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="games")
    team = models.ForeignKey("labs.Team", models.PROTECT, null=True, related_name="+")
    forked_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    begun = models.DateTimeField(default=timezone.now)
    touched = models.DateTimeField(default=timezone.now)
    over = models.BooleanField(default=False)

    if TYPE_CHECKING:
        team_id: int | None
        round_id: uuid.UUID | None
        forked_from_id: uuid.UUID | None

    class Meta:
        ordering = ("-touched",)
        constraints = (
            models.UniqueConstraint(
                fields=("code",), condition=~Q(code=""), name="a_game_code_once"
            ),
            models.UniqueConstraint(
                fields=("round", "team"),
                condition=Q(team__isnull=False),
                name="a_team_plays_a_round_once",
            ),
        )


class Player(models.Model):
    """Somebody who plays a game, and may therefore see it. Nobody else can."""

    game = models.ForeignKey(Game, models.CASCADE, related_name="players")
    actor = models.ForeignKey("accounts.Actor", models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("game", "actor"), name="play_once"),)


class Step(models.Model):
    """One event of a game; `number` counts from 0 without gaps."""

    game = models.ForeignKey(Game, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    event = models.JSONField()
    by = models.ForeignKey("accounts.Actor", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("game", "number"), name="a_step_once_a_game"),
        )


class Sentence(models.Model):
    """What somebody will do differently on Monday. Nobody but its author reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    game = models.ForeignKey(Game, models.CASCADE, related_name="+")
    actor = models.ForeignKey("accounts.Actor", models.CASCADE, related_name="+")
    text = models.TextField()
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("game", "actor"), name="a_sentence_each"),)
