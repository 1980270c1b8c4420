"""Reads of the record."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from vuon_web.audit.models import Event


def events_of(kind: str, object_id: UUID | int | str) -> QuerySet[Event]:
    """Everything done to one object, in order."""
    return Event.objects.filter(kind=kind, object_id=str(object_id))


def events_by(actor_id: UUID) -> QuerySet[Event]:
    """Everything one actor did, in order."""
    return Event.objects.filter(actor_id=actor_id)
