"""What people type into the fields of a paper, each with where its figures come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuon.cases import desk
from vuon.cases.desk import Template
from vuon.cases.own import CAREFUL, Typed
from vuon_web.cases.actions import LONGEST, LONGEST_SOURCE

LIGHTS = (
    ("measured", _("counted or measured")),
    ("said", _("somebody told it")),
    ("assumed", _("our own estimate")),
)


class PaperForm(forms.Form):
    """The fields named in `keys`; `base` is the version that they were written on."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self, *args: Any, template: Template, keys: Iterable[str], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = list(keys)
        for key in self.keys:
            known = desk.fields()[key]
            label = known.label.say(language)
            self.fields[f"text-{key}"] = forms.CharField(
                label=label[:1].upper() + label[1:],
                help_text=_hint(template, key),
                required=False,
                max_length=LONGEST,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 1 if known.names else 2}),
            )
            if not known.names:
                self.fields[f"source-{key}"] = forms.CharField(
                    label=_("Where does it come from? The record, with its month."),
                    required=False,
                    max_length=LONGEST_SOURCE,
                )
                self.fields[f"light-{key}"] = forms.ChoiceField(
                    label=_("What does it rest on?"),
                    required=False,
                    choices=(("", _("Choose")), *LIGHTS),
                )

    def clean(self) -> dict[str, Any]:
        """A source says what it rests on: nothing is chosen for the person."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for key in self.keys:
            if said.get(f"source-{key}") and not said.get(f"light-{key}"):
                self.add_error(f"light-{key}", _("Choose what the source rests on."))
        return said

    def sent(self) -> dict[str, Typed]:
        """What a valid form says."""
        said = self.cleaned_data
        return {
            key: Typed(
                said[f"text-{key}"],
                said.get(f"source-{key}", ""),
                said.get(f"light-{key}") or CAREFUL,
            )
            for key in self.keys
        }


def _hint(template: Template, key: str) -> Any:
    if key in template.tables:
        return _("One option a line: what it is | for and against | money and time")
    if key in template.lists:
        return _("One a line.")
    return ""


def initial(typed: Mapping[str, Typed], base: int) -> dict[str, Any]:
    """The values of the fields before anybody types."""
    found: dict[str, Any] = {"base": base}
    for key, each in typed.items():
        found |= {f"text-{key}": each.text, f"source-{key}": each.source}
        found[f"light-{key}"] = each.light if each.source else ""
    return found
