"""Edits: only the edited answer changes, and what a person wrote comes back."""

from __future__ import annotations

import difflib

import pytest

from vuon.challenges.document import Document
from vuon.challenges.edit import add_group, set_answer, set_tags
from vuon.challenges.markdown import read, write
from vuon.challenges.plan import LearningQuestion, Plan, closing_from, new, propose_pairs


def changed(before: Document, after: Document) -> list[str]:
    lines = difflib.ndiff(write(before).split("\n"), write(after).split("\n"))
    return [line for line in lines if line[0] in "+-" and line[2:].strip()]


def test_only_the_lines_of_the_answer_change() -> None:
    plan = set_answer(new("opening", "Queues", "en"), "background#1", "Old words.\n\nTwo lines.")
    assert changed(plan, set_answer(plan, "background#1", "New words.\n\nTwo lines.")) == [
        "- Old words.",
        "+ New words.",
    ]


def test_lines_that_would_mean_something_are_escaped_readably() -> None:
    text = '> quoted\n## Partners\n[[year:2020]]\n<div class="group">\n&amp; <b>'
    plan = set_answer(new("opening", "Queues", "en"), "challenge#1", text)
    assert plan.answer("challenge#1").text == text
    assert r"\## Partners" in write(plan)
    assert r"\> quoted" in write(plan)
    assert len(plan.sections) == 6


def test_a_link_that_stays_keeps_its_line_and_pictures_are_never_lost() -> None:
    body = (
        "# A\n\n[[type:experiment]]\n\n## Design\n\n> Please upload any supporting links\n"
        "[https://example.org/?a&amp;b](https://example.org/?a&amp;b)\n\n\n"
        "![Missing alt text](https://example.org/a.png)\n\n"
    )
    document = read(body.encode(), "a.md")
    edited = set_answer(document, "design_links#1", "See\nhttps://example.org/?a&b")
    assert "\n[https://example.org/?a&amp;b](https://example.org/?a&amp;b)\n" in write(edited)
    assert edited.answer("design_links#1").images == ("https://example.org/a.png",)


def test_a_lost_single_choice_can_be_filled_in() -> None:
    plan = set_tags(new("opening", "Queues", "en"), "made_with", [])
    assert plan.answer("partner_new#1").lost_at_source
    plan = set_answer(plan, "partner_new#1", choices=["Yes"])
    answer = plan.answer("partner_new#1")
    assert (answer.choices, answer.lost_at_source) == (("Yes",), False)
    assert "\n- Yes\n" in write(plan)
    assert set_answer(plan, "partner_new#1", choices=[]).answer("partner_new#1").choices == ()


def test_the_same_text_again_changes_nothing_and_an_unknown_key_is_refused() -> None:
    plan = set_answer(new("opening", "Queues", "en"), "value#1", "Calm")
    assert set_answer(plan, "value#1", " Calm\r\n") is plan
    with pytest.raises(KeyError):
        set_answer(plan, "value#2", "Calm")


def test_tags_stand_in_the_order_of_the_exporter() -> None:
    plan = new("opening", "Queues", "vi", year=2026)
    for key, values in (("country", ["Viet Nam"]), ("sdgs", ["8. X"]), ("datasources", ["a", "b"])):
        plan = set_tags(plan, key, values)
    assert write(plan).split("## ")[0] == (
        "# Queues\n\n[[year:2026]]\n\n[[type:learningplan]]\n\n"
        "[[datasources:a]]\n[[datasources:b]]\n[[language:vi]]\n[[made_with:vuon]]\n[[sdgs:8. X]]\n"
        "[[country:Viet Nam]]\n"
    )
    assert changed(plan, set_tags(plan, "datasources", ["a", "c"])) == [
        "- [[datasources:b]]",
        "+ [[datasources:c]]",
    ]
    with pytest.raises(ValueError, match="key"):
        set_tags(plan, "Not a key", ["x"])


def test_more_evidence_partners_and_questions() -> None:
    plan = new("opening", "Queues", "en")
    plan = add_group(plan, "quantitative_evidence")
    plan = add_group(plan, "partners")
    plan = add_group(plan, "learning_question")
    plan = set_answer(plan, "quantitative_evidence#2", "57%")
    plan = set_answer(plan, "partner_name#2", "Sở Nội vụ")
    plan = set_answer(plan, "learning_question#2", "Vì sao người dân bỏ dở?")
    plan = set_answer(plan, "stages#2", choices=["Sense"])
    seen = Plan.from_document(plan)
    assert [answer.group for answer in seen.quantitative_evidence] == [2]
    assert [partner.name for partner in seen.partners] == ["Sở Nội vụ"]
    assert seen.questions == (
        LearningQuestion("learning_question#2", "Vì sao người dân bỏ dở?", ("Sense",), "", ""),
    )
    with pytest.raises(ValueError, match="repeat"):
        add_group(plan, "background")


@pytest.mark.parametrize("form", ["opening", "closing", "closing-2021", "experiment"])
def test_a_new_document_asks_everything_its_form_asks(form: str) -> None:
    document = new(form, "Hàng chờ: <b>2 < 3</b> &amp;", "vi")
    assert document.title == "Hàng chờ: <b>2 < 3</b> &amp;"
    assert document.form.startswith(form.split("-")[0])
    assert all(issue.severity != "repaired" for issue in document.issues)
    assert not any(answer.prompt_id == "free" for answer in document.every_answer)


def test_the_closing_form_carries_partners_over_and_nothing_else() -> None:
    opening = set_tags(new("opening", "Queues", "en"), "country", ["Viet Nam"])
    opening = add_group(opening, "partners")
    opening = set_answer(opening, "partner_name#1", "Sở A")
    opening = set_answer(opening, "partner_name#2", "Sở B")
    opening = set_answer(opening, "background#1", "Long ago")
    closing = closing_from(opening, "en")
    assert (closing.kind, closing.title) == ("closing", "Closing form: Queues")
    assert [a.text for a in closing.every_answer if a.is_given] == ["Sở A", "Sở B"]
    assert closing.tag_values("country") == ("Viet Nam",)


def test_openings_and_closings_are_paired_by_title_and_country() -> None:
    def titled(form: str, title: str, country: str) -> Document:
        return set_tags(new(form, title, "en"), "country", [country])

    opening = titled("opening", "Shorter queues at the one-stop shop", "Vietnam")
    closing = titled("closing", "Closing of: Shorter Queues at the One-Stop Shop", "Viet Nam")
    elsewhere = titled("closing", "Closing form - Shorter queues at the one-stop shop", "Togo")
    (pair,) = propose_pairs([closing, elsewhere, opening, titled("opening", "Waste", "Togo")])
    assert (pair.opening, pair.closing, pair.likeness) == (opening, closing, 1.0)
