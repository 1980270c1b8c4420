"""What went wrong or was noticed, where, why it matters and what to do, worded at display.

The library never writes prose into its results. It makes `Words`, an English sentence with
named fields, and whoever shows them chooses the language. Sentences are marked with `N_` so
that the catalogue in `src/vuon/locale` finds them.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

#: Where catalogues lie, as (folder, domain); what builds on the library adds its own.
_LOCALES: list[tuple[Path, str]] = [(Path(__file__).with_name("locale"), "vuon")]


def add_locale(folder: Path, domain: str) -> None:
    """Let `Words` also be worded by the catalogue `domain` in `folder`."""
    if (folder, domain) not in _LOCALES:
        _LOCALES.append((folder, domain))
        _catalogue.cache_clear()


def N_(sentence: str) -> str:
    """The sentence unchanged; marks it for the catalogue of translations."""
    return sentence


def terminal_language(environment: Mapping[str, str] | None = None) -> str:
    """The language to speak on a terminal: what VUON_LANGUAGE names, else the system's, else "en".

    >>> terminal_language({"LANG": "vi_VN.UTF-8"})
    'vi'
    >>> terminal_language({"VUON_LANGUAGE": "en", "LANG": "vi_VN.UTF-8"})
    'en'
    """
    known = os.environ if environment is None else environment
    for name in ("VUON_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if known.get(name):
            return "vi" if known[name].lower().startswith("vi") else "en"
    return "en"


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    found = gettext.NullTranslations()
    for folder, domain in reversed(_LOCALES):
        each = gettext.translation(domain, localedir=folder, languages=[language], fallback=True)
        each.add_fallback(found)
        found = each
    return found


@dataclass(frozen=True)
class Words:
    """A sentence as its English source with named fields; a field that knows several languages
    (another `Words`, a `Text`) is worded with it.

    >>> Words(N_("{count} answers found"), {"count": 3}).say("en")
    '3 answers found'
    """

    sentence: str
    fields: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def say(self, language: str = "en") -> str:
        """The sentence in `language` ("vi" or "en"); English where no translation is known."""
        worded = _catalogue(language).gettext(self.sentence) if self.sentence else ""
        shown = {
            key: value.say(language) if hasattr(value, "say") else value
            for key, value in self.fields.items()
        }
        return worded.format(**shown)

    def __hash__(self) -> int:
        return hash((self.sentence, tuple(sorted((k, str(v)) for k, v in self.fields.items()))))

    def __str__(self) -> str:
        return self.say()


@dataclass(frozen=True)
class Where:
    """A place in a file: `line` and `column` count from 1; 0 means the file as a whole."""

    file: str = ""
    line: int = 0
    column: int = 0
    text: str = ""

    def say(self) -> str:
        """The place as `file:line:column`, leaving out what is unknown.

        >>> Where("plan.md", 4).say()
        'plan.md:4'
        """
        parts = [self.file] if self.file else []
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class VuonError(Exception):
    """The library cannot do what was asked.

    Args:
        code: short stable name, for tests and machines ("plan.too_large").
        what: what was found.
        do: what the person can do now.
        why: why it matters, if that is not plain from `what`.
        where: the file, line and column, if there is one.

    >>> print(VuonError("plan.empty", Words("The file is empty."), Words("Choose another file.")))
    The file is empty. Choose another file.
    """

    def __init__(
        self,
        code: str,
        what: Words,
        do: Words,
        why: Words | None = None,
        where: Where | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.what = what
        self.do = do
        self.why = why
        self.where = where or Where()

    def say(self, language: str = "en") -> str:
        """Where, what, why and what to do, as one readable text in `language`."""
        sentences = [self.what.say(language)]
        if self.why:
            sentences.append(self.why.say(language))
        sentences.append(self.do.say(language))
        prefix = self.where.say()
        told = (f"{prefix}: " if prefix else "") + " ".join(sentences)
        if self.where.text:
            told += f"\n    {self.where.text}"
            if self.where.column:
                told += "\n    " + " " * (self.where.column - 1) + "^"
        return told

    def __str__(self) -> str:
        return self.say()


@contextmanager
def stoppable(code: str, do: Words) -> Iterator[None]:
    """What is inside, or the function decorated, ends with a sentence when somebody presses Ctrl+C.

    >>> with stoppable("run.stopped", Words("Start it again.")):
    ...     raise KeyboardInterrupt
    Traceback (most recent call last):
    vuon.errors.VuonError: The run was stopped. Start it again.
    """
    try:
        yield
    except KeyboardInterrupt:
        raise VuonError(code, Words(N_("The run was stopped.")), do) from None
