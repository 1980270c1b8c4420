"""How far it may go, when it stops, what people are told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuon.journeys.changes import key_for
from vuon.toml.table import Text
from vuon.trials.protocol import Protocol, Rail
from vuon_web.trials.forms import Number, line, lines, tick, whole
from vuon_web.trials.parts.base import METHOD_WORDS, PartForm, Values

#: How many guardrails the page asks for; a file may hold more.
RAILS = 3


class SafetyForm(PartForm):
    """Guardrails, stop rules, and how far it may go."""

    people = whole(_("How many people may take part, at most?"), 1_000_000)
    days = whole(_("How many days may it last, at most?"), 3650)
    million_dong = Number(label=_("How many million đồng may it cost, at most?"), low=0)
    area = line(_("Where? Only there."))
    stops = lines(_("When does it stop at once, whatever the numbers say? One rule in a line."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(RAILS):
            self.fields[f"rail_{at}"] = line(_("What must not happen too often?"), most=120)
            self.fields[f"method_{at}"] = forms.ChoiceField(
                label=_("Counted how?"), choices=list(METHOD_WORDS.items()), required=False
            )
            self.fields[f"limit_{at}"] = Number(label=_("The limit"), low=0)
            self.fields[f"low_{at}"] = Number(label=_("Of an average: it can be at least"))
            self.fields[f"high_{at}"] = Number(label=_("at most"))

    @property
    def rails(self) -> list[dict[str, Any]]:
        """The fields of each guardrail; the first one is open, and every one with words."""
        return [
            {
                "first": [self[f"{name}_{at}"] for name in ("rail", "method", "limit")],
                "bounds": [self[f"low_{at}"], self[f"high_{at}"]],
                "open": at == 0 or bool(self[f"rail_{at}"].value()),
            }
            for at in range(RAILS)
        ]

    @property
    def plain(self) -> list[forms.BoundField]:
        """The other fields."""
        return [self[name] for name in ("people", "days", "million_dong", "area", "stops")]

    def initially(self) -> dict[str, Any]:
        caps = self.plan.caps
        found: dict[str, Any] = {
            "people": caps.people or None, "days": caps.days or None,
            "million_dong": f"{caps.million_dong:g}" if caps.million_dong else None,
            "area": self.said(caps.area), "stops": "\n".join(map(self.said, self.plan.stops)),
        }  # fmt: skip
        for at, rail in enumerate(self.plan.rails[:RAILS]):
            times = 100 if rail.method == "share" else 1
            found |= {
                f"rail_{at}": self.said(rail.name), f"method_{at}": rail.method,
                f"limit_{at}": f"{times * rail.limit:g}",
                f"low_{at}": None if rail.low is None else f"{rail.low:g}",
                f"high_{at}": None if rail.high is None else f"{rail.high:g}",
            }  # fmt: skip
        return found

    def clean(self) -> dict[str, Any]:
        """A limit for each guardrail that is named, and bounds for an average."""
        found = super().clean()
        for at in range(RAILS):
            if not found.get(f"rail_{at}"):
                continue
            method, limit = found.get(f"method_{at}"), found.get(f"limit_{at}")
            low, high = found.get(f"low_{at}"), found.get(f"high_{at}")
            if limit is None or limit <= 0 or (method == "share" and limit >= 100):
                self.add_error(f"limit_{at}", _("Name a limit above nought; of 100, below 100."))
            elif method == "mean" and not (
                low is not None and high is not None and low < limit < high
            ):
                self.add_error(f"low_{at}", _("An average needs the least and the most that it can "
                                              "be, with the limit between."))  # fmt: skip
        return found

    def edit(self, plan: Protocol, values: Values) -> Protocol:
        rails = [self._rail(plan, values, at) for at in range(RAILS) if values.get(f"rail_{at}")]
        stops = [each.strip() for each in values["stops"].splitlines() if each.strip()]
        known = dict(enumerate(plan.stops))
        caps = replace(
            plan.caps, people=values["people"] or 0, days=values["days"] or 0,
            million_dong=values["million_dong"] or 0.0,
            area=self.text(plan.caps.area, values["area"]),
        )  # fmt: skip
        return replace(
            plan, caps=caps, rails=(*rails, *plan.rails[RAILS:]),
            stops=tuple(self.text(known.get(at, Text()), each) for at, each in enumerate(stops)),
        )  # fmt: skip

    def _rail(self, plan: Protocol, values: Values, at: int) -> Rail:
        name, method = values[f"rail_{at}"], values[f"method_{at}"] or "share"
        taken = tuple(each.key for i, each in enumerate(plan.rails) if i != at)
        old = plan.rails[at] if at < len(plan.rails) else Rail(key_for(name, taken))
        mean = method == "mean"
        return replace(
            old, name=self.text(old.name, name), method=method,
            limit=values[f"limit_{at}"] / (100 if method == "share" else 1),
            low=values[f"low_{at}"] if mean else None,
            high=values[f"high_{at}"] if mean else None,
        )  # fmt: skip

    def thing(self, plan: Protocol) -> Any:
        return (plan.caps, plan.rails, plan.stops)


class CareForm(PartForm):
    """What people are told, how they leave and complain, what is done about harm."""

    notice = lines(_("What is everybody told before they take part?"), needed=True)
    leaving = lines(_("How does somebody leave, and what becomes of their answers?"), rows=2)
    complaints = lines(_("Where can anybody complain without an account?"), rows=2)
    harm_plan = lines(_("What is done if somebody is harmed?"), rows=2)
    pays = line(_("Who makes it good, and how?"))
    vulnerable = tick(
        _("Children, patients or others who need more protection take part"),
        _("Then a second person approves as well."),
    )

    @property
    def proposes(self) -> bool:
        """How one leaves and complains, which the product itself offers."""
        return not self.plan.care.leaving or not self.plan.care.complaints

    def initially(self) -> dict[str, Any]:
        care = self.plan.care
        return {
            "notice": self.said(care.notice), "vulnerable": care.vulnerable,
            "leaving": self.said(care.leaving) or str(_(
                "At any time, with the number on the slip; we ask whether to keep or delete the "
                "answers.")),
            "complaints": self.said(care.complaints) or str(_(
                "By the QR code at the place itself, or in the letter box there; no account, no "
                "name.")),
            "harm_plan": self.said(care.harm_plan), "pays": self.said(care.pays),
        }  # fmt: skip

    def edit(self, plan: Protocol, values: Values) -> Protocol:
        old = plan.care
        names = ("notice", "leaving", "complaints", "harm_plan", "pays")
        said = {name: self.text(getattr(old, name), values[name]) for name in names}
        version = old.notice_version or "1"
        if old.notice and said["notice"] != old.notice and version.isdigit():
            version = str(int(version) + 1)
        care = replace(old, **said, notice_version=version, vulnerable=values["vulnerable"])
        return replace(plan, care=care)

    def thing(self, plan: Protocol) -> Any:
        return plan.care
