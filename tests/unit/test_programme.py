"""From a plan to a programme: nothing without a reason, nothing lost, nothing superfluous."""

from __future__ import annotations

import itertools
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon.challenges.calls import TABLE, Called, Calls, Sentence, vocabulary, words_of
from vuon.challenges.programme import RULES, STAGES, Proposal, Serves, Step, account, propose
from vuon.challenges.weeks import ALONE_MINUTES, LIVE_MINUTES, plan_weeks
from vuon.errors import VuonError

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

NEEDS = sorted(vocabulary().needs)


def small_catalogue() -> list[Serves]:
    """One activity for each need, named after it, all of them half an hour long."""
    stages = ["frame", *STAGES]
    return [
        Serves(f"do-{need}", stages[at % len(stages)], 30, frozenset({need}))
        for at, need in enumerate(NEEDS)
    ]


def read_plan(text: str) -> Calls:
    """The tags, stages and answers of a plan, as far as this test needs them."""
    tags: dict[str, list[str]] = {}
    for key, value in re.findall(r"^\[\[([a-z_]+):([^\]\n]*)\]\]", text, re.MULTILINE):
        tags.setdefault(key, []).append(value)

    def answer(head: str) -> str:
        pattern = rf"^> {head}[^\n]*\n(.*?)(?=^> |^## |\Z)"
        found = re.search(pattern, text, re.MULTILINE | re.DOTALL)
        return found[1].strip() if found else ""

    heads = {
        "challenge": "Challenge statement:",
        "value": "Value proposition",
        "question": "Learning question:",
        "methods": "Usage of methods",
        "gaps": "Existing data gaps",
        "leads": "Early leads",
    }
    return Calls(
        methods=tuple(tags.get("methods", ())),
        datasources=tuple(tags.get("datasources", ())),
        stages=tuple(re.findall(r"^- (\w+)", answer("To what stage"), re.MULTILINE)),
        sdgs=tuple(tags.get("sdgs", ())),
        thematic_areas=tuple(tags.get("thematic_areas", ())),
        sentences=tuple(Sentence(key, answer(head)) for key, head in heads.items()),
    )


