"""What people leave in a practice place."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Guess(models.Model):
    """The first guess at a place: beans over its causes. Nobody but its author reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.ForeignKey("accounts.Actor", models.CASCADE, related_name="+")
    place = models.CharField(max_length=60)
    beans = models.JSONField()
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("actor", "place"), name="one_guess_a_place"),
        )
