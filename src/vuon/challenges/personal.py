"""Personal data taken out of a document before it is stored, shown or converted (P1).

Dropped: the tags `focal_point`, `consent`, `gender` and other contact tags; every e-mail address
anywhere, also escaped ones and those inside links; telephone numbers that say that they are; the
answers that name, place or describe a person (who prepared an experiment, the innovator, the
holder of a solution and how to reach them, age); names after "Solution holder:"; the name of a
person's account in paths of their computer. A marker stands where something was, so that every
other line stays (R5). Names inside running text cannot be recognised and stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from vuon.challenges.clean import clean, escape, readable
from vuon.challenges.document import Block, Document
from vuon.challenges.edit import reread
from vuon.challenges.forms import prompt_of
from vuon.challenges.lines import TAG_LINE
from vuon.challenges.marks import (
    ACCOUNT_DROPPED,
    ADDRESS_DROPPED,
    ANSWER_DROPPED,
    MARKS,
    PHONE_DROPPED,
    TAG_DROPPED,
)
from vuon.challenges.values import parsed
from vuon.challenges.views import CONTENT

__all__ = ["MARKS", "addresses_in", "drop_personal", "dropped_places", "personal_places"]

PERSONAL_TAGS = frozenset(
    (
        *("focal_point", "consent", "gender", "email", "e_mail", "mail", "contact"),
        *("contact_person", "phone", "telephone", "author", "authors", "innovator"),
        "solution_holder",
    )
)

_AT = re.compile(
    r"[@＠﹫]|%40|[(\[] ?at ?[)\]] ?|&(?:amp;)*(?:#0*64|#x0*40|commat);", re.IGNORECASE
)
_PLAIN_AT = re.compile("@")
#: One of these stands in every text that hides an address from a search for "@".
_HIDDEN_SIGNS = (
    *("＠", "﹫", "%40", "64;", "40;", "ommat", "OMMAT", "Commat"),
    *("(at", "( at", "[at", "[ at", "(AT", "[AT", "(At", "[At"),
)
_LOCAL_SIGNS = "_.+'’%-"
_DOMAIN = re.compile(r"(?:\w(?:[\w-]*\w)?\.)+[^\W\d_][\w-]*")
_LONGEST_LOCAL = 80
_LONGEST_DOMAIN = 255

_INLINE_MARKS = (ANSWER_DROPPED, ADDRESS_DROPPED, PHONE_DROPPED)

_NUMBER = re.compile(r"[0-9][0-9 \xa0()./-]{5,}")
_PHONE_LABEL = re.compile(
    r"(?<!\w)(?:tel(?:l|éfono|ephone)?|tél(?:éphone)?|phone|mobile|mob|cell?|cellphone|whatsapp|zalo|"
    r"viber|điện thoại|đt|sđt|hotline)\b\.?\s*(?:no\.?|number|số)?\s*[:.]?\s*$",
    re.IGNORECASE,
)
_INTERNATIONAL = re.compile(r"\+\d{10,14}(?!\d)|\+\d{1,3}[ -]\d{7,12}(?!\d)")
_LONGEST_LABEL = 30
_SHORTEST_NUMBER = 7
_ACCOUNT = re.compile(
    r"(file:/{2,3}(?:[A-Za-z]:)?/(?:Users|home)/|\b[A-Za-z]:\\+Users\\+)[^\\/\s)\]]+", re.IGNORECASE
)
_HOLDER = re.compile(
    r"^(?P<label>#{0,3}\s*(?:solution\s+holders?|innovators?|contact(?:\s+person)?s?)\s*:).*\S.*$",
    re.IGNORECASE | re.MULTILINE,
)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses stand in a text, plain or escaped."""
    rare = "(" in text or "[" in text or "&" in text or "%" in text or "＠" in text or "﹫" in text
    return _spans_at(text, _AT if rare else _PLAIN_AT)


