"""A challenge, its plans (one for each form and language), and the versions of every answer."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vuon_web.accounts.visibility import Tier
from vuon_web.labs.material import Material


class Challenge(Material):
    """A problem that somebody works on. Who may read it follows from its tier alone."""

    title = models.CharField(max_length=500)
    titles = models.JSONField(default=dict)  # by the languages of its plans
    main = models.BooleanField(default=False)  # the lab's own plan, from which its page is made
    corpus = models.OneToOneField(
        "evidence.Corpus", models.PROTECT, null=True, related_name="+"
    )  # the material behind it

    class Meta:
        ordering = ("made", "id")

    @property
    def called(self) -> str:
        """The title in the page's language, if it has one in it."""
        return str(self.titles.get(get_language() or "", self.title))

    @property
    def tier_words(self) -> str:
        """Who sees it, as a sentence."""
        return Tier(self.tier).sentence


class Plan(models.Model):
    """One document of a challenge: a form (opening, closing …) in one language.

    `document` is the library's Document as JSON with the newest answers in it; what a form does
    not foresee stays in it, so nothing is lost by editing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="plans")
    form = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    document = models.JSONField()  # read it by `queries.document`
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("form", "language")
        constraints = (
            models.UniqueConstraint(
                fields=("challenge", "form", "language"), name="one_plan_a_form_and_language"
            ),
        )


class AnswerVersion(models.Model):
    """What an answer said from `at` on; never changed and never deleted.

    `base` is the version its author had before them. Two versions on the same base are two
    people's texts: both stand until somebody writes a version that names the second in `also`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions")
    key = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    choices = models.JSONField(default=list)
    author = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="next")
    also = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_by")
    at = models.DateTimeField(auto_now_add=True)
    alone = models.BooleanField(default=False)  # kept while the challenge was its author's alone

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=("plan", "key")),)

    @property
    def author_words(self) -> str:
        """Who kept it, as they are called here and now."""
        return self.author.called if self.author else _("in the file")

    @property
    def shown(self) -> str:
        """What it says, choices one a line."""
        return "\n".join(self.choices) if self.choices else self.text


class Draft(models.Model):
    """What somebody is typing: theirs alone until they keep it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120)
    author = models.ForeignKey("accounts.Actor", models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    base = models.UUIDField(null=True)  # the version that was on the page when typing began
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "key", "author"), name="one_draft_a_person_and_answer"
            ),
        )
