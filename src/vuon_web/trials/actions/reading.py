"""Looks at results, each written down; the last reading; the exit and the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from vuon.trials.record import LOOKED
from vuon_web.accounts.refusals import Refusal
from vuon_web.trials import queries, readings
from vuon_web.trials.folds import Standing
from vuon_web.trials.models import Trial
from vuon_web.trials.writing import locked, sealed_record, step, write

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor


@transaction.atomic
def look(*, trial: Trial, reason: str = "", by: Actor) -> Standing:
    """Look at the results: the planned look that is due, the last reading, or one out of turn.

    Args:
        reason: needed for a look that the plan does not have.

    Raises:
        Refusal: it is out of turn and nobody says why.
        VuonError: those of the reading; then nothing is written down.
    """
    standing = locked(trial)
    sealed_record(standing)
    due = readings.due(trial, standing)
    if not due.planned and not reason:
        raise Refusal(_("The plan has no look now. Say why it is needed; it is written down."))
    found = queries.rows_of(trial, standing.protocol)
    told = readings.read(standing, found, due.look)
    if not queries.looked_at(standing, found):
        said = {"reason": reason} if reason else {}
        standing = write(trial, standing, by, LOOKED, planned=due.planned, rows=found.sha256,
                         shown=told.code, look=due.look, **said)  # fmt: skip
    if standing.state in ("completed", "stopped_early"):
        standing = step(trial, standing, "analysed", by)
    return standing


@transaction.atomic
def decide(*, trial: Trial, decision: str, reason: str, by: Actor) -> Standing:
    """The exit, decided by a person with a reason.

    Raises:
        VuonError: `trial.step`.
    """
    more = {"exit": decision}
    return step(trial, locked(trial), "exit_decided", by, reason=reason, more=more,
                exit=decision)  # fmt: skip


@transaction.atomic
def close(*, trial: Trial, treated: str, returned: str, lessons: str, by: Actor) -> Standing:
    """The end: what happens to those treated, what those get who waited, what rules can learn.

    Raises:
        VuonError: `trial.step` with what is not said.
    """
    said = {"treated": treated, "returned": returned, "lessons": lessons}
    standing = step(trial, locked(trial), "closed", by, more=said, **said)
    trial.doors.exclude(purpose="lot").update(closed=True)
    return standing
