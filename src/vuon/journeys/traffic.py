"""How often a group comes to each step, and how busy that keeps each pool of desks.

Flow only: averages over the horizon from shares and mean times, no queues. Shares are those of the
first visit, nobody leaves a queue, and `max_attempts` is not reached, so that loads are rather too
high than too low.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from math import fsum, prod

from vuon.journeys.calendars import arrival_rates, desks, open_days, weekday
from vuon.journeys.dists import mean
from vuon.journeys.model import Group, Journey
from vuon.journeys.routes import exits


def missing_papers(journey: Journey, step: str, group: str) -> float:
    """The share of a group who lack at least one paper that the step asks for, at first."""
    asked = [journey.document(key) for key in journey.step(step).documents]
    return 1 - prod(1 - each.missing_of(group).value for each in asked)


def passes(journey: Journey, group: Group) -> dict[str, list[tuple[str, float]]]:
    """From each step, the next ones with their probability; what is missing to 1 leaves."""
    found: dict[str, list[tuple[str, float]]] = {}
    for step in journey.steps:
        out = exits(journey, step.key, group)
        lacking = missing_papers(journey, step.key, group.key) if out.papers else 0.0
        onward = [(edge.target, (1 - lacking) * share) for edge, share in out.edges]
        if out.papers and lacking:
            onward.append((out.papers.target, lacking))
        found[step.key] = [] if step.kind == "end" else onward
    return found


def visits(journey: Journey, group: Group) -> dict[str, float]:
    """How often somebody of `group` comes to each step on average.

    The traffic equations v = e + vP of an open network (Jackson), solved by elimination. A join
    counts once for all its branches.

    Raises:
        ValueError: somebody could go round for ever.

    >>> from vuon.journeys.file import read
    >>> from vuon.journeys.model import Share
    >>> way = read('''format = 1
    ... [[step]]
    ... key = "desk"
    ... title = "Quầy"
    ... [[edge]]
    ... from = "desk"
    ... to = "desk"
    ... rework = true
    ... share = { value = 0.2 }
    ... ''')
    >>> visits(way, Group("all", Share(1)))
    {'desk': 1.25}
    """
    keys = journey.keys
    at = {key: n for n, key in enumerate(keys)}
    matrix = [[float(i == j) for j in range(len(keys))] for i in range(len(keys))]
    branches = {
        step.key: max(1, sum(edge.target == step.key for edge in journey.way))
        for step in journey.steps
        if step.kind == "join"
    }
    for source, onward in passes(journey, group).items():
        for target, share in onward:
            matrix[at[target]][at[source]] -= share / branches.get(target, 1)
    start = [float(key == journey.enters) for key in keys]
    return dict(zip(keys, solved(matrix, start), strict=True))


def solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """x with matrix · x = right, by elimination with the largest pivot.

    Raises:
        ValueError: the matrix has no inverse.

    >>> solved([[2.0, 0.0], [1.0, 1.0]], [4.0, 3.0])
    [2.0, 1.0]
    """
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for column in range(size):
        best = max(range(column, size), key=lambda n: abs(rows[n][column]))
        if abs(rows[best][column]) < 1e-12:
            raise ValueError("the equations have no single answer")
        rows[column], rows[best] = rows[best], rows[column]
        for row in rows[column + 1 :]:
            factor = row[column] / rows[column][column]
            if factor:
                for n in range(column, size + 1):
                    row[n] -= factor * rows[column][n]
    found = [0.0] * size
    for n in reversed(range(size)):
        known = fsum(rows[n][m] * found[m] for m in range(n + 1, size))
        found[n] = (rows[n][size] - known) / rows[n][n]
    return found


def cases(journey: Journey, group: Group) -> float:
    """How many of a group come over the horizon on average, with appointments and the crowd."""
    rates = arrival_rates(journey, group)
    found = fsum(rate * (b - a) for (a, rate), (b, _) in itertools.pairwise(rates))
    arrivals, calendar = journey.arrivals, journey.calendar
    if arrivals is None or calendar is None:
        return found

    days = [weekday(calendar, day) for day in open_days(calendar, calendar.horizon_days)]
    opens = [day for day in days if any(day in hours.days for hours in calendar.opening)]
    found += arrivals.before_opening * group.share.value * len(opens)
    for slots in arrivals.slots:
        mine = 1.0 if slots.group == group.key else 0.0 if slots.group else group.share.value
        count = -(-(slots.end - slots.start) // slots.every) * slots.seats
        shown = count * (1 - slots.no_show.value) * sum(day in slots.days for day in days)
        found += mine * shown
    return found


def loads(journey: Journey) -> dict[str, float]:
    """For each resource that a step uses, minutes of work asked for ÷ minutes of desks open.

    Above 1 the queue grows without end. A resource that is never open has a load of infinity.
    """
    calendar = journey.calendar
    if calendar is None:
        return {}
    work: dict[str, float] = {}
    for group in journey.groups:
        comes, often = cases(journey, group), visits(journey, group)
        for step in journey.steps:
            service = step.service_of(group.key)
            if step.resource:
                minutes = mean(service) if service else 0.0
                work[step.resource] = (
                    work.get(step.resource, 0.0) + comes * often[step.key] * minutes
                )
    found = {}
    for key, minutes in work.items():
        changes = desks(journey.resource(key), calendar)
        there = fsum(n * (b - a) for (a, n), (b, _) in itertools.pairwise(changes))
        found[key] = minutes / there if there else float("inf")
    return found
