"""The stopwatch sheet: nothing dropped in silence, cut-off times counted, cells guarded."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.evidence.observation import FEW, Figure, Row, Sheet, observations, read, summary, write

NINE = datetime(2026, 8, 3, 9)
HEAD = "sitting,ticket,group,arrived,called,done,left,reason,open_desks"


def at(minutes: float | None) -> datetime | None:
    """So many minutes after nine."""
    return None if minutes is None else NINE + timedelta(minutes=minutes)


def row(ticket: int, arrived: float | None, called: float | None = None, done: float | None = None,
        left: float | None = None, group: str = "land") -> Row:  # fmt: skip
    """One person at the counter for land."""
    return Row("s1", str(ticket), group, at(arrived), at(called), at(done), at(left))


def test_every_wrong_row_is_set_aside_with_its_line_and_reason() -> None:
    """Rows and problems together are the file."""
    wrong = [
        "s1,2,a,2026-08-03T09:00,2026-08-03T08:59,,,,",
        "s1,3,a,2026-08-03T09:00,2026-08-03T21:01,,,,",
        "s1,4,a,nine o'clock,,,,,",
        "s1,5,a,2026-08-03,,,,,",
        "s1,6,a,,,,,gone,2",
        "s1,7,a,2026-08-03T09:00,,,,,many",
        "s1,1,a,2026-08-03T09:00,,,,,",
        "s1,8,a,2026-08-03T09:00+07:00,,,,,",
        "s1,9,a,2026-08-03T09:00,2026-08-03T09:10,2026-08-03T09:20,2026-08-03T09:15,,",
        "s1,10,a,2026-08-03T09:00,,,,,,more",
    ]
    good = '"s1",1,"two\nlines",2026-08-03 09:00:05,2026-08-03T09:10,,,,3'
    sheet = read(
        "\n".join([HEAD, good, *wrong, "", good.replace("1,", "11,", 1)[:-1]]), "counter.csv"
    )
    assert len(sheet.problems) == len(wrong)
    assert [each.line for each in sheet.problems] == list(range(4, 4 + len(wrong)))
    reasons = [each.why.say("en") for each in sheet.problems]
    for reason, part in zip(
        reasons,
        ("order", "12 hours", "no time;", "no time;", "no time.", "open desks", "twice", "time zone",
         "order", "more cells"),
        strict=True,
    ):  # fmt: skip
        assert part in reason
    assert sheet.problems[0].cells[3] == "2026-08-03T09:00"


def test_a_sheet_without_its_columns_is_refused_with_their_names() -> None:
    """And one with semicolons, as offices here save it, is read."""
    with pytest.raises(VuonError, match=r"counter.csv:1: .*called, done"):
        read("sitting,ticket,arrived\n", "counter.csv")
    text = write([row(1, 0, 10, 20)])
    assert read(text.replace(",", ";")).rows == read("\ufeff" + text).rows == (row(1, 0, 10, 20),)


def test_waits_services_and_who_was_cut_off() -> None:
    """By hand: six called after 0, 10 … 50 minutes; two gave up; one waits and one is served yet."""
    rows = [row(n, 0, n * 10, n * 10 + 5) for n in range(6)]
    rows += [row(10, 0, left=30), row(11, 5, left=65), row(12, 40), row(13, None, 60)]
    wait, service = summary(Sheet(tuple(rows)))[:2]
    assert wait == Figure("wait", "", 6, 25, 45, gave_up=2, censored=1)
    assert service == Figure("service", "", 6, 5, 5, gave_up=0, censored=1)
    by_quantity = {each.quantity: each for each in observations(Sheet(tuple(rows)))}
    assert by_quantity["wait"].values == (0, 10, 20, 30, 40, 50)
    assert by_quantity["wait"].censored == (30, 60, 25)  # the watching ended 65 minutes after nine
    assert by_quantity["patience"].values == (30, 60)
    assert by_quantity["service"].censored == (5,)
    assert by_quantity["service"].n == 6
    assert {each.source for each in by_quantity.values()} == {"stopwatch"}


def test_of_few_only_their_number_is_told() -> None:
    """Four people of a group could be recognised by their times."""
    rows = [row(n, 0, n, n + 1, group="rare") for n in range(FEW - 1)]
    rows += [row(n, 0, n, n + 1) for n in range(10, 10 + FEW)]
    figures = {(each.quantity, each.group): each for each in summary(Sheet(tuple(rows)))}
    assert figures["wait", "rare"] == Figure("wait", "rare", FEW - 1)
    assert figures["wait", "land"].median == 12
    assert figures["wait", ""].n == 2 * FEW - 1


text = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=8).map(str.strip)
cells = st.one_of(
    text, st.sampled_from(("=1+1", "+84", "-2", "@a", "'=x", "''", "'", '"', "a,b;c"))
)
times = st.one_of(st.none(), st.integers(0, 43_000))


@given(st.lists(st.tuples(cells, cells, cells, times, times, times, times), max_size=6))
def test_what_is_written_is_read_back(
    drawn: list[tuple[str, str, str, *tuple[int | None, ...]]],
) -> None:
    """Any words, any times in order; and no cell begins with what a spreadsheet runs."""
    rows = []
    for number, (sitting, group, reason, *seconds) in enumerate(drawn):
        seen = iter(sorted(each for each in seconds if each is not None))
        ordered = [
            None if each is None else NINE + timedelta(seconds=next(seen)) for each in seconds
        ]
        if any(ordered):
            rows.append(
                Row(sitting, str(number), group, *ordered, reason=reason, open_desks=number)
            )
    written = write(rows)
    assert read(written) == Sheet(tuple(rows))
    assert not {cell[:1] for cell in written.replace('"', "").split(",")} & set("=+@")
    summary(read(written))
    observations(read(written))
