"""Pages of stage 7. Each view loads what the person may see, does one thing, and answers."""

from __future__ import annotations

from vuon_web.trials.views.doors import approve, complain, enter, lot
from vuon_web.trials.views.papers import procedure, procedure_json, rows, seal, the_record
from vuon_web.trials.views.planning import act, advise, bring, part, plan, toml, trial, trials
from vuon_web.trials.views.running import correct, end, entries, links, reading, reports

__all__ = [
    "act",
    "advise",
    "approve",
    "bring",
    "complain",
    "correct",
    "end",
    "enter",
    "entries",
    "links",
    "lot",
    "part",
    "plan",
    "procedure",
    "procedure_json",
    "reading",
    "reports",
    "rows",
    "seal",
    "the_record",
    "toml",
    "trial",
    "trials",
]
