"""`vuon journey`: run a journey, check it, compare it with a redesign, fit it, write it anew."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vuon.errors import N_, VuonError, Words, terminal_language
from vuon.journeys.applying import Change

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


@dataclass(frozen=True)
class Readers:
    """How files of neighbours are read, which this package does not know.

    Args:
        changes: the changes of an `idea.toml`.
        sheet: the rows of a stopwatch CSV, and the times in them.
    """

    changes: Callable[[Path], tuple[Change, ...]]
    sheet: Callable[[Path], tuple[Iterable[Any], Iterable[Any]]]


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
    fits.add_argument("file", type=Path, help="a journey.toml")
    source = fits.add_mutually_exclusive_group(required=True)
    source.add_argument("--log", type=Path, help="an event log as CSV")
    source.add_argument("--sheet", type=Path, help="a stopwatch sheet as CSV")
    fits.add_argument("--step", default="", help="the desk that was watched, by its key")
    fits.add_argument("--out", type=Path, help="where to write the journey")
    fits.set_defaults(run=lambda parsed: _fit(parsed, readers))
    converts = parts.add_parser("convert", help="write a journey in its canonical form")
    converts.add_argument("file", type=Path, help="a journey.toml")
    converts.add_argument("--out", type=Path, help="where to write it")
    converts.set_defaults(run=_convert)


def _model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a journey.toml")
    parser.add_argument("--idea", type=Path, action="append", default=[], help="an idea.toml")
    parser.add_argument("--seed", type=int, default=1, help="which luck, a whole number (1)")
    parser.add_argument(
        "--replications", type=int, default=REPLICATIONS, help=f"how many runs ({REPLICATIONS})"
    )
    parser.add_argument("--sketch", action="store_true", help="assume what the map does not say")
    parser.add_argument("--json", action="store_true", help="as one line of JSON")


def _say(words: Words) -> None:
    print(words.say(terminal_language()))


def _read(parsed: argparse.Namespace) -> Journey:
    """The journey of the file, ready to run.

    Raises:
        VuonError: `journey.not_ready` with everything that keeps it from running.
    """
    from vuon.journeys.check import runnable
    from vuon.journeys.file import read
    from vuon.journeys.sketching import sketched

    journey = read(parsed.file, parsed.file.name)
    if parsed.sketch:
        sketch = sketched(journey)
        journey = sketch.journey
        for remark in sketch.assumed:
            print(f"~ {remark.words.say(terminal_language())}", file=sys.stderr)
    refused = runnable(journey)
    if refused:
        language = terminal_language()
        for each in refused:
            print(f"✗ {each.what.say(language)} {each.do.say(language)}", file=sys.stderr)
        raise VuonError(
            "journey.not_ready",
            Words(N_("This journey cannot run yet.")),
            Words(N_("Add what is missing, or let it be assumed with --sketch.")),
        )
    return journey


def _changed(journey: Journey, parsed: argparse.Namespace, readers: Readers) -> Journey:
    from vuon.journeys.applying import apply

    for each in parsed.idea:
        journey = apply(journey, readers.changes(each))
    return journey


def _run(parsed: argparse.Namespace, readers: Readers) -> int:
    from vuon.journeys.check import warnings
    from vuon.journeys.simulate import simulate
    from vuon.journeys.summarise import plain, summarise

    journey = _changed(_read(parsed), parsed, readers)
    warned = [each.what.say(terminal_language()) for each in warnings(journey)]
    run = simulate(journey, seed=parsed.seed, replications=parsed.replications)
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


def _table(journey: Journey, summary: Summary) -> None:
    language = terminal_language()
    names = {"": Words(N_("all")).say(language)}
    names |= {each.key: each.name.say(language) or each.key for each in journey.groups}
    for metric, words in SHOWN.items():
        print(Words(words).say(language))
        for group, name in names.items():
            told = summary.told.get((metric, group))
            if told is not None:
                each = told.estimate
                print(f"    {name:32} {each.mean:12.3f}  ({each.low:.3f} – {each.high:.3f})")


def _check(parsed: argparse.Namespace) -> int:
    from vuon.journeys.check import check, runnable, warnings
    from vuon.journeys.file import read

    language = terminal_language()
    journey = read(parsed.file, parsed.file.name)
    refused = runnable(journey)
    for each in refused:
        print(f"✗ {each.what.say(language)} {each.do.say(language)}")
    for warning in warnings(journey) if not refused else ():
        print(f"! {warning.what.say(language)} {warning.do.say(language)}")
    for remark in check(journey):
        print(f"· {remark.words.say(language)}")
    if not refused:
        _say(Words(N_("It runs.")))
    return 1 if refused else 0


def _compare(parsed: argparse.Namespace, readers: Readers) -> int:
    from vuon.journeys.compare import compare
    from vuon.journeys.file import read

    journey = _read(parsed)
    if (parsed.redesign is None) == (not parsed.idea):
        raise VuonError(
            "journey.compare_what",
            Words(N_("There is nothing, or too much, to compare with.")),
            Words(N_("Name either another journey.toml or ideas with --idea.")),
        )
    other = (
        read(parsed.redesign, parsed.redesign.name)
        if parsed.redesign
        else _changed(journey, parsed, readers)
    )
    found = compare(journey, other, seed=parsed.seed, pilot=parsed.replications)
    if parsed.json:
        print(json.dumps(_plain(found), ensure_ascii=False))
    else:
        _differences(found)
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


_JUDGED = {1: N_("better"), -1: N_("worse"), 0: N_("cannot tell")}


def _differences(found: Comparison) -> None:
    language = terminal_language()
    for metric, words in SHOWN.items():
        print(Words(words).say(language))
        for (key, group), each in found.differences.items():
            if key == metric:
                judged = Words(_JUDGED[each.better]).say(language)
                name = group or Words(N_("all")).say(language)
                change = f"{each.mean:+.3f} ({each.low:+.3f} … {each.high:+.3f})"
                print(f"    {name:20} {each.before:12.3f} → {each.after:12.3f}  {change}  {judged}")


def _fit(parsed: argparse.Namespace, readers: Readers) -> int:
    from vuon.journeys import fit, logs
    from vuon.journeys.file import read, write

    journey = read(parsed.file, parsed.file.name)
    language = terminal_language()
    if parsed.log:
        log = logs.read(parsed.log.read_text(encoding="utf-8"), parsed.log.name)
        for row in log.quarantined:
            print(f"! {parsed.log.name}:{row.line} {row.why.say(language)}", file=sys.stderr)
        made = fit.fit_log(journey, log)
    else:
        if parsed.step not in journey.keys:
            raise VuonError(
                "journey.which_step",
                Words(N_("It is not known at which step was watched.")),
                Words(N_("Name its key with --step: {keys}."), {"keys": ", ".join(journey.keys)}),
            )
        tickets, observed = readers.sheet(parsed.sheet)
        made = fit.fit_sheet(journey, parsed.step, tickets=tickets, observed=observed)
    for each in made.report:
        weak = Words(N_("few: take it as a first guess")).say(language) if each.weak else ""
        print(
            f"{'?' if each.weak else '✓'} {each.words.say(language)} {weak}".rstrip(),
            file=sys.stderr,
        )
    _put(write(made.journey), parsed.out)
    return 0


def _convert(parsed: argparse.Namespace) -> int:
    from vuon.journeys.file import read, write

    _put(write(read(parsed.file, parsed.file.name)), parsed.out)
    return 0


def _put(text: str, out: Path | None) -> None:
    if out is None:
        print(text, end="")
    else:
        out.write_text(text, encoding="utf-8")
