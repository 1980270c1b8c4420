"""Who acts: staff accounts, actors with a pseudonym, their seats, links, and what was offered."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from vuon_web.accounts import pseudonyms
from vuon_web.accounts.permissions import Role
from vuon_web.accounts.visibility import Tier


class UserManager(BaseUserManager["User"]):
    """Makes staff accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """An account; without a password it can only be reached by the browser that made it."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Staff: facilitator, mentor, steward. No e-mail, no telephone, no legal name is asked for."""

    username = models.CharField(max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=8, default="vi")
    is_active = models.BooleanField(default=True)
    joined = models.DateField(default=timezone.localdate)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"

    def get_full_name(self) -> str:
        """How the person wants to be called."""
        return self.name or self.username


class Actor(models.Model):
    """Whoever makes and does things: staff, or a person of whom only a pseudonym is known.

    A pseudonym holds for one room and is drawn anew in the next; `room` and `pseudonym` are
    those of the room the person is in now. What they were called elsewhere stays with their
    participation there, so that readers cannot join two rooms.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, models.PROTECT, null=True, related_name="actor")
    room = models.UUIDField(null=True)
    pseudonym = models.CharField(max_length=80, blank=True)
    resume_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - unique
    made_on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("room", "pseudonym"),
                condition=Q(room__isnull=False),
                name="a_pseudonym_once_a_room",
            ),
        )

    @property
    def called(self) -> str:
        """The name to show here and now, in the reader's language."""
        return self.user.get_full_name() if self.user else pseudonyms.say(self.pseudonym)


class Seat(models.Model):
    """A browser in which an actor sits; only the hash of its cookie is kept."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="seats")
    token_hash = models.CharField(max_length=64, unique=True)
    made_on = models.DateField(default=timezone.localdate)


class Invitation(models.Model):
    """A link that makes somebody staff of a lab, once. `lab_id` and `agency_id` are opaque here."""

    token_hash = models.CharField(max_length=64, unique=True)
    lab_id = models.BigIntegerField()
    role = models.CharField(max_length=20, choices=Role.choices())
    agency_id = models.BigIntegerField(null=True)
    made_by = models.ForeignKey(Actor, models.SET_NULL, null=True, related_name="+")
    actor = models.ForeignKey(Actor, models.SET_NULL, null=True, related_name="+")
    expires = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Disclosure(models.Model):
    """An item moved along the ladder of tiers: proposed, done, or taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    from_tier = models.CharField(max_length=20, choices=Tier.choices())
    to_tier = models.CharField(max_length=20, choices=Tier.choices())
    by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    until = models.DateField(null=True)
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=12,
        choices=(("proposed", "proposed"), ("done", "done"), ("taken_back", "taken back")),
    )

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=("kind", "object_id"), name="disclosure_of_an_object"),)


class Agreement(models.Model):
    """One member of a team agrees that its item moves."""

    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="agreements")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("disclosure", "actor"), name="agree_once"),)
