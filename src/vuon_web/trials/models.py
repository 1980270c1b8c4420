"""Trials of a task: the plan in versions, the record line by line, what was measured and reported.

The record holds keys, numbers and officials' reasons; what citizens said stands beside it, so that
it can be taken out without breaking the chain.
"""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models

from vuon_web.labs.versions import Version

#: Whom a door lets in: the second person, counter staff, citizens, anybody for the lot.
DOORS = ("approve", "enter", "complain", "lot")
INCIDENT, COMPLAINT = "incident", "complaint"


class Trial(models.Model):
    """One trial; its plan is in its versions, its life in its record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.ForeignKey("challenges.Challenge", models.CASCADE, related_name="trials")
    author = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "id")


class PlanVersion(Version):
    """`trial.toml` from a moment on."""

    owner = models.ForeignKey(Trial, models.CASCADE, related_name="versions")

    class Meta(Version.Meta):
        constraints = (models.UniqueConstraint(fields=("owner", "n"), name="a_plan_version_once"),)


class Line(models.Model):
    """One line of the record, as it is written into the file; never changed."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="lines")
    n = models.PositiveIntegerField()
    text = models.TextField()
    actor = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("n",)
        constraints = (models.UniqueConstraint(fields=("trial", "n"), name="a_record_line_once"),)


class Door(models.Model):
    """A link that leads to one page of a trial without an account."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="doors")
    purpose = models.CharField(max_length=10, choices=[(each, each) for each in DOORS])
    token = models.CharField(max_length=64, unique=True)
    closed = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "id")


class Entry(models.Model):
    """What one person answered, or one line of a sheet; a correction is a further entry.

    `slip` is the number that the person takes home, by which they can leave later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trial = models.ForeignKey(Trial, models.CASCADE, related_name="entries")
    n = models.PositiveIntegerField()
    slip = models.CharField(max_length=12, blank=True)
    unit = models.CharField(max_length=60)
    period = models.PositiveIntegerField(default=0)
    arm = models.CharField(max_length=3, blank=True)
    agreed = models.BooleanField(default=True)
    notice = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=dict)  # by outcome: [total, seen, lost]
    harms = models.JSONField(default=dict)  # by guardrail: a number
    on: models.DateField[date, date] = models.DateField()
    corrects = models.ForeignKey("self", models.SET_NULL, null=True, related_name="corrections")
    left = models.CharField(
        max_length=6, blank=True, choices=[("keep", "keep"), ("delete", "delete")]
    )
    actor = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("n",)
        constraints = (models.UniqueConstraint(fields=("trial", "n"), name="a_trial_entry_once"),)


class Report(models.Model):
    """An incident that staff saw, or a complaint by anybody; the words stay out of the record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trial = models.ForeignKey(Trial, models.CASCADE, related_name="reports")
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=[(INCIDENT, INCIDENT), (COMPLAINT, COMPLAINT)])
    rail = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    answer = models.TextField(blank=True)
    receipt_hash = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    answered = models.DateTimeField(null=True)

    class Meta:
        ordering = ("n",)
        constraints = (models.UniqueConstraint(fields=("trial", "n"), name="a_trial_report_once"),)

    @property
    def ref(self) -> str:
        """How the record names it: a number, nothing that was said."""
        return str(self.n)
