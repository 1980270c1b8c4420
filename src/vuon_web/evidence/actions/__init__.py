"""Writes of stage 2: capture, marking, weighing, consent and withdrawal."""

from __future__ import annotations

from vuon_web.evidence.actions.capture import (
    Voice,
    add_rows,
    add_source,
    check_source,
    correct_text,
    drop_corpus,
    drop_note,
    drop_rows,
    follow,
    keep_note_draft,
    open_corpus,
    throw_away,
)
from vuon_web.evidence.actions.loading import load_folder
from vuon_web.evidence.actions.marking import add_code, change_code, delete_code, mark, unmark
from vuon_web.evidence.actions.weighing import (
    answer,
    change_finding,
    delete_finding,
    delete_need,
    looked_for_the_opposite,
    make_finding,
    make_need,
)
from vuon_web.evidence.actions.withdrawing import change_consent, withdraw

__all__ = [
    "Voice",
    "add_code",
    "add_rows",
    "add_source",
    "answer",
    "change_code",
    "change_consent",
    "change_finding",
    "check_source",
    "correct_text",
    "delete_code",
    "delete_finding",
    "delete_need",
    "drop_corpus",
    "drop_note",
    "drop_rows",
    "follow",
    "keep_note_draft",
    "load_folder",
    "looked_for_the_opposite",
    "make_finding",
    "make_need",
    "mark",
    "open_corpus",
    "throw_away",
    "unmark",
    "withdraw",
]
