"""A journey with its figures measured: from an event log, from stopwatch sheets, or from both.

Everything that was seen too seldom to be fitted stays as it was; the report says of each figure
from how many it comes and what is weak.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from vuon.errors import N_, Words
from vuon.journeys import arriving
from vuon.journeys.branches import Counted, behind, counted, share_of
from vuon.journeys.calendars import OpeningClock, opening
from vuon.journeys.dists import quantile
from vuon.journeys.likelihood import service_time
from vuon.journeys.logs import Event, Log
from vuon.journeys.model import Dist, Journey, Share, Step
from vuon.journeys.running import title
from vuon.journeys.stopwatch import Ticket, Times
from vuon.vietnamese import fold

#: Below so many times a figure is called weak.
FEW = 30
#: A group gets times of its own from so many on.
OF_ITS_OWN = 30
#: From so many minutes within the opening hours on it is said how many come on a day.
LEAST_WATCHED = 60.0
#: Of the gaps of a log with one stamp, the low quantile that is taken for service.
LOW = 0.2


@dataclass(frozen=True)
class Fitted:
    """One figure of the report.

    Args:
        place: where it stands, such as "step:counter:service".
        n: how many it was fitted from.
        weak: whether it should not be leaned on.
        words: what was done, or why nothing was.
    """

    place: str
    n: int
    weak: bool
    words: Words


@dataclass(frozen=True)
class Fit:
    """The journey with measured figures, and the report."""

    journey: Journey
    report: tuple[Fitted, ...]


def fit_log(journey: Journey, log: Log, names: Mapping[str, str] | None = None) -> Fit:
    """The journey with what an event log tells: groups, arrivals, times, shares.

    Args:
        names: activities with the keys of their steps; without it an activity is the step whose key
            or title it has, without regard to case and marks.
    """
    report: list[Fitted] = []
    names = names if names is not None else matched(journey, log)
    _unknown(log, names, report)
    journey = _groups(journey, log, report)
    if journey.calendar:
        journey = arrivals_of(journey, arriving.from_log(log, journey.calendar), report)
    for step in journey.steps:
        journey = _times(journey, step, log, names, report)
    seen = counted(journey, log, names)
    known = {group.key for group in journey.groups}
    several = tuple(sorted({log.group(case) for case in log.cases} & known))
    for key in journey.keys:
        journey = _ways(journey, key, seen[key], several if len(several) > 1 else (), report)
    return Fit(journey, tuple(report))


def matched(journey: Journey, log: Log) -> dict[str, str]:
    """The activities of a log that are steps by their key or title."""
    steps = {}
    for step in journey.steps:
        for called in (step.title.en, step.title.vi, step.key):
            if called:
                steps[fold(called)] = step.key
    found = {}
    for activity in dict.fromkeys(event.activity for event in log.events):
        if fold(activity) in steps:
            found[activity] = steps[fold(activity)]
    return found


def _unknown(log: Log, names: Mapping[str, str], report: list[Fitted]) -> None:
    counts: dict[str, int] = {}
    for event in log.events:
        if event.activity not in names:
            counts[event.activity] = counts.get(event.activity, 0) + 1
    for activity, count in counts.items():
        words = Words(
            N_("“{activity}” stands {count} times in the log and is no step."),
            {"activity": activity, "count": count},
        )
        report.append(Fitted("log", count, True, words))


def _groups(journey: Journey, log: Log, report: list[Fitted]) -> Journey:
    """The shares of the groups, if the log names all of its cases' groups as the journey does."""
    counts = {group.key: 0 for group in journey.groups}
    strange = 0
    for case in log.cases:
        group = log.group(case)
        if group in counts:
            counts[group] += 1
        else:
            strange += bool(group)
    whole = sum(counts.values())
    if len(counts) < 2 or not whole:
        return journey
    if strange:
        words = Words(N_("{count} cases name a group that the journey does not have."),
                      {"count": strange})  # fmt: skip
        report.append(Fitted("group", strange, True, words))
    shares = {key: share_of(n, whole, len(counts)) for key, n in counts.items()}
    rest = 1 - sum(share.value for share in shares.values())
    groups = tuple(
        replace(
            group, share=replace(shares[group.key], value=shares[group.key].value + rest * (n == 0))
        )
        for n, group in enumerate(journey.groups)
    )
    words = Words(N_("The shares of {count} groups."), {"count": len(groups)})
    report.append(Fitted("group:share", whole, min(counts.values()) < FEW, words))
    return replace(journey, groups=groups)


