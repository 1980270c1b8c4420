"""Who or what, when, by which lot; the new way and the old."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from vuon.trials.protocol import NEW, OLD, Arm, Protocol
from vuon_web.trials.forms import day, line, lines, tick, whole
from vuon_web.trials.parts.base import PartForm, Values


class LotForm(PartForm):
    """Units, periods, the public number, from when to when."""

    units = lines(_("The units, one in a line"), rows=6, most=20_000,
                  hint=_("Short names such as A, B, or numbers, never people's."))  # fmt: skip
    treated = whole(_("How many of them get the new way?"), 100_000)
    periods = whole(_("How many periods is each measured?"), 1000)
    block = whole(_("How many periods make a block, to and fro?"), 100)
    phases = whole(_("How many phases?"), 100)
    least = whole(_("How many measurements has each phase at least?"), 1000)
    baseline = tick(_("Everybody is measured once before the lot"))
    in_groups = tick(_("Several people are measured in each unit, one by one"))
    begins = day(_("First day"))
    ends = day(_("Last day"))
    public_number = line(
        _("Which public number decides the lot?"),
        hint=_("Such as the first prize of the province's lottery on that day."),
    )
    drawn_on = day(_("On which day is it published?"))
    substitute = line(_("What counts if it does not come?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.plan.lot.kind
        unused = {
            "treated": kind not in ("complete", "clusters", "blocks"),
            "periods": not self.plan.lot.over_time and kind != "none",
            "block": kind != "crossover",
            "phases": kind != "switches",
            "least": kind != "switches",
            "baseline": kind not in ("complete", "clusters", "blocks", "pairs"),
            "in_groups": kind not in ("complete", "clusters", "blocks", "pairs"),
        }
        if kind == "none":
            unused |= dict.fromkeys(("public_number", "drawn_on", "substitute"), True)
        for name, left_out in unused.items():
            if left_out:
                del self.fields[name]

    def initially(self) -> dict[str, Any]:
        lot, unit = self.plan.lot, self.plan.unit
        return {
            "units": "\n".join(lot.units), "treated": lot.treated or None,
            "periods": lot.periods or None, "block": lot.block, "phases": lot.phases,
            "least": lot.least, "baseline": unit.baseline, "in_groups": unit.in_groups,
            "begins": self.plan.begins, "ends": self.plan.ends,
            "public_number": self.said(lot.public_number), "drawn_on": lot.drawn_on,
            "substitute": self.said(lot.substitute),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Units named once, days in their order."""
        found = super().clean()
        names = [each.strip() for each in str(found.get("units") or "").splitlines()]
        found["units"] = tuple(each for each in names if each)
        if len(set(found["units"])) != len(found["units"]):
            self.add_error("units", _("A unit stands here twice."))
        if any("," in each or ";" in each or len(each) > 40 for each in found["units"]):
            self.add_error("units", _("Short names without commas, one in a line."))
        begins, ends = found.get("begins"), found.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("The last day lies before the first."))
        return found

    def edit(self, plan: Protocol, values: Values) -> Protocol:
        old = plan.lot
        given = {
            name: values[name]
            for name in ("treated", "periods", "block", "phases", "least")
            if values.get(name) is not None
        }
        lot = replace(
            old, units=values["units"], **given, drawn_on=values.get("drawn_on"),
            public_number=self.text(old.public_number, values.get("public_number") or ""),
            substitute=self.text(old.substitute, values.get("substitute") or ""),
        )  # fmt: skip
        if len(lot.units) != len(old.units) and lot.kind == "order_of_start" and lot.starts:
            lot = replace(lot, starts=_spread(len(lot.units), lot.periods))
        unit = plan.unit
        if "in_groups" in self.fields:
            groups = values["in_groups"]
            level = "group" if groups and unit.level == "person" else unit.level
            measured = "person" if groups else unit.level
            unit = replace(unit, level=level, measured=measured, baseline=values["baseline"])
        return replace(plan, lot=lot, unit=unit, begins=values["begins"], ends=values["ends"])

    def thing(self, plan: Protocol) -> Any:
        return (plan.lot, plan.unit, plan.begins, plan.ends)


def _spread(count: int, periods: int) -> tuple[tuple[int, ...], ...]:
    """Starts spread evenly over the periods, as the advice proposes them."""
    room = max(1, periods - 2)
    return tuple((2 + (at * room) // count,) for at in range(count))


class ArmsForm(PartForm):
    """What changes, for whom it does not, and what those get later."""

    new = lines(_("What exactly happens in the new way?"), rows=3, needed=True)
    old = lines(_("What happens for those who do not get it now?"), rows=2)
    returned = lines(_("What do they get later, if it helps?"), rows=2)

    def initially(self) -> dict[str, Any]:
        arms = {each.key: each for each in self.plan.arms}
        new, old = arms.get(NEW, Arm(NEW)), arms.get(OLD, Arm(OLD))
        return {
            "new": self.said(new.changes),
            "old": self.said(old.changes),
            "returned": self.said(old.benefit_return),
        }

    def edit(self, plan: Protocol, values: Values) -> Protocol:
        arms = {each.key: each for each in plan.arms}
        new, old = arms.get(NEW, Arm(NEW)), arms.get(OLD, Arm(OLD))
        new = replace(new, changes=self.text(new.changes, values["new"]))
        old = replace(
            old,
            changes=self.text(old.changes, values["old"]),
            benefit_return=self.text(old.benefit_return, values["returned"]),
        )
        return replace(plan, arms=(new, old))

    def thing(self, plan: Protocol) -> Any:
        return plan.arms
