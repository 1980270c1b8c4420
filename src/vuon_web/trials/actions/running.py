"""While a trial runs: entries within its caps, guardrails that pause it, incidents, complaints."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from vuon.trials import entries as books
from vuon.vietnamese import nfc
from vuon_web.accounts.refusals import Refusal
from vuon_web.audit.actions import record
from vuon_web.labs import codes
from vuon_web.trials import queries, readings
from vuon_web.trials.folds import Standing
from vuon_web.trials.models import INCIDENT, Entry, Report, Trial
from vuon_web.trials.writing import (
    guard_lines,
    keep_entry,
    locked,
    rows_kept,
    step,
    within,
    write,
)

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

#: Open complaints of one trial: more is no pilot.
MOST_REPORTS = 500


@transaction.atomic
def enter(
    *,
    trial: Trial,
    new: books.Entry,
    agreed: bool,
    on: date,
    corrects: Entry | None = None,
    by: Actor | None,
) -> Entry:
    """What one person answered; a guardrail that it makes speak pauses the trial.

    Raises:
        Refusal: the trial does not run, a cap is reached, or the day lies outside the plan.
        VuonError: `entry.twice`.
    """
    standing = locked(trial)
    _runs(standing)
    within(standing, on)
    if agreed:
        if corrects is None:
            _room(trial, standing, _heads(new))
        others = queries.standing_entries(trial)
        if corrects is not None:
            others = others.exclude(pk=corrects.pk)
        books.once(map(queries.written, others), new, standing.protocol)
    made = keep_entry(trial, standing, new, on, by, agreed=agreed, corrects=corrects)
    record(by=by, verb="entered", kind="trial", object_id=trial.pk, number=made.n)
    if agreed and new.harms:
        watch(trial=trial, by=by)
    return made


def _heads(entry: books.Entry) -> int:
    return max([1, *(round(each.seen + each.lost) for each in entry.values.values())])


def _runs(standing: Standing) -> None:
    if standing.state == "paused":
        raise Refusal(_("The trial is paused. Nothing is entered until somebody lets it go on."))
    if standing.state != "running":
        raise Refusal(_("The trial does not run now, so nothing is entered."))


def _room(trial: Trial, standing: Standing, more: int) -> None:
    """The plan's own limits, before anybody else is let in."""
    caps = standing.protocol.caps
    if caps.people and queries.people(trial) + more > caps.people:
        raise Refusal(
            _("The plan lets %(n)s people take part, and they are reached.") % {"n": caps.people}
        )
    if caps.million_dong and standing.spent > caps.million_dong:
        raise Refusal(
            _("The plan lets %(n)s million đồng be spent, and more was spent.")
            % {"n": f"{caps.million_dong:g}"}
        )


@transaction.atomic
def bring(*, trial: Trial, text: str, by: Actor) -> int:
    """The lines of a sheet as entries; all of them, or none.

    Returns how many.

    Raises:
        Refusal: the trial does not run, the sheet is too long, or a cap is passed.
        VuonError: `rows.…` with the line of what does not fit the plan, `entry.twice`.
    """
    standing = locked(trial)
    _runs(standing)
    found = rows_kept(trial, standing, text, by)
    _room(trial, standing, 0)
    write(trial, standing, by, "rows", lines=len(found.rows), rows=found.sha256)
    return len(found.rows)


@transaction.atomic
def watch(*, trial: Trial, by: Actor | None) -> Standing:
    """Ask the guardrails; if one speaks, the trial pauses by itself."""
    standing = locked(trial)
    if standing.state != "running":
        return standing
    loud = [each for each in readings.guards(trial, standing) if each.speaks]
    if not loud:
        return standing
    standing = guard_lines(trial, standing, None)
    return step(trial, standing, "paused", None, called="", reason=loud[0].key)


@transaction.atomic
def leave(*, trial: Trial, slip: str, keep: bool, by: Actor | None) -> bool:
    """Somebody leaves; what they answered is kept or deleted, as they say. False: no such slip."""
    found = queries.entry_by(trial, slip)
    if found is None:
        return False
    for each in trial.entries.filter(slip=slip):
        each.left = "keep" if keep else "delete"
        if not keep:
            each.values, each.harms = {}, {}
        each.save()
    record(by=by, verb="left", kind="trial", object_id=trial.pk)
    return True


@transaction.atomic
def report(
    *, trial: Trial, kind: str, text: str, rail: str = "", once: str = "", by: Actor | None
) -> str:
    """An incident or a complaint; returns the receipt by which its answer can be read.

    Args:
        once: what the page that was sent is known by: the same page sent twice, as by loading it
            again, is one report with one receipt.

    Raises:
        Refusal: nothing is written, the plan is not sealed, or there are too many.
    """
    standing = locked(trial)
    words = nfc(text.strip())
    if not words:
        raise Refusal(_("Write what happened."))
    if standing.record is None:
        raise Refusal(_("The plan is not sealed yet."))
    if trial.reports.count() >= MOST_REPORTS:
        raise Refusal(_("There are 500 reports already. Call those who run this trial."))
    code = _receipt(once, words) if once else codes.draw() + codes.draw()[:2]
    if queries.complaint_by(trial, code):
        return code
    known = {each.key for each in standing.protocol.rails if each.method == "count"}
    made = Report.objects.create(
        trial=trial, n=trial.reports.count() + 1, kind=kind, text=words,
        rail=rail if rail in known else "", receipt_hash=queries.receipt(code),
    )  # fmt: skip
    write(trial, standing, by, kind, id=made.ref)
    if made.rail:
        watch(trial=trial, by=by)
    return code


def _receipt(once: str, words: str) -> str:
    """A receipt that only this computer can give to this page with these words."""
    drawn = salted_hmac("vuon.trials.receipt", once + words, algorithm="sha256").digest()
    return "".join(codes.ALPHABET[byte % len(codes.ALPHABET)] for byte in drawn[:8])


@transaction.atomic
def answer_report(*, trial: Trial, found: Report, text: str, by: Actor) -> None:
    """What was done about an incident, or the answer to a complaint; in time, which is recorded.

    Raises:
        Refusal: nothing is written.
    """
    words = nfc(text.strip())
    if not words:
        raise Refusal(_("Write what was done, or the answer."))
    found.answer, found.answered = words, timezone.now()
    found.save()
    kind = "reported" if found.kind == INCIDENT else "answered"
    write(trial, locked(trial), by, kind, of=found.ref)


@transaction.atomic
def spend(*, trial: Trial, million_dong: float, by: Actor) -> None:
    """Money that was spent on the trial; counted against its cap.

    Raises:
        Refusal: it is not above nought.
    """
    if not 0 < million_dong < 1e6:
        raise Refusal(_("Write how many million đồng were spent, above nought."))
    write(trial, locked(trial), by, "spent", million_dong=f"{million_dong:g}")
