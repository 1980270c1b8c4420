"""A private PostgreSQL for the tests: own folder, socket only, gone afterwards.

`VUON_TEST_POSTGRES=1` asks for it; `VUON_REQUIRE_POSTGRES=1` makes its absence an error.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

USER = "vuon"


def programs() -> Path | None:
    """The folder with initdb and postgres, the newest if there are several."""
    found = shutil.which("initdb")
    if found and Path(found).resolve().with_name("postgres").exists():
        return Path(found).resolve().parent
    known = [
        *Path("/usr/lib/postgresql").glob("*/bin"),  # Debian
        *Path("/usr").glob("pgsql-*/bin"),  # Red Hat
        *Path("/opt/homebrew/opt").glob("postgresql@*/bin"),
    ]
    known = [folder for folder in known if (folder / "initdb").exists()]
    return max(known, key=lambda folder: _version(folder), default=None)


def _version(folder: Path) -> int:
    digits = "".join(filter(str.isdigit, folder.parent.name))
    return int(digits or 0)


def _unprivileged() -> dict[str, object]:
    """How to run a program that refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise LookupError("root needs an unprivileged user to run PostgreSQL: postgres or nobody")


def start() -> str | None:
    """The URL of a fresh server that ends with this process; None if PostgreSQL is missing."""
    folder = programs()
    if folder is None:
        return None
    place = Path(tempfile.mkdtemp(prefix="vuon-pg-"))
    run_as = _unprivileged()
    if run_as:
        os.chown(place, int(str(run_as["user"])), int(str(run_as["group"])))
    environment = {"PATH": os.defpath, "HOME": str(place), "LC_ALL": "C.UTF-8"}
    quiet = {"cwd": place, "env": environment, "stdout": subprocess.DEVNULL, **run_as}

    def run(program: str, *options: str) -> None:
        with (place / "errors").open("ab") as errors:
            done = subprocess.run([folder / program, *options], stderr=errors, check=False, **quiet)  # type: ignore[call-overload]
        if done.returncode:
            raise RuntimeError(f"{program}: {(place / 'errors').read_text(errors='replace')}")

    def end() -> None:
        subprocess.run(
            [folder / "pg_ctl", "stop", "-D", place / "data", "-m", "immediate"],
            stderr=subprocess.DEVNULL,
            check=False,
            **quiet,  # type: ignore[call-overload]
        )
        shutil.rmtree(place, ignore_errors=True)

    atexit.register(end)
    run("initdb", "-D", "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
    # Nothing here outlives the tests, so nothing waits for the disk.
    settings = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    run(
        "pg_ctl", "start", "-w", "-D", "data", "-l", "log",
        "-o", f"{settings} -c unix_socket_directories={place}",
    )  # fmt: skip
    return f"postgres://{USER}@{quote(str(place), safe='')}/postgres"
