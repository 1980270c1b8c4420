"""The sketch of a task, as a document whose every state is kept."""

from __future__ import annotations

import uuid

from django.db import models

from vuon_web.labs.versions import Version


class Sketch(models.Model):
    """What keeps a problem alive, for one task; seen as far as the task is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.OneToOneField("challenges.Challenge", models.CASCADE, related_name="sketch")
    at = models.DateTimeField(auto_now_add=True)


class SketchVersion(Version):
    """`system.toml` from a moment on."""

    owner = models.ForeignKey(Sketch, models.CASCADE, related_name="versions")

    class Meta(Version.Meta):
        constraints = (
            models.UniqueConstraint(fields=("owner", "n"), name="a_sketch_version_once"),
        )
