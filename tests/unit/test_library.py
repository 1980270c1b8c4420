"""The library: found with and without marks, narrowed, never more than what may be kept."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuon.cases.library import Library, build
from vuon.challenges import plan
from vuon.challenges.edit import set_answer
from vuon.challenges.markdown import write
from vuon.cli import main
from vuon.errors import VuonError

COMMONS = Path(__file__).resolve().parents[3] / "shared" / "data" / "commons"
ADDRESS = re.compile(rb"[\w.+-]+@[\w-]+\.[\w.-]+")


def document(title: str, surprised: str, *tags: str) -> bytes:
    """An experiment in the form of the Commons, with somebody's address in it."""
    made = set_answer(plan.new("experiment", title, "en", year=2024), "surprised#1", surprised)
    head = "".join(f"[[{tag}]]\n\n" for tag in ("focal_point:somebody@example.org", *tags))
    return write(made).replace("[[type:experiment]]", f"{head}[[type:experiment]]").encode()


LOT = ("assignment_type:Random assignment", "control_group:Yes, a different control group")
DOCUMENTS = [
    (
        "dien.md",
        document("Điện thoại ở quầy", "Đường dây nóng giúp bớt đi lại.", "country:Vietnam"),
    ),
    (
        "dien2.md",
        document("Diễn đàn của phường", "Họp một lần.", "country:Vietnam", "methods:Pilots"),
    ),
    ("bus.md", document("Bus lane", "People were on time at the counter.", "country:Kenya", *LOT)),
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    path = tmp_path / "library.sqlite3"
    assert build(path, DOCUMENTS) == 3
    found = Library(path)
    yield found
    found.close()


def names(library: Library, query: str, **chosen: str) -> list[str]:
    return [hit.name for hit in library.search(query, chosen).hits]


def test_marks_and_the_bar_of_d_are_not_needed_and_rank_where_they_are_typed(
    library: Library,
) -> None:
    assert names(library, "duong day nong") == ["dien.md"]
    assert set(names(library, "dien")) == {"dien.md", "dien2.md"}
    assert names(library, "điện")[0] == "dien.md"
    assert names(library, "DIỄN")[0] == "dien2.md"
    assert library.search("điện").hits[0].exact


def test_all_words_first_then_any_of_them(library: Library) -> None:
    found = library.search("counter quầy")
    assert found.loosened and {hit.name for hit in found.hits} == {"bus.md", "dien.md"}
    assert not library.search("bus").loosened


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_no_sign_of_a_query_language_leaks(
    tmp_path_factory: pytest.TempPathFactory, query: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "signs.sqlite3"
    if not path.exists():
        build(path, DOCUMENTS)
    library = Library(path)
    for each in (query, f'{query}" OR "bus', f"title_f:{query}*", f"NEAR({query})"):
        library.search(each)
    library.close()


def test_it_is_narrowed_by_facets(library: Library) -> None:
    assert set(names(library, "", country="Viet Nam")) == {"dien.md", "dien2.md"}
    assert names(library, "", country="Viet Nam", method="Pilots") == ["dien2.md"]
    assert names(library, "counter", country="Viet Nam") == []
    assert dict(library.values("country"))["Viet Nam"] == 2
    assert sum(n for _value, n in library.values("strength")) == 3


def test_what_was_learned_is_shown_and_no_address_is_kept(library: Library, tmp_path: Path) -> None:
    assert library.search("bus").hits[0].learned == "People were on time at the counter."
    assert not ADDRESS.search((tmp_path / "library.sqlite3").read_bytes())


def test_a_file_that_is_no_library_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VuonError, match="no library here"):
        Library(tmp_path / "none.sqlite3")
    sqlite3.connect(tmp_path / "other.sqlite3").close()
    with pytest.raises(VuonError, match="no library here"):
        Library(tmp_path / "other.sqlite3")


def test_the_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VUON_LANGUAGE", "en")
    for name, content in DOCUMENTS:
        (tmp_path / name).write_bytes(content)
    path = str(tmp_path / "library.sqlite3")
    assert main(["library", "build", str(tmp_path), "--out", path]) == 0
    assert "3" in capsys.readouterr().out
    assert main(["library", "search", "--in", path, "duong", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "dien.md"
    assert main(["library", "search", "--in", path, "zebra"]) == 1
    (tmp_path / "empty").mkdir()
    assert main(["library", "build", str(tmp_path / "empty"), "--out", path]) == 2


@pytest.mark.skipif(not COMMONS.is_dir(), reason="the documents of the Commons are not here")
def test_the_commons_is_searched_in_both_spellings_without_an_address(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    files = [(each.name, each.read_bytes()) for each in sorted(COMMONS.glob("*.md"))]
    assert build(path, files) == len(files)
    assert not ADDRESS.search(path.read_bytes())
    library = Library(path)
    for marked, plain in (("Đà Nẵng", "da nang"), ("Hải Phòng", "hai phong"), ("lixo", "LIXO")):
        one, other = (library.search(each, most=50).hits for each in (marked, plain))
        assert {hit.name for hit in one} == {hit.name for hit in other}
    assert library.search("waste sorting").hits
    assert dict(library.values("strength")).keys() <= {
        "test", "comparison", "before_after", "story", "no_result"
    }  # fmt: skip
    library.close()
