"""A page with one code to scan, for a counter or a wall, and three plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vuon.documents import typeset
from vuon.documents.codes import qr
from vuon.documents.parts import printable
from vuon.errors import N_
from vuon.toml.table import Text
from vuon.trials.papers.wording import say

TEMPLATE = Path(__file__).with_name("sheet.typ")


@dataclass(frozen=True)
class Purpose:
    """What a code is for: a headline and three sentences."""

    headline: str
    sentences: tuple[str, str, str]


PURPOSES: Mapping[str, Purpose] = {
    "enter": Purpose(
        N_("For staff at the counter"),
        (
            N_("Scan the code and enter what happened, right after each person."),
            N_("Enter no names and no numbers of papers."),
            N_("A slip of the finger? Correct it; what was entered before stays on record."),
        ),
    ),
    "complain": Purpose(
        N_("Something is not right?"),
        (
            N_("Something new is being tried here. Scan the code and write what bothers you."),
            N_("No account, no name. Who wants to leave the trial scans it too."),
            N_("Whether you write or not, you are served as ever."),
        ),
    ),
    "lot": Purpose(
        N_("The public lot"),
        (
            N_("A lot decides who begins, or when; nobody chooses. Scan the code to see it."),
            N_("It comes from a public number that nobody could know when the plan was sealed."),
            N_("Anybody can work it out again and compare."),
        ),
    ),
}


def code_sheet(
    address: str, purpose: str, title: Text, language: str = "vi", watermark: str = ""
) -> bytes:
    """One A4 page with the code of an address.

    Args:
        address: what the code opens, in full; it also stands below as text.
        purpose: one of `PURPOSES`.
        title: of the trial.
        language: "vi" or "en".
        watermark: stands at the head if it is not empty.

    Raises:
        KeyError: no such purpose.
        VuonError: `documents.typeset` if it cannot be set.
    """
    known = PURPOSES[purpose]
    content = {
        "language": language,
        "watermark": printable(watermark),
        "headline": say(known.headline, language),
        "title": printable(title.say(language)),
        "qr": qr(address),
        "address": printable(address),
        "sentences": [say(sentence, language) for sentence in known.sentences],
    }
    return typeset(str(TEMPLATE), content)