def _spans_at(text: str, signs: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where addresses stand around these signs; linear in the text's length, whatever is in it."""
    last = 0
    for at in signs.finditer(text):
        end = at.start()
        while at[0][0] in "([" and end and text[end - 1] == " ":
            end -= 1
        begin = _begin(text, end, max(last, end - _LONGEST_LOCAL))
        if begin == end:
            continue
        domain = _DOMAIN.match(text, at.end(), at.end() + _LONGEST_DOMAIN)
        if domain:
            yield begin, domain.end()
            last = domain.end()


def _begin(text: str, end: int, first: int) -> int:
    """Where the part of an address before its "@" begins; `end` if there is none."""
    begin = end
    while begin > first and (text[begin - 1].isalnum() or text[begin - 1] in _LOCAL_SIGNS):
        begin -= 1
    while begin < end and text[begin] in ".'’":  # a full stop or quotation mark before it
        begin += 1
    if begin < end and text[max(begin - 7, first) : begin].casefold() == "mailto:":
        begin -= 7
    return begin


def addresses_in(text: str) -> tuple[str, ...]:
    """The e-mail addresses in a text, as they stand.

    >>> addresses_in("Write to a.b@example.org; maps/@16.4,107.5 is none")
    ('a.b@example.org',)
    """
    return tuple(text[begin:end] for begin, end in _spans(text))


def _phones(text: str) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand: after a word that says so, or with a country's code."""
    for number in _NUMBER.finditer(text):
        begin, end = number.start(), number.end()
        while begin and text[begin - 1] in "+(":
            begin -= 1
        while not text[end - 1].isdigit():
            end -= 1
        if end - begin < _SHORTEST_NUMBER:
            continue
        if _PHONE_LABEL.search(text, max(begin - _LONGEST_LABEL, 0), begin):
            yield begin, end
        elif text[begin] == "+" and (found := _INTERNATIONAL.match(text, begin)):
            yield begin, found.end()


def _replaced(text: str, spans: Iterable[tuple[int, int]], mark: str) -> str:
    parts, last = [], 0
    for begin, end in spans:
        parts += [text[last:begin], mark]
        last = end
    return "".join([*parts, text[last:]]) if parts else text


def _without_accounts(text: str) -> str:
    if "file:" not in text and ":\\" not in text:
        return text
    return _ACCOUNT.sub(lambda found: found[1] + ACCOUNT_DROPPED, text)


def _without_holders(text: str) -> str:
    return _HOLDER.sub(lambda found: f"{found['label']} {TAG_DROPPED}", text)


def _scrubbed(text: str, kind: str) -> str:
    text = _replaced(text, _spans(text), ADDRESS_DROPPED)
    text = _without_accounts(_replaced(text, _phones(text), PHONE_DROPPED))
    return _without_holders(text) if kind == "solution" else text


def _clean_block(block: Block, kind: str) -> Block:
    """The block without personal data, neither in its raw text nor in what a person reads."""
    if block.kind == "tag":
        tag = parsed(block.raw)
        if tag.key in PERSONAL_TAGS:
            if tag.value in MARKS:
                return block
            begin = block.raw[: len(block.raw) - len(block.raw.lstrip("\ufeff"))]
            return block._replace(raw=f"{begin}[[{tag.key}:{TAG_DROPPED}]]")
    raw = _scrubbed(block.raw, kind)
    if "@" in clean(raw) and addresses_in(clean(raw)):
        # an address that only shows once elements or invisible signs are gone
        raw = _rewritten(raw, lambda text: _scrubbed(text, kind))
    return block if raw == block.raw else block._replace(raw=raw)


def _rewritten(raw: str, change: Callable[[str], str]) -> str:
    tag = TAG_LINE.match(raw)
    if tag:
        return f"[[{tag[1]}:{escape(change(readable(tag[2])))}]]"
    begin = next((mark for mark in ("# ", "## ", "> ", "- ") if raw.startswith(mark)), "")
    text = change(readable(raw[len(begin) :]))
    return begin + (text.replace("\n", " ") if begin else escape(text))


def drop_personal(document: Document) -> Document:
    """The document without personal data; every other line stays as it was.

    Args:
        document: as read; it is not changed. Dropping twice changes nothing more.

    Returns:
        A document read anew: its title, tags, issues and hash know nothing of what was dropped.

    >>> from vuon.challenges.markdown import read, write
    >>> kept = drop_personal(read(b"# A\\n\\n[[focal_point:a@example.org]]\\n", "a.md"))
    >>> write(kept)
    '# A\\n\\n[[focal_point:(removed)]]\\n'
    """
    quiet = _is_quiet(document)
    blocks: list[Block | None] = [
        block if quiet and block.kind != "tag" else _clean_block(block, document.kind)
        for block in document.blocks
    ]
    for slot in document.slots:
        prompt = prompt_of(document.form, slot.prompt_id)
        if not (prompt and prompt.personal) or slot.first == slot.last:
            continue
        if document.answer(slot.key).dropped:
            continue
        places = [i for i in range(slot.first, slot.last) if document.blocks[i].kind in CONTENT]
        before = max(document.blocks[places[0]].blank_before, 1)
        blocks[places[0]] = Block("text", ANSWER_DROPPED, before)
        for place in places[1:]:
            blocks[place] = None
    kept = [block for block in blocks if block is not None]
    if tuple(kept) == document.blocks:
        return document
    return reread(document, kept)


def _is_quiet(document: Document) -> bool:
    """Whether nothing personal can stand outside tags; a quick look that is true for most plans."""
    text = document.text
    in_tags = sum(tag.raw.count("@") for tag in document.tags)
    return (
        document.kind != "solution"
        and text.count("@") == in_tags
        and not any(sign in text for sign in _HIDDEN_SIGNS)
        and not any(_phones(text))
        and _without_accounts(text) is text
    )


def personal_places(document: Document, text: str) -> int:
    """How many places of a document, with this raw text, hold personal data.

    Plain addresses, personal tags and personal answers count; telephone numbers and addresses
    that are hidden by escapes are dropped too, but looking for them takes longer than reading.
    """
    tags = sum(tag.key in PERSONAL_TAGS and tag.value not in MARKS for tag in document.tags)
    inside = sum(1 for tag in document.tags if tag.key in PERSONAL_TAGS and "@" in tag.value)
    answers = sum(
        slot.first < slot.last and document.blocks[slot.first].raw != ANSWER_DROPPED
        for slot in document.slots
        if (prompt := prompt_of(document.form, slot.prompt_id)) and prompt.personal
    )
    addresses = max(sum(1 for _ in _spans_at(text, _PLAIN_AT)) - inside, 0)
    return tags + answers + addresses


def dropped_places(document: Document) -> int:
    """How many places of a document hold the mark of something dropped."""
    count = sum(tag.value == TAG_DROPPED for tag in document.tags)
    for block in document.blocks:
        if block.kind != "tag" and "removed)" in block.raw:
            count += sum(block.raw.count(mark) for mark in _INLINE_MARKS)
    return count
