"""What is said of a step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuon.journeys.dists import centre, quantile
from vuon.journeys.model import KINDS, Resource, Step

#: The kinds of the map; those of journeys that run keep theirs when a step is changed here.
KIND_WORDS = {
    "do": _("somebody does something"),
    "wait": _("waiting"),
    "travel": _("on the way"),
    "desk": _("at a desk"),
    "backoffice": _("in the back office"),
    "decision": _("something is decided"),
    "batch": _("cases wait for a day or a number"),
    "fork": _("several go on at the same time"),
    "join": _("all of these have to be there"),
    "end": _("done"),
}
WEEKDAYS = (
    ("0", _("Mon")),
    ("1", _("Tue")),
    ("2", _("Wed")),
    ("3", _("Thu")),
    ("4", _("Fri")),
    ("5", _("Sat")),
    ("6", _("Sun")),
)
LIGHTS = (("measured", _("measured")), ("said", _("said")), ("assumed", _("assumed")))


class StepForm(forms.Form):
    """One step of the way."""

    title = forms.CharField(
        label=_("What is done here?"),
        max_length=300,
        error_messages={"required": _("Say in a few words what is done here.")},
    )
    office = forms.CharField(
        label=_("Whose step is it?"),
        help_text=_("An office or a role, never a person."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "offices"}),
    )
    kind = forms.ChoiceField(label=_("What kind of step is it?"), required=False)
    hands_over = forms.CharField(
        label=_("What is handed over to the next step?"),
        help_text=_("A paper, a number, a decision."),
        max_length=300,
        required=False,
    )
    stops = forms.CharField(
        label=_("Where and why does it stop?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    gives_up = forms.IntegerField(
        label=_("How many of ten give up here?"), min_value=0, max_value=10, required=False
    )
    minutes = forms.DecimalField(
        label=_("How many minutes does it usually take?"),
        help_text=_("Half of the people take less, half take more."),
        min_value=0,
        max_value=60 * 24 * 60,
        required=False,
    )
    patience = forms.DecimalField(
        label=_("After how many minutes in the queue do people leave?"),
        help_text=_("Leave it empty if everybody stays."),
        min_value=0,
        max_value=60 * 24,
        required=False,
    )
    resource = forms.ChoiceField(label=_("At which desks?"), required=False)
    fee = forms.DecimalField(
        label=_("Fee each time, in đồng"), min_value=0, max_value=1_000_000_000, required=False
    )
    batch_days = forms.MultipleChoiceField(
        label=_("They go on on"),
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    batch_size = forms.IntegerField(
        label=_("or as soon as so many wait"), min_value=0, max_value=1000, required=False
    )
    new_visit = forms.BooleanField(label=_("Coming here is a trip of its own"), required=False)
    light = forms.ChoiceField(
        label=_("What do these numbers rest on?"),
        choices=LIGHTS,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        step: Step,
        language: str,
        resources: Iterable[Resource] = (),
        **kwargs: Any,
    ) -> None:
        share, service = step.gives_up, step.service
        typical = quantile(service, 0.5) if service else None
        kwargs["initial"] = {
            "title": step.title.say(language),
            "office": step.office.say(language),
            "kind": step.kind,
            "hands_over": step.hands_over.say(language),
            "stops": step.stops.say(language),
            "gives_up": round(share.value * 10) if share else None,
            "minutes": f"{round(typical, 1):g}" if typical is not None else None,
            "patience": f"{round(centre(step.patience), 1):g}" if step.patience else None,
            "resource": step.resource,
            "fee": f"{step.fee:.10g}" if step.fee else None,
            "new_visit": step.new_visit,
            "batch_days": [str(day) for day in step.batch_days],
            "batch_size": step.batch_size or None,
            "light": share.light if share else service.light if service else "assumed",
        }
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in KINDS if kind in KIND_WORDS or kind == step.kind]
        self.fields["kind"] = forms.ChoiceField(
            label=_("What kind of step is it?"),
            choices=[(kind, KIND_WORDS.get(kind, kind)) for kind in kinds],
        )
        named = [(each.key, each.name.say(language) or each.key) for each in resources]
        self.fields["resource"] = forms.ChoiceField(
            label=_("At which desks?"),
            choices=[("", _("desks of their own")), *named],
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Without a light a number is assumed."""
        found = super().clean() or {}
        found["light"] = found.get("light") or "assumed"
        return found
