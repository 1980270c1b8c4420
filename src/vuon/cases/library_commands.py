"""`vuon library`: build an index of documents of the Commons, and search it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from vuon.cases.library import FACETS, Library, build
from vuon.errors import N_, VuonError, Where, Words, terminal_language

Commands = Any  # what argparse returns from add_subparsers, which has no public name
NAME = "library.sqlite3"


def add(commands: Commands) -> None:
    """Add `library` to the command line."""
    parser = commands.add_parser("library", help="what others have tried: build, search")
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    builds = parts.add_parser("build", help="index the Markdown files of a folder")
    builds.add_argument("folder", type=Path, help="a folder with documents of the Commons")
    builds.add_argument("--out", type=Path, default=Path(NAME), help=f"the index ({NAME})")
    builds.set_defaults(run=run_build)
    searches = parts.add_parser("search", help="the documents of some words, best first")
    searches.add_argument("words", nargs="*", help="words, with or without marks")
    searches.add_argument("--in", dest="path", type=Path, default=Path(NAME), help="the index")
    searches.add_argument("--json", action="store_true", help="one line of JSON for each document")
    for name in FACETS:
        searches.add_argument(f"--{name}", help=f"only documents with this {name}")
    searches.set_defaults(run=run_search)


def _documents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.glob("*.md")):
        yield path.name, path.read_bytes()


def run_build(parsed: argparse.Namespace) -> int:
    """Build the index and say how many documents are in it.

    Raises:
        VuonError: `library.folder` where there is no document.
    """
    count = build(parsed.out, _documents(parsed.folder))
    if not count:
        parsed.out.unlink(missing_ok=True)
        raise VuonError(
            "library.folder",
            Words(N_("There is no Markdown file in this folder.")),
            Words(N_("Name the folder in which the documents lie.")),
            where=Where(parsed.folder.name),
        )
    words = Words(N_("Documents in the library: {count}."), {"count": count})
    print(words.say(terminal_language()))
    return 0


def run_search(parsed: argparse.Namespace) -> int:
    """Print what was found; exit code 1 where nothing was."""
    chosen = {name: getattr(parsed, name) for name in FACETS if getattr(parsed, name)}
    library = Library(parsed.path)
    found = library.search(" ".join(parsed.words), chosen)
    library.close()
    if parsed.json:
        for hit in found.hits:
            print(json.dumps(asdict(hit), ensure_ascii=False))
        return 0 if found.hits else 1
    if found.loosened:
        words = Words(N_("Few documents have all of these words; others have some of them."))
        print(f"· {words.say(terminal_language())}")
    for hit in found.hits:
        facts = [*hit.facets.get("country", ()), *hit.facets.get("year", ()),
                 *hit.facets.get("strength", ())]  # fmt: skip
        print(f"{hit.title}  ({', '.join(facts)})  {hit.name}")
        if hit.learned:
            print(f"    {hit.learned[:160]}")
    return 0 if found.hits else 1
