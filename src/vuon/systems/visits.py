"""Why people come twice, week by week: returns fill the hall, a full hall hurries the counter.

Difference equations of a centre where some file online and the rest come in person. Whoever is sent
home comes again next week; a counter under load finishes fewer; trust follows what was finished,
late, and brings people online. Every figure stands in `system.toml`, with who knows it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from vuon import canonical
from vuon.errors import N_, VuonError, Words
from vuon.quantities import convert
from vuon.systems import file
from vuon.toml.table import Table, Text
from vuon.xlrm import (
    Column,
    Lever,
    Luck,
    Lucks,
    Outcome,
    Policy,
    Question,
    Result,
    Uncertainty,
    filled,
    one_by_one,
)

STOCKS = ("trust", "sent_home", "queue")
_ROLES = ("uncertain", "lever", "fixed")


@dataclass(frozen=True)
class Constants:
    """What the equations need; units as in the file, shares from 0 to 1."""

    demand: Any  # files a week
    counter_hours: Any  # hours a week
    visit_minutes: Any
    online_base: Any  # share who try online without any trust
    online_slope: Any  # what full trust adds to it
    online_finish: Any  # share of those who finish there
    outage: Any  # share of weeks without network or power
    base_finish: Any  # chance to finish at a calm counter
    checklist: Any  # 0 no, 1 yes
    checklist_effect: Any
    precheck: Any  # days a week
    precheck_days: Any  # in a whole week
    precheck_hours: Any  # counter hours that a day takes
    precheck_effect: Any
    calm_load: Any  # load from which the counter hurries
    hurry_width: Any  # load above it at which it cannot hurry more
    hurry_effect: Any  # share of finishing lost in full hurry
    trust_weeks: Any


@dataclass(frozen=True)
class Constant:
    """A figure of the file: its value, who decides or knows it, and between what it makes sense."""

    name: str
    value: float
    low: float
    high: float
    role: str
    unit: str
    light: str
    label: Text


@dataclass(frozen=True)
class VisitsModel:
    """The difference equations as `vuon.xlrm.ColumnModel`.

    Args:
        constants: every one of `Constants`, by name.
        stocks: what `STOCKS` hold at the start.
        weeks: how many weeks are run.
        told_from: the first week, from 1, that outcomes are told of.
    """

    constants: Mapping[str, Constant]
    stocks: Mapping[str, float]
    weeks: int
    told_from: int

    @cached_property
    def uncertainties(self) -> tuple[Uncertainty, ...]:
        """X: the figures that nobody knows."""
        return tuple(
            Uncertainty(e.name, e.low, e.high, default=e.value, unit=e.unit, light=e.light)
            for e in self.constants.values()
            if e.role == "uncertain"
        )

    @cached_property
    def levers(self) -> tuple[Lever, ...]:
        """L: the figures that somebody can decide."""
        return tuple(
            Lever(e.name, e.low, e.high, e.value, e.unit, e.label)
            for e in self.constants.values()
            if e.role == "lever"
        )

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What is told, of the weeks from `told_from` on."""
        return (
            Outcome("visits", "visit", "less", Text("số lần tới quầy cho một hồ sơ xong, mọi kênh", "counter visits for each finished file, all channels")),  # noqa: E501
            Outcome("counter_visits", "visit", "less", Text("số lần tới quầy cho một hồ sơ xong ở quầy", "visits for each file finished at the counter")),  # noqa: E501
            Outcome("finish", "", "more", Text("xong ngay lần đầu, tuần cuối", "finished at the visit, last week")),  # noqa: E501
            Outcome("load", "", "less", Text("mức bận của quầy, tuần cuối", "load of the counter, last week")),  # noqa: E501
            Outcome("waiting", "visit", "less", Text("lượt còn chờ khi hết giờ, tuần cuối", "visits left waiting, last week")),  # noqa: E501
        )  # fmt: skip

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of every figure and of the equations' text."""
        source = Path(__file__).read_bytes().replace(b"\r\n", b"\n")
        return canonical.digest(
            {
                "constants": {e.name: [e.value, e.low, e.high, e.role] for e in self._all},
                "stocks": dict(self.stocks),
                "weeks": [self.weeks, self.told_from],
                "equations": hashlib.sha256(source).hexdigest(),
            }
        )

    @property
    def _all(self) -> tuple[Constant, ...]:
        return tuple(self.constants.values())

    def run(self, policy: Policy, uncertainties: Mapping[str, float], luck: Luck) -> Result:
        """The outcomes of one future; nothing in it is left to luck."""
        import numpy as np

        values = filled(self.uncertainties, uncertainties)
        columns = {name: np.array([value]) for name, value in values.items()}
        told = self.run_columns(policy, columns, Lucks(luck.seed, luck.scenario, luck.replication))
        return {name: float(column[0]) for name, column in told.items()}

    def run_many(self, questions: Sequence[Question]) -> list[Result]:
        """The outcomes of many questions."""
        return one_by_one(self, questions)

    def run_columns(
        self, policy: Policy, values: Mapping[str, Column], _lucks: Lucks, /
    ) -> Mapping[str, Column]:
        """The outcomes of a policy in many futures; NaN where the counter is never open.

        Raises:
            VuonError: `system.no_lever` for a lever or a change that the model does not have.
        """
        import numpy as np

        known = {e.name: e.value for e in self._all}
        constants = Constants(**{**known, **values, **self._decided(policy)})
        with np.errstate(all="ignore"):
            return _weeks(constants, self.stocks, self.weeks, self.told_from)

    def _decided(self, policy: Policy) -> dict[str, float]:
        """The levers of a policy; a change sets the constant it targets."""
        decided = dict(policy.levers)
        for change in policy.changes:
            for value in change.values.values():
                decided[change.target] = value
        levers = {each.name: each for each in self.levers}
        for name, value in decided.items():
            if name not in levers or not levers[name].low <= value <= levers[name].high:
                known = ", ".join(f"{e.name} {e.low:g}–{e.high:g}" for e in self.levers)
                raise VuonError(
                    "system.no_lever",
                    Words(
                        N_("{name} = {value} cannot be decided here; levers are: {known}."),
                        {"name": name, "value": value, "known": known},
                    ),
                    Words(N_("Choose one of them, within its range.")),
                )
        return decided


