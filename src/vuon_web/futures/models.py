"""What a task looks out for, as a document whose every state is kept."""

from __future__ import annotations

import uuid

from django.db import models

from vuon_web.labs.versions import Version


class Outlook(models.Model):
    """Signals, drivers and signposts of one task; seen as far as the task is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.OneToOneField("challenges.Challenge", models.CASCADE, related_name="outlook")
    at = models.DateTimeField(auto_now_add=True)


class OutlookVersion(Version):
    """The outlook's text from a moment on."""

    owner = models.ForeignKey(Outlook, models.CASCADE, related_name="versions")

    class Meta(Version.Meta):
        constraints = (
            models.UniqueConstraint(fields=("owner", "n"), name="an_outlook_version_once"),
        )
