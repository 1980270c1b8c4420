"""The paper of an activity: a sheet to print, write on, pin to a wall and photograph later.

Each sheet carries what is needed to use it alone: purpose, steps, an example, when it is done.
Four corner marks and a code let a photograph of it be found and cut; the code names the
activity and the sheet, never a person.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from vuon import toml
from vuon.documents import typeset
from vuon_web.activities.card import LANGUAGES, Card, Cell

PAPER = Path(__file__).with_name("paper")
TEMPLATE = PAPER / "canvas.typ"
SIZES = ("A4", "A3")

_ICONS = Path(__file__).parents[1] / "ui" / "icons.svg"
#: The plant of each stage, as a symbol of the icons of the screens.
_PLANTS = {
    "frame": "seed",
    "listen": "root",
    "journey": "path",
    "system": "web",
    "futures": "weather",
    "ideas": "sprout",
    "sandbox": "greenhouse",
    "learn": "rings",
    "grow": "wind",
}
_LEAF = "#1E6B45"


def pdf(
    card: Card,
    language: str,
    size: str = "A4",
    watermark: str | None = None,
    address: str | None = None,
) -> bytes:
    """The canvas of `card` as a PDF of one page.

    Args:
        card: the activity.
        language: "vi" or "en".
        size: "A4", or "A3" for a wall; larger paper has more room, not only larger letters.
        watermark: words across the sheet, for example and practice labs.
        address: where the code leads; without it, it holds only the name of the sheet.

    Raises:
        ValueError: an unknown size or language.
    """
    if size not in SIZES:
        raise ValueError("the size of paper is A4 or A3")
    if language not in LANGUAGES:
        raise ValueError("the language is vi or en")
    return typeset(str(TEMPLATE), content(card, language, size, watermark, address))


def code(card: Card, language: str, size: str) -> str:
    """The name of a sheet, as its code holds it.

    Capitals and digits only, so that the code is small and read from afar.
    """
    return f"VUON:{card.key}:{language}:{size}".upper()


def content(
    card: Card,
    language: str,
    size: str = "A4",
    watermark: str | None = None,
    address: str | None = None,
) -> Mapping[str, object]:
    """Every word, number and drawing that the template puts on the sheet."""
    guide = card.guide(language)
    words = _words(language)
    name = code(card, language, size)
    return {
        "language": language,
        "size": size.lower(),
        "landscape": card.canvas.landscape,
        "watermark": watermark or "",
        "code": name,
        "qr": _qr(address or name),
        "icon": _icon(_PLANTS[card.stage]),
        "words": words,
        "stage": words["stages"][card.stage],
        "minutes": card.minutes,
        "playbook": card.playbook,
        "title": guide.title,
        "purpose": guide.purpose,
        "you_need": guide.you_need,
        "steps": guide.steps,
        "example": guide.example,
        "artefact": guide.artefact,
        "learning": guide.learning,
        "cells": [_cell(cell, language) for cell in card.canvas.cells],
    }


def _cell(cell: Cell, language: str) -> Mapping[str, object]:
    return {
        "kind": cell.kind,
        "area": cell.area,
        "title": cell.title.say(language),
        "hint": cell.hint.say(language),
        "parts": [part.say(language) for part in cell.parts],
        "count": cell.count,
        "widths": cell.widths,
    }


@lru_cache(maxsize=2)
def _words(language: str) -> Mapping[str, Any]:
    """The words that stand on every canvas."""
    words: Mapping[str, Any] = toml.read(PAPER / "words.toml")[language]
    return words


@lru_cache(maxsize=16)
def _icon(symbol: str) -> str:
    """One symbol of the icons as a drawing of its own, in the colour of leaves."""
    found = re.search(
        rf'<symbol id="{symbol}" viewBox="([^"]+)">(.*?)</symbol>',
        _ICONS.read_text(encoding="utf-8"),
        re.DOTALL,
    )
    view, paths = found.groups() if found else ("0 0 24 24", "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" fill="none" color="{_LEAF}"'
        f' stroke="{_LEAF}" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round">'
        f"{paths}</svg>"
    )


@lru_cache(maxsize=256)
def _qr(content: str) -> str:
    """The code as a drawing."""
    import segno

    drawn = io.BytesIO()
    segno.make(content, error="m", micro=False).save(
        drawn, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None, dark="#000"
    )
    return drawn.getvalue().decode()
