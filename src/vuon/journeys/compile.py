"""A journey and its figures as the arrays that the kernel runs on.

Steps, groups and resources stand in the order of the hashes of their keys; ways back stand before
ways on, each by the hash of its target. So neither the order nor the titles in a file reach a
result, and a step that keeps its key keeps its luck.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from vuon.errors import N_, VuonError, Words
from vuon.journeys import kernel_tables as t
from vuon.journeys.arrival_arrays import Envelope, arrival_arrays, calendar_of, envelope, widened
from vuon.journeys.calendars import DAY
from vuon.journeys.cost import hour_of
from vuon.journeys.dists import log_mean, table
from vuon.journeys.model import Dist, Edge, Group, Journey, Step
from vuon.journeys.routes import TOLERANCE, exits, join_of
from vuon.journeys.time_arrays import releases, time_arrays
from vuon.journeys.traffic import missing_papers

#: Calendar days in which those inside may run out, where no deadline is set.
DRAIN_DAYS = 30
#: Counted ways: shares that change with each attempt.
COUNTED = 30
KINDS = {
    "do": t.K_DO,
    "wait": t.K_WAIT,
    "travel": t.K_TRAVEL,
    "desk": t.K_DESK,
    "backoffice": t.K_BACKOFFICE,
    "decision": t.K_DECISION,
    "batch": t.K_BATCH,
    "fork": t.K_FORK,
    "join": t.K_JOIN,
    "end": t.K_END,
}


__all__ = [
    "Compiled",
    "Envelope",
    "compiled",
    "envelope",
    "hashed",
    "numbers_of",
    "patches",
    "widened",
]


@dataclass(frozen=True)
class Compiled:
    """The inputs of the kernel, and the keys in the order of its rows.

    Args:
        arrays: input arrays by name, each from its first cell.
        steps, groups, resources: keys by row.
        horizon, end: minutes at which arrivals stop, and at which the run does.
    """

    arrays: Mapping[str, Sequence[int] | Sequence[float]]
    steps: tuple[str, ...]
    groups: tuple[str, ...]
    resources: tuple[str, ...]
    horizon: float
    end: float


def hashed(key: str) -> int:
    """The first 64 bits of the SHA-256 of a key, as a number with sign.

    >>> hashed("desk") == hashed("desk") != hashed("hall")
    True
    """
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big", signed=True)


def compiled(
    journey: Journey,
    *,
    under: Envelope | None = None,
    warmup: float = 0.0,
    drain_days: float | None = None,
) -> Compiled:
    """The kernel's inputs for a journey that `runnable` has nothing against.

    Args:
        under: the envelope of the comparison; its own rates if None.
        warmup: minutes from the start in which who enters is not in the results.
        drain_days: calendar days in which those inside run out; None is three times the deadline.

    Raises:
        VuonError: `journey.too_large` if the journey does not fit into the kernel's tables.
    """
    return _Writer(journey, under, warmup, drain_days).written()


def patches(base: Compiled, other: Compiled) -> dict[str, list[tuple[int, float]]]:
    """The cells in which another compiled journey differs: what a lever changes in a browser.

    Raises:
        ValueError: the two do not have the same steps, groups, resources and lengths; then the
            server compiles.
    """
    alike = (base.steps, base.groups, base.resources) == (
        other.steps,
        other.groups,
        other.resources,
    )
    found = {}
    for name, values in other.arrays.items():
        before = base.arrays[name]
        if not alike or len(before) != len(values):
            raise ValueError(f"{name} has another length: the structure differs")
        cells = [(n, x) for n, (x, y) in enumerate(zip(values, before, strict=True)) if x != y]
        if cells:
            found[name] = cells
    return found


@dataclass
class _Writer:
    journey: Journey
    under: Envelope | None
    warmup: float
    drain_days: float | None
    arrays: dict[str, list[int] | list[float]] = field(default_factory=dict)
    dists: dict[Dist, int] = field(default_factory=dict)
    tables: list[float] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    def written(self) -> Compiled:
        journey, calendar = self.journey, calendar_of(self.journey)
        self.steps = sorted(journey.steps, key=lambda step: hashed(step.key))
        self.groups = sorted(journey.groups, key=lambda group: hashed(group.key))
        self.resources = sorted(journey.resources, key=lambda each: hashed(each.key))
        self.step_row = {step.key: n for n, step in enumerate(self.steps)}
        drain = self.drain_days
        if drain is None:
            drain = 3 * journey.deadline_days or DRAIN_DAYS
        self.days = calendar.horizon_days + math.ceil(drain)
        self.arrays |= time_arrays(self.resources, calendar, self.days)
        self.arrays["resource_hash"] = [hashed(each.key) for each in self.resources]
        self._steps()
        self._stays()
        self._dists()
        self._groups()
        self._arrivals()
        horizon = float(calendar.horizon_days * DAY)
        end = horizon + drain * DAY
        self.arrays["scalars"] = [self.warmup, horizon, end]
        self.arrays["header"] = [
            len(self.steps),
            len(self.resources),
            len(self.groups),
            self.step_row[journey.enters],
            journey.max_attempts,
            len(self.arrays["slot_time"]),
            len(self.arrays["crowd_time"]),
            len(self.arrays["backlog_step"]),
        ]
        self._fits()
        return Compiled(
            self.arrays,
            tuple(step.key for step in self.steps),
            tuple(group.key for group in self.groups),
            tuple(each.key for each in self.resources),
            horizon,
            end,
        )

    def put(self, name: str, *values: float) -> None:
        """Append to an array."""
        self.arrays.setdefault(name, []).extend(values)  # type: ignore[arg-type]

    def _steps(self) -> None:
        a, journey = self.arrays, self.journey
        rows = {each.key: n for n, each in enumerate(self.resources)}
        a["release_time"] = []
        for step in self.steps:
            self.put("step_kind", KINDS[step.kind])
            self.put("step_hash", hashed(step.key))
            self.put("step_resource", rows.get(step.resource, -1))
            self.put("step_impatient", self.step_row.get(step.impatient_to, -1))
            joins = join_of(journey, step.key) if step.kind == "fork" else ""
            self.put("step_join", self.step_row.get(joins, -2))
            self.put("step_trip", int(step.new_visit))
            self.put("step_fee", step.fee + step.other_money)
            self.put("step_prepare", step.prepare_minutes)
            self.put("batch_size", step.batch_size)
            times = releases(step, calendar_of(journey), self.days)
            self.put("release_first", len(a["release_time"]))
            self.put("release_count", len(times))
            self.put("release_time", *times)

    def _dist(self, dist: Dist | None) -> int:
        """The row of a distribution; -1 for none."""
        return -1 if dist is None else self.dists.setdefault(dist, len(self.dists))

    def _stays(self) -> None:
        """What each group meets at each step, and the ways on from there."""
        integers = ("service", "patience", "papers", "first", "count", "scaled", "done")
        numbers = ("gives_up", "missing", "missing_minutes", "missing_money")
        size = len(self.groups) * t.STEPS
        for name in integers:
            self.arrays[f"stay_{name}"] = [0] * size
        for name in numbers:
            self.arrays[f"stay_{name}"] = [0.0] * size
        self.arrays["way_target"] = []
        for row, group in enumerate(self.groups):
            for place, step in enumerate(self.steps):
                self._stay(row * t.STEPS + place, group, step)

    def _stay(self, at: int, group: Group, step: Step) -> None:
        def note(name: str, value: float) -> None:
            self.arrays[f"stay_{name}"][at] = value  # type: ignore[call-overload]

        out = exits(self.journey, step.key, group)
        note("service", self._dist(step.service_of(group.key)))
        note("patience", self._dist(step.patience_of(group.key)))
        note("gives_up", out.gives_up)
        note("papers", -1)
        lacking = missing_papers(self.journey, step.key, group.key)
        if out.papers and lacking > 0:
            asked = [self.journey.document(key) for key in step.documents]
            shares = [(each, each.missing_of(group.key).value) for each in asked]
            note("missing", lacking)
            note("missing_minutes", sum(e.minutes * p for e, p in shares) / lacking)
            note("missing_money", sum(e.money * p for e, p in shares) / lacking)
            note("papers", len(self.arrays["way_target"]))
            self._way(out.papers, lacking)
        ways = [(edge, share) for edge, share in out.edges if share > 0]
        if step.kind == "end":
            ways = []
        on = any(not edge.rework for edge, _ in ways)
        if on and step.kind != "fork":
            # Figures that were drawn apart are brought together again.
            whole = sum(share for _, share in ways) / (1 - out.gives_up)
            if abs(whole - 1) > TOLERANCE:
                ways = [(edge, share / whole) for edge, share in ways]
        ways.sort(key=lambda way: (not way[0].rework, hashed(way[0].target)))
        note("first", len(self.arrays["way_target"]))
        note("count", len(ways))
        for edge, share in ways:
            self._way(edge, share)
        note("scaled", int(any(edge.per_attempt != 1 for edge, _ in ways)))
        # Behind the last step of a way, who does not go back is done.
        note("done", int(not on and out.total < 1 - TOLERANCE))

    def _way(self, edge: Edge, share: float) -> None:
        counter = -1
        if edge.per_attempt != 1:
            counter = self.counted.setdefault(edge.key, len(self.counted))
        self.put("way_share", share)
        self.put("way_target", self.step_row[edge.target])
        self.put("way_rework", int(edge.rework))
        self.put("way_factor", edge.per_attempt)
        self.put("way_counter", counter)
        self.put("way_delay", self._dist(edge.delay))

    def _dists(self) -> None:
        for name in ("dist_family", "dist_a", "dist_b", "dist_table"):
            self.arrays[name] = []
        for dist in self.dists:
            family, a, b, nodes = numbers_of(dist)
            self.put("dist_family", family)
            self.put("dist_a", a)
            self.put("dist_b", b)
            self.put("dist_table", len(self.tables) // t.NODES)
            self.tables += nodes
        self.arrays["tables"] = self.tables

    def _groups(self) -> None:
        arrivals, reached = self.journey.arrivals, 0.0
        crowd = arrivals.before_opening if arrivals else 0.0
        for group in self.groups:
            reached += group.share.value
            self.put("group_hash", hashed(group.key))
            self.put("group_priority", group.priority)
            self.put("group_travel_minutes", group.travel_minutes)
            self.put("group_travel_money", group.travel_money)
            self.put("group_minute_value", hour_of(group) / 60)
            self.put("group_tolerance", group.tolerance_minutes)
            self.put("group_cumulative", reached)
            self.put("group_crowd", crowd * group.share.value)

    def _arrivals(self) -> None:
        self.arrays |= arrival_arrays(self.journey, self.groups, self.step_row, self.under)

    def _fits(self) -> None:
        for what, name, limit in LIMITS:
            count = len(self.arrays[name])
            if count > limit:
                raise _too_large(count, Words(what), limit)
        if len(self.counted) > COUNTED:
            raise _too_large(len(self.counted), Words(N_("changing shares")), COUNTED)


#: What the kernel's tables hold: in words, the array, how many.
LIMITS = (
    (N_("steps"), "step_kind", t.STEPS),
    (N_("pools of desks"), "resource_hash", t.RESOURCES),
    (N_("groups"), "group_hash", t.GROUPS),
    (N_("connections"), "way_target", t.WAYS),
    (N_("durations"), "dist_family", t.DISTS),
    (N_("durations"), "tables", t.TABLES * t.NODES),
    (N_("changes of the arrivals"), "rate_time", t.RATES),
    (N_("changes of the desks"), "desks_time", t.SCHEDULE),
    (N_("opening hours"), "clock_start", t.OPENINGS),
    (N_("days on which batches go on"), "release_time", t.RELEASES),
    (N_("appointments"), "slot_time", t.APPOINTMENTS),
    (N_("days"), "crowd_time", t.CROWDS),
    (N_("cases that lie there"), "backlog_step", t.BACKLOGS),
)


def _too_large(count: int, what: Words, limit: int) -> VuonError:
    return VuonError(
        "journey.too_large",
        Words(
            N_("The journey is too large to run: {count} {what}, at most {limit}."),
            {"count": count, "what": what, "limit": limit},
        ),
        Words(N_("Look at fewer days, or divide the journey.")),
    )


def numbers_of(dist: Dist) -> tuple[int, float, float, tuple[float, ...]]:
    """The kernel's family of a distribution, its two numbers and its quantile table.

    >>> numbers_of(Dist.of("exponential", mean=4))
    (1, 4.0, 0.0, ())
    """
    match dist.family:
        case "const":
            return 0, dist["value"], 0.0, ()
        case "exponential":
            return 1, dist["mean"], 0.0, ()
        case "uniform":
            return 2, dist["low"], dist["high"], ()
        case "lognormal":
            return 3, log_mean(dist), dist["sigma"], ()
        case "weibull":
            return 4, dist["scale"], 1 / dist["shape"], ()
    return 5, 0.0, 0.0, _table(dist)


_table = lru_cache(maxsize=512)(table)
