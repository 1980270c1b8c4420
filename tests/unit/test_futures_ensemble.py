"""Ensembles: the same bits for any number of workers, nothing lost by a kill, breaks counted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.toy_futures import GOOD, MORE, NOTHING, study

from vuon.errors import VuonError
from vuon.futures import sketches
from vuon.futures.chunks import key_of
from vuon.futures.ensemble import Ensemble, compute, run_ensemble, values_of, with_edges
from vuon.futures.executors import dask, processes, run
from vuon.futures.sample import Design, Dimension
from vuon.futures.sketches import Sketch
from vuon.futures.study import Source, asked, read
from vuon.kernel import host
from vuon.xlrm import Luck, Measure, Policy

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SYSTEM = EXAMPLES / "song-an-mot-lan" / "system.toml"


def same(a: Sketch, b: Sketch) -> None:
    """Counts and places are equal, averages to what sums allow."""
    for name in ("n", "broken", "least", "most", "bins", "fails", "regret_bins", "worst"):
        assert (getattr(a, name) == getattr(b, name)).all(), name
    for name in ("mean", "m2", "luck", "regret_mean", "regret_most", "worst_at"):
        assert getattr(a, name) == pytest.approx(getattr(b, name), rel=1e-9, abs=1e-12), name


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), st.lists(st.integers(1, 60), min_size=2, max_size=5))
def test_merged_sketches_equal_the_single_pass(seed: int, sizes: list[int]) -> None:
    """Also with values far from zero, where sums of squares would cancel, and with gaps."""
    drawn = np.random.default_rng(seed)
    values = 1e6 + np.round(drawn.normal(size=(3, 2, sum(sizes))), 1)
    values[drawn.random(values.shape) < 0.1] = np.nan
    measures = (Measure("m", "y", 1e6, "more"), Measure("l", "y", 1e6, "less"))
    edges = sketches.frozen(values, measures)
    whole = sketches.of(values, measures, edges)
    merged, at = None, 0
    for size in sizes:
        part = sketches.of(values[:, :, at : at + size], measures, edges, at)
        merged = part if merged is None else sketches.merge(merged, part)
        at += size
    assert merged is not None
    same(merged, whole)
    assert (whole.bins.sum(axis=2) == whole.n).all()
    spread = np.nanstd(values[0, 0], ddof=1) if whole.n[0, 0] > 1 else np.nan
    assert merged.spread[0, 0] == pytest.approx(spread, rel=1e-6, nan_ok=True)


def test_workers_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    """One process, two processes, arrival in any order: one digest."""
    monkeypatch.syspath_prepend(ROOT)  # a fresh process looks where this one does
    asked_ = study(64, replications=2)
    here, there = run_ensemble(asked_), run_ensemble(asked_, processes(2))
    assert here.digest == there.digest
    assert here.computed == there.computed == 8


def test_work_of_a_lost_worker_is_given_out_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(ROOT)
    jobs = [(str(tmp_path / "marker"), n) for n in range(5)]
    told = list(run("tests.toy_futures:dies_once", jobs, processes(1)))
    assert sorted(answer for _, answer in told) == [0, 1, 2, 3, 4]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler with two workers on this machine, as two old computers of an office would be."""
    from dask.distributed import LocalCluster

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",
        host="127.0.0.1",
    ) as found:
        yield found


@pytest.mark.xdist_group("cluster")
def test_dask_changes_no_bit(cluster: Any) -> None:
    """A scheduler with two workers gives the digest of one process."""
    found = run_ensemble(study(64), dask(cluster.scheduler_address))
    assert found.digest == run_ensemble(study(64)).digest


@pytest.mark.xdist_group("cluster")
def test_the_example_s_system_has_one_digest_everywhere(cluster: Any) -> None:
    """Three policies in 256 futures of its five widest doubts: here, on cores, on a cluster."""
    source = Source("vuon.systems.visits:read_model", SYSTEM.read_text("utf-8"))
    dims = tuple(Dimension.of(each) for each in source.model().uncertainties[:5])
    policies = (NOTHING, MORE_VISITS, Policy("checklist", {"checklist": 1}))
    measures = (Measure("m", "visits", 1.5, "less"),)
    asked_, _ = asked(source, policies, measures, Design(dims, 256, chunk=32))
    here = run_ensemble(asked_)
    assert here.computed == 8
    for executor in (processes(2), dask(cluster.scheduler_address)):
        assert run_ensemble(asked_, executor).digest == here.digest


