"""The question, and the number that decides it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuon.journeys.changes import key_for
from vuon.trials.protocol import LESS, MORE, PRIMARY, SECONDARY, Outcome, Protocol
from vuon_web.trials.forms import LIGHTER, Number, line, lines, whole
from vuon_web.trials.parts.base import KIND_CHOICES, PartForm, Values


class QuestionForm(PartForm):
    """Title, question, and why nothing lighter is enough."""

    title = line(_("What is this trial called?"), needed=True, most=160)
    question = line(_("What do you want to find out?"), needed=True)
    instead = forms.MultipleChoiceField(
        label=_("What lighter have you done or thought through?"),
        choices=LIGHTER, widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    why = lines(_("Why is that not enough?"), rows=2, most=500)
    owner = line(_("Who is answerable for it?"), hint=_("An office or a role, never a person."))

    def initially(self) -> dict[str, Any]:
        need = self.plan.need
        return {
            "title": self.said(self.plan.title),
            "question": self.said(need.question),
            "instead": list(need.instead),
            "why": self.said(need.why),
            "owner": self.said(self.plan.owner),
        }

    def edit(self, plan: Protocol, values: Values) -> Protocol:
        need = replace(
            plan.need,
            question=self.text(plan.need.question, values["question"]),
            instead=tuple(values["instead"]),
            why=self.text(plan.need.why, values["why"]),
        )
        title = self.text(plan.title, values["title"])
        return replace(plan, need=need, title=title, owner=self.text(plan.owner, values["owner"]))

    def thing(self, plan: Protocol) -> Any:
        return (plan.need, plan.title, plan.owner)


class OutcomeForm(PartForm):
    """The one number that decides."""

    name = line(_("What is counted or measured?"), needed=True, most=160)
    kind = forms.ChoiceField(label=_("What kind of number is it?"), choices=KIND_CHOICES)
    better = forms.ChoiceField(
        label=_("What is good?"), choices=((MORE, _("more of it")), (LESS, _("less of it")))
    )
    worthwhile = Number(
        label=_("From which gain would it be worth it?"), low=0,
        help_text=_("Of yes or no, in points: 10 means ten more of a hundred people."),
    )  # fmt: skip
    unit = line(_("In which unit?"), most=80)
    source = line(_("Where is it read, and by whom?"), hint=_("An office or a role."))
    low = Number(label=_("It can be at least"), help_text=_("Not needed for yes or no."))
    high = Number(label=_("It can be at most"))
    lag_days = whole(_("How many days after is it measured?"), 3650)
    second = line(_("What else is looked at, beside it?"), most=160,
                  hint=_("It never decides. Leave it empty if nothing."))  # fmt: skip
    second_kind = forms.ChoiceField(
        label=_("What kind of number is that?"), choices=KIND_CHOICES, required=False
    )
    second_better = forms.ChoiceField(
        label=_("What is good there?"), required=False,
        choices=((MORE, _("more of it")), (LESS, _("less of it"))),
    )  # fmt: skip

    def initially(self) -> dict[str, Any]:
        one = self.plan.primary or Outcome("outcome", kind="yes_no")
        other = next((each for each in self.plan.outcomes if each.role == SECONDARY), None)
        times = 100 if one.kind == "yes_no" else 1
        return {
            "name": self.said(one.name), "kind": one.kind, "better": one.better,
            "worthwhile": None if one.worthwhile is None else f"{times * one.worthwhile:g}",
            "unit": self.said(one.unit), "source": self.said(one.source),
            "low": None if one.low is None else f"{one.low:g}",
            "high": None if one.high is None else f"{one.high:g}",
            "lag_days": one.lag_days or None,
            "second": self.said(other.name) if other else "",
            "second_kind": other.kind if other else "yes_no",
            "second_better": other.better if other else MORE,
        }  # fmt: skip

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields of what decides."""
        return [each for each in self if not each.name.startswith("second")]

    @property
    def other(self) -> list[forms.BoundField]:
        """The fields of what is looked at beside it."""
        return [each for each in self if each.name.startswith("second")]

    @property
    def has_second(self) -> bool:
        """Whether something is looked at beside it."""
        return bool(self["second"].value())

    def clean(self) -> dict[str, Any]:
        """A gain above nought, and bounds in their order."""
        found = super().clean()
        if found.get("worthwhile") is not None and found["worthwhile"] <= 0:
            self.add_error("worthwhile", _("A gain is above nought."))
        low, high = found.get("low"), found.get("high")
        if low is not None and high is not None and not low < high:
            self.add_error("high", _("The most lies above the least."))
        return found

    def edit(self, plan: Protocol, values: Values) -> Protocol:
        old = plan.primary or Outcome("")
        name = values["name"]
        asked, yes = values["worthwhile"], values["kind"] == "yes_no"
        one = replace(
            old, key=old.key or key_for(name, ()), name=self.text(old.name, name), role=PRIMARY,
            kind=values["kind"], better=values["better"],
            worthwhile=None if asked is None else asked / 100 if yes else asked,
            unit=self.text(old.unit, values["unit"]),
            source=self.text(old.source, values["source"]),
            low=None if yes else values["low"], high=None if yes else values["high"],
            lag_days=values["lag_days"] or 0,
        )  # fmt: skip
        others = [each for each in plan.outcomes if each.role != PRIMARY]
        return replace(plan, outcomes=(one, *self._others(one, others, values)))

    def _others(self, one: Outcome, others: list[Outcome], values: Values) -> tuple[Outcome, ...]:
        """The first secondary outcome as the form says; the rest, which a file brought, stays."""
        at = next((i for i, each in enumerate(others) if each.role == SECONDARY), None)
        rest = [each for i, each in enumerate(others) if i != at]
        if not values["second"]:
            return tuple(rest)
        taken = (one.key, *(each.key for each in rest))
        old = others[at] if at is not None else Outcome(key_for(values["second"], taken))
        new = replace(
            old, name=self.text(old.name, values["second"]), role=SECONDARY,
            kind=values["second_kind"] or "yes_no", better=values["second_better"] or MORE,
        )  # fmt: skip
        return (new, *rest)

    def thing(self, plan: Protocol) -> Any:
        return plan.outcomes
