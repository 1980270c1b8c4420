"""What is said of a step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuon.journeys.dists import quantile
from vuon.journeys.model import KINDS, Step

#: The kinds of the map; those of journeys that run keep theirs when a step is changed here.
KIND_WORDS = {
    "do": _("somebody does something"),
    "wait": _("waiting"),
    "travel": _("on the way"),
    "desk": _("at a desk"),
    "backoffice": _("in the back office"),
    "decision": _("something is decided"),
    "end": _("done"),
}
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
    light = forms.ChoiceField(
        label=_("What do these numbers rest on?"),
        choices=LIGHTS,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, step: Step, language: str, **kwargs: Any) -> None:
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
            "light": share.light if share else service.light if service else "assumed",
        }
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in KINDS if kind in KIND_WORDS or kind == step.kind]
        self.fields["kind"] = forms.ChoiceField(
            label=_("What kind of step is it?"),
            choices=[(kind, KIND_WORDS.get(kind, kind)) for kind in kinds],
        )

    def clean(self) -> dict[str, Any]:
        """Without a light a number is assumed."""
        found = super().clean() or {}
        found["light"] = found.get("light") or "assumed"
        return found
