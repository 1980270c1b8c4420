"""How lines get into the record of a trial: one after the other, only if their guards allow it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vuon import canonical
from vuon.trials import entries as books
from vuon.trials import lifecycle, rows
from vuon.trials.gaps import gaps
from vuon.trials.lifecycle import Facts
from vuon.trials.protocol import NONE
from vuon.trials.record import DRAWN, Record
from vuon.trials.rows import Rows
from vuon.trials.sealing import Link, append
from vuon_web.accounts import tokens
from vuon_web.accounts.refusals import Refusal
from vuon_web.audit.actions import record
from vuon_web.labs import codes
from vuon_web.trials import queries, readings
from vuon_web.trials.folds import Standing
from vuon_web.trials.models import Entry, Line, Trial

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

#: What the record calls whoever writes in the plan.
AUTHOR = "author"
#: Lines of a sheet: more is no pilot.
MOST_ROWS = 5_000


def now() -> str:
    """The moment, as the record writes it."""
    return timezone.localtime().isoformat(timespec="seconds")


def locked(trial: Trial) -> Standing:
    """Where the trial stands, while nobody else can write a line.

    Raises:
        VuonError: `record.broken`.
    """
    Trial.objects.select_for_update().get(pk=trial.pk)
    return queries.standing_of(trial)


def put(trial: Trial, chain: tuple[Link, ...], by: Actor | None) -> None:
    """Write the lines that the record does not have yet."""
    known = trial.lines.count()
    for n, link in enumerate(chain[known:], known + 1):
        text = canonical.dumps(
            {"previous": link.previous, "sha256": link.sha256, "event": link.event}
        )
        Line.objects.create(trial=trial, n=n, text=text, actor=by)
        record(by=by, verb="wrote", kind="trial", object_id=trial.pk, line=n)


def write(
    trial: Trial, standing: Standing, actor: Actor | None, kind: str, **said: Any
) -> Standing:
    """The record with one more line."""
    put(trial, append(standing.chain, {"kind": kind, "at": now(), **said}), actor)
    return queries.standing_of(trial)


def facts(standing: Standing, **more: Any) -> Facts:
    """What the guards of the next step ask for."""
    plan, found = standing.protocol, standing.record
    drawn = found is not None and bool(found.events(DRAWN))
    sealed = found.sealed.sha256 if found else ""
    return Facts(
        gaps=tuple(each.words for each in gaps(plan) if each.blocks),
        vulnerable=plan.care.vulnerable,
        sealed=sealed,
        acknowledged=bool(sealed),
        notice=plan.care.notice_version,
        lot_of=sealed if drawn else "",
        needs_lot=plan.lot.kind != NONE,
        **more,
    )


def step(
    trial: Trial,
    standing: Standing,
    to: str,
    by: Actor | None,
    *,
    called: str = AUTHOR,
    reason: str = "",
    more: dict[str, Any] | None = None,
    **said: Any,
) -> Standing:
    """The trial after a step of its life.

    Args:
        called: what the record calls whoever makes it: never a person's name.
        more: what the guards of this step ask for.

    Raises:
        VuonError: `trial.step` with what stands in the way.
    """
    who = str(by.pk) if by else ""
    lifecycle.move(standing.life, to, facts(standing, **(more or {})), by=who, at=now(),
                   reason=reason)  # fmt: skip
    kept = {"reason": reason} if reason else {}
    return write(trial, standing, by, to, by=called, **kept, **said)


def open_door(trial: Trial, purpose: str) -> None:
    """A link for that purpose, unless there is one."""
    if purpose not in queries.doors_of(trial):
        trial.doors.create(purpose=purpose, token=tokens.new())


def guard_lines(trial: Trial, standing: Standing, by: Actor | None) -> Standing:
    """One line of the record for each guardrail, as it stands."""
    anew = {"anew": True} if len(standing.events("running")) > 1 else {}
    for each in readings.guards(trial, standing):
        evidence = None if each.evidence is None else f"{each.evidence:.4g}"
        standing = write(trial, standing, by, "guardrail", key=each.key, speaks=each.speaks,
                         evidence=evidence, **anew)  # fmt: skip
    return standing


def sealed_record(standing: Standing) -> Record:
    """The record of a sealed plan.

    Raises:
        Refusal: it is not sealed.
    """
    if standing.record is None:
        raise Refusal(_("The plan is not sealed yet."))
    return standing.record


def keep_entry(
    trial: Trial,
    standing: Standing,
    new: books.Entry,
    on: date,
    by: Actor | None,
    *,
    agreed: bool = True,
    corrects: Entry | None = None,
) -> Entry:
    """One entry, with the number that the person takes home."""
    said = {key: [each.total, each.seen, each.lost] for key, each in new.values.items()}
    slip = corrects.slip if corrects else codes.draw() + codes.draw()[:2] if agreed else ""
    return Entry.objects.create(
        trial=trial,
        n=trial.entries.count() + 1,
        slip=slip,
        unit=new.cell[0],
        period=new.cell[1],
        arm=new.arm,
        agreed=agreed,
        notice=standing.protocol.care.notice_version,
        values=said if agreed else {},
        harms=dict(new.harms) if agreed else {},
        on=on,
        corrects=corrects,
        actor=by,
    )


def within(standing: Standing, on: date) -> None:
    """Refuse a day outside the plan, or one that has not come.

    Raises:
        Refusal: with the days of the plan.
    """
    if on > timezone.localdate():
        raise Refusal(_("This day has not come yet."))
    first, last = standing.protocol.begins, standing.ends
    if first and last and not first <= on <= last:
        raise Refusal(
            _("The plan runs from %(first)s to %(last)s; this day lies outside.")
            % {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
        )


def rows_kept(trial: Trial, standing: Standing, text: str, by: Actor | None) -> Rows:
    """The lines of a sheet as entries.

    Raises:
        Refusal: it is too long, or a day lies outside the plan.
        VuonError: `rows.…` with the line of what does not fit the plan, `entry.twice`.
    """
    plan = standing.protocol
    found = rows.read(text, plan, _("sheet"))
    if len(found.rows) > MOST_ROWS:
        raise Refusal(_("A sheet has at most 5,000 lines."))
    known = queries.book_of(trial)
    for row in found.rows:
        new = books.Entry(row.cell, row.values, arm=row.arm, on=row.on)
        day = row.on or min(standing.ends or timezone.localdate(), timezone.localdate())
        if row.on:
            within(standing, row.on)
        books.once(known, new, plan)
        known.append(new)
        keep_entry(trial, standing, new, day, by)
    return found
