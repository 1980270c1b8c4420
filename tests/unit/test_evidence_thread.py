"""The thread: laws of support and of grades, what may be linked, and the case of the design."""

from __future__ import annotations

import time
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.evidence.grades import reckon
from vuon.evidence.thread import (
    KINDS,
    RELATIONS,
    End,
    Level,
    Link,
    Thread,
    allowed,
    check,
    cycle,
    downward,
    grade,
    joined,
    refuse,
    support,
    upward,
    withdrawn,
    without,
)

PEOPLE = ("Reed", "Lotus", "Moss", "Fern", "Sedge")
SOURCES = ("s1", "s2", "s3", "s4")


def quote(id: str, *people: str, source: str = "s1", state: str = "exact") -> End:
    """A passage said by these people."""
    return End("passage", id, "", frozenset(people), state, source, "interview")


def claim(*quotes: End, searched: bool = True) -> Thread:
    """A finding "f" that these quotes support, and a need "n" derived from it."""
    ends = (*quotes, End("finding", "f", counter_searched=searched), End("need", "n"))
    return Thread(
        ends,
        (*(Link(q.id, "supports", "f") for q in quotes), Link("n", "derived_from", "f")),
    )


def drawn(chance: Random) -> Thread:
    """Any thread that could be linked step by step."""
    ends = [
        End(
            chance.choice(("passage", "passage", "story", "observation")),
            f"w{n}",
            participants=frozenset(chance.sample(PEOPLE, chance.choice((0, 1, 1, 1, 2)))),
            state=chance.choice(("exact",) * 6 + ("moved", "changed", "orphan", "withdrawn")),
            source=chance.choice(SOURCES),
            source_kind=chance.choice(("interview", "observation", "fieldnote")),
            translation_of=chance.choice(("",) * 4 + (f"w{max(0, n - 1)}",)) if n else "",
        )
        for n in range(8)
    ]
    for kind in ("finding", "need", "step", "variable", "idea", "metric", "result", "figure"):
        for n in range(chance.randint(1, 3)):
            searched = chance.random() < 0.6
            ends += [End(kind, f"{kind}{n}", counter_searched=searched)]
    thread = Thread(tuple(ends))
    for _ in range(40):
        source, target = chance.sample(ends, 2)
        relation = chance.choice(list(RELATIONS))
        answered = chance.random() < 0.5
        link = Link(source.id, relation, target.id, why="said twice" * answered, answered=answered)
        if allowed(source.kind, relation, target.kind) and not cycle(thread, link):
            thread = joined(thread, link)
    return thread


threads = st.integers(0, 10**9).map(lambda seed: drawn(Random(seed)))


def test_one_quote_an_arrow_without_evidence_and_an_open_contradiction() -> None:
    """Acceptance case 8: single voice, assumed, contested; an answer settles the last."""
    lone = claim(quote("q1", "Reed"), quote("q2", "Reed", source="s2"))
    assert grade(lone, "n").level is Level.SINGLE_VOICE
    assert grade(lone, "n").weakest == ("n", "f")

    edge = Thread((End("loop_edge", "e"),))
    assert grade(edge, "e").level is Level.ASSUMED

    two = claim(quote("q1", "Reed"), quote("q2", "Lotus"))
    against = Link("q3", "contradicts", "f")
    disputed = joined(Thread((*two.ends, quote("q3", "Moss")), two.links), against)
    assert grade(disputed, "f").level is Level.CONTESTED
    assert support(disputed, "n").against == {"Moss"}
    for settled, level in ((replace(against, answered=True), Level.CONTESTED),
                           (replace(against, answered=True, why="another office"), Level.SOUND)):  # fmt: skip
        assert grade(Thread(disputed.ends, (*two.links, settled)), "n").level is level
    assert [problem.level for problem in check(disputed)] == [Level.CONTESTED]


def test_nobody_looked_for_the_opposite_until_somebody_did() -> None:
    """The next to best grade is a question of work done, not of numbers."""
    quotes = [quote(f"q{n}", person) for n, person in enumerate(PEOPLE)]
    assert grade(claim(*quotes, searched=False), "n").level is Level.NOT_SEARCHED
    assert grade(claim(*quotes), "n").level is Level.SOUND


def test_a_passage_without_its_words_breaks_what_rests_on_it() -> None:
    """An orphan is repaired or unlinked; until then nothing above it holds."""
    thread = claim(quote("q1", "Reed"), quote("q2", "Lotus"), quote("q3", "Moss", state="orphan"))
    found = grade(thread, "n")
    assert (found.level, found.weakest) == (Level.BROKEN, ("n", "f", "q3"))
    assert support(thread, "n").people == {"Reed", "Lotus"}
    assert grade(Thread(thread.ends[1:], thread.links), "n").level is Level.BROKEN  # q1 deleted


