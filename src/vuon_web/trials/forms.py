"""What is asked before a plan is written, and in each of its parts."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuon.trials.design import LEVELS
from vuon.trials.lifecycle import EXITS
from vuon.trials.protocol import INSTEAD
from vuon.vietnamese import nfc

LIGHTER = (
    ("guidance", _("say it more clearly: a leaflet, a call, a word at the counter")),
    ("consultation", _("ask those concerned")),
    ("simulation", _("run it on the map")),
    ("user_test", _("show it to five people and watch")),
)
assert tuple(key for key, _words in LIGHTER) == INSTEAD
LEVEL_WORDS = dict(
    zip(LEVELS, (_("people, one by one"), _("groups of people"), _("places, or weeks in a place")),
        strict=True)
)  # fmt: skip
EXIT_WORDS = {
    "adopt": _("Adopt it"),
    "adopt_with_changes": _("Adopt it with changes"),
    "repeat_larger": _("Try again with more units"),
    "extend": _("Extend the trial"),
    "drop": _("Drop it"),
    "undecidable": _("It cannot be decided with this"),
}
assert tuple(EXIT_WORDS) == EXITS


def lines(
    label: Any, *, rows: int = 3, needed: bool = False, hint: Any = "", most: int = 1000
) -> Any:
    """A field for some sentences."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=needed,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def line(label: Any, *, needed: bool = False, hint: Any = "", most: int = 300) -> Any:
    """A field for a line."""
    return forms.CharField(label=label, help_text=hint, max_length=most, required=needed)


def whole(label: Any, most: int = 100_000, hint: Any = "", least: int = 0) -> Any:
    """A field for a count."""
    return forms.IntegerField(
        label=label, help_text=hint, min_value=least, max_value=most, required=False
    )


#: 1.000 means a thousand to some and one to others.
THOUSANDS = re.compile(r"[1-9]\d{0,2}([.,]\d{3})+")
NO_THOUSANDS = _("Write 1000, or 1,5: no sign between thousands.")


