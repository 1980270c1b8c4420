"""A small place to start from: two causes, three moves, three ideas, with comments that explain."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree, ignore_patterns

from vuon.errors import N_, VuonError, Where, Words


def new_place(folder: Path) -> None:
    """Write the small place into a folder that is not there yet.

    Raises:
        VuonError: `place.exists`; nothing is ever written over.
    """
    if folder.exists():
        raise VuonError(
            "place.exists",
            Words(N_("There is something of this name already.")),
            Words(N_("Choose a name that is not taken; nothing is written over.")),
            where=Where(folder.name),
        )
    with as_file(files("vuon.practice") / "data" / "new") as shipped:
        copytree(shipped, folder, ignore=ignore_patterns("__pycache__"))
