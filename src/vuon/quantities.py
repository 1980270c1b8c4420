"""Units of measure: read a quantity as people write it, check it, convert it, show it.

Only what models here need: times, money, people, shares, and products and quotients of their units
("person/day"). A unit is kept as powers of base units, so that adding minutes to đồng is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vuon.errors import N_, VuonError, Words

#: Units by name: how many of their base unit they hold. A month is 30.4375 days, a year 365.25.
UNITS: Mapping[str, tuple[float, str]] = MappingProxyType(
    {
        "minute": (1.0, "minute"),
        "hour": (60.0, "minute"),
        "day": (1440.0, "minute"),
        "week": (10_080.0, "minute"),
        "month": (43_830.0, "minute"),
        "year": (525_960.0, "minute"),
        "VND": (1.0, "VND"),
        "million_VND": (1e6, "VND"),
        "person": (1.0, "person"),
        "case": (1.0, "case"),
        "percent": (0.01, ""),
        "1": (1.0, ""),
    }
)
#: What people write for them.
_SPELLED = {
    "minutes": "minute", "min": "minute", "phút": "minute", "hours": "hour", "h": "hour",
    "giờ": "hour", "days": "day", "ngày": "day", "weeks": "week", "tuần": "week",
    "months": "month", "tháng": "month", "years": "year", "năm": "year", "đồng": "VND", "đ": "VND",
    "triệu": "million_VND", "persons": "person", "people": "person", "người": "person",
    "cases": "case", "hồ sơ": "case", "%": "percent", "": "1",
}  # fmt: skip
_SHOWN = {
    "minute": {"vi": "phút", "en": "min"},
    "hour": {"vi": "giờ", "en": "h"},
    "day": {"vi": "ngày", "en": "days"},
    "week": {"vi": "tuần", "en": "weeks"},
    "month": {"vi": "tháng", "en": "months"},
    "year": {"vi": "năm", "en": "years"},
    "VND": {"vi": "đồng", "en": "VND"},
    "million_VND": {"vi": "triệu đồng", "en": "million VND"},
    "person": {"vi": "người", "en": "people"},
    "case": {"vi": "hồ sơ", "en": "cases"},
    "1": {"vi": "", "en": ""},
}
_QUANTITY = re.compile(r"\s*(-?\d[\d.,\s]*?)\s*([^\d\s.,-].*)?\s*\Z")


@dataclass(frozen=True)
class Unit:
    """A unit: its size in base units and the power of each, such as person 1, minute -1."""

    factor: float
    powers: tuple[tuple[str, int], ...]

    def fits(self, other: Unit) -> bool:
        """Whether quantities of both can be added."""
        return self.powers == other.powers


def unit(text: str) -> Unit:
    """The unit that `text` names, products with * and quotients with /.

    Raises:
        VuonError: `quantity.unit` for a name that is not known.

    >>> unit("person/day").powers
    (('minute', -1), ('person', 1))
    """
    factor, powers = 1.0, dict[str, int]()
    sign = 1
    for part in re.split(r"([*/])", text.strip()):
        if part in "*/" and part:
            sign = 1 if part == "*" else -1
            continue
        name = _SPELLED.get(part.strip(), part.strip())
        if name not in UNITS:
            raise VuonError(
                "quantity.unit",
                Words(N_("{unit} is no unit that is known here."), {"unit": part.strip()}),
                Words(N_("Known are: {known}."), {"known": ", ".join(UNITS)}),
            )
        size, base = UNITS[name]
        factor *= size**sign
        if base:
            powers[base] = powers.get(base, 0) + sign
    return Unit(factor, tuple(sorted((base, n) for base, n in powers.items() if n)))


def convert(value: float, source: str, target: str) -> float:
    """The value in another unit.

    Raises:
        VuonError: `quantity.mixed` where the two measure different things.

    >>> convert(1.5, "hour", "minute")
    90.0
    """
    a, b = unit(source), unit(target)
    if not a.fits(b):
        raise VuonError(
            "quantity.mixed",
            Words(
                N_("{source} and {target} measure different things."),
                {"source": source or "1", "target": target or "1"},
            ),
            Words(N_("Choose a unit of the same kind.")),
        )
    return value * a.factor / b.factor


def parse(text: str, target: str) -> float:
    """A quantity as people write it, in the unit `target`; a bare number is in it already.

    Vietnamese numbers have a comma before the decimals and dots between thousands; a dot before
    other than three digits is taken for the decimal one.

    Raises:
        VuonError: `quantity.number` if there is no number; `quantity.unit`; `quantity.mixed`.

    >>> parse("1,5 giờ", "minute"), parse("20.000 đ", "VND"), parse("12.5", "minute")
    (90.0, 20000.0, 12.5)
    """
    match = _QUANTITY.match(text)
    if not match:
        raise VuonError(
            "quantity.number",
            Words(N_("“{text}” is no quantity."), {"text": text}),
            Words(N_("Write a number and a unit, such as 12 phút.")),
        )
    value = _number(match[1])
    return convert(value, match[2].strip(), target) if match[2] else value


def _number(text: str) -> float:
    plain = re.sub(r"\s", "", text).rstrip(".,")
    if "," in plain and re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", plain) and "." in plain:
        return float(plain.replace(",", ""))
    if "," in plain:
        return float(plain.replace(".", "").replace(",", "."))
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+", plain):
        return float(plain.replace(".", ""))
    return float(plain)


def show(value: float, name: str, language: str = "en") -> str:
    """The value with its unit as people read it, in a unit that suits its size.

    Times above two hours are shown in hours, above two days in days; money above a million in
    millions; a share as a percentage.

    >>> show(95, "minute"), show(48248, "VND", "vi"), show(3200, "minute", "vi")
    ('95 min', '48.248 đồng', '2,2 ngày')
    """
    if name in ("1", "", "percent"):
        return f"{_digits(convert(value, name, 'percent'), language)}%"
    if name in ("minute", "hour", "day"):
        minutes = convert(value, name, "minute")
        name = "minute" if abs(minutes) < 120 else "hour" if abs(minutes) < 2880 else "day"
        value = convert(minutes, "minute", name)
    if name == "VND" and abs(value) >= 1e6:
        value, name = value / 1e6, "million_VND"
    shown = _SHOWN[name][language] if name in _SHOWN else name
    return f"{_digits(value, language, whole=name == 'VND')} {shown}".rstrip()


def called(name: str, language: str = "en") -> str:
    """A unit as people read it; what is not known here stays as it is.

    >>> called("case/week"), called("case/week", "vi")
    ('cases/week', 'hồ sơ/tuần')
    """
    parts = re.split(r"([*/])", name)
    told = [_SHOWN[part][language] if part in _SHOWN else part for part in parts]
    if language == "en":
        told[1:] = parts[1:]  # a case a week: what stands below is one
    return "".join(told)


def _digits(value: float, language: str, *, whole: bool = False) -> str:
    """Three figures that mean something; thousands apart as the language writes them."""
    places = 0 if whole or abs(value) >= 20 else 1
    text = f"{value:,.{places}f}"
    text = text.removesuffix(".0") if places else text
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))
