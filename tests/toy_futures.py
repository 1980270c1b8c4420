"""A small model for ensembles: fast by columns, or slow one by one with a diary of its chunks."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vuon import canonical, seeds
from vuon.futures.sample import Design, Dimension
from vuon.futures.study import Source, Study, asked
from vuon.xlrm import Lever, Luck, Measure, Outcome, Policy, Question, Result, Uncertainty

NOTHING, MORE, MOST = (
    Policy("nothing"),
    Policy("more", {"effort": 1}),
    Policy("most", {"effort": 2}),
)
GOOD = Measure("good", "y", 1.0, "more")


@dataclass(frozen=True)
class Slow:
    """y = effort · a − b² and some luck; without a value where a is above `breaks`.

    Each call of `run_many` writes the first scenario it was asked into `diary` and sleeps.
    """

    diary: str = ""
    sleep: float = 0.0
    breaks: float = 9.0
    version: int = 1

    @property
    def uncertainties(self) -> Sequence[Uncertainty]:
        """Two numbers from 0 to 1."""
        return (Uncertainty("a", 0, 1), Uncertainty("b", 0, 1))

    levers: Sequence[Lever] = (Lever("effort", 0, 2, 0),)
    outcomes: Sequence[Outcome] = (Outcome("y", better="more"),)

    @property
    def hash(self) -> str:
        """Everything but the diary."""
        return canonical.digest([self.breaks, self.version])

    def run(self, policy: Policy, values: Mapping[str, float], luck: Luck) -> Result:
        """One run."""
        if values["a"] > self.breaks:
            raise ZeroDivisionError
        drawn = seeds.uniform(luck.seed, luck.scenario, luck.replication)
        effort = policy.levers.get("effort", 0)
        return {"y": effort * values["a"] - values["b"] ** 2 + drawn / 10}

    def run_many(self, questions: Sequence[Question]) -> list[Result]:
        """Many runs."""
        if self.diary and questions[0][0].name == "nothing":
            with Path(self.diary).open("a") as file:
                file.write(f"{questions[0][2].scenario}\n")
        time.sleep(self.sleep)
        return [self.run(*each) for each in questions]


def read_model(text: str) -> Slow:
    """The model of a JSON text with its fields."""
    return Slow(**json.loads(text or "{}"))


def study(n: int = 64, chunk: int = 8, replications: int = 1, **fields: Any) -> Study:
    """Three policies of it."""
    design = Design((Dimension("a", 0, 1), Dimension("b", 0, 1)), n, seed=3, chunk=chunk)
    source = Source("tests.toy_futures:read_model", json.dumps(fields))
    found, _ = asked(source, (NOTHING, MORE, MOST), (GOOD,), design, replications)
    return found


def dies_once(marker: str, n: int) -> int:
    """Takes its process down the first time it is called; later answers n."""
    if not Path(marker).exists():
        Path(marker).touch()
        os._exit(1)
    return n
