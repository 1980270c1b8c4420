"""The map of a task, as a document whose every state is kept."""

from __future__ import annotations

import uuid

from django.db import models

from vuon_web.labs.versions import Version


class Journey(models.Model):
    """The way of the citizen through a service, for one task; seen as far as the task is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.OneToOneField("challenges.Challenge", models.CASCADE, related_name="journey")
    at = models.DateTimeField(auto_now_add=True)


class JourneyVersion(Version):
    """`journey.toml` from a moment on."""

    owner = models.ForeignKey(Journey, models.CASCADE, related_name="versions")

    class Meta(Version.Meta):
        constraints = (
            models.UniqueConstraint(fields=("owner", "n"), name="a_journey_version_once"),
        )
