"""What people make: an abstract model with the fields that decide who may read it.

An app that has a kind of material makes a model of it and registers it in `AppConfig.ready()`:
`material.register("challenge", "challenges.Challenge")`. It can then be offered and taken back.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.db import models
from django.utils import timezone

from vuon_web.accounts.visibility import Audience, Tier, readable

_M = TypeVar("_M", bound="Material")


class MaterialManager(models.Manager[_M]):
    """Reads only what somebody may see."""

    def visible_to(self, audience: Audience) -> models.QuerySet[_M]:
        """The items that `audience` may read."""
        return self.get_queryset().filter(readable(audience))


class Material(models.Model):
    """Something made by a person, a team or the lab, seen as far as its `tier` says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lab = models.ForeignKey("labs.Lab", models.PROTECT, related_name="+")
    programme = models.ForeignKey("labs.Programme", models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey("labs.Agency", models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("labs.Team", models.PROTECT, null=True, related_name="+")
    room = models.UUIDField(null=True)
    author = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    tier = models.CharField(max_length=10, choices=Tier.choices(), default=Tier.PRIVATE.value)
    to_facilitator = models.BooleanField(default=False)
    made: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    objects: ClassVar[MaterialManager[Self]] = MaterialManager()

    if TYPE_CHECKING:  # the columns behind the foreign keys, which an abstract model does not show
        lab_id: int
        programme_id: int | None
        agency_id: int | None
        team_id: int | None
        author_id: uuid.UUID | None

    class Meta:
        abstract = True

    @property
    def stands_for(self) -> str:
        """What it is: "real", "practice" or "example".

        What somebody began themselves in an example lab is their work, no example of it.
        """
        kind = self.lab.kind
        return "real" if kind == "example" and self.author_id else kind


_kinds: dict[str, str] = {}
_followers: dict[str, Callable[[Any], None]] = {}


def register(kind: str, model: str, follow: Callable[[Any], None] | None = None) -> None:
    """Let material of the model `"app.Model"` be offered under the name `kind`.

    `follow` is told whenever such an item has moved, so that what belongs to it moves along.
    """
    _kinds[kind] = model
    if follow is not None:
        _followers[kind] = follow


def moved(item: Material) -> None:
    """The item stands at another tier, or belongs to another group, than before."""
    follow = _followers.get(kind_of(item))
    if follow is not None:
        follow(item)


def kinds() -> dict[str, str]:
    """Every registered kind with its model."""
    return dict(_kinds)


def model_of(kind: str) -> type[Material] | None:
    """The model of a kind, or None."""
    name = _kinds.get(kind)
    return apps.get_model(name) if name else None


def kind_of(item: Material) -> str:
    """The kind under which the item's model is registered.

    Raises:
        LookupError: its app has not registered it.
    """
    label = item._meta.label
    for kind, model in _kinds.items():
        if model == label:
            return kind
    raise LookupError(f"{label} is not registered as material")
