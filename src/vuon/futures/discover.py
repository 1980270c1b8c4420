"""Discovery: the few conditions under which an idea fails, or that there is no clear story.

PRIM reads noise as a story when it is let: so a box stands only with enough failures and successes,
with limits that chance does not explain, that return when half of the futures are left out, and
with at most four of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from vuon import seeds
from vuon.errors import N_, Words
from vuon.futures import prim
from vuon.futures.prim import Flags, Region
from vuon.futures.sample import Dimension
from vuon.xlrm import Column

#: Failures, and successes, below which nothing is looked for.
ENOUGH = 50
#: The share of a box that fails, from which on a point of the curve is taken.
DENSITY = 0.8
#: Below this share "the idea fails when" would not be true of most futures it speaks of.
MOSTLY = 0.5
#: Limits that chance explains better than this are dropped.
CHANCE = 0.05
RESAMPLES = 10
STABLE = 0.8
MOST_LIMITS = 4
MOST_BOXES = 3
#: Futures that are looked through at most; the first ones lie as evenly as all.
MOST_CASES = 1 << 16


@dataclass(frozen=True)
class Limit:
    """What a box asks of one uncertainty: at least `low`, at most `high`, or one of `levels`.

    `p` says how well chance explains it, `returns` in which share of resamples it came back.
    """

    name: str
    low: float | None = None
    high: float | None = None
    levels: tuple[float, ...] = ()
    p: float = 0.0
    returns: float = 1.0


@dataclass(frozen=True)
class Box:
    """Conditions under which an idea fails.

    Args:
        coverage: failures in it of all failures.
        density: failures in it of its cases.
        mass: its cases of all cases.
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float

    @property
    def names(self) -> tuple[str, ...]:
        """The uncertainties that it limits."""
        return tuple(each.name for each in self.limits)

    @property
    def stability(self) -> float:
        """The share of resamples in which the least certain limit came back."""
        return min((each.returns for each in self.limits), default=0.0)


@dataclass(frozen=True)
class Discovery:
    """Boxes that stand, or why there is none.

    Args:
        boxes: at most three, each found among what those before it leave.
        curve: every point of the first peeling as a box, for somebody to choose another.
        chosen: the point that was chosen, before limits were dropped and pasted; -1 for none.
        why_not: why there is no clear story; without fields of its own if there is one.
        cases, failures: how many futures were looked through, and how many of them fail.
    """

    boxes: tuple[Box, ...]
    curve: tuple[Box, ...] = ()
    chosen: int = -1
    why_not: Words = field(default_factory=lambda: Words(""))
    cases: int = 0
    failures: int = 0

    @property
    def clear(self) -> bool:
        """Whether there is a story to tell."""
        return bool(self.boxes)


def discover(
    columns: Mapping[str, Column],
    fails: Flags,
    dims: Sequence[Dimension],
    *,
    density: float = DENSITY,
    objective: str = "lenient1",
    seed: int = 1,
) -> Discovery:
    """The conditions under which an idea fails.

    Args:
        columns: values of the uncertainties, by name.
        fails: in which futures it fails.
        dims: what was explored; those with levels lose one value at a time.
        density: the share of failures from which a point of the curve is taken; the densest one if
            none reaches it.
        objective: one of `prim.OBJECTIVES`.
        seed: of the resamples.
    """
    x = np.stack([columns[each.name][:MOST_CASES] for each in dims])
    y = np.asarray(fails, dtype=np.bool_)[:MOST_CASES]
    cases, failures = y.size, int(y.sum())
    refused = _too_few(failures, cases - failures)
    if refused:
        return Discovery((), why_not=refused, cases=cases, failures=failures)
    search = _Search(tuple(dims), density, objective, seed)
    left = np.ones(cases, dtype=np.bool_)
    boxes: list[Box] = []
    first: tuple[tuple[Box, ...], int] = ((), -1)
    why_not = Words("")
    while len(boxes) < MOST_BOXES and not _too_few(int(y[left].sum()), int((~y[left]).sum())):
        path = search.peel(x[:, left], y[left])
        at = search.choose(path, x[:, left], y[left])
        if not boxes:
            curve = tuple(search.box(each, x, y, left) for each in path)
            first = curve, at
        region = search.settle(path[at], x[:, left], y[left])
        box = search.box(region, x, y, left)
        why_not = _unclear(box, density if boxes else MOSTLY)
        if why_not.sentence:
            break
        box = search.tried(box, region, x[:, left], y[left])
        if box.stability < STABLE:
            why_not = Words(_UNSTABLE)
            break
        boxes.append(box)
        left = left & ~region.holds(x)
    told = Words("") if boxes else why_not
    return Discovery(tuple(boxes), first[0], first[1], told, cases, failures)


def _too_few(failures: int, successes: int) -> Words | None:
    if min(failures, successes) >= ENOUGH:
        return None
    fields: dict[str, Any] = {"n": min(failures, successes), "least": ENOUGH}
    if failures <= successes:
        sentence = N_("No clear story: {n} futures fail, and fewer than {least} are read as noise.")
    else:
        sentence = N_(
            "No clear story: {n} futures do not fail, and fewer than {least} are read as noise."
        )
    return Words(sentence, fields)


