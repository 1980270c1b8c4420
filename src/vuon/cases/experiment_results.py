"""The results of an exported trial: what was read, what stopped it, what was decided.

Each line is as strong as its interval and no stronger; that something was shown for good is never
written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from vuon.cases.experiment_lines import Line, Lines, labelled, line
from vuon.errors import N_, Words
from vuon.toml.table import Text
from vuon.trials.analyse import AS_PLANNED, Analysis, OutcomeReading
from vuon.trials.dossier import dossier
from vuon.trials.dossier_words import DECISIONS
from vuon.trials.figures import Day, Figure, gain, shown
from vuon.trials.next_test import next_test
from vuon.trials.observe import Observed
from vuon.trials.protocol import UNSAID, Protocol
from vuon.trials.record import LOOKED, Record

Read = Analysis | Observed
#: Average days of a month.
MONTH = 365.25 / 12


@dataclass(frozen=True)
class Ends:
    """How a trial ended, as people said it; empty where nobody did.

    Args:
        stopped: why it was stopped early.
        decision: one of `lifecycle.EXITS`.
        reason: why it was decided like this.
        treated: what happens to those who had the new way.
        returned: what those get who waited.
        lessons: what was learned, for the rules too.
    """

    stopped: Text = UNSAID
    decision: str = ""
    reason: Text = UNSAID
    treated: Text = UNSAID
    returned: Text = UNSAID
    lessons: Text = UNSAID


def ends_of(record: Record) -> Ends:
    """What the events of a record say of its end.

    >>> from vuon.trials.protocol import UNSAID, Protocol
    >>> from vuon.trials.record import add, begin
    >>> at = "2026-11-30T09:00:00+07:00"
    >>> ends_of(add(begin(Protocol("x"), at), "exit_decided", at, exit="adopt")).decision
    'adopt'
    """
    stopped, decided, closed = (
        (record.events(kind) or [{}])[-1] for kind in ("stopped_early", "exit_decided", "closed")
    )
    return Ends(
        stopped=_text(stopped, "reason"),
        decision=str(decided.get("exit", "")),
        reason=_text(decided, "reason"),
        treated=_text(closed, "treated"),
        returned=_text(closed, "returned"),
        lessons=_text(closed, "lessons"),
    )


def _text(event: Mapping[str, Any], key: str) -> Text:
    said = event.get(key) or ""
    if isinstance(said, Mapping):
        return Text(str(said.get("vi", "")), str(said.get("en", "")))
    return Text(vi=str(said))


def answers(record: Record, reading: Read | None, ends: Ends) -> dict[str, Lines]:
    """The written answers of the form on results and learning."""
    has_results = reading is not None or bool(record.events("stopped_early")) or bool(ends.stopped)
    return {
        "verdict": _verdict(record, reading, ends) if has_results else [],
        "methodology_change": [*_notes(reading), *_amended(record)],
        "months": _months(record),
        "follow_up": _follow_up(ends),
        "know_now": labelled(Words(N_("lessons")), ends.lessons),
        "obstacles": _paused(record),
    }


def _verdict(record: Record, reading: Read | None, ends: Ends) -> Lines:
    found: Lines = []
    if record.events("stopped_early") or ends.stopped:
        found.append(line(N_("Stopped early.")))
        found += labelled(Words(N_("why")), ends.stopped)
    if isinstance(reading, Analysis):
        found += _analysis(record.protocol, reading)
    elif reading is not None:
        found += _observed(record.protocol, reading)
    return [*found, *_alarms(record)]


def _analysis(plan: Protocol, reading: Analysis) -> Lines:
    found: Lines = []
    if reading.label != AS_PLANNED:
        found.append(line(N_("Exploratory: this reading is not the one that was sealed.")))
        found += [Line(reason) for reason in reading.reasons]
    primary = reading.primary
    if primary is not None and primary.verdict is not None:
        told = primary.verdict
        found.append(line(N_("{title}. {sentence}"), title=told.title, sentence=told.sentence))
        following = next_test(plan, reading)
        found += [Line(following)] if following else []
    for each in reading.outcomes:
        found += _outcome(each, reading.alpha)
    return found


def _outcome(each: OutcomeReading, alpha: float) -> Lines:
    name = each.outcome.name or Text(each.outcome.key)
    if each.reading is None:
        return [line(N_("{text}: {what}"), name,
                     what=each.refused or Words(N_("Nothing can be read.")))]  # fmt: skip
    share = each.outcome.kind == "yes_no"
    times, digits = (100, 1) if share else (1, 2)

    def figure(value: float, *, signed: bool = False) -> Words:
        made = Figure.of(times * value, digits, signed=signed)
        return Words(N_("{limit}%"), {"limit": made}) if share and not signed else made

    found = [
        line(N_("{text}: new way {new} (n = {n_new}), usual way {old} (n = {n_old})."), name,
             new=figure(each.new), old=figure(each.old), n_new=_n(each, 0), n_old=_n(each, 1)),
        line(N_("Difference: {value} percentage points.") if share else
             N_("Difference: {value}."), value=figure(each.reading.estimate, signed=True)),
    ]  # fmt: skip
    if isfinite(each.low) and isfinite(each.high):
        ends = {"low": Figure.of(times * each.low, digits, signed=True),
                "high": Figure.of(times * each.high, digits, signed=True),
                "level": round(100 * (1 - alpha)), "p": _p(each.p or 0)}  # fmt: skip
        found.append(line(N_("Interval ({level}% CI): {low} to {high}; {p}."), **ends))
    else:
        found.append(line(N_("There is no interval: no result can rule out chance here.")))
    if each.adjusted is not None:
        words = N_("Corrected for the other outcomes beside it: {p}.")
        found.append(line(words, p=_p(each.adjusted)))
    if each.missing:
        words = N_("{count} are missing; they count once as the worst and once as the best.")
        found.append(line(words, count=each.missing))
    if each.outcome.worthwhile is not None:
        found.append(line(N_("It is worth it from {gain} on."), gain=gain(each.outcome)))
    return found


def _n(each: OutcomeReading, way: int) -> Words:
    """How many units one way rests on, and how many measurements in them if those are more."""
    units, people = each.units[way], each.people[way]
    if units == people:
        return Figure.of(units, 0)
    named = {"units": units, "people": people}
    return Words(N_("{units} units, {people} measured in them"), named)


def _p(value: float) -> str:
    said = shown(value)
    return f"p {said[0]} {said[1:]}" if said[0] == "<" else f"p = {said}"


def _observed(plan: Protocol, seen: Observed) -> Lines:
    primary = plan.primary
    name = (primary.name or Text(primary.key)) if primary else Text()
    share = primary is not None and primary.kind == "yes_no"
    times, digits = (100, 1) if share else (1, 2)

    def figure(value: float, *, signed: bool = False) -> Words:
        made = Figure.of(times * value, digits, signed=signed)
        return Words(N_("{limit}%"), {"limit": made}) if share and not signed else made

    n_new, n_old = seen.people
    return [
        line(N_("{title}. {sentence}"), title=seen.verdict.title, sentence=seen.verdict.sentence),
        line(N_("{text}: new way {new} (n = {n_new}), usual way {old} (n = {n_old})."), name,
             new=figure(seen.new), old=figure(seen.old), n_new=n_new, n_old=n_old),
        line(N_("Difference: {value} percentage points.") if share else
             N_("Difference: {value}."), value=figure(seen.estimate, signed=True)),
        line(N_("There is no interval: nothing was drawn by lot.")),
        Line(seen.note),
    ]  # fmt: skip


def _alarms(record: Record) -> Lines:
    """Guardrails that spoke, each once, beside the verdict."""
    names = [
        item.name
        for item in dossier(record).chapters["measures"]
        if item.kind == "guardrail" and item.said.get("speaks")
    ]
    return [line(N_("The guardrail “{text}” spoke."), name or Text("–"))
            for name in dict.fromkeys(names)]  # fmt: skip


def _notes(reading: Read | None) -> Lines:
    return [Line(note) for note in reading.notes] if isinstance(reading, Analysis) else []


def _amended(record: Record) -> Lines:
    found: Lines = []
    for event in record.events("amended"):
        found.append(line(N_("The plan was amended on {day}."), day=Day.of(_day(event))))
        found += labelled(Words(N_("why")), _text(event, "reason"))
    return found


def _paused(record: Record) -> Lines:
    found: Lines = []
    rails = {rail.key: rail.name or Text(rail.key) for rail in record.protocol.rails}
    for event in record.events("paused"):
        found.append(line(N_("Paused on {day}."), day=Day.of(_day(event))))
        reason = rails.get(str(event.get("reason", ""))) or _text(event, "reason")
        found += labelled(Words(N_("why")), reason)
    return found


def _months(record: Record) -> Lines:
    """From the first event to the reading; nothing while nobody has read."""
    read = [*record.events(LOOKED), *record.events("analysed")]
    if not read:
        return []
    months = (max(map(_day, read)) - _day(record.chain[0].event)).days / MONTH
    return [line(N_("{months}"), months=Figure.of(months, 1))]


def _day(event: Mapping[str, Any]) -> date:
    return date.fromisoformat(str(event["at"])[:10])


def _follow_up(ends: Ends) -> Lines:
    found: Lines = []
    if ends.decision in DECISIONS:
        found.append(line(N_("Decided: {exit}."), exit=Words(DECISIONS[ends.decision])))
    found += labelled(Words(N_("why")), ends.reason)
    found += labelled(Words(N_("those who had the new way")), ends.treated)
    return [*found, *labelled(Words(N_("those who waited")), ends.returned)]
