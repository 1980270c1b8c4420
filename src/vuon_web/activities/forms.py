"""What people send: a further activity with its reason, dates, a plan that opens a lab."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuon.challenges.weeks import LONGEST


class AddForm(forms.Form):
    """A further activity, and why."""

    card = forms.ChoiceField(label=_("Activity"))
    reason = forms.CharField(
        label=_("Why this one? One sentence."),
        max_length=300,
        error_messages={
            "required": _("Every activity says why it stands there: write one sentence.")
        },
    )

    def __init__(self, *args: Any, cards: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["card"].choices = cards  # type: ignore[attr-defined]


class DatesForm(forms.Form):
    """When the programme starts and how many weeks it has."""

    starts = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": _("Choose the first day."),
            "invalid": _("Write the day as day/month/year, for example 07/12/2026."),
        },
    )
    weeks = forms.IntegerField(
        label=_("Weeks"),
        min_value=1,
        max_value=LONGEST,
        error_messages={
            "required": _("Write how many weeks, for example 8."),
            "min_value": _("A programme has at least one week."),
            "max_value": _("A programme has at most 52 weeks."),
        },
    )
