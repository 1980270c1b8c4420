"""A lab's own table of former communes, for names this product does not ship."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date

from vuon import vietnamese
from vuon.challenges.resolution import LOCAL
from vuon.challenges.units import Kind, Unit, units, unmarked
from vuon.errors import N_, VuonError, Where, Words

_COLUMNS = ("name", "kind", "province", "until", "now", "now_kind", "now_province")
_KINDS: dict[str, Kind] = {
    "phuong": "ward", "ward": "ward", "xa": "commune", "commune": "commune",
    "thi tran": "town", "town": "town", "township": "town",
    "dac khu": "zone", "zone": "zone", "special zone": "zone",
}  # fmt: skip


def read_table(text: str, name: str = "") -> tuple[Unit, ...]:
    """The former communes of a CSV table, to be given to `resolve`, `find` and `search`.

    Args:
        text: CSV with the columns name, kind, province, until (YYYY-MM-DD), now, now_kind and
            now_province; kinds and provinces in Vietnamese or English. A commune that was
            divided has a row for each successor.
        name: how the file is called in errors.

    Raises:
        VuonError: `names.columns` or `names.row`, with the line.

    >>> table = "name,kind,province,until,now,now_kind,now_province\\n"
    >>> table += "Nại Hiên Đông,phường,Đà Nẵng,2025-06-30,Sơn Trà,phường,Đà Nẵng\\n"
    >>> read_table(table)[0].now
    ('da-nang/ward/son-tra',)
    """
    reader = csv.DictReader(io.StringIO(vietnamese.nfc(text.lstrip("\ufeff"))))
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise VuonError(
            "names.columns",
            Words(N_("The table has no column {columns}."), {"columns": ", ".join(missing)}),
            Words(N_("Add it to the first line.")),
            where=Where(name, 1),
        )
    found: dict[str, Unit] = {}
    for row in reader:
        unit = _unit(row, Where(name, reader.line_num))
        before = found.get(unit.key)
        found[unit.key] = _with_successor(before, unit) if before else unit
    return tuple(found.values())


def _with_successor(before: Unit, unit: Unit) -> Unit:
    return replace(before, now=tuple(dict.fromkeys((*before.now, *unit.now))))


def _unit(row: dict[str, str | None], where: Where) -> Unit:
    cells = {column: (row.get(column) or "").strip() for column in _COLUMNS}
    province, kind = _province(cells["province"]), _KINDS.get(vietnamese.fold(cells["kind"]))
    now_province = _province(cells["now_province"])
    now_kind = _KINDS.get(vietnamese.fold(cells["now_kind"]))
    try:
        until = date.fromisoformat(cells["until"])
    except ValueError:
        raise _bad(cells["until"], where) from None
    for value, known in (
        (cells["kind"], kind),
        (cells["province"], province),
        (cells["now_kind"], now_kind),
        (cells["now_province"], now_province),
        (cells["name"], cells["name"]),
        (cells["now"], cells["now"]),
    ):
        if not known:
            raise _bad(value, where)
    assert kind and now_kind and province and now_province
    english, vietnamese_kind = LOCAL[kind]
    plain = unmarked(cells["name"])
    return Unit(
        key=f"{province}/{kind}/{_slug(cells['name'])}",
        kind=kind,
        vi=cells["name"],
        en=plain,
        spellings=(f"{vietnamese_kind} {cells['name']}", f"{plain} {english}"),
        until=until,
        now=(f"{now_province}/{now_kind}/{_slug(cells['now'])}",),
        province=province,
        source=where.file,
    )


def _bad(value: str, where: Where) -> VuonError:
    return VuonError(
        "names.row",
        Words(N_("“{value}” is not understood in this row."), {"value": value}),
        Words(N_("Correct the row; dates are written like 2025-06-30.")),
        where=where,
    )


def _slug(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", vietnamese.fold(name))


def _province(name: str) -> str:
    folded = vietnamese.fold(name)
    for unit in units().values():
        if unit.kind == "province" and folded in {
            unit.key,
            vietnamese.fold(unit.vi),
            vietnamese.fold(f"{unit.rank} {unit.vi}"),
        }:
            return unit.key
    return ""
