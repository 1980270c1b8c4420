"""What is sent as a note becomes a source: text, photo, file, sheet. Nothing is shown here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from vuon.errors import VuonError
from vuon.evidence import importers, observation
from vuon_web.accounts.refusals import Refusal
from vuon_web.evidence import actions, photos
from vuon_web.evidence.actions import Voice
from vuon_web.evidence.forms import ALLOWS
from vuon_web.evidence.models import Corpus, Source

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor


def add(corpus: Corpus, sent: dict[str, Any], by: Actor, language: str) -> tuple[Source, list[str]]:
    """The source of a note, and what should be known about the reading.

    Raises:
        VuonError: the file is refused; Refusal: the photo is. Nothing was kept.
    """
    file = sent.get("file")
    if file and file.name.lower().endswith(".csv"):
        return _sheet(corpus, sent, by, language)
    text, title, notes = sent.get("text", ""), sent.get("title", ""), []
    if file:
        if file.size > importers.LARGEST:
            importers.read(b"\0" * (importers.LARGEST + 1), file.name)  # says what is too large
        found = importers.read(file.read(), file.name)
        text = f"{text}\n\n{found.text}" if text.strip() else found.text
        title = title or found.title
        notes = [note.say(language) for note in found.notes]
    picture = photos.made_plain(sent["photo"].read()) if sent.get("photo") else None
    source = actions.add_source(
        corpus=corpus,
        kind=_kind(sent, bool(file), picture is not None),
        titles={language: title or _title(text)},
        text=text,
        places={language: sent["place"]} if sent.get("place") else {},
        collected=sent.get("collected"),
        language=language,
        picture=picture,
        by=by,
        **_allowed(corpus, sent),
    )
    return source, notes


def _kind(sent: dict[str, Any], has_file: bool, has_picture: bool) -> str:
    if has_file and sent.get("kind") in ("", "fieldnote"):
        return "document"
    if has_picture and not sent.get("text", "").strip():
        return "photo"
    return sent.get("kind") or "fieldnote"


def _title(text: str) -> str:
    first = " ".join(text.split())
    if not first:
        return _("Photo")
    return first if len(first) <= 60 else first[:57].rsplit(" ", 1)[0] + " …"


def _allowed(corpus: Corpus, sent: dict[str, Any]) -> dict[str, Any]:
    """The voices of a note, or the basis on which it is kept without any."""
    _words, scopes, basis = ALLOWS[sent["allows"]]
    if basis:
        return {"basis": basis}
    known = corpus.participants.filter(pk=sent["who"]).first() if sent.get("who") else None
    segment = "official" if sent.get("official") else "resident"
    voice = Voice(known=known, segment=segment, group=sent.get("group", ""), scopes=scopes)
    return {"voices": (voice,)}


@transaction.atomic
def _sheet(
    corpus: Corpus, sent: dict[str, Any], by: Actor, language: str
) -> tuple[Source, list[str]]:
    """A stopwatch sheet from a CSV file."""
    file = sent["file"]
    if file.size > 5 * 1024 * 1024:
        raise Refusal(_("The sheet is larger than 5 MB. Divide it by day."))
    try:
        sheet = observation.read(file.read().decode("utf-8-sig"), file.name)
    except UnicodeDecodeError:
        raise Refusal(_("The sheet is not in UTF-8. Save it again as CSV UTF-8.")) from None
    source = actions.add_source(
        corpus=corpus,
        kind="observation",
        titles={language: sent.get("title") or file.name.rsplit(".", 1)[0]},
        text="",
        places={language: sent["place"]} if sent.get("place") else {},
        collected=sent.get("collected"),
        language=language,
        basis="observation",
        by=by,
        checked=True,
    )
    rows = [(f"{n}:{row.sitting}:{row.ticket}"[:40], row) for n, row in enumerate(sheet.rows)]
    actions.add_rows(source=source, rows=rows, by=by)
    return source, [
        _("Line %(line)d was set aside: %(why)s")
        % {"line": each.line, "why": each.why.say(language)}
        for each in sheet.problems
    ]


__all__ = ["VuonError", "add"]
