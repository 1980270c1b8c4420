"""`vuon trial export`: a record, and the reading of its rows, as an experiment for others to read.

How such a document is written is the business of whoever calls; this package does not know it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from vuon.errors import N_, VuonError, Where, Words, terminal_language
from vuon.trials import rows
from vuon.trials.analyse import Analysis, analyse
from vuon.trials.observe import Observed, observe
from vuon.trials.protocol import NONE
from vuon.trials.reading_words import with_look
from vuon.trials.record import Record, write

Read = Analysis | Observed
#: From a record, its reading and a language to a document as text and what nobody said.
WriteUp = Callable[[Record, Read | None, str], tuple[str, tuple[Words, ...]]]


def run(
    parsed: argparse.Namespace,
    write_up: WriteUp,
    text_of: Callable[[Path], str],
    record_of: Callable[[Path], Record],
    put: Callable[[Path, str], None],
    now: str,
) -> int:
    """Write a record as an experiment; rows that nobody read yet are a look, and recorded.

    Raises:
        VuonError: `record.kind` for a plan that was not sealed, and those of `analyse`, `observe`,
            `rows`, `record`.
    """
    if parsed.file.suffix != ".record":
        raise VuonError(
            "record.kind",
            Words(N_("Only a sealed plan is exported as an experiment.")),
            Words(N_("Seal it first, then name its record.")),
            where=Where(str(parsed.file)),
        )
    record = record_of(parsed.file)
    reading = None
    if parsed.rows is not None:
        found = rows.read(text_of(parsed.rows), record.protocol, parsed.rows.name)
        reading = read(record, found)
        looked = with_look(record, found.sha256, code_of(reading), now)
        if looked != record:
            put(parsed.file, write(looked))
        record = looked
    text, missing = write_up(record, reading, parsed.language or terminal_language())
    if parsed.out is None:
        sys.stdout.write(text)
    else:
        put(parsed.out, text)
    if missing:
        named = {"what": "; ".join(each.say(terminal_language()) for each in missing)}
        words = Words(N_("Nobody said, and it stays empty: {what}."), named)
        print(words.say(terminal_language()), file=sys.stderr)
    return 0


def read(record: Record, found: rows.Rows) -> Read:
    """The reading of rows by the plan of a record: exact after a lot, else what was seen."""
    plan = record.protocol
    if plan.lot.kind == NONE:
        return observe(plan, found)
    return analyse(
        plan, found, drawn=record.drawn, sealed=record.sealed, sealed_on=record.sealed_on
    )


def code_of(reading: Read) -> str:
    """The verdict of a reading, as the event of a look keeps it."""
    told = reading.verdict if isinstance(reading, Observed) else (
        reading.primary.verdict if reading.primary else None)  # fmt: skip
    return told.code if told else ""
