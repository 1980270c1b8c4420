"""The true way through a place as a journey of the kernel: one week of it, or the whole.

The counter with its hours, desks and arrivals is that of the place's own `journey.toml`; what it
does not know are the causes. Each stands behind the step that the truth names as a decision that
sends people home with the chance of its hazard, each with luck of its own, so that who finishes at
the first visit is the product of (1 − hazard), as in the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from vuon.journeys import kernel_tables as t
from vuon.journeys.citizens import for_ever
from vuon.journeys.compile import Compiled, compiled
from vuon.journeys.dists import mean, scaled
from vuon.journeys.model import (
    Arrivals,
    Dist,
    Document,
    Edge,
    Figure,
    Group,
    Journey,
    Share,
    Span,
    Step,
)
from vuon.journeys.rosters import week as desks_of_week
from vuon.practice.counter import Counter
from vuon.practice.place import Place
from vuon.toml.table import Text

#: The group of those who do not come for the first time.
LATER = "later"
BUSY, CALM = "busy", "calm"
HOME, WEEKEND, FINISHED = "home", "weekend", "finished"
WEEK_DAYS = 7
DAY = 1440


@dataclass(frozen=True)
class Week:
    """What one week at the counter is like.

    Args:
        first, later: people who come for the first time, and who come again.
        capacity: visits that the desks can serve in a week.
        hazards: for each cause and group (`LATER` among them) the chance of being sent home.
    """

    first: float
    later: float
    capacity: float
    hazards: Mapping[str, Mapping[str, float]]


def kind_of(key: str) -> tuple[str, str]:
    """The group of the place and the kind of day that a group of the journey stands for.

    >>> kind_of("over60.busy")
    ('over60', 'busy')
    """
    group, _, kind = key.rpartition(".")
    return group, kind


@dataclass(frozen=True)
class Centre:
    """The counter of a place, with what follows from its journey once and for all."""

    place: Place
    counter: Counter

    @property
    def spans(self) -> tuple[Span, ...]:
        """When in the week people come: as the journey says, else evenly while it is open."""
        journey = self.place.journey
        assert journey.arrivals is not None
        assert journey.calendar is not None
        if journey.arrivals.spans:
            return journey.arrivals.spans
        hours = journey.calendar.opening
        return tuple(Span(h.start, h.end, float(h.end - h.start), h.days) for h in hours)

    @property
    def kinds(self) -> dict[str, tuple[int, ...]]:
        """The days of each kind on which anybody comes; a kind without days is left out."""
        days = sorted({day for span in self.spans for day in span.days})
        found = {
            BUSY: tuple(day for day in days if day in self.counter.busy_days),
            CALM: tuple(day for day in days if day not in self.counter.busy_days),
        }
        return {kind: on for kind, on in found.items() if on}

    def part(self, days: Iterable[int]) -> float:
        """How many ordinary days' people come on these days of a week."""
        among = set(days)
        return sum(span.part * len(among.intersection(span.days)) for span in self.spans)

    @property
    def desk_minutes(self) -> float:
        """Minutes a week at which desks are open, all desks together."""
        journey = self.place.journey
        pool = journey.resource(journey.step(self.counter.step).resource)
        days = desks_of_week(pool, journey.calendar)
        return float(sum(count * (end - start) for day in days for start, end, count in day))

    def hazard(self, cause: str, kind: str, hazard: float) -> float:
        """A hazard on days of a kind: the mean over all who come stays what it is."""
        days = self.kinds
        factor = self.counter.causes[cause].busy if cause in self.counter.causes else 1.0
        if BUSY not in days or CALM not in days or factor == 1:
            return min(hazard, 1.0)
        share = self.part(days[BUSY]) / self.part([*days[BUSY], *days[CALM]])
        # Neither kind may leave the bounds of a chance; the other one makes up for it.
        busy = min(max(hazard * factor, (hazard - (1 - share)) / share), 1.0, hazard / share)
        return busy if kind == BUSY else min(max((hazard - share * busy) / (1 - share), 0.0), 1.0)

    # --- one visit

    def week(self, week: Week) -> Journey:
        """One week as a journey at whose end everybody stands at `FINISHED` or `HOME`."""
        groups = [each.key for each in self.place.groups] + [LATER]
        amounts = {key: week.first * self.place.group(key).share for key in groups[:-1]}
        amounts[LATER] = week.later
        steps, edges, papers = self._visit("", week, groups, HOME, "luck")
        steps += [_step("luck", "decision"), _step("helped", "decision")]
        steps += [for_ever(FINISHED), for_ever(HOME), _step("over", "end")]
        edges = [replace(edge, target="helped") if edge.target == HOME else edge for edge in edges]
        half = Share(0.5)
        edges += [Edge("luck", HOME, share=half), Edge("luck", FINISHED)]
        edges += [Edge("helped", FINISHED, share=half), Edge("helped", HOME)]
        edges += [Edge(FINISHED, "over"), Edge(HOME, "over")]
        return self._journey(steps, edges, papers, amounts, WEEK_DAYS)

    def compiled(self, week: Week) -> Compiled:
        """The kernel's inputs for one week without any luck of its own."""
        return lucky(compiled(self.week(week), drain_days=1), {})

    def _visit(
        self,
        suffix: str,
        week: Week,
        groups: Sequence[str],
        home: str,
        done: str,
        *,
        by_day: bool = True,
    ) -> tuple[list[Step], list[Edge], list[Document]]:
        """The desk and what may send people home behind it; all days alike if not `by_day`."""
        steps, edges = [self._desk(suffix, week.capacity)], []
        papers = []
        for cause in self._in_order(week.hazards):
            about = self.counter.causes.get(cause)
            key = f"{about.step if about else self.counter.step}.{cause}{suffix}"
            edges.append(Edge(steps[-1].key, key))
            shares = self._shares(cause if by_day else "", week.hazards[cause], groups)
            if about and about.paper:
                papers.append(Document(key, missing_for=shares))
                steps.append(_step(key, "decision", documents=(key,)))
                edges.append(Edge(key, home, papers=True))
            else:
                steps.append(_step(key, "decision"))
                edges.append(Edge(key, home, share=Share(0.0), share_for=shares))
        edges.append(Edge(steps[-1].key, done))
        return steps, edges, papers

    def _in_order(self, causes: Iterable[str]) -> list[str]:
        """Causes in the order of the steps at which they show."""
        place = {key: n for n, key in enumerate(self.place.journey.keys)}
        at = {key: place[about.step] for key, about in self.counter.causes.items()}
        return sorted(causes, key=lambda cause: at.get(cause, -1))

    def _desk(self, suffix: str, capacity: float) -> Step:
        desk = self.place.journey.step(self.counter.step)
        assert desk.service is not None
        minutes = self.desk_minutes / capacity
        return Step(
            desk.key + suffix,
            desk.title,
            kind="desk",
            resource=desk.resource,
            service=scaled(desk.service, minutes / mean(desk.service)),
            # Those of a later visit come when their day's step ends, also before the door opens.
            new_visit=not suffix,
        )

    def _shares(
        self, cause: str, hazards: Mapping[str, float], groups: Sequence[str]
    ) -> tuple[tuple[str, Share], ...]:
        return tuple(
            (f"{group}.{kind}", Share(self.hazard(cause, kind, hazards[group])))
            for group in groups
            for kind in self.kinds
        )

    # --- the whole way

    def whole(self, week: Week, comes_again: float, weeks: int) -> Journey:
        """The whole way over many weeks: people come again a week later until done or tired of it.

        Args:
            week: an ordinary week; of its later visits the journey makes its own.
            comes_again: the share that comes again after a second and later failure.
            weeks: how long people come.
        """
        groups = [each.key for each in self.place.groups]
        amounts = {key: week.first * self.place.group(key).share for key in groups}
        steps, edges, papers = self._visit("", week, groups, HOME, FINISHED)
        # The tables say the same of every later visit, whatever the day of the first one.
        more = self._visit(".again", week, groups, HOME + ".again", FINISHED, by_day=False)
        steps += more[0]
        edges += more[1]
        papers += more[2]
        # Home until the week is over; then like everybody else, on any day and at any moment.
        steps += [_step(HOME, "decision")]
        steps += [_step(f"{HOME}.again", "decision", gives_up=Share(1 - comes_again))]
        steps += [_step(WEEKEND, "batch", batch_days=(6,), batch_at=0)]
        edges += [Edge(HOME, WEEKEND), Edge(f"{HOME}.again", WEEKEND)]
        whole = sum(span.part * len(span.days) for span in self.spans)
        for number, span in enumerate(self.spans):
            for day in span.days:
                key, start = f"day.{number}.{day}", (day + 1) * DAY + span.start
                stays = Dist.of("uniform", low=start, high=start + span.end - span.start)
                steps.append(Step(key, Text(key), kind="wait", service=stays))
                edges.append(Edge(WEEKEND, key, share=Share(span.part / whole)))
                edges.append(Edge(key, f"{self.counter.step}.again", rework=True, share=Share(1.0)))
        steps.append(_step(FINISHED, "end"))
        return self._journey(steps, edges, papers, amounts, WEEK_DAYS * weeks)

    # --- people

    def _journey(
        self,
        steps: Sequence[Step],
        edges: Sequence[Edge],
        papers: Sequence[Document],
        amounts: Mapping[str, float],
        days: int,
    ) -> Journey:
        believed, kinds = self.place.journey, self.kinds
        assert believed.calendar is not None
        whole = self.part(day for on in kinds.values() for day in on)
        keys = [(group, kind) for group in amounts for kind in kinds]
        return Journey(
            f"{believed.id}.true",
            believed.title,
            steps=tuple(steps),
            edges=tuple(edges),
            documents=tuple(papers),
            calendar=replace(believed.calendar, horizon_days=days, holidays=()),
            resources=tuple(replace(each, holidays=()) for each in believed.resources),
            groups=tuple(
                Group(f"{group}.{kind}", Share(1 / len(keys)), Text(group)) for group, kind in keys
            ),
            arrivals=Arrivals(
                Figure(0.0),
                per_day_for=tuple(
                    (f"{group}.{kind}", Figure(amounts[group] / whole)) for group, kind in keys
                ),
                spans=tuple(
                    replace(span, days=on, group=f"{group}.{kind}")
                    for group, kind in keys
                    for span in self.spans
                    if (on := tuple(day for day in span.days if day in kinds[kind]))
                ),
                enters=self.counter.step,
            ),
        )


def lucky(ready: Compiled, shift: Mapping[str, tuple[float, float]]) -> Compiled:
    """The inputs of a week with what its luck does to each group.

    Args:
        ready: of `Centre.compiled`.
        shift: for single groups two chances: of being sent home though nothing stood against it,
            and of being done though something did. Only these cells of the inputs change.
    """
    shares = list(ready.arrays["way_share"])
    home, finished = (ready.steps.index(key) for key in (HOME, FINISHED))
    for row, key in enumerate(ready.groups):
        lost, helped = shift.get(kind_of(key)[0], (0.0, 0.0))
        for step, chance, aside in (("luck", lost, home), ("helped", helped, finished)):
            at = row * t.STEPS + ready.steps.index(step)
            first = int(ready.arrays["stay_first"][at])
            for way in (first, first + 1):
                aims = ready.arrays["way_target"][way] == aside
                shares[way] = chance if aims else 1 - chance
    return replace(ready, arrays={**ready.arrays, "way_share": shares})


def _step(key: str, kind: str, **more: object) -> Step:
    return Step(key, Text(key), kind=kind, **more)  # type: ignore[arg-type]
