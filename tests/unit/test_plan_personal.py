"""Personal data: dropped everywhere, and nothing else."""

from __future__ import annotations

import json
import re

import pytest

from vuon.challenges.markdown import read, to_json, write
from vuon.challenges.personal import drop_personal

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def dropped(text: str) -> str:
    document = drop_personal(read(text.encode(), "a.md"))
    everything = json.dumps(to_json(document), ensure_ascii=False) + str(document.sections)
    assert not ADDRESS.search(everything)
    assert drop_personal(document) == document
    return write(document)


def test_tags_of_persons_leave_a_mark_and_all_other_lines_stay() -> None:
    text = (
        "# A\n\n[[focal_point:a.b@example.org]]\n\n[[type:solution]]\n\n[[sdgs:1. No poverty]]\n"
        "[[gender:female]]\n[[consent:https://example.org/signed.pdf]]\n\n> Note\n\nKept.\n"
    )
    assert dropped(text) == (
        "# A\n\n[[focal_point:(removed)]]\n\n[[type:solution]]\n\n[[sdgs:1. No poverty]]\n"
        "[[gender:(removed)]]\n[[consent:(removed)]]\n\n> Note\n\nKept.\n"
    )


@pytest.mark.parametrize(
    "hidden",
    [
        "a.b+c@example.org",
        "a&#64;example.org",
        "a&amp;#x40;example.org",
        "mailto:a@example.org",
        "a%40example.org",
        "a (at) example.org",
        "a<b>@</b>example.org",
        "a@exam\u200bple.org",
        "nguyễn.văn@ví-dụ.example.org",
        "[a@example.org](mailto:a@example.org)",
    ],
)
def test_no_address_stays_in_raw_or_shown_text(hidden: str) -> None:
    text = f"# A\n\n[[type:solution]]\n\n> Note\n\nWrite to {hidden} today.\n"
    kept = dropped(text)
    assert "example.org" not in kept
    assert "today." in kept


def test_answers_about_persons_are_dropped_and_known_as_dropped() -> None:
    text = (
        "# A\n\n[[type:experiment]]\n\n## Overview\n\n> Prepared by (Name of the experimenter)\n\n"
        "Nguyễn Thị A\n\n> On date (Day/Month/Year)\n\n2026-01-02\n"
    )
    document = drop_personal(read(text.encode(), "a.md"))
    answer = document.answer("prepared_by#1")
    assert (answer.text, answer.dropped, answer.is_given) == ("", True, False)
    assert document.answer("date#1").text == "2026-01-02"
    assert "Nguyễn" not in json.dumps(to_json(document), ensure_ascii=False)


def test_numbers_that_say_they_are_telephones_go_and_statistics_stay() -> None:
    text = "# A\n\n[[type:solution]]\n\n> Note\n\n{}\n"
    for phone in (
        "Tel: +84 24 1234 5678",
        "ĐT 0912 345 678",
        "+84912345678",
        "Phone: (024) 3825-1234",
    ):
        assert "number removed" in dropped(text.format(phone)), phone
    for figure in ("2 300 000 000 VND in 2020-2021", "16.64218260604241,106.3009", "1.000.000.000"):
        assert dropped(text.format(figure)) == text.format(figure)


def test_maps_handles_and_papers_are_no_addresses() -> None:
    text = (
        "# A\n\n[[type:solution]]\n\n> Note\n\nmaps/@16.4,107.5 @handle https://m.example/@lab/x\n"
    )
    assert dropped(text) == text


def test_an_account_in_the_path_of_a_computer_goes() -> None:
    text = "# A\n\n[[type:solution]]\n\n> Note\n\nfile:///Users/a.person/x.pdf https://e.org/home/blog/y\n"
    assert "file:///Users/removed/x.pdf https://e.org/home/blog/y" in dropped(text)
