"""The record of a trial: one line for every event, each with the hash of the one before it.

A line that was changed, moved or left out breaks the chain, and the trial stands still until
somebody explains it. Only the last hash needs to leave the house for others to hold it against
the record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vuon import canonical
from vuon.errors import N_, VuonError, Where, Words
from vuon.trials import file, sealing
from vuon.trials.protocol import Protocol, plain
from vuon.trials.randomise import Allocation, Lot, draw_lot, lot_seed
from vuon.trials.sealing import Link, Sealed

#: Kinds of events beside the states of `lifecycle`.
SEALED, DRAWN, LOOKED = "sealed", "drawn", "looked"


@dataclass(frozen=True)
class Record:
    """A whole record. Exactly one of its events is the seal; drafts and approvals may stand before.

    Args:
        chain: the events in their order, each with the hash of the one before.
    """

    chain: tuple[Link, ...]

    @property
    def seal(self) -> Link:
        """The event of the seal, wherever it stands."""
        return next(link for link in self.chain if link.event["kind"] == SEALED)

    @property
    def last(self) -> str:
        """The hash of the last event: who keeps it can tell whether events are missing."""
        return self.chain[-1].sha256

    def events(self, kind: str) -> list[Mapping[str, Any]]:
        """The events of a kind, in their order."""
        return [link.event for link in self.chain if link.event["kind"] == kind]

    @property
    def sealed(self) -> Sealed:
        """The plan as it was sealed."""
        return sealing.sealed_text(str(self.seal.event["text"]))

    @property
    def sealed_on(self) -> date:
        """The day of the seal."""
        return date.fromisoformat(str(self.seal.event["at"])[:10])

    @property
    def protocol(self) -> Protocol:
        """The sealed plan, to be read and followed."""
        return file.read(str(self.seal.event["plan"]))

    @property
    def drawn(self) -> Allocation | None:
        """The lot as it fell, drawn anew from the sealed plan and the public number; None before.

        Raises:
            VuonError: `trial.lot` if the record says another one.
        """
        found = self.events(DRAWN)
        if not found:
            return None
        lot = lot_of(self.protocol, self.sealed, str(found[0]["number"]))
        if "".join(map(str, lot.allocation)) != found[0]["lot"]:
            raise VuonError(
                "trial.lot",
                Words(N_("The record names another lot than its plan and number give.")),
                Words(N_("Draw it again in front of witnesses; nothing is read until then.")),
            )
        return lot.allocation


def lot_of(protocol: Protocol, sealed: Sealed, number: str) -> Lot:
    """The public lot of a sealed plan.

    Args:
        number: the public number that the plan names, as it was published.

    Raises:
        VuonError: `trials.no_lot`, `trial.number` for a number that is none.

    >>> from vuon.trials.protocol import LotRule
    >>> plan = Protocol("x", lot=LotRule("complete", ("a", "b", "c", "d"), 2))
    >>> sum(lot_of(plan, sealing.seal(plain(plan)), "482913").allocation)
    2
    """
    from vuon.trials.plans import space_of

    space = space_of(protocol.lot)
    if space is None:
        raise VuonError(
            "trials.no_lot",
            Words(N_("This plan has no lot to draw.")),
            Words(N_("Choose a lot in the plan, and seal it anew.")),
        )
    digits = "".join(number.split())
    if not digits.isdigit():
        raise VuonError(
            "trial.number",
            Words(N_("“{number}” is no public number."), {"number": number}),
            Words(N_("Write its digits as they were published.")),
        )
    return draw_lot(space, lot_seed(sealed.sha256, digits))


def begin(protocol: Protocol, at: str, before: tuple[Link, ...] = (), **said: Any) -> Record:
    """A record with this plan, sealed at that time.

    Args:
        at: date and time, as 2026-11-30T09:00:00+07:00.
        before: what was recorded before the seal, such as drafts and approvals, as `sealing.append`
            gives it; the seal continues this chain.
        said: what else is to stand in the event of the seal, such as what was acknowledged.

    Raises:
        VuonError: `record.broken` if what came before was changed, `record.order` if it holds a
            seal or a lot.

    >>> record = begin(Protocol("checklist"), "2026-11-30T09:00:00+07:00")
    >>> record.protocol.key, len(record.sealed.words)
    ('checklist', 4)
    >>> drafts = sealing.append((), {"kind": "submitted", "at": "2026-11-20T09:00:00+07:00"})
    >>> later = begin(Protocol("checklist"), "2026-11-30T09:00:00+07:00", before=drafts)
    >>> later.seal == later.chain[1], later.sealed == record.sealed
    (True, True)
    """
    broken = sealing.first_broken(before)
    if broken is not None:
        raise _broken("", broken + 1)
    _in_order(before, "")
    sealed = sealing.seal(plain(protocol))
    event = {
        "kind": SEALED,
        "at": at,
        "sha256": sealed.sha256,
        "text": sealed.text,
        "plan": file.write(protocol),
        **said,
    }
    return Record(sealing.append(before, event))


def add(record: Record, kind: str, at: str, **said: Any) -> Record:
    """The record with one more event.

    Raises:
        VuonError: `record.order` for a second seal.
    """
    if kind == SEALED:
        raise _twice("", len(record.chain) + 1)
    return Record(sealing.append(record.chain, {"kind": kind, "at": at, **said}))


def draw(record: Record, number: str, at: str) -> Record:
    """The record with its lot drawn.

    Raises:
        VuonError: `trial.drawn_twice`: a lot is drawn once; and those of `lot_of`.
    """
    if record.events(DRAWN):
        raise VuonError(
            "trial.drawn_twice",
            Words(N_("The lot of this plan was drawn already.")),
            Words(N_("It stands. Whoever doubts it can draw it again from the same number.")),
        )
    lot = lot_of(record.protocol, record.sealed, number)
    digits = "".join(number.split())
    return add(record, DRAWN, at, number=digits, seed=lot.seed,
               lot="".join(map(str, lot.allocation)))  # fmt: skip


def write(record: Record) -> str:
    """The record as text, one event a line."""
    lines = (
        canonical.dumps({"previous": link.previous, "sha256": link.sha256, "event": link.event})
        for link in record.chain
    )
    return "".join(f"{line}\n" for line in lines)


def read(text: str, name: str = "trial.record", expected: str = "") -> Record:
    """The record of a text, if not a byte of it was changed.

    Args:
        expected: the last hash as somebody wrote it down, to find events that are missing at the
            end; empty where nobody did.

    Raises:
        VuonError: `record.broken` with the line of the first event that is not as it was written,
            `record.missing` if the last hash is another one, `record.kind` for what is no record,
            `record.order` for a second seal or a lot before the seal.

    >>> record = begin(Protocol("x"), "2026-11-30T09:00:00+07:00")
    >>> read(write(record)) == record
    True
    """
    found = links(text, name)
    place = next((at for at, link in enumerate(found) if link.event["kind"] == SEALED), None)
    if place is None:
        raise VuonError(
            "record.kind",
            Words(N_("This is no record of a trial: no plan was sealed in it.")),
            Words(N_("Name the file that was written when the plan was sealed.")),
            where=Where(name),
        )
    record = Record(found)
    _in_order(record.chain[:place], name)
    again = next((at for at in range(place + 1, len(found))
                  if found[at].event["kind"] == SEALED), None)  # fmt: skip
    if again is not None:
        raise _twice(name, again + 1)
    known = record.sealed.sha256 == record.seal.event.get("sha256")
    if not known or record.sealed.text != canonical.dumps(plain(record.protocol)):
        raise _broken(name, place + 1)
    if expected and record.last != expected.strip().lower():
        raise VuonError(
            "record.missing",
            Words(N_("The last hash is not the one that was written down.")),
            Words(N_("Find the whole record; events are missing or were added.")),
            where=Where(name, len(found)),
        )
    return record


def links(text: str, name: str = "trial.record") -> tuple[Link, ...]:
    """The events of a text, whole and in their order, also before a plan was sealed.

    Raises:
        VuonError: `record.broken` with the line of the first event that is not as it was written.

    >>> links("")
    ()
    """
    # Not splitlines: a text in an event may hold other signs that end lines.
    lines = text.removesuffix("\n").split("\n") if text else []
    found = tuple(_link(line, number, name) for number, line in enumerate(lines, 1))
    if found and not text.endswith("\n"):
        raise _broken(name, len(found))
    broken = sealing.first_broken(found)
    if broken is not None:
        raise _broken(name, broken + 1)
    return found


def _link(line: str, number: int, name: str) -> Link:
    """A line, if it is written exactly as `write` writes."""
    try:
        said = json.loads(line)
        link = Link(said["event"], str(said["previous"]), str(said["sha256"]))
        link.event["kind"]
        same = canonical.dumps(said) == line and len(said) == 3
    except (ValueError, TypeError, KeyError):
        same = False
    if not same:
        raise _broken(name, number)
    return link


def _in_order(before: tuple[Link, ...], name: str) -> None:
    """Refuse a seal or a lot among what came before the seal."""
    for number, link in enumerate(before, 1):
        if link.event["kind"] == SEALED:
            raise _twice(name, number)
        if link.event["kind"] == DRAWN:
            raise VuonError(
                "record.order",
                Words(N_("A lot stands before the seal of its plan.")),
                Words(N_("Seal the plan first, then draw in public.")),
                where=Where(name, number),
            )


def _twice(name: str, line: int) -> VuonError:
    return VuonError(
        "record.order",
        Words(N_("A record holds one sealed plan, and no second one.")),
        Words(N_("Record a change as an amendment, or begin a new trial.")),
        where=Where(name, line),
    )


def _broken(name: str, line: int) -> VuonError:
    return VuonError(
        "record.broken",
        Words(N_("This line is not as it was written: the record was changed.")),
        Words(N_("The trial stands still until somebody brings the record as it was.")),
        where=Where(name, line),
    )