def test_a_translation_is_the_same_voice() -> None:
    """Neither its person, nor its source, nor a room watched counts twice."""
    seen = End("observation", "o1", source="s1", source_kind="observation")
    again = replace(seen, id="o2", source="s9", translation_of="o1")
    thread = claim(seen, again)
    assert support(thread, "f").seen == {"s1"}
    assert grade(thread, "f").level is Level.SINGLE_VOICE
    assert grade(withdrawn(thread, "s1"), "f").level is Level.ASSUMED


def test_two_findings_that_contradict_each_other_are_both_in_doubt() -> None:
    """Whichever was linked to which; and the way back is refused as a circle."""
    thread = Thread(
        (quote("q1", "Reed"), quote("q2", "Lotus"), quote("q3", "Moss"), quote("q4", "Fern"),
         End("finding", "a", "slow", counter_searched=True),
         End("finding", "b", "quick", counter_searched=True)),
        (Link("q1", "supports", "a"), Link("q2", "supports", "a"), Link("q3", "supports", "b"),
         Link("q4", "supports", "b"), Link("a", "contradicts", "b")),
    )  # fmt: skip
    assert grade(thread, "a").level is grade(thread, "b").level is Level.CONTESTED
    assert support(thread, "a").against == {"Moss", "Fern"}
    assert [branch.end.id for branch in downward(thread, "a")] == ["a", "q1", "q2", "b", "q3", "q4"]
    with pytest.raises(VuonError, match="quick → slow → quick"):
        joined(thread, Link("b", "contradicts", "a"))


def test_a_result_leads_back_without_a_circle() -> None:
    """It may speak against the finding that the idea came from; the finding is then in doubt."""
    thread = claim(quote("q1", "Reed"), quote("q2", "Lotus"))
    thread = Thread(
        (*thread.ends, *(End(k, k) for k in ("idea", "metric", "result"))), thread.links
    )
    for link in (
        Link("idea", "addresses", "n"),
        Link("idea", "measured_by", "metric"),
        Link("metric", "tested_by", "result"),
    ):
        thread = joined(thread, link)
    assert grade(thread, "idea").level is Level.SOUND
    thread = joined(thread, Link("result", "contradicts", "f"))
    assert grade(thread, "idea").level is Level.CONTESTED
    assert grade(thread, "result").level is Level.SOUND
    assert "result" in {branch.end.id for branch in upward(thread, "q1")}


def test_the_table_of_the_design() -> None:
    """Each row of the table, and that whatever is not in it is refused with what is."""
    listed = [
        ("passage story observation", "supports contradicts illustrates", "finding"),
        ("finding", "contradicts", "finding"),
        ("finding", "addresses", "learning_question"),
        ("need", "derived_from", "finding"),
        ("persona step variable loop_edge signal", "derived_from", "finding passage observation"),
        ("idea change", "addresses", "need step variable loop_edge signal"),
        ("idea", "measured_by", "metric"),
        ("metric", "tested_by", "result"),
        ("result", "supports contradicts", "finding"),
        ("idea finding", "refuted_by", "result"),
        ("figure", "rests_on", " ".join(KINDS)),
    ]
    wanted = {
        (a, r, b)
        for row in listed
        for a in row[0].split()
        for r in row[1].split()
        for b in row[2].split()
    }
    every = {(a, r, b) for a in KINDS for r in RELATIONS for b in KINDS}
    assert {triple for triple in every if allowed(*triple)} == wanted
    for triple in sorted(every - wanted)[::7]:
        assert " a " in str(refuse(*triple).do.say("en")) or "an " in refuse(*triple).do.say("en")
    with pytest.raises(VuonError, match="a need is derived from a finding"):
        joined(claim(quote("q", "Reed")), Link("n", "supports", "f"))


@settings(max_examples=60, deadline=None)
@given(threads, st.integers(0, 10**9))
def test_more_support_is_never_fewer_people(thread: Thread, seed: int) -> None:
    """For anything in the thread, whichever link is added."""
    chance = Random(seed)
    before = {end.id: support(thread, end.id).people for end in thread.ends}
    witness = chance.choice([end for end in thread.ends if end.is_witness])
    finding = chance.choice([end for end in thread.ends if end.kind == "finding"])
    more = joined(thread, Link(witness.id, "supports", finding.id, "weak"))
    assert all(support(more, id).people >= people for id, people in before.items())


