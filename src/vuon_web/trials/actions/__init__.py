"""Writes of stage 7: the plan, the steps of its life, what is entered, what is read and decided."""

from __future__ import annotations

from vuon_web.trials.actions.planning import (
    begin,
    begin_from_record,
    change,
    delete_trial,
    step_back,
)
from vuon_web.trials.actions.reading import close, decide, look
from vuon_web.trials.actions.running import (
    answer_report,
    bring,
    enter,
    leave,
    report,
    spend,
    watch,
)
from vuon_web.trials.actions.stepping import (
    amend,
    answer,
    draw,
    extend,
    go,
    renew_door,
    seal,
    submit,
)

__all__ = [
    "amend",
    "answer",
    "answer_report",
    "begin",
    "begin_from_record",
    "bring",
    "change",
    "close",
    "decide",
    "delete_trial",
    "draw",
    "enter",
    "extend",
    "go",
    "leave",
    "look",
    "renew_door",
    "report",
    "seal",
    "spend",
    "step_back",
    "submit",
    "watch",
]
