"""Other people's experiments: what was compared, what a claim can rest on, what would have helped.

A record is what an experiment document says in its own answers and tags; how it is read from a
file is the business of whoever calls. Nothing here ranks people or places: it describes a record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb, sqrt

from vuon.errors import N_, Words
from vuon.trials.design import fewest

DIFFERENT, BEFORE, NOTHING, UNKNOWN = "different", "before", "none", "unknown"
#: The bands of sizes of the form, with the smallest and the largest number in them.
BANDS = {
    "1": (1, 1),
    "2-9": (2, 9),
    "10-49": (10, 49),
    "50-99": (50, 99),
    "100-999": (100, 999),
    "More than 1,000": (1000, 9999),
}
#: Words by which a text tells that something was thought of; stems in the languages of the archive.
CUES = {
    "consent": r"consent|consentim|consentement|đồng ý tham gia",
    "stop": r"stop(ping)? rule|guardrail|early stop|quy tắc dừng|ngưỡng an toàn",
    "complaint": r"complain|grievance|queja|plainte|khiếu nại|phản ánh",
    "registered": r"pre-?regist|pre-analysis|osf\.io|đăng ký trước",
}
_NOUNS = (
    r"(?:public |secondary |high |primary |different |diferentes |local )*"
    r"(schools?|class(?:es|rooms?)?|courses?|cursos?|escuelas?|écoles?|markets?|municipalit(?:y|ies)|"
    r"municipios?|villages?|wards?|neighbou?rhoods?|barrios?|districts?|business units?|shops?|"
    r"salons?|parks?|sites?|lớp|trường|xã|phường|chợ)\b"
)
_GROUPS = re.compile(rf"\b{_NOUNS}", re.IGNORECASE)
_WORDS = dict(
    zip(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
        range(2, 11),
        strict=True,
    )
)
_COUNTED = re.compile(rf"\b(\d{{1,2}}|{'|'.join(_WORDS)})\s+{_NOUNS}", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w/.-])\d+(?:[.,]\d+)?")
#: Digits that are no outcome: addresses, years, numbered hypotheses and steps.
_NO_OUTCOME = re.compile(
    r"https?://\S+|\b(?:19|20)\d\d\b|\b(?:hypothes[ie]s|hip[oó]tesis|h)\s*#?\d+|^\s*\d+[.)]",
    re.IGNORECASE | re.MULTILINE,
)
_TARGET = re.compile(r"\d+(?:[.,]\d+)?\s*(%|percent|per cent|por ciento|pour cent)", re.IGNORECASE)
_SURE = re.compile(r"\bprov(en|ed|ing)\b|comprob|prouv|validat|confirm|đúng", re.IGNORECASE)
_INTERVAL = re.compile(
    r"confidence interval|p\s*[<=]\s*0?[.,]\d|95\s*%\s*(ci|ic)|standard error", re.I
)


@dataclass(frozen=True)
class Record:
    """What a document says of its experiment; empty where it says nothing.

    Args:
        control: the answers on a control group, as in the form.
        assignment: the answers on how groups were formed.
        sizes: the ticked bands of sample size.
        status: the stage it says it is at.
        unit, hypothesis, verdict, everything: answers as text; `everything` is all of them.
    """

    title: str
    control: tuple[str, ...] = ()
    assignment: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    unit: str = ""
    hypothesis: str = ""
    verdict: str = ""
    everything: str = ""


@dataclass(frozen=True)
class Review:
    """What such a record can carry.

    Args:
        comparison: a different group, the same one before, none, or unknown.
        by_lot: whether the record says that chance decided; None where it does not tell.
        units: the smallest and largest number of units in the smallest ticked band; None untold.
        smallest_p: at the upper and at the lower end of it, if all were drawn and none in groups.
        detectable: in standard deviations, found in four of five trials, at those ends.
        groups: whether the unit of analysis names groups, which then are what can be read.
        counted: how many groups it names, and their noun; None where it names no number.
        strength: test, comparison, before_after, story or no_result.
        can_confirm: whether it has what a confirming trial needs: a lot and a group of its own.
        rests_on, missing, would_help: in words.
        contradictions: what the record says in two ways.
    """

    title: str
    comparison: str
    by_lot: bool | None
    units: tuple[int, int] | None
    smallest_p: tuple[Fraction, Fraction] | None
    detectable: tuple[float | None, float | None] | None
    groups: bool
    counted: tuple[int, str] | None
    strength: str
    can_confirm: bool
    rests_on: Words
    missing: tuple[Words, ...]
    would_help: tuple[Words, ...]
    contradictions: tuple[Words, ...]


def review(record: Record) -> Review:
    """What a record can carry, and what is missing in it.

    >>> found = review(Record("x", ("Yes, a different group entirely",), ("non-random assignment",),
    ...                       ("2-9",), verdict="It worked."))
    >>> found.comparison, found.can_confirm, found.strength
    ('different', False, 'story')
    """
    comparison, by_lot = _comparison(record), _by_lot(record)
    band = _band(record)
    groups = bool(_GROUPS.search(record.unit))
    counted = _counted(record.unit)
    odd = _contradictions(record, by_lot, comparison)
    strength = _strength(record, comparison, by_lot, band, bool(odd))
    return Review(
        title=record.title,
        comparison=comparison,
        by_lot=by_lot,
        units=band,
        smallest_p=(best_p(band[1]), best_p(band[0])) if band else None,
        detectable=(_found(band[1]), _found(band[0])) if band else None,
        groups=groups,
        counted=counted,
        strength=strength,
        can_confirm=bool(by_lot) and comparison == DIFFERENT,
        rests_on=_rests_on(comparison, by_lot, band),
        missing=_missing(record, comparison, by_lot, band),
        would_help=_would_help(comparison, by_lot, band, groups),
        contradictions=odd,
    )


def _comparison(record: Record) -> str:
    said = " ".join(record.control).lower()
    if "different group" in said:
        return DIFFERENT
    if "same group" in said:
        return BEFORE
    return NOTHING if "not use" in said else UNKNOWN


def _by_lot(record: Record) -> bool | None:
    said = [each.lower() for each in record.assignment]
    if not said:
        return None
    # Two answers that differ count as the weaker one.
    return all("random assignment" in each and "non" not in each for each in said)


def _band(record: Record) -> tuple[int, int] | None:
    """The smallest of the ticked bands: a record that ticks two claims no more than that."""
    known = {re.sub(r"\W", "", key.lower()): band for key, band in BANDS.items()}
    found = [
        known[key] for each in record.sizes if (key := re.sub(r"\W", "", each.lower())) in known
    ]
    return min(found) if found else None


def _counted(text: str) -> tuple[int, str] | None:
    """The first number of groups that a text names, with their noun."""
    found = _COUNTED.search(text)
    if not found:
        return None
    said = found[1].lower()
    return _WORDS.get(said) or int(said), found[2].lower()


def best_p(units: int) -> Fraction:
    """The smallest p of a lot of so many in two halves.

    >>> best_p(8)
    Fraction(1, 35)
    """
    ways = comb(units, units // 2)
    return Fraction(2 if units % 2 == 0 and units > 1 else 1, ways) if units > 1 else Fraction(1)


@lru_cache
def _found(units: int) -> float | None:
    """The effect found in four of five trials with two equal groups, in standard deviations."""
    if units < fewest():
        return None
    from vuon.special import normal_quantile, t_quantile

    # The bell-curve approximation with Student's t; within some hundredths of the simulated power.
    small, large = units // 2, units - units // 2
    reach = t_quantile(units - 2, 0.975) + normal_quantile(0.8)
    return round(reach * sqrt(1 / small + 1 / large), 2)


def _contradictions(record: Record, by_lot: bool | None, comparison: str) -> tuple[Words, ...]:
    found = []
    if len(set(record.assignment)) > 1:
        found.append(Words(N_("It says both that a lot decided and that none did.")))
    if by_lot and comparison in (NOTHING, BEFORE):
        found.append(
            Words(N_("It says “random”, but names no other group that a lot could have made."))
        )
    if record.verdict and any("design" in each.lower() for each in record.status):
        found.append(Words(N_("It says it is being designed, and gives a result.")))
    return tuple(found)


def _strength(
    record: Record,
    comparison: str,
    by_lot: bool | None,
    band: tuple[int, int] | None,
    odd: bool,
) -> str:
    """The label of the library of cases: from how it was done, how many, and what is told."""
    if not record.verdict:
        return "no_result"
    d = {DIFFERENT: 3 if by_lot else 2, BEFORE: 1}.get(comparison, 0)
    enough = band is not None and band[0] >= 10
    numbers = _numbers(record.verdict)
    labels = ["story", "before_after", "comparison", "test"]
    at = 0
    if numbers and d:
        at = 3 if d == 3 and enough else min(d, 2)
    return labels[max(0, at - 1) if odd else at]


def _numbers(text: str) -> bool:
    """Whether a result holds a number that could be an outcome."""
    return bool(_NUMBER.search(_NO_OUTCOME.sub(" ", text)))


def _rests_on(comparison: str, by_lot: bool | None, band: tuple[int, int] | None) -> Words:
    small = band is not None and band[1] < fewest()
    if comparison == DIFFERENT and by_lot:
        if small:
            return Words(N_("On a lot among so few that no result can rule out chance."))
        return Words(N_("On a lot: it can carry a cause, if what was drawn is what was read."))
    if comparison == DIFFERENT:
        return Words(N_("On two groups that nobody drew: they may have differed from the start."))
    if comparison == BEFORE:
        return Words(N_("On before and after: whatever else changed may have made the difference."))
    return Words(N_("On what was seen: that it is feasible, what people said, harm; no cause."))


def _missing(
    record: Record, comparison: str, by_lot: bool | None, band: tuple[int, int] | None
) -> tuple[Words, ...]:
    text = record.everything
    asked = (
        (comparison not in (NOTHING, UNKNOWN), N_("a comparison")),
        (by_lot is not None, N_("how groups were formed")),
        (band is not None, N_("how many")),
        (bool(_TARGET.search(record.hypothesis)), N_("the gain that would have been worth it")),
        (bool(record.verdict), N_("a result")),
        (not record.verdict or _numbers(record.verdict), N_("numbers in the result")),
        (not record.verdict or bool(_INTERVAL.search(text)), N_("an interval or p")),
        (bool(re.search(CUES["registered"], text, re.I)), N_("a plan written down beforehand")),
        (bool(re.search(CUES["consent"], text, re.I)), N_("consent")),
        (bool(re.search(CUES["stop"], text, re.I)), N_("a stop rule")),
        (bool(re.search(CUES["complaint"], text, re.I)), N_("where to complain")),
    )
    return tuple(Words(words) for there, words in asked if not there)


def _would_help(
    comparison: str, by_lot: bool | None, band: tuple[int, int] | None, groups: bool
) -> tuple[Words, ...]:
    found = []
    if comparison in (NOTHING, UNKNOWN):
        found.append(Words(N_("Let some begin later, and compare with them.")))
    if not by_lot and comparison in (DIFFERENT, BEFORE):
        found.append(Words(N_("Let a public lot decide who begins: it costs a morning.")))
    if band and band[0] < fewest():
        found.append(
            Words(N_("With so few, go to and fro in blocks, or draw who starts when; a lot once "
                     "needs at least {count}."), {"count": fewest()})
        )  # fmt: skip
    if groups:
        found.append(Words(N_("Draw and read groups: people in one group count as one.")))
    if not found:
        found.append(
            Words(N_("Name the gain that would be worth it before the start, and seal it."))
        )
    return tuple(found)


def claims_more(record: Record) -> bool:
    """Whether a result speaks of being sure, which no single trial is.

    >>> claims_more(Record("x", verdict="The hypothesis was proved."))
    True
    """
    return bool(_SURE.search(record.verdict))