def arrivals_of(
    journey: Journey,
    counts: arriving.Counts,
    report: list[Fitted],
    tickets: Sequence[Ticket] = (),
) -> Journey:
    found = arriving.fitted(counts, journey)
    watched = arriving.minutes_open(counts, journey)
    if found is None or watched < LEAST_WATCHED:
        if counts.whole:
            short = Words(
                N_(
                    "{people} people were counted, but for {minutes} minutes of the opening hours "
                    "only: too little to say how many come. Is the office open at other hours?"
                ),
                {"people": len(tickets) or round(counts.whole), "minutes": round(watched)},
            )
            report.append(Fitted("arrivals", 0, False, short))
        return journey
    words = Words(
        N_(
            "About {many} people come on a day: {people} were counted in {hours} hours; "
            "{percent}% of the opening hours nobody watched."
        ),
        {
            "many": round(found.arrivals.per_day.value),
            "people": found.people,
            "hours": max(1, round(watched / 60)),
            "percent": round(100 * found.guessed),
        },
    )
    weak = found.people < FEW or found.guessed > 0.25
    report.append(Fitted("arrivals", found.people, weak, words))
    old = journey.arrivals
    if old:
        kept = replace(
            old, per_day=found.arrivals.per_day, per_day_for=(), spans=found.arrivals.spans
        )
        return replace(journey, arrivals=kept)
    return replace(journey, arrivals=found.arrivals)


def with_step(journey: Journey, step: Step) -> Journey:
    return replace(journey, steps=tuple(step if s.key == step.key else s for s in journey.steps))


def _times(
    journey: Journey, step: Step, log: Log, names: Mapping[str, str], report: list[Fitted]
) -> Journey:
    """The durations of one step: whole ones where both stamps are there, else the gaps."""
    if step.kind not in ("do", "desk", "backoffice", "travel"):
        return journey
    clock = _Opening(journey, log) if step.kind in ("desk", "backoffice") else None
    times: dict[str, Times] = {"": ([], [])}
    gaps: list[float] = []
    for case, events in log.cases.items():
        before: Event | None = None
        for event in events:
            if names.get(event.activity) == step.key:
                if event.start and event.end and event.end > event.start:
                    opened = clock if step.kind == "backoffice" else None
                    minutes = _minutes(event.start, event.end, opened)
                    for group in dict.fromkeys(("", log.group(case))):
                        times.setdefault(group, ([], []))[0].append(minutes)
                elif before is not None:
                    gaps.append(_minutes(before.last, event.last, clock))
            before = event
    if len(times[""][0]) < 2 and len(gaps) >= 2:
        low = sorted(gaps)[int(LOW * len(gaps))]
        words = Words(
            N_("One stamp only: {minutes} minutes, a low one of the gaps, stands for the time."),
            {"minutes": round(low, 1)},
        )
        report.append(Fitted(f"step:{step.key}:service", len(gaps), True, words))
        guess = Dist("const", (("value", low),), n=len(gaps), source="log")
        return with_step(journey, replace(step, service=guess, service_for=()))
    return fitted_step(journey, step.key, times, "log", report)


