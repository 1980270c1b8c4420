"""Ensembles: every policy in every future, in chunks that any worker can do and nobody loses.

A chunk holds all policies of its futures, under the same luck. Its result is kept by a key made of
the study and the rows, so that a run that was stopped goes on, and the same study is never computed
twice. Chunks are put together in the order of their rows, whoever was first: equal digits for any
number of workers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import heappop, heappush
from pathlib import Path

import numpy as np

from vuon.errors import N_, VuonError, Words
from vuon.futures import sketches
from vuon.futures.chunks import Chunk, kept, key_of, put
from vuon.futures.executors import Start, run
from vuon.futures.sketches import Flags, Sketch
from vuon.futures.study import Study, read
from vuon.xlrm import Column, ColumnModel, Luck, Lucks, Model, Policy

#: From how many futures the edges of histograms are taken.
FIRST = 1024
#: Futures of a chunk for models that run columns, and for those that run one by one.
CHUNKS = {True: 4096, False: 32}
#: What a model may fail with in a future without being wrong as a program.
BREAKS = (ArithmeticError, ValueError, VuonError)


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Every policy in every future.

    Args:
        study: what was asked.
        sketch: what is kept of all values.
        fails: where a measure is missed, shape (policies, measures, futures).
        values: outcome of each measure, of the same shape, NaN where the model broke; None if only
            sketches were wanted.
        computed: how many chunks were computed now; the others were there already.
    """

    study: Study
    sketch: Sketch
    fails: Flags
    values: Column | None
    computed: int = field(default=0)

    @property
    def broken(self) -> dict[str, tuple[int, ...]]:
        """Numbers of the futures in which the model broke, by policy, the first twenty of each."""
        if self.values is None:
            return {}
        gone: Flags = np.logical_not(np.isfinite(self.values).all(axis=1))
        names = [each.name for each in self.study.policies]
        return {
            name: tuple(int(i) for i in np.flatnonzero(row)[:20])
            for name, row in zip(names, gone, strict=True)
            if row.any()
        }

    @property
    def digest(self) -> str:
        """The SHA-256 of every bit of the result: equal for any number of workers."""
        found = hashlib.sha256(self.sketch.digest.encode())
        found.update(np.packbits(self.fails, axis=2).tobytes())
        if self.values is not None:
            found.update(self.values.tobytes())
        return found.hexdigest()

    def place(self, policy: str, measure: str) -> tuple[int, int]:
        """Where a policy and a measure stand in the arrays.

        Raises:
            VuonError: `futures.unknown`.
        """
        names = [each.name for each in self.study.policies]
        measures = [each.name for each in self.study.measures]
        for name, known in ((policy, names), (measure, measures)):
            if name not in known:
                raise VuonError(
                    "futures.unknown",
                    Words(
                        N_("The model knows nothing called {name}; it knows: {known}."),
                        {"name": name, "known": ", ".join(known)},
                    ),
                    Words(N_("Correct its spelling or take it out.")),
                )
        return names.index(policy), measures.index(measure)


def run_ensemble(
    study: Study,
    executor: Start | None = None,
    folder: Path | None = None,
    *,
    columns: bool = True,
    stop: Callable[[], bool] | None = None,
) -> Ensemble:
    """Every policy of the study in every future of its design.

    Args:
        study: with edges of histograms, or without: then they are taken from a first block.
        executor: of `executors.processes` or `executors.dask`; None computes here.
        folder: where chunks are kept; a run goes on with what is there.
        columns: whether values are kept besides the sketch.
        stop: asked after each chunk; when it answers true, what is done stays in the folder.

    Raises:
        VuonError: `futures.stopped`; `futures.other_model` if the model is not the one asked.
    """
    if not study.design.edges:
        study = with_edges(study)
    parts: list[Chunk] = []
    computed = 0
    for chunk, new in _in_order(_chunks(study, executor, folder, columns)):
        parts.append(chunk)
        computed += new
        if stop and stop():
            raise VuonError(
                "futures.stopped",
                Words(N_("The run was stopped after {count} futures."), {"count": chunk.end}),
                Words(N_("Start it again with the same folder; what is done is kept.")),
            )
    sketch = parts[0].sketch
    for part in parts[1:]:
        sketch = sketches.merge(sketch, part.sketch)
    return Ensemble(
        study,
        sketch,
        np.concatenate([part.fails for part in parts], axis=2),
        np.concatenate([_values(part) for part in parts], axis=2) if columns else None,
        computed,
    )


def _values(part: Chunk) -> Column:
    assert part.values is not None
    return part.values


