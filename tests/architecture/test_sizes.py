"""Files aim at 200 lines, are questioned at 400, and never exceed 600."""

from __future__ import annotations

from tests.architecture.sources import ROOT, files, named, text

CODE = {".py", ".ts", ".css", ".html", ".sh", ".typ"}
QUESTIONED, REFUSED = 400, 600

# Above 400 lines only with a reason; the number is the size allowed, and may only become smaller.
LONG: dict[str, tuple[int, str]] = {}


def sizes() -> dict[str, int]:
    """Lines of every file of code, without tests, migrations and data."""
    return {
        named(path): text(path).count("\n")
        for path in files()
        if path.suffix in CODE
        and path.is_relative_to(ROOT)
        and "migrations" not in path.parts
        and named(path).split("/")[0] not in ("tests", "docs", "benchmarks", "examples", "places")
    }


def test_no_file_grows_without_a_reason() -> None:
    """Split a file by its nouns, or give the reason why it must be long in LONG."""
    found = {name: lines for name, lines in sizes().items() if lines > QUESTIONED}
    unexplained = {n: x for n, x in found.items() if x > LONG.get(n, (QUESTIONED, ""))[0]}
    assert not unexplained, unexplained
    assert all(lines <= REFUSED for lines in found.values()), found


def test_the_list_of_long_files_is_true() -> None:
    """A file that became shorter leaves the list, so that it cannot grow back."""
    now = sizes()
    stale = {name: now.get(name) for name in LONG if now.get(name, 0) <= QUESTIONED}
    assert not stale, stale


def test_most_files_are_short() -> None:
    """The aim is 200 lines: nine files of ten stay below 300."""
    lines = sorted(sizes().values())
    assert lines[len(lines) * 9 // 10] <= 300
