"""A journey with what stopwatch sheets tell of one desk: who comes, how long it takes, who goes."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from vuon.errors import N_, Words
from vuon.journeys import arriving
from vuon.journeys.branches import share_of
from vuon.journeys.changes import key_for
from vuon.journeys.fit import FEW, Fit, Fitted, arrivals_of, fitted_step, with_step
from vuon.journeys.model import Calendar, Group, Journey, Resource
from vuon.journeys.patience import patience
from vuon.journeys.sketching import HORIZON
from vuon.journeys.stopwatch import Observed, Ticket, pooled
from vuon.toml.table import Text

#: What the groups of a stopwatch sheet are called.
SHEET_GROUPS = {
    "under60": Text("Người dưới 60 tuổi", "Under 60"),
    "over60": Text("Người từ 60 tuổi", "Over 60"),
    "disability": Text("Người khuyết tật", "With a disability"),
}


def fit_sheet(
    journey: Journey,
    step: str,
    *,
    tickets: Iterable[Ticket] = (),
    observed: Iterable[Observed] = (),
) -> Fit:
    """The journey with what stopwatch sheets tell of one desk: arrivals, service, patience.

    Args:
        step: key of the desk that was watched; it is a desk from then on.
        tickets: the rows, for arrivals, groups and desks; clocks of the place.
        observed: service and patience with what was cut off.
    """
    report: list[Fitted] = []
    tickets, observed = list(tickets), list(observed)
    journey = _at_a_desk(journey, step, tickets, report)
    if tickets:
        journey = _groups_of(journey, tickets, report)
        journey = arrivals_of(journey, arriving.from_tickets(tickets), report, tickets)
    journey = _desks(journey, step, tickets, report)
    services = pooled(observed, "service")
    journey = fitted_step(journey, step, services, "stopwatch", report)
    return Fit(_patience(journey, step, observed, report), tuple(report))


def _patience(
    journey: Journey, step: str, observed: Iterable[Observed], report: list[Fitted]
) -> Journey:
    values, stayed = pooled(observed, "patience")[""]
    found = patience(values, stayed)
    place = f"step:{step}:patience"
    if found.dist is not None:
        journey = with_step(
            journey, replace(journey.step(step), patience=found.dist, patience_for=())
        )
        told = Words(
            N_("{left} of {all} left the queue: people wait for about {minutes} minutes."),
            {
                "left": found.left,
                "all": found.left + len(stayed),
                "minutes": round(found.dist["mean"]),
            },
        )
        report.append(Fitted(place, found.left, found.left < FEW, told))
    elif found.waited:
        told = Words(
            N_("Nobody left the queue; all together they waited {waited} minutes."),
            {"waited": round(found.waited)},
        )
        report.append(Fitted(place, 0, True, told))
    return journey


def _at_a_desk(
    journey: Journey, key: str, tickets: Sequence[Ticket], report: list[Fitted]
) -> Journey:
    """The journey in which the step that was watched is a desk, open on the usual days."""
    if journey.step(key).kind != "desk":
        journey = with_step(journey, replace(journey.step(key), kind="desk"))
    if journey.calendar is None and (times := [t for each in tickets for t in each.times]):
        monday = min(times).date()
        monday -= timedelta(days=monday.weekday())
        journey = replace(journey, calendar=Calendar(monday, HORIZON))
        words = Words(
            N_("Open from 7:30 to 11:30 and 13:30 to 17:00 is assumed: correct the hours first.")
        )
        report.append(Fitted("calendar", 0, False, words))
    return journey


def _groups_of(journey: Journey, tickets: Sequence[Ticket], report: list[Fitted]) -> Journey:
    """The groups of a sheet for a journey that has none yet; nothing where it names only one."""
    counts = Counter(ticket.group for ticket in tickets if ticket.group)
    if journey.groups or len(counts) < 2:
        return journey
    whole = counts.total()
    groups: list[Group] = []
    for called, count in counts.most_common():
        key = key_for(called, tuple(group.key for group in groups))
        share = share_of(count, whole, len(counts))
        groups.append(Group(key, share, SHEET_GROUPS.get(called, Text(called, called))))
    rest = 1 - sum(group.share.value for group in groups)
    first = groups[0]
    groups[0] = replace(first, share=replace(first.share, value=first.share.value + rest))
    words = Words(N_("The shares of {count} groups."), {"count": len(groups)})
    report.append(Fitted("group:share", whole, min(counts.values()) < FEW, words))
    return replace(journey, groups=tuple(groups))


def _desks(journey: Journey, key: str, tickets: Iterable[Ticket], report: list[Fitted]) -> Journey:
    """The desks of a step that has none yet, as many as were open as a rule; a plan of shifts
    stays, and is compared with what was seen."""
    seen = [ticket.open_desks for ticket in tickets if ticket.open_desks]
    if not seen:
        return journey
    usual = statistics.median_high(seen)
    step = journey.step(key)
    words = Words(N_("{desks} desks were open as a rule."), {"desks": usual})
    report.append(Fitted(f"step:{key}:desks", len(seen), len(seen) < FEW, words))
    known = {each.key: each for each in journey.resources}
    found = known.get(step.resource)
    if found is None:
        name = step.office or Text("Quầy", "Desks")
        found = Resource(key_for(name.vi or name.en, (*known,)), name, usual)
        journey = with_step(journey, replace(step, resource=found.key))
        return replace(journey, resources=(*journey.resources, found))
    if found.shifts:
        return journey
    resources = (replace(r, desks=usual) if r is found else r for r in journey.resources)
    return replace(journey, resources=tuple(resources))