@pytest.mark.xdist_group("cluster")
def test_a_killed_worker_of_a_cluster_loses_nothing(cluster: Any, tmp_path: Path) -> None:
    """Its work is given to another one, and the bits stay."""
    diary = tmp_path / "diary"
    asked_ = with_edges(study(128, diary=str(diary), sleep=0.02))
    first = next(iter(cluster.workers.values())).process.process.pid
    begun = []

    def strike() -> None:
        end = time.monotonic() + 60
        while len(diary.read_text().split()) < 4 and time.monotonic() < end:
            time.sleep(0.01)
        os.kill(first, signal.SIGKILL)
        begun.append(len(diary.read_text().split()))

    diary.write_text("")
    striking = threading.Thread(target=strike)
    striking.start()
    found = run_ensemble(asked_, dask(cluster.scheduler_address))
    striking.join()
    assert 4 <= begun[0] < 16, "it was killed half-way"
    assert found.digest == run_ensemble(study(128)).digest


def test_without_dask_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dask.distributed", None)
    with pytest.raises(VuonError, match="Dask is not installed"):
        run_ensemble(study(16), dask("tcp://127.0.0.1:1"))


def test_a_killed_run_goes_on_and_repeats_at_most_a_chunk_a_worker(tmp_path: Path) -> None:
    """Killed without warning, with its workers; then finished, with the digest of a quiet run."""
    killed_and_finished("executors.processes(2)", tmp_path)


@pytest.mark.xdist_group("cluster")
def test_a_killed_run_on_a_cluster_goes_on(cluster: Any, tmp_path: Path) -> None:
    """Whoever asked is killed, the cluster stays; what was kept is not asked again."""
    killed_and_finished(f"executors.dask({cluster.scheduler_address!r})", tmp_path)


def settled(folder: Path, diary: Path) -> int:
    """How many chunks are kept once nothing begins or ends any more.

    Workers of a cluster outlive whoever asked, and finish the chunk at hand.
    """
    seen, since = (-1, -1), time.monotonic()
    while time.monotonic() - since < 0.5:
        now = (len(list(folder.glob("*.npz"))), len(diary.read_text().split()))
        if now != seen:
            seen, since = now, time.monotonic()
        time.sleep(0.02)
    return seen[0]


def killed_and_finished(executor: str, tmp_path: Path) -> None:
    """A run on an executor that is killed half-way, and what is left of it done here."""
    diary, folder = tmp_path / "diary", tmp_path / "kept"
    asked_ = with_edges(study(128, diary=str(diary), sleep=0.02))
    diary.unlink()
    program = (
        "import sys; from pathlib import Path\n"
        "if __name__ == '__main__':\n"
        "    from vuon.futures import ensemble, executors, study\n"
        "    asked = study.read(sys.stdin.read())\n"
        f"    ensemble.run_ensemble(asked, {executor}, Path({str(folder)!r}))\n"
    )
    script = tmp_path / "run.py"
    script.write_text(program)
    path = os.pathsep.join([str(ROOT), *(p for p in sys.path if p)])
    running = subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
    )
    assert running.stdin
    running.stdin.write(asked_.text.encode())
    running.stdin.close()
    end = time.monotonic() + 60
    while len(list(folder.glob("*.npz"))) < 4 and time.monotonic() < end:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    kept = settled(folder, diary)
    assert 4 <= kept < 16, "it was killed half-way"
    found = run_ensemble(asked_, folder=folder)
    assert found.computed == 16 - kept
    started = Counter(diary.read_text().split())
    assert sum(started.values()) - 16 <= 2
    assert found.digest == run_ensemble(study(128)).digest
    again = run_ensemble(asked_, folder=folder)
    assert (again.computed, again.digest) == (0, found.digest)


def test_a_damaged_chunk_is_computed_anew(tmp_path: Path) -> None:
    found = run_ensemble(study(16), folder=tmp_path)
    first = sorted(tmp_path.glob("*.npz"))[0]
    first.write_bytes(first.read_bytes()[:100])
    again = run_ensemble(study(16), folder=tmp_path)
    assert (again.computed, again.digest) == (1, found.digest)


def test_a_longer_run_takes_over_what_is_there_and_a_changed_model_does_not(tmp_path: Path) -> None:
    first = run_ensemble(study(32), folder=tmp_path)
    longer = replace(first.study, design=replace(first.study.design, n=64))
    assert run_ensemble(longer, folder=tmp_path).computed == 4
    changed = study(32, version=2)
    assert changed.sha != study(32).sha
    assert changed.design.sha == study(32).design.sha
    assert run_ensemble(changed, folder=tmp_path).computed == 4
    # A worker that builds another model than the one asked computes nothing.
    other = replace(changed, model_sha=study(32).model_sha)
    with pytest.raises(VuonError, match="not the one that was asked"):
        compute(with_edges(other).text, 0, 8, True)


