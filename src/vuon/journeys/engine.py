"""A journey as `vuon.xlrm.Model`: what is uncertain, what can be decided, what comes out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path

from vuon import canonical
from vuon.errors import N_, VuonError, Words
from vuon.journeys.applying import Change, apply, part_of
from vuon.journeys.check import runnable
from vuon.journeys.compare import OF_DONE, PLACES
from vuon.journeys.compile import Compiled, Envelope, compiled, envelope, widened
from vuon.journeys.file import read
from vuon.journeys.kernel_results import O_ARRIVED, O_DONE, O_DROP_OFF
from vuon.journeys.model import Journey
from vuon.journeys.people import METRICS, MORE_IS_BETTER
from vuon.journeys.simulate import Opener, Results, luck, outcomes
from vuon.journeys.uncertain import unknowns, with_values
from vuon.xlrm import Lever, Luck, Outcome, Policy, Question, Result, Uncertainty, filled, named

UNITS = {
    "wait": "minute", "wait_p50": "minute", "wait_p90": "minute", "days": "day",
    "citizen_cost": "VND", "cost_unfinished": "VND", "cost_per_completed": "VND",
    "state_minutes": "minute",
}  # fmt: skip
#: Room that the envelope of arrivals leaves above the journey's own, so that policies with a few
#: more people keep everybody's luck.
ROOM = 1.5
#: The modules whose text decides about every digit.
SOURCES = (
    "journeys.kernel_tables", "journeys.kernel_results", "journeys.kernel_settling",
    "journeys.kernel_draws", "journeys.kernel_clock", "journeys.kernel_events",
    "journeys.kernel_tokens", "journeys.kernel_desks", "journeys.kernel_endings",
    "journeys.kernel_ways", "journeys.kernel_steps", "journeys.kernel_arrivals",
    "journeys.kernel_source", "journeys.arrival_arrays", "journeys.time_arrays",
    "journeys.compile",
    "kernel.maths", "kernel.random",
)  # fmt: skip


@dataclass(frozen=True)
class JourneyModel:
    """A journey that answers questions.

    Uncertainties are the figures that have an interval or a number of observations. Levers are
    written `part:value` as in a change of an idea (`counters:desks`, `counter:service_factor`);
    those listed are the usual ones, any other that the journey knows works, too.

    Args:
        journey: one that runs.
        replications: runs under different luck that make one answer.
        opener: where the kernel runs.
        ranges: other ends of an uncertainty by its name, where a group has set them.
    """

    journey: Journey
    replications: int = 1
    opener: Opener | None = None
    ranges: tuple[tuple[str, float, float], ...] = ()

    @cached_property
    def uncertainties(self) -> tuple[Uncertainty, ...]:
        """X: the uncertain figures."""
        told = {name: (low, high) for name, low, high in self.ranges}
        found = []
        for each in unknowns(self.journey):
            low, high = told.get(each.name, (each.low, each.high))
            low, high = min(low, each.value), max(high, each.value)
            found.append(Uncertainty(each.name, low, high, default=each.value, light=each.light))
        return tuple(found)

    @cached_property
    def levers(self) -> tuple[Lever, ...]:
        """L: desks to add or take away, times at desks, papers that need not be brought."""
        journey = self.journey
        used = {step.resource for step in journey.steps}
        found = []
        for each in journey.resources:
            if part_of(journey, each.key) == "resource" and each.key in used:
                most = max([each.desks, *(shift.desks for shift in each.shifts)])
                found.append(Lever(f"{each.key}:desks", 1.0 - most, float(most), 0.0))
        times = (
            Lever(f"{step.key}:service_factor", 0.25, 2.0, 1.0)
            for step in journey.steps
            if step.resource and (step.service or step.service_for)
        )
        # An address belongs to the step where another part has the same key.
        papers = (
            Lever(f"{document.key}:missing_factor", 0.0, 1.0, 1.0)
            for document in journey.documents
            if part_of(journey, document.key) == "document"
        )
        return (*found, *times, *papers)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """R: the metrics of a journey, for all and for each group."""
        groups = tuple(group.key for group in self.journey.groups)
        return tuple(
            Outcome(
                metric,
                UNITS.get(metric, ""),
                "" if metric == "load" else "more" if metric in MORE_IS_BETTER else "less",
                groups=() if metric == "load" else groups,
            )
            for metric in METRICS
        )

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of the journey, the kernel's text and the number of replications."""
        return canonical.digest(
            {"journey": self.journey.hash, "kernel": kernel_hash(), "n": self.replications}
        )

    @cached_property
    def _room(self) -> Envelope:
        return {
            key: tuple((at, rate * ROOM) for at, rate in curve)
            for key, curve in envelope((self.journey,)).items()
        }

    def run(self, policy: Policy, uncertainties: Mapping[str, float], luck: Luck) -> Result:
        """The outcomes of one question; names as `xlrm.named` has them.

        What has nothing to be computed from, such as the days of a group of which nobody is done,
        is left out.
        """
        return self.run_many([(policy, uncertainties, luck)])[0]

    def run_many(self, questions: Sequence[Question]) -> list[Result]:
        """The outcomes of many questions; those of the same policy and values run together."""
        alike: dict[tuple[int, tuple[tuple[str, float], ...]], list[int]] = {}
        policies: dict[int, Policy] = {}
        for n, (policy, values, _) in enumerate(questions):
            policies[id(policy)] = policy
            key = (id(policy), tuple(sorted(values.items())))
            alike.setdefault(key, []).append(n)
        found: dict[int, Result] = {}
        for (policy_id, pairs), places in alike.items():
            lucks = [questions[n][2] for n in places]
            ready = self._ready(policies[policy_id], dict(pairs))
            keys = [key for each in lucks for key in self._keys(each)]
            results = self._results(outcomes(ready, keys, self.opener))
            found |= dict(zip(places, results, strict=True))
        return [found[n] for n in range(len(questions))]

    def variant(self, policy: Policy, values: Mapping[str, float]) -> Journey:
        """The journey under a policy, with the figures at these values.

        The figures are set first: a policy changes the world as it turned out to be.
        """
        known = filled(self.uncertainties, values)
        usual = {each.name: each.usual for each in self.uncertainties}
        journey = with_values(
            self.journey, {name: value for name, value in known.items() if value != usual[name]}
        )
        changes = [Change(each.target, each.edit, each.values) for each in policy.changes]
        for name, value in policy.levers.items():
            part, _, what = name.rpartition(":")
            changes.append(Change(part, "", {what: value}))
        return apply(journey, changes)

    def _ready(self, policy: Policy, values: Mapping[str, float]) -> Compiled:
        journey = self.variant(policy, values)
        return compiled(journey, under=widened(self._room, journey))

    def _keys(self, each: Luck) -> tuple[int, ...]:
        first = each.replication * self.replications
        return luck(each.seed, each.scenario, range(first, first + self.replications))

    def _results(self, found: Results) -> list[Result]:
        results: list[Result] = []
        for first in range(0, found.replications, self.replications):
            some = range(first, first + self.replications)
            result: dict[str, float] = {}
            for metric in METRICS:
                for group in ("",) if metric == "load" else ("", *found.groups):
                    values = [
                        found.outcome(n, group, PLACES[metric])
                        for n in some
                        if metric == "load" or _told(found, n, metric, group)
                    ]
                    if values:
                        result[named(metric, group)] = sum(values) / len(values)
            results.append(result)
        return results


