"""The reading of a trial without a lot: what was seen, and at most "consistent with"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from vuon.errors import N_, VuonError, Words
from vuon.trials.protocol import LESS, NEW, OLD, Protocol
from vuon.trials.rows import Rows
from vuon.trials.series import AFTER, BEFORE, TRENDS, Differences, Jump, differences, interrupted
from vuon.trials.verdict import Verdict, verdict


@dataclass(frozen=True)
class Observed:
    """What was seen, without a p value.

    Args:
        how: series, differences or describe.
        new, old: means of the rows of the two ways.
        people: how many measurements the two rest on.
        estimate: the difference, or what the series or the differences give.
        jump, trends: the details of the two.
        verdict: never more than "consistent with".
        note: what keeps it from saying more.
    """

    how: str
    new: float
    old: float
    people: tuple[int, int]
    estimate: float
    jump: Jump | None
    trends: Differences | None
    verdict: Verdict
    note: Words


def observe(protocol: Protocol, rows: Rows) -> Observed:
    """What the rows of a plan without a lot show.

    A single unit with 20 periods before its start and 12 after, beside at least two that never
    start, is read as a series; several that start together, with 4 periods before, as differences
    in differences; everything else is described.

    Raises:
        VuonError: `trials.primary` without an outcome that decides, `trials.ways` where rows do
            not say both ways.
    """
    primary = protocol.primary
    if primary is None or primary.worthwhile is None:
        raise VuonError(
            "trials.primary",
            Words(N_("No outcome decides, or no gain is named from which it would be worth it.")),
            Words(N_("Name one primary outcome with its worthwhile gain.")),
        )
    means, people = _means(rows, primary.key)
    changed, calm, change, last = _panel(rows, primary.key)
    jump = trends = None
    how, estimate = "describe", means[NEW] - means[OLD]
    if len(changed) == 1 and len(calm) > 1 and change >= BEFORE and last - change >= AFTER:
        jump = interrupted(changed[0], calm, change)
        how, estimate = "series", jump.estimate
    elif changed and calm and change >= TRENDS:
        trends = differences(changed, calm, change)
        how, estimate = "differences", trends.estimate
    gain = -estimate if primary.better == LESS else estimate
    said = verdict(None, None, primary.worthwhile, randomised=False, estimate=gain)
    return Observed(how, means[NEW], means[OLD], people, estimate, jump, trends, said, _NOTES[how])


_NOTES = {
    "series": Words(N_("Nobody drew which place would change: its rank is no p value.")),
    "differences": Words(N_("It is as good as the assumption that both would have moved alike.")),
    "describe": Words(N_("Nothing is there to compare with but the time before.")),
}


def _means(rows: Rows, key: str) -> tuple[dict[str, float], tuple[int, int]]:
    sums: dict[str, list[float]] = {NEW: [0.0, 0.0], OLD: [0.0, 0.0]}
    for row in rows.rows:
        if row.arm:
            sums[row.arm][0] += row.values[key].total
            sums[row.arm][1] += row.values[key].seen
    if not all(seen for _, seen in sums.values()):
        raise VuonError(
            "trials.ways",
            Words(N_("The rows do not say which are from the new way and which from the old.")),
            Words(N_("Fill in the column arm: old before the start, new after it.")),
        )
    means = {arm: total / seen for arm, (total, seen) in sums.items()}
    return means, (round(sums[NEW][1]), round(sums[OLD][1]))


def _panel(rows: Rows, key: str) -> tuple[list[list[float]], list[list[float]], int, int]:
    """Units that start, units that never do, after how many periods, and how many there are.

    Only what is complete and starts together makes a panel; otherwise both lists are empty.
    """
    values: dict[str, dict[int, float]] = defaultdict(dict)
    starts: dict[str, int] = {}
    for row in rows.rows:
        unit, period = row.cell
        value = row.values[key]
        if value.seen:
            values[unit][period] = value.total / value.seen
        if row.arm == NEW:
            starts[unit] = min(period, starts.get(unit, period))
    periods = sorted({period for series in values.values() for period in series})
    complete = all(len(series) == len(periods) for series in values.values())
    if not complete or len(periods) < 2 or len(set(starts.values())) != 1:
        return [], [], 0, len(periods)
    change = periods.index(next(iter(starts.values())))
    lines = {unit: [series[period] for period in periods] for unit, series in values.items()}
    changed = [line for unit, line in lines.items() if unit in starts]
    calm = [line for unit, line in lines.items() if unit not in starts]
    return changed, calm, change, len(periods)
