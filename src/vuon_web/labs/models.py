"""A lab and how people come together in it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from vuon_web.accounts.permissions import Role


class Lab(models.Model):
    """A policy lab, opened from a plan. Practice and example never enter real figures."""

    KINDS = (("real", "real"), ("practice", "practice"), ("example", "example"))

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=500)
    titles = models.JSONField(default=dict, blank=True)  # by language, where there are several
    kind = models.CharField(max_length=10, choices=KINDS)
    language = models.CharField(max_length=8)
    owner = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    opened_on = models.DateField(default=timezone.localdate)
    source_hash = models.CharField(max_length=64, blank=True, db_index=True)

    @property
    def called(self) -> str:
        """The title in the page's language, if it has one in it."""
        return str(self.titles.get(get_language() or "", self.title))


class Programme(models.Model):
    """What a lab does over some weeks."""

    STATES = (("draft", "draft"), ("running", "running"), ("closed", "closed"))

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="programmes")
    title = models.CharField(max_length=500)
    starts = models.DateField(null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(default=8)
    state = models.CharField(max_length=10, choices=STATES, default="draft")

    class Meta:
        ordering = ("id",)


class Cohort(models.Model):
    """The people who go through a programme together."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cohorts")
    title = models.CharField(max_length=200)
    starts = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)


class Agency(models.Model):
    """A partner of a lab, under the name its plan gives it.

    `unit` is the key of the dated unit that the name resolves to, if it is certain. Where a plan
    runs several names together, the split is a proposal: `from_text` holds the words as written,
    `proposed` says that nobody has confirmed it, and a rejoined agency keeps the parts it was
    proposed to have in `parts`.
    """

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="agencies")
    name = models.CharField(max_length=500)
    unit = models.CharField(max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField()
    roles = models.JSONField(default=list)
    description = models.TextField(blank=True)
    sector = models.CharField(max_length=200, blank=True)
    proposed = models.BooleanField(default=False)
    from_text = models.TextField(blank=True)
    parts = models.JSONField(default=list)
    words = models.JSONField(
        default=dict
    )  # name and description by language, where a plan has both

    class Meta:
        ordering = ("rank", "id")


class Team(models.Model):
    """Four or five people who work together; of one agency, or mixed.

    A team of an agency is entered by its own `code`, not by the code of the room: who holds the
    room's code must not read what another agency's team wrote.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="teams")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="teams")
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=6, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("cohort", "name"), name="a_team_name_once_a_cohort"),
            models.UniqueConstraint(
                fields=("code",), condition=~Q(code=""), name="a_team_code_once"
            ),
        )


class Session(models.Model):
    """A room: people join by its code while it is open. Closed, it has no code any more."""

    KINDS = (("live", "live"), ("async", "async"))
    STATES = (
        ("draft", "draft"),
        ("lobby", "lobby"),
        ("running", "running"),
        ("paused", "paused"),
        ("closed", "closed"),
        ("archived", "archived"),
    )
    OPEN = ("lobby", "running", "paused")

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="sessions")
    room = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=5, choices=KINDS, default="live")
    code = models.CharField(max_length=6, blank=True)
    state = models.CharField(max_length=8, choices=STATES, default="draft")
    starts = models.DateTimeField(null=True, blank=True)
    ends = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("code",), condition=~Q(code=""), name="a_session_code_once"
            ),
        )

    @property
    def is_open(self) -> bool:
        """Whether people can join."""
        return self.state in self.OPEN


class Participation(models.Model):
    """Somebody in a session: under which pseudonym, in which team, until they left."""

    actor = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="participations")
    session = models.ForeignKey(Session, models.PROTECT, related_name="participations")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="participations")
    pseudonym = models.CharField(max_length=80, blank=True)
    joined = models.DateTimeField(default=timezone.now)
    left = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("actor", "session"), name="join_once"),
            models.UniqueConstraint(
                fields=("session", "pseudonym"),
                condition=~Q(pseudonym=""),
                name="a_pseudonym_once_a_session",
            ),
        )


class Staff(models.Model):
    """A role in a lab; a mentor may come from another agency."""

    actor = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="staff_roles")
    lab = models.ForeignKey(Lab, models.PROTECT, related_name="staff")
    role = models.CharField(max_length=20, choices=Role.choices())
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("actor", "lab", "role"), name="a_role_once_a_lab"),
        )
