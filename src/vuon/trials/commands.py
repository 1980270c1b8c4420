"""`vuon trial`: which design, what it can show, seal, draw, read, check, and review of others."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vuon.errors import N_, VuonError, Where, Words, terminal_language

if TYPE_CHECKING:
    from vuon.trials.exporting import WriteUp
    from vuon.trials.protocol import Protocol, Rail
    from vuon.trials.review import Record as Document

Commands = Any  # what argparse returns from add_subparsers, which has no public name
#: How a record of a trial ends; everything else is taken for a plan.
RECORD = ".record"


def add(
    commands: Commands, documents: Callable[[Path], Document], write_up: WriteUp | None = None
) -> None:
    """Add `trial` to the command line.

    Args:
        documents: how an experiment document is read, which this package does not know.
        write_up: how one is written; without it there is no `export`.
    """
    parser = commands.add_parser("trial", help="trials: advise, power, seal, lots, read, review")
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    _add_advise(parts)
    powers = _file(parts, "power", "what a plan can find, by simulating it", run_power)
    powers.add_argument("--sd", type=float, default=1.0, help="spread of one measurement (1)")
    powers.add_argument("--share", type=float, help="for yes and no: share of yes with the old way")
    powers.add_argument("--people", type=int, default=1, help="people measured in each unit (1)")
    powers.add_argument("--icc", type=float, default=0.0, help="how alike people of a unit are (0)")
    powers.add_argument("--ar", type=float, default=0.0, help="what is left in the next period (0)")
    powers.add_argument("--effect", type=float, action="append", default=[], help="an effect")
    seals = _file(parts, "seal", "seal a plan and begin its record", run_seal)
    seals.add_argument("--out", type=Path, help="where to write the record (FILE.record)")
    seals.add_argument("--acknowledge", action="store_true", help="what it can show is understood")
    lots = _file(parts, "lots", "draw the public lot of a sealed plan", run_lots)
    lots.add_argument("--number", required=True, help="the public number that the plan names")
    lots.add_argument("--again", action="store_true", help="only compare with the recorded lot")
    reads = _file(parts, "read", "read rows by the sealed plan", run_read)
    reads.add_argument("rows", type=Path, help="the rows as CSV")
    reads.add_argument("--look", type=int, metavar="N", help="the N-th planned look, from 1")
    reads.add_argument("--json", action="store_true", help="as one line of JSON")
    checks = _file(parts, "check", "what a plan lacks, or whether a record is whole", run_check)
    checks.add_argument("--report", type=Path, help="a report as JSON, held against the plan")
    checks.add_argument("--last", default="", metavar="HASH", help="the last hash as written down")
    checks.add_argument("--dossier", action="store_true", help="print the safe-harbour file")
    if write_up is not None:
        _add_export(parts, write_up)
    reviews = parts.add_parser("review", help="what other people's experiments can carry")
    reviews.add_argument("files", type=Path, nargs="+", metavar="FILE", help="Markdown files")
    reviews.add_argument("--json", action="store_true", help="one line of JSON for each file")
    reviews.set_defaults(run=lambda parsed: run_review(parsed, documents))


def _file(
    parts: Commands, name: str, help_text: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parts.add_parser(name, help=help_text)
    parser.add_argument("file", type=Path, help="a trial.toml, or the record of a sealed one")
    parser.set_defaults(run=run)
    return parser


def _add_export(parts: Commands, write_up: WriteUp) -> None:
    exports = _file(parts, "export", "a sealed trial as an experiment of the Commons",
                    lambda parsed: run_export(parsed, write_up))  # fmt: skip
    exports.add_argument("rows", type=Path, nargs="?", help="the rows as CSV, for the results")
    exports.add_argument("--out", type=Path, help="where to write it (standard output)")
    exports.add_argument("--language", choices=("vi", "en"), help="of the answers")


def _add_advise(parts: Commands) -> None:
    parser = parts.add_parser("advise", help="which design fits what one has")
    parser.add_argument("file", type=Path, nargs="?", help="a situation as TOML")
    for name, words in (
        ("units", "how many people, groups or places could get the new way"),
        ("points", "measurements, or blocks of days, of each while it runs"),
        ("before", "measurements before the start"),
        ("after", "measurements after it"),
        ("comparison", "units that never change, measured beside"),
        ("people", "people measured in each group"),
    ):
        parser.add_argument(f"--{name}", type=int, help=words)
    parser.add_argument("--level", choices=("person", "group", "place"), help="what a unit is")
    for name, words in (
        ("lot", "chance may decide who, or when"),
        ("on-off", "the new way can be switched on and off"),
        ("fades", "its effect is gone soon after"),
        ("order", "all may start one after the other"),
        ("cut-off", "a number decides who gets it"),
        ("leaks", "it reaches those who are compared"),
    ):
        parser.add_argument(f"--{name}", action="store_true", default=None, help=words)
    parser.add_argument("--json", action="store_true", help="as one line of JSON")
    parser.set_defaults(run=run_advise)


def _say(words: Words | None, mark: str = "") -> None:
    if words is not None:
        print(f"{mark}{words.say(terminal_language())}")


def text_of(path: Path) -> str:
    """The text of a file in UTF-8.

    Raises:
        VuonError: `trial.missing`, `trial.encoding`.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        what = Words(N_("The file is not in UTF-8."))
        do = Words(N_("Save it again with the encoding UTF-8."))
        raise VuonError("trial.encoding", what, do, where=Where(str(path))) from None
    except OSError:
        what = Words(N_("The file cannot be opened."))
        do = Words(N_("Check its name and folder."))
        raise VuonError("trial.missing", what, do, where=Where(str(path))) from None


