"""`vuon trial`: what it prints, refuses and writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.architecture.sources import ROOT

from vuon.cli import main

EXAMPLE = ROOT / "examples" / "song-an-mot-lan"
DOCUMENT = """# Bins

[[type:experiment]]

[[control_group:Yes, a different group entirely]]
[[assignment_type:Random assignment]]
[[sample_size:10-49]]
## Design

> What is your hypothesis? IF... THEN....

IF there are bins THEN 20% more is separated.
## Results

> Was the original hypothesis (If.. then) proven or disproven?

34% against 21%.
"""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUON_LANGUAGE", "en")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    copy = tmp_path / "trial.toml"
    copy.write_text((EXAMPLE / "trial.toml").read_text("utf-8"), "utf-8")
    return copy


def run(capsys: pytest.CaptureFixture[str], *words: object, code: int = 0) -> str:
    assert main(["trial", *map(str, words)]) == code
    out, err = capsys.readouterr()
    return out + err


def test_from_advice_to_a_checked_report(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    """The whole way: seal, draw, read as the lot fell, hold the report against the plan."""
    assert "It can be submitted." in run(capsys, "check", plan)
    told = run(capsys, "seal", plan)
    record = plan.with_suffix(".record")
    assert "4,096 ways" in told and record.is_file()
    assert "already" in run(capsys, "seal", plan, code=2)
    lots = run(capsys, "lots", record, "--number", "482 913").splitlines()
    assert lots[0] == "unit,period,arm"
    assert len(lots) == 25
    run(capsys, "lots", record, "--number", "482913", "--again")
    run(capsys, "lots", record, "--number", "482914", "--again", code=1)
    rows = plan.with_name("rows.csv")
    yes = {"new": "9/12", "old": "4/12"}
    rows.write_text("\n".join(["unit,period,arm,first_visit", *(
        f"{line},{yes[line.split(',')[2]]}" for line in lots[1:])]))  # fmt: skip
    told = run(capsys, "read", record, rows)
    assert told.startswith("Works")
    assert "+41.7" in told
    report = plan.with_name("report.json")
    report.write_text(run(capsys, "read", record, rows, "--json"))
    assert json.loads(report.read_text())["label"] == "as_planned"
    assert "✗" not in run(capsys, "check", record, "--report", report)
    changed = {**json.loads(report.read_text()), "primary": "visits"}
    report.write_text(json.dumps(changed))
    assert "visits" in run(capsys, "check", record, "--report", report, code=1)
    kept = json.loads(run(capsys, "check", record, "--dossier"))
    looks = [item for item in kept["chapters"][1]["items"] if item["kind"] == "looked"]
    assert [look["planned"] for look in looks] == [True, True]
    record.write_text(record.read_text("utf-8").replace("482913", "482914"), "utf-8")
    assert "trial.record:2" in run(capsys, "check", record, code=2)


def test_a_reading_without_a_seal_is_exploratory_and_says_why(
    capsys: pytest.CaptureFixture[str], plan: Path
) -> None:
    told = run(capsys, "read", plan, EXAMPLE / "pilot.csv")
    assert told.startswith("! Exploratory")
    assert "+18.8" in told
    assert "6.6 to 31.2" in told  # greyed, with the reason
    assert (
        json.loads(run(capsys, "read", plan, EXAMPLE / "pilot.csv", "--json"))["label"]
        == "exploratory"
    )
    assert "no look 1" in run(capsys, "read", plan, EXAMPLE / "pilot.csv", "--look", 1, code=2)


def test_a_plan_that_is_too_small_is_sealed_only_knowingly(
    capsys: pytest.CaptureFixture[str], plan: Path
) -> None:
    small = (
        plan.read_text("utf-8").replace("periods = 12", "periods = 4").replace('"A", "B"', '"A"')
    )
    plan.write_text(small, "utf-8")
    assert "no result can rule out chance" in run(capsys, "seal", plan, code=1)
    assert not plan.with_suffix(".record").exists()
    run(capsys, "seal", plan, "--acknowledge")
    assert "No effect is found" in run(capsys, "power", plan, code=1)


def test_a_plan_with_gaps_is_not_sealed(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    cut = plan.read_text("utf-8").split("[care]")[0]
    plan.write_text(cut, "utf-8")
    told = run(capsys, "seal", plan, code=1)
    assert "care.complaints" in told
    assert "care.harm_plan" in told


def test_advice_and_power(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    told = run(capsys, "advise", "--units", 6, "--lot", "--on-off", "--fades", "--points", 6)
    assert told.startswith("Both ways to and fro")
    few = run(capsys, "advise", "--units", 6, "--lot", "--json", code=1)
    assert json.loads(few)["smallest_p"] == pytest.approx(0.1)
    situation = plan.with_name("situation.toml")
    situation.write_text('units = 12\nlot = true\nlevel = "group"\npeople = 25\n')
    assert "Groups are drawn" in run(capsys, "advise", situation)
    told = run(capsys, "power", plan, "--share", 0.38, "--people", 10, "--effect", 0.4)
    assert "An effect of 0.4 is told from chance in" in told


def test_reviews_of_documents(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "bins.md"
    path.write_text(DOCUMENT)
    told = run(capsys, "review", path)
    assert "“Bins”: test" in told
    assert "consent" in told
    found = json.loads(run(capsys, "review", path, "--json"))
    assert (found["file"], found["can_confirm"], found["units"]) == ("bins.md", True, [10, 49])
    run(capsys, "review", tmp_path / "none.md", path, code=1)


def test_vietnamese_on_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, plan: Path
) -> None:
    monkeypatch.setenv("VUON_LANGUAGE", "vi")
    assert "Có thể trình." in run(capsys, "check", plan)
    assert "Khám phá" in run(capsys, "read", plan, EXAMPLE / "pilot.csv")


def test_files_that_are_not_there_or_are_none(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, plan: Path
) -> None:
    run(capsys, "check", tmp_path / "none.toml", code=2)
    wrong = tmp_path / "x.record"
    wrong.write_text("{}\n")
    assert "x.record:1" in run(capsys, "check", wrong, code=2)
    wrong.write_bytes(b"\xff\xfe")
    run(capsys, "check", wrong, code=2)
    report = tmp_path / "r.json"
    report.write_text("[]")
    run(capsys, "check", plan, "--report", report, code=2)
