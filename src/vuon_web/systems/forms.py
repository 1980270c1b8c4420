"""What is said of a word and of an arrow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuon.systems.model import Link, Variable
from vuon.vietnamese import nfc

LIGHTS = (("measured", _("measured")), ("said", _("said")), ("assumed", _("assumed")))
SIGNS = (
    ("+", _("+ more makes more, less makes less")),
    ("-", _("− more makes less, less makes more")),
    ("?", _("? nobody has said yet")),
)


class WordForm(forms.Form):
    """Something that can be more or less."""

    label = forms.CharField(
        label=_("What can be more or less?"),
        max_length=200,
        error_messages={"required": _("Write the word first.")},
    )
    office = forms.CharField(
        label=_("In whose hands is it?"),
        help_text=_("An office or a role, never a person."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "offices"}),
    )
    light = forms.ChoiceField(
        label=_("What is known of how much it is?"), choices=LIGHTS, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, variable: Variable, language: str, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "label": variable.label.say(language),
            "office": variable.office.say(language),
            "light": variable.light,
        }
        super().__init__(*args, **kwargs)


class ArrowForm(forms.Form):
    """What one word does to another."""

    sign = forms.ChoiceField(
        label=_("In which direction?"), choices=SIGNS, widget=forms.RadioSelect
    )
    delayed = forms.BooleanField(label=_("It takes time"), required=False)
    note = forms.CharField(
        label=_(
            "If this is an assumption: why do we think so, and what would show that it is wrong?"
        ),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, link: Link, **kwargs: Any) -> None:
        kwargs["initial"] = {"sign": link.sign, "delayed": link.delayed, "note": link.note}
        super().__init__(*args, **kwargs)

    def clean_note(self) -> str:
        """In composed letters."""
        return nfc(" ".join(self.cleaned_data["note"].split()))
