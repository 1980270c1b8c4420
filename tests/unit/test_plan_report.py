"""The report of a document, and the commands that print it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from vuon.challenges.codes import CODES
from vuon.challenges.edit import set_answer
from vuon.challenges.forms import family, forms
from vuon.challenges.markdown import encode, read
from vuon.challenges.plan import new
from vuon.challenges.report import check, doubles, to_csv
from vuon.cli import main


def plan_file(folder: Path, name: str = "plan.md", title: str = "Hàng chờ") -> Path:
    document = set_answer(new("opening", title, "vi", year=2026), "challenge#1", "Chờ lâu.")
    content = encode(document).replace(
        b"\n[[type:", b"\n[[focal_point:a@example.org]]\n\n[[type:", 1
    )
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_report_counts_and_says_what_is_missing() -> None:
    report = check(set_answer(new("opening", "Queues", "en", year=2026), "challenge#1", "Long."))
    assert (report.with_text, report.lost_at_source, report.kept) == (2, 0, True)
    missing = [gap.key for gap in report.missing]
    assert "background" in missing
    assert "country" in missing
    assert "challenge" not in missing
    assert "partner_sector" not in missing
    assert report.summary.say().startswith("Answers found 17, with text 2, lost at source 0;")


def test_a_changed_byte_is_noticed() -> None:
    document = new("opening", "Queues", "en")
    assert check(document, encode(document)).kept
    assert not check(document, encode(document) + b"x").kept


def test_doubles_and_twins_are_told_and_kept() -> None:
    base = (
        "# R{}D for queues\n\n[[type:experiment]]\n\n## Overview\n\n> What surprised you?\n\n{}\n"
    )
    texts = {"a.md": ("&", "x"), "b.md": ("&", "x"), "c.md": ("&amp;", "y"), "d.md": ("&", "z")}
    documents = {n: read(base.format(*fill).encode(), n) for n, fill in texts.items()}
    found = {n: sorted({i.code for i in issues}) for n, issues in doubles(documents).items()}
    assert found == {
        "a.md": ["D1", "D2"],
        "b.md": ["D1", "D2"],
        "c.md": ["D2"],
        "d.md": ["D1", "D2"],
    }


def test_the_table_has_a_row_for_everything_and_no_formula() -> None:
    report = check(new("opening", "Queues", "en"))
    rows = list(csv.DictReader(io.StringIO(to_csv({"=a.md": report}))))
    assert {row["file"] for row in rows} == {"'=a.md"}
    assert sum(row["what"] == "missing" for row in rows) == len(report.missing)
    assert sum(row["what"] == "issue" for row in rows) == len(report.issues)


def test_read_prints_a_line_for_every_file_also_a_refused_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    files = [str(plan_file(tmp_path)), str(tmp_path / "empty.md"), str(tmp_path / "absent.md")]
    assert main(["plan", "read", "--json", *files]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["file"] for row in rows] == files
    first, second, third = rows
    assert set(first) == {"file", "kind", "form", "title", "sections", "tags", "issues"}
    answer = first["sections"][1]["answers"][1]
    assert answer == {
        "prompt": "Challenge statement: What is your challenge? (Please answer in specific terms: "
        '"Our challenge is that...”.)',
        "prompt_id": "challenge",
        "text": "Chờ lâu.",
        "choices": [],
        "group": None,
        "lost_at_source": False,
    }
    assert first["tags"] == {
        "year": ["2026"],
        "type": ["learningplan"],
        "language": ["vi"],
        "made_with": ["vuon"],
    }
    assert {"code", "line", "severity", "message"} == set(first["issues"][0])
    assert "empty" in second["error"]
    assert "no such file" in third["error"]


def test_personal_data_is_printed_only_when_somebody_asks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(plan_file(tmp_path))
    assert main(["plan", "read", path]) == 0
    assert main(["plan", "check", path]) == 0
    assert main(["plan", "convert", "--to", "markdown", path]) == 0
    assert "example.org" not in capsys.readouterr().out
    assert main(["plan", "read", "--json", "--keep-personal", path]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["tags"]["focal_point"] == ["a@example.org"]


def test_check_ends_well_unless_we_lost_something(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(plan_file(tmp_path))
    assert main(["plan", "check", "--language", "en", path]) == 0
    told = capsys.readouterr().out
    assert "Missing: Background" in told
    assert told.rstrip().splitlines()[-1].startswith("  Answers found 17")
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")
    assert main(["plan", "check", "--csv", path, str(tmp_path / "a.zip")]) == 2
    out = capsys.readouterr()
    assert out.out.startswith("file,what,count")
    assert "zip" in out.err


def test_convert_there_and_back_gives_the_same_bytes_and_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, stored, back = plan_file(tmp_path), tmp_path / "a.json", tmp_path / "back.md"
    assert main(["plan", "convert", "--to", "json", "--output", str(stored), str(path)]) == 0
    assert main(["plan", "convert", "--to", "markdown", "--output", str(back), str(stored)]) == 0
    expected = path.read_bytes().replace(b"a@example.org", b"(removed)")
    assert back.read_bytes() == expected
    assert main(["plan", "convert", "--to", "json", "--output", str(stored), str(path)]) == 1
    assert "already there" in capsys.readouterr().err
    (tmp_path / "bad.json").write_text("{}")
    assert main(["plan", "convert", "--to", "markdown", str(tmp_path / "bad.json")]) == 1


def test_a_file_that_is_far_too_big_is_not_even_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "big.md"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert main(["plan", "read", "--json", str(path)]) == 1
    assert "50.0 MB" in json.loads(capsys.readouterr().out)["error"]


def test_every_code_stands_in_the_manual_with_its_words() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "reference" / "plan-format.md").read_text(
        "utf-8"
    )
    for code, (severity, what, done) in CODES.items():
        assert f"| {code} | {severity} | {what} | {done} |" in manual, code


def test_every_known_question_is_recognised_as_itself_and_has_labels() -> None:
    for form in forms().values():
        for key in form.prompt_ids:
            prompt = form.prompts[key]
            assert prompt.label_en, key
            assert prompt.label_vi, key
            for text in (prompt.text, *prompt.aliases):
                known = family(form.type).lookup(f"> {text}")
                assert known is not None, text
                assert known.id == key, text
