"""Practice places: what is read, what is refused and where, and beans that add up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.practice import Place, read, spread

SONG_AN = Path(__file__).parents[2] / "places" / "song-an"
SHIPPED = read(SONG_AN)


@pytest.fixture
def place() -> Place:
    return SHIPPED


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """A copy of the shipped place with one passage changed."""
    folder = tmp_path / "song-an"
    shutil.copytree(SONG_AN, folder)
    text = (folder / "place.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "place.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def refused(folder: Path) -> VuonError:
    with pytest.raises(VuonError) as caught:
        read(folder)
    return caught.value


def test_the_shipped_place_is_read(place: Place) -> None:
    assert place.key == "song-an"
    assert [cause.key for cause in place.causes] == ["words", "data", "load", "extra"]
    assert place.beans == 20
    assert [scene.key for scene in place.scenes] == ["morning", "voices", "letter"]


def test_its_figures_agree_with_what_the_first_screen_says(place: Place) -> None:
    """Four in ten come back before they finish."""
    assert round(place.opening.returned / 10) == 4


def test_the_superior_favours_more_counters(place: Place) -> None:
    assert place.letter.favours == "load"
    assert "quầy" in place.letter.text.vi
    assert "counter" in place.letter.text.en


def test_the_voices_name_no_cause(place: Place) -> None:
    """What is heard at the start points nowhere: no title of a cause is in it."""
    said = " ".join(voice.says.vi for voice in place.voices).lower()
    for cause in place.causes:
        assert cause.title.vi.lower() not in said


@pytest.mark.parametrize(
    ("old", "new", "code", "named"),
    [
        ("beans = 20", "", "table.missing", "beans"),
        ("beans = 20", 'beans = "many"', "table.kind", "beans"),
        ("beans = 20", "beans = 0", "table.kind", "beans"),
        ("beans = 20", "beans = true", "table.kind", "beans"),
        ("beans = 20", "beans = 20\npeas = 3", "table.unknown", "peas"),
        ("format = 2", "format = 9", "place.format", "format"),
        ("finished = 38", "finished = 40", "place.whole", "102"),
        ('favours = "load"', 'favours = "laziness"', "table.name", "laziness"),
        ("prior = 0.35", "prior = 0.45", "place.whole", "1.1"),
        ('key = "data"', 'key = "words"', "table.twice", "words"),
        ('key = "morning"', 'key = "evening"', "place.scenes", "morning"),
        ("order = 1", 'order = "first"', "table.kind", "order"),
        (
            "finished = 38",
            'words = { back = { vi = "a", en = "b" } }\nfinished = 38',
            "table.unknown",
            "back",
        ),
        ('en = "The counters are too crowded"', "", "table.translation", "cause[3].title"),
        ('en = "The counters are too crowded"', 'en = " "', "table.translation", "en"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, code: str, named: str) -> None:
    error = refused(changed(tmp_path, old, new))
    assert error.code == code
    assert named in error.say("en")
    assert error.where.file == "song-an/place.toml"
    assert error.where.line > 0


def test_broken_syntax_points_at_the_line(tmp_path: Path) -> None:
    error = refused(changed(tmp_path, "beans = 20", "beans = = 20"))
    assert error.code == "toml.syntax"
    assert error.where.line == 4


def test_a_folder_without_a_place(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "place.no_place"


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_beans_are_taken_exactly_when_all_are_laid(counts: list[int]) -> None:
    place = SHIPPED
    beans = dict(zip((cause.key for cause in place.causes), counts, strict=True))
    if sum(counts) == place.beans:
        laid = spread(place, beans)
        assert dict(laid.beans) == beans
        assert sum(laid.share(key) for key in beans) == pytest.approx(1)
    else:
        with pytest.raises(VuonError) as caught:
            spread(place, beans)
        assert caught.value.code == ("beans.left" if sum(counts) < place.beans else "beans.over")
        assert str(abs(place.beans - sum(counts))) in caught.value.say("vi")


def test_beans_on_what_is_not_there(place: Place) -> None:
    with pytest.raises(VuonError) as caught:
        spread(place, {"words": 21, "load": -1})
    assert caught.value.code == "beans.negative"
    with pytest.raises(VuonError) as caught:
        spread(place, {"laziness": 20})
    assert caught.value.code == "beans.cause"
