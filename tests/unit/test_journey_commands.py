"""`vuon journey`: what it prints, refuses and writes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.architecture.sources import ROOT

from vuon.cli import main
from vuon.journeys.dists import mean
from vuon.journeys.file import read

JOURNEYS = ROOT / "examples" / "journeys"
MONDAY = str(JOURNEYS / "one_stop_monday.toml")
FIVE = str(JOURNEYS / "ideas" / "one_stop_monday" / "five_desks.toml")
MAP = str(ROOT / "examples" / "song-an-mot-lan" / "journey.toml")
FEW = ("--replications", "4")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUON_LANGUAGE", "en")


def told(
    capsys: pytest.CaptureFixture[str], *arguments: str
) -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    assert main(["journey", *arguments, "--json"]) == 0
    found: dict[str, dict[str, dict[str, dict[str, float]]]] = json.loads(capsys.readouterr().out)
    return found


def test_a_run_says_outcomes_by_group_and_the_same_seed_says_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    once = told(capsys, "run", MONDAY, *FEW)
    assert {"outcomes", "steps", "hash", "seed", "replications", "warnings"} <= set(once)
    assert set(once["outcomes"]["wait"]["all"]) == {"mean", "low", "high", "p50", "p90", "n"}
    assert once == told(capsys, "run", MONDAY, *FEW)
    assert once["outcomes"] != told(capsys, "run", MONDAY, *FEW, "--seed", "2")["outcomes"]
    fewer = told(capsys, "run", MONDAY, *FEW, "--idea", FIVE)
    assert fewer["outcomes"]["wait"]["all"]["mean"] > once["outcomes"]["wait"]["all"]["mean"]


def test_a_map_without_figures_is_refused_with_reasons_or_sketched(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["journey", "run", MAP]) == 2
    assert capsys.readouterr().err.count("✗") > 3
    assert main(["journey", "check", MAP]) == 1
    capsys.readouterr()
    assert main(["journey", "run", MAP, "--sketch", *FEW]) == 0
    shown = capsys.readouterr()
    assert shown.err.count("~") > 3
    lines = shown.out.splitlines()
    assert lines.index("share who get it done") < lines.index("minutes of waiting")


def test_as_is_against_itself_differs_by_exactly_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = told(capsys, "compare", MONDAY, MONDAY, *FEW)["differences"]
    assert {each["mean"] for groups in found.values() for each in groups.values()} == {0}
    assert {each["better"] for groups in found.values() for each in groups.values()} == {0}
    five = told(capsys, "compare", MONDAY, "--idea", FIVE)["differences"]["wait"]["all"]
    assert five["better"] == -1 and 0 < five["low"] <= five["mean"]
    assert main(["journey", "compare", MONDAY]) == 2


def test_a_journey_is_fitted_from_a_log_and_written_in_one_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    way = tmp_path / "journey.toml"
    way.write_text(
        'format = 1\nid = "way"\n[[step]]\nkey = "counter"\ntitle = "Counter"\nkind = "desk"\n'
    )
    rows = [
        f"{n},counter,2026-08-{3 + n % 5:02}T08:{n % 60:02}:00,2026-08-{3 + n % 5:02}T09:{7 * n % 60:02}:00"
        for n in range(60)
    ]
    log = tmp_path / "log.csv"
    log.write_text("\n".join(["case,activity,start,end", *rows, "x,counter,yesterday,"]))
    out = tmp_path / "fitted.toml"
    assert main(["journey", "fit", str(way), "--log", str(log), "--out", str(out)]) == 0
    assert "log.csv:62" in capsys.readouterr().err  # the row that could not be read
    service = read(out).step("counter").service
    assert service is not None and service.n == 60 and service.light == "measured"
    assert main(["journey", "convert", str(out)]) == 0
    assert capsys.readouterr().out == out.read_text()
    assert main(["journey", "fit", str(way), "--sheet", str(log)]) == 2
    assert "--step" in capsys.readouterr().err


def test_a_stopwatch_sheet_is_fitted_and_its_bad_rows_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Service of 5 to 9 minutes comes back as their mean, from as many as were seen."""
    rows = [
        f"s,{n},2026-08-03T08:{n:02}:00,2026-08-03T08:{n + 3:02}:00,2026-08-03T08:{n + 8 + n % 5:02}:00"
        for n in range(40)
    ]
    sheet = tmp_path / "sheet.csv"
    head = "\ufeffsitting,ticket,arrived,called,done"  # as spreadsheets save it
    sheet.write_text("\n".join([head, *rows, "s,0,2026-08-03T08:00,,"]))
    out = tmp_path / "fitted.toml"
    way = tmp_path / "journey.toml"
    way.write_text('format = 1\n[[step]]\nkey = "counter"\ntitle = "Counter"\nkind = "desk"\n')
    asked = ["journey", "fit", str(way), "--sheet", str(sheet), "--step", "counter"]
    assert main([*asked, "--out", str(out)]) == 0
    assert "sheet.csv:42" in capsys.readouterr().err
    service = read(out).step("counter").service
    assert service is not None and service.n == 40 and service.source == "stopwatch"
    assert mean(service) == pytest.approx(7, rel=0.05)


def test_the_table_has_a_line_for_each_step_and_runs_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    way = tmp_path / "journey.toml"
    way.write_text(
        'format = 1\n[[step]]\nkey = "a"\ntitle = "=1+1"\n[[step]]\nkey = "b"\ntitle = "B"'
    )
    assert main(["journey", "convert", str(way), "--table"]) == 0
    lines = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [(each["key"], each["goes_to"]) for each in lines] == [("a", "b"), ("b", "")]
    assert lines[0]["title"] == "'=1+1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", MONDAY, "--replications", "0"], "too few"),
        (["compare", MONDAY, MONDAY, "--replications", "1"], "too few"),
        (["run", "{there}"], "cannot be opened"),
        (["run", MONDAY, "--idea", "{there}/none.toml"], "not there"),
        (["fit", MONDAY, "--log", "{there}/none.csv"], "not there"),
        (["fit", MONDAY, "--log", "{there}/bytes.csv"], "UTF-8"),
        (["convert", MONDAY, "--out", "{there}/none/out.toml"], "cannot be written"),
        (["run", MONDAY, "--replications", "2000", "--stop-after", "0"], "was stopped"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    assert main(["journey", *(each.replace("{there}", str(tmp_path)) for each in arguments)]) == 2
    shown = capsys.readouterr()
    assert said in shown.err and not shown.out


def test_an_interrupted_run_ends_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("vuon.journeys.simulate.simulate", interrupted)
    assert main(["journey", "run", MONDAY]) == 2
    assert "was stopped" in capsys.readouterr().err


def test_errors_are_said_in_the_language_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VUON_LANGUAGE", "vi")
    assert main(["journey", "check", "none.toml"]) == 2
    assert "Không tìm thấy tệp" in capsys.readouterr().err
