"""What a known name is called at its date and today, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vuon.challenges.phrases import Match
from vuon.challenges.units import Bilingual, Unit, choose, communes, units
from vuon.errors import N_, Words

# The kinds of communes, as they are called in English and in Vietnamese.
LOCAL = {
    "ward": ("Ward", "phường"),
    "commune": ("Commune", "xã"),
    "zone": ("Special Zone", "đặc khu"),
    "town": ("Township", "thị trấn"),
}


@dataclass(frozen=True)
class Resolution:
    """What a written name means.

    Args:
        key: the dated unit; empty for an organisation known only by its generic head or place.
        kind: province, ministry, department, agency, university, organisation, international,
            ward, commune or zone.
        written: the name as it stands in the text.
        then: its full name on the day asked for.
        now: its full name at present, or those of its successors.
        present: the keys of the units that stand today.
        province: the key of the present province, or empty.
        government: the people's committee of the place is meant, not the place.
        note: one sentence for a reader if the name or the parent has changed.
        verify: a fact behind this has not been compared with the law.
    """

    key: str
    kind: str
    written: str
    then: Bilingual
    now: Bilingual
    present: tuple[str, ...] = ()
    province: str = ""
    government: bool = False
    note: Words | None = None
    verify: bool = False

    @property
    def label(self) -> Words:
        """The present name, with the name as written then if it was another."""
        if self.then.say("vi") == self.now.say("vi"):
            return self.now
        return Words(N_("{new} (formerly {old})"), {"new": self.now, "old": self.then})

    @property
    def vi(self) -> str:
        """The present name in Vietnamese."""
        return self.now.say("vi")

    @property
    def en(self) -> str:
        """The present name in English."""
        return self.now.say("en")


def full_name(unit: Unit) -> Bilingual:
    """The name of `unit` with its rank.

    >>> full_name(units()["quang-nam"]).say("vi"), full_name(units()["hue"]).say("en")
    ('tỉnh Quảng Nam', 'Hue City')
    """
    if unit.kind == "province":
        english = "City" if unit.rank == "thành phố" else "Province"
        return Bilingual(f"{unit.en} {english}", vi=f"{unit.rank} {unit.vi}")
    if unit.kind in LOCAL:
        above = full_name(units()[unit.province])
        en, vi = LOCAL[unit.kind]
        return Bilingual(
            f"{unit.en} {en}, {above.say('en')}", vi=f"{vi} {unit.vi}, {above.say('vi')}"
        )
    return Bilingual(unit.en, vi=unit.vi)


def present(unit: Unit) -> tuple[Unit, ...]:
    """The units that carry `unit` on today: itself while it stands.

    >>> [each.key for each in present(units()["ha-tay"])]
    ['ha-noi']
    """
    if not unit.now:
        return (unit,)
    after = (found for key in unit.now if (found := known_unit(key)))
    return tuple(dict.fromkeys(each for one in after for each in present(one)))


def known_unit(key: str) -> Unit | None:
    """The unit of that key, at any level, or None."""
    return units().get(key) or communes().get(key)


def joined(names: Iterable[Bilingual]) -> Bilingual:
    listed = list(names)
    return Bilingual(
        _listed([name.say("en") for name in listed], " and "),
        vi=_listed([name.say("vi") for name in listed], " và "),
    )


def _listed(names: list[str], last: str) -> str:
    return last.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _of_government(name: Bilingual) -> Bilingual:
    return Bilingual(
        f"People's Committee of {name.say('en')}", vi=f"Ủy ban nhân dân {name.say('vi')}"
    )


def _at_place(name: Bilingual, at: Bilingual) -> Bilingual:
    return Bilingual(f"{name.say('en')} of {at.say('en')}", vi=f"{name.say('vi')} {at.say('vi')}")


def _then(unit: Unit, on: date | None) -> Unit:
    """`unit`, or the one unit before it that stood on the day `on`."""
    if on is None or unit.since is None or on >= unit.since:
        return unit
    before = [each for each in units().values() if unit.key in each.now and each.holds(on)]
    return before[0] if len(before) == 1 else unit


def _note(unit: Unit, then: Bilingual, now: Bilingual, on: date | None) -> Words | None:
    if then.say("vi") != now.say("vi"):
        old = Bilingual(unit.en, vi=unit.vi) if unit.kind == "province" else then
        if unit.also:
            others = joined(full_name(units()[key]) for key in unit.also)
            return Words(
                N_("{old}, now {new}; some of its tasks are now with the {others}"),
                {"old": old, "new": now, "others": others},
            )
        return Words(N_("{old}, now {new}"), {"old": old, "new": now})
    parents = [tenure.unit for tenure in unit.under]
    first = unit.parent(on) if on else (parents[0] if parents else "")
    last = unit.parent(None)
    if first and last and first != last:
        known = units()
        old, new = full_name(known[first]), full_name(known[last])
        return Words(N_("under the {old}, now under the {new}"), {"old": old, "new": new})
    return None


def resolution(match: Match, written: str, on: date | None) -> Resolution | None:
    """The meaning of `match`, written as `written`; None if several units share the name."""
    named = choose(match.units, on)
    if named is None or (named.kind in LOCAL and len(match.units) > 1):
        return None
    unit = _then(named, on)
    where = choose(match.place, on) if match.units != match.place else None
    where = _then(where, on) if where else None
    after = present(unit)
    then, now = full_name(unit), joined(full_name(each) for each in after)
    provinces = present(where) if where else after
    if where:
        then = _at_place(then, full_name(where))
        now = _at_place(now, joined(full_name(each) for each in provinces))
    province = {each.province for each in provinces}
    note = _note(unit, then, now, on)
    if match.government:
        then, now = _of_government(then), _of_government(now)
    return Resolution(
        key=f"{unit.key}@{where.key}" if where else unit.key,
        kind=unit.kind,
        written=written,
        then=then,
        now=now,
        present=tuple(each.key for each in after),
        province=province.pop() if len(province) == 1 else "",
        government=match.government,
        note=note,
        verify=unit.verify or any(each.verify for each in after),
    )
