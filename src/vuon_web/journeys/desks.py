"""When the offices are open, and how many desks they have: as a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuon.journeys import changes
from vuon.journeys.model import CLOSINGS, Calendar, Hours, Journey, Resource, Shift
from vuon.journeys.sketching import HORIZON, START
from vuon.toml.table import Text
from vuon_web.journeys.actions import Edit
from vuon_web.journeys.forms import WEEKDAYS
from vuon_web.journeys.who import NOON
from vuon_web.labs.wording import worded

CLOSES = {
    "finish": gettext_lazy("who waits is served"),
    "stop_tickets": gettext_lazy("no more numbers are given half an hour before"),
    "return_next_day": gettext_lazy("who waits is sent home and comes again"),
}
HALF_AN_HOUR = 30
_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})\Z")


class Clock(forms.TimeField):
    """A time of the day."""

    def __init__(self, label: Any) -> None:
        shown = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(label=label, required=False, widget=shown)


class Head(forms.Form):
    """Which days are looked at, and when doors are open."""

    start = forms.DateField(
        label=gettext_lazy("From which day on is looked at?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        required=False,
    )
    weeks = forms.IntegerField(
        label=gettext_lazy("How many weeks?"), min_value=1, max_value=26, required=False
    )
    days = forms.MultipleChoiceField(
        label=gettext_lazy("Open on"),
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    morning_from = Clock(gettext_lazy("In the morning from"))
    morning_to = Clock(gettext_lazy("In the morning until"))
    afternoon_from = Clock(gettext_lazy("In the afternoon from"))
    afternoon_to = Clock(gettext_lazy("In the afternoon until"))
    holidays = forms.CharField(
        label=gettext_lazy("Holidays in these weeks"),
        help_text=gettext_lazy("One date on each line, such as 30/04/2027."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_holidays(self) -> tuple[date, ...]:
        """The dates that were typed."""
        found = []
        for line in re.split(r"[\n,;]+", self.cleaned_data["holidays"]):
            if not line.strip():
                continue
            said = _DAY.match(line.strip())
            try:
                day, month, year = map(int, said.groups()) if said else (0, 0, 0)
                found.append(date(year, month, day))
            except ValueError:
                raise ValidationError(
                    _("“%(line)s” is no date; it is written 30/04/2027.")
                    % {"line": line.strip()[:40]}
                ) from None
        return tuple(sorted(set(found)))

    def clean(self) -> dict[str, Any]:
        """Doors close after they open."""
        found = super().clean() or {}
        for half in ("morning", "afternoon"):
            opens, closes = found.get(f"{half}_from"), found.get(f"{half}_to")
            if (opens is None) != (closes is None):
                self.add_error(f"{half}_to", _("Write both times, or neither."))
            elif opens and closes and closes <= opens:
                self.add_error(f"{half}_to", _("It ends before it begins."))
        spans = _spans(found)
        if len(spans) == 2 and spans[1][0] < spans[0][1]:
            self.add_error("afternoon_from", _("The afternoon begins before the morning ends."))
        if spans and not found.get("days"):
            self.add_error("days", _("Choose at least one day."))
        return found


class Row(forms.Form):
    """One pool of desks with one queue."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=gettext_lazy("Which desks?"),
        help_text=gettext_lazy("By their task, never by a person: reception, land desk."),
        max_length=300,
        required=False,
    )
    desks = forms.IntegerField(
        label=gettext_lazy("How many are open in the morning?"),
        min_value=0,
        max_value=200,
        required=False,
    )
    afternoon = forms.IntegerField(
        label=gettext_lazy("How many in the afternoon, if that differs?"),
        min_value=0,
        max_value=200,
        required=False,
    )
    closing = forms.ChoiceField(
        label=gettext_lazy("When it closes"),
        choices=[(each, CLOSES[each]) for each in CLOSINGS],
        required=False,
    )
    cost_per_hour = forms.DecimalField(
        label=gettext_lazy("What an hour at one desk costs the office, in đồng"),
        min_value=0,
        max_value=100_000_000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """New desks have a number."""
        found = super().clean() or {}
        if found.get("name") and not found.get("key") and found.get("desks") is None:
            self.add_error("desks", _("Write how many desks there are."))
        return found


class Rows(BaseFormSet):  # type: ignore[type-arg]
    """All desks."""


def _spans(said: dict[str, Any]) -> list[tuple[int, int]]:
    pairs = (
        (said.get(f"{half}_from"), said.get(f"{half}_to")) for half in ("morning", "afternoon")
    )
    return [(_minute(a), _minute(b)) for a, b in pairs if a is not None and b is not None]


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _time(minute: int) -> time:
    return time(min(minute // 60, 23), minute % 60 if minute < 1440 else 59)


def _same_days(opening: Sequence[Hours]) -> bool:
    """Whether the page can show the hours: the same on all days, at most two stretches."""
    return len(opening) <= 2 and len({hours.days for hours in opening}) <= 1


def initial(found: Journey, language: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the page shows before anybody types."""
    calendar = found.calendar or Calendar(START, HORIZON)
    head: dict[str, Any] = {
        "start": calendar.start,
        "weeks": max(1, round(calendar.horizon_days / 7)),
        "holidays": "\n".join(f"{day:%d/%m/%Y}" for day in calendar.holidays),
    }
    if _same_days(calendar.opening) and calendar.opening:
        head["days"] = [str(day) for day in calendar.opening[0].days]
        for hours in calendar.opening:
            half = "morning" if hours.start < NOON else "afternoon"
            head[f"{half}_from"], head[f"{half}_to"] = _time(hours.start), _time(hours.end)
    rows = []
    for resource in found.resources:
        desks, afternoon = _numbers(resource, calendar)
        rows.append(
            {
                "key": resource.key,
                "name": resource.name.say(language),
                "desks": desks,
                "afternoon": afternoon,
                "closing": resource.closing,
                "cost_per_hour": f"{resource.cost_per_hour:.10g}" if resource.cost_per_hour else "",
            }
        )
    return head, rows


def _numbers(resource: Resource, calendar: Calendar) -> tuple[int | None, int | None]:
    """Desks in the morning and in the afternoon; nothing for shifts that are finer than that."""
    if not resource.shifts:
        return resource.desks, None
    opening = {(h.start, h.end, h.days): h for h in calendar.opening}
    found: dict[bool, int] = {True: 0, False: 0}
    for shift in resource.shifts:
        if (shift.start, shift.end, shift.days) not in opening:
            return None, None
        found[shift.start < NOON] += shift.desks
    return found[True], found[False]


def edit(head: dict[str, Any], rows: list[dict[str, Any]], language: str) -> Edit:
    """The map with these hours and desks."""

    def made(found: Journey) -> Journey:
        calendar = _calendar(found.calendar, head)
        old = {each.key: each for each in found.resources}
        resources: list[Resource] = []
        for each in (row for row in rows if row.get("name")):
            taken = (*old, *(resource.key for resource in resources))
            before = old.get(each["key"]) or Resource(changes.key_for(each["name"], taken), Text())
            was = found.calendar or Calendar(START, HORIZON)
            resources.append(_resource(before, each, (was, calendar), language))
        return changes.set_resources(replace(found, calendar=calendar), tuple(resources))

    return made


def _calendar(old: Calendar | None, head: dict[str, Any]) -> Calendar:
    calendar = old or Calendar(START, HORIZON)
    days = tuple(int(day) for day in head["days"])
    spans = _spans(head)
    if spans:
        calendar = replace(calendar, opening=tuple(Hours(a, b, days) for a, b in spans))
    weeks = head["weeks"]
    horizon = calendar.horizon_days
    if weeks and weeks != max(1, round(horizon / 7)):
        horizon = 7 * weeks
    start = head["start"] or calendar.start
    return replace(calendar, start=start, horizon_days=horizon, holidays=head["holidays"])


def _resource(
    old: Resource, said: dict[str, Any], calendars: tuple[Calendar, Calendar], language: str
) -> Resource:
    """The desks as typed, open in the hours of the calendar after the change."""
    was, calendar = calendars
    found = replace(
        old,
        name=worded(old.name, said["name"], language),
        closing=said["closing"] or old.closing,
        cost_per_hour=float(said["cost_per_hour"] or 0),
    )
    if found.closing == "stop_tickets" and not found.stop_minutes:
        found = replace(found, stop_minutes=HALF_AN_HOUR)
    morning, afternoon = said["desks"], said["afternoon"]
    same = (morning, afternoon) == _numbers(old, was) and was.opening == calendar.opening
    if morning is None or same:
        return found  # finer shifts of a file, which this page does not show, stay
    if afternoon is None or afternoon == morning:
        return replace(found, desks=morning, shifts=())
    shifts = tuple(
        Shift(hours.start, hours.end, morning if hours.start < NOON else afternoon, hours.days)
        for hours in calendar.opening
    )
    return replace(found, desks=morning, shifts=shifts)


def thing(found: Journey) -> Any:
    """What of the map this page changes."""
    return found.calendar, found.resources
