"""`vuon futures`: run an ensemble, see which policy stands, discover when one fails."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vuon.errors import N_, VuonError, Where, Words, stoppable, terminal_language
from vuon.futures.file import Explored, Futures, read
from vuon.xlrm import Change, Model, Policy

if TYPE_CHECKING:
    from vuon.futures.discover import Discovery
    from vuon.futures.ensemble import Ensemble
    from vuon.futures.executors import Start
    from vuon.futures.sample import Dimension
    from vuon.futures.telling import Named

Commands = Any  # what argparse returns from add_subparsers, which has no public name
#: What to do after a run that was stopped.
AGAIN = Words(N_("Start it again with the same --folder; what is done is kept there."))


@dataclass(frozen=True)
class Readers:
    """How files of engines are read, which this package does not know.

    Args:
        text: the text of a file.
        models: by kind, the import path of a function that makes a model of a text.
        changes: the changes of an `idea.toml`.
    """

    text: Callable[[Path], str]
    models: Mapping[str, str]
    changes: Callable[[Path], Iterable[Change]]


def add(commands: Commands, readers: Readers) -> None:
    """Add `futures` to the command line."""
    parser = commands.add_parser("futures", help="futures: run, robustness, discover")
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    runs = parts.add_parser("run", help="every policy in every future, and what comes out")
    _asked(runs)
    runs.set_defaults(run=lambda parsed: _run(parsed, readers))
    stands = parts.add_parser("robustness", help="which policy stands, asked in several ways")
    _asked(stands)
    stands.add_argument(
        "--optimism", type=float, default=0.5, metavar="SHARE",
        help="of Hurwicz: 0 looks at the worst future only, 1 at the best (0.5)",
    )  # fmt: skip
    stands.set_defaults(run=lambda parsed: _robustness(parsed, readers))
    finds = parts.add_parser("discover", help="under which conditions a policy fails")
    _asked(finds)
    finds.add_argument("--policy", required=True, help="the policy, by its key")
    finds.add_argument("--measure", default="", help="the measure, by its key (the first one)")
    finds.add_argument("--against", default="", help="failing means no better than this policy")
    finds.add_argument("--point", type=int, metavar="K", help="another point of the curve")
    finds.set_defaults(run=lambda parsed: _discover(parsed, readers))


def _asked(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a futures.toml")
    parser.add_argument("--n", type=int, help="how many futures, instead of what the file says")
    parser.add_argument("--folder", type=Path, help="where to keep results, and go on from")
    parser.add_argument("--workers", type=int, default=1, help="how many cores to use (1)")
    parser.add_argument("--dask", default="", metavar="ADDRESS", help="a Dask scheduler to use")
    parser.add_argument("--json", action="store_true", help="as one line of JSON")


@dataclass(frozen=True)
class _Asked:
    """A file with what was made of it."""

    futures: Futures
    model: Model
    dims: tuple[Dimension, ...]
    ensemble: Ensemble
    language: str

    def policy(self, key: str) -> str:
        """What a policy is called."""
        found = next(each.label for each in self.futures.policies if each.key == key)
        return found.say(self.language) or key

    def named(self, policy: str, against: str) -> Named:
        """What a sentence about a policy calls things."""
        from vuon.futures.telling import Named

        other = self.policy(against) if against else ""
        return Named(self.policy(policy), other, self.names, self.units)

    def measure(self, key: str) -> str:
        """What a measure is called."""
        label = self.futures.labels.get(key)
        return (label.say(self.language) if label else "") or key

    @property
    def names(self) -> dict[str, str]:
        """What uncertainties are called, by key."""
        return {e.key: e.label.say(self.language) or e.key for e in self.futures.uncertainties}

    @property
    def units(self) -> dict[str, str]:
        """Their units, by key."""
        known = {each.name: each.unit for each in self.model.uncertainties}
        return {e.key: e.unit or known[e.key] for e in self.futures.uncertainties}


def _ensemble(parsed: argparse.Namespace, readers: Readers) -> _Asked:
    from vuon.futures.ensemble import CHUNKS, run_ensemble
    from vuon.futures.sample import planned
    from vuon.futures.study import Source, asked
    from vuon.xlrm import ColumnModel

    language = terminal_language()
    futures = read(readers.text(parsed.file), parsed.file.name)
    beside = parsed.file.parent
    source = Source(readers.models[futures.kind], readers.text(beside / futures.file))
    model = source.model()
    dims = _dims(futures, model, parsed.file.name)
    design, remarks = planned(
        dims,
        _whole(parsed.n, futures.n),
        kind=futures.design,
        seed=futures.seed,
        chunk=CHUNKS[isinstance(model, ColumnModel)],
    )
    for each in remarks:
        print(f"! {each.say(language)}", file=sys.stderr)
    study, model = asked(
        source,
        _policies(futures, beside, readers),
        futures.measures,
        design,
        futures.replications,
    )
    found = run_ensemble(study, _executor(parsed), parsed.folder)
    return _Asked(futures, model, dims, found, language)


def _policies(futures: Futures, beside: Path, readers: Readers) -> list[Policy]:
    """The policies, with the changes of their ideas."""
    return [
        Policy(
            each.key,
            each.levers,
            tuple(change for idea in each.ideas for change in readers.changes(beside / idea)),
        )
        for each in futures.policies
    ]


def _executor(parsed: argparse.Namespace) -> Start | None:
    """Where it is computed."""
    from vuon.futures import executors

    if parsed.dask:
        return executors.dask(parsed.dask)
    return executors.processes(parsed.workers) if parsed.workers > 1 else None


def _whole(n: int | None, usual: int) -> int:
    if n is None:
        return usual
    if n < 1:
        raise VuonError(
            "futures.few",
            Words(N_("{count} futures are too few."), {"count": n}),
            Words(N_("Take some hundreds at least.")),
        )
    return n


def _dims(futures: Futures, model: Model, name: str) -> tuple[Dimension, ...]:
    """What is explored, with the model's own ranges where the file gives none.

    Raises:
        VuonError: `futures.unknown` for an uncertainty that the model does not have.
    """
    from vuon.futures.sample import Dimension

    known = {each.name: each for each in model.uncertainties}

    def one(each: Explored) -> Dimension:
        if each.key not in known:
            raise VuonError(
                "futures.unknown",
                Words(
                    N_("The model knows nothing called {name}; it knows: {known}."),
                    {"name": each.key, "known": ", ".join(known)},
                ),
                Words(N_("Correct its spelling or take it out.")),
                where=Where(name),
            )
        own = known[each.key]
        if each.levels:
            return Dimension(each.key, levels=each.levels)
        if each.low is None or each.high is None:
            return replace(Dimension.of(own), scale=each.scale)
        return Dimension(each.key, each.low, each.high, scale=each.scale)

    return tuple(one(each) for each in futures.uncertainties)


@stoppable("futures.interrupted", AGAIN)
def _run(parsed: argparse.Namespace, readers: Readers) -> int:
    asked = _ensemble(parsed, readers)
    found = asked.ensemble
    sketch, study = found.sketch, found.study
    if parsed.json:
        told = {
            each.name: {
                policy.name: {
                    "mean": float(sketch.mean[p, m]),
                    "low": float(sketch.least[p, m]),
                    "high": float(sketch.most[p, m]),
                    "fails": int(sketch.fails[p, m]),
                    "broken": int(sketch.broken[p, m]),
                    "worst": [int(i) for i in sketch.worst[p, m] if i < study.design.n],
                }
                for p, policy in enumerate(study.policies)
            }
            for m, each in enumerate(study.measures)
        }
        line = {"measures": told, "n": study.design.n, "hash": found.digest, "study": study.sha}
        print(json.dumps(line, ensure_ascii=False))
        return 0
    for m, each in enumerate(study.measures):
        print(asked.measure(each.name))
        for p, policy in enumerate(study.policies):
            share = sketch.fails[p, m] / study.design.n
            ends = f"({sketch.least[p, m]:.3f} – {sketch.most[p, m]:.3f})"
            fails = Words(N_("fails in {share} of futures"), {"share": f"{100 * share:.0f}%"})
            print(
                f"    {asked.policy(policy.name):40} {sketch.mean[p, m]:12.3f}  {ends}  "
                f"{fails.say(asked.language)}"
            )
    _broken(asked)
    return 0


def _broken(asked: _Asked) -> None:
    for name, ids in asked.ensemble.broken.items():
        words = Words(
            N_("The model broke for {policy}, first in futures {ids}."),
            {"policy": asked.policy(name), "ids": ", ".join(map(str, ids[:5]))},
        )
        print(f"! {words.say(asked.language)}", file=sys.stderr)


@stoppable("futures.interrupted", AGAIN)
def _robustness(parsed: argparse.Namespace, readers: Readers) -> int:
    from vuon.futures import robustness, showing

    if not 0 <= parsed.optimism <= 1:
        raise VuonError(
            "futures.optimism",
            Words(N_("Optimism is a share from 0 to 1.")),
            Words(N_("Correct the number.")),
        )
    asked = _ensemble(parsed, readers)
    tables = robustness.tables(asked.ensemble, parsed.optimism)
    if parsed.json:
        plain = [showing.table_plain(each) for each in tables]
        print(json.dumps({"tables": plain}, ensure_ascii=False))
        return 0
    for each in tables:
        title = asked.measure(each.measure.name)
        print(*showing.table_lines(each, title, asked.policy, asked.language), sep="\n")
    _broken(asked)
    return 0


@stoppable("futures.interrupted", AGAIN)
def _discover(parsed: argparse.Namespace, readers: Readers) -> int:
    from vuon.futures import discover, showing, telling

    asked = _ensemble(parsed, readers)
    found, measure = asked.ensemble, parsed.measure or asked.futures.measures[0].name
    fails = _failing(found, parsed.policy, measure, parsed.against)
    columns = found.study.design.columns(0, min(found.study.design.n, discover.MOST_CASES))
    seen = discover.discover(columns, fails, asked.dims, seed=found.study.design.seed)
    if parsed.point is not None:
        if not 0 <= parsed.point < len(seen.curve):
            raise VuonError(
                "futures.point",
                Words(N_("The curve has no point {k}."), {"k": parsed.point}),
                Words(N_("Choose one from 0 to {last}."), {"last": len(seen.curve) - 1}),
            )
        seen = discover.another(seen, parsed.point, columns, fails, asked.dims)
    told = telling.sentences(seen, asked.named(parsed.policy, parsed.against), asked.language)
    said = [each.say(asked.language) for each in told]
    if parsed.json:
        print(json.dumps(showing.discovery_plain(seen, said), ensure_ascii=False))
        return 0
    print(*said, sep="\n")
    if not seen.clear and not parsed.against:
        _other_threshold(asked, parsed.policy, measure, seen)
    for box in seen.boxes:
        for limit in box.limits:
            print(showing.limit_line(limit, asked.names[limit.name], asked.language))
    _next(asked, parsed.policy, measure)
    print(*showing.curve_lines(seen, asked.language), sep="\n")
    return 0


def _next(asked: _Asked, policy: str, measure: str) -> None:
    """Which assumption moves the measure most, so that it is measured next."""
    from vuon.futures.sensitivity import advice, influences
    from vuon.xlrm import ColumnModel

    study = asked.ensemble.study
    p, m = asked.ensemble.place(policy, measure)
    n = 512 if isinstance(asked.model, ColumnModel) else 32
    found = influences(asked.model, study.policies[p], study.outcomes[m], asked.dims, n)
    if any(each.total > 0 for each in found):
        print(advice(found, lambda name: asked.names[name]).say(asked.language))


def _failing(found: Ensemble, policy: str, measure: str, against: str) -> Any:
    """Where the policy fails: its measure is missed, or another policy is as good."""
    from vuon.futures.sketches import signs

    p, m = found.place(policy, measure)
    if not against:
        return found.fails[p, m]
    other, _ = found.place(against, measure)
    assert found.values is not None
    better = (found.values * signs(found.study.measures))[:, m]
    return ~(better[p] > better[other])


def _other_threshold(asked: _Asked, policy: str, measure: str, seen: Discovery) -> None:
    """Where a measure never or always fails: which threshold would split the futures."""
    from vuon.futures.discover import splitting

    found = asked.ensemble
    if found.values is None or 0 < seen.failures < seen.cases:
        return
    p, m = found.place(policy, measure)
    threshold = splitting(found.values[p, m])
    if threshold is not None:
        words = Words(
            N_("A threshold of {threshold} would split the futures in half."),
            {"threshold": f"{threshold:.3g}"},
        )
        print(words.say(asked.language))
