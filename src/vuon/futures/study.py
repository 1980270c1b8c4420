"""A study: which model, which policies, which measures, which futures. Text that any worker reads.

A worker is sent this text and numbers of rows, never objects; what it builds from them is checked
against the hash of the model that was asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from vuon import canonical
from vuon.errors import N_, VuonError, Words
from vuon.futures.executors import call
from vuon.futures.sample import Design, Dimension, Edges
from vuon.xlrm import Measure, Model, Policy, named


@dataclass(frozen=True)
class Source:
    """A model as text: `reader` is the import path of a function that makes the model of it.

    >>> Source("vuon.systems.visits:read_model", "").reader
    'vuon.systems.visits:read_model'
    """

    reader: str
    text: str

    def model(self) -> Model:
        """The model."""
        found: Model = call(self.reader, self.text)
        return found


@dataclass(frozen=True)
class Edit:
    """A change of a model, as `vuon.xlrm.Change` has it, without the words around it."""

    target: str
    edit: str = ""
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Study:
    """What an ensemble is asked.

    Args:
        source: the model.
        model_sha: its hash; what a worker builds must have the same.
        policies: those to compare, by different names; "do nothing" should be one of them.
        measures: what failing means, by different names.
        design: which futures.
        replications: runs under different luck that make one value.
    """

    source: Source
    model_sha: str
    policies: tuple[Policy, ...]
    measures: tuple[Measure, ...]
    design: Design
    replications: int = 1

    def __post_init__(self) -> None:
        for several in (self.policies, self.measures):
            if not several or len({each.name for each in several}) < len(several):
                raise ValueError("policies and measures have different names")
        if self.replications < 1:
            raise ValueError("there is at least one replication")

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """The name of each measure's outcome, as results have it."""
        return tuple(named(each.outcome, each.group) for each in self.measures)

    @cached_property
    def sha(self) -> str:
        """The SHA-256 of everything a chunk depends on, with the way numbers are computed.

        A model that changed gives another one, and so another place for results.
        """
        return canonical.digest(
            {
                "model": self.model_sha,
                "design": self.design.sha,
                "policies": self._policies,
                "measures": self._measures,
                "replications": self.replications,
                "backend": backend(),
            }
        )

    @property
    def _policies(self) -> list[dict[str, Any]]:
        return [
            {
                "name": each.name,
                "levers": dict(each.levers),
                "changes": [
                    {"target": c.target, "edit": c.edit, "values": dict(c.values)}
                    for c in each.changes
                ],
            }
            for each in self.policies
        ]

    @property
    def _measures(self) -> list[list[Any]]:
        return [[m.name, m.outcome, m.threshold, m.direction, m.group] for m in self.measures]

    @cached_property
    def text(self) -> str:
        """The study as JSON that `read` takes."""
        design = self.design
        return json.dumps(
            {
                "reader": self.source.reader,
                "text": self.source.text,
                "model": self.model_sha,
                "policies": self._policies,
                "measures": self._measures,
                "replications": self.replications,
                "design": {
                    "dims": [[d.name, d.low, d.high, d.levels, d.scale] for d in design.dims],
                    "edges": [[e.low, e.high, e.regret] for e in design.edges],
                    "n": design.n,
                    "kind": design.kind,
                    "seed": design.seed,
                    "chunk": design.chunk,
                },
            },
            ensure_ascii=False,
        )

    def with_design(self, **changed: Any) -> Study:
        """The study with other fields of its design."""
        return replace(self, design=replace(self.design, **changed))


def backend() -> str:
    """What computes: results of two backends are not mixed.

    numpy's sums may differ in their last bit between processor types, so the one at hand is named.
    """
    import platform

    import numpy as np

    return f"numpy {np.__version__.rsplit('.', 1)[0]} {platform.machine()}"


def read(text: str) -> Study:
    """The study of a text that `Study.text` made."""
    plain = json.loads(text)
    design = plain["design"]
    dims = tuple(Dimension(n, lo, hi, tuple(lv), sc) for n, lo, hi, lv, sc in design.pop("dims"))
    edges = tuple(Edges(*each) for each in design.pop("edges"))
    return Study(
        Source(plain["reader"], plain["text"]),
        plain["model"],
        tuple(
            Policy(each["name"], each["levers"], tuple(Edit(**c) for c in each["changes"]))
            for each in plain["policies"]
        ),
        tuple(Measure(*each) for each in plain["measures"]),
        Design(dims, edges=edges, **design),
        plain["replications"],
    )


def asked(
    source: Source,
    policies: Sequence[Policy],
    measures: Sequence[Measure],
    design: Design,
    replications: int = 1,
    model: Model | None = None,
) -> tuple[Study, Model]:
    """The study and its model, checked against each other.

    Args:
        source, policies, measures, design, replications: as in `Study`.
        model: that of `source`, where it was built already.

    Raises:
        VuonError: `futures.unknown` for an uncertainty, an outcome or a group that the model does
            not have; `futures.outside` for a range beyond what the model takes.
    """
    model = model or source.model()
    known = {each.name: each for each in model.uncertainties}
    for each in design.dims:
        _among(each.name, known)
        ends = each.levels or (each.low, each.high)
        if not all(known[each.name].holds(end) for end in ends):
            raise VuonError(
                "futures.outside",
                Words(
                    N_("The range of {name} goes beyond what the model takes, {low} to {high}."),
                    {"name": each.name, "low": known[each.name].low, "high": known[each.name].high},
                ),
                Words(N_("Narrow the range, or widen it in the model.")),
            )
    outcomes = {named(o.name, g) for o in model.outcomes for g in ("", *o.groups)}
    for measure in measures:
        _among(named(measure.outcome, measure.group), outcomes)
    study = Study(source, model.hash, tuple(policies), tuple(measures), design, replications)
    return study, model


def _among(name: str, known: Mapping[str, Any] | set[str]) -> None:
    if name not in known:
        raise VuonError(
            "futures.unknown",
            Words(
                N_("The model knows nothing called {name}; it knows: {known}."),
                {"name": name, "known": ", ".join(sorted(known))},
            ),
            Words(N_("Correct its spelling or take it out.")),
        )
