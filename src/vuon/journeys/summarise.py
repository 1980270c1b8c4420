"""The outcomes of a run, for all and for each group: who gets through, what it costs them, where
they are lost, how busy the desks are, how far apart the groups lie.

Waiting is never told without completion: a redesign that keeps more people in can raise the mean
wait. Means are over everybody who arrived, times to the end over those who are done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vuon.journeys import kernel_results as r
from vuon.journeys.calendars import DAY, desks
from vuon.journeys.compare import Estimate, estimates
from vuon.journeys.model import Calendar, Journey, Resource
from vuon.journeys.people import METRICS, MORE_IS_BETTER
from vuon.journeys.simulate import Opener, Run
from vuon.kernel.maths import exp

REASONS = ("gives_up", "impatient", "attempts")
#: Metrics in which the gap between groups is told.
GAPS = ("completion", "wait", "citizen_cost")
#: Histograms by the metric that they spread out, with the least value and a factor to its unit.
GRAMS = {
    "wait": (r.G_WAIT, r.LEAST_MINUTES, 1.0),
    "days": (r.G_TIME, r.LEAST_MINUTES, 1 / 1440),
    "citizen_cost": (r.G_COST, r.LEAST_MONEY, 1.0),
}


@dataclass(frozen=True)
class Told:
    """One metric of one group.

    Args:
        estimate: mean over replications with its interval.
        p50, p90: of citizens, where the metric differs between them; None elsewhere.
    """

    estimate: Estimate
    p50: float | None = None
    p90: float | None = None


@dataclass(frozen=True)
class Loss:
    """How many of those who arrived drop out at a step for a reason, as a share."""

    step: str
    reason: str
    share: float


@dataclass(frozen=True)
class AtStep:
    """What happens at one step: visits a citizen, wait and service a visit, the share of visits
    at which somebody leaves the queue."""

    visits: float
    wait: float
    service: float
    leaves: float


@dataclass(frozen=True)
class HalfHour:
    """Desks open and at work in a half-hour of the day, on average over the horizon's days.

    More may be at work than are open: who is being served at closing time is served to the end.
    """

    open: float
    busy: float

    @property
    def load(self) -> float:
        """Desks at work ÷ desks open; 0 where none is open."""
        return self.busy / self.open if self.open else 0.0


@dataclass(frozen=True)
class Gap:
    """How far the worst group lies behind the best in a metric, and which they are."""

    metric: str
    worst: str
    best: str
    size: float


@dataclass(frozen=True)
class Summary:
    """The outcomes of a run.

    Args:
        told: by metric and group; "" is all together, "backlog" those who lay there before.
        counts: by group, how many arrived, are done, dropped out, are still inside, did not come
            to their appointment; of all replications.
        losses: by group.
        steps: by group and step.
        loads: by resource, with the interval over replications.
        half_hours: by resource, for each half-hour of the day.
        gaps: between groups.
    """

    told: Mapping[tuple[str, str], Told]
    counts: Mapping[str, Mapping[str, int]]
    losses: Mapping[str, tuple[Loss, ...]]
    steps: Mapping[tuple[str, str], AtStep]
    loads: Mapping[str, tuple[float, ...]]
    half_hours: Mapping[str, tuple[HalfHour, ...]]
    gaps: tuple[Gap, ...]
    replications: int

    def mean(self, metric: str, group: str = "") -> float:
        """The mean of a metric of a group."""
        return self.told[metric, group].estimate.mean


def summarise(
    run: Run,
    journey: Journey,
    *,
    metrics: Sequence[str] = METRICS,
    opener: Opener | None = None,
) -> Summary:
    """The outcomes of a run of a journey.

    `wait_over_tolerance` is told only of groups that have a tolerance, and of all together where
    some have.
    """
    groups = ("", *run.groups)
    patient = {group.key for group in journey.groups if group.tolerance_minutes <= 0}
    patient |= {""} if len(patient) == len(journey.groups) else set()
    told = {}
    for (metric, group), estimate in estimates(run, groups, metrics, opener).items():
        if metric != "wait_over_tolerance" or group not in patient:
            told[metric, group] = Told(estimate, *_quantiles(run, metric, group))
    if run.count("backlog", r.C_ARRIVED):
        for (metric, _), estimate in estimates(run, ("backlog",), metrics, opener).items():
            told[metric, "backlog"] = Told(estimate, *_quantiles(run, metric, "backlog"))
    return Summary(
        told,
        {row: _counts(run, row) for row in run.rows},
        {group: _losses(run, group) for group in groups},
        {(group, step): _at(run, group, n) for group in groups for n, step in enumerate(run.steps)},
        {key: tuple(each[n] for each in run.loads) for n, key in enumerate(run.resources)},
        {key: _half_hours(run, journey, n) for n, key in enumerate(run.resources)},
        _gaps(told, run.groups),
        run.replications,
    )


def _half_hours(run: Run, journey: Journey, place: int) -> tuple[HalfHour, ...]:
    calendar = journey.calendar
    assert calendar
    there = open_desks(journey.resource(run.resources[place]), calendar)
    minutes = 30 * calendar.horizon_days
    return tuple(
        HalfHour(desks / minutes, busy / (minutes * run.replications))
        for desks, busy in zip(there, run.busy[place], strict=True)
    )


def open_desks(resource: Resource, calendar: Calendar) -> tuple[float, ...]:
    """Desk minutes that are open in each half-hour of the day, over all days of the horizon.

    >>> from datetime import date
    >>> open_desks(Resource("counter", desks=2), Calendar(date(2026, 10, 5), 1))[15:24]
    (60.0, 60.0, 60.0, 60.0, 60.0, 60.0, 60.0, 60.0, 0.0)
    """
    found = [0.0] * r.HALF_HOURS
    changes = desks(resource, calendar)
    ends = [*(at for at, _ in changes[1:]), float(calendar.horizon_days * DAY)]
    for (start, count), end in zip(changes, ends, strict=True):
        at = start
        while count and at < end:
            edge = min(end, (at // 30 + 1) * 30)
            found[int(at // 30) % r.HALF_HOURS] += count * (edge - at)
            at = edge
    return tuple(found)


def _counts(run: Run, row: str) -> dict[str, int]:
    names = {
        "arrived": r.C_ARRIVED,
        "done": r.C_DONE,
        "dropped": r.C_DROPPED,
        "inside": r.C_INSIDE,
        "no_show": r.C_NO_SHOW,
    }
    return {name: run.count(row, what) for name, what in names.items()}


def _quantiles(run: Run, metric: str, group: str) -> tuple[float | None, float | None]:
    if metric not in GRAMS:
        return None, None
    gram, least, factor = GRAMS[metric]
    bins = run.grams[gram][run.row(group)]
    return quantile(bins, 0.5, least) * factor, quantile(bins, 0.9, least) * factor


def quantile(bins: Sequence[float], part: float, least: float) -> float:
    """The value below which `part` of a histogram lies, as `kernel_results.gram_quantile` has it.

    >>> quantile((3, 1), 0.5, 0.05)
    0.0
    """
    sought, below = part * float(sum(bins)), 0.0
    for n, here in enumerate(bins):
        if here and below + here >= sought:
            if n == 0:
                return 0.0
            return least * exp((float(n - 1) + (sought - below) / here) * r.BIN)
        below += here
    return 0.0


def _losses(run: Run, group: str) -> tuple[Loss, ...]:
    """The largest first."""
    arrived = run.count(group, r.C_ARRIVED)
    row = run.dropped[run.row(group)]
    found = [
        Loss(step, reason, row[n * r.REASONS + m] / arrived)
        for n, step in enumerate(run.steps)
        for m, reason in enumerate(REASONS)
        if row[n * r.REASONS + m]
    ]
    return tuple(sorted(found, key=lambda loss: (-loss.share, loss.step, loss.reason)))


def _at(run: Run, group: str, step: int) -> AtStep:
    row = run.row(group)
    visits = run.visits[row][step]
    each = max(1.0, visits)
    return AtStep(
        visits / max(1, run.count(group, r.C_ARRIVED)),
        run.waits[row][step] / each,
        run.services[row][step] / each,
        run.impatiences[row][step] / each,
    )


def _gaps(told: Mapping[tuple[str, str], Told], groups: Sequence[str]) -> tuple[Gap, ...]:
    found = []
    for metric in GAPS:
        there = [
            (told[metric, group].estimate.mean, group)
            for group in groups
            if (metric, group) in told and told[metric, group].estimate.n
        ]
        if len(there) > 1:
            low, high = min(there), max(there)
            worst, best = (low, high) if metric in MORE_IS_BETTER else (high, low)
            found.append(Gap(metric, worst[1], best[1], high[0] - low[0]))
    return tuple(found)


def plain(summary: Summary) -> dict[str, object]:
    """The summary as `vuon journey run --json` says it; the hash, the seed and warnings are
    added by who knows them."""
    outcomes: dict[str, dict[str, object]] = {}
    for (metric, group), told in summary.told.items():
        each = told.estimate
        outcomes.setdefault(metric, {})[group or "all"] = {
            "mean": each.mean,
            "low": each.low,
            "high": each.high,
            "p50": told.p50,
            "p90": told.p90,
            "n": each.n,
        }
    steps: dict[str, dict[str, object]] = {}
    for (group, step), at in summary.steps.items():
        steps.setdefault(step, {})[group or "all"] = dict(at.__dict__)
    resources = {
        key: {"load": list(summary.loads[key]), "half_hours": [[e.open, e.busy] for e in halves]}
        for key, halves in summary.half_hours.items()
    }
    losses = {
        group or "all": [[each.step, each.reason, each.share] for each in found]
        for group, found in summary.losses.items()
    }
    return {
        "outcomes": outcomes,
        "steps": steps,
        "resources": resources,
        "losses": losses,
        "gaps": [[gap.metric, gap.worst, gap.best, gap.size] for gap in summary.gaps],
        "replications": summary.replications,
    }
