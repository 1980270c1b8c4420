"""What a group looks out for: signals, drivers with ranges, signposts with readings; its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vuon.errors import N_
from vuon.futures.pathways import Reading, Signpost, moved
from vuon.futures.signals import FIELDS, HORIZONS, Driver, Signal
from vuon.toml.table import Table, Text
from vuon.toml.writing import Section, dumps

#: Days of a month, for how fast something moves.
MONTH = 30
#: How the operators of a signpost are written in a file.
WAYS = {"reaches": ">=", "falls_to": "<="}


@dataclass(frozen=True)
class Watch:
    """A signpost as people keep it.

    Args:
        key, name: stable name; what is watched, as people call it.
        variable: the uncertainty of the model that it was taken from.
        op, limit: from where on an idea fails, before it is moved by the lead time.
        usual: the value today.
        unit: of all its values, as in `vuon.quantities`; "" for a share.
        lead_days: what the next action needs until it works.
        per_month: how far the value may move in a month; None if nobody has said.
        source, owner: where readings come from; an office or a role.
        every_days: how often a reading is due.
        then: the next action.
        idea: key of the idea that it was proposed from.
        readings: oldest first.
    """

    key: str
    name: Text
    variable: str
    op: str
    limit: float
    usual: float
    unit: str = ""
    lead_days: int = 0
    per_month: float | None = None
    source: Text = field(default_factory=Text)
    owner: Text = field(default_factory=Text)
    every_days: int = MONTH
    then: Text = field(default_factory=Text)
    idea: str = ""
    readings: tuple[Reading, ...] = ()

    @property
    def signpost(self) -> Signpost:
        """The same for the rules of `pathways`, its threshold moved by the lead time.

        >>> post = Watch("a", Text("A"), "x", ">=", 50, 20, lead_days=60, per_month=6).signpost
        >>> post.threshold, post.draft
        (38.0, True)
        """
        return Signpost(
            self.variable,
            self.op,
            moved(self.limit, self.usual, self.lead_days, (self.per_month or 0.0) / MONTH),
            self.usual,
            self.lead_days,
            self.source.say("vi"),
            self.owner.say("vi"),
            self.every_days,
            self.then,
            self.readings,
        )


@dataclass(frozen=True)
class Outlook:
    """Everything that a group looks out for."""

    signals: tuple[Signal, ...] = ()
    drivers: tuple[Driver, ...] = ()
    watches: tuple[Watch, ...] = ()


def find(parts: tuple[Any, ...], key: str) -> Any:
    """The part with that key; None if there is none.

    >>> find((Signal("a", Text("A")),), "a").key
    'a'
    """
    return next((each for each in parts if each.key == key), None)


def read(text: str, name: str = "outlook.toml") -> Outlook:
    """The outlook of a text; an empty one for none.

    Raises:
        VuonError: `toml.…` and `table.…` with file and line.

    >>> read('[[signal]]\\nkey = "a"\\ntext = "Ít người sinh"').signals[0].light
    'said'
    """
    table = Table.read(text, name)
    found = Outlook(
        tuple(_signal(each) for each in table.items("signal", optional=True)),
        tuple(_driver(each) for each in table.items("driver", optional=True)),
        tuple(_watch(each) for each in table.items("signpost", optional=True)),
    )
    table.finish()
    return found


def _signal(table: Table) -> Signal:
    return Signal(
        table.name("key"),
        table.label("text", optional=False),
        table.words("source") if "source" in table else "",
        table.day("seen"),
        table.among("field", FIELDS, "social"),
        table.among("horizon", HORIZONS, "soon"),
        _days(table, "again"),
    )


def _days(table: Table, key: str) -> tuple[date, ...]:
    try:
        return tuple(map(date.fromisoformat, table.list_of_words(key)))
    except ValueError:
        raise table.kind(key, N_("a list of days, each written “2026-11-30”")) from None


def _driver(table: Table) -> Driver:
    return Driver(
        table.name("key"),
        table.label("label", optional=False),
        table.list_of_words("signals"),
        table.words("uncertainty") if "uncertainty" in table else "",
        table.number("low") if "low" in table else None,
        table.number("high") if "high" in table else None,
        table.words("unit") if "unit" in table else "",
        table.words("set_by") if "set_by" in table else "",
        table.day("set_on"),
        table.label("why"),
    )


def _watch(table: Table) -> Watch:
    return Watch(
        table.name("key"),
        table.label("name", optional=False),
        table.words("variable"),
        WAYS[table.among("way", tuple(WAYS))],
        table.number("limit"),
        table.number("usual"),
        table.words("unit") if "unit" in table else "",
        table.whole("lead_days", 0, default=0),
        table.number("per_month", 0) if "per_month" in table else None,
        table.label("source"),
        table.label("owner"),
        table.whole("every_days", 1, default=MONTH),
        table.label("then"),
        table.name("idea", ""),
        tuple(_reading(each) for each in table.items("reading", optional=True)),
    )


def _reading(table: Table) -> Reading:
    day = table.day("on")
    if day is None:
        raise table.kind("on", N_("a day, written 2026-11-30"))
    return Reading(day, table.number("value"))


def write(outlook: Outlook) -> str:
    """The outlook as canonical TOML: the same one always gives the same text."""
    sections: list[Section] = [("[[signal]]", _signal_values(each)) for each in outlook.signals]
    sections += [("[[driver]]", _driver_values(each)) for each in outlook.drivers]
    sections += [("[[signpost]]", _watch_values(each)) for each in outlook.watches]
    return dumps(sections)


def _signal_values(each: Signal) -> dict[str, Any]:
    return {
        "key": each.key,
        "text": each.text,
        "source": each.source,
        "seen": each.seen,
        "field": each.field,
        "horizon": each.horizon,
        "again": tuple(day.isoformat() for day in each.again),
    }


def _driver_values(each: Driver) -> dict[str, Any]:
    return {
        "key": each.key,
        "label": each.label,
        "signals": each.signals,
        "uncertainty": each.uncertainty,
        "low": each.low,
        "high": each.high,
        "unit": each.unit,
        "set_by": each.set_by,
        "set_on": each.set_on,
        "why": each.why,
    }


def _watch_values(each: Watch) -> dict[str, Any]:
    return {
        "key": each.key,
        "name": each.name,
        "variable": each.variable,
        "way": next(way for way, op in WAYS.items() if op == each.op),
        "limit": each.limit,
        "usual": each.usual,
        "unit": each.unit,
        "lead_days": each.lead_days or None,
        "per_month": each.per_month,
        "source": each.source,
        "owner": each.owner,
        "every_days": each.every_days,
        "then": each.then,
        "idea": each.idea,
        "reading": [{"on": one.on, "value": one.value} for one in each.readings],
    }