def _weeks(
    c: Constants, stocks: Mapping[str, float], weeks: int, told_from: int
) -> dict[str, Column]:
    """The equations. Everything of a week follows from the stocks at its beginning."""
    import numpy as np

    still = np.zeros_like(np.asarray(c.demand + c.counter_hours + c.online_base, dtype=np.float64))
    trust, sent_home, queue = (stocks[name] + still for name in STOCKS)
    visits, done, at_counter = still, still, still
    finish, load = still, still
    up = 1 - c.outage
    hours = c.counter_hours - c.precheck_hours * c.precheck
    capacity = np.where(hours > 0, hours * convert(1, "hour", "minute") / c.visit_minutes, np.nan)
    calm = c.base_finish + c.checklist_effect * c.checklist * up
    caught = c.precheck_effect * (c.precheck / c.precheck_days)
    for week in range(1, weeks + 1):
        online = np.clip(c.online_base + c.online_slope * trust, 0, 1) * up
        online_done = c.demand * c.online_finish * online
        arrivals = c.demand - online_done + sent_home
        served = np.minimum(queue + arrivals, capacity)
        load = (queue + arrivals) / capacity
        hurry = np.clip((load - c.calm_load) / c.hurry_width, 0, 1)
        first = calm * (1 - c.hurry_effect * hurry)
        finish = first + caught * (1 - first)
        if week >= told_from:
            visits = visits + served
            at_counter = at_counter + served * finish
            done = done + served * finish + online_done
        sent_home = served * (1 - finish)
        queue = queue + arrivals - served
        trust = trust + (finish - trust) / c.trust_weeks
    return {
        "visits": visits / done,
        "counter_visits": visits / at_counter,
        "finish": finish,
        "load": load,
        "waiting": queue,
    }


def read_model(text: str, name: str = "system.toml") -> VisitsModel:
    """The model of a `system.toml` that has every constant and stock that the equations need.

    Raises:
        VuonError: as `vuon.systems.file.read`; `table.…` with file and line for a figure that is
            missing or no number.
    """
    file.read(text, name)
    table = Table.read(text, name)
    clock = table.inner("clock")
    consts = table.inner("const")
    stocks = table.inner("stock")
    weeks = clock.whole("stop", least=1)
    return VisitsModel(
        constants={each.name: _constant(consts, each.name) for each in fields(Constants)},
        stocks={name: stocks.inner(name).number("initial", low=0) for name in STOCKS},
        weeks=weeks,
        told_from=min(clock.whole("told_from", least=1, default=1), weeks),
    )


def _constant(consts: Table, name: str) -> Constant:
    table = consts.inner(name)
    value = table.number("value")
    role = table.among("role", _ROLES, "fixed")
    low = table.number("low", default=value)
    high = table.number("high", default=value)
    if not low <= value <= high or (role != "fixed" and not low < high):
        raise table.wrong(
            "system.range",
            Words(
                N_("{name}: {low} to {high} is no range around {value}."),
                {"name": name, "low": low, "high": high, "value": value},
            ),
            Words(N_("Write low below high, and the value between them.")),
            "low",
        )
    unit = table.words("unit") if "unit" in table else ""
    light = table.among("light", ("measured", "said", "assumed"), "assumed")
    return Constant(name, value, low, high, role, unit, light, table.label("label"))