_UNSTABLE = N_("No clear story: other conditions appear when half of the futures are left out.")


def _unclear(box: Box, density: float) -> Words:
    """Why a box is no story before it is tried on half of the futures; empty if it may be one."""
    if not box.limits:
        return Words(N_("No clear story: no condition explains the failures better than chance."))
    if len(box.limits) > MOST_LIMITS:
        return Words(
            N_("No clear story: it would take {n} conditions, more than {most}."),
            {"n": len(box.limits), "most": MOST_LIMITS},
        )
    if box.density < density:
        return Words(
            N_("No clear story: where most fail, still only {tenths} of 10 futures do."),
            {"tenths": int(10 * box.density)},
        )
    return Words("")


@dataclass(frozen=True)
class _Search:
    dims: tuple[Dimension, ...]
    density: float
    objective: str
    seed: int

    def peel(self, x: Column, y: Flags, enough: float = 1.0) -> list[Region]:
        kinds = [bool(each.levels) for each in self.dims]
        return prim.peel(x, y, kinds, objective=self.objective, enough=enough)

    def choose(self, path: Sequence[Region], x: Column, y: Flags) -> int:
        """The first point that is dense enough, else the densest."""
        dense = [float(y[each.holds(x)].mean()) for each in path]
        enough = [k for k, each in enumerate(dense) if each >= self.density]
        return enough[0] if enough else int(np.argmax(dense))

    def settle(self, region: Region, x: Column, y: Flags) -> Region:
        """The region without limits that chance explains, and pasted."""
        region = prim.paste(self._dropped(region, x, y), x, y)
        return self._dropped(region, x, y)

    def _dropped(self, region: Region, x: Column, y: Flags) -> Region:
        while region.restricted:
            chances = prim.quasi_p(region, x, y)
            j = max(chances, key=lambda each: chances[each])
            if chances[j] <= CHANCE:
                break
            region = region.without(j)
        return region

    def box(self, region: Region, x: Column, y: Flags, left: Flags) -> Box:
        """The region as a box among the cases that are left."""
        x_left, y_left = x[:, left], y[left]
        inside = region.holds(x_left)
        hits, cases = int(y_left[inside].sum()), int(inside.sum())
        limits = tuple(
            Limit(
                self.dims[j].name,
                float(region.low[j]) if region.low[j] > -np.inf else None,
                float(region.high[j]) if region.high[j] < np.inf else None,
                tuple(sorted(region.levels[j] or ())),
            )
            for j in region.restricted
        )
        return Box(limits, hits / max(1, int(y.sum())), hits / max(1, cases), cases / y.size)

    def tried(self, box: Box, region: Region, x: Column, y: Flags) -> Box:
        """The box with what chance says of each limit, and how often it came back."""
        chances, came = prim.quasi_p(region, x, y), self._returns(x, y)
        limits = tuple(
            replace(each, p=chances[j], returns=came.get(j, 0.0))
            for each, j in zip(box.limits, region.restricted, strict=True)
        )
        return replace(box, limits=limits)

    def _returns(self, x: Column, y: Flags) -> dict[int, float]:
        """In which share of resamples of half the cases each variable is limited."""
        counts: dict[int, float] = {}
        for r in range(RESAMPLES):
            raw = np.random.Philox(key=seeds.key(self.seed, "resample", r) & (2**64 - 1))
            half = np.argsort(raw.random_raw(y.size), kind="stable")[: y.size // 2]
            half.sort()
            path = self.peel(x[:, half], y[half], self.density)
            at = self.choose(path, x[:, half], y[half])
            found = self._dropped(path[at], x[:, half], y[half])
            for j in found.restricted:
                counts[j] = counts.get(j, 0.0) + 1 / RESAMPLES
        return {j: round(share, 6) for j, share in counts.items()}


def another(
    found: Discovery,
    k: int,
    columns: Mapping[str, Column],
    fails: Flags,
    dims: Sequence[Dimension],
) -> Discovery:
    """The same with another point of the curve as its box, which is told as it stands.

    Limits that chance explains are dropped, nothing is pasted; stability is not asked again: who
    chooses a point answers for it.
    """
    x = np.stack([columns[each.name][:MOST_CASES] for each in dims])
    y = np.asarray(fails, dtype=np.bool_)[:MOST_CASES]
    order = {each.name: j for j, each in enumerate(dims)}
    region = Region.whole(len(dims))
    low, high, levels = region.low.copy(), region.high.copy(), list(region.levels)
    for limit in found.curve[k].limits:
        j = order[limit.name]
        low[j] = -np.inf if limit.low is None else limit.low
        high[j] = np.inf if limit.high is None else limit.high
        levels[j] = limit.levels or None
    search = _Search(tuple(dims), DENSITY, "lenient1", 1)
    kept = search._dropped(Region(low, high, tuple(levels)), x, y)
    box = search.box(kept, x, y, np.ones(y.size, dtype=np.bool_))
    return replace(found, boxes=(box,), chosen=k, why_not=Words(""))


def splitting(values: Column) -> float | None:
    """The threshold that half of the futures would miss; None where all have the same value.

    For a measure that no policy ever fails, or that every one always fails.
    """
    some = values[np.isfinite(values)]
    if not some.size or some.min() == some.max():
        return None
    return float(np.median(some))
