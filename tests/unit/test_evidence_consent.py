"""Consent: the least that anybody allows, from the first day to the last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.evidence.consent import (
    BASES,
    FORMS,
    NO_BASIS,
    TIERS,
    Ceiling,
    Consent,
    Scope,
    ceiling,
    least,
    may,
    reach,
    stands,
)

DAY = date(2026, 8, 3)
ALL = frozenset(Scope)
days = st.integers(0, 60).map(lambda n: DAY + timedelta(n))
consents = st.builds(
    lambda person, scopes, given_on, last, back: Consent(
        person,
        frozenset(scopes),
        "paper",
        given_on,
        None if last is None else given_on + timedelta(last),
        back,
    ),
    st.sampled_from(("Reed", "Moss", "Fern")),
    st.sets(st.sampled_from(list(Scope))),
    days,
    st.one_of(st.none(), st.integers(0, 40)),
    st.one_of(st.none(), days),
)


def height(found: Ceiling) -> tuple[int, int]:
    """Tier and form as numbers."""
    return TIERS.index(found.tier), FORMS.index(found.form)


@pytest.mark.parametrize(
    ("scopes", "tier", "form"),
    [
        ("", "team", "hidden"),
        ("quote_paraphrase", "team", "paraphrase"),
        ("quote_verbatim share_in_lab", "programme", "verbatim"),
        ("quote_paraphrase share_publicly", "public", "paraphrase"),
        ("quote_verbatim share_publicly", "public", "verbatim"),
        ("audio photo recontact", "team", "hidden"),
    ],
)
def test_what_is_not_named_is_not_allowed(scopes: str, tier: str, form: str) -> None:
    """Each scope opens what it names; silence opens nothing."""
    said = Consent("Reed", frozenset(map(Scope, scopes.split())), "digital", DAY)
    found = reach(said, DAY)
    assert (found.tier, found.form) == (tier, form)
    assert found.held_by == (() if height(found) == (2, 2) else ("Reed",))


def test_it_stands_from_its_first_day_to_its_last() -> None:
    """And on the day of the withdrawal no more."""
    said = Consent("Reed", ALL, "paper", DAY, DAY + timedelta(9), DAY + timedelta(5))
    assert [n for n in range(-2, 15) if stands(said, DAY + timedelta(n))] == [0, 1, 2, 3, 4]


def test_the_latest_word_of_a_person_decides() -> None:
    """A narrower form signed later narrows; a wider one does not undo a withdrawal after it."""
    wide = Consent("Reed", ALL, "paper", DAY)
    narrow = Consent("Reed", frozenset({Scope.QUOTE_PARAPHRASE}), "paper", DAY + timedelta(2))
    later = DAY + timedelta(9)
    assert ceiling([narrow, wide], later) == Ceiling("team", "paraphrase", ("Reed",), ("Reed",))
    assert ceiling([narrow, wide], DAY) == Ceiling("public", "verbatim")
    back = Consent("Reed", ALL, "paper", DAY, withdrawn=DAY + timedelta(5))
    assert ceiling([narrow, back], later).form == "hidden"
    again = Consent("Reed", ALL, "paper", DAY + timedelta(7))
    assert ceiling([back, again], later).form == "verbatim"


def test_without_anybody_asked_only_a_basis_opens() -> None:
    """A room that was watched: the programme, in other words; nothing stated: nobody."""
    assert (
        ceiling([], DAY)
        == ceiling([], DAY, "because")
        == Ceiling("team", "hidden", (NO_BASIS,), (NO_BASIS,))
    )
    assert height(ceiling([], DAY, "observation")) == (1, 1)
    for basis in BASES:
        refused = Consent("Reed", frozenset(), "paper", DAY)
        assert ceiling([refused], DAY, basis) == Ceiling("team", "hidden", ("Reed",), ("Reed",))


def test_a_recording_needs_everybody() -> None:
    """One who did not agree to be recorded is enough."""
    reed, moss = Consent("Reed", ALL, "paper", DAY), Consent("Moss", frozenset(), "paper", DAY)
    assert may([reed], Scope.AUDIO, DAY)
    assert not may([reed, moss], Scope.AUDIO, DAY)
    assert not may([], Scope.AUDIO, DAY)


def test_who_holds_only_the_form_down_is_not_named_for_the_tier() -> None:
    """A ceiling taken together with a higher one of the same source stays as it is."""
    reed = Consent("Reed", frozenset({Scope.QUOTE_VERBATIM}), "paper", DAY)
    moss = Consent("Moss", frozenset({Scope.QUOTE_PARAPHRASE, Scope.SHARE_IN_LAB}), "paper", DAY)
    fern = Consent("Fern", frozenset(), "paper", DAY)
    before, after = ceiling([reed, moss], DAY), ceiling([reed, moss, fern], DAY)
    assert (before.tier_by, before.form_by) == (("Reed",), ("Moss",))
    assert least([after, before]) == after and after.held_by == ("Reed", "Fern")


@given(st.lists(consents, max_size=5), consents, days)
def test_one_voice_more_never_opens_more(some: list[Consent], one: Consent, day: date) -> None:
    """The least over persons; who holds it down is named, and without them it is higher."""
    others = [each for each in some if each.participant != one.participant]
    before, after = ceiling(others, day), ceiling([*others, one], day)
    if others:
        assert all(a <= b for a, b in zip(height(after), height(before), strict=True))
    assert all(a <= b for a, b in zip(height(after), height(reach(one, day)), strict=True))
    assert least([after, before] if others else [after]) == after
    if height(after) != (2, 2):
        assert after.held_by
        rest = [each for each in [*others, one] if each.participant not in after.held_by]
        assert not rest or height(ceiling(rest, day)) > height(after)


def test_unknown_ways_and_days_are_refused() -> None:
    """A mistyped form is found when it is typed."""
    with pytest.raises(VuonError, match="shouted"):
        Consent("Reed", ALL, "shouted", DAY)
    with pytest.raises(VuonError, match="before the day"):
        Consent("Reed", ALL, "paper", DAY, DAY - timedelta(1))
