"""Reading and writing the markdown format of the Commons, byte for byte.

`read` never raises because of what stands in a file; it refuses only what is no text or too big.
`write` and `encode` give the file back. One pass over the lines and no markdown library: a
library would normalise what must be kept.
"""

from __future__ import annotations

from hashlib import sha1
from pathlib import PurePath

from vuon.challenges.clean import INVALID_MARK
from vuon.challenges.decode import MAX_BYTES, MAX_LINES, decoded, encoded
from vuon.challenges.document import Block, Document, Tag, from_json, to_json
from vuon.challenges.forms import best_form, family, norm
from vuon.challenges.lines import Pass
from vuon.challenges.titles import title_of

__all__ = [
    "MAX_BYTES",
    "MAX_LINES",
    "Document",
    "encode",
    "from_json",
    "read",
    "to_json",
    "write",
]

#: The kind of a document by its type tag, where no form decides.
KINDS = {
    "learningplan": "opening",
    "action plan": "opening",
    "experiment": "experiment",
    "solution": "solution",
    "blog": "blog",
    "publications": "publication",
    "publication": "publication",
    "story": "story",
    "tools": "method",
    "skills": "method",
    "tactics": "method",
    "principles": "method",
}


def read(content: bytes, name: str) -> Document:
    r"""The document in a file: blocks that give every byte back, views, and what was irregular.

    Args:
        content: the bytes of the file, at most 5 MB and 20,000 lines. UTF-8 with or without a
            byte order mark, UTF-16 with one, any line ends; other bytes are kept and reported.
        name: the name of the file, for messages and as its source.

    Raises:
        VuonError: the file is too big ("plan.too_large", "plan.too_long"), empty ("plan.empty"),
            or no text at all ("plan.binary"). Never because of what a text says.

    >>> content = b"# A\n\n[[type:learningplan]]\n\n## Title\n\n> Please provide a name for " \
    ...           b"your action learning plan.\n\nShorter queues\n"
    >>> document = read(content, "a.md")
    >>> document.kind, document.answers("name")[0].text
    ('opening', 'Shorter queues')
    >>> write(document).encode() == content
    True
    """
    stem = PurePath(name.replace("\\", "/")).stem.replace("_", " ").strip()
    return assembled(content, name, stem or name)


def assembled(content: bytes, name: str, fallback_title: str) -> Document:
    """The document in a file, called `fallback_title` where nothing in it gives it a title."""
    text, encoding, newline = decoded(content, name)
    passed = Pass(text)
    blocks = passed.blocks
    tags = tuple(_tag(block) for block in blocks if block.kind == "tag")
    prompt_ids = {block.prompt_id for block in blocks if block.kind == "prompt" and block.prompt_id}
    titles = {norm(block.raw[3:]) for block in blocks if block.kind == "head"}
    form = best_form(family(passed.type).forms, prompt_ids, titles)
    kind = KINDS.get(passed.type, form.kind if form and prompt_ids else "free")
    if form and form.kind == "closing" and kind == "opening":
        kind = "closing"
    title, title_found = title_of(blocks, tags, fallback_title)
    return Document(
        kind=kind,
        form=form.id if form and form.kind == kind else "",
        title=title,
        tags=tags,
        blocks=tuple(blocks),
        # identity of a file, not a secret
        source=sha1(name.encode("utf-8", "replace"), usedforsecurity=False).hexdigest(),
        content=sha1(content, usedforsecurity=False).hexdigest(),
        found=(*passed.found, *title_found),
        encoding=encoding,
        newline=newline,
        tail=passed.tail,
    )


def _tag(block: Block) -> Tag:
    from vuon.challenges.values import parsed

    return parsed(block.raw)


def encode(document: Document) -> bytes:
    """The bytes of the document: of an untouched one exactly the bytes that were read (R1)."""
    return encoded(document.text, document.encoding, document.newline)


def write(document: Document) -> str:
    """The document as text, with the line ends of its file; bytes that were no UTF-8 as U+FFFD.

    `write(read(b)).encode() == b` for every file in valid UTF-8; `encode` gives the bytes back
    for all others too.
    """
    text = document.text
    if INVALID_MARK in text:
        return encoded(text, "utf-8", document.newline).decode("utf-8", "replace")
    return text if document.newline == "\n" else text.replace("\n", document.newline)
