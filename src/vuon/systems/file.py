"""`system.toml`: read with errors that name the line, written in one canonical form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vuon.errors import N_, Words
from vuon.systems.model import KINDS, LIGHTS, SIGNS, Link, Named, SystemModel, Variable
from vuon.toml.table import Table
from vuon.toml.writing import Section, dumps, is_table, tables

FORMAT = 1
_OWN = ("format", "model", *KINDS, "link", "loop")
MOST_VARIABLES = 500


def read(source: Path | str, name: str = "system.toml") -> SystemModel:
    """The sketch of a file or a text.

    A link without a sign is read as "?".

    Raises:
        VuonError: `toml.…` and `table.…` with file and line; `system.format` for a newer format;
            `system.unknown` for a link or loop of a variable that is not there;
            `system.link_twice` for two links between the same variables in one direction.

    >>> read('format = 1\\n[open.queue]\\nlabel = "Hàng chờ"').variable("queue").label.vi
    'Hàng chờ'
    """
    table = Table.read(source, name)
    if table.whole("format", 1) > FORMAT:
        raise table.wrong(
            "system.format",
            Words(N_("This sketch is written in a format that is not known here.")),
            Words(N_("Install a newer Vuon, or write format = {known}."), {"known": FORMAT}),
            "format",
        )
    head = table.inner("model", optional=True)
    variables = _variables(table)
    keys = [each.key for each in variables]
    found = SystemModel(
        id=head.name("id", "system"),
        title=head.label("title"),
        variables=variables,
        links=_links(table, keys),
        loops=tuple(_loop(item, keys) for item in table.items("loop", optional=True)),
        extra={key: value for key, value in table.values.items() if key not in _OWN},
    )
    for key in found.extra:
        table.finished(key)
    head.finish()
    return found


def _variables(table: Table) -> tuple[Variable, ...]:
    found: list[Variable] = []
    for kind in KINDS:
        for key, item in table.inner(kind, optional=True).tables():
            if key in {each.key for each in found}:
                raise item.wrong(
                    "table.twice",
                    Words(N_("{name} stands twice among {key}."), {"name": key, "key": kind}),
                    Words(N_("Give each its own key.")),
                )
            found.append(_variable(key, kind, item))
    if len(found) > MOST_VARIABLES:
        raise table.wrong(
            "system.too_many",
            Words(
                N_("The sketch has {count} variables, more than {most}."),
                {"count": len(found), "most": MOST_VARIABLES},
            ),
            Words(N_("Keep what matters to the question.")),
        )
    return tuple(found)


_FIELDS = ("label", "unit", "office", "light", "note", "rests_on")


def _variable(key: str, kind: str, table: Table) -> Variable:
    return Variable(
        key=key,
        label=table.label("label", optional=False),
        kind=kind,
        unit=table.words("unit") if "unit" in table else "",
        office=table.label("office"),
        light=table.among("light", LIGHTS, "assumed"),
        note=table.words("note") if "note" in table else "",
        rests_on=table.list_of_words("rests_on"),
        extra={k: v for k, v in table.values.items() if k not in _FIELDS},
    )


def _links(table: Table, keys: list[str]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for item in table.items("link", optional=True):
        sign = item.words("sign") if "sign" in item else "?"
        if sign not in SIGNS:
            raise item.none_of("sign", sign, SIGNS)
        link = Link(
            source=_known(item, "from", keys),
            target=_known(item, "to", keys),
            sign=sign,
            delayed=item.flag("delayed"),
            note=item.words("note") if "note" in item else "",
            rests_on=item.list_of_words("rests_on"),
        )
        if link.key in found:
            raise item.wrong(
                "system.link_twice",
                Words(
                    N_("The link from {source} to {target} stands twice."),
                    {"source": link.source, "target": link.target},
                ),
                Words(N_('Keep one of them; write sign = "?" if it is not agreed.')),
            )
        item.finish()
        found[link.key] = link
    return tuple(found.values())


def _loop(table: Table, keys: list[str]) -> Named:
    members = table.list_of_words("keys")
    for key in members:
        if key not in keys:
            raise table.none_of("keys", key, keys)
    return Named(frozenset(members), table.label("name"), table.label("story"))


def _known(table: Table, key: str, keys: list[str]) -> str:
    found = table.name(key)
    if found not in keys:
        raise table.wrong(
            "system.unknown",
            Words(N_("No variable is called {name}."), {"name": found}),
            Words(N_("Correct its spelling, or add the variable.")),
            key,
        )
    return found


def write(model: SystemModel) -> str:
    """The sketch as canonical TOML: the same sketch always gives the same text."""
    plain = {k: v for k, v in model.extra.items() if not is_table(v)}
    sections: list[Section] = [
        ("", {"format": FORMAT, **plain}),
        ("[model]", {"id": model.id, "title": model.title}),
    ]
    for kind in KINDS:
        sections += [
            (f"[{kind}.{each.key}]", _variable_values(each))
            for each in model.variables
            if each.kind == kind
        ]
    sections += [("[[link]]", _link_values(link)) for link in model.links]
    sections += [
        ("[[loop]]", {"keys": sorted(each.keys), "name": each.name, "story": each.story})
        for each in model.loops
    ]
    return dumps([*sections, *tables(model.extra)])


def _variable_values(variable: Variable) -> dict[str, Any]:
    return {
        "label": variable.label,
        "unit": variable.unit,
        "office": variable.office,
        "light": variable.light,
        **variable.extra,
        "note": variable.note,
        "rests_on": variable.rests_on,
    }


def _link_values(link: Link) -> dict[str, Any]:
    return {
        "from": link.source,
        "to": link.target,
        "sign": link.sign,
        "delayed": link.delayed or None,
        "note": link.note,
        "rests_on": link.rests_on,
    }
