"""The record of what was done."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Event(models.Model):
    """One thing done. The database itself refuses to change or delete it (see `triggers`).

    `actor_id` and `object_id` are identifiers without foreign keys: the record lies below all
    other apps and outlives what it speaks of.
    """

    seq = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("seq",)
        indexes = (
            models.Index(fields=("kind", "object_id"), name="audit_of_an_object"),
            models.Index(fields=("actor_id",), name="audit_of_an_actor"),
        )
