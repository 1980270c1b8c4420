"""The form of one answer: made from the plan, for a phone at a counter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuon.errors import VuonError
from vuon.trials import entries as books
from vuon.trials.plans import cells_of
from vuon.trials.protocol import NEW, NONE, OLD, Outcome, Protocol, Rail
from vuon.trials.rows import Value
from vuon_web.trials.folds import Standing
from vuon_web.trials.forms import NO_THOUSANDS, THOUSANDS, Composed, Number, day
from vuon_web.trials.models import Entry

YES, NO, UNKNOWN = "1", "0", "-"


class EntryForm(Composed):
    """One person, or one unit: agreed or not, what was measured, whom it harmed."""

    agreed = forms.ChoiceField(
        label=gettext_lazy("Did they agree to take part?"),
        choices=((YES, gettext_lazy("yes")), (NO, gettext_lazy("no"))),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Ask first, then choose.")},
    )

    def __init__(
        self,
        *args: Any,
        plan: Protocol,
        language: str,
        old: Entry | None = None,
        before: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.plan, self.language = plan, language
        kwargs["initial"] = _initially(plan, old) | (before or {})
        super().__init__(*args, **kwargs)
        self._places()
        for outcome in plan.outcomes:
            several = old is not None and sum(old.values.get(outcome.key, (0, 0))[1:]) > 1
            self.fields[f"o_{outcome.key}"] = _measured(outcome, language, several=several)
        for rail in plan.rails:
            if rail.method != "count":
                self.fields[f"r_{rail.key}"] = _harm(rail, language)
        self.fields["on"] = day(_("On which day?"))
        self.fields["on"].required = True

    def _places(self) -> None:
        lot = self.plan.lot
        self.fields["unit"] = forms.ChoiceField(
            label=_("Where, or who?"),
            choices=[("", _("choose")), *((each, each) for each in lot.units)],
        )
        if lot.periods:
            self.fields["period"] = forms.TypedChoiceField(
                label=_("Which period?"), coerce=int,
                choices=[(n, n) for n in range(1, lot.periods + 1)],
            )  # fmt: skip
        if lot.kind == NONE:
            self.fields["arm"] = forms.ChoiceField(
                label=_("Which way?"), choices=((OLD, _("usual way")), (NEW, _("new way")))
            )

    @property
    def place(self) -> list[forms.BoundField]:
        """Where and when."""
        return [self[name] for name in ("unit", "period", "arm", "on") if name in self.fields]

    @property
    def asked(self) -> list[forms.BoundField]:
        """What is asked of somebody who agreed."""
        return [self[name] for name in self.fields if name[:2] in ("o_", "r_")]

    def clean(self) -> dict[str, Any]:
        """Checked as a row of the plan would be."""
        found = super().clean()
        if found.get("agreed") == NO or not found.get("unit"):
            return found
        for field in self.asked:
            if isinstance(field.field, forms.ChoiceField) and not found.get(field.name):
                self.add_error(field.name, _("Choose one; it may be that nobody knows."))
        said = {each.key: _said(found.get(f"o_{each.key}")) for each in self.plan.outcomes}
        for key, each in said.items():
            if THOUSANDS.fullmatch(each):
                self.add_error(f"o_{key}", NO_THOUSANDS)
        try:
            found["typed"] = books.typed(
                self.plan, found["unit"], found.get("period"), said, found.get("arm", "")
            )
        except VuonError as error:
            self.add_error(None, error.say(self.language))
        return found

    def entry(self) -> dict[str, Any]:
        """What `actions.enter` takes."""
        values = self.cleaned_data
        harms = {
            rail.key: float(values[f"r_{rail.key}"])
            for rail in self.plan.rails
            if values.get(f"r_{rail.key}") not in (None, "", UNKNOWN)
        }
        agreed = values["agreed"] == YES
        new = values.get("typed") or books.Entry((values["unit"], values.get("period") or 0), {})
        return {
            "new": books.Entry(
                new.cell, new.values, harms if agreed else {}, new.arm, values["on"]
            ),
            "agreed": agreed,
            "on": values["on"],
        }


def _said(value: Any) -> str:
    """What was typed or chosen; empty where it could not be asked."""
    return "" if value in (None, UNKNOWN) else str(value)


def _initially(plan: Protocol, old: Entry | None) -> dict[str, Any]:
    if old is None:
        return {"on": timezone.localdate(), "period": period_on(plan, timezone.localdate())}
    found: dict[str, Any] = {
        "agreed": YES,
        "unit": old.unit,
        "period": old.period,
        "arm": old.arm,
        "on": old.on,
    }
    for outcome in plan.outcomes:
        value = Value(*old.values.get(outcome.key, (0, 0, 1)))
        one = value.seen == 1
        text = f"{value.total:g}" if one else f"{value.total:g}/{value.seen}+{value.lost}"
        found[f"o_{outcome.key}"] = text if value.seen else UNKNOWN
    known = {f"r_{rail.key}": UNKNOWN for rail in plan.rails if rail.method == "share"}
    return found | known | {f"r_{key}": f"{said:g}" for key, said in old.harms.items()}


def period_on(plan: Protocol, today: date) -> int:
    """The period in which a day lies, if the periods of a plan are of equal length; 1 before."""
    if not plan.lot.periods or plan.begins is None or not plan.days:
        return 1
    share = (today - plan.begins).days / plan.days
    return min(max(1 + int(share * plan.lot.periods), 1), plan.lot.periods)


def _measured(outcome: Outcome, language: str, *, several: bool) -> forms.Field:
    label = outcome.name.say(language) or outcome.key
    hint = _("So many of so many, such as 3/10.") if several else outcome.unit.say(language)
    if outcome.kind == "yes_no" and not several:
        return forms.ChoiceField(
            label=label, required=False, widget=forms.RadioSelect,
            choices=((YES, _("yes")), (NO, _("no")), (UNKNOWN, _("could not be asked"))),
        )  # fmt: skip
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input input-short"}),
    )  # fmt: skip


def _harm(rail: Rail, language: str) -> forms.Field:
    label = rail.name.say(language) or rail.key
    if rail.method == "mean":
        return Number(label=label, low=rail.low, high=rail.high)
    return forms.ChoiceField(
        label=label, required=False, widget=forms.RadioSelect,
        choices=((YES, _("yes")), (NO, _("no")), (UNKNOWN, _("not known"))),
    )  # fmt: skip


def way_of(standing: Standing, unit: str, period: int) -> str:
    """Which way a unit goes in a period by the lot; empty where nothing was drawn."""
    kept = standing.record
    drawn = kept.drawn if kept else None
    if drawn is None:
        return ""
    ways = dict(zip(cells_of(standing.protocol.lot), drawn, strict=True))
    z = ways.get((unit, period if standing.protocol.lot.over_time else 0))
    return "" if z is None else NEW if z else OLD


def today(standing: Standing, language: str) -> list[dict[str, str]]:
    """Which way each unit goes today."""
    plan = standing.protocol
    period = period_on(plan, timezone.localdate())
    names = {arm.key: arm.changes.say(language) for arm in plan.arms}
    found = []
    for unit in plan.lot.units[:60]:
        way = way_of(standing, unit, period)
        if way:
            found.append({"unit": unit, "way": way, "text": names.get(way, "")})
    return found


def lot_table(plan: Protocol, drawn: Sequence[int]) -> list[dict[str, Any]]:
    """A lot as it fell: for each unit its ways, period by period where there are periods."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for (unit, period), z in zip(cells_of(plan.lot), drawn, strict=True):
        rows.setdefault(unit, []).append({"week": period, "new": bool(z)})
    return [{"unit": unit, "ways": ways} for unit, ways in rows.items()]
