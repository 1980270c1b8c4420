"""The activities of a programme: which card, in which order, and why if not by the plan."""

from __future__ import annotations

import uuid

from django.db import models


class Planned(models.Model):
    """An activity that stands in a programme, or stood in it until somebody took it out.

    Why it stands there is worked out from the plan each time; only what a person adds for a
    reason of their own is written down.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey("labs.Programme", models.CASCADE, related_name="activities")
    card = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    own_reason = models.CharField(max_length=300, blank=True)
    taken_out = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("programme", "card"), name="a_card_once_a_programme"),
        )