def test_a_run_that_is_stopped_keeps_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(VuonError, match="after 8 futures"):
        run_ensemble(study(32), folder=tmp_path, stop=lambda: True)
    assert run_ensemble(study(32), folder=tmp_path).computed == 3


def test_breaks_are_counted_not_dropped() -> None:
    """Where a is above .75 the model breaks: a quarter of the futures, for every policy."""
    found = run_ensemble(study(64, breaks=0.75))
    assert found.sketch.broken[:, 0].tolist() == [16] * 3
    assert (found.sketch.n + found.sketch.broken == 64).all()
    assert found.values is not None
    a = found.study.design.columns(0, 64)["a"]
    assert (np.isnan(found.values[0, 0]) == (a > 0.75)).all()
    assert found.fails[:, 0, a > 0.75].all(), "a broken run meets no threshold"
    assert found.broken["more"] == tuple(np.flatnonzero(a > 0.75)[:20])


def test_all_policies_meet_the_same_luck_and_both_spreads_are_told() -> None:
    """Without effort in common, values of two policies differ by effort · a alone."""
    found = run_ensemble(study(64, replications=3))
    assert found.values is not None
    a = found.study.design.columns(0, 64)["a"]
    assert found.values[1, 0] - found.values[0, 0] == pytest.approx(a, abs=1e-12)
    luck = found.sketch.luck_spread(3)[0, 0]
    assert luck == pytest.approx(0.1 / 12**0.5, rel=0.2)
    assert found.sketch.spread[0, 0] > 5 * luck


def test_a_study_is_the_text_of_itself() -> None:
    one = with_edges(study(16))
    other = read(one.text)
    assert (other.sha, other.text, other.design.sha) == (one.sha, one.text, one.design.sha)
    assert key_of(one, 0, 8) != key_of(one, 8, 8)


def _shipped(reader: str, path: str, n: int, outcome: str, threshold: float) -> Ensemble:
    """One call for any model: its first two uncertainties, two policies, one measure."""
    source = Source(reader, (EXAMPLES / path).read_text("utf-8"))
    model = source.model()
    dims = tuple(Dimension.of(each) for each in model.uncertainties[:2])
    lever = model.levers[0]
    other = Policy("other", {lever.name: lever.high})
    measures = (Measure("m", outcome, threshold, "less"),)
    design = Design(dims, n, chunk=n // 2)
    found, _ = asked(source, (NOTHING, other), measures, design)
    return run_ensemble(found)


@pytest.mark.skipif(not host.is_here(), reason="wasmtime is not here")
def test_a_journey_and_a_system_through_the_same_call() -> None:
    journey = _shipped(
        "vuon.journeys.engine:read_model", "journeys/one_stop_monday.toml", 8, "wait", 30
    )
    system = _shipped(
        "vuon.systems.visits:read_model", "song-an-mot-lan/system.toml", 64, "visits", 1.5
    )
    for found in (journey, system):
        assert found.values is not None
        assert np.isfinite(found.values).all()
        assert found.sketch.spread.min() > 0
    # What the ensemble says of a future is what the model says of it.
    asked_ = journey.study
    told = asked_.source.model().run(NOTHING, asked_.design.row(5), Luck(asked_.design.seed, 5))
    assert journey.values is not None
    assert journey.values[0, 0, 5] == told["wait"]


def test_columns_equal_one_by_one() -> None:
    """The system model by columns gives the bits of the same model asked one by one."""
    source = Source(
        "vuon.systems.visits:read_model",
        SYSTEM.read_text("utf-8"),
    )
    model = source.model()
    dims = tuple(Dimension(e.name, e.low, e.high) for e in model.uncertainties)
    asked_, _ = asked(
        source, (MORE_VISITS,), (Measure("m", "visits", 2, "less"),), Design(dims, 32)
    )
    values, _ = values_of(asked_, model, 0, 32)
    for i in range(32):
        told = model.run(MORE_VISITS, asked_.design.row(i), Luck(1, i))
        assert told["visits"] == values[0, 0, i] or (
            np.isnan(told["visits"]) and np.isnan(values[0, 0, i])
        )


MORE_VISITS = Policy("triage", {"precheck": 2, "checklist": 1})


def test_what_the_model_does_not_know_is_refused() -> None:
    source, measures = Source("tests.toy_futures:read_model", ""), (GOOD,)
    known = Dimension("a", 0, 1)
    for dims, asked_measures in (
        ((Dimension("z", 0, 1),), measures),
        ((Dimension("a", 0, 2),), measures),
        ((known,), (Measure("m", "z", 1, "more"),)),
    ):
        with pytest.raises(VuonError) as told:
            asked(source, (NOTHING, MORE), asked_measures, Design(dims, 8))
        assert told.value.code in ("futures.unknown", "futures.outside")
