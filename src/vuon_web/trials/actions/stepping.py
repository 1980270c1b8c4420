"""Steps of a trial's life: each is a line of the record, written only if its guards allow it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vuon.errors import Words
from vuon.trials import file, lifecycle
from vuon.trials.lifecycle import Facts
from vuon.trials.plans import cells_of
from vuon.trials.protocol import NONE, Protocol
from vuon.trials.record import begin as begin_record
from vuon.trials.record import draw as draw_lot
from vuon.trials.regimes import profile
from vuon_web.accounts.refusals import Refusal
from vuon_web.audit.actions import record
from vuon_web.trials import queries
from vuon_web.trials.folds import AGREED, AMENDED, EXTENDED, Standing
from vuon_web.trials.models import Trial
from vuon_web.trials.writing import guard_lines, locked, now, open_door, put, step, write

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

#: What the second person may say.
ANSWERS = ("approved", "changes_requested", "rejected")
#: Steps that a person makes with a button and, where the guards ask for it, a reason.
SIMPLE = ("withdrawn", "running", "paused", "stopped_early", "completed")


@transaction.atomic
def renew_door(*, trial: Trial, purpose: str, by: Actor) -> None:
    """Close the link of a purpose and open another one: whoever has the old one is shut out."""
    if trial.doors.filter(purpose=purpose, closed=False).update(closed=True):
        open_door(trial, purpose)
        record(by=by, verb="renewed", kind="trial", object_id=trial.pk)


@transaction.atomic
def submit(*, trial: Trial, by: Actor) -> Standing:
    """Give the plan to a second person, by a link.

    Raises:
        VuonError: `trial.step` with the first thing that is missing.
    """
    standing = step(trial, locked(trial), "submitted", by)
    standing = step(trial, standing, "in_review", by)
    open_door(trial, "approve")
    return standing


@transaction.atomic
def answer(*, trial: Trial, to: str, role: str, reason: str = "", by: Actor) -> Standing:
    """What the second person says: approved, changes requested, or rejected.

    Args:
        role: the office or role in which they say it.

    Raises:
        Refusal: they wrote in the plan, or do not say in which role.
        VuonError: `trial.step`, `trial.not_in_review`.
    """
    standing = locked(trial)
    if to not in ANSWERS:
        raise Refusal(_("This step is not made like that."))
    if not queries.approves(trial, by):
        raise Refusal(_("Nobody approves their own plan. Give the link to somebody else."))
    if not role:
        raise Refusal(_("Say in which office or role you answer."))
    if to == "changes_requested" and not reason:
        raise Refusal(_("Say what is to be changed."))
    if to != "approved":
        standing = step(trial, standing, to, by, reason=reason, called=role)
        _shut(trial, "approve")
        return standing
    agreed = lifecycle.approve(standing.life, str(by.pk))
    others = set(agreed.approvals) - {standing.life.author}
    if standing.protocol.care.vulnerable and len(others) < 2:
        return write(trial, standing, by, AGREED, by=role)
    if standing.life.unapproved and standing.state == "paused":
        return write(trial, standing, by, AGREED, by=role)
    return step(trial, standing, "approved", by, called=role)


@transaction.atomic
def seal(*, trial: Trial, acknowledged: Words, by: Actor) -> Standing:
    """Seal the approved plan and begin its record proper.

    Args:
        acknowledged: what the person acknowledged that it can show at best.

    Raises:
        VuonError: `trial.step` where it is not approved.
    """
    standing = locked(trial)
    day = standing.protocol.lot.drawn_on
    if standing.record is None and day is not None and day < timezone.localdate():
        raise Refusal(
            _("The number of the lot was published on %(day)s already, so everybody can know it. "
              "Ask for changes, and name a later day.") % {"day": f"{day:%d/%m/%Y}"}
        )  # fmt: skip
    if standing.record is None:
        made = begin_record(
            standing.protocol, now(), before=standing.chain, acknowledged=acknowledged.say("en")
        )
        refused = lifecycle.why_not(
            standing.life, "registered", Facts(sealed=made.sealed.sha256, acknowledged=True),
            by=str(by.pk),
        )  # fmt: skip
        if refused:
            raise Refusal(_("Only an approved plan is sealed."))
        put(trial, made.chain, by)
        standing = queries.standing_of(trial)
    standing = step(trial, standing, "registered", by)
    for purpose in ("complain", "lot"):
        open_door(trial, purpose)
    if standing.protocol.lot.kind == NONE:
        standing = step(trial, standing, "recruiting", by)
    return standing


@transaction.atomic
def draw(*, trial: Trial, number: str, today: date, by: Actor) -> Standing:
    """Draw the public lot.

    Raises:
        Refusal: the day of the number has not come, or the plan is not sealed.
        VuonError: `trial.number`, `trial.drawn_twice`.
    """
    standing = locked(trial)
    found, day = standing.record, standing.protocol.lot.drawn_on
    if found is None:
        raise Refusal(_("The plan is sealed first, then its lot is drawn."))
    if day is not None and today < day:
        raise Refusal(
            _("The number is published on %(day)s. Before that day nobody can know it.")
            % {"day": day.strftime("%d/%m/%Y")}
        )
    put(trial, draw_lot(found, number, now()).chain, by)
    return step(trial, queries.standing_of(trial), "recruiting", by)


@transaction.atomic
def go(*, trial: Trial, to: str, reason: str = "", by: Actor) -> Standing:
    """Start, pause, resume, stop early, complete or withdraw.

    Raises:
        VuonError: `trial.step` with what stands in the way.
    """
    standing = locked(trial)
    if to not in SIMPLE:
        raise Refusal(_("This step is not made like that."))
    if to == "completed":
        _whole(trial, standing)
    if to in ("completed", "stopped_early"):
        standing = _counts(trial, standing, by)
    known: dict[str, Any] = {"entries": trial.entries.count(), "reports": trial.reports.count()}
    said = known if to == "running" else {}
    standing = step(trial, standing, to, by, reason=reason, **said)
    if to == "running":
        open_door(trial, "enter")
    if standing.ended or to == "withdrawn":
        _shut(trial, "enter", "approve")
    return standing


def _shut(trial: Trial, *purposes: str) -> None:
    """Close the links of these purposes."""
    trial.doors.filter(purpose__in=purposes).update(closed=True)


def _whole(trial: Trial, standing: Standing) -> None:
    """Refuse to call a trial complete before its last day, unless everything was measured.

    Raises:
        Refusal: with the days that are left.
    """
    left = (standing.ends - timezone.localdate()).days if standing.ends else 0
    cells = set(cells_of(standing.protocol.lot))
    if left > 0 and not cells <= {each.cell for each in queries.book_of(trial)}:
        raise Refusal(
            _("%(n)s days are left, and not everything was measured. To end it now stop it for "
              "good, with a reason.") % {"n": left}
        )  # fmt: skip


def _counts(trial: Trial, standing: Standing, by: Actor | None) -> Standing:
    """Consent and guardrails into the record, as they stand when the trial ends."""
    if standing.state not in ("running", "paused"):
        return standing
    standing = write(trial, standing, by, "consent", version=standing.protocol.care.notice_version,
                     **queries.consents(trial))  # fmt: skip
    return guard_lines(trial, standing, by)


@transaction.atomic
def extend(*, trial: Trial, months: int, basis: str, by: Actor) -> Standing:
    """Extend a trial within its profile, or on the paper that allows it.

    Raises:
        VuonError: `trial.extension`.
    """
    standing = locked(trial)
    lifecycle.extend(standing.life, months, profile(standing.protocol.profile), basis=basis)
    return write(trial, standing, by, EXTENDED, months=months, basis=basis)


@transaction.atomic
def amend(*, trial: Trial, plan: Protocol, reason: str, by: Actor) -> Standing:
    """Another version of a sealed plan; a major change pauses the trial and asks for approval.

    Raises:
        VuonError: `trial.step` without a reason or once it is over.
        Refusal: nothing is changed, or the plan is not sealed yet.
    """
    standing = locked(trial)
    changed = lifecycle.changes(standing.protocol, plan)
    if standing.record is None or not changed:
        raise Refusal(_("Nothing is changed: the plan is the same, or it is not sealed yet."))
    moved = lifecycle.amend(standing.life, changed, by=str(by.pk), at=now(), reason=reason)
    put_in = write(trial, standing, by, AMENDED, plan=file.write(plan), fields=list(changed),
                   reason=reason)  # fmt: skip
    if moved.unapproved:
        open_door(trial, "approve")
        if moved.state != put_in.state:
            put_in = write(trial, put_in, by, moved.state, reason=reason)
    return put_in
