"""Queues with known answers: Erlang C and A, Pollaczek-Khinchine, Cobham, Jackson with rework.

They hold in the long run only, with steady arrivals and desks that are always open. They are
oracles for the simulation, and an instant second opinion where their assumptions hold.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from vuon.errors import N_, Words
from vuon.journeys.calendars import arrival_rates, desks
from vuon.journeys.dists import mean, moments
from vuon.journeys.model import Dist, Journey
from vuon.journeys.traffic import visits


@dataclass(frozen=True)
class Queue:
    """A queue in the long run; times in the unit of the service time.

    Args:
        load: work asked for ÷ work that the desks can do.
        waits: the share who must wait at all.
        wait: mean wait of all, of the served and of those who leave.
        length: mean number waiting.
        leaves: the share who give up.
    """

    load: float
    waits: float
    wait: float
    length: float
    leaves: float = 0.0


def erlang_b(offered: float, servers: int) -> float:
    """The share who find all of `servers` busy when nobody waits, by the stable recursion.

    >>> round(erlang_b(2.0, 3), 6)  # (2³/3!) ÷ (1 + 2 + 2 + 4/3)
    0.210526
    """
    found = 1.0
    for n in range(1, servers + 1):
        found = offered * found / (n + offered * found)
    return found


def erlang_c(rate: float, service: float, servers: int) -> Queue:
    """M/M/c: Poisson arrivals, exponential service, nobody leaves.

    Args:
        rate: arrivals a minute.
        service: mean minutes of service.

    Raises:
        ValueError: the load is 1 or more.

    Source: Erlang (1917); P(wait) = B / (1 - ρ(1 - B)), W = P(wait) · s / (c(1 - ρ)).

    >>> round(erlang_c(1.0, 0.8, 1).wait, 9)  # M/M/1: ρ s / (1 - ρ)
    3.2
    """
    offered = rate * service
    load = offered / servers
    if load >= 1:
        raise ValueError(f"the load is {load}: the queue has no long run")
    blocked = erlang_b(offered, servers)
    waits = blocked / (1 - load * (1 - blocked))
    wait = waits * service / (servers * (1 - load))
    return Queue(load, waits, wait, rate * wait)


def erlang_c_beyond(rate: float, service: float, servers: int, minutes: float) -> float:
    """The share who wait longer than `minutes` in M/M/c."""
    found = erlang_c(rate, service, servers)
    return found.waits * math.exp(-servers * (1 - found.load) * minutes / service)


def erlang_a(rate: float, service: float, servers: int, patience: float) -> Queue:
    """M/M/c+M: as Erlang C, but who waits leaves after an exponential time.

    From the birth-death chain: with n in the system, deaths min(n, c)/s + max(0, n - c)/patience.
    A queue with patience has a long run at any load.

    Source: Palm (1957); Mandelbaum and Zeltyn (2007).

    >>> a = erlang_a(1.0, 6.0, 7, 45.0)
    >>> round(a.leaves, 6) == round(a.length / 45.0, 6)  # abandonments = length ÷ patience
    True
    """
    weight = total = 1.0
    waiting = busy = 0.0
    n = 0
    # Weights rise up to the mean number inside and fall faster than geometrically behind it.
    while n <= servers + rate * service or weight > 1e-16 * total:
        n += 1
        weight *= rate / (min(n, servers) / service + max(0, n - servers) / patience)
        total += weight
        if n >= servers:
            busy += weight
            waiting += weight * (n - servers)
    length, waits = waiting / total, busy / total
    leaves = length / patience / rate
    return Queue(rate * service / servers, waits, length / rate, length, leaves)


def pollaczek_khinchine(rate: float, service: Dist) -> Queue:
    """M/G/1: one desk, any service time: W = λ E[S²] / (2(1 - ρ)).

    Raises:
        ValueError: the load is 1 or more.

    >>> pollaczek_khinchine(0.1, Dist.of("const", value=5)).wait  # half of M/M/1
    2.5
    """
    average, variance = moments(service)
    load = rate * average
    if load >= 1:
        raise ValueError(f"the load is {load}: the queue has no long run")
    wait = rate * (variance + average**2) / (2 * (1 - load))
    return Queue(load, load, wait, rate * wait)


def cobham(rates: Sequence[float], services: Sequence[Dist]) -> list[float]:
    """M/G/1 with priorities, not pre-empted: the mean wait of each class, the first served first.

    W_k = W₀ / ((1 - σ_{k-1})(1 - σ_k)), W₀ = Σ λᵢ E[Sᵢ²] / 2, σ_k the load of classes up to k.

    Raises:
        ValueError: the load is 1 or more.

    Source: Cobham (1954).

    >>> [round(w, 6) for w in cobham([0.05, 0.05], [Dist.of("exponential", mean=5)] * 2)]
    [3.333333, 6.666667]
    """
    both = [moments(each) for each in services]
    rest = sum(r * (var + av**2) for r, (av, var) in zip(rates, both, strict=True)) / 2
    return _classes(rest, [r * av for r, (av, _) in zip(rates, both, strict=True)])


def cobham_many(rates: Sequence[float], service: float, servers: int) -> list[float]:
    """M/M/c with priorities, not pre-empted, all classes with the same mean service.

    W₀ is P(wait) · s / c of Erlang C.

    >>> round(cobham_many([0.2, 0.2], 5.0, 3)[0], 6) < erlang_c(0.4, 5.0, 3).wait
    True
    """
    found = erlang_c(sum(rates), service, servers)
    return _classes(found.waits * service / servers, [r * service / servers for r in rates])


def _classes(rest: float, loads: Sequence[float]) -> list[float]:
    waits, before = [], 0.0
    for load in loads:
        after = before + load
        if after >= 1:
            raise ValueError(f"the load is {after}: the queue has no long run")
        waits.append(rest / ((1 - before) * (1 - after)))
        before = after
    return waits


@dataclass(frozen=True)
class Twin:
    """The long run of a journey by closed forms, beside a simulation.

    Args:
        queues: by key of the resource.
        wait: mean minutes in queues of somebody who enters.
        time: mean minutes from entering to leaving: queues and steps.
        exact: whether every assumption holds; else it is an approximation, and `but` says why.
        but: what does not hold.
    """

    queues: dict[str, Queue]
    wait: float
    time: float
    exact: bool
    but: tuple[Words, ...] = ()


def twin(journey: Journey) -> Twin | None:
    """The journey as a network of queues in the long run; None where no closed form comes near.

    Exact for Poisson arrivals at one steady rate, desks that are always as many, exponential
    service that is the same for all groups at a resource, nobody who leaves a queue (Jackson with
    rework). With leaving (Erlang A), other services (scaled by (1 + c²)/2, Allen-Cunneen) or desks
    that close at night but suffice, it is an approximation. None for forks, batches, appointments,
    a backlog, priorities, or a load of 1 without anybody leaving.
    """
    if not journey.calendar or not journey.groups or not journey.arrivals:
        return None
    arrivals = journey.arrivals
    classes = {group.priority for group in journey.groups}
    if (
        any(step.kind in ("fork", "join", "batch") for step in journey.steps)
        or arrivals.slots
        or arrivals.backlog
        or arrivals.before_opening
        or (len(classes) > 1 and journey.resources)
    ):
        return None
    return _network(journey)


def _network(journey: Journey) -> Twin | None:
    but: list[Words] = []
    rates = _rates(journey, but)
    flows = {group.key: visits(journey, group) for group in journey.groups}
    whole = sum(rates.values())
    if not whole:
        return None
    queues: dict[str, Queue] = {}
    wait = time = 0.0
    for key in dict.fromkeys(step.resource for step in journey.steps if step.resource):
        found = _queue(journey, key, rates, flows, but)
        if found is None:
            return None
        queues[key], passing = found
        wait += passing * queues[key].wait / whole
    for step in journey.steps:
        for group in journey.groups:
            service = step.service_of(group.key)
            if service and step.kind != "end":
                time += rates[group.key] / whole * flows[group.key][step.key] * mean(service)
    if any(q.leaves for q in queues.values()):
        but.append(Words(N_("Who leaves a queue is still counted at the steps behind it.")))
    return Twin(queues, wait, time + wait, not but, tuple(dict.fromkeys(but)))


def _rates(journey: Journey, but: list[Words]) -> dict[str, float]:
    """Arrivals a minute of each group while somebody comes."""
    found = {}
    for group in journey.groups:
        changes = arrival_rates(journey, group)
        levels = [rate for _, rate in changes if rate]
        spans = itertools.pairwise(changes)
        parts = [(b - a, rate) for (a, rate), (b, _) in spans if rate]
        minutes = sum(length for length, _ in parts)
        found[group.key] = sum(length * rate for length, rate in parts) / minutes if parts else 0.0
        if len(set(levels)) > 1 or len(parts) > 1:
            but.append(Words(N_("People do not come at one steady rate.")))
    return found


def _queue(
    journey: Journey,
    key: str,
    rates: dict[str, float],
    flows: dict[str, dict[str, float]],
    but: list[Words],
) -> tuple[Queue, float] | None:
    """A pool of desks and how many pass it a minute."""
    assert journey.calendar is not None
    open_desks = [n for _, n in desks(journey.resource(key), journey.calendar) if n]
    if not open_desks:
        return None
    if len(open_desks) > 1:
        but.append(Words(N_("Desks open and close; the queue of each day begins anew.")))
    servers = min(int(n) for n in open_desks)
    passing = work = square = 0.0
    kinds, patience = set(), set()
    for step in journey.steps:
        if step.resource != key:
            continue
        for group in journey.groups:
            flow = rates[group.key] * flows[group.key][step.key]
            service = step.service_of(group.key)
            average, variance = moments(service) if service else (0.0, 0.0)
            passing, work = passing + flow, work + flow * average
            square += flow * (variance + average**2)
            kinds.add((service.family if service else "const", average))
            patience.add(step.patience_of(group.key))
    if not passing or not work:
        return None
    if len(kinds) > 1 or {family for family, _ in kinds} != {"exponential"}:
        but.append(Words(N_("Service times are not exponential and alike.")))
    average = work / passing
    if patience != {None}:
        if None in patience or len(patience) > 1:
            return None
        stays = mean(next(each for each in patience if each))
        return erlang_a(passing, average, servers, stays), passing
    if work / servers >= 1:
        return None
    plain = erlang_c(passing, average, servers)
    # Allen-Cunneen: 1 + c² halved, exact for one desk; 1 for exponential service.
    factor = square / passing / average**2 / 2
    wait = plain.wait * factor
    return Queue(plain.load, plain.waits, wait, passing * wait), passing
