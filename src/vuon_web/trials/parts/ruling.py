"""What the law asks for, what is set aside, the end and the looks before it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuon.errors import Words
from vuon.toml.table import Text
from vuon.trials import regimes
from vuon.trials.plans import name_of
from vuon.trials.protocol import SECTIONS, Exemption, Look, Protocol
from vuon_web.trials.forms import Number, day, line, lines, whole
from vuon_web.trials.parts.base import PartForm, Values

#: How many looks the page asks for; a file may hold more.
LOOKS = 2


class RulesForm(PartForm):
    """What the law asks of the rules of a test, and what is set aside."""

    profile = forms.ChoiceField(label=_("Under which rules does it run?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].choices = [  # type: ignore[attr-defined]
            (name, self.said(regimes.profile(name).title)) for name in regimes.names()
        ]
        for key, words in SECTIONS.items():
            label = Words(words).say(self.language)
            self.fields[f"section_{key}"] = lines(label[:1].upper() + label[1:], rows=2)
        self.fields["rule"] = line(_("Which rule is set aside for it?"),
                                   hint=_("Leave it empty if none is."))  # fmt: skip
        self.fields["authority"] = line(_("Who may set it aside?"))
        self.fields["basis"] = line(_("On the basis of which document?"))
        self.fields["from"] = day(_("From"))
        self.fields["to"] = day(_("Until"))
        self.fields["scope"] = line(_("How far?"))

    @property
    def proposes(self) -> bool:
        """Sections that nobody wrote yet, from the other parts of the plan."""
        return any(not self.plan.section(key) for key in SECTIONS)

    def _proposals(self) -> dict[str, str]:
        """What the other parts of the plan say already, section by section."""
        plan = self.plan
        owner = self.said(plan.owner)
        scope = [self.said(plan.caps.area)]
        scope += [f"{day:%d/%m/%Y}" for day in (plan.begins, plan.ends) if day]
        lot = name_of(plan.lot).say(self.language)
        return {
            "objectives": self.said(plan.need.question),
            "participants": self.said(plan.care.notice),
            "conditions": "",
            "authority": owner,
            "selection": lot[:1].upper() + lot[1:] + ".",
            "procedures": str(
                _("%(owner)s decides, in writing and with a reason; a guardrail pauses at once.")
                % {"owner": owner}
            )
            if owner
            else "",
            "scope": " – ".join(each for each in scope if each),
            "control": str(_("The record can be checked line by line; the lot is public.")),
        }

    def initially(self) -> dict[str, Any]:
        found: dict[str, Any] = {"profile": self.plan.profile}
        proposed = self._proposals()
        found |= {
            f"section_{key}": self.said(self.plan.section(key)) or proposed[key] for key in SECTIONS
        }
        if self.plan.exemptions:
            each = self.plan.exemptions[0]
            found |= {
                "rule": self.said(each.rule), "authority": self.said(each.authority),
                "basis": self.said(each.basis), "from": each.begins, "to": each.ends,
                "scope": self.said(each.scope),
            }  # fmt: skip
        return found

    def edit(self, plan: Protocol, values: Values) -> Protocol:
        sections = {key: self.text(plan.section(key), values[f"section_{key}"]) for key in SECTIONS}
        kept = tuple((key, text) for key, text in sections.items() if text)
        rest = plan.exemptions[1:]
        if values["rule"]:
            old = plan.exemptions[0] if plan.exemptions else Exemption(Text())
            names = ("rule", "authority", "basis", "scope")
            said = {name: self.text(getattr(old, name), values[name]) for name in names}
            rest = (replace(old, **said, begins=values["from"], ends=values["to"]), *rest)
        return replace(plan, profile=values["profile"], sections=kept, exemptions=rest)

    def thing(self, plan: Protocol) -> Any:
        return (plan.profile, plan.sections, plan.exemptions)


class EndForm(PartForm):
    """What happens at the end, and whether anybody looks before."""

    exit_plan = lines(_("What happens at the end: who decides, by when, between what?"), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(LOOKS):
            self.fields[f"after_{at}"] = whole(_("A look before the end: after how many periods or "
                                                 "units?"), 10_000)  # fmt: skip
            self.fields[f"alpha_{at}"] = Number(
                label=_("How many of 1,000 false alarms may it cost?"), low=0, high=49,
                help_text=_("All looks and the end share 50. Leave both empty for no look."),
            )  # fmt: skip

    @property
    def looking(self) -> list[forms.BoundField]:
        """The fields of looks before the end."""
        return [each for each in self if each.name != "exit_plan"]

    @property
    def has_looks(self) -> bool:
        """Whether a look is planned, or was typed wrongly."""
        return any(each.value() or each.errors for each in self.looking)

    def initially(self) -> dict[str, Any]:
        found: dict[str, Any] = {"exit_plan": self.said(self.plan.exit_plan)}
        for at, look in enumerate(self.plan.looks[:LOOKS]):
            found |= {f"after_{at}": look.after, f"alpha_{at}": f"{1000 * look.alpha:g}"}
        return found

    def clean(self) -> dict[str, Any]:
        """Looks in their order that leave something for the end."""
        found = super().clean()
        asked = [(found.get(f"after_{at}"), found.get(f"alpha_{at}")) for at in range(LOOKS)]
        looks = [(after, alpha) for after, alpha in asked if after]
        if any(not alpha for _after, alpha in looks):
            self.add_error("alpha_0", _("Each look has its share of the 50."))
        elif sum(alpha or 0 for _after, alpha in looks) >= 50:
            self.add_error("alpha_0", _("The looks leave nothing of 50 for the end."))
        if [after for after, _alpha in looks] != sorted({after for after, _alpha in looks}):
            self.add_error("after_0", _("One look after the other."))
        return found

    def edit(self, plan: Protocol, values: Values) -> Protocol:
        looks = tuple(
            Look(values[f"after_{at}"], values[f"alpha_{at}"] / 1000)
            for at in range(LOOKS)
            if values.get(f"after_{at}") and values.get(f"alpha_{at}")
        )
        exit_plan = self.text(plan.exit_plan, values["exit_plan"])
        return replace(plan, exit_plan=exit_plan, looks=(*looks, *plan.looks[LOOKS:]))

    def thing(self, plan: Protocol) -> Any:
        return (plan.exit_plan, plan.looks)
