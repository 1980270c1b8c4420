"""`idea.toml`: read with errors that name the line, written in one canonical form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vuon.errors import N_, VuonError, Words
from vuon.ideas.model import EDITS, KINDS, ROUTES, Change, Cost, Idea, Rule
from vuon.toml.table import Table
from vuon.toml.writing import Section, dumps, is_table, tables

FORMAT = 1
_OWN = ("format", "key", "name", "text", "owner", "route", "cost", "change")


def read(source: Path | str, name: str = "idea.toml") -> Idea:
    """The idea of a file or a text.

    Raises:
        VuonError: `toml.…` and `table.…` with file and line; `idea.format`; `idea.route`;
            `idea.rule` for a change of a rule with the parts of a service or the other way round.

    >>> idea = read('format = 1\\nkey = "list"\\nname = "Danh mục"\\n[[change]]\\ntarget = "a"')
    >>> idea.changes[0].edit
    'step'
    """
    table = Table.read(source, name)
    if table.whole("format", 1) > FORMAT:
        raise table.wrong(
            "idea.format",
            Words(N_("This idea is written in a format that is not known here.")),
            Words(N_("Install a newer Vuon, or write format = {known}."), {"known": FORMAT}),
            "format",
        )
    found = Idea(
        key=table.name("key"),
        name=table.label("name", optional=False),
        text=table.label("text"),
        owner=table.label("owner"),
        route=_route(table),
        cost=_cost(table),
        changes=tuple(_change(item) for item in table.items("change", optional=True)),
        extra={key: value for key, value in table.values.items() if key not in _OWN},
    )
    for key in found.extra:
        table.finished(key)
    table.finish()
    return found


def _route(table: Table) -> str:
    if "route" not in table:
        return ""
    route = table.words("route")
    if route not in ROUTES:
        raise table.kind("route", N_("one of the legal routes A, B or C"))
    return route


def _cost(table: Table) -> Cost:
    inner = table.inner("cost", optional=True)
    return Cost(
        inner.number("days", 0, default=0),
        inner.number("million_dong", 0, default=0),
        inner.number("hours_a_week", 0, default=0),
    )


def _change(table: Table) -> Change:
    kind = table.among("kind", KINDS, "service")
    values = table.inner("values", optional=True)
    return Change(
        target=table.name("target", ""),
        text=table.label("text"),
        kind=kind,
        edit=table.among("edit", (*EDITS, "rule"), "rule" if kind == "rule" else "step"),
        values={key: values.number(key) for key in values.values},
        bends_rule=table.flag("bends_rule"),
        rests_on=table.list_of_words("rests_on"),
        rule=_rule(table, kind),
    )


def _rule(table: Table, kind: str) -> Rule | None:
    if kind != "rule":
        if "rule" in table:
            raise _not_both(table)
        return None
    inner = table.inner("rule", optional=True)
    return Rule(
        inner.label("article"),
        inner.label("binds"),
        inner.label("side_effects"),
        inner.label("signs"),
        inner.day("review"),
        inner.label("when"),
        inner.name("signpost", ""),
    )


def _not_both(table: Table) -> VuonError:
    return table.wrong(
        "idea.rule",
        Words(N_("A change of a service has the parts of a change of a rule.")),
        Words(N_('Write kind = "rule", or take the table [change.rule] out.')),
        "rule",
    )


def write(idea: Idea) -> str:
    """The idea as canonical TOML: the same idea always gives the same text."""
    head: dict[str, Any] = {
        "format": FORMAT,
        "key": idea.key,
        "name": idea.name,
        "text": idea.text,
        "owner": idea.owner,
        "route": idea.route,
        "cost": _cost_values(idea.cost),
        **{key: value for key, value in idea.extra.items() if not is_table(value)},
    }
    sections: list[Section] = [("", head)]
    sections += [("[[change]]", _change_values(each)) for each in idea.changes]
    return dumps([*sections, *tables(idea.extra)])


def _cost_values(cost: Cost) -> dict[str, float | None]:
    return {
        "days": cost.days or None,
        "million_dong": cost.million_dong or None,
        "hours_a_week": cost.hours_a_week or None,
    }


def _change_values(change: Change) -> dict[str, Any]:
    rule = change.rule
    return {
        "target": change.target,
        "kind": change.kind,
        "edit": change.edit if change.kind == "service" else "",
        "text": change.text,
        "values": change.values,
        "bends_rule": change.bends_rule or None,
        "rests_on": change.rests_on,
        "rule": {
            "article": rule.article,
            "binds": rule.binds,
            "side_effects": rule.side_effects,
            "signs": rule.signs,
            "review": rule.review,
            "when": rule.when,
            "signpost": rule.signpost,
        }
        if rule
        else None,
    }
