"""The draft of a plan: begun from an advice or a file, changed part by part, undone, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from vuon.trials import file
from vuon.trials import record as records
from vuon.trials.protocol import NONE, Protocol
from vuon.trials.sealing import append
from vuon_web.accounts.refusals import Refusal
from vuon_web.audit.actions import record
from vuon_web.labs import versions
from vuon_web.trials import queries
from vuon_web.trials.models import Trial
from vuon_web.trials.writing import AUTHOR, now, open_door, put, rows_kept

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor
    from vuon_web.challenges.models import Challenge
    from vuon_web.labs.versions import Version

Edit = Callable[[Protocol], Protocol]
MOST = 50


@transaction.atomic
def begin(*, challenge: Challenge, plan: Protocol, by: Actor | None) -> Trial:
    """A draft of a trial.

    Raises:
        Refusal: there are 50 already.
    """
    if queries.trials_of(challenge).count() >= MOST:
        raise Refusal(_("There are 50 trials of this task already. Delete drafts first."))
    made = Trial.objects.create(challenge=challenge, author=by)
    made.versions.create(n=1, text=file.write(plan), author=by)
    record(by=by, verb="began", kind="trial", object_id=made.pk)
    return made


@transaction.atomic
def begin_from_record(
    *, challenge: Challenge, text: str, sheet: str = "", by: Actor | None
) -> Trial:
    """A trial from a record that was written elsewhere, and its rows, all of them or nothing.

    Whoever brings a record has not shown that its approvals were given here: unless it is shipped
    with the product (nobody brings it) the record says that it was brought.

    Raises:
        VuonError: `record.…` for a record that is not whole, `rows.…` for rows that do not fit.
    """
    kept = records.read(text)
    made = begin(challenge=challenge, plan=kept.protocol, by=by)
    chain = kept.chain
    if by is not None:
        chain = append(chain, {"kind": "brought", "at": now(), "by": AUTHOR})
    put(made, chain, by)
    standing = queries.standing_of(made)
    if sheet:
        rows_kept(made, standing, sheet, by)
    if standing.events("drawn") or standing.protocol.lot.kind == NONE:
        open_door(made, "lot")
    return made


@transaction.atomic
def change(
    *,
    trial: Trial,
    edit: Edit,
    base: int | None = None,
    thing: Callable[[Protocol], Any] | None = None,
    by: Actor,
) -> Version:
    """The draft after `edit`.

    Raises:
        Refusal: the plan was submitted or sealed.
        VuonError: the parts of the plan do not fit each other.
        OvertakenError: somebody changed that part since `base`; nothing was written.
    """
    _draft(trial)
    return versions.edited(
        Trial.objects.select_for_update().get(pk=trial.pk),
        kind="trial",
        read=file.read,
        write=_readable,
        edit=edit,
        base=base,
        thing=thing,
        by=by,
    )


@transaction.atomic
def step_back(*, trial: Trial, steps: int, by: Actor) -> Version | None:
    """Undo (-1) or redo (1) in a draft; None if there is nothing to go to."""
    _draft(trial)
    owner = Trial.objects.select_for_update().get(pk=trial.pk)
    return versions.stepped(owner, kind="trial", steps=steps, by=by)


def _readable(plan: Protocol) -> str:
    """The plan as a text that can be read again; a plan against its own lot is never kept."""
    text = file.write(plan)
    file.read(text)
    return text


def _draft(trial: Trial) -> None:
    if not queries.standing_of(trial).draft:
        raise Refusal(
            _("The plan was submitted, so it stands. Ask for changes, or amend it after the seal.")
        )


@transaction.atomic
def delete_trial(*, trial: Trial, by: Actor) -> None:
    """Delete a draft that was never submitted.

    Raises:
        Refusal: it has a record, which is kept.
    """
    if trial.lines.exists():
        raise Refusal(_("What was submitted has a record and is not deleted. Withdraw it instead."))
    record(by=by, verb="deleted", kind="trial", object_id=trial.pk)
    trial.delete()
