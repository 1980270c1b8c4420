"""Modules made ready for one processor, kept between starts: in a folder that is this user's alone.

What is kept is machine code. It is read only from a folder, and a file, that nobody else could have
written; where that cannot be told, nothing is kept and each start compiles.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

#: Others may write here, or anybody may.
_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_DIGEST = 32


def folder(environment: Mapping[str, str] | None = None) -> Path | None:
    """Where this user's modules are kept; None where no folder can be trusted.

    `VUON_CACHE` names another folder, and empty none at all. On Windows the rights of a folder
    cannot be read with the standard library, so nothing is kept there.
    """
    known = os.environ if environment is None else environment
    if not hasattr(os, "geteuid"):
        return None
    asked = known.get("VUON_CACHE")
    if asked is None:
        home = known.get("HOME", "")
        usual = "Library/Caches" if sys.platform == "darwin" else ".cache"
        base = known.get("XDG_CACHE_HOME") or (f"{home}/{usual}" if home else "")
        asked = f"{base}/vuon" if base else ""
    path = Path(asked) / "kernels"
    return path if asked and path.is_absolute() else None


def is_mine(path: Path) -> bool:
    """Whether `path` is a folder of this user into which nobody else can write, nor move it away.

    Folders above may be of root; a sticky one, such as that for temporary files, may be of all.
    """
    try:
        real = path.resolve(strict=True)
        own = real.lstat()
        above = [each.stat() for each in real.parents]
    except OSError:
        return False
    me = os.geteuid()
    if not stat.S_ISDIR(own.st_mode) or own.st_uid != me or own.st_mode & _OTHERS:
        return False
    return all(
        each.st_uid in (0, me) and (not each.st_mode & _OTHERS or each.st_mode & stat.S_ISVTX)
        for each in above
    )


def read(path: Path) -> bytes | None:
    """What was kept; None if it is not there, not whole, or may be somebody else's."""
    if not is_mine(path.parent):
        return None
    try:
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(number, "rb") as file:
            seen = os.fstat(number)
            if not stat.S_ISREG(seen.st_mode) or seen.st_uid != os.geteuid():
                return None
            if seen.st_mode & _OTHERS:
                return None
            body = file.read()
    except OSError:
        return None
    told, kept = body[:_DIGEST], body[_DIGEST:]
    return kept if hashlib.sha256(kept).digest() == told else None


def write(path: Path, body: bytes) -> None:
    """Keep something, whole or not at all; where that is not possible nothing happens."""
    fresh = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_mine(path.parent):
            return
        number, fresh = tempfile.mkstemp(dir=path.parent, suffix=".new")
        with os.fdopen(number, "wb") as file:
            file.write(hashlib.sha256(body).digest() + body)
        Path(fresh).replace(path)
    except OSError:
        if fresh:
            with suppress(OSError):
                Path(fresh).unlink()
