"""The paper of a sealed plan: one page for the wall and the file, to be signed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vuon.documents import typeset
from vuon.documents.codes import qr
from vuon.documents.parts import printable
from vuon.errors import N_, Words
from vuon.trials.figures import Day, gain, plainly
from vuon.trials.monitor import stop_table
from vuon.trials.papers.wording import groups, moment, say
from vuon.trials.plans import foresee
from vuon.trials.protocol import NONE, Protocol, Rail
from vuon.trials.record import DRAWN, Record

TEMPLATE = Path(__file__).with_name("seal.typ")
#: How many columns of a stop table stand on the page, and up to how many people it is worked out.
COLUMNS, PEOPLE = 8, 100


def seal_paper(record: Record, language: str = "vi", watermark: str = "") -> bytes:
    """One A4 page: title, whole hash as text and QR, words for the eye, what the plan can show at
    best, when it stops, the public lot, and lines to sign.

    Args:
        record: of a sealed plan; if its lot was drawn, its number stands there.
        language: "vi" or "en".
        watermark: stands at the head if it is not empty, such as that it is an example.

    Raises:
        VuonError: `documents.typeset` if it cannot be set.
    """
    return typeset(str(TEMPLATE), seal_content(record, language, watermark))


def seal_content(record: Record, language: str, watermark: str = "") -> dict[str, Any]:
    """What stands on the page, worded, as the template reads it."""
    plan, sealed = record.protocol, record.sealed

    def own(sentence: str, **fields: object) -> str:
        return say(sentence, language, **fields)

    return {
        "language": language,
        "watermark": printable(watermark),
        "kind": own(N_("Sealed plan of a trial")),
        "title": printable(plan.title.say(language) or plan.key),
        "at": own(N_("Sealed: {time}"), time=moment(str(record.seal.event["at"]), language)),
        "hash_title": own(N_("The whole code of the plan (SHA-256)")),
        "hash": groups(sealed.sha256),
        "qr": qr(sealed.sha256),
        "words_title": own(N_("In four words")),
        "words": list(sealed.words),
        "words_note": own(
            N_("The words are for eye and ear. Only the whole code shows that nothing was changed; "
               "the square holds the same code.")
        ),
        "best_title": own(N_("What this plan can show at best")),
        "best": _best(plan, language),
        "stops_title": own(N_("When it stops")),
        "rails": [_rail(rail, language) for rail in plan.rails],
        "stops": [printable(stop.say(language)) for stop in plan.stops],
        "no_stops": own(N_("Neither a guardrail nor a stop rule is written.")),
        "lot_title": own(N_("The public lot")),
        "lot": _lot(record, language),
        "signed": [own(N_("Author")), own(N_("Second person")), own(N_("Witness"))],
        "lines": [own(N_("Full name")), own(N_("Signed on")), own(N_("Signature"))],
    }  # fmt: skip


def _best(plan: Protocol, language: str) -> list[str]:
    found = [say(N_("{words}"), language, words=foresee(plan).words)]
    primary = plan.primary
    if primary is not None and primary.worthwhile is not None:
        name = primary.name.say(language) or primary.key
        words = N_("What decides: “{name}”. It is worth it from {gain} on.")
        found.append(say(words, language, name=name, gain=gain(primary)))
    return found


def _rail(rail: Rail, language: str) -> dict[str, Any]:
    """A guardrail: its name with the limit, and a table of counts or a sentence."""
    limit: Words = plainly(rail.limit)
    if rail.method == "share":
        limit = Words(N_("{limit}%"), {"limit": plainly(100 * rail.limit)})
    name = rail.name.say(language) or rail.key
    named = {"name": name[:1].upper() + name[1:], "limit": limit}
    table = stop_table(rail.limit, PEOPLE, rail.alarm) if rail.method == "share" else []
    sentences = {
        "share": N_("{name}: no more than {limit} are accepted. Stop when so many are affected:"),
        "count": N_("{name}: stop at {limit}."),
        "mean": N_("{name}: stop when the evidence for more than {limit} reaches {alarm}."),
    }
    return {
        "text": say(sentences[rail.method], language, alarm=plainly(rail.alarm), **named),
        "heads": [say(N_("affected"), language), say(N_("among this many or fewer"), language)],
        "table": [[str(harmed), str(seen)] for harmed, seen in table[:COLUMNS]],
    }


def _lot(record: Record, language: str) -> dict[str, Any]:
    lot = record.protocol.lot
    if lot.kind == NONE:
        return {"rows": [], "none": say(N_("Nothing is drawn by lot."), language)}
    drawn = record.events(DRAWN)
    day = Day.of(lot.drawn_on).say(language) if lot.drawn_on else ""
    rows = [
        [say(N_("Public number"), language), printable(lot.public_number.say(language))],
        [say(N_("Day of the lot"), language), day],
        [say(N_("If it does not come"), language), printable(lot.substitute.say(language))],
        [say(N_("Number drawn"), language), str(drawn[0]["number"]) if drawn else ""],
    ]
    return {"rows": rows, "none": ""}
