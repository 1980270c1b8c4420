"""Every canvas can be printed: one page, all words, nothing that does not fit."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from vuon.documents import typesetting
from vuon_web.activities import canvas, catalogue
from vuon_web.activities.card import KINDS, Card, Text

CARDS = list(catalogue.load())
WORDS = {card.key: card for card in CARDS}


def page(made: bytes) -> Any:
    pages = PdfReader(io.BytesIO(made)).pages
    assert len(pages) == 1
    return pages[0]


def letters(text: str) -> str:
    """The letters and digits only: signs are drawn, and spaces move at the end of a line."""
    return "".join(sign for sign in text if sign.isalnum())


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.key)
def test_a_sheet_holds_all_its_words_on_one_page(card: Card, language: str) -> None:
    sheet = page(canvas.pdf(card, language))
    text = letters(sheet.extract_text())
    guide = card.guide(language)
    told = [guide.title, guide.purpose, guide.artefact, guide.learning, *guide.steps]
    told += [cell.title.say(language) for cell in card.canvas.cells]
    told += [part.say(language) for cell in card.canvas.cells for part in cell.parts]
    missing = [words for words in told if letters(words) not in text]
    assert not missing
    assert letters(canvas.code(card, language, "A4")) in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_text_beside_the_board_has_room_for_itself(language: str) -> None:
    # A3 is 1.4 times as wide and sets its text 1.3 times as large: what fits A4 fits it too.
    for card in CARDS:
        if not card.canvas.landscape:
            continue
        asked = typst.Compiler(
            str(canvas.TEMPLATE),
            font_paths=typesetting.fonts(),
            ignore_system_fonts=True,
            sys_inputs={"content": json.dumps(canvas.content(card, language))},
        )
        room = json.loads(asked.query("<side>", field="value"))[0]
        assert room["needed"] <= room["given"], card.key


@pytest.mark.parametrize(("size", "short"), [("A4", 210), ("A3", 297)])
def test_the_paper_has_the_size_and_lies_as_the_card_says(size: str, short: int) -> None:
    for key in ("journey-strip", "pilot-page"):
        box = page(canvas.pdf(WORDS[key], "vi", size)).mediabox
        width, height = (round(float(side) * 25.4 / 72) for side in (box.width, box.height))
        assert min(width, height) == short
        assert (width > height) == WORDS[key].canvas.landscape


def test_every_drawing_is_used_and_drawn() -> None:
    used = {cell.kind for card in CARDS for cell in card.canvas.cells}
    assert used == KINDS
    source = (canvas.PAPER / "cells.typ").read_text(encoding="utf-8")
    drawn = set(re.findall(r"^  (\w+): \w+,$", source, re.MULTILINE))
    assert drawn == KINDS
    manual = Path(__file__).resolve().parents[2] / "docs" / "reference" / "activities.md"
    told = re.findall(r"`([a-z]+)`", manual.read_text(encoding="utf-8"))
    assert set(told) >= KINDS


def test_tasks_that_differ_have_papers_that_differ() -> None:
    kinds = {
        key: WORDS[key].canvas.cells[0].kind
        for key in ("journey-strip", "idea-card", "loop-sketch", "two-stocks", "two-by-two")
    }
    assert len(set(kinds.values())) == len(kinds)


def test_the_code_leads_to_the_address_or_names_the_sheet_and_nobody() -> None:
    card = WORDS["clinic"]
    assert canvas.code(card, "vi", "A3") == "VUON:CLINIC:VI:A3"
    named = canvas.content(card, "vi", "A3")
    led = canvas.content(card, "vi", "A3", address="http://192.168.1.7:8000/x/clinic/")
    assert named["qr"] != led["qr"]
    assert page(canvas.pdf(card, "vi", address="http://192.168.1.7:8000/x/clinic/"))


def test_practice_and_example_labs_are_marked() -> None:
    card = WORDS["clinic"]
    assert "TẬP DƯỢT" in page(canvas.pdf(card, "vi", watermark="TẬP DƯỢT")).extract_text()
    assert "TẬP DƯỢT" not in page(canvas.pdf(card, "vi")).extract_text()


def test_words_on_a_card_are_never_markup() -> None:
    hostile = r'#panic("x") $ \ ] [ *b* `c` <a> @b'
    card = WORDS["clinic"]
    cell = dataclasses.replace(card.canvas.cells[0], title=Text(hostile, hostile))
    changed = dataclasses.replace(
        card,
        vi=dataclasses.replace(card.vi, title=hostile, example=hostile),
        canvas=dataclasses.replace(card.canvas, cells=(cell,)),
    )
    text = "".join(page(canvas.pdf(changed, "vi")).extract_text().split())
    assert text.count("".join(hostile.split())) == 3


@pytest.mark.parametrize(("language", "size"), [("fr", "A4"), ("vi", "A5"), ("vi", "a4")])
def test_unknown_paper_and_languages_are_refused(language: str, size: str) -> None:
    with pytest.raises(ValueError):
        canvas.pdf(WORDS["clinic"], language, size)