def accounted(called: Calls, proposal: Proposal) -> set[tuple[str, str]]:
    """Every tag that is either the reason of an activity or listed as served by nothing."""
    reasons = {
        (reason.key, reason.value)
        for step in proposal.steps
        for reason in step.reasons
        if reason.kind in ("tag", "stage")
    }
    return reasons | {(gap.kind, gap.value) for gap in proposal.unserved}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("In-depth Interviews", "in depth interview"),
        ("Systems thinking", "SYSTEM-THINKING"),
        ("Etnografía", "etnografia"),
        ("Quan sát thực địa", "quan sat thuc dia"),
    ],
)
def test_names_are_compared_without_case_marks_hyphens_and_plurals(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(
    ("value", "need"),
    [
        ("Ethnography", "ethnography"),
        ("observation", "observation"),
        ("qualitative interviews", "interviews"),
        ("communicational pieces", "communication"),
        ("user journeys", "journeys"),
        ("System Thinking", "systems"),
        ("Anticipatory Regulation", "anticipation"),
        ("Foresight", "scenarios"),
        ("Design Thinking", "ideas"),
        ("prototyping", "prototypes"),
        ("Regulatory Sandboxes", "trial"),
        ("cơ chế thử nghiệm có kiểm soát", "legal-route"),
        ("pensée systémique", "systems"),
        ("Entrevistas en profundidad", "interviews"),
    ],
)
def test_methods_and_sources_call_their_needs(value: str, need: str) -> None:
    assert need in vocabulary().look_up("methods", value).needs


def test_names_run_together_in_one_tag_are_all_heard() -> None:
    called = vocabulary().look_up("datasources", "in-depth interviews and user journeys, 2023")
    assert set(called.needs) == {"interviews", "journeys"}


def test_every_need_is_told_once_and_belongs_to_what_the_code_knows() -> None:
    source = TABLE.read_text(encoding="utf-8")
    keys = re.findall(r'\[\[need\]\]\nkey = "([^"]+)"', source)
    assert len(keys) == len(set(keys))
    assert set(RULES) <= set(keys)


def test_unknown_tags_are_listed_not_dropped() -> None:
    called = Calls(
        methods=("Blockchain", "Satellite imagery", "Citizen science", "Zzz"),
        thematic_areas=("beekeeping",),
        sdgs=("14. Life below water",),
        stages=("Ponder",),
    )
    proposal = propose(called, small_catalogue())
    assert set(called.tags()) == {(gap.kind, gap.value) for gap in proposal.unserved}
    assert all(gap.why.say("en") for gap in proposal.unserved)


def test_a_plan_without_tags_gets_the_frame_practice_and_a_next_step_and_says_so() -> None:
    proposal = propose(Calls(), small_catalogue())
    cards = {step.card for step in proposal.steps}
    assert cards == {"do-who-sees-what", "do-challenge", "do-practice", "do-next-step"}
    assert all(reason.kind == "rule" for step in proposal.steps for reason in step.reasons)
    assert proposal.remarks


def test_other_methods_and_stages_give_other_programmes() -> None:
    listening = propose(Calls(methods=("Ethnography",), stages=("Sense",)), small_catalogue())
    trying = propose(
        Calls(methods=("Regulatory Sandboxes",), stages=("Test", "Grow")), small_catalogue()
    )
    called = {step.card for step in listening.steps} ^ {step.card for step in trying.steps}
    assert {"do-ethnography", "do-trial", "do-legal-route", "do-safeguards"} <= called


def test_a_sentence_calls_and_is_quoted_in_its_own_words() -> None:
    text = "Offices work in silos. We will study foresight."
    proposal = propose(Calls(sentences=(Sentence("methods", text),)), small_catalogue())
    quotes = {step.card: [r.quote for r in step.reasons] for step in proposal.steps}
    assert quotes["do-offices"] == ["Offices work in silos."]
    assert quotes["do-scenarios"] == ["We will study foresight."]


def test_a_long_sentence_is_quoted_around_the_words_that_call() -> None:
    text = "và " * 200 + "hành trình người dùng" + " nữa" * 200
    found = next(iter(vocabulary().read(text)))
    assert "hành trình người dùng" in found.quote
    assert len(found.quote) < 260


def test_the_stages_of_the_plan_decide_between_equals() -> None:
    cards = [
        Serves("early", "listen", 15, frozenset({"maps"})),
        Serves("late", "ideas", 45, frozenset({"maps", "trial"})),
        Serves("later", "grow", 45, frozenset({"trial", "spread"})),
    ]
    without = propose(Calls(methods=("Visual mapping",)), cards)
    assert [step.card for step in without.steps] == ["early"]
    with_test = propose(Calls(methods=("Visual mapping",), stages=("Test",)), cards)
    assert [step.card for step in with_test.steps] == ["late"]


def test_relations_hold_and_reach_through_what_was_not_chosen() -> None:
    cards = [
        Serves("a", "listen", 15, frozenset({"observation"}), frozenset({"b"})),
        Serves("b", "listen", 15, frozenset({"findings"}), frozenset({"c"})),
        Serves("c", "listen", 15, frozenset({"interviews"})),
    ]
    proposal = propose(Calls(methods=("observation", "interviews")), cards)
    assert [step.card for step in proposal.steps] == ["c", "a"]


def test_what_people_took_out_is_missing_in_the_account() -> None:
    called = Calls(methods=("Ethnography", "Foresight"))
    kept = [card for card in small_catalogue() if card.key != "do-scenarios"]
    told = account(called, kept)
    assert ("methods", "Foresight") in {(gap.kind, gap.value) for gap in told.unserved}
    assert told.reasons["do-ethnography"][0].value == "Ethnography"


some_cards = st.lists(
    st.tuples(
        st.sampled_from(STAGES),
        st.sampled_from([15, 30, 45]),
        st.frozensets(st.sampled_from(NEEDS[:9]), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=7,
).map(lambda rows: [Serves(f"c{at}", *row) for at, row in enumerate(rows)])

some_tags = st.lists(
    st.sampled_from(
        ["Ethnography", "observation", "interviews", "Foresight", "prototyping", "Blockchain", "?"]
    ),
    max_size=6,
).map(tuple)


@given(cards=some_cards, methods=some_tags, stages=st.lists(st.sampled_from(["Test", "Sense"])))
def test_no_smaller_set_would_do_and_everything_is_accounted_for(
    cards: list[Serves], methods: tuple[str, ...], stages: list[str]
) -> None:
    called = Calls(methods=methods, stages=tuple(stages))
    proposal = propose(called, cards)
    assert proposal == propose(called, cards)
    assert set(called.tags()) <= accounted(called, proposal)
    assert all(step.reasons for step in proposal.steps)

    needs = account(called, cards).needs
    chosen = {step.card for step in proposal.steps}
    assert needs <= {need for card in cards if card.key in chosen for need in card.serves}
    for size in range(len(chosen)):
        for fewer in itertools.combinations(cards, size):
            assert not needs <= {need for card in fewer for need in card.serves}


def steps(*minutes: int) -> tuple[Step, ...]:
    return tuple(Step(f"s{at}", "frame", m, 1, at % 2 == 0, ()) for at, m in enumerate(minutes))


def test_weeks_begin_on_mondays_and_follow_ups_come_later() -> None:
    calendar = plan_weeks(Proposal(steps(15, 45, 15)), date(2026, 12, 2))
    mondays = [week.monday for week in calendar.weeks]
    assert mondays[0] == date(2026, 12, 7)
    assert all(day.weekday() == 0 for day in mondays)
    assert [(later.number, later.monday) for later in calendar.follow_ups] == [
        (12, date(2027, 2, 22)),
        (26, date(2027, 5, 31)),
    ]
    assert calendar.weeks[-1].live[-1] == "s2"


@given(
    minutes=st.lists(st.sampled_from([15, 30, 45]), max_size=30),
    weeks=st.integers(min_value=1, max_value=16),
)
def test_no_sitting_is_too_long_the_order_holds_and_nothing_is_lost(
    minutes: list[int], weeks: int
) -> None:
    calendar = plan_weeks(Proposal(steps(*minutes)), date(2027, 1, 4), weeks)
    length = dict(zip((f"s{at}" for at in range(len(minutes))), minutes, strict=True))
    placed: list[str] = []
    for week in calendar.weeks:
        assert sum(length[card] for card in week.live) == week.live_minutes <= LIVE_MINUTES
        assert sum(length[card] for card in week.alone) == week.alone_minutes <= ALONE_MINUTES
        assert week.has_live or not week.live
        last = week.number == weeks
        placed += week.alone + week.live if last else week.live + week.alone
    assert placed == sorted(placed, key=lambda card: int(card[1:]))
    assert sorted([*placed, *calendar.left_over]) == sorted(length)
    if weeks >= 8 and sum(minutes) <= 400:
        assert not calendar.left_over


@pytest.mark.parametrize("weeks", [0, -1, 53])
def test_an_impossible_number_of_weeks_is_refused_in_words(weeks: int) -> None:
    with pytest.raises(VuonError, match="cannot be planned"):
        plan_weeks(Proposal(()), date(2027, 1, 4), weeks)


def test_the_founding_plan_is_accounted_for() -> None:
    file = SHARED / "plan" / "founding-plan.md"
    if not file.exists():
        pytest.skip("the founding plan lies beside the repository, and is not here")
    called = read_plan(file.read_text(encoding="utf-8"))
    proposal = propose(called, small_catalogue())
    assert set(called.tags()) <= accounted(called, proposal)
    assert {gap.value for gap in proposal.unserved} == {
        "government innovation",
        "institutional reform",
    }
    assert {place.place for place in proposal.later} == {"office"}
    (market,) = (step for step in proposal.steps if step.card == "do-enterprise")
    assert {reason.value for reason in market.reasons} == {
        "8. Decent work and economic growth",
        "9. Industry, innovation and infrastructure",
    }


def test_every_method_and_data_source_of_the_commons_is_known() -> None:
    folder = SHARED / "commons"
    if not folder.exists():
        pytest.skip("the plans of the commons lie beside the repository, and are not here")
    unknown = set()
    for file in folder.glob("*.md"):
        called = read_plan(file.read_bytes().decode("utf-8", "replace"))
        for kind in ("methods", "datasources"):
            for value in getattr(called, kind):
                if vocabulary().look_up(kind, value) == Called():
                    unknown.add(value)
    assert not unknown
