"""What was irregular in a document: every code, how grave it is, what was found and done.

The codes are listed in the manual (`docs/reference/plan-format.md`); E is about signs, F about
form, G about groups, V about values, D about doubles, P about persons, L about what is elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from vuon.challenges.clean import (
    CID,
    ENTITY,
    INVALID_MARK,
    SPACES,
    TAG,
    ZERO_WIDTH,
    one_line,
)
from vuon.challenges.document import Document, Found, Issue, Severity
from vuon.challenges.forms import Prompt, norm, prompt_of
from vuon.challenges.links import holds_page
from vuon.challenges.values import canonical
from vuon.challenges.views import Slot, answer_of
from vuon.errors import N_, Words

_NOTHING = N_("Nothing had to be done.")
_KEPT = N_("Kept as it is; shown without it.")

#: code: severity, what was found, what was done
CODES: dict[str, tuple[Severity, str, str]] = {
    "E0": (
        "repaired",
        N_("{count} bytes are not UTF-8."),
        N_("Kept as they are and shown as �. Save the file in UTF-8 to see the letters."),
    ),
    "E0.utf16": (
        "repaired",
        N_("The file is in UTF-16."),
        N_("Read as such; it is given back in UTF-16."),
    ),
    "E1": (
        "note",
        N_("{count} odd spaces, invisible signs or line ends."),
        _KEPT,
    ),
    "E2": (
        "repaired",
        N_("{count} HTML entities such as {example}."),
        N_("Shown as the signs they stand for; the file keeps them."),
    ),
    "E2.page": (
        "repaired",
        N_("A link holds leftovers of a web page."),
        N_("The addresses in it were taken out for reading; the file keeps it whole."),
    ),
    "E3": (
        "repaired",
        N_("{count} leftovers of HTML such as {example}."),
        N_("Left out for reading; the file keeps them."),
    ),
    "E3.letters": (
        "note",
        N_("Letters look wrongly converted ({example})."),
        N_("Kept: look up the original if the words matter."),
    ),
    "E4": (
        "repaired",
        N_("{count} letters are left as numbers of a PDF such as {example}."),
        N_("Known ones are shown as letters, others stay."),
    ),
    "E4.letters": (
        "note",
        N_("{count} lines hold a single letter, as a watermark leaves them."),
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
        N_("{count} tags stand after the text begins."),
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
        N_("{count} headings, prompts or lists are empty."),
        N_("Kept; they hold no answer."),
    ),
    "F6": (
        "note",
        N_("A second paragraph belongs to the question before it."),
        N_("Not read as an answer."),
    ),
    "F7": (
        "lost",
        N_(
            "{count} answers to “{prompt}” are missing: the Commons does not export single choices."
        ),
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
        N_("{count} sample sizes are ticked."),
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
        N_("{count} places hold personal data."),
        N_("Dropped before anything is stored or shown, unless somebody chose to keep them."),
    ),
    "P1.dropped": (
        "note",
        N_("Personal data stood in {count} places."),
        N_("It was dropped; a mark stands where it was."),
    ),
    "L1": (
        "note",
        N_("The evidence is elsewhere: {count} answers are links only."),
        N_("Ask for the documents, so that the evidence does not vanish with a website."),
    ),
    "L2": (
        "note",
        N_("{count} pictures have no description."),
        N_("Kept as links and not fetched. Ask for the numbers in them."),
    ),
}

_ODD = ("\r", *SPACES, *ZERO_WIDTH)
_MOJIBAKE = re.compile(
    r"Ã[\x80-\xbf\u2018-\u2122]|â€[\u0080-\u2122]|áº[\x80-\xbf\u0160-\u2122]|Ä‘|Æ°|Ã¡»|Â[\xa0-\xbf](?=\w)"
)
_MOJIBAKE_SIGNS = ("Ã", "â", "á", "Ä", "Æ", "Â")
_LONE_LETTER = re.compile(r"\n[^\W\d_](?=\n)")
_PLAIN_DATE = re.compile(
    r"^\s*(?:\d{4}-\d{1,2}-\d{1,2}(?:T[\d:.]+Z?)?|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}|"
    r"\d{1,2}[/.-]\d{4})\s*$"
)
MANY_LONE_LETTERS = 5
#: Answers of an experiment that are compared with its tags.
_COMPARED = frozenset(("date", "control_group", "assignment", "verdict"))
#: Issues of one code and document that are listed one by one.
MOST_OF_A_CODE = 20


def issue(code: str, line: int, **fields: Any) -> Issue:
    """An issue in the words of its code; "E2.page" is worded as such and has the code "E2"."""
    severity, what, done = CODES[code]
    return Issue(code.partition(".")[0], line, severity, Words(what, fields), Words(done, fields))


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def issues_of(document: Document, text: str, found: Iterable[Found]) -> tuple[Issue, ...]:
    """Everything irregular in one document, by line.

    Args:
        document: as assembled, without issues.
        text: its raw text with plain newlines.
        found: what the line pass and the title noted.
    """
    lines = lines_of(document)
    issues = [
        *_noted(document, found),
        *_signs(document, text),
        *_shape(document, lines),
        *_answers(document, lines),
        *_values(document, lines),
        *_contradictions(document, lines),
        *_persons(document, text),
    ]
    return tuple(sorted(issues, key=lambda known: (known.line, known.code)))


def _noted(document: Document, found: Iterable[Found]) -> Iterator[Issue]:
    counts: Counter[str] = Counter()
    for one in found:
        counts[one.code] += 1
        if counts[one.code] > MOST_OF_A_CODE:
            continue
        if one.code == "F4":
            yield issue(f"F4.{one.fields['why']}", one.line, title=document.title)
        else:
            yield issue(one.code, one.line)


def _signs(document: Document, text: str) -> Iterator[Issue]:
    if document.encoding != "utf-8":
        yield issue("E0.utf16", 0)
    if not text.isascii():
        if INVALID_MARK in text:
            line = _line_at(text, text.index(INVALID_MARK))
            yield issue("E0", line, count=text.count(INVALID_MARK))
        suspect = any(sign in text for sign in _MOJIBAKE_SIGNS)
        if suspect and (wrong := _MOJIBAKE.search(text)):
            yield issue("E3.letters", _line_at(text, wrong.start()), example=wrong[0])
    odd = [sign for sign in _ODD if sign in text]
    if odd or document.newline != "\n":
        line = _line_at(text, min(text.index(sign) for sign in odd)) if odd else 1
        count = sum(text.count(sign) for sign in odd) if odd else text.count("\n")
        yield issue("E1", line, count=count)
    if "&" in text:
        yield from _counted("E2", ENTITY, text)
    if "<" in text:
        yield from _leftovers(text)
    if "(cid:" in text:
        yield from _counted("E4", CID, text)
    lone = list(_LONE_LETTER.finditer(text))
    if len(lone) >= MANY_LONE_LETTERS:
        yield issue("E4.letters", _line_at(text, lone[0].end()), count=len(lone))


def _counted(code: str, pattern: re.Pattern[str], text: str) -> Iterator[Issue]:
    first = pattern.search(text)
    if first:
        count = sum(1 for _ in pattern.finditer(text))
        yield issue(code, _line_at(text, first.start()), count=count, example=first[0])


def _leftovers(text: str) -> Iterator[Issue]:
    """Elements of HTML other than the groups that belong to the format."""
    first, count = None, 0
    for element in TAG.finditer(text):
        begins = text.rfind("\n", 0, element.start()) + 1
        ends = text.find("\n", element.end())
        line = text[begins : ends if ends >= 0 else len(text)].strip()
        if line in ('<div class="group">', "</div>"):
            continue
        first = first or element
        count += 1
    if first:
        yield issue("E3", _line_at(text, first.start()), count=count, example=first[0][:40])


def lines_of(document: Document) -> list[int]:
    """The line on which each block begins, counted from 1."""
    line, found = 1, []
    for block in document.blocks:
        line += block.blank_before
        found.append(line)
        line += block.raw.count("\n") + 1
    return found


def _shape(document: Document, lines: list[int]) -> Iterator[Issue]:
    blocks = document.blocks
    body = False
    late: list[int] = []
    empty: list[int] = []
    pictures: list[int] = []
    for index, block in enumerate(blocks):
        kind = block.kind
        if kind == "tag":
            if body:
                late.append(index)
            continue
        if kind in ("head", "prompt", "text"):
            body = True
        if kind == "image":
            pictures.append(index)
        elif (
            (kind == "head" and not norm(block.raw))
            or (kind == "choices" and not block.raw.strip(" -\r\n"))
            or (kind == "lead" and not block.raw.strip("* \r"))
            or (kind == "prompt" and block.prompt_id is None and block.group is None)
        ):
            empty.append(index)
        if kind == "link" and holds_page(block.raw):
            yield issue("E2.page", lines[index])
    for code, places in (("F3", late), ("F5", empty), ("L2", pictures)):
        if places:
            yield issue(code, lines[places[0]], count=len(places))


def _answers(document: Document, lines: list[int]) -> Iterator[Issue]:
    """What the exporter lost, and evidence that is elsewhere; works on slots, which is quick."""
    if not document.form:
        return
    lost: dict[str, list[int]] = {}
    elsewhere: list[int] = []
    with_evidence = 0
    for slot in document.slots:
        prompt = prompt_of(document.form, slot.prompt_id)
        if prompt is None:
            continue
        line = lines[slot.prompt_index] if slot.prompt_index >= 0 else 0
        if prompt.is_lost:
            if not _is_given(document, slot) and not _in_tags(document, prompt):
                lost.setdefault(prompt.id, []).append(line)
        elif prompt.kind == "evidence" and slot.first < slot.last:
            with_evidence += 1
            answer = answer_of(document, slot)
            left = answer.text
            for link in answer.links:
                left = left.replace(link, "")
            if answer.links and not re.search(r"\w", left):
                elsewhere.append(line)
    for prompt_id, places in lost.items():
        prompt = prompt_of(document.form, prompt_id)
        assert prompt is not None
        asked = one_line(prompt.text)
        short = asked.split(":")[0].strip() if len(asked) > 60 else asked
        yield issue("F7", places[0], count=len(places), prompt=short)
    if elsewhere and len(elsewhere) == with_evidence:
        yield issue("L1", elsewhere[0], count=len(elsewhere))


def _is_given(document: Document, slot: Slot) -> bool:
    return any(block.raw.strip(" -\r\n") for block in document.blocks[slot.first : slot.last])


def _in_tags(document: Document, prompt: Prompt) -> bool:
    return bool(prompt.tag and document.tag_values(prompt.tag))


def _values(document: Document, at: list[int]) -> Iterator[Issue]:
    lines = [line for line, block in zip(at, document.blocks, strict=True) if block.kind == "tag"]
    told: set[tuple[str, str]] = set()
    types: list[str] = []
    for line, tag in zip(lines, document.tags, strict=True):
        usual = canonical(tag.key, tag.value)
        if tag.value and usual != tag.value and (tag.key, tag.value) not in told:
            told.add((tag.key, tag.value))
            yield issue("V1", line, value=tag.value, usual=usual)
        if tag.key == "type" and tag.value not in types:
            types.append(tag.value)
            if len(types) == 2:
                second = line
        if tag.key == "date" and not _PLAIN_DATE.match(tag.value):
            yield issue("V3", line, value=tag.value)
    if len(types) > 1:
        yield issue("D3", second, types=", ".join(types))
    bands = document.tag_values("sample_size")
    if len(bands) > 1:
        yield issue("V2", 0, count=len(bands))


def _contradictions(document: Document, lines: list[int]) -> Iterator[Issue]:
    if document.kind != "experiment":
        return
    for slot in document.slots:
        if slot.prompt_id not in _COMPARED or slot.first == slot.last:
            continue
        answer = answer_of(document, slot)
        line = lines[slot.prompt_index] if slot.prompt_index >= 0 else 0
        if answer.prompt_id == "date" and answer.text and not _PLAIN_DATE.match(answer.text):
            yield issue("V3", line, value=answer.text[:60])
        prompt = prompt_of(document.form, answer.prompt_id)
        if prompt and prompt.tag in ("control_group", "assignment_type") and answer.choices:
            said = {canonical(prompt.tag, choice) for choice in answer.choices}
            tagged = set(document.tag_values(prompt.tag))
            if tagged and not tagged & said:
                yield issue("V4", line, tag=", ".join(sorted(tagged)), text=", ".join(sorted(said)))
        if answer.prompt_id == "verdict" and answer.text:
            status = document.tag_values("experiment_status")
            if status and "Completed" not in status:
                yield issue("V4.status", line, tag=", ".join(status))


def _persons(document: Document, text: str) -> Iterator[Issue]:
    from vuon.challenges.personal import dropped_places, personal_places

    standing = personal_places(document, text)
    if standing:
        yield issue("P1", 0, count=standing)
    gone = dropped_places(document) if "removed)" in text else 0
    if gone:
        yield issue("P1.dropped", 0, count=gone)