def _told(found: Results, replication: int, metric: str, group: str) -> bool:
    if metric == "cost_unfinished":
        return found.outcome(replication, group, O_DROP_OFF) > 0
    place = O_DONE if metric in OF_DONE else O_ARRIVED
    return found.outcome(replication, group, place) > 0


@lru_cache(maxsize=1)
def kernel_hash() -> str:
    """The SHA-256 of the sources that decide about every digit of a result."""
    found = hashlib.sha256()
    for name in SOURCES:
        spec = find_spec(f"vuon.{name}")
        assert spec and spec.origin
        found.update(Path(spec.origin).read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()


def read_model(text: str) -> JourneyModel:
    """The model of a `journey.toml`, for workers that are sent its text.

    Raises:
        VuonError: as `vuon.journeys.file.read`; `journey.not_ready` if it cannot run.
    """
    journey = read(text)
    if runnable(journey):
        raise VuonError(
            "journey.not_ready",
            Words(N_("This journey cannot run yet.")),
            Words(N_("Let “vuon journey check” say what is missing, and add it.")),
        )
    return JourneyModel(journey)


def read_ranged(text: str) -> JourneyModel:
    """The model of JSON with a `journey` as `read_model` takes it, and `ranges` that are set.

    Raises:
        VuonError: as `read_model`.
    """
    asked = json.loads(text)
    ranges = tuple((name, low, high) for name, low, high in asked["ranges"])
    return replace(read_model(asked["journey"]), ranges=ranges)
