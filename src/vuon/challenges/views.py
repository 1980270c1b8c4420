"""The answers of a document, worked out from its blocks.

A slot says where an answer stands, or would stand, among the blocks; `edit` writes into slots.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from vuon.challenges.clean import clean, one_line, tidy
from vuon.challenges.document import BODY, FREE, Answer, Block, Document, Section
from vuon.challenges.forms import Prompt, prompt_of, prompts_of
from vuon.challenges.links import addresses, shown, target_of
from vuon.challenges.marks import ANSWER_DROPPED

CONTENT = frozenset({"text", "choices", "link", "image"})


class Slot(NamedTuple):
    """Where an answer stands: blocks `first` up to `last`, after the block `prompt_index`.

    `prompt_index` is the prompt, or the opening of a group without one, or -1 for text under no
    prompt. `first == last` where nothing is answered. `section` counts from 0, which is what
    stands before the first heading. `named_at` is the prompt that says what is asked, where the
    prompt itself is empty.
    """

    key: str
    prompt_id: str
    prompt_index: int
    first: int
    last: int
    section: int
    group: int | None
    named_at: int


class _Slots:
    """The walk over the blocks that finds the slots."""

    def __init__(self, document: Document) -> None:
        self.prompts = prompts_of(document.form)
        self.blocks = document.blocks
        self.found: list[Slot] = []
        self.seen: Counter[str] = Counter()
        self.section = 0
        self.current: list[int] | None = None  # [prompt_index, first, last, named_at]
        self.current_id = BODY
        self.outer: str | None = None
        self.outer_at = -1
        self.in_group = False
        self.fresh = False  # a group just opened that no prompt has named yet
        self.number = 0
        self.fields: set[str] = set()

    def begin(self, prompt_id: str, at: int, first: int, named_at: int) -> None:
        self.current_id = prompt_id
        self.current = [at, first, first, named_at]

    def finish(self, *, group_follows: bool = False) -> None:
        if self.current is None:
            return
        at, first, last, named_at = self.current
        self.current = None
        prompt_id = self.current_id
        prompt = self.prompts.get(prompt_id)
        empty = first == last
        outside = not self.in_group
        if empty and (
            (prompt and prompt.kind == "note")
            or (prompt and prompt.kind == "holder")
            or (group_follows and outside)
        ):
            return
        self.seen[prompt_id] += 1
        self.found.append(
            Slot(
                key=f"{prompt_id}#{self.seen[prompt_id]}",
                prompt_id=prompt_id,
                prompt_index=at,
                first=first,
                last=last,
                section=self.section,
                group=self.number if self.in_group else None,
                named_at=named_at,
            )
        )

    def walk(self) -> tuple[Slot, ...]:
        for index, block in enumerate(self.blocks):
            kind = block.kind
            if kind in CONTENT:
                self.content(index)
            elif kind == "prompt":
                self.prompt(index, block)
            elif kind == "open":
                self.finish(group_follows=True)
                self.in_group = self.fresh = True
                self.begin(self.outer or BODY, index, index + 1, self.outer_at)
            elif kind == "close":
                self.number_fresh()
                self.finish()
                self.in_group = self.fresh = False
            elif kind == "head":
                self.number_fresh()
                self.finish()
                self.section += 1
                self.in_group = self.fresh = False
                self.outer, self.outer_at = None, -1
                self.number, self.fields = 0, set()
        self.number_fresh()
        self.finish()
        return tuple(self.found)

    def number_fresh(self) -> None:
        if self.fresh:
            self.number += 1
            self.fresh = False

    def content(self, index: int) -> None:
        if self.current is None and not self.blocks[index].raw.strip(" \t\r\n"):
            return  # blank lines that hold a space or half a line end
        self.number_fresh()
        if self.current is None:
            self.begin(self.outer or BODY, -1, index, self.outer_at)
        assert self.current is not None
        self.current[2] = index + 1

    def prompt(self, index: int, block: Block) -> None:
        named = block.prompt_id
        prompt = self.prompts.get(named) if named else None
        if self.in_group and prompt and not prompt.is_field:
            # a question of the form after a group that was never closed
            self.number_fresh()
            self.finish()
            self.in_group = False
        if not self.in_group:
            self.finish()
            self.outer, self.outer_at = (named or FREE), index
            self.number, self.fields = 0, set()
            self.begin(named or FREE, index, index + 1, index)
            return
        if self.fresh:
            self.current = None  # the prompt inside says more than the opening of the group
        else:
            self.finish()
        if named:
            if named in self.fields or self.number == 0:
                self.number += 1
                self.fields = set()
            self.fields.add(named)
            self.fresh = False
            self.begin(named, index, index + 1, index)
        else:
            self.number_fresh()
            self.begin(self.outer or FREE, index, index + 1, self.outer_at)


def slots_of(document: Document) -> tuple[Slot, ...]:
    """Where the answers of a document stand, in order."""
    return _Slots(document).walk()


def text_of_blocks(blocks: tuple[Block, ...]) -> str:
    """What a person reads of text and link blocks that follow each other."""
    if len(blocks) == 1 and blocks[0].kind == "text":
        return tidy(clean(blocks[0].raw))
    parts: list[str] = []
    for block in blocks:
        if block.kind not in ("text", "link"):
            continue
        shown_text = shown(block.raw) if block.kind == "link" else clean(block.raw)
        parts.append("\n" * (block.blank_before + 1 if parts else 0) + shown_text)
    return tidy("".join(parts))


def items(raw: str) -> tuple[str, ...]:
    """The values of choice lines; none for the lone dash that means nothing was chosen."""
    values = (one_line(line[1:]) for line in raw.split("\n"))
    return tuple(value for value in values if value)


def is_list(text: str) -> bool:
    """Whether every line of a text is a choice line."""
    rows = text.split("\n")
    return all(row.startswith("- ") or row.rstrip() == "-" for row in rows if row.strip())


def answer_of(document: Document, slot: Slot) -> Answer:
    """The answer that stands in a slot."""
    prompt = prompt_of(document.form, slot.prompt_id)
    blocks = document.blocks[slot.first : slot.last]
    text = ""
    choices: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    if blocks:
        text = text_of_blocks(blocks)
        choices = tuple(
            value for block in blocks if block.kind == "choices" for value in items(block.raw)
        )
        images = tuple(target_of(block.raw) for block in blocks if block.kind == "image")
        if slot.prompt_id == FREE and text and not choices:
            raw = "\n".join(block.raw for block in blocks if block.kind == "text")
            if raw and is_list(raw):
                choices = items(raw)
                text = text_of_blocks(tuple(block for block in blocks if block.kind != "text"))
    dropped = text == ANSWER_DROPPED
    if dropped:
        text = ""
    given = bool(text or choices or images)
    lost = bool(prompt and prompt.is_lost and not given and not dropped)
    if lost and prompt and prompt.tag:
        choices = document.tag_values(prompt.tag)
        lost = not choices
    lost = lost and not document.is_ours
    return Answer(
        key=slot.key,
        prompt=_question(document, slot, prompt),
        prompt_id=slot.prompt_id,
        text=text,
        choices=choices,
        links=tuple(dict.fromkeys((*addresses(text), *images))) if given else (),
        group=slot.group,
        lost_at_source=lost,
        dropped=dropped,
        images=images,
    )


def _question(document: Document, slot: Slot, prompt: Prompt | None) -> str:
    if slot.named_at < 0:
        return ""
    block = document.blocks[slot.named_at]
    if block.kind != "prompt":
        return ""
    words = _asked(block.raw)
    return "" if words == "None" and prompt is None else words


@lru_cache(maxsize=1024)
def _asked(raw: str) -> str:
    return one_line(raw.lstrip("\ufeff ")[1:].split("\n")[0])


def sections_of(document: Document) -> tuple[Section, ...]:
    """The sections of a document with their answers."""
    titles = [""]
    titles.extend(
        one_line(block.raw.strip("\ufeff \r").removeprefix("##"))
        for block in document.blocks
        if block.kind == "head"
    )
    answers: list[list[Answer]] = [[] for _ in titles]
    for slot in document.slots:
        answers[slot.section].append(answer_of(document, slot))
    first = 0 if answers[0] else 1
    return tuple(
        Section(title, tuple(found))
        for title, found in zip(titles[first:], answers[first:], strict=True)
    )
