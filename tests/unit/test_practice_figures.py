"""Phường Sông An: the figures of its table, by enumeration over everything that moves can show."""

from __future__ import annotations

from pathlib import Path

import pytest

from vuon.practice.arithmetic import Arithmetic
from vuon.practice.beliefs import prior
from vuon.practice.game import begin
from vuon.practice.plans import affordable, best_plan
from vuon.practice.worlds import KERNEL, TABLES, number_of, open_world
from vuon.practice.worth import firsts, worth_of

SONG_AN = Path(__file__).parents[2] / "places" / "song-an"
WITHIN = 0.2  # points of 100 people


@pytest.fixture(scope="module", params=[TABLES, KERNEL])
def world(request: pytest.FixtureRequest) -> Arithmetic:
    """Every world of the place must keep the figures."""
    opened = open_world(SONG_AN, request.param)
    assert number_of(opened) == request.param
    return opened


def points(share: float, expected: float) -> bool:
    return abs(100 * share - expected) <= WITHIN


def test_the_symptom_never_gives_the_cause_away(world: Arithmetic) -> None:
    shares = [100 * world.first(cause, (), 0) for cause in prior(world.place)]
    assert all(abs(share - 38.0) < 0.1 for share in shares)
    assert max(shares) - min(shares) < 0.1
    assert round(world.visits(shares[0] / 100), 2) == 2.10


def test_group_means_are_the_total(world: Arithmetic) -> None:
    for cause in prior(world.place):
        mean = sum(
            group.share * world.first(cause, (), 0, group=group.key) for group in world.place.groups
        )
        assert mean == pytest.approx(world.first(cause, (), 0), abs=1e-12)


def test_the_opening_follows_from_the_visits(world: Arithmetic) -> None:
    first = world.first("words", (), 0)
    opening = world.place.opening
    assert round(100 * first) == opening.finished
    assert round(100 * (world.completed(first) - first)) == opening.returned
    assert round(100 * (1 - world.completed(first))) == opening.gave_up


def test_a_blended_world_shows_the_same_symptom(world: Arithmetic) -> None:
    for second in ("data", "load", "extra"):
        assert world.first("words", (), 0, second=second) == pytest.approx(0.38, abs=0.001)


@pytest.mark.parametrize(
    ("cause", "ideas", "expected"),
    [
        ("words", ("checklist", "precheck"), 65.3),
        ("data", ("precheck", "matching"), 66.3),
        ("load", ("checklist", "counter"), 66.0),
        ("extra", ("checklist", "closed_list"), 69.9),
    ],
)
def test_the_best_feasible_plan(
    world: Arithmetic, cause: str, ideas: tuple[str, ...], expected: float
) -> None:
    best = best_plan(world, begin(world, "full"), {cause: 1.0})
    assert best is not None
    assert best[0] == ideas
    assert points(best[1], expected)


def test_of_28_plans_none_is_best_too_often(world: Arithmetic) -> None:
    plans = firsts(world, begin(world, "full"))
    weights = prior(world.place)
    best = {cause: max(plans, key=lambda plan: plans[plan][cause]) for cause in weights}
    shares: dict[tuple[str, ...], float] = {}
    for cause, plan in best.items():
        shares[plan] = shares.get(plan, 0) + weights[cause]
    assert max(shares.values()) <= 0.35 + 1e-9
    mean = sum(weights[cause] * plans[best[cause]][cause] for cause in weights)
    assert points(mean, 66.4)


@pytest.mark.parametrize(
    ("ideas", "expected"), [("portal", 42.9), ("training", 41.8), ("counter", 45.3)]
)
def test_single_ideas(world: Arithmetic, ideas: str, expected: float) -> None:
    """The superior's counter is what the guesser takes."""
    plans = affordable(world, begin(world, "full"))
    under = world.expect(prior(world.place), (ideas,), plans[(ideas,)])
    assert points(under.total.first, expected)


@pytest.mark.parametrize(
    ("moves", "expected", "days"),
    [
        ((), 56.9, 0),
        (("ontime", "survey", "meeting"), 56.9, 10),
        (("shadow",), 62.1, 7),
        (("observe", "interviews"), 62.4, 9),
        (("observe", "interviews", "cards"), 64.2, 12),
        (("observe", "shadow", "cards"), 64.8, 14),
    ],
)
def test_what_moves_are_worth(
    world: Arithmetic, moves: tuple[str, ...], expected: float, days: int
) -> None:
    found = worth_of(world, moves)
    assert points(found.first, expected)
    assert found.days == days


def test_the_first_guess_without_looking_is_two_ideas(world: Arithmetic) -> None:
    best = best_plan(world, begin(world, "full"), prior(world.place))
    assert best is not None
    assert set(best[0]) == {"precheck", "closed_list"}


def test_buying_every_source_leaves_too_little(world: Arithmetic) -> None:
    every = (
        "ontime", "survey", "meeting", "tickets", "legal",
        "observe", "interviews", "shadow", "cards", "draft",
    )  # fmt: skip
    found = worth_of(world, every, known=True)
    assert found.days == 43
    assert points(found.first, 57.0)


def test_the_chance_to_be_right(world: Arithmetic) -> None:
    singles = [worth_of(world, (move.key,)) for move in world.place.moves]
    assert round(worth_of(world, ()).right, 2) == 0.35
    assert round(max(single.right for single in singles), 2) == 0.68
    assert round(max(single.first for single in singles), 3) == 0.621
    assert round(worth_of(world, ("observe", "shadow", "cards")).right, 2) == 0.85


def test_the_pilot_of_the_demo_lies_in_this_world(world: Arithmetic) -> None:
    ideas = ("checklist", "precheck")
    gain = world.first("words", ideas, 0.6) - world.first("words", (), 0)
    assert points(gain, 19.1)


def test_a_second_opinion_on_one_figure(world: Arithmetic) -> None:
    """The formula once more by hand, without any of the library's code."""
    hazards = {"words": 0.512, "data": 0.08, "load": 0.08, "extra": 0.08}
    effects = {
        "checklist": {"words": 0.5, "data": 0.05, "load": 0.1, "extra": 0.1},
        "precheck": {"words": 0.3, "data": 0.1, "load": 0.4, "extra": 0.0},
    }
    share = 1.0
    for cause, hazard in hazards.items():
        for effect in effects.values():
            hazard *= 1 - 0.9 * effect[cause]
        share *= 1 - hazard
    assert world.first("words", tuple(effects), 0.9) == pytest.approx(share, abs=1e-12)
