"""Edits of a document that touch nothing but what was edited.

Every edit writes new lines into the blocks and reads the result again, so that what an edit
returns is what anybody would read from the file (R2), and `diff` shows only that answer (R3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vuon.challenges.clean import escape, readable, writable
from vuon.challenges.decode import encoded
from vuon.challenges.document import FREE, Block, Document
from vuon.challenges.forms import Prompt, family, forms, norm, prompt_of
from vuon.challenges.lines import TAG_LINE
from vuon.challenges.links import shown
from vuon.challenges.markdown import assembled
from vuon.challenges.views import Slot, items, text_of_blocks


def reread(document: Document, blocks: Iterable[Block], tail: int | None = None) -> Document:
    """The document that stands in these blocks, read anew; encoding and source stay."""
    changed = _replaced(
        document, blocks=tuple(blocks), tail=document.tail if tail is None else tail
    )
    content = encoded(changed.text, document.encoding, document.newline)
    return _replaced(assembled(content, "", document.title), source=document.source)


def _replaced(document: Document, **changes: object) -> Document:
    """The document with other fields; its cached views are not carried over."""
    fields = {name: getattr(document, name) for name in Document.__dataclass_fields__}
    return Document(**{**fields, **changes})


def _slot(document: Document, key: str) -> Slot:
    for slot in document.slots:
        if slot.key == key:
            return slot
    raise KeyError(key)


def set_answer(
    document: Document,
    key: str,
    text: str | None = None,
    choices: Sequence[str] | None = None,
) -> Document:
    r"""The document with another answer; every other line stays as it is (R3).

    Args:
        document: the document; it is not changed.
        key: the key of an answer (`Answer.key`), also of one that is still empty.
        text: the new text, as a person reads it; None keeps the text. What comes back is
            `clean.writable(text)`: line ends and outer blank space are made plain, nothing else.
        choices: the new choices; None keeps them. Empty values are left out.

    Pictures stay. A line that is the address of a link that stood there stays that link.

    Raises:
        KeyError: no answer has this key.

    >>> from vuon.challenges.plan import new
    >>> document = set_answer(new("opening", "Queues", "en"), "challenge#1", "## Not a heading")
    >>> document.answer("challenge#1").text
    '## Not a heading'
    """
    slot = _slot(document, key)
    answer = document.answer(key)
    prompt = prompt_of(document.form, slot.prompt_id)
    old = document.blocks[slot.first : slot.last]
    new_text = answer.text if text is None else writable(text)
    kept = _values(answer.choices if choices is None else choices)
    same_text = text is None or (new_text == answer.text and not answer.dropped)
    in_file = tuple(
        value for block in old if block.kind == "choices" for value in items(block.raw)
    ) or (answer.choices if slot.prompt_id == FREE else ())
    if same_text and (choices is None or kept == in_file):
        return document
    blocks: list[Block] = []
    text_blocks = [block for block in old if block.kind in ("text", "link")]
    list_blocks = [block for block in old if block.kind == "choices"]
    as_list = bool(prompt and prompt.takes_choices)
    if choices is None or kept == in_file:
        blocks += list_blocks
    elif as_list:
        blocks += _list_blocks(kept, list_blocks)
    if slot.prompt_id == FREE and (kept if choices is not None else answer.choices):
        chosen = kept if choices is not None else answer.choices
        new_text = ""
        blocks.append(Block("text", "\n".join(f"- {_line(value)}" for value in chosen), 1))
    elif same_text:
        blocks += text_blocks
    if new_text and not same_text:
        lists = as_list or slot.prompt_id == FREE
        before = text_blocks[0].blank_before if text_blocks and not blocks else 1
        blocks += _text_blocks(new_text, text_blocks, prompt, before=before, lists=lists)
    blocks += [block for block in old if block.kind in ("image", "tag")]
    return reread(document, _spliced(document, slot, blocks))


def _values(choices: Iterable[str]) -> tuple[str, ...]:
    values = (" ".join(writable(value).split()) for value in choices)
    return tuple(value for value in values if value)


def _line(value: str) -> str:
    """A chosen value as it stands after "- "."""
    return escape(value).replace("\n", " ")


def _list_blocks(values: Sequence[str], old: Sequence[Block]) -> list[Block]:
    before = old[0].blank_before if old else 1
    if not values:
        return [Block("choices", "- ", before)] if old else []
    return [Block("choices", "\n".join(f"- {_line(value)}" for value in values), before)]


def _text_blocks(
    text: str, old: Sequence[Block], prompt: Prompt | None, *, before: int, lists: bool
) -> list[Block]:
    """The blocks of a new text; lines that are an old link's address stay that link."""
    links = {
        shown(block.raw): block.raw
        for block in old
        if block.kind == "link" and "\n" not in shown(block.raw)
    }
    first_is_link = text.split("\n", 1)[0] in links
    if before == 0 and not first_is_link:
        before = 1  # text directly under a prompt or heading could be taken for part of it
    rows = [links[row] if row in links else escape(row, items=lists) for row in text.split("\n")]
    if prompt and prompt.continuation:
        # the first paragraph would be read as the rest of the question if it were its words
        paragraph = next((row for row in rows if row.strip()), "")
        if norm(paragraph) == norm(prompt.continuation):
            rows = [prompt.continuation, "", *rows]
    return [Block("text", "\n".join(rows), before)]


