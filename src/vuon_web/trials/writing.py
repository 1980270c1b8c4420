"""How lines get into the record of a trial: one after the other, only if their guards allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vuon import canonical
from vuon.trials import lifecycle
from vuon.trials.gaps import gaps
from vuon.trials.lifecycle import Facts
from vuon.trials.protocol import NONE
from vuon.trials.record import DRAWN, Record
from vuon.trials.sealing import Link, append
from vuon_web.accounts import tokens
from vuon_web.accounts.refusals import Refusal
from vuon_web.audit.actions import record
from vuon_web.trials import queries, readings
from vuon_web.trials.folds import Standing
from vuon_web.trials.models import Line, Trial

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

#: What the record calls whoever writes in the plan.
AUTHOR = "author"


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
    for each in readings.guards(trial, standing):
        evidence = None if each.evidence is None else f"{each.evidence:.4g}"
        standing = write(trial, standing, by, "guardrail", key=each.key, speaks=each.speaks,
                         evidence=evidence)  # fmt: skip
    return standing


def sealed_record(standing: Standing) -> Record:
    """The record of a sealed plan.

    Raises:
        Refusal: it is not sealed.
    """
    if standing.record is None:
        raise Refusal(_("The plan is not sealed yet."))
    return standing.record
