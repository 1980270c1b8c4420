"""The catalogue of activities: complete in both languages, and exact about what is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from vuon.challenges.calls import Calls, vocabulary
from vuon.challenges.programme import STAGES, propose
from vuon.errors import VuonError
from vuon_web.activities import catalogue
from vuon_web.activities.card import Card

SHIPPED = catalogue.load()

#: Words that no participant's card may use (the glossary and the look say which to use).
JARGON = ("hộp cát", "sandbox", "insight", "ideate", "nhà vô địch", "khách hàng", "đã chứng minh")


def every_word(card: Card, language: str) -> list[str]:
    guide = card.guide(language)
    words = [guide.title, guide.purpose, guide.example, guide.artefact, guide.learning]
    words += [*guide.you_need, *guide.steps]
    for cell in card.canvas.cells:
        words += [text.say(language) for text in (cell.title, cell.hint, *cell.parts)]
    return words


def test_every_stage_has_activities_and_they_stand_in_order() -> None:
    stages = [card.stage for card in SHIPPED]
    assert set(stages) == set(STAGES)
    assert stages == sorted(stages, key=STAGES.index)


def test_every_need_a_plan_can_call_is_served() -> None:
    assert {need for card in SHIPPED for need in card.serves} == vocabulary().needs


def test_who_sees_what_opens_and_the_next_step_closes() -> None:
    keys = [step.card for step in propose(Calls(methods=("Pilots",)), catalogue.serves()).steps]
    assert (keys[0], keys[-1]) == ("who-sees-what", "next-step")


@pytest.mark.parametrize("card", SHIPPED, ids=lambda card: card.key)
def test_words_are_plain_and_the_languages_are_not_the_same(card: Card) -> None:
    for vi, en in zip(every_word(card, "vi"), every_word(card, "en"), strict=False):
        assert vi != en or not vi
    told = " ".join(every_word(card, "vi") + every_word(card, "en")).casefold()
    found = [word for word in JARGON if word in told]
    assert not found
    assert card.vi.purpose.endswith(".") and card.en.purpose.endswith(".")


def broken(tmp_path: Path, name: str, old: str, new: str) -> Path:
    for card in SHIPPED:
        source = (catalogue.CARDS / f"{card.key}.toml").read_text(encoding="utf-8")
        if card.key == name:
            assert old in source
            source = source.replace(old, new, 1)
        (tmp_path / f"{card.key}.toml").write_text(source, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("signals", 'stage = "futures"', 'stage = "future"', "card.stage"),
        ("signals", 'stage = "futures"', "stage = futures", "toml.syntax"),
        ("signals", 'key = "signals"', 'key = "signal"', "card.key"),
        ("signals", "minutes = 30", "minutes = 90", "card.minutes"),
        ("signals", "minutes = 30", "minuten = 30", "card.field"),
        ("signals", '["signals", "exploring"]', '["sgnals"]', "card.serves"),
        ("signals", 'after = ["challenge-sentence"]', 'after = ["x"]', "card.relation"),
        ("signals", 'after = ["challenge-sentence"]', 'after = ["two-by-two"]', "card.circle"),
        ("signals", 'title = "Six small signals"', 'title = ""', "card.words"),
        ("signals", 'kind = "notes"', 'kind = "stickers"', "card.canvas"),
        ("signals", "area = [1, 1, 12, 10]", "area = [1, 1, 13, 10]", "card.canvas"),
        ("signals", "area = [1, 11, 12, 2]", "area = [1, 10, 12, 3]", "card.canvas"),
    ],
)
def test_a_broken_card_is_refused_with_its_place(
    tmp_path: Path, name: str, old: str, new: str, code: str
) -> None:
    with pytest.raises(VuonError) as refused:
        catalogue.load(broken(tmp_path, name, old, new))
    error = refused.value
    assert error.code == code
    assert error.where.file == f"{name}.toml"
    assert new in error.where.text
    assert error.where.line > 0
    assert error.do.say("en")


def test_before_is_the_other_side_of_after() -> None:
    assert "practice-song-an" in SHIPPED.card("challenge-sentence").after
