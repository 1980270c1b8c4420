"""A piece of an ensemble, and the folder in which pieces are kept by key."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from vuon import canonical
from vuon.futures.sketches import Flags, Sketch
from vuon.futures.study import Study
from vuon.xlrm import Column


@dataclass(frozen=True, eq=False)
class Chunk:
    """All policies in the futures from number `start` on; fields as in `ensemble.Ensemble`."""

    start: int
    sketch: Sketch
    fails: Flags
    values: Column | None

    @property
    def end(self) -> int:
        """The number after its last future."""
        return self.start + int(self.fails.shape[2])


def key_of(study: Study, start: int, count: int) -> str:
    """The name under which a chunk is kept: made of everything that it depends on."""
    return canonical.digest([study.sha, start, count]) + ".npz"


def put(folder: Path, key: str, chunk: Chunk) -> None:
    """Keep a chunk; whole or not at all, even if the machine stops."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {each.name: getattr(chunk.sketch, each.name) for each in fields(Sketch)}
    arrays["start"] = np.array(chunk.start)
    arrays["shape"] = np.array(chunk.fails.shape)
    arrays["failing"] = np.packbits(chunk.fails, axis=2)
    if chunk.values is not None:
        arrays["values"] = chunk.values
    passing = folder / f".{key}.{os.getpid()}"
    with passing.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
        file.flush()
        os.fsync(file.fileno())
    passing.replace(folder / key)


def kept(folder: Path, key: str, columns: bool) -> Chunk | None:
    """The chunk with this key, if it is there, whole and with values where they are wanted."""
    from zipfile import BadZipFile

    try:
        with (folder / key).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            if columns and "values" not in arrays:
                return None
            return Chunk(
                int(arrays["start"]),
                Sketch(**{each.name: arrays[each.name] for each in fields(Sketch)}),
                np.unpackbits(arrays["failing"], axis=2, count=int(arrays["shape"][2])).astype(
                    np.bool_
                ),
                arrays["values"] if columns else None,
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None  # missing or damaged: it is computed anew
