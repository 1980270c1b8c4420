"""Two variants under the same luck: how much one changes, for whom, and how sure that is.

D = redesign − as it is, replication by replication; a paired t interval for each outcome and group;
Holm's correction over all that is shown. Replications are added until the intervals are narrow
enough, with a cap. Every digit comes from the kernel's `kernel_compare`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vuon.journeys import kernel_compare as k
from vuon.journeys import kernel_results as r
from vuon.journeys.compile import Envelope, envelope
from vuon.journeys.model import Journey
from vuon.journeys.people import METRICS, MORE_IS_BETTER
from vuon.journeys.simulate import Backend, Opener, Run, joined, simulate
from vuon.kernel import host, kept, reference
from vuon.special import t_quantile

KERNEL = "vuon.journeys.kernel_compare"
BUILT = Path(__file__).parent / "built" / "compare.wasm"
#: Metrics and where the kernel writes them; load is of resources, not of groups.
PLACES: Mapping[str, int] = {
    "completion": r.O_COMPLETION,
    "drop_off": r.O_DROP_OFF,
    "wait": r.O_WAIT,
    "wait_p50": r.O_WAIT_P50,
    "wait_p90": r.O_WAIT_P90,
    "wait_over_tolerance": r.O_WAIT_OVER,
    "days": r.O_DAYS,
    "trips": r.O_TRIPS,
    "attempts": r.O_ATTEMPTS,
    "citizen_cost": r.O_COST,
    "cost_unfinished": r.O_UNFINISHED,
    "cost_per_completed": r.O_PER_COMPLETED,
    "state_minutes": r.O_STATE,
    "load": r.O_LOAD,
}
#: Metrics that only those who are done have, and the one of those who dropped out.
OF_DONE = ("days", "cost_per_completed")
#: Runs before the first look, and after which it is said how wide the interval still is.
PILOT, CAP = 20, 160


@dataclass(frozen=True)
class Estimate:
    """A mean over replications with its 95 % interval.

    Args:
        mean: of the replications in which there is something to compute from.
        half: half the width of the interval; 0 with fewer than two replications.
        sd: the standard deviation between replications.
        n: how many replications.
    """

    mean: float
    half: float
    sd: float
    n: int

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self.mean - self.half

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self.mean + self.half


@dataclass(frozen=True)
class Difference(Estimate):
    """What a redesign changes in one metric of one group; `mean` is redesign − as it is.

    Args:
        before, after: the two means.
        needed: replications for the half-width that is wanted.
        gain: variance without common luck ÷ variance with it.
        p: of no difference at all, uncorrected.
        sure: whether the difference stands after Holm's correction over all that is shown.
        better: 1 if better, -1 if worse, 0 if not sure.
    """

    before: float = 0.0
    after: float = 0.0
    needed: float = 0.0
    gain: float = 0.0
    p: float = 1.0
    sure: bool = False
    better: int = 0


@dataclass(frozen=True)
class Comparison:
    """Two variants under the same luck.

    Args:
        differences: by metric and group; "" is all together.
        replications: how many were run.
        capped: the metrics and groups whose interval is still wider than wanted.
    """

    before: Run
    after: Run
    differences: Mapping[tuple[str, str], Difference]
    replications: int
    capped: tuple[tuple[str, str], ...]


def compare(
    as_is: Journey,
    redesign: Journey,
    *,
    seed: int = 1,
    scenario: int = 0,
    metrics: Sequence[str] = METRICS,
    pilot: int = PILOT,
    cap: int = CAP,
    under: Envelope | None = None,
    opener: Opener | None = None,
    stop: Callable[[], bool] | None = None,
) -> Comparison:
    """What a redesign changes: both variants under one envelope and the same luck.

    Begins with `pilot` replications and doubles until, for each metric and group, half the width
    of the interval is at most the larger of 5 % of the difference and half the smallest
    difference worth the trouble (`Journey.targets`), or `cap` is reached. Only metrics with a
    target, of their group, decide when to stop; without targets, completion and wait of all do.

    Args:
        under: the envelope where more than these two are compared; their own if None.

    Raises:
        VuonError: as `simulate.simulate`.
    """
    both = under or envelope((as_is, redesign))
    wanted = wanted_of(as_is) or wanted_of(redesign)
    groups = shared_groups(as_is, redesign)
    runs: list[tuple[Run, Run]] = []
    count, upto = 0, pilot
    while True:
        some = {"seed": seed, "scenario": scenario, "first": count, "replications": upto - count}
        runs.append(tuple(
            simulate(each, under=both, opener=opener, stop=stop, **some)  # type: ignore[arg-type]
            for each in (as_is, redesign)
        ))  # fmt: skip
        count = upto
        before, after = (joined([pair[n] for pair in runs]) for n in (0, 1))
        found = differences(before, after, groups, metrics, wanted, opener)
        wide = tuple(key for key in deciding(wanted, found) if found[key].needed > count)
        if not wide or count >= cap:
            return Comparison(before, after, found, count, wide)
        upto = min(2 * count, cap)


def wanted_of(journey: Journey) -> dict[tuple[str, str], float]:
    """Half the smallest difference worth the trouble, by metric and group."""
    return {(each.metric, each.group): each.smallest / 2 for each in journey.targets}


def deciding(
    wanted: Mapping[tuple[str, str], float], found: Collection[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """The metrics and groups whose intervals decide when to stop."""
    keys = tuple(wanted) or (("completion", ""), ("wait", ""))
    return tuple(key for key in keys if key in found)


def shared_groups(one: Journey, other: Journey) -> tuple[str, ...]:
    """ "" for all, then the groups of one journey that the other one has too."""
    there = {group.key for group in other.groups}
    return ("", *(group.key for group in one.groups if group.key in there))


def columns_of(metrics: Sequence[str], groups: Sequence[str]) -> list[tuple[str, str]]:
    """The metrics and groups that are compared, in the order of the kernel's columns."""
    return [(m, g) for m in metrics for g in groups if m in PLACES and (m != "load" or not g)]


