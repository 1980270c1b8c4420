"""Consent travels with what somebody said: how far it may be shown, and in which form.

Silence is no consent, and the training of machines is never among the scopes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from vuon.errors import N_, VuonError, Words


class Scope(StrEnum):
    """What somebody allows."""

    QUOTE_VERBATIM = "quote_verbatim"
    QUOTE_PARAPHRASE = "quote_paraphrase"
    AUDIO = "audio"
    PHOTO = "photo"
    SHARE_IN_LAB = "share_in_lab"
    SHARE_PUBLICLY = "share_publicly"
    RECONTACT = "recontact"


METHODS = ("paper", "verbal-recorded", "digital")
#: Who may read, from the fewest to all.
TIERS = ("team", "programme", "public")
#: How the words may appear, from not at all to as they were said.
FORMS = ("hidden", "paraphrase", "verbatim")
#: Stands in `Ceiling.held_by` where there is neither a consent nor another legal basis.
NO_BASIS = "no_basis"


@dataclass(frozen=True)
class Consent:
    """What one participant allowed for one source.

    Args:
        participant: the pseudonym.
        scopes: what is allowed; what is not named is not allowed.
        method: one of `METHODS`.
        given: the first day on which it stands.
        expires: the last day on which it stands; None if it has no end.
        withdrawn: the day from which it no longer stands; None if it was not taken back.
        form_version: the form that was read or heard.

    Raises:
        VuonError: `consent.method`, `consent.days` if it expires before it is given.
    """

    participant: str
    scopes: frozenset[Scope]
    method: str
    given: date
    expires: date | None = None
    withdrawn: date | None = None
    form_version: str = ""

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise VuonError(
                "consent.method",
                Words(N_("“{method}” is no way to give consent."), {"method": self.method}),
                Words(N_("Choose one of: {known}."), {"known": ", ".join(METHODS)}),
            )
        if self.expires is not None and self.expires < self.given:
            raise VuonError(
                "consent.days",
                Words(N_("The consent ends before the day on which it is given.")),
                Words(N_("Correct one of the two days.")),
            )


@dataclass(frozen=True)
class Ceiling:
    """How far something may be shown at most.

    Args:
        tier: one of `TIERS`.
        form: one of `FORMS`.
        tier_by, form_by: what holds each of them down: participants, `NO_BASIS`, or the legal
            basis. They are kept apart, since who holds the form down may allow any tier.
    """

    tier: str
    form: str
    tier_by: tuple[str, ...] = ()
    form_by: tuple[str, ...] = ()

    @property
    def held_by(self) -> tuple[str, ...]:
        """What holds it down, each once."""
        return tuple(dict.fromkeys((*self.tier_by, *self.form_by)))


OPEN = Ceiling("public", "verbatim")


def _held(tier: str, form: str, by: str) -> Ceiling:
    """A ceiling that one thing holds down, as far as it is down."""
    return Ceiling(
        tier, form, (by,) if tier != OPEN.tier else (), (by,) if form != OPEN.form else ()
    )


SHUT = Ceiling("team", "hidden")

#: How far something reaches on a legal basis other than consent.
BASES: Mapping[str, Ceiling] = MappingProxyType(
    {
        # A room that everybody may enter, without persons: nobody is named, so the programme may
        # read of it. Not in public and not word for word: a time and a counter can name a clerk,
        # and what was overheard was not said to us.
        "observation": _held("programme", "paraphrase", "observation"),
        # The papers of an office, used for its own work: its people did not agree to be read
        # elsewhere.
        "record": _held("team", "paraphrase", "record"),
        # What is published may be quoted, with its source.
        "published": OPEN,
    }
)


def stands(consent: Consent, day: date) -> bool:
    """Whether a consent holds on `day`: on its last day still, on the day of withdrawal no more.

    >>> said = Consent("Reed", frozenset(), "paper", date(2026, 8, 3), expires=date(2026, 8, 31))
    >>> stands(said, date(2026, 8, 31)), stands(said, date(2026, 9, 1))
    (True, False)
    """
    ended = consent.expires is not None and day > consent.expires
    taken_back = consent.withdrawn is not None and day >= consent.withdrawn
    return consent.given <= day and not ended and not taken_back


def reach(consent: Consent, day: date) -> Ceiling:
    """How far one consent reaches on `day`.

    To share publicly includes the programme; to quote word for word includes to paraphrase.

    >>> said = Consent("Reed", frozenset({Scope.QUOTE_PARAPHRASE, Scope.SHARE_IN_LAB}), "paper",
    ...                date(2026, 8, 3))
    >>> reach(said, date(2026, 8, 4))
    Ceiling(tier='programme', form='paraphrase', tier_by=('Reed',), form_by=('Reed',))
    """
    if not stands(consent, day):
        return _held(SHUT.tier, SHUT.form, consent.participant)
    tier, form = SHUT.tier, SHUT.form
    if Scope.SHARE_PUBLICLY in consent.scopes:
        tier = "public"
    elif Scope.SHARE_IN_LAB in consent.scopes:
        tier = "programme"
    if Scope.QUOTE_VERBATIM in consent.scopes:
        form = "verbatim"
    elif Scope.QUOTE_PARAPHRASE in consent.scopes:
        form = "paraphrase"
    return _held(tier, form, consent.participant)


def least(ceilings: Iterable[Ceiling]) -> Ceiling:
    """The lowest of some ceilings, for something that rests on several sources; open if none.

    It may come from two of them: one holds the tier down, another the form.

    >>> least([_held("public", "paraphrase", "Reed"), _held("team", "verbatim", "Moss")])
    Ceiling(tier='team', form='paraphrase', tier_by=('Moss',), form_by=('Reed',))
    """
    every = list(ceilings)
    tier = min((each.tier for each in every), key=TIERS.index, default=OPEN.tier)
    form = min((each.form for each in every), key=FORMS.index, default=OPEN.form)
    tier_by = (name for each in every if each.tier == tier for name in each.tier_by)
    form_by = (name for each in every if each.form == form for name in each.form_by)
    return Ceiling(tier, form, tuple(dict.fromkeys(tier_by)), tuple(dict.fromkeys(form_by)))


def ceiling(consents: Iterable[Consent], day: date, basis: str = "") -> Ceiling:
    """How far a source may be shown: the least that anybody in it allows.

    Of several consents of one person the latest decides, because it is what they last wanted;
    a withdrawal on or after that day ends all. With consents the basis does not count: who was
    asked is not overruled. Without any, it reaches as far as its basis in `BASES`, each with its
    reason there; without a basis it is hidden and stays with the team.

    Args:
        consents: those of every participant, also ended ones.
        day: the day on which it is asked.
        basis: a key of `BASES`, or nothing.

    >>> ceiling([], date(2026, 8, 3), "observation")
    Ceiling(tier='programme', form='paraphrase', tier_by=('observation',), form_by=('observation',))
    >>> ceiling([], date(2026, 8, 3)).form
    'hidden'
    """
    deciding = _deciding(consents, day)
    if not deciding:
        return BASES.get(basis, _held(SHUT.tier, SHUT.form, NO_BASIS))
    return least(reach(each, day) for each in deciding)


def may(consents: Iterable[Consent], scope: Scope, day: date) -> bool:
    """Whether everybody allows `scope` on `day`; nobody asked, nobody allowed.

    For what is not a matter of tier and form: a recording, a photo, being asked again.
    """
    deciding = _deciding(consents, day)
    return bool(deciding) and all(stands(each, day) and scope in each.scopes for each in deciding)


def _deciding(consents: Iterable[Consent], day: date) -> list[Consent]:
    """For each person the consent that decides on `day`."""
    by_person: dict[str, list[Consent]] = {}
    for each in consents:
        by_person.setdefault(each.participant, []).append(each)
    return [_last(each, day) for each in by_person.values()]


def _last(every: list[Consent], day: date) -> Consent:
    # One that only begins later does not hold yet, but tells that the person was asked.
    begun = [each for each in every if each.given <= day] or every
    latest = max(begun, key=lambda each: (each.given, -len(each.scopes)))
    for each in begun:
        if each.withdrawn is not None and latest.given <= each.withdrawn <= day:
            return each
    return latest
