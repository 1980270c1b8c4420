"""A document of the Commons as blocks that give back every byte, and the views on top.

`Document` is made by `markdown.read`. Its blocks hold the raw lines; `sections`, `answers` and
`tag_values` are views, worked out when first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from vuon.errors import Words

if TYPE_CHECKING:
    from vuon.challenges.views import Slot

BlockKind = Literal[
    "title", "head", "lead", "prompt", "text", "choices", "link", "image", "open", "close", "tag"
]
Severity = Literal["note", "repaired", "lost"]

#: The prompt of text that stands under no prompt, and of a prompt that no form knows.
BODY = "body"
FREE = "free"
#: The tag of documents born in Vuon: in them a choice without a value was never made, while in
#: documents of the Commons it is lost.
MADE_WITH = "made_with"


class Block(NamedTuple):
    """Some lines of one kind, exactly as they stand in the file.

    `raw` can hold several lines (a paragraph, a list, a broken tag); `blank_before` counts the
    empty lines before it; `prompt_id` is the prompt asked or answered; `group` is the number of
    the `<div class="group">` it lies in, counted through the document.
    """

    kind: BlockKind
    raw: str
    blank_before: int = 0
    prompt_id: str | None = None
    group: int | None = None


class Tag(NamedTuple):
    """A tag: `raw` as it stands, `value` as a person reads it (see `values.canonical`)."""

    key: str
    raw: str
    value: str


@dataclass(frozen=True)
class Issue:
    """Something irregular: what was found, and what was done about it.

    `line` counts from 1 and is 0 for the document as a whole. Severity: "note" (nothing had to be
    done), "repaired" (the view differs from the raw text), "lost" (content that is not in the
    file). `vuon` never loses content itself; `code` "F7" is what the exporter lost.
    """

    code: str
    line: int
    severity: Severity
    words: Words
    done: Words

    def say(self, language: str = "en") -> str:
        """What was found and what was done, in `language`."""
        return f"{self.words.say(language)} {self.done.say(language)}".strip()


@dataclass(frozen=True)
class Found:
    """An irregularity as the line pass notes it: a code of `irregular.CODES`, line and fields."""

    code: str
    line: int
    fields: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Answer:
    """One answer of a document, also an empty one that can be filled in.

    Attributes:
        key: its identity inside the document, "partner_name#2" for the second such answer.
        prompt: the question as a person reads it; "" for text under no prompt.
        prompt_id: the known prompt, "free" for an unknown one, "body" for text under none.
        text: the answer as a person reads it; a link stands as its address on a line.
        choices: the chosen values of a choice prompt.
        links: every address in the answer, of links, pictures and text.
        group: its number in a repeatable group (the third partner, the second evidence), or None.
        lost_at_source: the exporter never writes answers of this kind (single choices).
        dropped: it was personal and has been dropped.
        images: addresses of its pictures; they are never fetched.
    """

    key: str
    prompt: str
    prompt_id: str
    text: str = ""
    choices: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    group: int | None = None
    lost_at_source: bool = False
    dropped: bool = False
    images: tuple[str, ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether anything stands in the answer."""
        return bool(self.text or self.choices or self.images)


@dataclass(frozen=True)
class Section:
    """A section of a document with its answers; `title` as a person reads it, "" if it has none."""

    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Document:
    """A document: blocks that give the file back, and views for people and programmes.

    Attributes:
        kind: "opening", "closing", "experiment", "solution", "blog", "publication", "story",
            "method" or "free".
        form: the id of the form that shares most prompts, "" if none does.
        title: the title as a person reads it, repaired where the file has none.
        tags: all tags in their order.
        blocks: the file.
        source: SHA-1 of the file's name. File names collide, so it is no identity.
        content: SHA-1 of the bytes.
        found: what only the pass over the lines could see; `issues` has it in words.
        encoding, newline, tail: encoding, line end, and newlines at the end of the file.
    """

    kind: str
    form: str
    title: str
    tags: tuple[Tag, ...]
    blocks: tuple[Block, ...]
    source: str
    content: str
    found: tuple[Found, ...] = ()
    encoding: str = "utf-8"
    newline: str = "\n"
    tail: int = 1

    @property
    def is_ours(self) -> bool:
        """Whether it was born in Vuon: then nothing was lost at a source."""
        return any(tag.key == MADE_WITH and tag.value == "vuon" for tag in self.tags)

    @property
    def text(self) -> str:
        """The raw text with plain newlines, from the blocks; `markdown.write` is for files."""
        parts = []
        for block in self.blocks:
            if block.blank_before:
                parts.append("\n" * block.blank_before)
            parts.append(block.raw)
            parts.append("\n")
        if parts:
            parts.pop()
        parts.append("\n" * self.tail)
        return "".join(parts)

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Everything irregular, by line, with what was done about it."""
        from vuon.challenges.irregular import issues_of

        return issues_of(self)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Where the answers stand among the blocks; for editing."""
        from vuon.challenges.views import slots_of

        return slots_of(self)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections in their order; the first one has no title if text stands before any."""
        from vuon.challenges.views import sections_of

        return sections_of(self)

    @cached_property
    def every_answer(self) -> tuple[Answer, ...]:
        """All answers of all sections, in order, empty ones too."""
        return tuple(answer for section in self.sections for answer in section.answers)

    def answers(self, prompt_id: str) -> tuple[Answer, ...]:
        """The answers to one prompt, in order, empty ones too."""
        return tuple(answer for answer in self.every_answer if answer.prompt_id == prompt_id)

    def answer(self, key: str) -> Answer:
        """The answer with this key; raises KeyError if there is none."""
        for answer in self.every_answer:
            if answer.key == key:
                return answer
        raise KeyError(key)

    def tag_values(self, key: str) -> tuple[str, ...]:
        """The values of one tag in their usual spelling, each once, dropped ones left out.

        >>> from vuon.challenges.markdown import read
        >>> read(b"# A\\n\\n[[country:Vietnam]]\\n", "a.md").tag_values("country")
        ('Viet Nam',)
        """
        from vuon.challenges.marks import MARKS
        from vuon.challenges.values import canonical

        values = (tag.value for tag in self.tags if tag.key == key and tag.value not in MARKS)
        return tuple(dict.fromkeys(canonical(key, value) for value in values if value))


def to_json(document: Document) -> dict[str, Any]:
    """The document as plain JSON values; `from_json` gives the same document back.

    Every text is valid Unicode without NUL and without halves of surrogate pairs, so that SQLite
    and PostgreSQL both store it.
    """
    return {
        "kind": document.kind,
        "form": document.form,
        "title": document.title,
        "tags": [list(tag) for tag in document.tags],
        "blocks": [list(block) for block in document.blocks],
        "source": document.source,
        "content": document.content,
        "found": [[one.code, one.line, dict(one.fields)] for one in document.found],
        "encoding": document.encoding,
        "newline": document.newline,
        "tail": document.tail,
    }


def from_json(stored: Mapping[str, Any]) -> Document:
    """The document that `to_json` stored."""
    return Document(
        kind=stored["kind"],
        form=stored["form"],
        title=stored["title"],
        tags=tuple(Tag(*tag) for tag in stored["tags"]),
        blocks=tuple(Block(*block) for block in stored["blocks"]),
        source=stored["source"],
        content=stored["content"],
        found=tuple(Found(*one) for one in stored.get("found", ())),
        encoding=stored["encoding"],
        newline=stored["newline"],
        tail=stored["tail"],
    )
