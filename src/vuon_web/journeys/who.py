"""Who comes, how many, when: the people of a map, as a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuon.journeys import changes
from vuon.journeys.model import Arrivals, Calendar, Figure, Group, Hours, Journey, Share, Span
from vuon.journeys.sketching import HORIZON, START
from vuon_web.journeys.actions import Edit
from vuon_web.journeys.forms import LIGHTS
from vuon_web.labs.wording import worded

#: What starts before it counts as the morning.
NOON = 720
#: The shares of groups are typed as whole hundredths: three thirds make 99 or 99.9.
NEARLY = 1.5


class Head(forms.Form):
    """How many come, and when."""

    per_day = forms.DecimalField(
        label=gettext_lazy("How many people come on an ordinary day?"),
        min_value=Decimal("0.01"),
        max_value=100_000,
        required=False,
    )
    morning = forms.IntegerField(
        label=gettext_lazy("How many of ten come in the morning?"),
        help_text=gettext_lazy("Leave it empty if they come evenly over the opening hours."),
        min_value=0,
        max_value=10,
        required=False,
    )
    before = forms.DecimalField(
        label=gettext_lazy("How many already stand there when the doors open?"),
        min_value=0,
        max_value=10_000,
        required=False,
    )
    light = forms.ChoiceField(
        label=gettext_lazy("What do these numbers rest on?"),
        choices=LIGHTS,
        initial="assumed",
        widget=forms.RadioSelect,
        required=False,
    )


class Row(forms.Form):
    """One group of people."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=gettext_lazy("Which people?"),
        help_text=gettext_lazy("Those for whom the way is alike: elderly people, online sellers."),
        max_length=300,
        required=False,
    )
    of_hundred = forms.DecimalField(
        label=gettext_lazy("How many of 100 who come?"),
        help_text=gettext_lazy("Who is left becomes a group of its own: everybody else."),
        min_value=0,
        max_value=100,
        required=False,
    )
    travel_minutes = forms.DecimalField(
        label=gettext_lazy("Minutes on the way, there and back"),
        min_value=0,
        max_value=10_000,
        required=False,
    )
    travel_money = forms.DecimalField(
        label=gettext_lazy("Cost of the way, there and back, in đồng"),
        min_value=0,
        max_value=100_000_000,
        required=False,
    )
    first = forms.BooleanField(label=gettext_lazy("They are served first"), required=False)
    equity = forms.BooleanField(
        label=gettext_lazy("Watch whether they are left behind"), required=False
    )


class Rows(BaseFormSet):  # type: ignore[type-arg]
    """All groups together are everybody."""

    def clean(self) -> None:
        """The shares make no more than 100; of what is left one group may be without a number."""
        said = [form.cleaned_data for form in self.forms if form.is_valid()]
        shares = [each["of_hundred"] for each in said if each.get("name")]
        typed = [float(share) for share in shares if share is not None]
        without = len(shares) - len(typed)
        if sum(typed) > 100 + NEARLY or (without and sum(typed) >= 100):
            raise ValidationError(
                _("Together the groups make %(sum)s of 100. Change them so that they make 100.")
                % {"sum": f"{sum(typed):g}"}
            )
        if without > 1:
            raise ValidationError(_("Write how many of 100 they are, for all groups but one."))


