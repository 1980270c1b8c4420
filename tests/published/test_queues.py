"""Queues with printed answers, and laws that tie the formulas to each other."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon.journeys import analytic as a
from vuon.journeys.dists import quantile
from vuon.journeys.file import read
from vuon.journeys.model import Dist, Edge, Resource, Share
from vuon.journeys.traffic import visits

SIX = Path(__file__).parents[1] / "unit" / "journey6.toml"


def test_erlang_b_and_c_are_the_printed_ones() -> None:
    # Any Erlang table: 10 erlangs on 10 lines block 21.5 %; 5 on 10 block 1.84 %.
    assert a.erlang_b(10, 10) == pytest.approx(0.2146, abs=5e-5)
    assert a.erlang_b(5, 10) == pytest.approx(0.0184, abs=5e-5)
    # Gross and Harris, M/M/c with λ/μ = 2, c = 3: P(wait) = 4/9, Lq = 8/9.
    found = a.erlang_c(2.0, 1.0, 3)
    assert found.waits == pytest.approx(4 / 9)
    assert found.length == pytest.approx(8 / 9)
    assert a.erlang_c_beyond(2.0, 1.0, 3, 0.5) == pytest.approx(4 / 9 * math.exp(-0.5))


@given(st.floats(0.05, 0.97), st.integers(1, 40), st.floats(0.5, 30))
def test_little_holds_and_one_queue_beats_two(load: float, servers: int, service: float) -> None:
    rate = load * servers / service
    one = a.erlang_c(rate, service, servers)
    assert one.length == pytest.approx(rate * one.wait)
    assert 0 <= one.waits <= 1
    assert a.erlang_c(2 * rate, service, 2 * servers).wait <= one.wait + 1e-12


@given(st.floats(0.1, 3), st.integers(1, 12), st.floats(0.5, 100))
def test_erlang_a_lies_between_no_patience_and_endless(
    offered: float, servers: int, patience: float
) -> None:
    rate = offered * servers / 4
    found = a.erlang_a(rate, 4.0, servers, patience)
    assert found.leaves == pytest.approx(found.length / patience / rate)
    assert 0 <= found.leaves <= 1
    # Who is served keeps desks busy: λ(1 - leaves)s can be no more than all desks.
    assert rate * (1 - found.leaves) * 4 <= servers + 1e-9
    blocked = a.erlang_a(rate, 4.0, servers, 1e-6)
    assert blocked.leaves == pytest.approx(a.erlang_b(rate * 4, servers), rel=1e-3)
    if offered < 0.9:
        endless = a.erlang_a(rate, 4.0, servers, 1e9)
        assert endless.wait == pytest.approx(a.erlang_c(rate, 4.0, servers).wait, rel=1e-4)


def test_pollaczek_khinchine_against_the_recursion_of_waits() -> None:
    """W' = max(0, W + S - A), one long fixed run; within four standard errors of batch means."""
    service = Dist.of("lognormal", mean=6, sigma=0.6)
    exact = a.pollaczek_khinchine(0.1, service).wait
    luck = random.Random(20261127)
    wait, batches = 0.0, []
    for _ in range(40):
        total = 0.0
        for _ in range(2500):
            total += wait
            step = quantile(service, luck.random() or 0.5) - luck.expovariate(0.1)
            wait = max(0.0, wait + step)
        batches.append(total / 2500)
    average = sum(batches) / 40
    error = math.sqrt(sum((b - average) ** 2 for b in batches) / 39 / 40)
    assert abs(average - exact) < 4 * error
    assert error < 0.05 * exact


@given(st.lists(st.floats(0.01, 0.3), min_size=1, max_size=4))
def test_priorities_share_out_the_same_waiting(loads: list[float]) -> None:
    """Kleinrock's conservation law: Σ ρ W does not depend on who goes first."""
    if sum(loads) > 0.95:
        return
    services = [Dist.of("exponential", mean=5)] * len(loads)
    rates = [load / 5 for load in loads]
    waits = a.cobham(rates, services)
    assert waits == sorted(waits)
    together = a.pollaczek_khinchine(sum(rates), services[0]).wait
    assert sum(r * w for r, w in zip(loads, waits, strict=True)) == pytest.approx(
        sum(loads) * together
    )
    many = a.cobham_many(rates, 5.0, 1)
    assert many == pytest.approx(waits)


def test_a_network_with_rework_is_its_queues() -> None:
    """Jackson: each pool as M/M/c at its own flow. Without patience, with more desks, exact."""
    way = read(SIX)
    patient = replace(
        way,
        steps=tuple(replace(step, patience=None) for step in way.steps),
        resources=tuple(
            replace(each, desks=9) if each.key == "counter" else each for each in way.resources
        ),
    )
    found = a.twin(patient)
    assert found and found.exact
    often = visits(patient, patient.group("all"))
    assert found.queues["counter"] == a.erlang_c(often["counter"], 6.0, 9)
    assert found.queues["giving_back"] == a.erlang_c(1.0, 1.5, 2)
    by_hand = sum(often[key] * queue.wait for key, queue in found.queues.items())
    assert found.wait == pytest.approx(by_hand)


def test_where_assumptions_fail_it_says_so() -> None:
    way = read(SIX)
    found = a.twin(way)
    assert found and not found.exact and found.but  # people leave the queue
    assert found.queues["counter"].leaves > 0.02
    forked = replace(way, steps=(*way.steps[:5], replace(way.steps[5], kind="batch")))
    assert a.twin(forked) is None
    full = replace(
        way,
        steps=tuple(replace(step, patience=None) for step in way.steps),
        resources=(*way.resources[:2], Resource("counter", desks=6), *way.resources[3:]),
    )
    assert a.twin(full) is None  # the queue has no long run
    monday = read(Path(__file__).parents[2] / "examples/journeys/one_stop_monday.toml")
    near = a.twin(monday)
    assert near and not near.exact and len(near.but) >= 2


def test_one_desk_with_rework_is_one_desk_with_more_people() -> None:
    way = read(SIX)
    alone = replace(
        way,
        steps=(replace(way.step("giving_back"), service=Dist.of("exponential", mean=0.3)),),
        edges=(Edge("giving_back", "giving_back", True, Share(0.5)),),
        resources=(Resource("giving_back"),),
    )
    found = a.twin(alone)
    assert found and found.exact
    assert found.queues["giving_back"] == a.erlang_c(2.0, 0.3, 1)
    assert found.time == pytest.approx(2 * (0.3 + a.erlang_c(2.0, 0.3, 1).wait))
