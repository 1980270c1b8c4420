"""A place ships only if it teaches; a planted one that does not is found."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from vuon.cli import main
from vuon.practice.check import check
from vuon.practice.prove import prove
from vuon.practice.teams import TEAMS, play
from vuon.practice.worlds import KERNEL, TABLES, number_of, open_world

SONG_AN = Path(__file__).parents[2] / "places" / "song-an"
PLACES = sorted(file.parent for file in SONG_AN.parent.glob("*/place.toml"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "planted"
    shutil.copytree(SONG_AN, folder)
    return folder


def rewrite(folder: Path, file: str, pattern: str, new: str, count: int = 1) -> None:
    path = folder / file
    text, done = re.subn(pattern, new, path.read_text("utf-8"), count=count, flags=re.MULTILINE)
    assert done
    path.write_text(text, "utf-8")


def codes(folder: Path) -> set[str]:
    return {fault.code for fault in check(folder)}


@pytest.mark.parametrize("shipped", PLACES, ids=lambda folder: folder.name)
def test_a_shipped_place_has_no_fault(shipped: Path) -> None:
    assert check(shipped) == []


@pytest.mark.parametrize("shipped", PLACES, ids=lambda folder: folder.name)
def test_teams_that_look_and_test_serve_more_people(shipped: Path) -> None:
    """Over 40 worlds here; over 200 in the benchmark."""
    proof = prove(open_world(shipped), range(1, 41))
    assert proof.teaches, [reason.say() for reason in proof.reasons]
    means = [proof.score(team).mean for team in ("tester", "listener", "tool-lover", "guesser")]
    assert means == sorted(means, reverse=True)
    assert proof.score("tester").low > proof.score("guesser").high
    assert proof.brier_end < proof.brier_start * 2 / 3
    assert proof.best[0][1] <= 0.5


def test_signals_that_are_all_equal_teach_nothing(
    copy: Path, capsys: pytest.CaptureFixture
) -> None:
    text = (copy / "truth.toml").read_text("utf-8")
    text = re.sub(
        r"^(words|data|load|extra) = \{.*\}$",
        r"\1 = { words = 0.30, load = 0.20 }",
        text,
        flags=re.M,
    )
    (copy / "truth.toml").write_text(text, "utf-8")
    assert "check.no_use" in codes(copy)
    assert "check.hidden" in codes(copy)
    assert main(["place", "check", str(copy)]) == 1
    assert main(["place", "prove", str(copy), "--seeds", "12", "--json"]) == 1
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert not told["teaches"]
    assert told["reasons"]


@pytest.mark.parametrize(
    ("file", "pattern", "new", "code"),
    [
        ("place.toml", r"^working_days = 90", "working_days = 20", "check.poor"),
        ("place.toml", r"^finished = 38\nreturned = 42", "finished = 48\nreturned = 32", "check.opening"),
        ("truth.toml", r"^main = 0.512", "main = 0.40", "check.opening"),
        ("truth.toml", r"^words = \{ words = 0.70, data = 0.05, load = 0.05 \}", "words = { words = 1.0 }", "ok"),
        ("voices/observe.toml", r"telling = 1", "telling = 2", "check.variants"),
        ("place.toml", r"Ngồi yên một góc", "Cán bộ chậm", "check.blame"),
        ("year.toml", r'^group = "over60"\nresult = "first"', 'group = "under60"\nresult = "first"', "ok"),
        ("place.toml", r"^favoured = true\n", "", "place.favoured"),
        ("place.toml", r'^en = "The instructions are hard to understand"\n', "", "table.translation"),
        ("truth.toml", r"^\[signals.observe\]", "[signals.nobody]", "table.name"),
        ("truth.toml", r'^busy_days = \["mon", "thu"\]', 'busy_days = ["someday"]', "table.name"),
        ("truth.toml", r"^counter_hours = 10", "counter_hours = 9", "check.queue"),
        ("journey.toml", r'^closing = "finish"', 'closing = "return_next_day"', "place.no_counter"),
        ("journey.toml", r"^part = 1.50", "part = 0.72", "check.queue"),
        ("queue.toml", r"^loads = \[0.2, 0.3", "loads = [0.3, 0.2", "table.kind"),
        ("voices/observe.toml", r'^shows = "called"', 'shows = "thought"', "table.name"),
    ],
)  # fmt: skip
def test_what_does_not_teach_is_named_with_its_line(
    copy: Path, file: str, pattern: str, new: str, code: str
) -> None:
    rewrite(copy, file, pattern, new)
    found = check(copy)
    if code == "ok":
        assert not [fault for fault in found if fault.code.startswith("place.")]
        return
    named = [fault for fault in found if fault.code == code]
    assert named, [fault.say("en") for fault in found]
    assert named[0].where.file
    assert named[0].say("vi") != named[0].say("en")


def test_a_counter_without_a_queue_is_named(copy: Path) -> None:
    """So is a log without a counter; the place can be played all the same, from its tables."""
    (copy / "queue.toml").unlink()
    assert codes(copy) == {"check.queue"}
    assert number_of(open_world(copy)) == TABLES
    text = (copy / "truth.toml").read_text("utf-8")
    (copy / "truth.toml").write_text(
        re.sub(r"^\[counter\].*?(?=^# Queue minutes)", "", text, flags=re.M | re.S), "utf-8"
    )
    assert codes(copy) == {"check.log"}
    assert main(["place", "queue", str(copy)]) == 2


def test_broken_folders_are_refused_with_file_and_line(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    (copy / "voices" / "observe.toml").unlink()
    assert main(["place", "check", str(copy)]) == 1
    assert "observe" in capsys.readouterr().out
    rewrite(copy, "place.toml", r"^beans = 20", "beans = ")
    assert main(["place", "check", str(copy)]) == 2
    assert "place.toml:4" in capsys.readouterr().err
    assert main(["place", "check", str(tmp_path / "nowhere")]) == 2
    (tmp_path / "empty").mkdir()
    assert main(["place", "check", str(tmp_path / "empty")]) == 2


def test_a_new_place_has_no_fault_and_is_never_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    folder = tmp_path / "library"
    assert main(["place", "new", str(folder)]) == 0
    assert main(["place", "check", str(folder)]) == 0
    assert main(["place", "new", str(folder)]) == 2
    assert main(["place", "play", str(folder), "--seed", "3", "--team", "listener", "--json"]) == 0
    log = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert log["end"]["cause"] in ("hours", "rules")


def test_the_same_seed_and_team_give_the_same_game(capsys: pytest.CaptureFixture) -> None:
    told = []
    for _ in range(2):
        assert main(["place", "play", "song-an", "--seed", "11", "--team", "tester", "--json"]) == 0
        told.append(json.loads(capsys.readouterr().out.splitlines()[-1])["digest"])
    assert told[0] == told[1]


def test_the_command_line_knows_every_team() -> None:
    from vuon.practice.commands import NAMES

    assert set(NAMES) == set(TEAMS)


@pytest.mark.parametrize(("number", "file"), [(TABLES, "games.json"), (KERNEL, "games-2.json")])
def test_golden_games(number: int, file: str) -> None:
    """The digests of ten games as they were first computed: another machine or another Python
    comes to the same, or the games that people have begun would change under their hands. That
    holds for every world in which games were ever begun."""
    golden = json.loads((Path(__file__).parents[1] / "published" / file).read_text())
    from vuon import canonical
    from vuon.practice.commands import game_log

    world = open_world(SONG_AN, number)
    found = {
        f"{team} {seed}": canonical.digest(game_log(world, SONG_AN, play(world, seed, team)))
        for team in TEAMS
        for seed in (1, 2)
    }
    assert found == golden
