"""A team's material: sources and their texts, passages, codes, findings, needs, links, consent."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from vuon_web.labs.material import Material

SOURCE_KINDS = (
    ("fieldnote", "fieldnote"),
    ("interview", "interview"),
    ("focus_group", "focus_group"),
    ("observation", "observation"),
    ("document", "document"),
    ("photo", "photo"),
)
STATES = (
    ("exact", "exact"),
    ("moved", "moved"),
    ("changed", "changed"),
    ("orphan", "orphan"),
    ("withdrawn", "withdrawn"),
)
FINDING_KINDS = (
    ("fact", "fact"),
    ("pattern", "pattern"),
    ("tension", "tension"),
    ("surprise", "surprise"),
)


def said(words: dict[str, str]) -> str:
    """What is written in the page's language, else in any."""
    here = words.get((get_language() or "vi")[:2], "")
    return here or next(iter(words.values()), "")


class Corpus(Material):
    """The material of one team for one task. Raw sources never go further than the team."""


class Participant(models.Model):
    """Somebody who spoke or was seen, under a pseudonym; no name is ever kept."""

    SEGMENTS = (("resident", "resident"), ("official", "official"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="participants")
    called = models.JSONField(default=dict)
    segment = models.CharField(max_length=10, choices=SEGMENTS, default="resident")
    group = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=30, blank=True)  # how their turns begin in a transcript

    class Meta:
        ordering = ("id",)

    @property
    def name(self) -> str:
        """The pseudonym in the page's language."""
        return said(self.called)


class Consent(models.Model):
    """What a participant allowed, how, from when, until when."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="consents")
    scopes = models.JSONField(default=list)
    method = models.CharField(max_length=16)
    given = models.DateField(default=timezone.localdate)
    expires = models.DateField(null=True, blank=True)
    withdrawn = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("given", "id")


class Source(models.Model):
    """One note, interview, document or photo.

    While it is not `checked` for names and numbers it is its author's alone. `translation_of`
    leads to the source that it is a translation of: both count as one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=12, choices=SOURCE_KINDS)
    titles = models.JSONField(default=dict)
    places = models.JSONField(default=dict)
    collected: models.DateField[date, date] = models.DateField(default=timezone.localdate)
    language = models.CharField(max_length=8, default="vi")
    basis = models.CharField(max_length=16, blank=True)
    participants = models.ManyToManyField(Participant, related_name="sources")
    author = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    checked = models.BooleanField(default=False)
    translation_of = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        ordering = ("collected", "at", "id")

    @property
    def title(self) -> str:
        """The title in the page's language."""
        return said(self.titles)

    @property
    def place(self) -> str:
        """Where it was, coarsely."""
        return said(self.places)


class TextVersion(models.Model):
    """The text of a source; never changed. Positions in it are Unicode code points."""

    REASONS = (("import", "import"), ("correction", "correction"), ("redaction", "redaction"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, models.CASCADE, related_name="versions")
    n = models.PositiveSmallIntegerField()
    text = models.TextField()
    reason = models.CharField(max_length=12, choices=REASONS, default="import")
    author = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("n",)
        constraints = (
            models.UniqueConstraint(fields=("source", "n"), name="a_version_once_a_source"),
        )


class Photo(models.Model):
    """The picture of a source, made smaller and freed of place and device."""

    source = models.OneToOneField(Source, models.CASCADE, related_name="photo")
    content = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()


class Code(models.Model):
    """A label for passages, with a letter and a colour."""

    COLOURS = tuple((c, c) for c in ("leaf", "clay", "sun", "water", "sprout", "ink"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="codes")
    names = models.JSONField(default=dict)
    definitions = models.JSONField(default=dict, blank=True)
    letter = models.CharField(max_length=3)
    colour = models.CharField(max_length=8, choices=COLOURS)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "id")

    @property
    def name(self) -> str:
        """The name in the page's language."""
        return said(self.names)


class Passage(models.Model):
    """A place in a text. After a withdrawal only its id is left."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, models.CASCADE, related_name="passages")
    version = models.ForeignKey(TextVersion, models.CASCADE, null=True, related_name="passages")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=STATES, default="exact")
    similarity = models.FloatField(default=1.0)
    against = models.BooleanField(default=False)
    client = models.CharField(max_length=40, blank=True, db_index=True)
    translation_of = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    author = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("start", "end", "at")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "client"), condition=~Q(client=""), name="a_mark_once"
            ),
        )

    @property
    def quote(self) -> str:
        """The words; empty when they are gone.

        Where many are shown the database cuts them out (`queries.with_words`), so that no text of
        an hour is read for a line of it.
        """
        if self.state in ("orphan", "withdrawn"):
            return ""
        cut: str | None = self.__dict__.get("words")
        if cut is not None:
            return cut
        return self.version.text[self.start : self.end] if self.version else ""


class Coding(models.Model):
    """A label on a passage."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="codings")
    code = models.ForeignKey(Code, models.CASCADE, related_name="codings")
    author = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("passage", "code"), name="a_label_once_a_passage"),
        )


class Finding(models.Model):
    """What several passages say together. `searched` is when somebody looked for the opposite."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="findings")
    statements = models.JSONField(default=dict)
    kind = models.CharField(max_length=10, choices=FINDING_KINDS, default="pattern")
    searched = models.DateTimeField(null=True)
    author = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("at", "id")

    @property
    def statement(self) -> str:
        """What it says, in the page's language."""
        return said(self.statements)

    @property
    def ref(self) -> str:
        """Its name in the thread."""
        return f"finding:{self.pk}"


class Need(models.Model):
    """Who needs to be able to do what, and what for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="needs")
    words = models.JSONField(default=dict)
    author = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "id")

    @property
    def sentence(self) -> str:
        """The need in the page's language."""
        return said(self.words)

    @property
    def ref(self) -> str:
        """Its name in the thread."""
        return f"need:{self.pk}"


class Link(models.Model):
    """A link of the thread between ends named `kind:id`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="links")
    lower = models.CharField(max_length=120, db_index=True)
    relation = models.CharField(max_length=16)
    upper = models.CharField(max_length=120, db_index=True)
    whys = models.JSONField(default=dict, blank=True)
    answered = models.BooleanField(default=False)
    author = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=("corpus", "lower", "upper"), name="a_link_once"),
        )

    @property
    def why(self) -> str:
        """Why the claim holds all the same, in the page's language."""
        return said(self.whys)


class Row(models.Model):
    """One person on a stopwatch sheet: by ticket, never by name."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="rows")
    client = models.CharField(max_length=40)
    ticket = models.CharField(max_length=20)
    group = models.CharField(max_length=40, blank=True)
    arrived = models.DateTimeField(null=True)
    called = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    left = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    open_desks = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("source", "client"), name="a_row_once_a_sheet"),
        )


class NoteDraft(models.Model):
    """What somebody is typing as a note: theirs alone."""

    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="drafts")
    author = models.ForeignKey("accounts.Actor", models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("corpus", "author"), name="one_note_draft_a_person"),
        )


class Withdrawal(models.Model):
    """The receipt of a withdrawal: when, by whom, and counts. No word of what was withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="withdrawals")
    by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    counts = models.JSONField(default=dict)
    scrubbed = models.BooleanField(default=False)
    lost = models.JSONField(default=list)