def initial(found: Journey, language: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the page shows before anybody types."""
    arrivals = found.arrivals
    head: dict[str, Any] = {"light": "assumed"}
    if arrivals:
        head = {
            "per_day": _plain(arrivals.per_day.value),
            "morning": _morning(arrivals.spans),
            "before": _plain(arrivals.before_opening) if arrivals.before_opening else None,
            "light": arrivals.per_day.light,
        }
    rows = [
        {
            "key": group.key,
            "name": group.name.say(language),
            "of_hundred": _plain(100 * group.share.value),
            "travel_minutes": _plain(group.travel_minutes),
            "travel_money": _plain(group.travel_money),
            "first": group.priority == 0,
            "equity": group.equity,
        }
        for group in found.groups
    ]
    return head, rows


def _plain(value: float) -> str:
    return f"{round(value, 1):.10g}"


def _morning(spans: Sequence[Span]) -> int | None:
    whole = sum(each.part * len(each.days) for each in spans)
    early = sum(each.part * len(each.days) for each in spans if each.start < NOON)
    return round(10 * early / whole) if whole else None


def edit(head: dict[str, Any], rows: list[dict[str, Any]], language: str) -> Edit:
    """The map with these people."""

    def made(found: Journey) -> Journey:
        found = changes.set_groups(found, tuple(_groups(found, rows, language)))
        if head["per_day"] is None:
            return replace(found, arrivals=None)
        return replace(found, arrivals=_arrivals(found, head))

    return made


def _groups(found: Journey, rows: list[dict[str, Any]], language: str) -> list[Group]:
    old = {group.key: group for group in found.groups}
    said = [dict(each) for each in rows if each.get("name")]
    rest = 100 - sum(float(each["of_hundred"] or 0) for each in said)
    for each in said:
        if each["of_hundred"] is None:
            each["of_hundred"], rest = rest, 0.0
    if said and rest > NEARLY:
        said.append({"key": "", "name": _("Everybody else"), "of_hundred": rest, "first": False,
                     "travel_minutes": 0, "travel_money": 0, "equity": False})  # fmt: skip
    # as they were typed while they sum to 100, else so that they do
    whole = float(sum(float(each["of_hundred"]) for each in said)) / 100 or 1.0
    groups: list[Group] = []
    for each in said:
        before = old.get(each["key"])
        taken = (*old, *(group.key for group in groups))
        group = before or Group(changes.key_for(each["name"], taken), Share(0.0))
        share = float(each["of_hundred"]) / 100 / whole
        if before is None or abs(before.share.value - share) > 0.0001:
            group = replace(group, share=Share(share, "said"))
        priority = 0 if each["first"] else group.priority or 1
        groups.append(
            replace(
                group,
                name=worded(group.name, each["name"], language),
                travel_minutes=float(each["travel_minutes"] or 0),
                travel_money=float(each["travel_money"] or 0),
                priority=priority,
                equity=each["equity"],
            )
        )
    return groups


def _arrivals(found: Journey, head: dict[str, Any]) -> Arrivals:
    old = found.arrivals
    many, light = float(head["per_day"]), head["light"] or "assumed"
    same = old and _plain(old.per_day.value) == _plain(many) and old.per_day.light == light
    figure = old.per_day if old and same else Figure(many, light)
    arrivals = replace(old or Arrivals(figure), per_day=figure)
    if not same:
        arrivals = replace(arrivals, per_day_for=())
    if _morning(arrivals.spans) != head["morning"]:
        opening = (found.calendar or Calendar(START, HORIZON)).opening
        arrivals = replace(arrivals, spans=_spans(opening, head["morning"]))
    return replace(arrivals, before_opening=float(head["before"] or 0))


def _spans(opening: Sequence[Hours], morning: int | None) -> tuple[Span, ...]:
    """The hours of the calendar with so many of ten before noon."""
    if morning is None:
        return ()
    found = []
    for hours in opening:
        alike = [each for each in opening if (each.start < NOON) == (hours.start < NOON)]
        # of this weekday's hours in that half of the day
        minutes = sum(e.end - e.start for e in alike if set(e.days) & set(hours.days))
        half = morning / 10 if hours.start < NOON else 1 - morning / 10
        part = half * (hours.end - hours.start) / minutes
        if part:
            found.append(Span(hours.start, hours.end, round(part, 6), hours.days))
    return tuple(found)


def thing(found: Journey) -> Any:
    """What of the map this page changes."""
    return found.groups, found.arrivals


__all__ = ["Head", "Row", "Rows", "edit", "initial", "thing"]
