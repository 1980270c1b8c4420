"""A paper for the desk: only what people typed into it is kept, never the paper itself."""

from __future__ import annotations

import uuid

from django.db import models

from vuon_web.labs.versions import Version


class Paper(models.Model):
    """A paper of a task that somebody wrote in or took along, by the key of its template."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.ForeignKey("challenges.Challenge", models.CASCADE, related_name="papers")
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=8)

    class Meta:
        ordering = ("template",)
        constraints = (
            models.UniqueConstraint(
                fields=("challenge", "template"), name="one_paper_a_challenge_and_template"
            ),
        )


class PaperVersion(Version):
    """What people had typed into a paper from a moment on (`vuon.cases.own`); at first nothing."""

    owner = models.ForeignKey(Paper, models.CASCADE, related_name="versions")

    class Meta(Version.Meta):
        constraints = (models.UniqueConstraint(fields=("owner", "n"), name="a_paper_version_once"),)
