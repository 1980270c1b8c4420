"""The codes of irregularities: how grave each is, what was found, what was done.

E is about signs, F about form, G about groups, V about values, D about doubles, P about persons,
L about what is elsewhere. The manual lists them (`docs/reference/plan-format.md`).
"""

from __future__ import annotations

from typing import Any

from vuon.challenges.document import Issue, Severity
from vuon.errors import N_, Words

_NOTHING = N_("Nothing had to be done.")
_KEPT = N_("Kept as it is; shown without it.")

#: code: severity, what was found, what was done
CODES: dict[str, tuple[Severity, str, str]] = {
    "E0": (
        "repaired",
        N_("Bytes that are not UTF-8: {count}."),
        N_("Kept as they are and shown as �. Save the file in UTF-8 to see the letters."),
    ),
    "E0.utf16": (
        "repaired",
        N_("The file is in UTF-16."),
        N_("Read as such; it is given back in UTF-16."),
    ),
    "E1": (
        "note",
        N_("Odd spaces, invisible signs or line ends: {count}."),
        _KEPT,
    ),
    "E2": (
        "repaired",
        N_("HTML entities such as {example}: {count}."),
        N_("Shown as the signs they stand for; the file keeps them."),
    ),
    "E2.page": (
        "repaired",
        N_("A link holds leftovers of a web page."),
        N_("The addresses in it were taken out for reading; the file keeps it whole."),
    ),
    "E3": (
        "repaired",
        N_("Leftovers of HTML such as {example}: {count}."),
        N_("Left out for reading; the file keeps them."),
    ),
    "E3.letters": (
        "note",
        N_("Letters look wrongly converted ({example})."),
        N_("Kept: look up the original if the words matter."),
    ),
    "E4": (
        "repaired",
        N_("Letters left as numbers of a PDF such as {example}: {count}."),
        N_("Known ones are shown as letters, others stay."),
    ),
    "E4.letters": (
        "note",
        N_("Lines with a single letter, as a watermark leaves them: {count}."),
        _NOTHING,
    ),
    "F1": (
        "repaired",
        N_("A tag is broken."),
        N_("Its lines were joined and its value read."),
    ),
    "F2": ("note", N_("A time in brackets is not a tag."), N_("Read as text.")),
    "F3": (
        "note",
        N_("Tags that stand after the text begins: {count}."),
        N_("Read as tags of the whole document."),
    ),
    "F4.none": (
        "repaired",
        N_("The document has no title."),
        N_("“{title}” is shown as its title."),
    ),
    "F4.menu": (
        "repaired",
        N_("The title is a line of a web page's menu."),
        N_("“{title}” is shown as its title."),
    ),
    "F4.clipped": ("note", N_("The title was cut off."), N_("“{title}” is shown as its title.")),
    "F4.newline": ("note", N_("The title goes on over several lines."), N_("Shown on one line.")),
    "F5": (
        "note",
        N_("Empty headings, questions or lists: {count}."),
        N_("Kept; they hold no answer."),
    ),
    "F6": (
        "note",
        N_("A second paragraph belongs to the question before it."),
        N_("Not read as an answer."),
    ),
    "F7": (
        "lost",
        N_("No answer to “{prompt}” ({count}): the Commons does not export single choices."),
        N_("Shown as unknown, never as “No”. Ask the authors if it matters."),
    ),
    "F8": (
        "note",
        N_("A question is in no known form."),
        N_("Kept as a question with its answer."),
    ),
    "G1": (
        "repaired",
        N_("A group is opened and not closed."),
        N_("Read as closed where the next part begins."),
    ),
    "G2": ("note", N_("A group is closed that was never opened."), N_("Read as text.")),
    "V1": (
        "note",
        N_("“{value}” is usually written “{usual}”."),
        N_("Found under both; the file keeps its spelling."),
    ),
    "V2": (
        "note",
        N_("Several sample sizes are ticked: {count}."),
        N_("All are kept; the smallest one counts."),
    ),
    "V3": ("note", N_("The date “{value}” is not plain."), N_("Kept as text.")),
    "V4": (
        "note",
        N_("The tag says “{tag}”, the text says “{text}”."),
        N_("Both are kept; this weakens what the record can show."),
    ),
    "V4.status": (
        "note",
        N_("The experiment is marked “{tag}”, yet a verdict is given."),
        N_("Both are kept; this weakens what the record can show."),
    ),
    "D1.same": ("note", N_("The same file as {other}."), N_("Nothing was dropped; one is enough.")),
    "D1.title": (
        "note",
        N_("The same title as {other}."),
        N_("Nothing was dropped; compare them."),
    ),
    "D2": (
        "note",
        N_("Perhaps the other half of {other}."),
        N_("Both are kept; compare them side by side."),
    ),
    "D3": (
        "note",
        N_("The document has several types: {types}."),
        N_("Read as the first one."),
    ),
    "P1": (
        "note",
        N_("Places with personal data: {count}."),
        N_("Dropped before anything is stored or shown, unless somebody chose to keep them."),
    ),
    "P1.dropped": (
        "note",
        N_("Places where personal data stood: {count}."),
        N_("It was dropped; a mark stands where it was."),
    ),
    "L1": (
        "note",
        N_("The evidence is elsewhere; answers that are links only: {count}."),
        N_("Ask for the documents, so that the evidence does not vanish with a website."),
    ),
    "L2": (
        "note",
        N_("Pictures without a description: {count}."),
        N_("Kept as links and not fetched. Ask for the numbers in them."),
    ),
}


def issue(code: str, line: int, **fields: Any) -> Issue:
    """An issue in the words of its code; "E2.page" is worded as such and has the code "E2"."""
    severity, what, done = CODES[code]
    return Issue(code.partition(".")[0], line, severity, Words(what, fields), Words(done, fields))
