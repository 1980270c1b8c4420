"""`vuon trial read`: a reading in lines for people, and the look written into the record."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import Any

from vuon.errors import N_, VuonError, Words, terminal_language
from vuon.trials import file, rows
from vuon.trials.analyse import AS_PLANNED, Analysis, OutcomeReading, analyse
from vuon.trials.figures import Chance, Figure, measured
from vuon.trials.naive import REASON, Naive, shares, welch
from vuon.trials.next_test import next_test
from vuon.trials.observe import Observed, observe
from vuon.trials.protocol import LESS, NONE, Protocol
from vuon.trials.record import LOOKED, Record, add, write
from vuon.trials.report import as_report
from vuon.trials.verdict import UNKNOWN

Lines = list[tuple[str, Words]]


def run(
    parsed: argparse.Namespace,
    text_of: Callable[[Path], str],
    record_of: Callable[[Path], Record],
    put: Callable[[Path, str], None],
    now: str,
) -> int:
    """Read rows and print what may be said; exit code 1 where nothing can be told.

    Raises:
        VuonError: those of `analyse`, `observe`, `rows`; `trial.look` for a look not planned.
    """
    sealed = parsed.file.suffix == ".record"
    record = record_of(parsed.file) if sealed else None
    plan = record.protocol if record else file.read(text_of(parsed.file), parsed.file.name)
    found = rows.read(text_of(parsed.rows), plan, parsed.rows.name)
    look = _look(parsed.look, plan)
    if plan.lot.kind == NONE:
        seen = observe(plan, found)
        told, code = observed_lines(plan, seen), 1
        report: dict[str, Any] = {"verdict": seen.verdict.code, "estimate": seen.estimate,
                                  "how": seen.how, "label": "observational"}  # fmt: skip
    else:
        made = analyse(
            plan,
            found,
            drawn=record.drawn if record else None,
            sealed=record.sealed if record else None,
            sealed_on=record.sealed_on if record else None,
            look=look,
        )
        told = lines(plan, made, naive_of(plan, found, record))
        told += bell_shaped(plan, found, record)
        report = as_report(plan, made) | _figures(made)
        primary = made.primary
        code = int(not primary or not primary.verdict or primary.verdict.code == UNKNOWN)
    if record is not None:
        put(parsed.file, write(_looked(record, found.sha256, str(report["verdict"]), now)))
    if parsed.json:
        print(json.dumps(report, ensure_ascii=False))
        return code
    for mark, words in told:
        print(f"{mark}{words.say(terminal_language())}")
    return code


def _looked(record: Record, sha256: str, shown: str, now: str) -> Record:
    # The same rows looked at again show nothing new.
    before = {str(each["rows"]) for each in record.events(LOOKED)}
    planned = len(before | {sha256}) <= len(record.protocol.looks) + 1
    return add(record, LOOKED, now, planned=planned, rows=sha256, shown=shown)


def with_look(record: Record, sha256: str, shown: str, now: str) -> Record:
    """The record with a look at these rows; the same record if they were looked at before.

    Args:
        sha256: the hash of the rows.
        shown: the verdict that was seen.
        now: date and time.

    >>> from vuon.trials.record import begin
    >>> sealed = begin(Protocol("x"), "2026-11-30T09:00:00+07:00")
    >>> once = with_look(sealed, "5f", "works", "2026-12-01T09:00:00+07:00")
    >>> with_look(once, "5f", "works", "2026-12-02T09:00:00+07:00") == once
    True
    """
    if any(each.get("rows") == sha256 for each in record.events(LOOKED)):
        return record
    return _looked(record, sha256, shown, now)


def _look(number: int | None, plan: Protocol) -> int | None:
    if number is None:
        return None
    if not 1 <= number <= len(plan.looks):
        raise VuonError(
            "trial.look",
            Words(N_("The plan has no look {number}."), {"number": number}),
            Words(N_("It plans {count} looks before the end."), {"count": len(plan.looks)}),
        )
    return number - 1


def naive_of(plan: Protocol, found: rows.Rows, record: Record | None) -> Naive | None:
    """What the usual formula would say of shares in units of several people; None elsewhere."""
    from vuon.trials.gathering import gather, ways_of

    drawn = (record.drawn if record else None) or ways_of(found, plan)
    primary = plan.primary
    if drawn is None or primary is None or primary.kind != "yes_no":
        return None
    values = gather(found, plan)[primary.key].values
    if all(value.seen <= 1 for value in values):
        return None
    arms: dict[int, list[tuple[float, int]]] = {0: [], 1: []}
    for value, z in zip(values, drawn, strict=True):
        if value.seen:
            arms[z].append((value.total, value.seen))
    return shares(arms[1], arms[0]) if min(map(len, arms.values())) > 1 else None


def bell_shaped(plan: Protocol, found: rows.Rows, record: Record | None) -> Lines:
    """Welch's interval as a second line, where a number of single units was drawn all together."""
    from vuon.trials.gathering import gather, ways_of

    drawn = (record.drawn if record else None) or ways_of(found, plan)
    primary = plan.primary
    if drawn is None or primary is None or primary.kind == "yes_no":
        return []
    if plan.lot.kind not in ("complete", "clusters") or plan.unit.baseline:
        return []
    arms: dict[int, list[float]] = {0: [], 1: []}
    for value, z in zip(gather(found, plan)[primary.key].values, drawn, strict=True):
        if value.seen:
            arms[z].append(value.total / value.seen)
    if min(map(len, arms.values())) < 2 or any(len(set(each)) < 2 for each in arms.values()):
        return []
    low, high = map(measured, welch(arms[1], arms[0]))
    words = N_("If you believe that noise is bell-shaped (Welch): {low} to {high}")
    return [("~ ", Words(words, {"low": low, "high": high}))]