def fitted_step(
    journey: Journey, key: str, times: Mapping[str, Times], source: str, report: list[Fitted]
) -> Journey:
    """The step with the time of everybody, and of each group that was seen often enough."""
    values, cut = times[""]
    place = f"step:{key}:service"
    found = service_time(values, cut, source)
    if found is None:
        if values or cut:
            words = Words(N_("Seen {count} times: too few."), {"count": len(values)})
            report.append(Fitted(place, len(values), True, words))
        return journey
    own = []
    for group in journey.groups:
        mine = times.get(group.key, ([], []))
        dist = service_time(*mine, source) if len(mine[0]) >= OF_ITS_OWN else None
        if dist is not None and len(journey.groups) > 1:
            own.append((group.key, dist))
    words = Words(
        N_(
            "“{step}” takes about {minutes} minutes, for 9 in 10 at most {most}: from {count} "
            "times, of which {cut} were not over when the watching ended."
        ),
        {
            "step": title(journey.step(key)),
            "minutes": round(quantile(found, 0.5)),
            "most": round(quantile(found, 0.9)),
            "count": len(values) + len(cut),
            "cut": len(cut),
        },
    )
    report.append(Fitted(place, len(values), len(values) < FEW, words))
    return with_step(journey, replace(journey.step(key), service=found, service_for=tuple(own)))


class _Opening:
    """Opening minutes between two times of a log, by the weekly hours of the journey."""

    def __init__(self, journey: Journey, log: Log) -> None:
        stamps = [event.first for event in log.events] + [event.last for event in log.events]
        self.start = min(stamps).replace(hour=0, minute=0, second=0, microsecond=0)
        days = (max(stamps) - self.start).days + 2
        calendar = journey.calendar
        self.clock: OpeningClock | None = None
        if calendar:
            self.clock = opening(replace(calendar, start=self.start.date()), days)

    def between(self, start: datetime, end: datetime) -> float:
        """The opening minutes between; all minutes without a calendar."""
        a, b = ((x - self.start) / timedelta(minutes=1) for x in (start, end))
        return self.clock.opened(b) - self.clock.opened(a) if self.clock else b - a


def _minutes(start: datetime, end: datetime, clock: _Opening | None) -> float:
    return clock.between(start, end) if clock else (end - start) / timedelta(minutes=1)


def _ways(
    journey: Journey, key: str, seen: Counted, groups: Sequence[str], report: list[Fitted]
) -> Journey:
    """The shares behind one step."""
    step = journey.step(key)
    found = behind(journey, step, seen, tuple(groups))
    if found is None:
        return journey
    for target, count in found.unknown:
        words = Words(
            N_("{count} went from “{a}” to “{b}”, where the map has no way."),
            {"count": count, "a": title(step), "b": _titled(journey, target)},
        )
        report.append(Fitted(f"edge:{key}->{target}", count, True, words))
    for target, factor in found.changing:
        words = Words(
            N_("How many go back to “{b}” changes with the attempt: {factor} times as many later."),
            {"b": _titled(journey, target), "factor": round(factor, 2)},
        )
        report.append(Fitted(f"edge:{key}->{target}:per_attempt", found.n, False, words))
    words = Words(N_("Where {count} visits led to."), {"count": found.n})
    report.append(Fitted(f"step:{key}:exits", found.n, found.n < FEW, words))
    new = {edge.key + str(edge.rework): edge for edge in found.edges}
    edges = tuple(new.get(edge.key + str(edge.rework), edge) for edge in journey.edges)
    journey = replace(journey, edges=edges)
    if found.gives_up is not None:
        given = replace(step, gives_up=found.gives_up, gives_up_for=found.gives_up_for)
        journey = with_step(journey, given)
    return _papers(journey, step, found.missing, report)


def _titled(journey: Journey, key: str) -> str:
    return title(journey.step(key)) if key in journey.keys else key


def _papers(journey: Journey, step: Step, missing: Share | None, report: list[Fitted]) -> Journey:
    """The share who lack a paper; of several papers a log cannot say which one was missing."""
    if missing is None or len(step.documents) != 1:
        if missing is not None and step.documents:
            words = Words(N_("Several papers are asked for: the log does not say which lacked."))
            report.append(Fitted(f"step:{step.key}:documents", missing.n, True, words))
        return journey
    documents = tuple(
        replace(each, missing=missing, missing_for=()) if each.key == step.documents[0] else each
        for each in journey.documents
    )
    return replace(journey, documents=documents)
