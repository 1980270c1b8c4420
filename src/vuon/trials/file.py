"""`trial.toml`: read with errors that name the line, written in one canonical form."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from vuon.errors import N_, VuonError, Words
from vuon.toml.table import Table, Text
from vuon.toml.writing import Section, dumps
from vuon.trials.protocol import (
    ALPHA,
    INSTEAD,
    KINDS,
    LESS,
    LOTS,
    METHODS,
    MORE,
    NEW,
    NONE,
    OLD,
    PRIMARY,
    ROLES,
    SECTIONS,
    Arm,
    Caps,
    Care,
    Exemption,
    Look,
    LotRule,
    Need,
    Outcome,
    Protocol,
    Rail,
    Unit,
)

FORMAT = 1
_MOST = 1e9


def read(source: Path | str, name: str = "trial.toml") -> Protocol:
    """The plan of a file or a text; parts may be missing, as in a draft.

    Raises:
        VuonError: `toml.…` and `table.…` with file and line; `trial.format`; `trial.primary` for a
            second outcome that decides; `trial.worthwhile` for a gain that is not above nought;
            `trial.comparison` for a lot without two ways; `trial.units` for units that do not fit
            the lot; `trial.looks` for looks that leave nothing of 5%; `trial.bounds`;
            `trial.dates`; `trial.guardrail`.

    >>> read('format = 1\\nkey = "list"\\ntitle = "Tờ danh mục"').title.vi
    'Tờ danh mục'
    """
    table = Table.read(source, name)
    if table.whole("format", 1) > FORMAT:
        raise table.wrong(
            "trial.format",
            Words(N_("This plan is written in a format that is not known here.")),
            Words(N_("Install a newer Vuon, or write format = {known}."), {"known": FORMAT}),
            "format",
        )
    found = Protocol(
        key=table.name("key"),
        title=table.label("title"),
        profile=table.name("profile", "policy_pilot"),
        owner=table.label("owner"),
        begins=table.day("begins"),
        ends=table.day("ends"),
        need=_need(table.inner("need", optional=True)),
        sections=_sections(table.inner("sections", optional=True)),
        outcomes=_outcomes(table),
        arms=_arms(table),
        unit=_unit(table.inner("unit", optional=True)),
        lot=_lot(table),
        looks=_looks(table),
        rails=tuple(_rail(each) for each in table.items("guardrail", optional=True)),
        stops=tuple(each.label("text") for each in table.items("stop", optional=True)),
        caps=_caps(table.inner("caps", optional=True)),
        care=_care(table.inner("care", optional=True)),
        exemptions=tuple(_exemption(each) for each in table.items("exemption", optional=True)),
        exit_plan=table.label("exit_plan"),
        ideas=table.list_of_words("ideas"),
    )
    table.finish()
    _agree(found, table)
    return found


def _need(table: Table) -> Need:
    return Need(table.label("question"), table.names("instead", INSTEAD), table.label("why"))


def _sections(table: Table) -> tuple[tuple[str, Text], ...]:
    return tuple((key, table.label(key)) for key in SECTIONS if key in table)


def _maybe(table: Table, key: str) -> float | None:
    return table.number(key, -_MOST, _MOST) if key in table else None


def _outcomes(table: Table) -> tuple[Outcome, ...]:
    found: list[Outcome] = []
    for each in table.items("outcome", optional=True):
        outcome = Outcome(
            key=each.name("key"),
            name=each.label("name"),
            role=each.among("role", ROLES, PRIMARY),
            kind=each.among("kind", KINDS, "number"),
            unit=each.label("unit"),
            better=each.among("better", (MORE, LESS), MORE),
            worthwhile=_maybe(each, "worthwhile"),
            low=_maybe(each, "low"),
            high=_maybe(each, "high"),
            source=each.label("source"),
            lag_days=each.whole("lag_days", default=0),
        )
        if outcome.worthwhile is not None and outcome.worthwhile <= 0:
            raise each.wrong(
                "trial.worthwhile",
                Words(N_("The gain from which it would be worth it is not above nought.")),
                Words(N_("Write how much more, or less, people would need to notice.")),
                "worthwhile",
            )
        if outcome.low is not None and outcome.high is not None and outcome.low >= outcome.high:
            raise each.wrong(
                "trial.bounds",
                Words(N_("The lower bound is not below the upper one.")),
                Words(N_("Correct the numbers.")),
                "low",
            )
        if outcome.role == PRIMARY and any(one.role == PRIMARY for one in found):
            raise each.wrong(
                "trial.primary",
                Words(N_("A second outcome is to decide.")),
                Words(N_('Choose one; give the others role = "secondary".')),
                "role" if "role" in each else "key",
            )
        found.append(outcome)
    return tuple(found)


def _arms(table: Table) -> tuple[Arm, ...]:
    return tuple(
        Arm(
            each.among("key", (NEW, OLD)),
            each.label("name"),
            each.label("changes"),
            each.label("benefit_return"),
        )
        for each in table.items("arm", optional=True)
    )


def _unit(table: Table) -> Unit:
    return Unit(table.name("level", "person"), table.name("measured", ""), table.flag("baseline"))


def _lot(table: Table) -> LotRule:
    inner = table.inner("lot", optional=True)
    units = inner.list_of_words("units")
    if not units and "count" in inner:
        count = inner.whole("count", 1)
        units = tuple(f"{n:0{len(str(count))}}" for n in range(1, count + 1))
    return LotRule(
        kind=inner.among("kind", list(LOTS), NONE),
        units=units,
        treated=inner.whole("treated", default=0),
        blocks=inner.list_of_words("blocks"),
        periods=inner.whole("periods", default=0),
        block=inner.whole("block", 2, default=2),
        phases=inner.whole("phases", 2, default=4),
        least=inner.whole("least", 1, default=4),
        starts=_starts(inner),
        public_number=inner.label("public_number"),
        drawn_on=inner.day("drawn_on"),
        substitute=inner.label("substitute"),
    )


def _starts(table: Table) -> tuple[tuple[int, ...], ...]:
    """Periods, or lists of periods where a place may start in one of several."""
    if "starts" not in table:
        return ()
    value = table.values["starts"]
    table.finished("starts")
    rows = [each if isinstance(each, list) else [each] for each in value] if isinstance(
        value, list) else [[None]]  # fmt: skip
    if any(not isinstance(each, int) or isinstance(each, bool) for row in rows for each in row):
        raise table.kind("starts", N_("a list of periods"))
    return tuple(tuple(row) for row in rows)


def _looks(table: Table) -> tuple[Look, ...]:
    looks = tuple(
        Look(each.whole("after", 1), each.number("alpha", 0.0001, ALPHA))
        for each in table.items("look", optional=True)
    )
    if sum(look.alpha for look in looks) >= ALPHA:
        raise table.wrong(
            "trial.looks",
            Words(N_("The planned looks leave nothing of 5% for the last reading.")),
            Words(N_("Plan fewer looks, or give each a smaller alpha.")),
            "look",
        )
    return looks


def _rail(table: Table) -> Rail:
    rail = Rail(
        key=table.name("key"),
        name=table.label("name"),
        method=table.among("method", METHODS, "share"),
        limit=table.number("limit", -_MOST, _MOST),
        low=_maybe(table, "low"),
        high=_maybe(table, "high"),
        among=table.whole("among", default=0),
        alarm=table.number("alarm", 1, _MOST, default=20.0),
    )
    low, high = (0.0, 1.0) if rail.method == "share" else (rail.low, rail.high)
    bounded = low is not None and high is not None and low < rail.limit < high
    if rail.method != "count" and not bounded:
        raise table.wrong(
            "trial.guardrail",
            Words(N_("This limit does not lie between the bounds of what is watched.")),
            Words(N_("Give low and high, and a limit between them; of a share, 0 and 1.")),
            "limit",
        )
    return rail


def _caps(table: Table) -> Caps:
    return Caps(
        table.whole("people", default=0),
        table.whole("days", default=0),
        table.number("million_dong", 0, default=0),
        table.label("area"),
    )


def _care(table: Table) -> Care:
    return Care(
        notice_version=table.words("notice_version") if "notice_version" in table else "",
        notice=table.label("notice"),
        leaving=table.label("leaving"),
        complaints=table.label("complaints"),
        harm_plan=table.label("harm_plan"),
        pays=table.label("pays"),
        vulnerable=table.flag("vulnerable"),
    )


def _exemption(table: Table) -> Exemption:
    return Exemption(
        table.label("rule", optional=False),
        table.label("authority"),
        table.label("basis"),
        table.day("begins"),
        table.day("ends"),
        table.label("scope"),
    )


def _agree(found: Protocol, table: Table) -> None:
    """What no single key can say."""
    lot = found.lot
    if found.begins and found.ends and found.ends < found.begins:
        what = Words(N_("It ends before it begins."))
        raise table.wrong("trial.dates", what, Words(N_("Correct the dates.")), "ends")
    if lot.kind == NONE:
        return
    if {arm.key for arm in found.arms} != {NEW, OLD}:
        raise table.wrong(
            "trial.comparison",
            Words(N_("A lot is drawn, but there are not two ways to compare.")),
            Words(N_('Add an [[arm]] with key = "old": who does not get the new way?')),
            "lot",
        )
    if len(set(lot.units)) != len(lot.units):
        what = Words(N_("A unit stands twice in the lot."))
        raise table.wrong("trial.units", what, Words(N_("Give each its own name.")), "lot")
    from vuon.trials.plans import space_of

    try:
        space_of(lot)
    except VuonError as error:
        raise table.wrong(error.code, error.what, error.do, "lot") from None


def write(protocol: Protocol) -> str:
    """The plan as canonical TOML: the same plan always gives the same text.

    >>> plan = read('format = 1\\nkey = "list"\\n[caps]\\npeople = 40')
    >>> read(write(plan)) == plan
    True
    """
    head: dict[str, Any] = {
        "format": FORMAT,
        "key": protocol.key,
        "title": protocol.title,
        "profile": protocol.profile,
        "owner": protocol.owner,
        "begins": protocol.begins,
        "ends": protocol.ends,
        "exit_plan": protocol.exit_plan,
        "ideas": protocol.ideas,
    }
    sections: list[Section] = [("", head)]
    sections += _table("need", protocol.need, Need())
    if protocol.sections:
        sections.append(("[sections]", dict(protocol.sections)))
    sections += [("[[outcome]]", _values(each)) for each in protocol.outcomes]
    sections += [("[[arm]]", _values(each)) for each in protocol.arms]
    sections += _table("unit", protocol.unit, Unit())
    sections += _table("lot", protocol.lot, LotRule())
    sections += [("[[look]]", _values(each)) for each in protocol.looks]
    sections += [("[[guardrail]]", _values(each)) for each in protocol.rails]
    sections += [("[[stop]]", {"text": each}) for each in protocol.stops]
    sections += _table("caps", protocol.caps, Caps())
    sections += _table("care", protocol.care, Care())
    sections += [("[[exemption]]", _values(each)) for each in protocol.exemptions]
    return dumps(sections)


def _table(key: str, value: Any, empty: Any) -> list[Section]:
    return [(f"[{key}]", _values(value))] if value != empty else []


def _values(value: Any) -> dict[str, Any]:
    """The fields of a part that say more than their default."""
    assert is_dataclass(value)
    found = {}
    for each in fields(value):
        said = getattr(value, each.name)
        if said != each.default or each.name in ("key", "role", "kind"):
            found[each.name] = [list(one) for one in said] if each.name == "starts" else said
    return found
