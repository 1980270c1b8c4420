"""What people send: a note, the answer to a check, a finding, what somebody allows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuon.evidence.consent import Scope
from vuon_web.accounts.requests import Request
from vuon_web.evidence.models import Code, Corpus

LONGEST = 1_000_000

#: What a speaker allows, as one choice: the scopes, or the basis where nobody is quoted.
ALLOWS: dict[str, tuple[Any, tuple[Scope, ...], str]] = {
    "verbatim": (
        _("They agreed to be quoted word for word, also outside the team"),
        (Scope.QUOTE_VERBATIM, Scope.SHARE_IN_LAB),
        "",
    ),
    "team": (_("They agreed to be quoted, within the team only"), (Scope.QUOTE_VERBATIM,), ""),
    "paraphrase": (
        _("They agreed only that we tell it in our own words"),
        (Scope.QUOTE_PARAPHRASE, Scope.SHARE_IN_LAB),
        "",
    ),
    "observation": (_("I only watched; nobody is quoted"), (), "observation"),
    "record": (_("A paper of our own office"), (), "record"),
    "published": (_("It is published"), (), "published"),
}
KINDS = (
    ("fieldnote", _("What I saw and heard")),
    ("interview", _("A conversation")),
    ("focus_group", _("A conversation with several people")),
    ("document", _("A document")),
)
FINDING_KINDS = (
    ("pattern", _("It happens again and again")),
    ("tension", _("Two things pull against each other")),
    ("surprise", _("We did not expect it")),
    ("fact", _("It is simply so")),
)


class NoteForm(forms.Form):
    """A note, with or without a photo; or a file."""

    text = forms.CharField(
        label=_("What did you see or hear?"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={
            "max_length": _("The note is longer than a million letters. Send it as a file.")
        },
    )
    photo = forms.FileField(
        label=_("Photo of a paper note"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    file = forms.FileField(
        label=_("A file: .txt, .docx, .md, .html, .pdf, or a stopwatch sheet .csv"),
        required=False,
    )
    allows = forms.ChoiceField(
        label=_("May it be used?"),
        choices=[(key, words) for key, (words, _scopes, _basis) in ALLOWS.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, required=False)
    who = forms.ChoiceField(label=_("Who said it?"), required=False)
    official = forms.BooleanField(label=_("It was an official"), required=False)
    group = forms.CharField(
        label=_("Group, if it matters: over 60, with a disability …"), max_length=40, required=False
    )
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    place = forms.CharField(
        label=_("Where, roughly: counter 2, at home"), max_length=80, required=False
    )
    collected = forms.DateField(
        label=_("When"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, corpus: Corpus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(who.pk), who.name) for who in corpus.participants.all() if who.name != "–"]
        self.fields["who"] = forms.ChoiceField(
            label=_("Who said it?"),
            choices=[("", _("Somebody new: gets a plant's name")), *known],
            required=False,
        )
        self.fields["collected"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        """One of the three must say something."""
        found = super().clean() or {}
        said = found.get("text", "").strip() or found.get("photo") or found.get("file")
        sheet = str(getattr(found.get("file"), "name", "")).lower().endswith(".csv")
        # Who was counted by ticket was asked for nothing.
        if not found.get("allows") and not sheet and "allows" not in self.errors:
            self.add_error("allows", _("Say what the person allowed, or that you only watched."))
        if not said and "text" not in self.errors:
            self.add_error("text", _("Write a few words, or choose a photo or a file."))
        return found


class TextForm(forms.Form):
    """A corrected text."""

    text = forms.CharField(
        max_length=LONGEST, strip=False, widget=forms.Textarea(attrs={"rows": 18})
    )


class FindingForm(forms.Form):
    """What several passages say together."""

    statement = forms.CharField(
        label=_("What do they say together? One sentence."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the sentence first.")},
    )
    kind = forms.ChoiceField(label=_("What kind is it?"), choices=FINDING_KINDS)


class NeedForm(forms.Form):
    """Who needs to be able to do what, and what for."""

    sentence = forms.CharField(
        label=_("Who needs to be able to do what, and what for?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the sentence first.")},
    )


class CodeForm(forms.Form):
    """A label."""

    name = forms.CharField(label=_("Name"), max_length=80)
    definition = forms.CharField(
        label=_("When it is used, and when not"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    colour = forms.ChoiceField(label=_("Colour"), choices=Code.COLOURS)


class ConsentForm(forms.Form):
    """What a participant allows from today on."""

    allows = forms.ChoiceField(
        label=_("What do they allow from today on?"),
        choices=[(key, ALLOWS[key][0]) for key in ("verbatim", "team", "paraphrase")],
        widget=forms.RadioSelect,
    )
    method = forms.ChoiceField(
        label=_("How was it said?"),
        choices=[
            ("verbal-recorded", _("said aloud and written down at once")),
            ("paper", _("on paper")),
            ("digital", _("on a screen")),
        ],
    )


def overtaken(request: Request, standing: str) -> bool:
    """Whether somebody changed the thing since the page that is sent was opened."""
    base = request.POST.get("base", "")
    return request.method == "POST" and base != "" and base != standing


def base(request: Request, standing: str, overtaken: bool) -> str:
    """The state that the page goes on from: the one sent, unless both texts are shown now."""
    sent = request.POST.get("base", "") if request.method == "POST" and not overtaken else ""
    return sent or standing


def status(request: Request, overtaken: bool) -> int:
    """How a page with a form answers that did not keep it."""
    if overtaken:
        return 409
    return 422 if request.method == "POST" else 200
