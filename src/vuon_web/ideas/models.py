"""Ideas of a task, what a team says of them without names, and what was shown to people."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language

from vuon.toml.table import Text
from vuon_web.labs.versions import Version

#: What a prototype card says.
CARD = ("shown", "to_whom", "happened", "changed")
VOTING = (("", ""), ("open", "open"), ("closed", "closed"))


class Board(models.Model):
    """The ideas of one task; seen as far as the task is.

    While it is `silent`, what somebody writes is theirs alone; when the round ends, everything is
    shown at once and without names.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.OneToOneField("challenges.Challenge", models.CASCADE, related_name="board")
    silent = models.BooleanField(default=False)
    voting = models.CharField(max_length=6, choices=VOTING, default="", blank=True)


class IdeaPaper(models.Model):
    """One idea; its text is in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Board, models.CASCADE, related_name="papers")
    key = models.CharField(max_length=60)
    silent = models.BooleanField(default=False)
    author = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=("board", "key"), name="an_idea_key_once_a_board"),
        )


class IdeaVersion(Version):
    """`idea.toml` from a moment on."""

    owner = models.ForeignKey(IdeaPaper, models.CASCADE, related_name="versions")

    class Meta(Version.Meta):
        constraints = (models.UniqueConstraint(fields=("owner", "n"), name="an_idea_version_once"),)


class Dot(models.Model):
    """A dot that somebody gave. Who gave it is used for counting their dots and shown to nobody."""

    paper = models.ForeignKey(IdeaPaper, models.CASCADE, related_name="dots")
    giver = models.ForeignKey("accounts.Actor", models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("paper", "giver"), name="one_dot_an_idea_a_person"),
        )


class Prototype(models.Model):
    """What was shown to whom, what happened, what changed. Never who they were."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(IdeaPaper, models.CASCADE, related_name="prototypes")
    words = models.JSONField(default=dict)  # by name of `CARD`, then by language
    day: models.DateField[date, date] = models.DateField(default=timezone.localdate)
    author = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("day", "at")

    def says(self, name: str) -> str:
        """One of the four texts of `CARD`, in the page's language, else in any."""
        return Text(**self.words.get(name, {})).say((get_language() or "vi")[:2])

    @property
    def shown(self) -> str:
        """What was shown."""
        return self.says("shown")

    @property
    def to_whom(self) -> str:
        """To whom: how many, of which group."""
        return self.says("to_whom")

    @property
    def happened(self) -> str:
        """What happened."""
        return self.says("happened")

    @property
    def changed(self) -> str:
        """What changed then."""
        return self.says("changed")