def _spliced(document: Document, slot: Slot, content: Sequence[Block]) -> list[Block]:
    """The blocks with other content in a slot, so that what follows is still read as before."""
    blocks = document.blocks
    before, after = list(blocks[: slot.first]), list(blocks[slot.last :])
    if after:
        after[0] = _kept_apart(document, after[0])
    return before + list(content) + after


def _kept_apart(document: Document, block: Block) -> Block:
    """The block after an answer with the blank lines by which it is known.

    A prompt that no form knows is known by the blank line before it, a heading that no form knows
    by having none (as the exporter writes it).
    """
    if block.kind == "prompt" and block.prompt_id in (None, FREE):
        return block._replace(blank_before=max(block.blank_before, 1))
    if block.kind == "head" and block.blank_before:
        types = document.tag_values("type")
        known = family(types[0].casefold() if types else "").section_norms
        if norm(block.raw) and norm(block.raw) not in known:
            return block._replace(blank_before=0)
    return block


def set_title(document: Document, title: str) -> Document:
    """The document with another title; where the form asks for a name, that answer too.

    Args:
        document: the document; it is not changed.
        title: the new title; an empty one changes nothing.

    >>> from vuon.challenges.plan import new
    >>> set_title(new("opening", "Queues", "en"), "Shorter queues").answer("name#1").text
    'Shorter queues'
    """
    name = " ".join(writable(title).split())
    if not name or name == document.title:
        return document
    blocks = list(document.blocks)
    place = next((i for i, block in enumerate(blocks) if block.kind == "title"), None)
    if place is None:
        if blocks and blocks[0].blank_before == 0:
            blocks[0] = blocks[0]._replace(blank_before=1)
        blocks.insert(0, Block("title", f"# {escape(name)}"))
    else:
        blocks[place] = blocks[place]._replace(raw=f"# {escape(name)}")
    named = reread(document, blocks)
    for prompt_id in ("name", "experiment_name", "solution_title"):
        for answer in named.answers(prompt_id)[:1]:
            if answer.text in ("", document.title):
                named = set_answer(named, answer.key, name)
    return named


def set_tags(document: Document, key: str, values: Iterable[str]) -> Document:
    """The document with other values of one tag; every other line stays.

    Values are written one a line where the tag stood, or at its place in the alphabet. A value
    equal to one that stands in the file keeps its line.

    Args:
        document: the document; it is not changed.
        key: small letters and underscores.
        values: the new values in their order; none removes the tag.

    Raises:
        ValueError: the key has other signs.

    >>> from vuon.challenges.plan import new
    >>> set_tags(new("opening", "A", "en"), "methods", ["Ethnography"]).tag_values("methods")
    ('Ethnography',)
    """
    if not TAG_LINE.match(f"[[{key}:]]"):
        raise ValueError(f"not a key of a tag: {key!r}")
    wanted = list(dict.fromkeys(_values(values)))
    standing = {tag.raw: tag for tag in document.tags if tag.key == key}
    blocks = list(document.blocks)
    places = [i for i, block in enumerate(blocks) if block.kind == "tag" and block.raw in standing]
    raw_of = {standing[blocks[i].raw].value: blocks[i].raw for i in reversed(places)}
    if wanted == [standing[blocks[i].raw].value for i in places]:
        return document
    rows = [raw_of.get(value, f"[[{key}:{escape(value)}]]") for value in wanted]
    for place, raw in zip(places, rows, strict=False):
        blocks[place] = blocks[place]._replace(raw=raw)
    if len(rows) > len(places):
        at, before = _place_for(document, key, places)
        added = [Block("tag", raw) for raw in rows[len(places) :]]
        added[0] = added[0]._replace(blank_before=before)
        blocks[at:at] = added
        if not places and at + len(added) < len(blocks):
            following = blocks[at + len(added)]
            if key in _HEADER:
                following = following._replace(blank_before=max(following.blank_before, 1))
            elif before and following.kind == "tag":
                following = following._replace(blank_before=0)
            blocks[at + len(added)] = following
    for place in reversed(places[len(rows) :]):
        gone = blocks.pop(place)
        if place < len(blocks) and gone.blank_before > blocks[place].blank_before:
            blocks[place] = blocks[place]._replace(blank_before=gone.blank_before)
    return reread(document, blocks)


