"""Reads: trials of a task, where each stands, what was measured, and who is let in by a door."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from vuon.trials import entries as books
from vuon.trials import file, record, rows
from vuon.trials.protocol import Protocol
from vuon.trials.record import LOOKED
from vuon.trials.rows import Rows, Value
from vuon_web.accounts.visibility import Audience
from vuon_web.challenges import queries as challenges
from vuon_web.labs import versions
from vuon_web.trials.folds import Standing, fold
from vuon_web.trials.models import COMPLAINT, Door, Entry, Report, Trial

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor
    from vuon_web.challenges.models import Challenge


def trials_of(challenge: Challenge) -> QuerySet[Trial]:
    """The trials of a task, the first one first."""
    return Trial.objects.filter(challenge=challenge)


def trial_for(audience: Audience, trial_id: UUID, *, edit: bool = False) -> Trial:
    """A trial whose task the person may read, or write in; else Http404."""
    found = Trial.objects.filter(pk=trial_id).first()
    if found is None:
        raise Http404
    load = challenges.editable_for if edit else challenges.challenge_for
    found.challenge = load(audience, found.challenge_id)
    return found


def draft_of(trial: Trial) -> Protocol:
    """The plan as it is written now; what was sealed stands in the record."""
    return file.read(versions.standing(trial)[0])


def standing_of(trial: Trial) -> Standing:
    """Where a trial stands.

    Raises:
        VuonError: `record.broken`: a line is not as it was written; the trial stands still.
    """
    lines = list(trial.lines.all())
    chain = record.links("".join(f"{line.text}\n" for line in lines))
    by = [str(line.actor_id or "") for line in lines]
    return fold(draft_of(trial), str(trial.author_id or ""), zip(chain, by, strict=True))


def writers(trial: Trial) -> set[UUID]:
    """Everybody who wrote in the plan: none of them can approve it."""
    found = set(trial.versions.exclude(author=None).values_list("author_id", flat=True))
    return found | ({trial.author_id} if trial.author_id else set())


def standing_entries(trial: Trial) -> QuerySet[Entry]:
    """The entries that count: not corrected since, of people who agreed, not deleted on leaving."""
    found = trial.entries.filter(agreed=True).exclude(left="delete")
    return found.filter(corrections=None)


def written(entry: Entry) -> books.Entry:
    """An entry as the library reads it."""
    values = {key: Value(*said) for key, said in entry.values.items()}
    return books.Entry((entry.unit, entry.period), values, entry.harms, entry.arm, entry.on)


def book_of(trial: Trial) -> list[books.Entry]:
    """Everything that counts, in the order in which it came."""
    return [written(each) for each in standing_entries(trial)]


def rows_of(trial: Trial, protocol: Protocol) -> Rows:
    """The rows to read.

    Raises:
        VuonError: `rows.empty` while nothing was entered, and those of `rows.read`.
    """
    return rows.read(books.as_rows(book_of(trial), protocol), protocol, "")


def looked_at(standing: Standing, found: Rows) -> bool:
    """Whether these very rows were looked at: looking again shows nothing new."""
    return any(each["rows"] == found.sha256 for each in standing.events(LOOKED))


def people(trial: Trial) -> int:
    """How many people have taken part, for the cap: also those who left."""
    found = trial.entries.filter(agreed=True, corrects=None)
    return sum(
        max([1, *(round(seen + lost) for _total, seen, lost in each.values.values())])
        for each in found
    )


def consents(trial: Trial) -> dict[str, int]:
    """How many agreed, declined and left, as the record takes it."""
    first = trial.entries.filter(corrects=None)
    return {
        "agreed": first.filter(agreed=True).count(),
        "declined": first.filter(agreed=False).count(),
        "left": trial.entries.exclude(left="").count(),
    }


def door_for(token: str, purpose: str) -> Door:
    """The door that a link opens; Http404 for one that is closed or was never there."""
    found = Door.objects.filter(token=token, purpose=purpose, closed=False).first()
    if found is None:
        raise Http404
    return found


def doors_of(trial: Trial) -> dict[str, Door]:
    """The open doors of a trial, by purpose."""
    return {each.purpose: each for each in trial.doors.filter(closed=False)}


def reports_of(trial: Trial) -> QuerySet[Report]:
    """Incidents and complaints, the first one first."""
    return trial.reports.all()


def counted(trial: Trial, after: int) -> dict[str, int]:
    """How many reports touch each guardrail that counts, after the first so many reports."""
    found = trial.reports.exclude(rail="").filter(n__gt=after)
    counts: dict[str, int] = {}
    for rail in found.values_list("rail", flat=True):
        counts[rail] = counts.get(rail, 0) + 1
    return counts


def receipt(code: str) -> str:
    """How a receipt is kept."""
    return hashlib.sha256(code.encode()).hexdigest()


def complaint_by(trial: Trial, code: str) -> Report | None:
    """The complaint of a receipt; None for a code that is none."""
    return trial.reports.filter(kind=COMPLAINT, receipt_hash=receipt(code)).first()


def entry_by(trial: Trial, slip: str) -> Entry | None:
    """The latest entry of a slip; None for one that is unknown or has left."""
    return trial.entries.filter(slip=slip, left="").order_by("-n").first() if slip else None


def approves(trial: Trial, actor: Actor | None) -> bool:
    """Whether this person may approve the plan: anybody who did not write in it."""
    return actor is None or actor.pk not in writers(trial)