def _figures(made: Analysis) -> dict[str, Any]:
    primary = made.primary
    if primary is None:
        return {}
    return {
        "new": primary.new,
        "old": primary.old,
        "estimate": primary.reading.estimate if primary.reading else None,
        "low": primary.low if isfinite(primary.low) else None,
        "high": primary.high if isfinite(primary.high) else None,
        "p": primary.p,
        "smallest_p": float(primary.reading.smallest_p) if primary.reading else None,
    }


def lines(plan: Protocol, made: Analysis, naive: Naive | None) -> Lines:
    """What to print of a reading: the verdict first, then figures, notes and what is greyed."""
    told: Lines = []
    primary = made.primary
    if made.label != AS_PLANNED:
        told.append(("! ", Words(N_("Exploratory: it cannot confirm anything."))))
        told += [("  ", words) for words in made.reasons]
    if primary is not None and primary.verdict is not None:
        told.append(("", primary.verdict.title))
        told.append(("  ", primary.verdict.sentence))
        next_one = next_test(plan, made)
        if next_one is not None:
            told.append(("→ ", next_one))
    for each in made.outcomes:
        told += _outcome(each)
    told += [("· ", words) for words in made.notes]
    if naive is not None:
        low, high = (Figure.of(100 * end, 1) for end in naive.alone)
        named = {"low": low, "high": high, "reason": REASON}
        told.append(("~ ", Words(N_("The usual formula: {low} to {high} points. {reason}"), named)))
    return told


_PLAIN = N_("{name}: new {new}, old {old}, difference {estimate}")
_POINTS = N_("{name}: of 100 new {new}, old {old}, difference {estimate} percentage points")


def _outcome(each: OutcomeReading) -> Lines:
    name = each.outcome.name or each.outcome.key
    times = 100 if each.outcome.kind == "yes_no" else 1
    if each.reading is None:
        what = each.refused or Words(N_("Nothing can be read."))
        return [("✗ ", Words(N_("{name}: {what}"), {"name": name, "what": what}))]

    def figure(value: float, *, signed: bool = False) -> Figure:
        points = times == 100
        return Figure.of(100 * value, 1, signed=signed) if points else measured(
            value, signed=signed)  # fmt: skip

    if not (isfinite(each.new) and isfinite(each.old)):
        words = N_("{name}: one of the two ways has no values yet, so nothing is compared.")
        return [("✗ ", Words(words, {"name": name}))]
    named = {
        "name": name,
        "new": figure(each.new),
        "old": figure(each.old),
        "estimate": figure(each.reading.estimate, signed=True),
    }
    told: Lines = [("· ", Words(_POINTS if times == 100 else _PLAIN, named))]
    if isfinite(each.low) and isfinite(each.high):
        ends = {"low": figure(each.low), "high": figure(each.high), "p": Chance.of(each.p or 0)}
        told.append(("  ", Words(N_("interval {low} to {high}, p {p}"), ends)))
    else:
        told.append(("  ", Words(N_("There is no interval: no result can rule out chance here."))))
    if each.boschloo is not None:
        words = N_("If both were binomials (Boschloo): p {p}")
        told.append(("  ", Words(words, {"p": Chance.of(each.boschloo)})))
    if each.adjusted is not None:
        words = N_("corrected for the other secondary outcomes: p {p}")
        told.append(("  ", Words(words, {"p": Chance.of(each.adjusted)})))
    if each.missing:
        words = N_("{count} are missing; they count once as the worst and once as the best.")
        told.append(("  ", Words(words, {"count": each.missing})))
    return told


def observed_lines(plan: Protocol, seen: Observed) -> Lines:
    """What to print where nothing was drawn by lot."""
    primary = plan.primary
    less = primary is not None and primary.better == LESS
    named = {
        "new": measured(seen.new),
        "old": measured(seen.old),
        "estimate": measured(seen.estimate, signed=True),
    }
    told: Lines = [
        ("", seen.verdict.title),
        ("  ", seen.verdict.sentence),
        ("· ", Words(N_("new {new}, old {old}, difference {estimate}"), named)),
        ("! ", seen.note),
    ]
    if seen.jump is not None:
        rank = {"rank": seen.jump.rank, "of": seen.jump.of}
        told.append(("· ", Words(N_("It stands out as number {rank} of {of}."), rank)))
    if seen.trends is not None and isfinite(seen.trends.breakdown):
        times = {"times": Figure.of(seen.trends.breakdown, 1)}
        words = N_("Trends that part {times} times as much as ever before would explain it all.")
        told.append(("· ", Words(words, times)))
    if less:
        told.append(("· ", Words(N_("Less of it is better."))))
    return told