_HEADER = ("focal_point", "year", "type")
#: Tags that the exporter writes after the sorted ones, in this order.
_LATE = (
    *("country", "latlng", "assignment_type", "control_group", "experiment_status"),
    *("experiment_type", "partnering_sector", "quality_check", "sample_size", "scaling"),
    *("total_cost", "consent", "gender"),
)


def _rank(key: str) -> tuple[int, int, str]:
    if key in _HEADER:
        return 0, _HEADER.index(key), key
    if key in _LATE:
        return 2, 0 if key in ("country", "latlng") else _LATE.index(key), ""
    return 1, 0, key


def _place_for(document: Document, key: str, places: Sequence[int]) -> tuple[int, int]:
    """Where a new tag line goes, and the blank lines before it."""
    if places:
        return places[-1] + 1, 0
    at, before = 0, 0
    for index, block in enumerate(document.blocks):
        if block.kind == "title":
            at, before = index + 1, 1
        elif block.kind == "tag":
            other = TAG_LINE.match(block.raw.strip("\ufeff"))
            other_key = other[1] if other else ""
            if _rank(other_key) <= _rank(key):
                at, before = index + 1, 1 if other_key in _HEADER else 0
        elif block.kind in ("head", "prompt"):
            break
    if key in _HEADER:
        before = 1
    return at, before


def add_group(document: Document, prompt_id: str) -> Document:
    """The document with one more empty group of a repeatable kind, after the last one.

    Args:
        document: the document; it is not changed.
        prompt_id: "quantitative_evidence", "qualitative_evidence", "supporting_evidence";
            "partners" (or any prompt of a partner); "learning_question" for one more section of
            learning questions.

    Raises:
        ValueError: the document's form has no such group, or the document lacks its prompt.
    """
    form = forms().get(document.form)
    prompt = prompt_of(document.form, prompt_id)
    if form is None or prompt is None:
        raise ValueError(f"no group {prompt_id!r} in a document of kind {document.kind!r}")
    for section in form.sections:
        if section.repeats and prompt_id in section.prompts:
            return _add_section(document, prompt_id)
    holder = next(
        (
            known
            for known in form.prompts.values()
            if known.group and known.group == prompt.group and known.kind in ("holder", "evidence")
        ),
        None,
    )
    if holder is None:
        raise ValueError(f"prompt {prompt_id!r} does not repeat")
    at = _end_of_groups(document, holder.id)
    from vuon.challenges.spacing import group_lines

    blocks = list(document.blocks)
    added = blocks_of(group_lines(form, holder))
    following = blocks[at].blank_before if at < len(blocks) else document.tail
    added[0] = added[0]._replace(blank_before=2 if blocks[at - 1].kind != "close" else 3)
    blocks[at:at] = added
    if at + len(added) < len(blocks):
        place = at + len(added)
        blocks[place] = blocks[place]._replace(blank_before=max(following, 1))
        return reread(document, blocks)
    return reread(document, blocks)


def blocks_of(raw: str) -> list[Block]:
    """Lines as plain blocks: reading them again gives them their kinds."""
    blocks: list[Block] = []
    blank = 0
    for line in raw.strip("\n").split("\n"):
        if not line:
            blank += 1
            continue
        blocks.append(Block("text", line, blank))
        blank = 0
    return blocks


def _end_of_groups(document: Document, holder: str) -> int:
    """The block after the last group under a holder prompt."""
    at = None
    open_group = False
    inside = False
    for index, block in enumerate(document.blocks):
        if block.kind == "prompt" and not open_group:
            inside = block.prompt_id == holder
            if inside:
                at = index + 1
        elif block.kind == "head":
            inside = False
        elif block.kind == "open":
            open_group = True
        elif block.kind == "close":
            open_group = False
            if inside:
                at = index + 1
        elif inside and not open_group:
            at = index + 1
    if at is None:
        raise ValueError(f"the document does not ask {holder!r}")
    return at


def _add_section(document: Document, prompt_id: str) -> Document:
    from vuon.challenges.spacing import section_lines

    form = forms()[document.form]
    section = next(known for known in form.sections if prompt_id in known.prompts)
    blocks = list(document.blocks)
    heads = [index for index, block in enumerate(blocks) if block.kind == "head"]
    titles = {norm(title) for title in (section.title, *section.aliases)}
    mine = [index for index in heads if norm(blocks[index].raw[2:]) in titles]
    after = [index for index in heads if mine and index > mine[-1]]
    at = after[0] if after else len(blocks)
    added = blocks_of(section_lines(form, section))
    if mine:
        added[0] = added[0]._replace(raw=blocks[mine[-1]].raw.strip("\ufeff"))
    blocks[at:at] = added
    return reread(document, blocks)


def answer_text(document: Document, key: str) -> str:
    """What a person reads of an answer without its choices; for showing both texts of a clash."""
    slot = _slot(document, key)
    return text_of_blocks(document.blocks[slot.first : slot.last]) or readable("")
