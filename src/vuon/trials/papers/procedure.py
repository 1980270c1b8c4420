"""The safe-harbour file on paper: four chapters, what was done and when, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vuon.documents import typeset
from vuon.documents.parts import printable
from vuon.errors import N_
from vuon.trials.dossier import CHAPTERS, Item, dossier
from vuon.trials.dossier import say as sentence_of
from vuon.trials.papers.wording import groups, moment, say
from vuon.trials.record import Record

TEMPLATE = Path(__file__).with_name("procedure.typ")
#: So many signs of an event's hash stand beside it; the record has all of them.
SHORT = 12


def procedure_paper(record: Record, language: str = "vi", watermark: str = "") -> bytes:
    """The safe-harbour file of a record as A4 pages.

    It names people as the record does and is for its owner; the text of complaints is left out.

    Args:
        record: whose chain is whole.
        language: "vi" or "en".
        watermark: stands at the head of every page if it is not empty.

    Raises:
        VuonError: `documents.typeset` if it cannot be set.
    """
    return typeset(str(TEMPLATE), procedure_content(record, language, watermark))


def procedure_content(record: Record, language: str, watermark: str = "") -> dict[str, Any]:
    """What stands on the pages, worded, as the template reads it."""
    found, plan = dossier(record), record.protocol
    missing = sum(map(len, found.gaps.values()))

    def own(sentence: str, **fields: object) -> str:
        return say(sentence, language, **fields)

    return {
        "language": language,
        "watermark": printable(watermark),
        "kind": own(N_("Safe-harbour file")),
        "title": printable(plan.title.say(language) or plan.key),
        "summary": own(
            N_("Events in the record: {events}. Missing: {missing}."),
            events=len(record.chain), missing=missing,
        ),
        "codes": [
            {"name": own(N_("Code of the plan")), "groups": groups(found.plan_sha256)},
            {"name": own(N_("Code of the last event")), "groups": groups(found.last_sha256)},
        ],
        "words": own(N_("The plan in four words: {words}"), words=" · ".join(record.sealed.words)),
        "how": own(
            N_("Each event carries the code of the one before it. Whoever has the record and the "
               "last code can see whether anything was changed or left out.")
        ),
        "heads": [own(N_("When")), own(N_("What happened")), own(N_("Code"))],
        "empty": own(N_("Nothing is recorded here.")),
        "missing": own(N_("Still missing")),
        "whole": own(N_("Nothing is missing in this chapter.")),
        "page": own(N_("page")),
        "note": own(N_("This file is no legal advice.")),
        "chapters": [
            {
                "title": own(CHAPTERS[key]),
                "items": [_item(item, language) for item in found.chapters[key]],
                "gaps": [printable(gap.say(language)) for gap in found.gaps[key]],
            }
            for key in CHAPTERS
        ],
    }  # fmt: skip


def _item(item: Item, language: str) -> list[str]:
    told = printable(sentence_of(item).say(language))
    return [moment(item.at, language), told, item.sha256[:SHORT]]
