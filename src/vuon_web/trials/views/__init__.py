"""Pages of stage 7. Each view loads what the person may see, does one thing, and answers."""

from __future__ import annotations

from vuon_web.trials.views.doors import approve, complain, enter, entered, lot
from vuon_web.trials.views.others import review
from vuon_web.trials.views.papers import (
    blank,
    experiment,
    procedure,
    procedure_json,
    procedure_pdf,
    rows,
    seal,
    seal_pdf,
    sheet_pdf,
    the_record,
)
from vuon_web.trials.views.planning import act, advise, bring, part, plan, toml, trial, trials
from vuon_web.trials.views.running import correct, end, entries, links, reading, reports

__all__ = [
    "act",
    "advise",
    "approve",
    "blank",
    "bring",
    "complain",
    "correct",
    "end",
    "enter",
    "entered",
    "entries",
    "experiment",
    "links",
    "lot",
    "part",
    "plan",
    "procedure",
    "procedure_json",
    "procedure_pdf",
    "reading",
    "reports",
    "review",
    "rows",
    "seal",
    "seal_pdf",
    "sheet_pdf",
    "the_record",
    "toml",
    "trial",
    "trials",
]
