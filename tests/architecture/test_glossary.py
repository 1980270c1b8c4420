"""The glossary knows every noun of the program, in both languages."""

from __future__ import annotations

import re

import pytest
from tests.architecture.said import pairs
from tests.architecture.sources import LIBRARY, PRODUCT, ROOT, apps, models, text

GLOSSARY = text(ROOT / "GLOSSARY.md")
ROWS = [
    [cell.strip() for cell in line.strip("| ").split("|")]
    for line in GLOSSARY.splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| English", "| Name"))
]


def names(folder: object) -> list[str]:
    """Packages and modules that stand directly in a root, as people import them."""
    found = set()
    for path in folder.iterdir():  # type: ignore[attr-defined]
        if path.name.startswith(("_", ".")):
            continue
        if path.suffix == ".py" or (path / "__init__.py").exists():
            found.add(path.stem)
    return sorted(found)


@pytest.mark.parametrize(("root", "folder"), [("vuon", LIBRARY), ("vuon_web", PRODUCT)])
def test_every_package_is_explained(root: str, folder: object) -> None:
    """A new package brings its line."""
    missing = [name for name in names(folder) if f"`{root}.{name}`" not in GLOSSARY]
    assert not missing, missing


def test_every_explained_package_exists() -> None:
    """A package that is gone takes its line along."""
    for name in re.findall(r"`vuon((?:_web)?\.\w+)`", GLOSSARY):
        root, _, part = f"vuon{name}".partition(".")
        base = LIBRARY if root == "vuon" else PRODUCT
        assert (base / part).exists() or (base / f"{part}.py").exists(), f"{root}.{part}"


def test_every_app_and_model_is_explained() -> None:
    """The class's name stands in the sentence of its noun, as `ClassName`."""
    assert {"Lab", "Challenge", "Actor", "Event"} <= set(models())
    missing = [app for app in apps() if f"`vuon_web.{app}`" not in GLOSSARY]
    missing += [name for name in models() if f"`{name}`" not in GLOSSARY]
    assert not missing, missing


def test_both_languages_and_a_sentence() -> None:
    """A noun has an English word, a Vietnamese word and one sentence."""
    for row in ROWS:
        assert len(row) in (2, 3), row
        assert all(row), row
        assert row[-1].endswith("."), row
        assert ". " not in row[-1], f"One sentence: {row}"


def test_every_noun_once() -> None:
    """A noun has one meaning."""
    nouns = [row[0] for row in ROWS]
    assert len(nouns) == len(set(nouns)), [noun for noun in nouns if nouns.count(noun) > 1]


# Words whose short form on a screen is another, with the reason.
OTHERWISE = {
    "trial": "as the name of stage 7 it is shortened to what people do there",
    "code": "on screens it is the code for joining",
}


def test_screens_use_the_words_of_the_glossary() -> None:
    """Where a noun stands alone on a screen, its Vietnamese is the glossary's."""
    vietnamese = {row[0].lower(): row[1].rstrip(" °").lower() for row in ROWS if len(row) == 3}
    said = {
        (english.lower().rstrip(":"), worded.lower().rstrip(":")) for english, worded in pairs()
    }
    shared = {(e, v) for e, v in said if e in vietnamese and v and e not in OTHERWISE}
    assert len(shared) > 20
    assert not {(e, v, vietnamese[e]) for e, v in shared if v != vietnamese[e]}
