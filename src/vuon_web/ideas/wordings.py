"""What a lever of an idea is called, and what each of its positions says."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vuon.journeys.applying import Change, edge_address, part_of
from vuon.journeys.model import Journey
from vuon.journeys.positions import Lever
from vuon_web.ui.templatetags.ui import vi_number

#: What a value changes, by its name; the part is a step, a counter, a group, a paper, a way.
NAMES = {
    "service_factor": gettext_lazy("Time at “{part}”"),
    "service_minutes": gettext_lazy("Time at “{part}”"),
    "patience_factor": gettext_lazy("How long people wait at “{part}” before they leave"),
    "patience_minutes": gettext_lazy("How long people wait at “{part}” before they leave"),
    "gives_up_factor": gettext_lazy("People who give up at “{part}”"),
    "gives_up": gettext_lazy("People who give up at “{part}”"),
    "rework_factor": gettext_lazy("People who have to come back from “{part}”"),
    "missing_factor": gettext_lazy("People who lack papers at “{part}”"),
    "missing": gettext_lazy("People who lack “{part}”"),
    "prepare_factor": gettext_lazy("Time to get ready for “{part}”"),
    "prepare_minutes": gettext_lazy("Time to get ready for “{part}”"),
    "minutes_factor": gettext_lazy("Time to get “{part}”"),
    "money_factor": gettext_lazy("Money for “{part}”"),
    "travel_factor": gettext_lazy("Time on the road for “{part}”"),
    "tolerance_minutes": gettext_lazy("Minutes that “{part}” do not mind waiting"),
    "digital": gettext_lazy("“{part}” who manage online by themselves"),
    "priority": gettext_lazy("Turn of “{part}” in the queue"),
    "share": gettext_lazy("People who go “{part}”"),
    "share_factor": gettext_lazy("People who go “{part}”"),
    "per_attempt": gettext_lazy("People who go “{part}” again, each further time"),
    "delay_factor": gettext_lazy("Time on the way “{part}”"),
    "fee": gettext_lazy("Fee at “{part}”"),
    "other_money": gettext_lazy("Other money at “{part}”"),
    "new_visit": gettext_lazy("A trip of its own to “{part}”"),
    "batch_per_week": gettext_lazy("Days in the week on which “{part}” goes on"),
    "batch_size": gettext_lazy("Cases that go on together at “{part}”"),
    "remove": gettext_lazy("Without “{part}”"),
    "reuse": gettext_lazy("“{part}” comes from the office that has it"),
    "desks": gettext_lazy("Desks at “{part}”"),
    "move_minutes": gettext_lazy("Hours of “{part}”"),
    "stop_minutes": gettext_lazy("No more tickets before closing at “{part}”"),
    "keep_place": gettext_lazy("Who comes again at “{part}” keeps the place"),
    "cost_per_hour": gettext_lazy("Cost of an hour at “{part}”"),
    "per_day_factor": gettext_lazy("People who come"),
    "before_opening_factor": gettext_lazy("People before the door at opening"),
    "appointments": gettext_lazy("People with an appointment"),
    "no_show": gettext_lazy("People who do not come to their appointment"),
}
MERGED = gettext_lazy("“{part}” in one queue with “{other}”")


def label(journey: Journey, change: Change, lever: Lever, language: str) -> str:
    """What a lever changes, for whom and at what hours."""
    names = {
        **{each.key: each.name.say(language) for each in journey.resources},
        **{each.key: each.name.say(language) for each in journey.groups},
        **{each.key: each.name.say(language) for each in journey.documents},
        **{each.key: each.title.say(language) for each in journey.steps},
    }
    kind, part = part_of(journey, change.target), names.get(change.target) or change.target
    if kind == "edge":
        edge = next(each for each in journey.edges if edge_address(each) == change.target)
        part = f"{names.get(edge.source)} → {names.get(edge.target)}"
    sentence, other = NAMES.get(lever.name), ""
    if lever.name.startswith("into_"):
        sentence, other = MERGED, names.get(lever.name[5:]) or lever.name[5:]
    said = str(sentence).format(part=part, other=other) if sentence else lever.name
    whom = [names.get(n[6:]) or n[6:] for n, v in change.values.items() if n[:6] == "group_" and v]
    hours = [_hour(change.values[n]) for n in ("from_hour", "to_hour") if n in change.values]
    return ", ".join([said, *whom, *(["–".join(hours)] if hours else [])])


def _hour(hour: float) -> str:
    return f"{int(hour)}:{round(60 * (hour % 1)):02}"


def position(lever: Lever, value: float | None) -> str:
    """What a position sets; None is as it is, with the figure where there is one."""
    if value is not None:
        return _said(lever, value)
    absolute = lever.kind in ("share", "money", "minutes") or lever.name.startswith("batch")
    if lever.now is None or not absolute or lever.name in ("move_minutes", "stop_minutes"):
        return _("as it is")
    return _("as it is: {value}").format(value=_said(lever, lever.now))


def _said(lever: Lever, value: float) -> str:
    match lever.kind:
        case "switch":
            return _("yes") if value else _("no")
        case "factor":
            return _("{n}% of today").format(n=_figure(100 * value))
        case "share":
            return f"{_figure(100 * value)}%"
        case "money":
            return _("{n} đồng").format(n=_figure(value))
        case "count":
            return _counted(lever.name, round(value))
    n = _figure(abs(value))
    if lever.name == "move_minutes":
        words = _("{n} minutes later") if value >= 0 else _("{n} minutes earlier")
    else:
        words = _("{n} minutes")
    return words.format(n=n)


def _counted(name: str, count: int) -> str:
    if name == "desks":
        more = ngettext("{n} desk more", "{n} desks more", count)
        fewer = ngettext("{n} desk fewer", "{n} desks fewer", -count)
        return (more if count >= 0 else fewer).format(n=abs(count))
    if name == "batch_per_week":
        return ngettext("{n} day a week", "{n} days a week", count).format(n=count)
    if name == "batch_size":
        return ngettext("{n} case", "{n} cases", count).format(n=count)
    return _("called as number {n}").format(n=count + 1)


def _figure(value: float) -> str:
    whole: Any = round(value, 1)
    return vi_number(int(whole) if whole == int(whole) else whole)
