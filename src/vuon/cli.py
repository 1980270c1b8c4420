"""The command line `vuon`: every engine without the web.

Commands of the product (`up`, `doctor`) come from the entry-point group `vuon.commands`, so that
the library never imports the web.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from vuon import __version__
from vuon.cases.library_commands import add as add_library
from vuon.challenges.commands import add as add_plan
from vuon.errors import VuonError, Words, terminal_language
from vuon.futures.commands import Readers as FuturesReaders
from vuon.futures.commands import add as add_futures
from vuon.journeys.applying import Change
from vuon.journeys.command_files import text_of
from vuon.journeys.commands import Readers
from vuon.journeys.commands import add as add_journey
from vuon.practice.commands import add as add_place
from vuon.trials.commands import add as add_trial
from vuon.trials.review import Record

COMMANDS = "vuon.commands"
#: How a model is made of the text of its file, by what futures.toml calls it.
MODELS = {
    "system": "vuon.systems.visits:read_model",
    "journey": "vuon.journeys.engine:read_model",
}


def _changes(path: Path) -> tuple[Change, ...]:
    """The changes of an idea, as a journey takes them; changes of rules are read by people."""
    from vuon.ideas.file import read

    idea = read(text_of(path), path.name)
    return tuple(
        Change(each.target, each.edit, each.values)
        for each in idea.changes
        if each.kind == "service"
    )


def _sheet(path: Path) -> tuple[Iterable[Any], Iterable[Any], Iterable[tuple[int, Words]]]:
    """The rows of a stopwatch sheet, the times in them, and the lines that were set aside."""
    from vuon.evidence import observation

    sheet = observation.read(text_of(path), path.name)
    aside = [(each.line, each.why) for each in sheet.problems]
    return sheet.rows, observation.observations(sheet), aside


def _document(path: Path) -> Record:
    """What an experiment document of the Commons says of itself, without personal data."""
    from vuon.cases.others import record_of
    from vuon.challenges.commands import content_of

    return record_of(content_of(str(path)), path.name)


def _write_up(record: Any, reading: Any, language: str) -> tuple[str, tuple[Words, ...]]:
    """A trial as an experiment document of the Commons, and what nobody said."""
    from vuon.cases.experiment import experiment

    made = experiment(record, reading, language=language)
    return made.text, tuple(each.label for each in made.missing)


def build_parser() -> argparse.ArgumentParser:
    """The parser with every command of the library and of whatever is installed beside it."""
    parser = argparse.ArgumentParser(prog="vuon", description=__doc__.splitlines()[0])
    parser.add_argument("--version", action="version", version=f"vuon {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    add_plan(commands)
    add_journey(commands, Readers(_changes, _sheet))
    add_futures(commands, FuturesReaders(text_of, MODELS, _changes))
    add_place(commands)
    add_trial(commands, _document, _write_up)
    add_library(commands)
    for entry in sorted(entry_points(group=COMMANDS), key=lambda entry: entry.name):
        entry.load()(commands)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did what was asked, 2 when it could not."""
    parsed = build_parser().parse_args(arguments)
    try:
        code: int = parsed.run(parsed)
    except VuonError as error:
        print(error.say(terminal_language()), file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read along (head, less) has stopped reading
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


if __name__ == "__main__":
    raise SystemExit(main())
