"""Values of tags in their usual spelling; the raw value is always kept beside it."""

from __future__ import annotations

import re
from functools import lru_cache

from vuon.challenges.clean import one_line
from vuon.challenges.document import Tag
from vuon.challenges.forms import forms, norm

SDGS = {
    1: "No poverty",
    2: "Zero hunger",
    3: "Good health and well-being",
    4: "Quality education",
    5: "Gender equality",
    6: "Clean water and sanitation",
    7: "Affordable and clean energy",
    8: "Decent work and economic growth",
    9: "Industry, innovation and infrastructure",
    10: "Reduced inequalities",
    11: "Sustainable cities and communities",
    12: "Responsible consumption and production",
    13: "Climate action",
    14: "Life below water",
    15: "Life on land",
    16: "Peace, justice and strong institutions",
    17: "Partnerships for the goals",
}

#: Spellings of countries in the archive and the usual one (United Nations, short form).
_COUNTRIES = {
    "vietnam": "Viet Nam",
    "viet nam": "Viet Nam",
    "việt nam": "Viet Nam",
    "guinea bissau": "Guinea-Bissau",
    "people s republic of china": "China",
    "federation of bosnia and herzegovina": "Bosnia and Herzegovina",
    "bosnia herzegovina": "Bosnia and Herzegovina",
    "palestine": "State of Palestine",
    "state of palestine": "State of Palestine",
    "turkey": "Türkiye",
    "laos": "Lao PDR",
    "lao pdr": "Lao PDR",
    "swaziland": "Eswatini",
    "cape verde": "Cabo Verde",
    "ivory coast": "Côte d'Ivoire",
    "macedonia": "North Macedonia",
    "czech republic": "Czechia",
    "east timor": "Timor-Leste",
}

_SHAPE = re.compile(r"^\W*\[{1,2}\s*([A-Za-z_ ]+?)\s*:(.*?)(?:\]{1,2})?\s*$", re.DOTALL)
_NUMBER = re.compile(r"^\s*(?:SDG\s*)?(\d{1,2})\b", re.IGNORECASE)
_YES_NO = (("this experiment ", ""), ("no it does not ", "it does not "))


@lru_cache(maxsize=4096)
def parsed(raw: str) -> Tag:
    """The tag in raw lines that the line pass took for a tag, also a broken one.

    >>> parsed("[[Year : 2022]")
    Tag(key='year', raw='[[Year : 2022]', value='2022')
    """
    shape = _SHAPE.match(raw)
    assert shape is not None, "the line pass takes only lines of this shape for tags"
    key = shape[1].casefold().replace(" ", "_")
    return Tag(key, raw, one_line(shape[2]))


@lru_cache(maxsize=1)
def _vocabulary() -> dict[tuple[str, str], str]:
    known: dict[tuple[str, str], str] = {}
    for form in forms().values():
        for prompt in form.prompts.values():
            for option in prompt.options if prompt.tag else ():
                known.setdefault((prompt.tag, _bare(option)), as_tag(option))
    return known


def as_tag(option: str) -> str:
    """A chosen value as the exporter writes it into a tag.

    >>> as_tag("This experiment led to partnerships")
    'led to partnerships'
    """
    option = re.sub(r"^This experiment ", "", option, flags=re.IGNORECASE)
    return re.sub(r"^No, it does not ", "It does not ", option, flags=re.IGNORECASE)


def _bare(value: str) -> str:
    bare = norm(value)
    for begin, instead in _YES_NO:
        if bare.startswith(begin):
            bare = instead + bare[len(begin) :]
    return bare


def sdg_number(value: str) -> int | None:
    """The number of a goal in the value of an `sdgs` tag, 1 to 17, or None.

    >>> sdg_number("8. Decent work and economic growth")
    8
    """
    found = _NUMBER.match(value)
    if found and 1 <= int(found[1]) <= len(SDGS):
        return int(found[1])
    wanted = norm(value)
    return next((number for number, name in SDGS.items() if norm(name) == wanted), None)


@lru_cache(maxsize=4096)
def canonical(key: str, value: str) -> str:
    """The usual spelling of a tag's value; the value itself where none is known.

    >>> canonical("country", "Guinea Bissau"), canonical("sdgs", "10. Reduced innequalities")
    ('Guinea-Bissau', '10. Reduced inequalities')
    """
    if key == "country":
        return _COUNTRIES.get(norm(value), value)
    if key == "sdgs":
        number = sdg_number(value)
        return f"{number}. {SDGS[number]}" if number else value
    if key == "gender":
        return value.casefold()
    known = _vocabulary().get((key, _bare(value)))
    if known:
        return known
    if key in ("thematic_areas", "methods", "datasources"):
        return value.strip(" ,.;") or value
    return value
