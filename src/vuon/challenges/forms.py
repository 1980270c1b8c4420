"""The known forms and their prompts, read from `forms/*.toml`.

A prompt is known by its *norm*: entities unescaped, elements and odd spaces gone, lower case,
punctuation out. The tables hold the prompts of the public form and short labels for screens in
English and Vietnamese.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from vuon.challenges.clean import clean

FOLDER = Path(__file__).with_name("forms")
FILES = ("opening", "closing", "experiment", "solution")
SIMILAR = 0.9
#: Below this length a similar prompt is too likely another question.
SHORTEST_SIMILAR = 24

_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def norm(raw: str) -> str:
    r"""What a prompt or a section title is recognised by.

    >>> norm("Usage of methods:\xa0How &amp;amp; why?") == norm("usage of methods: how & why")
    True
    """
    return _NOT_WORD.sub(" ", clean(raw).casefold()).strip()


@dataclass(frozen=True)
class Prompt:
    """A known prompt of a form; kinds are explained in `forms/opening.toml`."""

    id: str
    text: str
    label_en: str
    label_vi: str
    kind: str = "text"
    aliases: tuple[str, ...] = ()
    continuation: str = ""
    options: tuple[str, ...] = ()
    group: str = ""
    tag: str = ""
    personal: bool = False
    former: bool = False
    optional: bool = False
    longest: int = 0

    @property
    def is_lost(self) -> bool:
        """Whether the exporter never writes answers to it."""
        return self.kind == "single"

    @property
    def is_field(self) -> bool:
        """Whether it stands inside a group; a holder and evidence stand before theirs."""
        return bool(self.group) and self.kind not in ("holder", "evidence")

    @property
    def takes_choices(self) -> bool:
        """Whether its answers are lines "- value"."""
        return self.kind in ("choices", "single")

    def label(self, language: str = "en") -> str:
        """The short label for screens."""
        return self.label_vi if language == "vi" else self.label_en


@dataclass(frozen=True)
class FormSection:
    """A section of a form."""

    title: str
    label_en: str
    label_vi: str
    prompts: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    lead: str = ""
    repeats: bool = False
    #: ours, not the public form's: documents without it are whole
    own: bool = False

    def label(self, language: str = "en") -> str:
        """The short label for screens."""
        return self.label_vi if language == "vi" else self.label_en


@dataclass(frozen=True)
class Form:
    """A version of a form: sections, prompts, and the type tag its documents carry."""

    id: str
    kind: str
    type: str
    label_en: str
    label_vi: str
    sections: tuple[FormSection, ...]
    prompts: dict[str, Prompt]

    @cached_property
    def prompt_ids(self) -> frozenset[str]:
        """The ids of all its prompts."""
        return frozenset(key for section in self.sections for key in section.prompts)

    @cached_property
    def section_norms(self) -> frozenset[str]:
        """The norms of its section titles in every known language."""
        return frozenset(
            norm(title) for section in self.sections for title in (section.title, *section.aliases)
        )

    def label(self, language: str = "en") -> str:
        """The short label for screens."""
        return self.label_vi if language == "vi" else self.label_en

    def section_of(self, title: str) -> FormSection | None:
        """The section with this title, in any known language."""
        wanted = norm(title)
        for section in self.sections:
            if wanted in {norm(name) for name in (section.title, *section.aliases)}:
                return section
        return None


def _prompt(entry: dict[str, Any]) -> Prompt:
    known = {**entry}
    for key in ("aliases", "options"):
        known[key] = tuple(known.get(key, ()))
    return Prompt(**known)


def _section(entry: dict[str, Any]) -> FormSection:
    known = {**entry}
    for key in ("aliases", "prompts"):
        known[key] = tuple(known.get(key, ()))
    return FormSection(**known)


@lru_cache(maxsize=1)
def forms() -> dict[str, Form]:
    """Every known form by its id; the first of a file is the one new documents take."""
    found: dict[str, Form] = {}
    for name in FILES:
        table = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
        prompts = {entry["id"]: _prompt(entry) for entry in table["prompt"]}
        for entry in table["form"]:
            sections = tuple(_section(section) for section in entry.pop("section"))
            form = Form(**entry, sections=sections, prompts=prompts)
            missing = form.prompt_ids - prompts.keys()
            assert not missing, f"{name}.toml: {form.id} asks for unknown prompts {missing}"
            found[form.id] = form
    return found


@dataclass(frozen=True)
class Family:
    """The forms that a type tag can mean, and what is known of their prompts."""

    forms: tuple[Form, ...]
    by_norm: dict[str, Prompt]
    section_norms: frozenset[str]
    #: answers of `lookup` by raw line; the same lines come in every document
    seen: dict[str, Prompt | None]

    def lookup(self, line: str) -> Prompt | None:
        """The known prompt in a line that begins with ">", or None."""
        if line in self.seen:
            return self.seen[line]
        prompt = self._find(norm(line[1:]))
        if len(self.seen) < 5000:  # texts of users end here too; keep memory bounded
            self.seen[line] = prompt
        return prompt

    def _find(self, wanted: str) -> Prompt | None:
        exact = self.by_norm.get(wanted)
        if exact or len(wanted) < SHORTEST_SIMILAR:
            return exact
        best, score = None, SIMILAR
        for known, prompt in self.by_norm.items():
            if not 0.8 < len(wanted) / max(len(known), 1) < 1.25:
                continue
            matcher = SequenceMatcher(None, wanted, known, autojunk=False)
            if matcher.real_quick_ratio() < score or matcher.quick_ratio() < score:
                continue
            ratio = matcher.ratio()
            if ratio >= score:
                best, score = prompt, ratio
        return best


@lru_cache(maxsize=8)
def family(type_tag: str) -> Family:
    """The forms of documents with this type tag; all forms if the tag is unknown or missing."""
    every = tuple(forms().values())
    chosen = tuple(form for form in every if form.type == type_tag) or every
    by_norm: dict[str, Prompt] = {}
    for form in chosen:
        for prompt in form.prompts.values():
            for text in (prompt.text, *prompt.aliases, prompt.label_vi):
                by_norm.setdefault(norm(text), prompt)
    return Family(
        forms=chosen,
        by_norm=by_norm,
        section_norms=frozenset().union(*(form.section_norms for form in chosen)),
        seen={},
    )


def best_form(chosen: tuple[Form, ...], prompt_ids: set[str], titles: set[str]) -> Form | None:
    """The form that shares most prompts, then most section titles; None if it shares nothing.

    Args:
        chosen: the forms to choose from.
        prompt_ids: the known prompts of a document.
        titles: the norms of its section titles.
    """
    best, score = None, 0
    for form in chosen:
        shared = 100 * len(form.prompt_ids & prompt_ids) + len((form.section_norms - {""}) & titles)
        if shared > score:
            best, score = form, shared
    return best


def prompt_of(form_id: str, prompt_id: str | None) -> Prompt | None:
    """The prompt with this id in a form, or in any form if that one lacks it."""
    return prompts_of(form_id).get(prompt_id) if prompt_id else None


@lru_cache(maxsize=32)
def prompts_of(form_id: str) -> dict[str, Prompt]:
    """The prompts of all forms by id, those of this form before the others."""
    found: dict[str, Prompt] = {}
    every = forms()
    for form in (*([every[form_id]] if form_id in every else []), *every.values()):
        for prompt in form.prompts.values():
            found.setdefault(prompt.id, prompt)
    return found