class Number(forms.Field):
    """A number as people type it, with a comma or a point."""

    def __init__(self, *, low: float | None = None, high: float | None = None, **kwargs: Any):
        self.low, self.high = low, high
        kwargs.setdefault("required", False)
        attrs = {"inputmode": "decimal", "class": "input input-short", "maxlength": "20"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        """The number; None where nothing is written."""
        said = str(value or "").strip()
        if not said:
            return None
        if THOUSANDS.fullmatch(said):
            raise forms.ValidationError(NO_THOUSANDS)
        try:
            found = float(said.replace(",", "."))
        except ValueError:
            raise forms.ValidationError(_("This is no number.")) from None
        if not (abs(found) < 1e12):
            raise forms.ValidationError(_("This is no number."))
        if (self.low is not None and found < self.low) or (
            self.high is not None and found > self.high
        ):
            raise forms.ValidationError(_("This number is not possible here."))
        return found

    def validate(self, value: Any) -> None:
        """Only whether something is written, if it must be."""
        if self.required and value is None:
            raise forms.ValidationError(self.error_messages["required"])


def day(label: Any) -> Any:
    """A field for a day."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def tick(label: Any, hint: Any = "") -> Any:
    """A field that is ticked or not."""
    return forms.BooleanField(label=label, help_text=hint, required=False)


class Composed(forms.Form):
    """A form whose words are in composed letters."""

    def clean(self) -> dict[str, Any]:
        """In composed letters."""
        found = super().clean() or {}
        return {
            key: nfc(value.strip()) if isinstance(value, str) else value
            for key, value in found.items()
        }


class NeedForm(Composed):
    """Whether a trial is needed at all, and what one has for it."""

    question = line(
        _("What do you want to find out?"),
        needed=True,
        hint=_("One question that yes or no can answer."),
    )
    idea = forms.ChoiceField(label=_("Which idea is tried?"), required=False)
    instead = forms.MultipleChoiceField(
        label=_("What lighter have you done or thought through?"),
        choices=LIGHTER,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    why = lines(_("Why is that not enough?"), rows=2, most=500)
    level = forms.ChoiceField(
        label=_("Who or what can get the new way?"), choices=list(LEVEL_WORDS.items())
    )
    units = forms.IntegerField(
        label=_("How many of them?"), min_value=1, max_value=10_000,
        error_messages={"required": _("Say how many people, groups or places there are.")},
    )  # fmt: skip
    lot = tick(_("Chance may decide who gets it, or when"))
    on_off = tick(_("It can be switched on and off again"))
    fades = tick(_("What it does is gone soon after it is switched off"))
    order = tick(_("All may start one after the other"))
    points = whole(
        _("How many times is each measured while it runs?"), 1000, _("For instance: 12 weeks.")
    )
    before = whole(_("How many times was it measured before?"), 10_000)
    after = whole(_("How many times will it be measured after one single start?"), 10_000)
    comparison = whole(_("How many that never change could be measured beside?"), 10_000)
    people = whole(_("How many people are measured in each group or place?"), 100_000)
    ceiling = Number(label=_("Of 100, how many get it right already today?"), low=0, high=100)
    leaks = tick(_("Those who do not get it will hear of it or use it all the same"))
    cut_off = tick(_("A number decides who gets it, such as an income"))

    def __init__(self, *args: Any, ideas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["idea"].choices = [("", _("none of the list")), *ideas]  # type: ignore[attr-defined]

    @property
    def need(self) -> list[forms.BoundField]:
        """The questions on the need."""
        return [self[name] for name in ("question", "idea", "instead", "why")]

    @property
    def first(self) -> list[forms.BoundField]:
        """What everybody is asked of what they have."""
        return [
            self[name] for name in ("level", "units", "points", "lot", "on_off", "fades", "order")
        ]

    @property
    def has_more(self) -> bool:
        """Whether something is said there."""
        return any(each.value() or each.errors for each in self.more)

    @property
    def more(self) -> list[forms.BoundField]:
        """What matters for some."""
        names = ("before", "after", "comparison", "people", "ceiling", "leaks", "cut_off")
        return [self[name] for name in names]


class AnswerForm(Composed):
    """What the second person says."""

    role = line(
        _("In which office or role do you answer?"),
        hint=_("Never a person's name: that stands on paper beside the signature."),
        most=120,
    )
    reason = lines(_("What is to be changed, or why not?"), rows=3)


class ReasonForm(Composed):
    """A reason for a step."""

    reason = line(_("Why?"), hint=_("No names of people: this line stays in the record."), most=300)


class DrawForm(Composed):
    """The public number."""

    number = line(_("The number, as it was published"), needed=True, most=60)


class ExitForm(Composed):
    """The decision at the end."""

    decision = forms.ChoiceField(
        label=_("What is decided?"),
        choices=list(EXIT_WORDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the six.")},
    )
    reason = lines(_("Why? In a sentence that the file will carry."), rows=2, needed=True, most=500)
    aware = tick(
        _("The reading does not say that it works; it is adopted all the same, for this reason")
    )

    def __init__(self, *args: Any, works: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if works:
            del self.fields["aware"]

    def clean(self) -> dict[str, Any]:
        """Whoever adopts what the reading does not carry says that they know."""
        found = super().clean()
        adopts = str(found.get("decision", "")).startswith("adopt")
        if adopts and "aware" in self.fields and not found.get("aware"):
            self.add_error("aware", _("Tick it, or choose another decision."))
        return {key: each for key, each in found.items() if key != "aware"}


class CloseForm(Composed):
    """What is owed to people when a trial is closed."""

    treated = lines(_("What happens now to those who had the new way?"), rows=2, most=500)
    returned = lines(_("What do those get who waited?"), rows=2, most=500)
    lessons = lines(_("What can the rules learn from this?"), rows=3)


class ReportForm(Composed):
    """What happened, in anybody's words."""

    text = lines(_("What happened?"), rows=5, needed=True, most=2000,
                 hint=_("No names, no telephone numbers, neither yours nor others'."))  # fmt: skip
    rail = forms.ChoiceField(label=_("Does it count for a stop rule?"), required=False)

    def __init__(self, *args: Any, rails: list[tuple[str, str]] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if rails:
            self.fields["rail"].choices = [("", _("no")), *rails]  # type: ignore[attr-defined]
        else:
            del self.fields["rail"]


class SpendForm(Composed):
    """Money that was spent."""

    million_dong = Number(label=_("Million đồng spent"), low=0, high=1e6, required=True)


class ExtendForm(Composed):
    """Months more, and the paper that allows them."""

    months = forms.IntegerField(label=_("How many months?"), min_value=1, max_value=60)
    basis = line(_("The paper that allows it"), most=200)
