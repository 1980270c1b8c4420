"""Robustness: several ways to ask which policy stands in many futures, and never a winner.

Shares are shares of the futures explored, never probabilities: nobody said how likely a future is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from vuon.errors import N_, Words
from vuon.futures import sketches
from vuon.futures.ensemble import Ensemble
from vuon.xlrm import Column, Measure

#: In this order: what is asked of each policy.
METRICS: Mapping[str, str] = {
    "maximin": N_("in its worst future"),
    "minimax_regret": N_("at most worse than the best policy by"),
    "regret_90": N_("in 9 of 10 futures worse by at most"),
    "satisficing": N_("share of futures that meet the threshold"),
    "signal_to_noise": N_("mean over spread"),
    "hurwicz": N_("between worst and best future"),
}
_LOWEST = ("minimax_regret", "regret_90")
_REGRET = _LOWEST
CAPTION = N_("Share of the futures explored, never a probability; {n} futures.")


@dataclass(frozen=True)
class Row:
    """A policy: each metric in the outcome's unit, None where it is hidden.

    `broken` counts the futures in which the model gave no value; they meet no threshold, and the
    other metrics say nothing of them.
    """

    policy: str
    told: Mapping[str, float | None]
    broken: int = 0


@dataclass(frozen=True)
class Table:
    """Policies by metrics for one measure.

    Args:
        best: the policies that are best by each metric that is shown.
        hidden: why a metric is not shown, by its name.
    """

    measure: Measure
    rows: tuple[Row, ...]
    n: int
    best: Mapping[str, tuple[str, ...]]
    hidden: Mapping[str, Words] = field(default_factory=dict)

    @property
    def caption(self) -> Words:
        """What a share in it means."""
        return Words(CAPTION, {"n": self.n})

    @property
    def agreement(self) -> Words:
        """Whether the metrics agree on a policy."""
        if len(self.rows) < 2:
            return Words(N_("There is one policy only, so nothing is compared."))
        common = set.intersection(*(set(names) for names in self.best.values()))
        if common:
            names = [row.policy for row in self.rows if row.policy in common]
            return Words(
                N_("All ways of asking point to the same: {policy}."),
                {"policy": ", ".join(names)},
            )
        return Words(N_("The ways of asking do not agree: look at what each of them asks."))


def table(
    values: Column, measure: Measure, policies: Sequence[str], optimism: float = 0.5
) -> Table:
    """The table of one measure, exact.

    Args:
        values: outcomes, shape (policies, futures); NaN where the model broke.
        policies: their names, in that order.
        optimism: of the Hurwicz criterion, 0 looks at the worst future only, 1 at the best.

    >>> seen = np.array([[1.0, 5.0], [3.0, 3.0]])
    >>> found = table(seen, Measure("m", "y", 3, "more"), ["risky", "steady"])
    >>> [row.told["minimax_regret"] for row in found.rows], found.best["satisficing"]
    ([2.0, 2.0], ('steady',))
    """
    sign = 1.0 if measure.direction == "more" else -1.0
    better = values * sign
    there = np.isfinite(values)
    count = there.sum(axis=1)
    whole = bool(there.all())
    regret = np.fmax.reduce(better, axis=0) - better
    if whole:
        least, most = better.min(axis=1), better.max(axis=1)
        mean, spread = better.mean(axis=1), better.std(axis=1, ddof=min(1, values.shape[1] - 1))
        at = _kept(better.shape[1])
        ninth = np.partition(regret, at, axis=1)[:, at]
        top = regret.max(axis=1)
    else:
        rows = [(b[k], r[k]) for b, r, k in zip(better, regret, there, strict=True)]
        told = [_row(b, r) if b.size else (math.nan,) * 6 for b, r in rows]
        least, most, mean, spread, ninth, top = map(np.array, zip(*told, strict=True))
    limit = measure.threshold * sign
    met = (better >= limit).sum(axis=1) / values.shape[1]
    columns = {
        "maximin": sign * least,
        "minimax_regret": top,
        "regret_90": ninth,
        "satisficing": met,
        "signal_to_noise": _ratio(mean, spread),
        "hurwicz": sign * ((1 - optimism) * least + optimism * most),
    }
    return _told(columns, measure, policies, values.shape[1], values.shape[1] - count)


def _row(better: Column, regret: Column) -> tuple[float, ...]:
    at = _kept(regret.size)
    spread = better.std(ddof=min(1, better.size - 1))
    ninth = np.partition(regret, at)[at]
    return better.min(), better.max(), better.mean(), spread, ninth, regret.max()


def _kept(n: int) -> int:
    """The place, from 0, of the smallest number that nine in ten do not exceed."""
    return -(-9 * n // 10) - 1


def _ratio(mean: Column, spread: Column) -> Column:
    """Mean over spread; NaN where the mean is not positive or nothing varies."""
    with np.errstate(divide="ignore", invalid="ignore"):
        made: Column = np.where((mean > 0) & (spread > 0), mean / spread, np.nan)
    return made


def of_sketch(ensemble: Ensemble, measure: str, optimism: float = 0.5) -> Table:
    """The table of one measure from what a sketch kept; "regret_90" to one width of its bin."""
    sketch = ensemble.sketch
    m = [each.name for each in ensemble.study.measures].index(measure)
    asked = ensemble.study.measures[m]
    sign = 1.0 if asked.direction == "more" else -1.0
    least, most = sketch.least[:, m], sketch.most[:, m]
    worst, best = (least, most) if sign > 0 else (most, least)
    ninth = sketches.regret_quantile(sketch, ensemble.study.design.edges, 0.9)[:, m]
    n = int(sketch.n[0, m] + sketch.broken[0, m])
    columns = {
        "maximin": worst,
        "minimax_regret": sketch.regret_most[:, m],
        "regret_90": ninth,
        "satisficing": 1 - sketch.fails[:, m] / n,
        "signal_to_noise": _ratio(sign * sketch.mean[:, m], sketch.spread[:, m]),
        "hurwicz": (1 - optimism) * worst + optimism * best,
    }
    names = [each.name for each in ensemble.study.policies]
    return _told(columns, asked, names, n, sketch.broken[:, m])


def tables(ensemble: Ensemble, optimism: float = 0.5) -> tuple[Table, ...]:
    """The table of every measure, those of groups of citizens among them."""
    names = [each.name for each in ensemble.study.policies]
    return tuple(
        of_sketch(ensemble, each.name, optimism)
        if ensemble.values is None
        else table(ensemble.values[:, m], each, names, optimism)
        for m, each in enumerate(ensemble.study.measures)
    )


def _told(
    columns: Mapping[str, Column],
    measure: Measure,
    policies: Sequence[str],
    n: int,
    broken: Sequence[int] | np.ndarray,
) -> Table:
    hidden = _hidden(columns, policies)
    rows = tuple(
        Row(
            name,
            {
                metric: None
                if metric in hidden or not math.isfinite(column[p])
                else float(column[p])
                for metric, column in columns.items()
            },
            int(broken[p]),
        )
        for p, name in enumerate(policies)
    )
    best = {}
    for metric in METRICS:
        told = [row.told[metric] for row in rows]
        if metric in hidden or any(each is None for each in told):
            continue
        lowest = metric in _LOWEST or (
            measure.direction == "less" and metric in ("maximin", "hurwicz")
        )
        top = (min if lowest else max)(each for each in told if each is not None)
        near = 1e-12 * max(1.0, abs(top))
        best[metric] = tuple(
            row.policy for row, each in zip(rows, told, strict=True)
            if each is not None and abs(each - top) <= near
        )  # fmt: skip
    return Table(measure, rows, n, best, hidden)


def _hidden(columns: Mapping[str, Column], policies: Sequence[str]) -> dict[str, Words]:
    found: dict[str, Words] = {}
    if len(policies) < 2:
        words = Words(N_("Regret needs at least two policies."))
        found |= dict.fromkeys(_REGRET, words)
    if not np.isfinite(columns["signal_to_noise"]).all():
        found["signal_to_noise"] = Words(
            N_("Mean over spread says nothing where a mean is not above zero or nothing varies.")
        )
    return found
