"""The product's commands on the command line: `vuon up`, `vuon doctor`.

Nothing heavy is imported here: `vuon doctor` must answer also where an installation is broken.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def up(commands: Commands) -> None:
    """Add `vuon up`."""
    parser = commands.add_parser("up", help="open the lab and serve it")
    parser.add_argument("--plan", type=Path, metavar="FILE", help="open a lab from this plan")
    parser.add_argument(
        "--room", action="store_true", help="serve the local network, with a poster to join by QR"
    )
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port (default: the first free one from 8000)")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="folder of all that is kept")
    parser.set_defaults(run=_up)


def doctor(commands: Commands) -> None:
    """Add `vuon doctor`."""
    parser = commands.add_parser("doctor", help="say what is wrong here and what to do")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="folder of all that is kept")
    parser.set_defaults(run=_doctor)


def _up(options: argparse.Namespace) -> int:
    from vuon_web.commands.serve import run

    return run(options)


def _doctor(options: argparse.Namespace) -> int:
    from vuon_web.commands.examine import run

    return run(options)
