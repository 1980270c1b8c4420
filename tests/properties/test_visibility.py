"""Laws of visibility: the filter and the check are one, and no tier leaks across agencies."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import challenge_of, make_cast, staff

from vuon_web.accounts.permissions import GRANTED, Permission, Role, may
from vuon_web.accounts.visibility import RULES, Audience, Tier, can_read, readable
from vuon_web.accounts.who_sees import beside, tiers
from vuon_web.challenges.models import Challenge

# A handful of each, so that drawn items and drawn audiences meet often.
ACTORS = [uuid.UUID(int=n) for n in range(1, 4)]
ROOMS = [uuid.UUID(int=n) for n in range(11, 14)]
KEYS = [1, 2, 3]

audiences = st.builds(
    Audience,
    actor_id=st.none() | st.sampled_from(ACTORS),
    teams=st.frozensets(st.sampled_from(KEYS)),
    rooms=st.frozensets(st.sampled_from(ROOMS)),
    programmes=st.frozensets(st.sampled_from(KEYS)),
    labs=st.frozensets(st.sampled_from(KEYS)),
    facilitates=st.frozensets(st.sampled_from(KEYS)),
    at_this_computer=st.booleans(),
)
fields = st.fixed_dictionaries(
    {
        "lab_id": st.sampled_from(KEYS),
        "programme_id": st.none() | st.sampled_from(KEYS),
        "agency_id": st.none() | st.sampled_from(KEYS),
        "team_id": st.none() | st.sampled_from(KEYS),
        "room": st.none() | st.sampled_from(ROOMS),
        "author_id": st.none() | st.sampled_from(ACTORS),
        "tier": st.sampled_from([tier.value for tier in Tier]),
        "to_facilitator": st.booleans(),
    }
)


@pytest.fixture(scope="module")
def shelf(django_db_setup: None, django_db_blocker: Any) -> Any:
    """A table of many different items, without the rows that their keys would point to: both
    databases look for these only at the end of a transaction, and this one is rolled back."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():

        def put(drawn: list[dict[str, Any]]) -> list[Challenge]:
            Challenge.objects.all().delete()
            return Challenge.objects.bulk_create(Challenge(title="", **each) for each in drawn)

        yield put
        transaction.set_rollback(True)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=st.lists(fields, min_size=1, max_size=25), audience=audiences)
def test_the_filter_and_the_check_are_one(
    shelf: Any, drawn: list[dict[str, Any]], audience: Audience
) -> None:
    """`readable` lets through exactly the items for which `can_read` holds."""
    items = shelf(drawn)
    by_filter = set(Challenge.objects.filter(readable(audience)).values_list("pk", flat=True))
    assert by_filter == {item.pk for item in items if can_read(item, audience)}


def item(**given: Any) -> Challenge:
    """An item that is nowhere kept."""
    return Challenge(title="", **given)


@given(drawn=fields, audience=audiences)
def test_private_is_the_author_s(drawn: dict[str, Any], audience: Audience) -> None:
    """Nobody else reads it, whatever they are, unless the author sent it to the facilitator."""
    private = item(**{**drawn, "tier": "private", "to_facilitator": False})
    expected = audience.actor_id is not None and audience.actor_id == private.author_id
    assert can_read(private, audience) is expected


@given(drawn=fields, audience=audiences)
def test_no_tier_reaches_another_agency_before_it_is_offered(
    drawn: dict[str, Any], audience: Audience
) -> None:
    """What agency B holds at private or team is read by its author and its team alone, also by
    nobody who shares room, programme and lab with them."""
    held = item(**{**drawn, "agency_id": 2, "to_facilitator": False})
    outside = replace(audience, teams=frozenset({1, 3}))
    if held.tier in ("private", "team") and held.team_id not in outside.teams:
        mine = held.author_id is not None and held.author_id == outside.actor_id
        assert can_read(held, outside) is mine


@given(drawn=fields, audience=audiences)
def test_offering_further_never_loses_a_reader(drawn: dict[str, Any], audience: Audience) -> None:
    """Every rung is read by everybody of the rungs below it."""
    read = [can_read(item(**{**drawn, "tier": tier.value}), audience) for tier in Tier]
    assert read == sorted(read)
    assert read[-1], "what is public is read by everybody"


@given(drawn=fields, audience=audiences)
def test_belonging_to_more_never_hides_anything(drawn: dict[str, Any], audience: Audience) -> None:
    """And a stranger reads nothing but what is public."""
    kept = item(**drawn)
    assert can_read(kept, Audience()) is (kept.tier == "public")
    everything = replace(
        audience,
        teams=frozenset(KEYS),
        rooms=frozenset(ROOMS),
        programmes=frozenset(KEYS),
        facilitates=frozenset(KEYS),
        at_this_computer=True,
    )
    assert can_read(kept, everything) or not can_read(kept, audience)


@given(drawn=fields, audience=audiences)
def test_roles_open_no_text(drawn: dict[str, Any], audience: Audience) -> None:
    """What somebody may do says nothing of what they read: only where they belong does."""
    all_roles = frozenset((role, lab) for role in Role for lab in KEYS)
    assert can_read(item(**drawn), replace(audience, roles=all_roles)) is can_read(
        item(**drawn), audience
    )


@pytest.mark.django_db
def test_neither_steward_nor_host_nor_reader_of_figures_reads_the_programme() -> None:
    """Staff who accompany belong to the programme; who only counts does not."""
    cast = make_cast()
    offered = challenge_of(cast.official, "Offered to the programme", Tier.PROGRAMME)
    reads = {
        role: can_read(offered, staff(cast.lab, role, f"{role.value}-too").audience)
        for role in (Role.MENTOR, Role.MODERATOR, Role.STEWARD, Role.LAB_READER)
    }
    assert reads == {
        Role.MENTOR: True, Role.MODERATOR: True, Role.STEWARD: True, Role.LAB_READER: False,
    }  # fmt: skip


def test_permissions_hold_in_one_s_own_lab_only() -> None:
    """A role in one lab is none in another, and a visitor may take a seat and nothing else."""
    for role in Role:
        audience = Audience(roles=frozenset({(role, 1)}), labs=frozenset({1}))
        for permission in Permission:
            assert may(audience, permission, 1) is (
                permission in GRANTED[role] | GRANTED[Role.VISITOR]
            )
            assert may(audience, permission, 2) is (permission in GRANTED[Role.VISITOR])
    assert GRANTED[Role.VISITOR] == {Permission.SEAT_TAKE}


def test_who_sees_what_is_made_from_the_rules() -> None:
    """Every rule stands on the page exactly once; every tier has a row that says something."""
    rows = list(tiers())
    assert [row.what for row in rows] == [tier.label for tier in Tier]
    assert all(row.who for row in rows)
    assert len(rows) + len(list(beside())) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
