"""What holds for every shipped place, and what Phường Bến Sậy teaches besides."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from pathlib import Path
from statistics import mean, stdev

import pytest

from vuon.journeys import file as journey_file
from vuon.journeys.check import runnable
from vuon.practice.arithmetic import Arithmetic
from vuon.practice.beliefs import prior
from vuon.practice.game import FULL, Event, begin, replay
from vuon.practice.pilot import start_pilot
from vuon.practice.place import Place
from vuon.practice.world import BEFORE_AFTER, NEW, OLD, WEEKS_BY_LOT, PilotPlan
from vuon.practice.worlds import open_world
from vuon.practice.worth import firsts, worth_of

PLACES = sorted(file.parent for file in (Path(__file__).parents[2] / "places").glob("*/place.toml"))
BEN_SAY = Path(__file__).parents[2] / "places" / "ben-say"


@pytest.fixture(scope="module", params=PLACES, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture(scope="module")
def world(folder: Path) -> Arithmetic:
    return open_world(folder)


@pytest.fixture(scope="module")
def place(world: Arithmetic) -> Place:
    return world.place


@pytest.fixture(scope="module")
def ben_say() -> Arithmetic:
    return open_world(BEN_SAY)


# --- every shipped place


def test_the_symptom_never_gives_the_cause_away(world: Arithmetic) -> None:
    shares = [world.first(cause, (), 0) for cause in prior(world.place)]
    assert max(shares) - min(shares) < 0.001
    opening = world.place.opening
    first, completed = shares[0], world.completed(shares[0])
    assert round(100 * first) == opening.finished
    assert round(100 * (completed - first)) == opening.returned
    assert round(100 * (1 - completed)) == opening.gave_up


def test_group_means_are_the_total(world: Arithmetic) -> None:
    for cause in prior(world.place):
        mean = sum(
            group.share * world.first(cause, (), 0, group=group.key) for group in world.place.groups
        )
        assert mean == pytest.approx(world.first(cause, (), 0), abs=1e-9)


def test_a_blended_world_shows_the_same_symptom(world: Arithmetic) -> None:
    causes = list(prior(world.place))
    for second in causes[1:]:
        blended = world.first(causes[0], (), 0, second=second)
        assert blended == pytest.approx(world.first(causes[0], (), 0), abs=1e-9)


def test_the_week_begins_at_rest(world: Arithmetic) -> None:
    """Trust and load at the start are those that an unchanged week keeps."""
    first = world.first(next(iter(prior(world.place))), (), 0)
    week, queue = world.truth.week, world.truth.queue
    assert week.trust == pytest.approx(1 / world.visits(first), abs=0.001)
    load = world.files(week.trust) * world.visits(first) / world.capacity(())
    assert load == pytest.approx(queue.at_load, abs=0.005)


def test_the_voices_at_the_start_name_no_cause(place: Place) -> None:
    said = " ".join(voice.says.vi for voice in place.voices).lower()
    for cause in place.causes:
        assert cause.title.vi.lower() not in said
    assert [scene.key for scene in place.scenes] == ["morning", "voices", "letter"]


def test_the_superior_is_right_as_often_as_the_cause_he_favours(world: Arithmetic) -> None:
    """What is on the table is the best single idea under one cause, and under no other."""
    under = firsts(world, begin(world, "full"))
    single = {plan: shares for plan, shares in under.items() if len(plan) == 1}
    favoured = (world.place.favoured,)
    right = [
        cause
        for cause in prior(world.place)
        if single[favoured][cause] >= max(each[cause] for each in single.values()) - 1e-9
    ]
    assert right == [world.place.letter.favours]


def test_the_taster_has_an_idea_for_each_cause(world: Arithmetic) -> None:
    """Among the ideas of the short game each cause has one that fits it best, another each time."""
    offered = [idea.key for idea in world.place.ideas if idea.taster]
    best = {
        cause: max(offered, key=lambda key: world.expect({cause: 1.0}, (key,), 0.9).total.first)
        for cause in prior(world.place)
    }
    assert sorted(best.values()) == sorted(offered)
    assert sum(move.taster for move in world.place.moves) >= 6


def test_a_further_move_changes_nothing_that_another_shows(world: Arithmetic) -> None:
    place = world.place
    beans = Event("beans", {"beans": {place.causes[0].key: place.beans}})
    moves = [
        Event("move", {"move": move.key, "choice": move.choices[0].key if move.choices else ""})
        for move in place.moves
        if not move.first
    ]
    for seed in range(1, 6):
        draw = world.draw(seed)
        alone = replay(world, draw, FULL, [beans, moves[1]]).found[0]
        among = replay(world, draw, FULL, [beans, moves[0], moves[1], moves[3]]).found[1]
        assert (alone.signal, alone.material) == (among.signal, among.material)


def test_a_second_time_brings_as_much_and_nothing_twice(world: Arithmetic) -> None:
    for seed in range(1, 4):
        draw = world.draw(seed)
        for move in world.place.moves:
            source = world.sources[move.key]
            signals = {
                *world.truth.signal(move.key, draw.cause),
                *world.truth.signal(move.key, draw.cause, feared=True),
            }
            for signal in (None, *signals):
                once, again = (world.show(draw, move.key, signal, n).pieces for n in (0, 1))
                assert len(once) == len(again) == source.telling_shown + source.idle_shown
                assert not {piece.text for piece in once} & {piece.text for piece in again}


def test_every_step_and_group_of_its_journey_is_the_places_own(place: Place, folder: Path) -> None:
    journey = journey_file.read(folder / "journey.toml")
    assert {group.key for group in journey.groups} <= {group.key for group in place.groups}
    for idea in place.ideas:
        assert set(idea.steps) <= set(journey.keys)


def test_places_are_offered_in_an_order_that_holds() -> None:
    orders = {folder.name: open_world(folder).place.order for folder in PLACES}
    assert len(set(orders.values())) == len(orders)
    assert min(orders, key=lambda name: orders[name]) == "song-an"


def test_what_the_leader_signed_on_the_first_day_outlives_the_leader(world: Arithmetic) -> None:
    """Whatever a place calls that move: with it and a sealed plan the successor begins higher."""
    place, plain = world.place, world.draw(3)
    (signed,) = (move.key for move in place.moves if move.first)
    idea = min(place.ideas, key=lambda each: each.days)
    day = idea.days + 10
    draw = replace(plain, future=replace(plain.future, sponsor_day=day, shocks={}))
    seal = Event(
        "seal",
        {
            "ideas": [idea.key],
            "design": WEEKS_BY_LOT,
            "sites": [place.sites[0].key],
            "weeks": 6,
            "worthwhile": 0.10,
        },
    )
    beans = Event("beans", {"beans": {place.causes[0].key: place.beans}})
    goodwill = []
    for first in ([Event("move", {"move": signed})], []):
        state = replay(
            world, draw, FULL, [beans, *first, seal, Event("halfway", {"answer": "go_on"})]
        )
        assert "sponsor" in state.notices
        goodwill.append(state.sponsor)
    assert goodwill == [world.successor(kept=True), world.successor(kept=False)]
    assert goodwill[0] > goodwill[1]


# --- Phường Bến Sậy


@pytest.mark.parametrize(
    ("cause", "ideas", "expected"),
    [
        ("peak", ("kiosk", "spread"), 67.8),
        ("codes", ("kiosk", "trades"), 70.7),
        ("lease", ("greeter", "between_us"), 66.5),
        ("fear", ("greeter", "promise"), 69.1),
    ],
)
def test_the_best_plan_for_each_cause(
    ben_say: Arithmetic, cause: str, ideas: tuple[str, ...], expected: float
) -> None:
    under = firsts(ben_say, begin(ben_say, "full"))
    best = max(under, key=lambda plan: under[plan][cause])
    assert (set(best), round(100 * under[best][cause], 1)) == (set(ideas), expected)


def test_a_formula_by_hand(ben_say: Arithmetic) -> None:
    """Appointments and late afternoons where the crowd is the cause, without the library."""
    share = (1 - 0.565 * (1 - 0.9 * 0.65)) * (1 - 0.07 * (1 - 0.9 * 0.05)) * (1 - 0.07) ** 2
    assert ben_say.first("peak", ("spread",), 0.9) == pytest.approx(share, abs=1e-12)


def test_the_queue_is_a_peak_and_not_a_lack_of_desks(ben_say: Arithmetic) -> None:
    """Even where the crowd is the cause, a desk more gains less than half of what hours gain that
    are put where people can come; and the log shows full Mondays whatever is true."""
    start = ben_say.first("peak", (), 0)
    desk = ben_say.first("peak", ("desk",), 0.9) - start
    spread = ben_say.first("peak", ("spread",), 0.9) - start
    assert 0 < desk < spread / 2
    draw = ben_say.draw(1)
    for signal in (None, "peak"):
        rows = ben_say.show(draw, "tickets", signal, 0).rows
        assert rows
        days = {day.en: count for day, count in rows.tally("day")}  # type: ignore[union-attr]
        assert days["Monday"] > 2 * max(count for day, count in days.items() if day != "Monday")
        at = {key: n for n, (key, _title) in enumerate(rows.columns)}
        behind = {True: [0, 0], False: [0, 0]}
        for row in rows.rows:
            monday = row[at["day"]].en == "Monday"  # type: ignore[union-attr]
            behind[monday][0] += int(str(row[at["behind"]]))
            behind[monday][1] += 1
        assert behind[True][0] / behind[True][1] > 20 > 6 > behind[False][0] / behind[False][1]


def test_everybody_complains_of_the_crowd_whatever_is_true(ben_say: Arithmetic) -> None:
    """Survey and meeting tell nobody anything; those who never came back tell most per day."""
    for cause in prior(ben_say.place):
        heard = ben_say.truth.signal("survey", cause)
        assert max(heard, key=lambda key: heard[key]) == "peak"
    nothing = worth_of(ben_say, ())
    assert worth_of(ben_say, ("survey", "meeting", "report")).right < nothing.right + 0.05
    gone, stalls = worth_of(ben_say, ("gone",)), worth_of(ben_say, ("stalls",))
    assert gone.right > stalls.right
    assert gone.days == stalls.days


def test_fear_hides_behind_the_crowd_and_behind_the_form(ben_say: Arithmetic) -> None:
    """In what officials keep fear looks like a wrong form, in what people say like a crowd."""
    for move, mask in (("forms", "codes"), ("stalls", "peak"), ("survey", "peak")):
        told = ben_say.truth.signal(move, "fear")
        assert told.get("fear", 0) < told[mask]
    for move in ("gone", "cards"):
        told = ben_say.truth.signal(move, "fear")
        assert max(told, key=lambda key: told[key]) == "fear"


def test_a_season_misleads_before_and_after_and_not_a_lot(ben_say: Arithmetic) -> None:
    """Over 40 worlds: comparing with the weeks before is off to one side, weeks by lot are not."""
    ideas = ("greeter",)
    sites = tuple(site.key for site in ben_say.place.sites)
    off: dict[str, list[float]] = {BEFORE_AFTER: [], WEEKS_BY_LOT: []}
    for seed in range(1, 41):
        draw = ben_say.draw(seed)
        for design, errors in off.items():
            plan = PilotPlan(ideas, design, sites, 8, 0.10)
            new, old = (
                [row.share for row in start_pilot(ben_say, draw, plan, 6).rows if row.arm == arm]
                for arm in (NEW, OLD)
            )
            seen = mean(share for share in new if share is not None)
            seen -= mean(share for share in old if share is not None)
            errors.append(seen - ben_say.gain(draw, ideas, ben_say.adherence(6)))
    bias = {design: mean(errors) for design, errors in off.items()}
    four_sigma = {design: 4 * stdev(errors) / sqrt(40) for design, errors in off.items()}
    assert bias[BEFORE_AFTER] < -four_sigma[BEFORE_AFTER]
    assert abs(bias[WEEKS_BY_LOT]) < four_sigma[WEEKS_BY_LOT]


def test_a_rule_in_a_season_weighs_on_top_of_it(ben_say: Arithmetic) -> None:
    """A season that makes the lease as much heavier as a rule makes it lighter: the same people
    finish as in calm weeks."""
    shocks = {
        **ben_say.truth.shocks,
        "surge": {"chance": 1, "weeks": 99, "demand": 1, "lease_hazard": 1.25},
        "rule": {"chance": 1, "lease_hazard": 0.8},
    }
    world = replace(ben_say, truth=replace(ben_say.truth, shocks=shocks))
    draw = replace(ben_say.draw(5), cause="lease")
    plan = PilotPlan(("between_us",), WEEKS_BY_LOT, ("market", "landing"), 8, 0.10)
    arms = {(site, week): NEW if week % 2 else OLD for site in plan.sites for week in range(1, 9)}
    calm, both = (
        world.pilot(replace(draw, future=replace(draw.future, shocks=happens)), plan, arms, 0.9)
        for happens in ({}, {"surge": 0.0, "rule": 0.0})
    )
    assert [row.finished for row in calm] == [row.finished for row in both]


def test_its_journey_runs_and_gives_what_the_opening_says(ben_say: Arithmetic) -> None:
    """Three attempts at 35 of 100 each: 73 finish in the end, as in the truth."""
    journey = ben_say.place.journey
    assert journey.max_attempts == 3
    assert not runnable(journey)
    (back,) = (edge for edge in journey.edges if edge.rework)
    assert back.share is not None
    share = 1 - float(back.share.value)
    in_three = 1 - (1 - share) ** 3
    assert in_three == pytest.approx(ben_say.completed(share), abs=0.01)
