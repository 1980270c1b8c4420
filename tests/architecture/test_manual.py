"""The manual says all there is, and nothing that is not."""

from __future__ import annotations

import argparse
import doctest
import re
from pathlib import Path

import pytest
from tests.architecture.sources import ROOT, files, named, text

from vuon.cli import build_parser

DOCS = ROOT / "docs"
PAGES = [path for path in files() if path.is_relative_to(DOCS) and path.suffix == ".md"]
COMMANDS = text(DOCS / "reference" / "commands.md")
SETTINGS = text(DOCS / "reference" / "settings.md")
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
PARTS = ("Context", "Decision", "Consequences")


def parsers(parser: argparse.ArgumentParser, name: str = "") -> dict[str, argparse.ArgumentParser]:
    """Every command that does something, by its full name."""
    below: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for part, child in action.choices.items():
                below |= parsers(child, f"{name} {part}".strip())
    return below or {name: parser}


def test_every_command_is_described() -> None:
    """Usage and options are made from the parser where the page names the command."""
    described = set(re.findall(r"^```{command} (.+)$", COMMANDS, re.MULTILINE))
    assert described == set(parsers(build_parser()))


def test_every_option_says_what_it_does() -> None:
    """The help of an option is its description in the manual."""
    silent = [
        f"{name} {'/'.join(action.option_strings) or action.dest}"
        for name, parser in parsers(build_parser()).items()
        for action in parser._actions
        if not action.help
    ]
    assert not silent, silent


def test_every_command_of_the_launcher_is_described() -> None:
    """What `./vuon` itself does, beside the product's commands."""
    cases = re.findall(r"^    ([a-z]+)\)$", text(ROOT / "vuon"), re.MULTILINE)
    assert {"test", "lint"} <= set(cases)
    assert [name for name in cases if f"`./vuon {name}`" not in COMMANDS] == []


def test_every_setting_is_described_and_exists() -> None:
    """Each VUON_ variable that something reads, and no other."""
    sources = [
        path
        for path in files()
        if path.suffix in (".py", ".sh", "")
        and not path.is_relative_to(DOCS)
        and path.name != "LICENSE"
        if path.name != "test_manual.py"
    ]
    read = {name for path in sources for name in re.findall(r"\bVUON_[A-Z_]+[A-Z]\b", text(path))}
    described = set(re.findall(r"`(VUON_[A-Z_]+)`", SETTINGS))
    assert read == described


def test_every_page_is_in_a_table_of_contents() -> None:
    """A page that nobody can find is not written."""
    for folder in {path.parent for path in PAGES if path.parent != DOCS}:
        index = text(folder / "index.md")
        listed = set(re.findall(r"^([\w-]+)$", index, re.MULTILINE))
        pages = {path.stem for path in folder.glob("*.md") if path.stem != "index"}
        if ":glob:" not in index:
            assert listed == pages, named(folder)


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem[:4])
def test_a_decision_has_its_parts(path: Path) -> None:
    """Half a page: number, title, date, status, context, decision, consequences."""
    body = text(path)
    number = path.name[:4]
    assert body.startswith(f"# {number}. "), "The title begins with the number"
    assert re.search(
        r"^Date: \d{4}-\d\d-\d\d · Status: (accepted|superseded by \d{4})$", body, re.MULTILINE
    ), "Date and status stand below the title"
    assert re.findall(r"^## (\w+)$", body, re.MULTILINE) == list(PARTS)
    assert len(body.split()) <= 420, "Half a page"


def test_every_decision_has_its_number_once() -> None:
    """Numbers run from 0001 without a gap; the list takes all of them."""
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    assert re.search(r":glob:\n\n0\*", text(DOCS / "decisions" / "index.md"))


def test_decisions_that_are_named_exist() -> None:
    """A number in code, manual or contribution rules leads somewhere."""
    numbers = {path.name[:4] for path in DECISIONS}
    named_ones = {
        number
        for path in files()
        if path.suffix in (".py", ".md", ".toml", ".html")
        for number in re.findall(r"[Dd]ecision (\d{4})\b|decisions/(\d{4})-", text(path))
        for number in number
        if number
    }
    assert named_ones <= numbers


def test_every_picture_is_made_and_shown() -> None:
    """Pictures of the manual are made by browser tests, so that they show what there is."""
    pictures = {path.name for path in files() if path.is_relative_to(DOCS / "images")}
    tests = "\n".join(
        text(path)
        for path in files()
        if path.is_relative_to(ROOT / "tests" / "browser")
        if path.suffix == ".py"
    )
    pages = "\n".join(text(path) for path in [*PAGES, ROOT / "README.md"])
    shown = set(re.findall(r"images/([\w.-]+\.(?:png|svg|jpg))", pages))
    assert not [name for name in pictures if f'"{Path(name).stem}"' not in tests], "nobody makes it"
    assert pictures == shown


def test_links_of_the_pages_at_the_root_lead_somewhere() -> None:
    """README and CONTRIBUTING are read where Sphinx does not look."""
    for page in ("README.md", "CONTRIBUTING.md", "GLOSSARY.md", "CHANGELOG.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text(ROOT / page)):
            assert (ROOT / target).exists(), f"{page}: {target}"


def test_files_that_the_rules_name_exist() -> None:
    """CONTRIBUTING names places in the repository; a place that moved is named anew."""
    body = text(ROOT / "CONTRIBUTING.md")
    for path in re.findall(r"`((?:src|docs|tests|\.ci)/[\w./-]+)`", body):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"`((?:accounts|config)/\w+\.py)`", body):
        assert (ROOT / "src" / "vuon_web" / path).exists(), path


def test_the_manual_asks_no_network() -> None:
    """No picture, script or letter comes from elsewhere."""
    for path in [*PAGES, DOCS / "conf.py", *(DOCS / "_static").glob("*")]:
        assert not re.search(
            r"!\[[^\]]*\]\(https?:|src=\"https?:|@import|url\(https?:", text(path)
        ), path


def examples() -> list[tuple[str, str]]:
    """Examples of the manual, one text a page, with lines that are no example left empty."""
    found = []
    for path in PAGES:
        inside, lines = False, []
        for line in text(path).splitlines():
            if line.startswith("```"):
                inside = line == "```{doctest}"
                line = ""
            lines.append(line if inside else "")
        if any(lines):
            found.append((named(path), "\n".join(lines)))
    return found


@pytest.mark.parametrize(("page", "body"), examples(), ids=lambda value: value[:40].strip())
def test_examples_run(page: str, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the manual shows is what happens."""
    monkeypatch.chdir(ROOT)
    told: list[str] = []
    example = doctest.DocTestParser().get_doctest(body + "\n", {}, page, page, 0)
    doctest.DocTestRunner().run(example, out=told.append)
    assert not told, "".join(told)
