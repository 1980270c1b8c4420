"""Other people's experiments: from a document of the Commons to what its trial says of itself."""

from __future__ import annotations

from vuon.challenges.document import Document
from vuon.challenges.markdown import read
from vuon.challenges.personal import drop_personal
from vuon.trials.review import Record


def record_of(content: bytes, name: str) -> Record:
    """What an experiment document says of itself, without personal data.

    Args:
        content: the bytes of a Markdown file of the Commons.
        name: what it is called in errors.

    Raises:
        VuonError: those of `vuon.challenges.markdown.read`.

    >>> said = record_of("# Thử tờ dặn\\n\\n[[type:experiment]]\\n".encode(), "to-dan.md")
    >>> said.title
    'Thử tờ dặn'
    """
    return record_of_document(drop_personal(read(content, name)))


def record_of_document(document: Document) -> Record:
    """What an experiment document says of itself."""
    answers = document.every_answer

    def text(*prompts: str) -> str:
        return "\n".join(each.text for each in answers if each.prompt_id in prompts and each.text)

    return Record(
        title=document.title,
        control=document.tag_values("control_group"),
        assignment=document.tag_values("assignment_type"),
        sizes=document.tag_values("sample_size"),
        status=document.tag_values("experiment_status"),
        unit=text("unit", "object"),
        hypothesis=text("hypothesis"),
        verdict=text("verdict", "key_results"),
        everything="\n".join(each.text for each in answers),
    )
