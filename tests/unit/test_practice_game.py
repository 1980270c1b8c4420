"""The game as a fold of events: what holds for every seed and every way of playing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.practice.beliefs import as_beans, posterior, prior
from vuon.practice.debrief import debrief
from vuon.practice.game import FULL, TASTER, Event, Stage, State, apply, begin, replay
from vuon.practice.later import read_stories, year_later
from vuon.practice.pilot import foresee, plan_from
from vuon.practice.plans import every_plan
from vuon.practice.world import WEEKS_BY_LOT
from vuon.practice.worlds import open_world

SONG_AN = Path(__file__).parents[2] / "places" / "song-an"
WORLD = open_world(SONG_AN)
BEANS = {"words": 9, "data": 5, "load": 4, "extra": 2}
PLAN = {
    "ideas": ["checklist", "precheck"],
    "design": WEEKS_BY_LOT,
    "sites": ["a", "b", "c"],
    "weeks": 8,
    "worthwhile": 0.10,
    "guardrail": 0.25,
    "promise": True,
}
WHOLE = [
    Event("beans", {"beans": BEANS}),
    Event("move", {"move": "observe"}),
    Event("pin", {"piece": "0-1", "step": "desk"}),
    Event("move", {"move": "cards", "choice": "alone"}),
    Event("beans", {"beans": {"words": 20}}),
    Event("try", {"ideas": ["checklist", "precheck"], "predicted": 60}),
    Event("seal", PLAN),
    Event("halfway", {"answer": "go_on"}),
    Event("decide", {"decision": "adopt"}),
]


def played(seed: int, events: list[Event], mode: str = FULL) -> State:
    return replay(WORLD, WORLD.draw(seed), mode, events)


def whole(seed: int) -> list[Event]:
    """A complete game; where somebody wants the number half way, it is declined."""
    state = played(seed, WHOLE[:7])
    assert state.pilot
    answer = "decline" if "decline" in state.pilot.answers else "go_on"
    return [*WHOLE[:7], Event("halfway", {"answer": answer}), WHOLE[8]]


def refused(state: State, kind: str, **fields: Any) -> str:
    with pytest.raises(VuonError) as caught:
        apply(WORLD, WORLD.draw(1), state, Event(kind, fields))
    assert caught.value.say("vi") != caught.value.say("en")
    return caught.value.code


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**62), st.integers(0, 9))
def test_replay_resume_and_fork_give_the_same_game(seed: int, cut: int) -> None:
    events = whole(seed)
    at_once = played(seed, events)
    state = played(seed, events[:cut])
    for event in events[cut:]:
        state = apply(WORLD, WORLD.draw(seed), state, Event.of(event.kept()))
    assert state == at_once
    assert at_once.stage == Stage.OVER


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**62), st.sampled_from(["tickets", "shadow", "interviews", "survey"]))
def test_an_additional_move_changes_no_other(seed: int, more: str) -> None:
    short = played(seed, [WHOLE[0], Event("move", {"move": "observe"})])
    long = played(
        seed, [WHOLE[0], Event("move", {"move": more}), Event("move", {"move": "observe"})]
    )
    assert short.found[0].material == long.found[1].material
    assert short.found[0].signal == long.found[1].signal


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**62), st.sampled_from(sorted(prior(WORLD.place))))
def test_material_and_tries_do_not_know_the_truth(seed: int, cause: str) -> None:
    """Two truths that have shown the same signals have shown the same of everything."""
    one = WORLD.draw(seed)
    other = replace(one, cause=cause)
    for move in ("interviews", "tickets", "observe"):
        for signal in ("load", None):
            assert WORLD.show(one, move, signal, 0) == WORLD.show(other, move, signal, 0)
    opened = [replay(WORLD, draw, FULL, [WHOLE[0], WHOLE[5]]) for draw in (one, other)]
    assert opened[0] == opened[1]


def test_no_piece_is_shown_twice() -> None:
    for move in ("observe", "interviews", "shadow", "cards"):
        for seed in range(20):
            choice = {"choice": "alone"} if move == "cards" else {}
            made = Event("move", {"move": move, **choice})
            state = played(seed, [WHOLE[0], made, made])
            texts = [piece.text for found in state.found for piece in found.material.pieces]
            assert len(set(texts)) == len(texts)
            assert refused(state, "move", move=move, **choice) == "game.twice"


def test_what_cannot_be_afforded_is_refused_in_words() -> None:
    open_ = played(1, WHOLE[:1])
    assert refused(replace(open_, days=85), "move", move="shadow") == "game.days"
    assert refused(replace(open_, money=1), "move", move="interviews") == "game.money"
    assert refused(replace(open_, staff=0.2), "move", move="observe") == "game.staff"
    assert refused(replace(open_, days=3), "move", move="page") == "game.first_day"
    assert refused(open_, "move", move="nobody") == "game.move"
    assert refused(open_, "move", move="cards") == "game.choice"
    assert refused(open_, "try", ideas=[], predicted=50) == "game.ideas"
    assert refused(open_, "try", ideas=["checklist"], predicted=500) == "game.predicted"
    assert refused(open_, "seal", **{**PLAN, "weeks": 7}) == "pilot.pairs"
    assert refused(open_, "seal", **{**PLAN, "weeks": 2}) == "pilot.weeks"
    assert refused(open_, "seal", **{**PLAN, "sites": []}) == "pilot.sites"
    assert refused(open_, "seal", **{**PLAN, "design": "hope"}) == "pilot.design"
    assert refused(replace(open_, days=40), "seal", **PLAN) == "game.days"
    assert refused(replace(open_, money=2), "seal", **PLAN) == "game.money"
    assert refused(replace(open_, sponsor=3), "seal", **PLAN) == "game.sponsor"
    heavy = {**PLAN, "ideas": ["precheck", "counter"]}
    assert refused(open_, "seal", **heavy) == "game.hours"
    assert refused(open_, "decide", decision="adapt") == "game.decision"
    assert refused(open_, "halfway", answer="go_on") == "game.stage"
    assert refused(open_, "dance") == "game.event"


def test_a_refused_event_changes_nothing() -> None:
    state = played(1, WHOLE[:3])
    before = replace(state)
    refused(state, "move", move="nobody")
    assert state == before


def test_a_taster_has_three_moves_and_one_idea() -> None:
    moves = [Event("move", {"move": key}) for key in ("observe", "interviews", "shadow")]
    state = played(5, [WHOLE[0], *moves], TASTER)
    assert refused(state, "move", move="tickets") == "game.taster_moves"
    assert refused(state, "seal", **PLAN) == "game.taster"
    assert refused(state, "decide", decision="adopt", ideas=["checklist"]) == "game.try_first"
    assert refused(state, "try", ideas=["checklist", "counter"], predicted=1) == "game.ideas"
    assert refused(state, "try", ideas=["training"], predicted=1) == "game.ideas"


def test_cards_read_before_the_head_say_what_is_safe() -> None:
    """The signal is drawn from fear, whatever is true."""
    draw = replace(WORLD.draw(1), cause="extra")
    free = [
        WORLD.signal(replace(draw, seed=n), "cards", earlier=(), feared=False) for n in range(400)
    ]
    feared = [
        WORLD.signal(replace(draw, seed=n), "cards", earlier=(), feared=True) for n in range(400)
    ]
    assert set(feared) == {"words", None}
    assert abs(feared.count("words") / 400 - 0.65) < 0.1
    assert abs(free.count("extra") / 400 - 0.55) < 0.1
    assert WORLD.fears(4.5)
    assert not WORLD.fears(5)


def test_a_source_asked_twice_mostly_repeats_itself() -> None:
    draw = replace(WORLD.draw(1), cause="words")
    again = [
        WORLD.signal(replace(draw, seed=n), "shadow", earlier=("data",), feared=False)
        for n in range(600)
    ]
    expected = 0.7 + 0.3 * 0.05
    assert abs(again.count("data") / 600 - expected) < 4 * (expected * (1 - expected) / 600) ** 0.5


def test_signals_come_as_often_as_the_table_says() -> None:
    for cause in prior(WORLD.place):
        draw = replace(WORLD.draw(1), cause=cause)
        shares = WORLD.truth.signal("observe", cause)
        found = [
            WORLD.signal(replace(draw, seed=n), "observe", earlier=(), feared=False)
            for n in range(600)
        ]
        for signal, share in shares.items():
            error = 4 * (share * (1 - share) / 600) ** 0.5 + 1e-9
            assert abs(found.count(signal) / 600 - share) < error


def test_tables_carry_their_signal_by_counting() -> None:
    for seed in range(10):
        draw = WORLD.draw(seed)
        rows = {key: WORLD.show(draw, "audit", key, 0).rows for key in ("words", "data", None)}
        matching = {
            key: sum("ten dem" in str(row) or "khop" in str(row) for row in table.rows)
            for key, table in rows.items()
            if table
        }
        assert matching["data"] >= 36
        assert matching["words"] <= 8
        assert 8 < matching[None] < 24


def test_beans_by_bayes_move_as_they_should() -> None:
    state = played(3, WHOLE[:2])
    shares = posterior(WORLD, state.found)
    assert sum(shares.values()) == pytest.approx(1)
    assert sum(count for _, count in as_beans(WORLD.place, shares).beans) == 20
    if state.found[0].signal:
        assert shares[state.found[0].signal] > prior(WORLD.place)[state.found[0].signal]


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**62))
def test_a_lot_decides_and_people_keep_their_luck(seed: int) -> None:
    """Under the new way whoever finishes under the old one finishes too."""
    draw = WORLD.draw(seed)
    plan = plan_from(WORLD.place, PLAN)
    everywhere = {
        arm: {(site, week): arm for site in plan.sites for week in range(1, 9)}
        for arm in ("new", "old")
    }
    new, old = (WORLD.pilot(draw, plan, everywhere[arm], 0.9) for arm in ("new", "old"))
    for better, worse in zip(new, old, strict=True):
        assert (better.seen, better.lost) == (worse.seen, worse.lost)
        assert better.finished >= worse.finished


def test_what_a_plan_can_show_is_known_beforehand() -> None:
    by_lot = foresee(plan_from(WORLD.place, PLAN))
    assert (by_lot.allocations, by_lot.can_show) == (2**12, True)
    beside = foresee(plan_from(WORLD.place, {**PLAN, "design": "side_by_side"}))
    assert (beside.allocations, beside.can_show) == (3, False)
    before = foresee(plan_from(WORLD.place, {**PLAN, "design": "before_after"}))
    assert (before.allocations, before.can_show) == (None, False)


def test_a_plan_that_can_show_nothing_is_allowed_and_says_so() -> None:
    beside = {**PLAN, "design": "side_by_side"}
    for seed in range(3):
        state = played(seed, [*WHOLE[:6], Event("seal", beside)])
        assert state.pilot
        state = apply(
            WORLD, WORLD.draw(seed), state, Event("halfway", {"answer": state.pilot.answers[0]})
        )
        reading = state.pilot and state.pilot.reading
        assert reading
        assert reading.verdict.code == "cannot_tell"
        assert reading.low == float("-inf")


def test_nobody_complains_of_an_old_way_that_nobody_has() -> None:
    """Before and after has no weeks of the old way, so nothing can be mixed up in them."""
    for design, sites in (("before_after", ["a", "b"]), ("side_by_side", ["a", "b", "c"])):
        plan = plan_from(WORLD.place, {**PLAN, "design": design, "sites": sites})
        for seed in range(60):
            happens = WORLD.happenings(WORLD.draw(seed), plan)
            assert "mixed" not in happens
            assert design != "before_after" or "complaint" not in happens


def test_the_rows_of_a_pilot_are_shown_only_at_its_end() -> None:
    state = played(2, WHOLE[:7])
    assert state.pilot
    assert state.pilot.shown == ()


def test_a_leader_who_leaves_takes_goodwill_along() -> None:
    seed = next(n for n in range(200) if WORLD.draw(n).future.sponsor_day)
    day = WORLD.draw(seed).future.sponsor_day
    assert day
    state = replace(played(seed, WHOLE[:1]), days=day - 1)
    after = apply(WORLD, WORLD.draw(seed), state, Event("move", {"move": "ontime"}))
    assert after.sponsor == 4
    assert after.notices == ("sponsor",)


def test_the_year_and_the_debrief_of_a_game() -> None:
    stories = read_stories(SONG_AN, WORLD.place)
    for seed in range(4):
        draw, state = WORLD.draw(seed), played(seed, whole(seed))
        later = year_later(WORLD, stories, draw, state)
        assert [letter.group for letter in later.letters] == ["under60", "over60", "disabled"]
        assert later.headlines
        found = debrief(WORLD, draw, state, futures=20)
        assert found.cause == draw.cause
        assert found.best.first().mean >= found.yours.first().mean - 1e-9
        assert found.nothing.first().low <= found.yours.first().low <= found.yours.first().high
        assert [moment.move for moment in found.path] == ["", "observe", "cards"]
        lights = {rest.step: rest.light for rest in found.rests}
        assert lights["desk"] in ("measured", "said")
        assert lights["know"] == "assumed"
        assert found.pilot
        assert found.pilot.other.weeks <= found.pilot.plan.weeks


def test_doing_nothing_keeps_the_symptom() -> None:
    draw = replace(WORLD.draw(3), future=replace(WORLD.draw(3).future, rule_week=None))
    year = WORLD.year(draw, (), 0.9)
    assert year.total.first == pytest.approx(0.38, abs=0.001)


def test_every_plan_is_one_or_two_ideas() -> None:
    assert len(list(every_plan(WORLD.place))) == 28


def test_game_without_beginning_accepts_only_beans() -> None:
    assert refused(begin(WORLD, FULL), "move", move="observe") == "game.stage"
