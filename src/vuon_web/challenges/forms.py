"""What people send: a first sentence, a file, an answer, a choice of tags."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuon_web.challenges.actions import LONGEST

LARGEST_FILE = 5 * 1024 * 1024


class BeginForm(forms.Form):
    """One sentence to begin with."""

    sentence = forms.CharField(
        label=_("What goes wrong, and for whom? One sentence is enough."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={
            "required": _("Write one sentence first. It can be changed at any time."),
            "max_length": _(
                "One sentence is enough here (at most 600 letters). "
                "The rest has its place on the next page."
            ),
        },
    )


class ImportForm(forms.Form):
    """A plan from a file."""

    file = forms.FileField(
        label=_("The plan, as a Markdown file (.md)"),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Choose another one; nothing was changed."),
        },
    )

    def clean_file(self) -> Any:
        """The file, refused by size before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _(
                    "The file has %(size)d MB; a plan may have at most 5 MB. Remove pictures or "
                    "attachments from it and try again. Nothing was changed."
                ),
                params={"size": round(file.size / 1024 / 1024)},
            )
        return file


class AnswerForm(forms.Form):
    """One answer, with the version it was written on and the one it settles, if any."""

    text = forms.CharField(
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={
            "max_length": _(
                "This is longer than one answer can be. Nothing is lost: "
                "shorten it, or put the long part in a file."
            )
        },
    )
    base = forms.UUIDField(required=False, widget=forms.HiddenInput)
    settles = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ChoicesForm(AnswerForm):
    """An answer that is a choice among known values, and others written one a line."""

    def __init__(self, *args: Any, options: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choices"] = forms.MultipleChoiceField(
            choices=options, required=False, widget=forms.CheckboxSelectMultiple
        )
        self.fields["text"].widget.attrs["rows"] = 3
        self.fields["text"].label = _("Others, one a line")

    def chosen(self) -> list[str]:
        """What is ticked, then what is written."""
        written = [line.strip() for line in self.cleaned_data["text"].splitlines()]
        return list(dict.fromkeys([*self.cleaned_data["choices"], *filter(None, written)]))
