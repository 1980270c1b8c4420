"""The title of a document, repaired where the file has none that says anything."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vuon.challenges.clean import clean, one_line
from vuon.challenges.document import Block, Found, Tag

#: First lines of scraped pages, in the languages of the archive.
_MENU = {
    "skip to main content",
    "skip to content",
    "pasar al contenido principal",
    "aller au contenu principal",
    "ir para o conteúdo principal",
    "main content",
}
CLIPPED = 70
_LONGEST = 300


def title_of(
    blocks: Sequence[Block], tags: Sequence[Tag], fallback: str
) -> tuple[str, tuple[Found, ...]]:
    """The title as a person reads it, and what was irregular about it.

    A menu's first line, an empty title or none at all is replaced by the next usable heading, the
    end of the source's address, the first words of the text, or the name of the file.

    Args:
        blocks: of the document.
        tags: of the document, for the source.
        fallback: what to call it where nothing in it gives it a title: the name of the file.
    """
    line = 1
    for block in blocks:
        if block.kind == "title":
            line += block.blank_before
            break
        line += block.blank_before + block.raw.count("\n") + 1
    else:
        return _substitute(blocks, tags, fallback), (Found("F4", 0, {"why": "none"}),)
    rows = [row.strip() for row in clean(block.raw).strip().removeprefix("#").split("\n")]
    rows = [row for row in rows if row]
    title = " ".join(" ".join(rows).split())
    if not title or (rows and rows[0].casefold().strip(" .:") in _MENU):
        title = _from_body(blocks, rows) or _substitute(blocks, tags, fallback)
        return title, (Found("F4", line, {"why": "menu" if rows else "none"}),)
    if len(title) >= CLIPPED and title.endswith(("...", "…")):
        whole = _from_body(blocks, rows)
        return whole or title, (Found("F4", line, {"why": "clipped"}),)
    if len(rows) > 1:
        return title, (Found("F4", line, {"why": "newline"}),)
    return title, ()


def _from_body(blocks: Sequence[Block], rows: Sequence[str]) -> str:
    """The whole title where the last row of a clipped one begins a line of the body."""
    if len(rows) < 2 and not (rows and rows[0].endswith(("...", "…"))):
        return ""
    begin = rows[-1].rstrip(".… ")
    if len(begin) < 8 or not rows[-1].endswith(("...", "…")):
        return ""
    for block in blocks:
        if block.kind == "text":
            for row in clean(block.raw).split("\n"):
                row = " ".join(row.split())
                if row.startswith(begin) and len(row) <= _LONGEST:
                    return row
    return ""


def _substitute(blocks: Sequence[Block], tags: Sequence[Tag], fallback: str) -> str:
    for block in blocks:
        if (
            block.prompt_id in ("name", "solution_title", "experiment_name")
            and block.kind == "text"
        ):
            return one_line(block.raw)[:_LONGEST]
    source = next((tag.value for tag in tags if tag.key == "source"), "")
    slug = re.sub(r"[?#].*$", "", source).rstrip("/").rpartition("/")[2]
    if "-" in slug:
        return slug.replace("-", " ").capitalize()
    if not any(block.kind == "prompt" for block in blocks):
        for block in blocks:
            if block.kind in ("head", "text"):
                words = one_line(block.raw.lstrip("#").strip().split("\n")[0])
                if words and words.casefold() not in _MENU:
                    return words if len(words) <= CLIPPED else words[:CLIPPED].rstrip() + "…"
    return fallback
