"""From the work to the values of a paper: sources travel along, few people are never counted out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon.cases import own
from vuon.cases.desk import Fact, fields, fill, has_figure, template
from vuon.cases.desk_templates import phrases
from vuon.cases.own import Typed
from vuon.cases.work import FEW, Held, Quoted, Timed, Work, plain, told
from vuon.challenges.readiness import Frame, Route
from vuon.errors import VuonError
from vuon.evidence.observation import Figure
from vuon.evidence.thread import Level
from vuon.ideas.file import read

DAY = date(2026, 11, 26)
PAPER = template("to-trinh", "A", DAY)
ENGLISH = template("one-page-en", "A", DAY)
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).map(
    str.strip
)


def test_both_languages_have_the_same_phrases() -> None:
    assert set(phrases()["vi"]) == set(phrases()["en"])


@given(st.integers(0, 12), st.integers(0, 12))
def test_a_few_people_of_one_kind_are_never_counted_out(residents: int, officials: int) -> None:
    held = Held("finding:1", "Chờ lâu", residents=residents, officials=officials)
    lines = told(Work(findings=(held,)), PAPER, DAY).values.get("figures", ())
    if not residents + officials:
        assert not lines
        return
    ((fact,),) = lines  # type: ignore[misc]
    assert isinstance(fact, Fact) and fact.light == "said"
    counted = f"{fact.text} {fact.source}"
    for n, word in ((residents, "người dân"), (officials, "cán bộ")):
        assert n >= FEW or f"{n} {word}" not in counted or n == 0


def test_an_assumption_is_no_figure() -> None:
    held = Held("finding:1", "Chờ lâu", level=Level.ASSUMED, residents=4)
    assert "figures" not in told(Work(findings=(held,)), PAPER, DAY).values


def test_what_is_printed_leads_back_to_its_evidence() -> None:
    work = Work(
        findings=(Held("finding:1", "Thiếu giấy.", residents=4),),
        sheets=(Timed("observation:1", "Sáng", DAY, "", (Figure("wait", "", 9, 35.0, 71.5),)),),
        quotes=(Quoted("passage:1", "lâu lắm", "resident", DAY),),
    )
    found = told(work, PAPER, DAY)
    assert found.rests["figures"] == ("observation:1", "finding:1", "passage:1")
    text = plain(found.values["figures"])
    assert [found.ref_of(line) for line in text.splitlines()] == list(found.rests["figures"])
    assert "71,5 phút" in text
    assert "71.5 minutes" in plain(told(work, ENGLISH, DAY).values["figures"])


def test_what_an_idea_costs_is_an_estimate_of_the_team() -> None:
    idea = read('format = 1\nkey = "a"\nname = "Phiếu"\n[cost]\nmillion_dong = 8\n')
    values = told(Work(ideas=(idea,)), PAPER, DAY).values
    money = values["money"]
    assert isinstance(money, Fact) and money.light == "assumed" and "8 triệu" in money.text
    filled = fill(PAPER, values, day=DAY)
    assert not filled.unsourced and filled.weak
    assert "options" in [each.field for each in filled.missing]  # nobody said for and against


@given(
    st.dictionaries(
        st.sampled_from(list(fields())),
        st.builds(
            Typed,
            TEXT.filter(bool),
            TEXT | st.just(""),
            st.sampled_from(("measured", "said", "assumed")),
        ),
    )
)
def test_what_was_typed_is_read_back(typed: dict[str, Typed]) -> None:
    assert own.read(own.write(typed)) == typed


@given(
    st.integers(1, 999),
    st.sampled_from([n for n in PAPER.fields if not (fields()[n].names or fields()[n].decides)]),
)
def test_a_typed_figure_has_a_footnote_or_stands_on_the_slip(number: int, name: str) -> None:
    text = f"giảm {number} hồ sơ"
    assert has_figure(text)
    without = fill(PAPER, {name: own.value(Typed(text), name, PAPER)}, day=DAY)
    assert without.unsourced == (text,) and not without.footnotes
    with_source = fill(PAPER, {name: own.value(Typed(text, "Sổ"), name, PAPER)}, day=DAY)
    assert not with_source.unsourced and with_source.footnotes == 1


def test_a_field_of_no_paper_is_refused_with_its_line() -> None:
    with pytest.raises(VuonError, match=r"paper\.toml:\d+"):
        own.read('format = 1\n[[field]]\nkey = "wages"\ntext = "x"\n')


def test_the_frame_fills_even_a_task_without_route_or_idea() -> None:
    frame = Frame(sentence="Chờ lâu.", question="Ở bước nào?", route=Route(""))
    paper = template("one-page", "", DAY)
    values = told(Work(title="Chờ lâu", frame=frame), paper, DAY).values
    assert values["problem"] == "Chờ lâu." and "ở bước nào?" in str(values["request"])