def _write(path: Path, text: str, *, new: bool) -> None:
    try:
        with path.open("x" if new else "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError:
        what = Words(N_("There is a record already."))
        do = Words(N_("A sealed plan is never written over: name another file with --out."))
        raise VuonError("trial.sealed", what, do, where=Where(str(path))) from None
    except OSError:
        what = Words(N_("The file cannot be written."))
        do = Words(N_("Check that its folder is there and that you may write in it."))
        raise VuonError("trial.unwritable", what, do, where=Where(str(path))) from None


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _plan(path: Path) -> Protocol:
    """The plan of a trial.toml, or of a record."""
    from vuon.trials import file, record

    if path.suffix == RECORD:
        return record.read(text_of(path), path.name).protocol
    return file.read(text_of(path), path.name)


def run_advise(parsed: argparse.Namespace) -> int:
    """Print the design for a situation."""
    from vuon.trials import design

    situation = design.read(text_of(parsed.file), parsed.file.name) if parsed.file else _situation(
        parsed)  # fmt: skip
    found = design.advise(situation)
    language = terminal_language()
    if parsed.json:
        told = {
            "design": found.design,
            "title": found.title.say(language),
            "reading": found.reading.say(language),
            "can": found.can.say(language),
            "cannot": found.cannot.say(language),
            "smallest_p": float(found.smallest_p) if found.smallest_p else None,
            "warnings": [each.say(language) for each in found.warnings],
            "would_help": [each.say(language) for each in found.would_help],
        }
        print(json.dumps(told, ensure_ascii=False))
        return 0 if found.submittable else 1
    _say(found.title)
    _say(Words(N_("How it is read: {words}"), {"words": found.reading}), "· ")
    _say(Words(N_("It can show: {words}"), {"words": found.can}), "✓ ")
    _say(Words(N_("It cannot show: {words}"), {"words": found.cannot}), "✗ ")
    if found.smallest_p is not None:
        _say(_at_best(found.smallest_p), "· ")
    for each in found.warnings:
        _say(each, "! ")
    for each in found.would_help:
        _say(each, "→ ")
    return 0 if found.submittable else 1


def _at_best(p: Fraction) -> Words:
    from vuon.trials.figures import Chance

    return Words(N_("At best p is {p}."), {"p": Chance.of(p)})


def _situation(parsed: argparse.Namespace) -> Any:
    from dataclasses import fields

    from vuon.trials.design import Situation

    said = {each.name: getattr(parsed, each.name, None) for each in fields(Situation)}
    return Situation(**{key: value for key, value in said.items() if value is not None})


def run_power(parsed: argparse.Namespace) -> int:
    """Print what a plan can find."""
    from vuon.trials.power import Noise, power

    plan = _plan(parsed.file)
    primary = plan.primary
    effects = tuple(parsed.effect)
    if not effects and primary and primary.worthwhile:
        effects = (primary.worthwhile,)
    noise = Noise(sd=parsed.sd, share=parsed.share, people=parsed.people, icc=parsed.icc,
                  ar=parsed.ar)  # fmt: skip
    found = power(plan.lot, noise, effects=effects, alpha=plan.last_alpha)
    _say(_at_best(found.smallest_p))
    for effect, share in zip(found.effects, found.power, strict=True):
        named = {"effect": f"{effect:g}", "share": round(100 * share)}
        _say(Words(N_("An effect of {effect} is told from chance in {share}% of trials."), named))
    _say(_detectable(found.detectable))
    return 0 if found.detectable is not None else 1


def _detectable(found: float | None) -> Words:
    if found is None:
        return Words(N_("No effect is found in four of five trials."))
    return Words(N_("Found in four of five trials: {effect} or more."), {"effect": f"{found:.2g}"})


def run_seal(parsed: argparse.Namespace) -> int:
    """Seal a plan and begin its record."""
    from vuon.trials import record
    from vuon.trials.gaps import gaps
    from vuon.trials.lifecycle import acknowledges
    from vuon.trials.plans import foresee
    from vuon.trials.power import power
    from vuon.trials.protocol import NONE

    plan = _plan(parsed.file)
    blocking = [each for each in gaps(plan) if each.blocks]
    for each in blocking:
        print(f"✗ {each.field}: {each.words.say(terminal_language())}", file=sys.stderr)
    if blocking:
        return 1
    foresight = foresee(plan)
    _say(foresight.words)
    if not foresight.can_show and not parsed.acknowledge:
        _say(Words(N_("Seal it all the same with --acknowledge, or change the plan.")))
        return 1
    out = parsed.out or parsed.file.with_suffix(RECORD)
    able = power(plan.lot, alpha=plan.last_alpha, runs=600) if plan.lot.kind != NONE else None
    known = acknowledges(
        foresight.smallest_p,
        able.detectable if able else None,
        Words(N_("standard deviations")),
    )
    _say(known)
    made = record.begin(plan, _now(), acknowledged=known.say("en"))
    _write(out, record.write(made), new=True)
    _say(Words(N_("Sealed: {hash}"), {"hash": made.sealed.sha256}))
    print("    " + " · ".join(made.sealed.words))
    return 0


def run_lots(parsed: argparse.Namespace) -> int:
    """Draw the public lot, or draw it again to compare."""
    from vuon.trials import record
    from vuon.trials.plans import cells_of

    found = _record(parsed.file)
    if parsed.again:
        lot = record.lot_of(found.protocol, found.sealed, parsed.number)
        same = found.drawn == lot.allocation
        _say(Words(N_("It is the lot of the record.") if same else
                   N_("It is another lot than that of the record.")))  # fmt: skip
        return 0 if same else 1
    drawn = record.draw(found, parsed.number, _now())
    _write(parsed.file, record.write(drawn), new=False)
    print("unit,period,arm")
    for (name, period), z in zip(cells_of(drawn.protocol.lot), drawn.drawn or (), strict=True):
        print(f"{name},{period or ''},{'new' if z else 'old'}")
    return 0


def _record(path: Path) -> Any:
    from vuon.trials import record

    return record.read(text_of(path), path.name)


def run_read(parsed: argparse.Namespace) -> int:
    """Read rows; every look at results is written into the record."""
    from vuon.trials import reading_words

    def put(path: Path, text: str) -> None:
        _write(path, text, new=False)

    return reading_words.run(parsed, text_of, _record, put, _now())


def run_export(parsed: argparse.Namespace, write_up: WriteUp) -> int:
    """Write a sealed trial, and its results if rows are given, as an experiment document."""
    from vuon.trials import exporting

    def put(path: Path, text: str) -> None:
        _write(path, text, new=False)

    return exporting.run(parsed, write_up, text_of, _record, put, _now())


def run_check(parsed: argparse.Namespace) -> int:
    """Say what a plan lacks, whether a record is whole, and how a report differs."""
    from vuon import canonical
    from vuon.trials.dossier import as_json, dossier
    from vuon.trials.gaps import gaps
    from vuon.trials.protocol import plain
    from vuon.trials.record import read as read_record

    plan = None
    if parsed.file.suffix == RECORD:
        whole = read_record(text_of(parsed.file), parsed.file.name, parsed.last)
        plan = whole.protocol
        if parsed.dossier:
            print(json.dumps(as_json(dossier(whole), terminal_language()), ensure_ascii=False))
            return 0
        _say(Words(N_("The record is whole. Its last hash: {hash}"), {"hash": whole.last}))
    plan = plan or _plan(parsed.file)
    if parsed.report:
        return _against(plan, canonical.digest(plain(plan)), parsed.report)
    found = gaps(plan)
    for each in found:
        print(f"{'✗' if each.blocks else '·'} {each.field}: {each.words.say(terminal_language())}")
    for rail in plan.rails:
        _say(_stops(rail), "· ")
    if not any(each.blocks for each in found):
        _say(Words(N_("It can be submitted.")))
    return 1 if any(each.blocks for each in found) else 0


def _stops(rail: Rail) -> Words:
    """At which counts a guardrail stops the trial, to be printed with the plan."""
    from vuon.trials.monitor import stop_table

    named = {"name": rail.name.say(terminal_language()) or rail.key, "limit": f"{rail.limit:g}"}
    if rail.method == "count":
        return Words(N_("{name}: stop at {limit}"), named)
    if rail.method == "mean":
        return Words(N_("{name}: stop when the evidence for more than {limit} reaches 20"), named)
    rows = stop_table(rail.limit, 100, rail.alarm)[:6]
    table = ", ".join(f"{harmed}/{seen}" for harmed, seen in rows)
    return Words(N_("{name}: stop at {table} or fewer seen"), named | {"table": table})


def _against(plan: Protocol, sha256: str, path: Path) -> int:
    from vuon.trials.report import CHANGED, SAME, against

    try:
        told = json.loads(text_of(path))
    except ValueError:
        what = Words(N_("This is no report."))
        do = Words(N_("Give what `vuon trial read --json` prints."))
        raise VuonError("report.kind", what, do, where=Where(path.name)) from None
    points = against(plan, sha256, told)
    for point in points:
        _say(point.words, {SAME: "✓ ", CHANGED: "✗ "}.get(point.state, "? "))
    return 1 if any(point.state != SAME for point in points) else 0


def run_review(parsed: argparse.Namespace, documents: Callable[[Path], Document]) -> int:
    """Say of each document what it can carry."""
    from vuon.trials.review import review
    from vuon.trials.review_words import lines, plain

    code = 0
    for path in parsed.files:
        try:
            found = review(documents(path))
        except VuonError as error:
            print(error.say(terminal_language()), file=sys.stderr)
            code = 1
            continue
        if parsed.json:
            told = {"file": path.name} | plain(found, terminal_language())
            print(json.dumps(told, ensure_ascii=False))
        else:
            _lines(lines(found))
    return code


def _lines(found: Sequence[tuple[str, Words]]) -> None:
    for mark, words in found:
        _say(words, mark)
    print()
