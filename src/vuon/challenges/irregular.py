"""What is irregular in a document, found after the line pass.

The codes and their words are in `codes`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from vuon.challenges.clean import (
    CID,
    ENTITY,
    INVALID_MARK,
    SPACES,
    TAG,
    ZERO_WIDTH,
    one_line,
)
from vuon.challenges.codes import issue
from vuon.challenges.document import Document, Found, Issue
from vuon.challenges.forms import Prompt, norm, prompt_of
from vuon.challenges.links import holds_page
from vuon.challenges.values import canonical
from vuon.challenges.views import Slot, answer_of

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


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def issues_of(document: Document) -> tuple[Issue, ...]:
    """Everything irregular in one document, by line.

    Args:
        document: as read or edited; what the line pass noted is in `found`.
    """
    text = document.text
    lines = lines_of(document)
    issues = [
        *_noted(document, document.found),
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
    """An issue for what a pattern finds, without what a backslash marks as meant."""
    found = [one for one in pattern.finditer(text) if text[one.start() - 1 : one.start()] != "\\"]
    if found:
        line = _line_at(text, found[0].start())
        yield issue(code, line, count=len(found), example=found[0][0])


def _leftovers(text: str) -> Iterator[Issue]:
    """Elements of HTML other than the groups that belong to the format."""
    first, count = None, 0
    for element in TAG.finditer(text):
        begins = text.rfind("\n", 0, element.start()) + 1
        ends = text.find("\n", element.end())
        line = text[begins : ends if ends >= 0 else len(text)].strip()
        meant = text[element.start() - 1 : element.start()] == "\\"
        if meant or line in ('<div class="group">', "</div>"):
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
        if kind in ("head", "prompt") or (kind == "text" and block.raw.strip()):
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
    ours = document.is_ours
    lost: dict[str, list[int]] = {}
    elsewhere: list[int] = []
    with_evidence = 0
    for slot in document.slots:
        prompt = prompt_of(document.form, slot.prompt_id)
        if prompt is None:
            continue
        line = lines[slot.prompt_index] if slot.prompt_index >= 0 else 0
        if prompt.is_lost and not ours:
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
