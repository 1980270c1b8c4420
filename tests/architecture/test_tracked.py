"""What must never be in the repository: addresses of registries, machines and people."""

from __future__ import annotations

import json
import re

import pytest
from tests.architecture.sources import ROOT, files, named, text

BINARY = {".woff2", ".png", ".jpg", ".ico", ".ttf", ".pdf", ".docx", ".wasm"}
LOCKS = ("locks/run.txt", "locks/dev.txt")

_REGISTRY = re.compile(
    r"https?://[^\s\"'<>)]*(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|registry\.[a-z]"
    r"|artifactory|nexus|devpi|/simple/|proxy\.golang)",
    re.IGNORECASE,
)
# A path that exists on one machine only. `/tmp` and `/etc` of every machine are not named either:
# code asks the system for them.
_MACHINE = re.compile(r"(?<![\w.~/-])/(?:root|home|Users|work|workspace|mnt|opt/venv|tmp)/[\w.-]+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Addresses that are nobody's.
_NOBODY = re.compile(r"@(?:[\w-]+\.)*example(?:\.\w+)?$")


def _texts() -> list[tuple[str, str]]:
    return [
        (named(path), text(path))
        for path in files()
        if path.suffix not in BINARY and path.name != "LICENSE" and path.name != "test_tracked.py"
    ]


@pytest.mark.parametrize(
    ("pattern", "what"),
    [(_REGISTRY, "registry"), (_MACHINE, "path of a machine")],
    ids=["registry", "machine"],
)
def test_no_address_of_a_machine_or_registry(pattern: re.Pattern[str], what: str) -> None:
    """A lock works with whatever registry a machine has; a path works on every machine."""
    found = [
        f"{name}: {match.group()}" for name, body in _texts() for match in pattern.finditer(body)
    ]
    assert not found, f"A {what} stands in:\n" + "\n".join(found)


def test_no_address_of_a_person() -> None:
    """Addresses of people are dropped from what is read, and are not kept for tests either."""
    found = [
        f"{name}: {match.group()}"
        for name, body in _texts()
        for match in _EMAIL.finditer(body)
        if not _NOBODY.search(match.group()) and not _is_code(name, match.group())
    ]
    assert not found, "Use an address below example.org:\n" + "\n".join(found)


def _is_code(name: str, found: str) -> bool:
    """Versions of packages and decorators look like addresses."""
    return name.endswith("package-lock.json") or re.search(r"@\d", found) is not None


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_hashes_and_no_addresses(name: str) -> None:
    """Every line of a lock names a version and its hashes, and nothing of where it came from."""
    body = text(ROOT / name)
    pinned = re.findall(r"^([\w.\[\]-]+)==\S+", body, re.MULTILINE)
    entries = re.split(r"^(?=[\w.\[\]-]+==)", body, flags=re.MULTILINE)[1:]
    assert len(pinned) == len(entries) > 10
    without = [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry]
    assert not without, without
    assert "://" not in body and "--index" not in body and "--find-links" not in body


def test_the_front_end_lock_holds_hashes_and_no_addresses() -> None:
    """npm asks its own registry; what it gets must have the hash that is written here."""
    lock = json.loads(text(ROOT / "frontend" / "package-lock.json"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert not [name for name, entry in packages.items() if "integrity" not in entry]


def test_the_dev_lock_contains_the_run_lock() -> None:
    """What is tested is what is run: the same versions."""
    run, dev = (
        dict(re.findall(r"^([\w.\[\]-]+)==(\S+)", text(ROOT / name), re.MULTILINE))
        for name in LOCKS
    )
    assert {name: dev.get(name) for name in run} == run
