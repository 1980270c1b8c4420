"""Words: both languages complete, fields alike, and what is never said on a screen."""

from __future__ import annotations

import ast
import re
import unicodedata

import pytest
from tests.architecture.said import catalogue, pairs
from tests.architecture.sources import LIBRARY, PRODUCT, ROOT, files, named, python, text, tree
from tests.messages import untranslated

# Each with the reason, so that whoever meets the rule knows what to write instead.
NEVER_VIETNAMESE = {
    "hộp cát": "a sandbox for children; the law says “thử nghiệm có kiểm soát”",
    "cán bộ chậm": "never blame staff: fear and rules are causes, people are not",
    "nhà vô địch": "nobody wins here; a champion is “người tiên phong”",
    "khách hàng": "people are not customers: “người dân”",
    "đã chứng minh": "a pilot proves nothing: “có tác dụng”, “chưa thể kết luận”",
    "công dân": "in the design of services people are “người dân”",
    "nỗi đau": "“điểm vướng mắc”",
}
NEVER_ENGLISH = {"proven": "say what was seen, and the interval"}
# Jargon, which has no place where participants read.
JARGON = {
    "sandbox": "a small test, a controlled trial",
    "insight": "a finding",
    "ideate": "think of ideas",
}
# Sentences and files in which a word above is meant, with the reason.
MEANT: dict[str, str] = {
    "src/vuon_web/activities/cards/pilot-page.toml": "tells the facilitator that it is no answer",
}


def templates() -> list[tuple[str, str]]:
    """The texts of pages, without tags: sentences in tags are in the catalogue."""
    return [
        (named(path), re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", text(path), flags=re.S))
        for path in files()
        if path.is_relative_to(PRODUCT) and path.suffix in (".html", ".txt", ".typ")
    ]


def shipped() -> list[tuple[str, str]]:
    """Texts that people read and that are written in both languages where they stand."""
    return [
        (named(path), text(path))
        for path in files()
        if (path.is_relative_to(PRODUCT) and path.suffix == ".toml")
        or (
            (path.is_relative_to(ROOT / "examples") or path.is_relative_to(ROOT / "places"))
            and path.suffix in (".toml", ".md")
        )
    ]


def _said(word: str, where: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}", where, re.IGNORECASE) is not None


@pytest.mark.parametrize("domain", ["vuon", "django"])
def test_every_sentence_has_a_translation(domain: str) -> None:
    """Vietnamese is complete. `./vuon messages` lists what is missing."""
    missing = untranslated(catalogue(domain))
    assert not missing, "\n".join(repr(message.id) for message in missing)


_FIELD = re.compile(r"{(\w+)[^{}]*}|%\((\w+)\)[sd]")


def test_a_translation_has_the_fields_of_its_sentence() -> None:
    """A field that is missing or mistyped would break the sentence, or the page, when it is said."""
    wrong = []
    for english, vietnamese in pairs():
        fields = [
            {match.group(1) or match.group(2) for match in _FIELD.finditer(sentence)}
            for sentence in (english, vietnamese)
        ]
        if vietnamese and fields[0] != fields[1]:
            wrong.append(f"{english!r}: {sorted(fields[0])} but {sorted(fields[1])}")
    assert not wrong, "\n".join(wrong)


def test_vietnamese_is_composed() -> None:
    """Letters with marks are one character each (NFC), or searching would miss them."""
    wrong = [v for _, v in pairs() if v != unicodedata.normalize("NFC", v)]
    wrong += [name for name, body in shipped() if body != unicodedata.normalize("NFC", body)]
    assert not wrong, wrong


@pytest.mark.parametrize("word", NEVER_VIETNAMESE)
def test_never_said_in_vietnamese(word: str) -> None:
    """See NEVER_VIETNAMESE for what to write instead."""
    found = [vietnamese for _, vietnamese in pairs() if _said(word, vietnamese)]
    found += [name for name, body in [*templates(), *shipped()] if _said(word, body)]
    assert not [x for x in found if x not in MEANT], f"{NEVER_VIETNAMESE[word]}: {found}"


@pytest.mark.parametrize("word", [*NEVER_ENGLISH, *JARGON])
def test_never_said_in_english(word: str) -> None:
    """See NEVER_ENGLISH and JARGON for what to write instead."""
    found = [english for english, _ in pairs() if _said(word, english)]
    found += [name for name, body in templates() if _said(word, body)]
    if word in NEVER_ENGLISH:
        found += [name for name, body in shipped() if _said(word, body)]
    assert not [x for x in found if x not in MEANT], found


def test_what_is_meant_is_still_said() -> None:
    """The list of exceptions holds no sentence that is gone."""
    said = {sentence for pair in pairs() for sentence in pair}
    said |= {name for name, _ in [*templates(), *shipped()]}
    assert not [sentence for sentence in MEANT if sentence not in said]


# Marks of Vietnamese letters, taken apart: circumflex, breve, horn, tones; and đ.
MARKED_LETTERS = re.compile("[\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323đĐ]")
# The product's name, the name of the language, and invented names on the page of components.
NAMES = re.compile('Vườn|Tiếng Việt|Phường Sông An|class="tile')


def test_words_of_templates_go_through_the_catalogue() -> None:
    """Vietnamese stands in catalogues, cards and places, not in the pages' templates."""
    found = [
        f"{name}: {line.strip()}"
        for name, body in templates()
        if name.endswith(".html")
        for line in body.splitlines()
        if MARKED_LETTERS.search(unicodedata.normalize("NFD", line)) and not NAMES.search(line)
    ]
    assert not found, found


def test_no_vietnamese_in_identifiers() -> None:
    """Names in code are English words in plain letters; Vietnamese is for people."""
    found = [
        f"{named(path)}:{getattr(node, 'lineno', 0)} {name}"
        for path in python()
        if not text(path).isascii()
        for node in ast.walk(tree(path))
        for part in ("id", "attr", "name", "arg", "asname")
        if isinstance(name := getattr(node, part, None), str) and not name.isascii()
    ]
    assert not found, found


def test_sentences_are_marked_as_they_stand() -> None:
    """A sentence built while running (`_(f"…")`, `_("a" + b)`) cannot be found for translation."""
    marks = {"_", "N_", "gettext", "gettext_lazy", "ngettext", "pgettext", "gettext_noop"}
    found = []
    for path in [*python(LIBRARY), *python(PRODUCT)]:
        found += [
            f"{named(path)}:{node.lineno}"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in marks
            and node.args
            and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
        ]
    assert not found, found
