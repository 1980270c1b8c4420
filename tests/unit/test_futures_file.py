"""`futures.toml` and its command: round trip, errors with their line, and what is printed."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from vuon import cli
from vuon.errors import VuonError
from vuon.futures import file
from vuon.futures.file import read, write
from vuon.toml import read as plain

EXAMPLE = Path(__file__).parents[2] / "examples" / "song-an-mot-lan" / "futures.toml"
SCHEMA = json.loads(
    (Path(file.__file__).parent / "schema" / "futures.schema.json").read_text("utf-8")
)
SMALL = """format = 1
n = 64

[model]
kind = "system"
file = "system.toml"

[uncertainty.demand]
low = 56
high = 90

[uncertainty."step:desk:service"]
levels = [1, 2, 5]
scale = "even"

[policy.nothing]

[policy.more]
levers = { checklist = 1 }
ideas = ["ideas/a.toml"]

[measure.visits]
outcome = "visits"
threshold = 1.5
direction = "less"
"""


def test_the_example_is_canonical_and_what_its_schema_says() -> None:
    text = EXAMPLE.read_text("utf-8")
    assert write(read(text)) == text
    days = json.loads(json.dumps(dict(plain(text)), default=str))
    jsonschema.validate(days, SCHEMA)


def test_reading_and_writing_are_a_round_trip() -> None:
    found = read(SMALL)
    assert read(write(found)) == found
    assert write(read(write(found))) == write(found)
    assert found.uncertainties[1].levels == (1, 2, 5)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("low = 56\nhigh = 90", "low = 90\nhigh = 56", "futures.range", 9),
        ("low = 56\nhigh = 90", "low = 56\nhigh = 56", "futures.range", 9),
        ("low = 56\n", "", "table.missing", 8),
        ('scale = "even"', 'scale = "odd"', "table.name", 14),
        ("low = 56\n", 'low = 0\nscale = "log"\n', "futures.scale", 10),
        ('direction = "less"', 'direction = "down"', "table.name", 25),
        ("threshold = 1.5", 'threshold = "1,5"', "table.kind", 24),
        ("n = 64", "n = 0", "table.kind", 2),
        ("format = 1", "format = 2", "futures.format", 1),
        ("[policy.nothing]", "[policy.nothing]\nlever = 1", "table.unknown", 17),
    ],
)
def test_errors_name_the_line(old: str, new: str, code: str, line: int) -> None:
    with pytest.raises(VuonError) as told:
        read(SMALL.replace(old, new))
    assert (told.value.code, told.value.where.line) == (code, line)


def test_a_file_without_measures_is_refused() -> None:
    with pytest.raises(VuonError, match="measure"):
        read(SMALL[: SMALL.index("[measure")])


def test_run_and_robustness_and_discover(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = [str(EXAMPLE), "--n", "500", "--folder", str(tmp_path), "--json"]
    assert cli.main(["futures", "run", *asked]) == 0
    told = capsys.readouterr()
    assert "512 are looked at" in told.err
    run = json.loads(told.out)
    assert run["n"] == 512
    assert set(run["measures"]["visits"]) == {"nothing", "checklist_triage", "portal"}
    assert cli.main(["futures", "robustness", *asked]) == 0
    (visits, _) = json.loads(capsys.readouterr().out)["tables"]
    assert visits["best"]["satisficing"] == ["checklist_triage"]
    share = 1 - run["measures"]["visits"]["portal"]["fails"] / 512
    assert visits["rows"]["portal"]["satisficing"] == pytest.approx(share)
    asked = [str(EXAMPLE), "--policy", "checklist_triage", "--against", "portal"]
    assert cli.main(["futures", "discover", *asked]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "is no better than Portal tweak when " in lines[0]
    assert any(line.startswith("Measure this next: ") for line in lines)
    assert sum(line.startswith("→") for line in lines) == 1
    assert cli.main(["futures", "discover", *asked, "--n", "1024", "--point", "20"]) == 0
    assert capsys.readouterr().out.splitlines()[0] != lines[0]


@pytest.mark.parametrize(
    "words",
    [
        ["--policy", "nobody"],
        ["--policy", "portal", "--n", "0"],
        ["--policy", "portal", "--point", "999"],
        ["--policy", "portal", "--measure", "unknown"],
    ],
)
def test_what_cannot_be_answered_is_a_sentence(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    extra = [] if "--n" in words else ["--n", "1024"]
    assert cli.main(["futures", "discover", str(EXAMPLE), *words, *extra]) == 2
    assert capsys.readouterr().err


def test_a_measure_that_never_fails_offers_another_threshold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = EXAMPLE.read_text("utf-8").replace("threshold = 1.5", "threshold = 9")
    (tmp_path / "system.toml").write_text((EXAMPLE.parent / "system.toml").read_text("utf-8"))
    (tmp_path / "futures.toml").write_text(text)
    path = str(tmp_path / "futures.toml")
    assert cli.main(["futures", "discover", path, "--policy", "portal", "--n", "512"]) == 0
    told = capsys.readouterr().out
    assert "No clear story" in told
    assert "would split the futures in half" in told
    (tmp_path / "futures.toml").write_text(text.replace("uncertainty.outage", "uncertainty.rain"))
    assert cli.main(["futures", "run", path]) == 2
    assert "rain" in capsys.readouterr().err