def differences(
    before: Run,
    after: Run,
    groups: Sequence[str],
    metrics: Sequence[str] = METRICS,
    wanted: Mapping[tuple[str, str], float] | None = None,
    opener: Opener | None = None,
) -> dict[tuple[str, str], Difference]:
    """The paired differences of two runs under the same luck, by metric and group."""
    columns = columns_of(metrics, groups)
    good = [(wanted or {}).get(key, 0.0) for key in columns]
    table = _computed(before, after, columns, good, opener)
    found = {}
    for (metric, group), row in zip(columns, table, strict=True):
        found[metric, group] = Difference(
            mean=row[k.V_MEAN],
            half=row[k.V_HALF],
            sd=row[k.V_SD],
            n=int(row[k.V_COUNT]),
            before=row[k.V_LEFT],
            after=row[k.V_RIGHT],
            needed=row[k.V_NEEDED],
            gain=row[k.V_RATIO],
            p=row[k.V_P],
            sure=row[k.V_SURE] > 0,
            better=better(metric, row[k.V_MEAN], row[k.V_SURE] > 0),
        )
    return found


def estimates(
    run: Run,
    groups: Sequence[str],
    metrics: Sequence[str] = METRICS,
    opener: Opener | None = None,
) -> dict[tuple[str, str], Estimate]:
    """Each metric of each group with its interval, from one run."""
    columns = columns_of(metrics, groups)
    table = _computed(None, run, columns, [0.0] * len(columns), opener)
    return {
        key: Estimate(row[k.V_RIGHT], row[k.V_HALF], row[k.V_SD], int(row[k.V_COUNT]))
        for key, row in zip(columns, table, strict=True)
    }


def _computed(
    before: Run | None,
    after: Run,
    columns: Sequence[tuple[str, str]],
    good: Sequence[float],
    opener: Opener | None,
) -> list[Sequence[float]]:
    left: list[float] = []
    right: list[float] = []
    used: list[int] = []
    for replication in range(after.replications):
        for metric, group in columns:
            left.append(_value(before, replication, metric, group))
            right.append(_value(after, replication, metric, group))
            both = (before, after) if before else (after,)
            used.append(int(all(_told(each, replication, metric, group) for each in both)))
    backend = _backend(opener)
    backend.write("size", (after.replications, len(columns)))
    for name, values in (("left", left), ("right", right), ("used", used), ("enough", good)):
        backend.write(name, values)
    backend.write("student", student(after.replications))
    backend.call("run", 0)
    table = backend.read("values", 0, len(columns) * k.VALUES)
    return [table[n * k.VALUES : (n + 1) * k.VALUES] for n in range(len(columns))]


def _backend(opener: Opener | None) -> Backend:
    python = getattr(opener, "__name__", "") == "in_python" or not host.is_here()
    return reference.load(KERNEL) if python else host.load(KERNEL, made=BUILT, cache=kept.folder())


def _value(run: Run | None, replication: int, metric: str, group: str) -> float:
    return run.outcome(replication, group, PLACES[metric]) if run else 0.0


def needs(metric: str) -> int:
    """The outcome that must be above 0 for a replication to have the metric; -1 for none.

    >>> needs("days") == r.O_DONE, needs("wait") == r.O_ARRIVED, needs("load")
    (True, True, -1)
    """
    if metric == "load":
        return -1
    if metric == "cost_unfinished":
        return r.O_DROP_OFF
    return r.O_DONE if metric in OF_DONE else r.O_ARRIVED


def _told(run: Run, replication: int, metric: str, group: str) -> bool:
    """Whether a replication has something to compute the metric from."""
    needed = needs(metric)
    return needed < 0 or run.outcome(replication, group, needed) > 0


@lru_cache(maxsize=8)
def student(most: int) -> tuple[float, ...]:
    """Student's t at 97.5 % by degrees of freedom from 0 (which has none) to `most`."""
    return (0.0, *(_student(n) for n in range(1, most + 1)))


@lru_cache(maxsize=8192)
def _student(freedom: int) -> float:
    return t_quantile(freedom, 0.975)


def better(metric: str, mean: float, sure: bool) -> int:
    """1 where a difference is better, -1 where it is worse, 0 where one cannot tell.

    >>> better("completion", 0.1, True), better("wait", 0.1, True), better("wait", 0.1, False)
    (1, -1, 0)
    """
    if not sure or metric == "load":
        return 0
    return 1 if (mean > 0) == (metric in MORE_IS_BETTER) else -1


__all__ = [
    "CAP", "PILOT", "Comparison", "Difference", "Envelope", "Estimate", "better", "columns_of",
    "compare", "deciding", "differences", "estimates", "needs", "shared_groups", "student",
    "wanted_of",
]  # fmt: skip
