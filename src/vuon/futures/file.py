"""`futures.toml`: what is explored, with which policies and measures; read with errors that name
the line, written in one canonical form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vuon.errors import N_, Words
from vuon.futures.signals import FIELDS, HORIZONS, Signal
from vuon.toml.table import Table, Text
from vuon.toml.writing import Section, dumps
from vuon.xlrm import DIRECTIONS, LIGHTS, Measure

FORMAT = 1
MODELS = ("system", "journey")
KINDS = ("sobol", "lhs", "random")
SCALES = ("even", "log", "whole")
#: Futures of a file at most: beyond that a run needs a plan of its own.
MOST = 1 << 24


@dataclass(frozen=True)
class Explored:
    """An uncertainty as it is explored.

    Without a range and levels the model's own range is taken. `key` is the model's name of it;
    names such as those of a journey's figures are written between quotes.
    """

    key: str
    low: float | None = None
    high: float | None = None
    levels: tuple[float, ...] = ()
    scale: str = "even"
    label: Text = field(default_factory=Text)
    unit: str = ""
    light: str = ""
    source: Text = field(default_factory=Text)
    signals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Planned:
    """A policy: levers by name, and files of ideas whose changes it makes."""

    key: str
    label: Text = field(default_factory=Text)
    levers: Mapping[str, float] = field(default_factory=dict)
    ideas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Futures:
    """A file.

    Args:
        kind, file: which model, and where it lies beside this file.
        n, design, seed, replications: how many futures, which design, which luck, runs of a value.
        labels: what measures are called, by name.
    """

    kind: str
    file: str
    n: int
    uncertainties: tuple[Explored, ...]
    policies: tuple[Planned, ...]
    measures: tuple[Measure, ...]
    design: str = "sobol"
    seed: int = 1
    replications: int = 1
    title: Text = field(default_factory=Text)
    labels: Mapping[str, Text] = field(default_factory=dict)
    signals: tuple[Signal, ...] = ()


def read(source: Path | str, name: str = "futures.toml") -> Futures:
    """The futures of a file or a text.

    Raises:
        VuonError: `toml.…` and `table.…` with file and line; `futures.format` for a newer format;
            `futures.range` where low does not lie below high; `futures.scale` for a logarithm of a
            range that touches 0.

    >>> text = 'format = 1\\nn = 512\\n[model]\\nkind = "system"\\nfile = "system.toml"\\n'
    >>> text += '[uncertainty.demand]\\n[policy.nothing]\\n'
    >>> text += '[measure.once]\\noutcome = "visits"\\nthreshold = 1.5\\ndirection = "less"\\n'
    >>> found = read(text)
    >>> found.n, found.measures[0].holds(1.4)
    (512, True)
    """
    table = Table.read(source, name)
    if table.whole("format", 1) > FORMAT:
        raise table.wrong(
            "futures.format",
            Words(N_("These futures are written in a format that is not known here.")),
            Words(N_("Install a newer Vuon, or write format = {known}."), {"known": FORMAT}),
            "format",
        )
    model = table.inner("model")
    signals = tuple(
        _signal(key, each) for key, each in table.inner("signal", optional=True).tables()
    )
    uncertainties = table.inner("uncertainty").tables()
    measures = table.inner("measure").tables()
    found = Futures(
        kind=model.among("kind", MODELS),
        file=model.words("file"),
        n=table.whole("n", least=1, default=1024),
        design=table.among("design", KINDS, "sobol"),
        seed=table.whole("seed", default=1),
        replications=table.whole("replications", least=1, default=1),
        title=table.label("title"),
        uncertainties=tuple(
            _explored(key, each, [s.key for s in signals]) for key, each in uncertainties
        ),
        policies=tuple(_planned(key, each) for key, each in table.inner("policy").tables()),
        measures=tuple(_measure(key, each) for key, each in measures),
        labels={key: each.label("label") for key, each in measures if "label" in each},
        signals=signals,
    )
    _full(table, found)
    table.finish()
    return found


def _full(table: Table, found: Futures) -> None:
    if found.n > MOST:
        raise table.wrong(
            "table.range",
            Words(
                N_("{key} is {value}, but must lie between {low} and {high}."),
                {"key": "n", "value": found.n, "low": 1, "high": MOST},
            ),
            Words(N_("Correct the number.")),
            "n",
        )
    for key, some in (
        ("uncertainty", found.uncertainties),
        ("policy", found.policies),
        ("measure", found.measures),
    ):
        if not some:
            raise table.wrong(
                "table.missing",
                Words(N_("{key} is missing."), {"key": key}),
                Words(N_("Add it.")),
                key,
            )


def _explored(key: str, table: Table, signals: list[str]) -> Explored:
    levels = table.numbers("levels") if "levels" in table else ()
    low = table.number("low") if "low" in table or "high" in table else None
    high = table.number("high") if low is not None else None
    scale = table.among("scale", SCALES, "even")
    if low is not None and high is not None and not low < high:
        raise table.wrong(
            "futures.range",
            Words(
                N_("{key}: {low} does not lie below {high}."),
                {"key": table.named(""), "low": low, "high": high},
            ),
            Words(N_("Write low below high; a value that is known is no uncertainty.")),
            "low",
        )
    if scale == "log" and low is not None and low <= 0:
        raise table.wrong(
            "futures.scale",
            Words(N_("{key}: a logarithm needs a range above 0."), {"key": table.named("")}),
            Words(N_("Raise low above 0, or leave out the scale.")),
            "scale",
        )
    return Explored(
        key,
        low,
        high,
        levels,
        scale,
        table.label("label"),
        table.words("unit") if "unit" in table else "",
        table.among("light", LIGHTS) if "light" in table else "",
        table.label("source"),
        table.names("signals", signals),
    )


def _planned(key: str, table: Table) -> Planned:
    levers = table.inner("levers", optional=True)
    return Planned(
        key,
        table.label("label"),
        {name: levers.number(name) for name in levers.values},
        table.list_of_words("ideas"),
    )


def _measure(key: str, table: Table) -> Measure:
    return Measure(
        key,
        table.name("outcome"),
        table.number("threshold"),
        table.among("direction", DIRECTIONS),
        table.name("group", ""),
    )


def _signal(key: str, table: Table) -> Signal:
    return Signal(
        key,
        table.label("text", optional=False),
        table.words("source") if "source" in table else "",
        table.day("seen"),
        table.among("field", FIELDS, "social"),
        table.among("horizon", HORIZONS, "soon"),
    )


def write(futures: Futures) -> str:
    """The futures as canonical TOML: the same ones always give the same text."""
    head = {
        "format": FORMAT,
        "title": futures.title,
        "n": futures.n,
        "design": _unless(futures.design, "sobol"),
        "seed": futures.seed,
        "replications": _unless(futures.replications, 1),
    }
    sections: list[Section] = [
        ("", head),
        ("[model]", {"kind": futures.kind, "file": futures.file}),
    ]
    sections += [(f"[signal.{each.key}]", _signal_values(each)) for each in futures.signals]
    sections += [
        (f"[uncertainty.{_key(each.key)}]", _explored_values(each))
        for each in futures.uncertainties
    ]
    sections += [
        (
            f"[policy.{each.key}]",
            {"label": each.label, "levers": dict(each.levers), "ideas": each.ideas},
        )
        for each in futures.policies
    ]
    sections += [
        (
            f"[measure.{each.name}]",
            {
                "label": futures.labels.get(each.name),
                "outcome": each.outcome,
                "threshold": each.threshold,
                "direction": each.direction,
                "group": each.group,
            },
        )
        for each in futures.measures
    ]
    return dumps(sections)


def _explored_values(each: Explored) -> dict[str, Any]:
    return {
        "label": each.label,
        "low": each.low,
        "high": each.high,
        "levels": each.levels,
        "scale": _unless(each.scale, "even"),
        "unit": each.unit,
        "light": each.light,
        "source": each.source,
        "signals": each.signals,
    }


def _signal_values(each: Signal) -> dict[str, Any]:
    return {
        "text": each.text,
        "source": each.source,
        "seen": each.seen,
        "field": each.field,
        "horizon": each.horizon,
    }


def _unless(value: Any, usual: Any) -> Any:
    return None if value == usual else value


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else f'"{key}"'
