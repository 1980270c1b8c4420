"""`vuon up`: prepares everything, opens the lab, serves it and prints four addresses."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from vuon.errors import N_, VuonError, Words
from vuon_web.commands import network


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted; 0 after a clean stop."""
    plan = read_plan(options.plan) if options.plan else None
    host, port = listen_on(options)
    set_environment(options, host)
    prepare()
    from vuon_web.commands.opening import open_lab

    opened = open_lab(plan, options.plan.name if options.plan else "")

    def announce() -> None:
        from vuon_web.commands.announce import announce as say

        say(opened, host=host, port=port, room=options.room)

    return serve(host, port, announce)


def read_plan(path: Path) -> bytes:
    """The bytes of the plan; limits and content are judged by the reader of plans."""
    try:
        with path.open("rb") as source:
            return source.read(6 * 1024 * 1024)
    except IsADirectoryError:
        reason = Words(N_("{path} is a folder."), {"path": path})
    except FileNotFoundError:
        reason = Words(N_("There is no file {path}."), {"path": path})
    except OSError as error:
        reason = Words(
            N_("{path} cannot be read ({reason})."), {"path": path, "reason": error.strerror}
        )
    raise VuonError("up.plan", reason, Words(N_("Name a plan in Markdown: vuon up --plan FILE")))


def listen_on(options: argparse.Namespace) -> tuple[str, int]:
    """Host and port to listen on; a port that was asked for and is taken is an error."""
    host = options.host or ("0.0.0.0" if options.room else "127.0.0.1")  # noqa: S104
    if options.room and host in network.LOOPBACK:
        raise VuonError(
            "up.room_host",
            Words(
                N_("--room serves the local network, but --host {host} is this computer alone."),
                {"host": host},
            ),
            Words(N_("Leave out --host, or name this computer's address in the network.")),
        )
    port = options.port or network.free_port(host)
    if port is None or not network.is_free(host, port):
        taken = port or f"{network.FIRST_PORT}–{network.FIRST_PORT + network.TRIED - 1}"
        raise VuonError(
            "up.port_taken",
            Words(
                N_("Another program already listens on port {port}, or it may not be used."),
                {"port": taken},
            ),
            Words(
                N_("Is Vuon already running? Otherwise choose another port: vuon up --port 8123")
            ),
        )
    return host, port


def passed_on(environment: Mapping[str, str]) -> bool:
    """Whether a web server in front passes other people's requests on, by the settings for it."""
    secure = environment.get("VUON_SECURE", "").strip().lower() in ("1", "true", "yes", "on")
    return secure or bool(environment.get("VUON_HOSTS", "").strip(" ,"))


def set_environment(options: argparse.Namespace, host: str) -> None:
    """Tell the settings where things are kept and who can reach the server."""
    if options.data:
        os.environ["VUON_DATA"] = str(options.data.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuon_web.config.settings")
    os.environ["VUON_COLLECTED"] = "1"
    alone = host in network.LOOPBACK and not passed_on(os.environ)
    os.environ["VUON_ALONE"] = "1" if alone else "0"
    if not alone:
        import socket

        names = [host, network.local_address() or "", socket.gethostname()]
        known = os.environ.get("VUON_HOSTS", "").split(",")
        os.environ["VUON_HOSTS"] = ",".join(dict.fromkeys(n for n in [*known, *names] if n))


def prepare() -> None:
    """Set Django up, bring the database to the present, put the static files in place."""
    try:
        import django

        django.setup()
    except PermissionError as error:
        raise _unwritable(error.filename) from error
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
        call_command("migrate", verbosity=0, interactive=False)
    except (PermissionError, DatabaseError) as error:
        raise _unwritable(str(settings.DATA)) from error
    collect_static(settings.PACKAGE / "static", settings.STATIC_ROOT)


def _unwritable(path: str) -> VuonError:
    return VuonError(
        "up.data",
        Words(
            N_("Nothing can be kept in {path}: the folder or the database cannot be written."),
            {"path": path},
        ),
        Words(
            N_(
                "Free some space or choose another folder: vuon up --data FOLDER. "
                "vuon doctor says more."
            )
        ),
    )


def collect_static(source: Path, target: Path) -> None:
    """Copy, name by content and compress the static files, unless they are there already."""
    import hashlib

    from django.core.management import call_command

    from vuon import __version__

    seen = hashlib.sha256(__version__.encode())
    for path in sorted(source.rglob("*")):
        if path.is_file():
            stat = path.stat()
            seen.update(f"{path.relative_to(source)} {stat.st_size} {stat.st_mtime_ns}".encode())
    stamp = target / ".stamp"
    if stamp.exists() and stamp.read_text() == seen.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(seen.hexdigest())


def serve(host: str, port: int, announce: Callable[[], None]) -> int:
    """Run the server; `announce` is called once it listens. No access log is written."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list | None = None) -> None:  # type: ignore[type-arg]
            await super().startup(sockets=sockets)
            if self.started:
                announce()
                # What is loaded by now stays: the collector need not walk through it again
                # while somebody waits for a page.
                gc.collect()
                gc.freeze()

    config = uvicorn.Config(
        "vuon_web.config.asgi:application",
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=5,
    )
    server = Server(config)
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    sys.stdout.flush()
    return 0 if server.started else 2
