"""Redaction: what is found in sentences written for it, and what blocking does to a text."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vuon.evidence.redact import KINDS, apply, propose, pseudonyms, residual

LIST = tomllib.loads(
    (Path(__file__).parents[1] / "published" / "redaction.toml").read_text("utf-8")
)
MARK = re.compile(r"\{(\w+)\|([^}]*)\}")
MARKED = [line for name in LIST if name != "nothing" for line in LIST[name]]
#: Measured, rounded down: 386 of 391 details, 227 of 232 names.
RECALL, RECALL_OF_NAMES = 0.98, 0.97
# Their shape tells them; a name, a date or an address may be said in endless ways.
STRUCTURED = ("phone", "citizen_id", "plate", "bank", "email", "paper")


def unmarked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The sentence without its marks, and what is marked in it."""
    text, spans, at = "", [], 0
    for found in MARK.finditer(line):
        text += line[at : found.start()]
        spans.append((len(text), len(text) + len(found[2]), found[1]))
        text += found[2]
        at = found.end()
    return text + line[at:], spans


def test_how_much_is_found() -> None:
    """Every letter and figure of a detail must be covered; by kind, and in all."""
    found, all_of, beside = Counter(), Counter(), 0
    for line in MARKED:
        text, spans = unmarked(line)
        proposals = propose(text)
        covered = {at for each in proposals for at in range(each.start, each.end)}
        for start, end, kind in spans:
            all_of[kind] += 1
            found[kind] += all(at in covered for at in range(start, end) if text[at].isalnum())
        wanted = {at for start, end, _ in spans for at in range(start, end)}
        beside += sum(not wanted & set(range(each.start, each.end)) for each in proposals)
    assert len(MARKED) >= 200
    assert set(all_of) == set(KINDS)
    assert all(found[kind] == all_of[kind] for kind in STRUCTURED), found
    assert found["name"] / all_of["name"] >= RECALL_OF_NAMES
    assert found.total() / all_of.total() >= RECALL
    assert beside == 0


def test_how_little_is_found_where_there_is_nothing() -> None:
    """Streets, offices, weekdays, amounts of money, decrees, people of public memory."""
    assert len(LIST["nothing"]) >= 60
    assert {line: propose(line) for line in LIST["nothing"] if propose(line)} == {}


def test_a_kind_is_told_for_what_it_is() -> None:
    """Where a detail of a clear shape is found, it is found as what it is."""
    for line in MARKED:
        text, spans = unmarked(line)
        kinds = {(each.start, each.end): each.kind for each in propose(text)}
        for start, end, kind in spans:
            if kind in STRUCTURED:
                assert kinds.get((start, end)) == kind, line


def test_the_same_name_has_the_same_number() -> None:
    """Also in capitals, without accents, or when only the given name is said."""
    text = "Bà Nguyễn Thị Lành chờ. Ông Tâm hỏi bà Lành. NGUYỄN THỊ LÀNH ký, chị Hoa xem."
    worded = [each.replacement.say("en") for each in propose(text)]
    assert worded == ["[Person 1]", "[Person 2]", "[Person 1]", "[Person 1]", "[Person 3]"]
    two = "Bà Nguyễn Thị Lành và bà Trần Thị Lành cãi nhau; bà Lành bỏ về."
    assert len({each.replacement for each in propose(two)}) == 3  # nobody can tell which


def test_pseudonyms_stay_from_text_to_text() -> None:
    """What was given once is given again; new names never take a name in use."""
    first = propose("Chị Hoa gặp anh Tâm.")
    known = pseudonyms(first, {"lanh": "[Person 1]"}, "en")
    assert known == {"lanh": "[Person 1]", "hoa": "[Person 2]", "tam": "[Person 3]"}
    text = "Anh Tâm đưa bà Lành và anh Khoa về."
    blocked, _ = apply(text, propose(text), known, "en")
    assert blocked == "Anh [Person 3] đưa bà [Person 1] và anh [Person 4] về."


def test_names_that_somebody_marked_are_found_again() -> None:
    """Several words in any spelling; one word only as a name is written."""
    text = "xíu và Xíu; PHAN THI XOAI, phan thị xoài; xoài chín"
    found = [each.text for each in propose(text, ["Phan Thị Xoài", "Xíu", " "])]
    assert found == ["Xíu", "PHAN THI XOAI", "phan thị xoài"]


@given(st.lists(st.sampled_from([unmarked(line)[0] for line in MARKED]), max_size=4), st.data())
def test_what_was_not_accepted_stays_to_the_letter(lines: list[str], data: st.DataObject) -> None:
    """Pieces lie where the map says, nothing else moves, and no accepted detail is left."""
    text = "\n".join(lines)
    proposals = propose(text)
    assert all(a.end <= b.start for a, b in pairwise(proposals))
    assert all(text[each.start : each.end] == each.text for each in proposals)
    accepted = [each for each in proposals if data.draw(st.booleans())]
    blocked, moved = apply(text, accepted, {}, "en")
    assert len(moved) == len(accepted)
    old = new = 0
    for old_start, old_end, new_start, new_end in moved:
        assert text[old:old_start] == blocked[new:new_start]
        assert re.fullmatch(r"\[[^\]]+\]", blocked[new_start:new_end])
        old, new = old_end, new_end
    assert text[old:] == blocked[new:]
    if len(accepted) == len(proposals):
        assert {each.kind for each in propose(blocked)} <= {"name", "address"}


def test_a_rare_work_in_a_small_place_is_warned_of() -> None:
    """Without a name, few are meant; in a city or with a frequent work nobody is."""
    warned = residual("Tôi là già làng. Bác trưởng thôn Phước Thuận kể. Y sĩ ở xã Sông An nghe.")
    assert [each.fields["work"] for each in warned] == ["trưởng thôn", "Y sĩ"]
    assert not residual("Nông dân ở xã Sông An. Bác sĩ ở thành phố. Bác sĩ nói. Xã Sông An xa.")
