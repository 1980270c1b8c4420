"""The first guess as numbers; the page's script only makes them nicer to lay."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vuon.errors import VuonError
from vuon.practice import Place, Spread, spread

PREFIX = "beans-"


class GuessForm(forms.Form):
    """One whole number for each cause of a place; together they are all its beans."""

    spread: Spread

    def __init__(self, place: Place, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        for cause in place.causes:
            self.fields[PREFIX + cause.key] = forms.IntegerField(
                label=cause.title.say(get_language() or "vi"),
                min_value=0,
                max_value=place.beans,
                required=False,
                error_messages={
                    "invalid": _("Write a whole number."),
                    "min_value": _("Write 0 where you lay none."),
                    "max_value": _("There are only %(limit_value)s beans in all."),
                },
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            laid = {name.removeprefix(PREFIX): count or 0 for name, count in cleaned.items()}
            try:
                self.spread = spread(self.place, laid)
            except VuonError as error:
                raise forms.ValidationError(error.say(get_language() or "vi")) from error
        return cleaned
