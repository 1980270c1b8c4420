"""Gathers every sentence shown to people into the catalogues, without gettext on the system."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
MARKED = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\(")
Found = tuple[str | tuple[str, ...], str | None]


def sentences(folder: Path) -> Iterator[Found]:
    """Every marked sentence below `folder`, with its context: Python sources and templates."""
    from django.utils.translation.template import templatize

    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt")]):
        if "migrations" in path.parts or "static" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".py" and not MARKED.search(source):
            continue
        if path.suffix != ".py":
            # what is left of a template is no Python: its indentation means nothing
            lines = templatize(source, origin=path.name).splitlines()
            source = "\n".join(line.strip() for line in lines)
        for _, message, _, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            yield message, context


def gathered(folder: Path, domain: str, language: str) -> tuple[Catalog, Catalog]:
    """The catalogue as it stands and as the sources now want it; translations are kept."""
    path = folder / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
    old = Catalog(locale=language, domain=domain)
    if path.exists():
        with path.open("rb") as source:
            old = read_po(source, locale=language, domain=domain)
    new = Catalog(
        locale=language,
        domain=domain,
        project="Vuon",
        version="",
        copyright_holder="",
        msgid_bugs_address="",
        last_translator="Vuon",
        language_team="Vuon",
        fuzzy=False,
        header_comment="# Vuon",
    )
    for message, context in _ordered(sentences(folder)):
        kept = old.get(message, context)
        empty = ("",) * new.num_plurals if isinstance(message, tuple) else ""
        new.add(
            message,
            kept.string if kept else empty,
            context=context,
            flags=kept.flags - {"fuzzy"} if kept else (),
        )
    return old, new


def _ordered(found: Iterable[Found]) -> list[Found]:
    return sorted(set(found), key=lambda pair: (str(pair[0]), pair[1] or ""))


def untranslated(catalogue: Catalog) -> list[Message]:
    """The sentences of a gathered catalogue that have no translation."""
    return [message for message in catalogue if message.id and not all(_strings(message))]


def _strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def gather(root: Path, catalogues: Mapping[str, str]) -> None:
    """Write the catalogues of every language anew and say what lacks a translation."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuon_web.config.settings")
    os.environ.setdefault("VUON_SECRET_KEY", "messages")
    for base, domain in catalogues.items():
        for path in sorted((root / base / "locale").glob("*/LC_MESSAGES")):
            language = path.parent.name
            _, new = gathered(root / base, domain, language)
            with (path / f"{domain}.po").open("wb") as target:
                write_po(target, new, width=100, omit_header=False, no_location=True)
            missing = untranslated(new)
            print(f"{base} {language}: {len(new)} sentences, {len(missing)} without translation")
            for message in missing:
                print(f"  {message.id!r}")