def _chunks(
    study: Study, executor: Start | None, folder: Path | None, columns: bool
) -> Iterator[tuple[Chunk, bool]]:
    """Each chunk and whether it was computed now, as they come."""
    missing = []
    for start in range(0, study.design.n, study.design.chunk):
        count = min(study.design.chunk, study.design.n - start)
        known = kept(folder, key_of(study, start, count), columns) if folder else None
        if known:
            yield known, False
        else:
            missing.append((study.text, start, count, columns, str(folder or "")))
    for job, chunk in run("vuon.futures.ensemble:compute", missing, executor):
        # A worker on another machine has another disk.
        if folder and executor and not (folder / key_of(study, job[1], job[2])).exists():
            put(folder, key_of(study, job[1], job[2]), chunk)
        yield chunk, True


def _in_order(chunks: Iterator[tuple[Chunk, bool]]) -> Iterator[tuple[Chunk, bool]]:
    """The same, in the order of their rows; early ones wait."""
    waiting: list[tuple[int, int, Chunk, bool]] = []
    at = 0
    for number, (chunk, new) in enumerate(chunks):
        heappush(waiting, (chunk.start, number, chunk, new))
        while waiting and waiting[0][0] == at:
            _, _, first, was_new = heappop(waiting)
            at = first.end
            yield first, was_new


@lru_cache(maxsize=2)
def _known(text: str) -> tuple[Study, Model]:
    study = read(text)
    model = study.source.model()
    if model.hash != study.model_sha:
        raise VuonError(
            "futures.other_model",
            Words(N_("The model here is not the one that was asked.")),
            Words(N_("Install the same version of Vuon on every machine and start again.")),
        )
    return study, model


def compute(text: str, start: int, count: int, columns: bool, folder: str = "") -> Chunk:
    """One chunk: all policies in some futures; kept in the folder if one is named."""
    study, model = _known(text)
    values, luck = values_of(study, model, start, count)
    chunk = Chunk(
        start,
        sketches.of(values, study.measures, study.design.edges, start, luck),
        sketches.failing(values, study.measures),
        values if columns else None,
    )
    if folder:
        put(Path(folder), key_of(study, start, count), chunk)
    return chunk


def with_edges(study: Study, model: Model | None = None) -> Study:
    """The study with edges of histograms frozen, from the first futures of its design."""
    found = model or study.source.model()
    count = min(FIRST if isinstance(found, ColumnModel) else FIRST // 16, study.design.n)
    values, _ = values_of(study, found, 0, count)
    return study.with_design(edges=sketches.frozen(values, study.measures))


def values_of(study: Study, model: Model, start: int, count: int) -> tuple[Column, Column | None]:
    """Outcomes, shape (policies, measures, futures), and squared distances of replications."""
    rows = study.design.columns(start, count)
    values = np.empty((len(study.policies), len(study.measures), count))
    luck = np.zeros(values.shape) if study.replications > 1 else None
    for p, policy in enumerate(study.policies):
        if isinstance(model, ColumnModel):
            runs = _by_columns(study, model, policy, rows, start, count)
        else:
            runs = _one_by_one(study, model, policy, rows, start, count)
        if luck is None:
            values[p] = runs[0]
        else:
            values[p] = runs.mean(axis=0)
            luck[p] = ((runs - values[p]) ** 2).sum(axis=0)
    values[~np.isfinite(values)] = np.nan
    return values, luck


def _by_columns(
    study: Study,
    model: ColumnModel,
    policy: Policy,
    rows: dict[str, Column],
    start: int,
    count: int,
) -> Column:
    """Outcomes of one policy, shape (replications, measures, futures)."""
    runs = np.empty((study.replications, len(study.measures), count))
    for r in range(study.replications):
        with np.errstate(all="ignore"):  # what breaks is NaN, and is counted
            told = model.run_columns(policy, rows, Lucks(study.design.seed, start, r))
        for m, name in enumerate(study.outcomes):
            runs[r, m] = told[name]
    return runs


def _one_by_one(
    study: Study, model: Model, policy: Policy, rows: dict[str, Column], start: int, count: int
) -> Column:
    """The same for a model that knows no columns; a future that breaks it does not break others."""
    seed, replications = study.design.seed, study.replications
    asked = [
        (
            policy,
            {name: float(column[i]) for name, column in rows.items()},
            Luck(seed, start + i, r),
        )
        for i in range(count)
        for r in range(replications)
    ]
    try:
        told: Sequence[object] = model.run_many(asked)
    except BREAKS:
        told = [_carefully(model, *question) for question in asked]
    runs = np.array(
        [[each.get(name, np.nan) for name in study.outcomes] for each in told]  # type: ignore[attr-defined]
    )
    return np.moveaxis(runs.reshape(count, replications, -1), 0, 2)


def _carefully(
    model: Model, policy: Policy, values: dict[str, float], luck: Luck
) -> dict[str, float]:
    try:
        return dict(model.run(policy, values, luck))
    except BREAKS:
        return {}