@settings(max_examples=60, deadline=None)
@given(threads, st.sampled_from(SOURCES))
def test_what_was_taken_back_counts_as_if_it_had_never_been(thread: Thread, source: str) -> None:
    """Withdrawing a source and building the thread without it give the same grades."""
    after = withdrawn(thread, source)
    gone = {end.id for end in after.ends if end.is_witness and end.state == "withdrawn"}
    while more := {e.id for e in thread.ends if e.translation_of in gone} - gone:
        gone |= more
    built = Thread(
        tuple(end for end in thread.ends if end.id not in gone),
        tuple(link for link in thread.links if not {link.source, link.target} & gone),
    )
    for end in built.ends:
        assert grade(after, end.id).level is grade(built, end.id).level
        assert support(after, end.id) == support(built, end.id)
    for id, before, then in without(thread, source).loses:
        assert then.people < before.people or then.level < before.level
        assert (then.people, then.level) == _standing(after, id)


@settings(max_examples=60, deadline=None)
@given(threads)
def test_nothing_is_stronger_than_what_it_rests_on(thread: Thread) -> None:
    """And the weakest way ends at a problem of just that level."""
    for end in thread.ends:
        found = grade(thread, end.id)
        below = [grade(thread, tie.lower).level for tie in reckon(thread).rests_on(end.id)]
        assert found.level <= min(below, default=Level.SOUND)
        if found.level < Level.SOUND:
            assert (found.problems[0].level, found.problems[0].id) == (
                found.level,
                found.weakest[-1],
            )


def _standing(thread: Thread, id: str) -> tuple[int, Level]:
    return len(support(thread, id).people), grade(thread, id).level


def test_a_focus_group_keeps_four_voices_when_the_fifth_leaves() -> None:
    """Acceptance case 7, in the thread: the passages of the others stay, also a shared one."""
    group = [quote(f"q{n}", person, source="group") for n, person in enumerate(PEOPLE)]
    thread = claim(*group, quote("both", "Reed", "Sedge", source="group"))
    after = withdrawn(thread, "group", participant="Sedge")
    assert support(after, "n").people == {"Reed", "Lotus", "Moss", "Fern"}
    assert [end.id for end in after.ends if end.state == "withdrawn"] == ["q4"]
    lost = without(thread, "group", participant="Sedge")
    assert [(id, then.people) for id, _, then in lost.loses] == [("f", 4), ("n", 4)]
    assert not lost.orphans
    assert without(thread, "group").orphans == ("f", "n")


def test_stored_faults_are_told_and_end_nothing() -> None:
    """A circle, a deleted end, a link that means nothing: from an old file, reported at once."""
    figures = tuple(End("figure", name) for name in "abc")
    ring = tuple(Link(x, "rests_on", y) for x, y in ("ab", "bc", "ca"))
    strange = Thread(
        (*figures, End("need", "n"), End("idea", "i"), quote("q", "Reed")),
        (*ring, Link("n", "supports", "i"), Link("n", "derived_from", "lost"),
         Link("q", "derived_from", "a"), Link("gone", "addresses", "also gone")),
    )  # fmt: skip
    assert {grade(strange, name).level for name in "abcn"} == {Level.BROKEN}
    told = " ".join(problem.what.say("en") for problem in check(strange))
    assert "circle" in told and "deleted" in told and "a need supports an idea" in told
    assert len(downward(strange, "a")) == 4


def test_many_links_are_quick_and_deep_chains_do_no_harm() -> None:
    """A tenth of the largest thread, which takes a fifth of a second; the bound is loose."""
    chance = Random(7)
    passages = [quote(f"q{n}", f"p{n % 50}", source=f"s{n % 60}") for n in range(700)]
    findings = [End("finding", f"f{n}", counter_searched=True) for n in range(40)]
    chain = [End("figure", f"c{n}") for n in range(1_200)]
    links = [Link(q.id, "supports", chance.choice(findings).id) for q in passages]
    links += [Link(f"c{n}", "rests_on", f"c{n + 1}") for n in range(1_199)]
    links += [Link("c1199", "rests_on", finding.id) for finding in findings]
    thread = Thread((*passages, *findings, *chain), tuple(links))
    start = time.perf_counter()
    found, people = grade(thread, "c0"), support(thread, "c0").people
    assert time.perf_counter() - start < 0.5
    assert (found.level, len(people)) == (Level.SOUND, 50)
    assert len(downward(thread, "c0")) == len(thread.ends)
    assert upward(thread, "q0")[-1].end.id == "c0"
