"""Forms of stage 5: a signal, a driver with its range, a signpost, a reading."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vuon.futures.outlook import Outlook, Watch
from vuon.futures.signals import Driver, Signal
from vuon.journeys.ranging import Range
from vuon_web.futures import numbers

FIELD_WORDS = {
    "social": _("society"),
    "technological": _("technology"),
    "economic": _("economy"),
    "environmental": _("environment"),
    "political": _("politics and rules"),
}
HORIZON_WORDS = {
    "now": _("now"),
    "soon": _("in one to three years"),
    "later": _("later"),
}
OFFICE = _("An office or a role, never a person.")


def _day(label: Any, *, required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _number(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=40,
        required=False,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input input-short"}),
    )


class SignalForm(forms.Form):
    """A small thing seen today that may become large."""

    text = forms.CharField(
        label=_("What did you see? One sentence, no names."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a sentence what you saw.")},
    )
    field = forms.ChoiceField(label=_("Which field?"), choices=list(FIELD_WORDS.items()))
    horizon = forms.ChoiceField(label=_("When may it matter?"), choices=list(HORIZON_WORDS.items()))
    source = forms.CharField(
        label=_("Where does it stand?"),
        help_text=_("A paper, an address, an office. Without it the card is marked as said."),
        max_length=300,
        required=False,
    )
    seen = _day(_("Seen or read on"), required=False)

    def __init__(self, *args: Any, signal: Signal | None, language: str, **kwargs: Any) -> None:
        kwargs["initial"] = (
            {
                "text": signal.text.say(language),
                "field": signal.field,
                "horizon": signal.horizon,
                "source": signal.source,
                "seen": signal.seen,
            }
            if signal
            else {"horizon": "soon"}
        )
        super().__init__(*args, **kwargs)


class DriverForm(forms.Form):
    """What several signals add up to, and the range that it sets."""

    label = forms.CharField(
        label=_("What is it called?"),
        max_length=120,
        error_messages={"required": _("Give it a short name.")},
    )
    signals = forms.MultipleChoiceField(
        label=_("Which signals add up to it?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    uncertainty = forms.ChoiceField(label=_("Which number of the map does it set?"), required=False)
    low = _number(_("At least"), _("In the unit of the number; with comma or point."))
    high = _number(_("At most"))
    why = forms.CharField(
        label=_("Why this range?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    set_by = forms.CharField(
        label=_("Which office sets it?"), help_text=OFFICE, max_length=120, required=False
    )

    def __init__(
        self,
        *args: Any,
        driver: Driver,
        outlook: Outlook,
        known: dict[str, Range],
        language: str,
        **kwargs: Any,
    ) -> None:
        self._known, self._language = known, language
        self._others = {each.uncertainty for each in outlook.drivers if each.key != driver.key}
        kwargs["initial"] = {
            "label": driver.label.say(language),
            "signals": list(driver.signals),
            "uncertainty": driver.uncertainty,
            "low": numbers.shown(driver.low, driver.unit, language),
            "high": numbers.shown(driver.high, driver.unit, language),
            "why": driver.why.say(language),
            "set_by": driver.set_by,
        }
        super().__init__(*args, **kwargs)
        choices = [(each.key, each.text.say(language)) for each in outlook.signals]
        self.fields["signals"].choices = choices  # type: ignore[attr-defined]
        asked = [(name, self._called(each)) for name, each in known.items()]
        gone = driver.uncertainty not in ("", *known)
        self.fields["uncertainty"].choices = [  # type: ignore[attr-defined]
            ("", gettext("none: it is a story only")),
            *asked,
            *([(driver.uncertainty, gettext("a number that is no longer on the map"))] * gone),
        ]

    def _called(self, each: Range) -> str:
        now = numbers.worded(each.unknown.value, each.unit, self._language)
        words, unit = each.words.say(self._language), numbers.unit_words(each.unit, self._language)
        return gettext("{number} ({unit}; now {now})").format(number=words, unit=unit, now=now)

    def clean(self) -> dict[str, Any]:
        """The range in the unit of its number; or none, for a story only."""
        found = super().clean() or {}
        name = found.get("uncertainty", "")
        found |= {"low": None, "high": None, "unit": ""}
        if not name:
            return found
        if name not in self._known:
            self.add_error("uncertainty", gettext("The map has this number no longer: choose one."))
            return found
        if name in self._others:
            words = gettext("Another driver sets this number already; change that one.")
            self.add_error("uncertainty", words)
        found["unit"] = self._known[name].unit
        for end in ("low", "high"):
            found[end] = self._end(end, found["unit"])
        if found["low"] is not None and found["high"] is not None and found["low"] >= found["high"]:
            self.add_error("high", gettext("It must lie above the lower end."))
        for field in ("why", "set_by"):
            if not found.get(field):
                words = gettext("Say it: a range that nobody stands for misleads.")
                self.add_error(field, words)
        return found

    def _end(self, field: str, unit: str) -> float | None:
        text = str(self.data.get(field, "")).strip()
        if not text:
            self.add_error(field, gettext("Write a number."))
            return None
        try:
            return numbers.typed(text, unit, self._language)
        except ValidationError as error:
            self.add_error(field, error)
            return None


class WatchForm(forms.Form):
    """What makes a draft a signpost."""

    source = forms.CharField(
        label=_("Where do readings come from?"),
        help_text=_("A list, a counter, a file; or somebody who counts once a month."),
        max_length=200,
        required=False,
    )
    owner = forms.CharField(
        label=_("Who reads it and acts?"), help_text=OFFICE, max_length=120, required=False
    )
    every_days = forms.TypedChoiceField(
        label=_("How often?"),
        coerce=int,
        choices=[(7, _("every week")), (30, _("every month")), (91, _("every quarter"))],
    )
    then = forms.CharField(
        label=_("What is done when it is reached?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    lead_days = forms.IntegerField(
        label=_("How many days does that need until it works?"),
        min_value=0,
        max_value=3650,
        required=False,
        widget=forms.NumberInput(attrs={"class": "input input-short"}),
    )
    per_month = _number(
        _("How far may the number move in a month?"),
        _("So the signpost stands where there is still time. Empty if nobody knows."),
    )

    def __init__(self, *args: Any, watch: Watch, language: str, **kwargs: Any) -> None:
        self._watch, self._language = watch, language
        kwargs["initial"] = {
            "source": watch.source.say(language),
            "owner": watch.owner.say(language),
            "every_days": watch.every_days,
            "then": watch.then.say(language),
            "lead_days": watch.lead_days or None,
            "per_month": numbers.shown(watch.per_month, watch.unit, language),
        }
        super().__init__(*args, **kwargs)
        unit = numbers.unit_words(watch.unit, language)
        self.fields["per_month"].label = f"{self.fields['per_month'].label} ({unit})"

    def clean_per_month(self) -> float | None:
        """In the unit of what is watched."""
        text = self.cleaned_data["per_month"].strip()
        return numbers.typed(text, self._watch.unit, self._language) if text else None

    def clean_lead_days(self) -> int:
        """None said is no time."""
        return self.cleaned_data["lead_days"] or 0


class ReadingForm(forms.Form):
    """A value on a day."""

    value = _number(_("Read"))
    on = _day(_("On which day?"), required=True)

    def __init__(self, *args: Any, watch: Watch, language: str, **kwargs: Any) -> None:
        self._watch, self._language = watch, language
        kwargs["initial"] = {"on": timezone.localdate()}
        super().__init__(*args, **kwargs)
        unit = numbers.unit_words(watch.unit, language)
        self.fields["value"].label = f"{self.fields['value'].label} ({unit})"

    def clean_value(self) -> float:
        """In the unit of what is watched."""
        return numbers.typed(self.cleaned_data["value"], self._watch.unit, self._language)

    def clean_on(self) -> Any:
        """Not before it came."""
        if self.cleaned_data["on"] > timezone.localdate():
            raise ValidationError(gettext("This day has not come yet."))
        return self.cleaned_data["on"]
