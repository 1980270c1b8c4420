"""`vuon journey`: run a journey, check it, compare it with a redesign, fit it, write it anew."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vuon.errors import N_, VuonError, Words, stoppable, terminal_language
from vuon.journeys.applying import Change
from vuon.journeys.command_files import put, text_of

if TYPE_CHECKING:
    from vuon.journeys.compare import Comparison
    from vuon.journeys.model import Journey
    from vuon.journeys.summarise import Summary

Commands = Any  # what argparse returns from add_subparsers, which has no public name
#: What the tables show, in words; completion stands before waiting.
SHOWN = {
    "completion": N_("share who get it done"),
    "drop_off": N_("share who give up"),
    "wait": N_("minutes of waiting"),
    "wait_p90": N_("minutes that 9 in 10 wait at most"),
    "days": N_("days to the result"),
    "trips": N_("trips"),
    "citizen_cost": N_("cost to each, đồng"),
}
REPLICATIONS = 20
#: How files of the notation for processes end.
BPMN = ".bpmn"
#: What to do after a run that was stopped.
AGAIN = Words(N_("Start it again when you want its result."))


@dataclass(frozen=True)
class Readers:
    """How files of neighbours are read, which this package does not know.

    Args:
        changes: the changes of an `idea.toml`.
        sheet: the rows of a stopwatch CSV, the times in them, and the lines that were set aside
            with the reason.
    """

    changes: Callable[[Path], tuple[Change, ...]]
    sheet: Callable[[Path], tuple[Iterable[Any], Iterable[Any], Iterable[tuple[int, Words]]]]


def add(commands: Commands, readers: Readers) -> None:
    """Add `journey` to the command line."""
    parser = commands.add_parser("journey", help="journeys: run, check, compare, fit, convert")
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    runs = parts.add_parser("run", help="let a journey run and say what happens to whom")
    _model(runs)
    runs.set_defaults(run=lambda parsed: _run(parsed, readers))
    checks = parts.add_parser("check", help="say what keeps a journey from running")
    checks.add_argument("file", type=Path, help="a journey.toml")
    checks.set_defaults(run=_check)
    compares = parts.add_parser("compare", help="a redesign against the journey as it is")
    _model(compares)
    compares.add_argument("redesign", type=Path, nargs="?", help="another journey.toml")
    compares.set_defaults(run=lambda parsed: _compare(parsed, readers))
    fits = parts.add_parser("fit", help="take figures from an event log or a stopwatch sheet")
    compares.add_argument(
        "--at-most", type=int, default=160, help="runs after which it stops (160)"
    )
    fits.add_argument("file", type=Path, help="a journey.toml")
    source = fits.add_mutually_exclusive_group(required=True)
    source.add_argument("--log", type=Path, help="an event log as CSV")
    source.add_argument("--sheet", type=Path, help="a stopwatch sheet as CSV")
    fits.add_argument("--step", default="", help="the desk that was watched, by its key")
    fits.add_argument("--out", type=Path, help="where to write the journey")
    fits.set_defaults(run=lambda parsed: _fit(parsed, readers))
    converts = parts.add_parser("convert", help="write a journey in its canonical form, or as BPMN")
    converts.add_argument("file", type=Path, help="a journey.toml or a process in BPMN 2.0 (.bpmn)")
    converts.add_argument("--table", action="store_true", help="the steps as a table, in CSV")
    converts.add_argument("--out", type=Path, help="where to write it; .bpmn writes BPMN 2.0")
    converts.set_defaults(run=_convert)


def _model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a journey.toml")
    parser.add_argument("--idea", type=Path, action="append", default=[], help="an idea.toml")
    parser.add_argument("--seed", type=int, default=1, help="which luck, a whole number (1)")
    parser.add_argument(
        "--replications", type=int, default=REPLICATIONS, help=f"how many runs ({REPLICATIONS})"
    )
    parser.add_argument("--sketch", action="store_true", help="assume what the map does not say")
    parser.add_argument("--stop-after", type=float, metavar="SECONDS", help="give up after so long")
    parser.add_argument("--json", action="store_true", help="as one line of JSON")


def _say(words: Words) -> None:
    print(words.say(terminal_language()))


def _file(path: Path) -> Journey:
    """The journey of a `journey.toml`, or of a process in BPMN; what that loses is said."""
    if path.suffix.lower() == BPMN:
        from vuon.journeys.bpmn_reading import read as read_bpmn

        journey, lost = read_bpmn(text_of(path), path.name)
        _beware(lost)
        return journey
    from vuon.journeys.file import read

    return read(text_of(path), path.name)


def _beware(found: Iterable[Words]) -> None:
    for each in found:
        print(f"! {each.say(terminal_language())}", file=sys.stderr)


def _read(path: Path, parsed: argparse.Namespace) -> Journey:
    """The journey of the file, ready to run.

    Raises:
        VuonError: `journey.not_ready` with everything that keeps it from running.
    """
    from vuon.journeys.check import runnable
    from vuon.journeys.sketching import sketched

    language = terminal_language()
    journey = _file(path)
    if parsed.sketch:
        sketch = sketched(journey)
        journey = sketch.journey
        for remark in sketch.assumed:
            print(f"~ {remark.words.say(language)}", file=sys.stderr)
    refused = runnable(journey)
    if refused:
        for each in refused:
            print(f"✗ {each.say(language)}", file=sys.stderr)
        raise VuonError(
            "journey.not_ready",
            Words(N_("This journey cannot run yet.")),
            Words(N_("Add what is missing, or let it be assumed with --sketch.")),
        )
    return journey


def _enough(parsed: argparse.Namespace, least: int) -> None:
    if parsed.replications < least:
        raise VuonError(
            "journey.replications",
            Words(N_("{count} runs are too few."), {"count": parsed.replications}),
            Words(N_("Take at least {least}, better 20."), {"least": least}),
        )


def _until(parsed: argparse.Namespace) -> Callable[[], bool] | None:
    """Whether the time is over that was given; None if none was."""
    if parsed.stop_after is None:
        return None
    end = time.monotonic() + parsed.stop_after
    return lambda: time.monotonic() >= end


def _changed(journey: Journey, parsed: argparse.Namespace, readers: Readers) -> Journey:
    from vuon.journeys.applying import apply

    for each in parsed.idea:
        journey = apply(journey, readers.changes(each))
    return journey


@stoppable("journey.stopped", AGAIN)
def _run(parsed: argparse.Namespace, readers: Readers) -> int:
    from vuon.journeys.check import warnings
    from vuon.journeys.simulate import simulate
    from vuon.journeys.summarise import plain, summarise

    _enough(parsed, 1)
    journey = _changed(_read(parsed.file, parsed), parsed, readers)
    warned = [each.what.say(terminal_language()) for each in warnings(journey)]
    run = simulate(journey, seed=parsed.seed, replications=parsed.replications, stop=_until(parsed))
    summary = summarise(run, journey)
    if parsed.json:
        told = plain(summary)
        told |= {"hash": journey.hash, "seed": parsed.seed, "warnings": warned}
        print(json.dumps(told, ensure_ascii=False))
        return 0
    _table(journey, summary)
    for each in warned:
        print(f"! {each}", file=sys.stderr)
    return 0


def _names(journey: Journey, language: str) -> dict[str, str]:
    names = {each.key: each.name.say(language) or each.key for each in journey.groups}
    return {"": Words(N_("all")).say(language), **names}


def _table(journey: Journey, summary: Summary) -> None:
    language = terminal_language()
    names = _names(journey, language)
    for metric, words in SHOWN.items():
        print(Words(words).say(language))
        for group, name in names.items():
            told = summary.told.get((metric, group))
            if told is not None:
                each = told.estimate
                print(f"    {name:32} {each.mean:12.3f}  ({each.low:.3f} – {each.high:.3f})")


def _check(parsed: argparse.Namespace) -> int:
    from vuon.journeys.check import check, runnable, warnings

    language = terminal_language()
    journey = _file(parsed.file)
    refused = runnable(journey)
    for each in refused:
        print(f"✗ {each.say(language)}")
    for warning in warnings(journey) if not refused else ():
        print(f"! {warning.say(language)}")
    for remark in check(journey):
        print(f"· {remark.words.say(language)}")
    _felt(journey, language)
    if not refused:
        _say(Words(N_("It runs.")))
    return 1 if refused else 0


def _felt(journey: Journey, language: str) -> None:
    """Print how people felt about steps, as they said."""
    names = _names(journey, language)
    for rating in journey.ratings:
        words = Words(
            N_("“{step}” was rated {value} between -2 and 2 ({group}, {count} people)."),
            {
                "step": journey.step(rating.step).title.say(language),
                "value": f"{rating.value:+g}",
                "group": names[rating.group],
                "count": rating.n,
            },
        )
        print(f"☺ {words.say(language)}")


@stoppable("journey.stopped", AGAIN)
def _compare(parsed: argparse.Namespace, readers: Readers) -> int:
    from vuon.journeys.compare import compare
    from vuon.journeys.positions import envelope_for

    _enough(parsed, 2)
    if (parsed.redesign is None) == (not parsed.idea):
        raise VuonError(
            "journey.compare_what",
            Words(N_("There is nothing, or too much, to compare with.")),
            Words(N_("Name either another journey.toml or ideas with --idea.")),
        )
    journey = _read(parsed.file, parsed)
    other = (
        _read(parsed.redesign, parsed) if parsed.redesign else _changed(journey, parsed, readers)
    )
    changes = [change for idea in parsed.idea for change in readers.changes(idea)]
    found = compare(
        journey,
        other,
        seed=parsed.seed,
        pilot=parsed.replications,
        cap=max(parsed.at_most, parsed.replications),
        under=envelope_for(journey, changes) if changes else None,
        stop=_until(parsed),
    )
    if parsed.json:
        print(json.dumps(_plain(found), ensure_ascii=False))
    else:
        _differences(journey, found)
    return 0


def _plain(found: Comparison) -> dict[str, object]:
    told: dict[str, dict[str, object]] = {}
    for (metric, group), each in found.differences.items():
        told.setdefault(metric, {})[group or "all"] = {
            "before": each.before,
            "after": each.after,
            "mean": each.mean,
            "low": each.low,
            "high": each.high,
            "sure": each.sure,
            "better": each.better,
        }
    capped = [[metric, group or "all"] for metric, group in found.capped]
    return {"differences": told, "replications": found.replications, "capped": capped}


_SAME = N_("no difference")
_JUDGED = {1: N_("better"), -1: N_("worse"), 0: N_("cannot tell")}


def _differences(journey: Journey, found: Comparison) -> None:
    language = terminal_language()
    names = _names(journey, language)
    for metric, words in SHOWN.items():
        print(Words(words).say(language))
        for (key, group), each in found.differences.items():
            if key == metric:
                same = not each.mean and not each.half
                judged = Words(_SAME if same else _JUDGED[each.better]).say(language)
                change = f"{each.mean:+.3f} ({each.low:+.3f} … {each.high:+.3f})"
                means = f"{each.before:12.3f} → {each.after:12.3f}"
                print(f"    {names[group]:32} {means}  {change}  {judged}")


def _fit(parsed: argparse.Namespace, readers: Readers) -> int:
    from vuon.journeys import fit, logs
    from vuon.journeys.file import write
    from vuon.journeys.fit_sheets import fit_sheet

    journey = _file(parsed.file)
    language = terminal_language()
    if parsed.log:
        log = logs.read(text_of(parsed.log), parsed.log.name)
        aside: Iterable[tuple[int, Words]] = [(row.line, row.why) for row in log.quarantined]
        made = fit.fit_log(journey, log)
    else:
        if parsed.step not in journey.keys:
            raise VuonError(
                "journey.which_step",
                Words(N_("It is not known at which step was watched.")),
                Words(N_("Name its key with --step: {keys}."), {"keys": ", ".join(journey.keys)}),
            )
        tickets, observed, aside = readers.sheet(parsed.sheet)
        made = fit_sheet(journey, parsed.step, tickets=tickets, observed=observed)
    for line, why in aside:
        print(f"! {(parsed.log or parsed.sheet).name}:{line} {why.say(language)}", file=sys.stderr)
    for each in made.report:
        weak = Words(N_("few: take it as a first guess")).say(language) if each.weak else ""
        print(
            f"{'?' if each.weak else '✓'} {each.words.say(language)} {weak}".rstrip(),
            file=sys.stderr,
        )
    put(write(made.journey), parsed.out)
    return 0


def _convert(parsed: argparse.Namespace) -> int:
    from vuon.journeys import bpmn
    from vuon.journeys.file import write
    from vuon.journeys.step_table import steps_csv

    journey = _file(parsed.file)
    if parsed.out and parsed.out.suffix.lower() == BPMN and not parsed.table:
        drawn, unseen = bpmn.write(journey)
        put(drawn, parsed.out)
        _beware(unseen)
        return 0
    put(steps_csv(journey, terminal_language()) if parsed.table else write(journey), parsed.out)
    return 0
