"""`vuon doctor`: what is wrong with this installation, and what to do."""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vuon.errors import N_, Words, terminal_language
from vuon_web.commands import network

LEAST_SPACE = 200 * 1024 * 1024
NEEDED = ("django", "uvicorn", "servestatic", "allauth", "argon2", "csp", "environs", "segno")
DOCUMENTS = ("typst", "docx", "fontpkg_be_vietnam_pro")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: fine, worth knowing, or broken, with what to do about it."""

    state: str  # "fine" | "note" | "broken"
    what: Words
    do: Words | None = None


def run(options: argparse.Namespace) -> int:
    """Print what was found; 0 if nothing is broken, else 1."""
    if options.data:
        os.environ["VUON_DATA"] = str(options.data.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuon_web.config.settings")
    os.environ.setdefault("VUON_SECRET_KEY", "nothing is signed here")  # else one would be made
    tongue = terminal_language()
    broken = 0
    for check in (python, packages, assets, folder, database, address):
        for finding in _carefully(check):
            mark = {"fine": "✓", "note": "·", "broken": "✗"}[finding.state]
            print(f"{mark} {finding.what.say(tongue)}")
            if finding.do:
                print(f"    → {finding.do.say(tongue)}")
            broken += finding.state == "broken"
    return 1 if broken else 0


def _carefully(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from check()
    except Exception as error:  # a broken installation may fail anywhere: that is a finding too
        yield Finding(
            "broken",
            Words(
                N_("The check “{check}” stopped: {kind}."),
                {"check": check.__name__, "kind": type(error).__name__},
            ),
            Words(N_("Install Vuon again; if it stays, report this line.")),
        )


def python() -> Iterator[Finding]:
    """The Python that runs this."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("fine", Words(N_("Python {version}"), {"version": version}))


def packages() -> Iterator[Finding]:
    """The packages of the web and of documents."""
    missing = [name for name in (*NEEDED, *DOCUMENTS) if not _imports(name)]
    if missing:
        yield Finding(
            "broken",
            Words(
                N_("These packages are missing or broken: {names}."), {"names": ", ".join(missing)}
            ),
            Words(
                N_(
                    "In a checkout: remove the folder .venv and run ./vuon up. "
                    "Otherwise: pip install --force-reinstall 'vuon[web]'"
                )
            ),
        )
    else:
        yield Finding("fine", Words(N_("All packages are there.")))


def _imports(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:  # any failure to import means the same here
        return False
    return True


def assets() -> Iterator[Finding]:
    """What is built: the pages' script, the fonts, the Vietnamese catalogues."""
    package = Path(__file__).resolve().parent.parent
    wanted = {
        "vuon.js": package / "static" / "dist" / "vuon.js",
        "evidence.js": package / "static" / "dist" / "evidence.js",
        "stopwatch.js": package / "static" / "dist" / "stopwatch.js",
        "levers.js": package / "static" / "dist" / "levers.js",
        "kernel-worker.js": package / "static" / "dist" / "kernel-worker.js",
        "fonts": package / "static" / "dist" / "fonts",
        "django.mo": package / "locale" / "vi" / "LC_MESSAGES" / "django.mo",
        "vuon.mo": package.parent / "vuon" / "locale" / "vi" / "LC_MESSAGES" / "vuon.mo",
    }
    missing = [name for name, path in wanted.items() if not path.exists()]
    if missing:
        yield Finding(
            "broken",
            Words(
                N_("Not built: {names}. Pages would lack script, letters or Vietnamese."),
                {"names": ", ".join(missing)},
            ),
            Words(N_("In a checkout: remove the folder .tools/stamps and run ./vuon up.")),
        )
    else:
        yield Finding("fine", Words(N_("Script, letters and catalogues are built.")))


def folder() -> Iterator[Finding]:
    """The folder of all that is kept: writable, with space left, closed to others."""
    from django.conf import settings

    path = settings.DATA
    standing = next(p for p in (path, *path.parents) if p.exists())
    if not os.access(standing, os.W_OK):
        yield Finding(
            "broken",
            Words(N_("The data folder {path} cannot be written."), {"path": path}),
            Words(N_("Choose another: vuon up --data FOLDER")),
        )
        return
    free = shutil.disk_usage(standing).free
    if free < LEAST_SPACE:
        yield Finding(
            "broken",
            Words(
                N_("Only {count} MB are free where {path} lies."),
                {"count": free // 1024**2, "path": path},
            ),
            Words(N_("Free some space, or choose another: vuon up --data FOLDER")),
        )
    else:
        yield Finding("fine", Words(N_("Data are kept in {path}."), {"path": path}))
    if os.name == "posix" and path.exists() and path.stat().st_mode & 0o077:
        yield Finding(
            "note",
            Words(N_("Other users of this computer can open {path}."), {"path": path}),
            Words(N_("Close it: chmod 700 {path}"), {"path": path}),
        )


def database() -> Iterator[Finding]:
    """The database: reachable, whole, at the present version."""
    import django
    from django.conf import settings

    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if connection.vendor == "sqlite":
        if sqlite3.sqlite_version_info < (3, 35):
            yield Finding(
                "broken",
                Words(N_("SQLite {version} is too old."), {"version": sqlite3.sqlite_version}),
                Words(N_("Install a newer Python or SQLite (3.35 or later).")),
            )
        if not Path(settings.DATABASES["default"]["NAME"]).exists():
            yield Finding(
                "note",
                Words(N_("No lab has been opened yet.")),
                Words(N_("vuon up opens the first one.")),
            )
            return
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check")
            answer = cursor.fetchone()[0]
        if answer != "ok":
            yield Finding(
                "broken",
                Words(N_("The database is damaged.")),
                Words(
                    N_("Stop the server, copy the data folder away, then restore a backup of it.")
                ),
            )
            return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding(
            "note",
            Words(N_("The database is older than this program.")),
            Words(N_("vuon up brings it to the present; copy the data folder first.")),
        )
    else:
        yield Finding("fine", Words(N_("The database answers and is up to date.")))


def address() -> Iterator[Finding]:
    """Where the server could be reached."""
    port = network.free_port("127.0.0.1")
    if port is None:
        yield Finding(
            "broken",
            Words(N_("No port from 8000 to 8019 is free.")),
            Words(N_("Close other servers, or choose a port: vuon up --port 8123")),
        )
    else:
        yield Finding("fine", Words(N_("Port {port} is free."), {"port": port}))
    local = network.local_address()
    if local is None:
        yield Finding(
            "note",
            Words(N_("This computer is in no local network.")),
            Words(
                N_(
                    "That is enough for one person. For phones in a room join a Wi-Fi "
                    "or open a hotspot, then: vuon up --room"
                )
            ),
        )
    else:
        yield Finding(
            "fine",
            Words(N_("Phones in the same network would find it at {address}."), {"address": local}),
        )
