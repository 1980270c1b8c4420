"""Offering and taking back: only whose it is, a team together, and the record keeps every move."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import Cast, Person, challenge_of, seated, staff

from vuon_web.accounts.models import Disclosure
from vuon_web.accounts.permissions import Role
from vuon_web.accounts.refusals import NotYours, Refusal
from vuon_web.accounts.visibility import Tier
from vuon_web.audit.models import Event
from vuon_web.challenges.models import Challenge
from vuon_web.labs import actions, offers

pytestmark = pytest.mark.django_db


def sees(person: Person | Client, item: Challenge) -> bool:
    """By its address, which is the way around every list."""
    client = person.client if isinstance(person, Person) else person
    status = client.get(reverse("challenges:challenge", args=[item.pk])).status_code
    assert status in (200, 404)
    return status == 200


def move(person: Person, name: str, item: Challenge, **data: Any) -> int:
    """Press the button; the status of the answer."""
    status: int = person.post(f"labs:{name}", "challenge", item.pk, **data).status_code
    return status


@pytest.mark.view("labs:offer", "works")
@pytest.mark.view("labs:take_back", "works")
def test_one_s_own_goes_up_and_comes_back(cast: Cast, stranger: Client) -> None:
    """Private, then the programme, then private again; each reader as the tier says."""
    mine = challenge_of(cast.official, "Papers are asked for twice")
    others = (cast.neighbour, cast.mentor, cast.facilitator, cast.outsider)
    assert [sees(each, mine) for each in others] == [False] * 4
    assert move(cast.official, "offer", mine, to="programme", next="/challenges/") == 302
    assert [sees(each, mine) for each in others] == [True, True, True, False]
    assert not sees(stranger, mine)
    assert move(cast.official, "take_back", mine) == 302
    assert [sees(each, mine) for each in others] == [False] * 4
    states = Disclosure.objects.values_list("from_tier", "to_tier", "state")
    assert list(states) == [("private", "programme", "taken_back")]


def test_a_room_reads_what_is_offered_to_the_room(cast: Cast) -> None:
    """The other team in it too; not the mentor, who is of the programme but not in the room."""
    mine = challenge_of(cast.official, "A queue at eight", Tier.ROOM)
    readers = (cast.neighbour, cast.mentor, cast.facilitator, cast.outsider)
    assert [sees(each, mine) for each in readers] == [True, False, False, False]


@pytest.mark.view("labs:offer", "not yours")
def test_nobody_else_moves_it(cast: Cast, stranger: Client) -> None:
    """Readers are refused, and that is in the record; who cannot read it finds nothing."""
    mine = challenge_of(cast.official, "A queue at eight", Tier.ROOM)
    events = Event.objects.count()
    assert move(cast.neighbour, "offer", mine, to="programme") == 403
    refused = Event.objects.filter(verb="refused").get()
    assert (refused.actor_id, refused.object_id) == (cast.neighbour.actor.pk, str(mine.pk))
    assert Event.objects.count() == events + 1
    for person in (cast.outsider, cast.mentor):
        assert move(person, "offer", mine, to="public") == 404
    address = reverse("labs:offer", args=["challenge", mine.pk])
    assert stranger.post(address, {"to": "public"}).status_code == 404
    assert stranger.get(address).status_code == 405
    assert move(cast.official, "offer", mine, to="everywhere") == 422
    assert cast.official.post("labs:offer", "nothing", mine.pk, to="room").status_code == 404
    assert cast.official.post("labs:offer", "challenge", uuid.uuid4(), to="room").status_code == 404
    mine.refresh_from_db()
    assert mine.tier == Tier.ROOM


@pytest.mark.view("labs:take_back", "not yours")
@pytest.mark.view("labs:agree", "not yours")
def test_nobody_else_takes_it_back_or_agrees(cast: Cast) -> None:
    """A facilitator neither: what is not theirs stays where its author put it."""
    mine = challenge_of(cast.official, "A queue at eight", Tier.PROGRAMME)
    for person in (cast.neighbour, cast.facilitator, cast.mentor):
        assert move(person, "take_back", mine) == 403
        assert move(person, "agree", mine) == 403
    assert move(cast.outsider, "take_back", mine) == 404
    mine.refresh_from_db()
    assert mine.tier == Tier.PROGRAMME


def team_of_three(cast: Cast) -> tuple[Person, Person]:
    """Two more people in the official's team."""
    second, third = seated(), seated()
    for person in (second, third):
        actions.join(session=cast.session, team=cast.team_a, by=person.actor)
    return second, third


@pytest.mark.view("labs:agree", "works")
def test_a_team_s_item_moves_when_all_who_are_present_agree(cast: Cast) -> None:
    """Proposed by one, agreed by the rest; until then it stays."""
    second, third = team_of_three(cast)
    ours = challenge_of(cast.official, "Two desks, one paper", Tier.TEAM)
    assert [sees(each, ours) for each in (second, third, cast.neighbour)] == [True, True, False]
    assert move(second, "offer", ours, to="programme") == 302
    assert move(second, "agree", ours) == 302
    assert move(second, "offer", ours, to="room") == 409, "one question at a time"
    assert not sees(cast.neighbour, ours)
    found = offers.offer_for(ours, third.audience)
    assert found and (found.agreed, found.present, found.may_agree) == (1, 3, True)
    move(cast.official, "agree", ours)
    assert not sees(cast.neighbour, ours)
    move(third, "agree", ours)
    assert sees(cast.neighbour, ours)


def test_who_has_left_is_not_waited_for(cast: Cast) -> None:
    """With the last one who has not agreed gone, the move is done."""
    second, third = team_of_three(cast)
    ours = challenge_of(cast.official, "Two desks, one paper", Tier.TEAM)
    move(cast.official, "offer", ours, to="programme")
    move(second, "agree", ours)
    assert not sees(cast.neighbour, ours)
    actions.leave(session=cast.session, by=third.actor)
    assert sees(cast.neighbour, ours)
    assert not sees(third, challenge_of(cast.official, "After they left", Tier.TEAM))


def test_one_member_can_stop_it_and_bring_it_back(cast: Cast) -> None:
    """Going out needs everybody, coming back needs one; to private only the author."""
    second, _third = team_of_three(cast)
    ours = challenge_of(cast.official, "Two desks, one paper", Tier.TEAM)
    move(cast.official, "offer", ours, to="room")
    move(second, "take_back", ours)
    assert Disclosure.objects.latest("at").state == "taken_back"
    ours.refresh_from_db()
    assert ours.tier == Tier.TEAM
    for person in (cast.official, second, _third):
        move(person, "offer", ours, to="room")
    assert sees(cast.neighbour, ours)
    move(second, "take_back", ours)
    assert not sees(cast.neighbour, ours)
    assert move(second, "take_back", ours) == 403
    assert move(cast.official, "take_back", ours) == 302
    assert not sees(second, ours)


def test_what_was_begun_alone_is_taken_along(cast: Cast) -> None:
    """A person who began before joining offers it to the team they joined later."""
    person = seated()
    mine = challenge_of(person, "Begun at home")
    Challenge.objects.filter(pk=mine.pk).update(lab=cast.lab, programme=None)
    mine.refresh_from_db()
    with pytest.raises(Refusal):
        actions.offer(item=mine, to=Tier.TEAM, by=person.actor)
    actions.join(session=cast.session, team=cast.team_a, by=person.actor)
    actions.offer(item=mine, to=Tier.TEAM, by=person.actor)
    assert sees(cast.official, mine) and not sees(cast.neighbour, mine)


def test_an_offer_until_a_day_goes_back_by_itself(cast: Cast) -> None:
    """The first request of the next day finds it where it was."""
    mine = challenge_of(cast.official, "Only for this week")
    today = timezone.localdate()
    actions.offer(item=mine, to=Tier.PROGRAMME, by=cast.official.actor, until=today)
    actions.lapse_offers()
    assert sees(cast.neighbour, mine)
    Disclosure.objects.update(until=today - timedelta(days=1))
    actions.lapse_offers()
    assert not sees(cast.neighbour, mine)
    assert Event.objects.latest("seq").actor_id is None


def test_what_is_public_stays_public(cast: Cast, stranger: Client) -> None:
    """Others may have copied it; a page offers it nowhere yet."""
    mine = challenge_of(cast.official, "For everybody")
    assert Tier.PUBLIC not in offers.offer_for(mine, cast.official.audience).up  # type: ignore[union-attr]
    actions.offer(item=mine, to=Tier.PUBLIC, by=cast.official.actor)
    assert sees(stranger, mine)
    with pytest.raises(Refusal):
        actions.take_back(item=mine, by=cast.official.actor)


def test_the_lab_s_own_is_moved_by_those_who_decide_for_the_lab(cast: Cast) -> None:
    """The facilitator and the steward, not the mentor."""
    ours = Challenge.objects.create(
        title="The lab's plan", lab=cast.lab, programme=cast.programme, main=True, tier="programme"
    )
    steward = staff(cast.lab, Role.STEWARD, "Steward")
    for person in (cast.mentor, cast.official):
        with pytest.raises(NotYours):
            actions.offer(item=ours, to=Tier.PUBLIC, by=person.actor)
    actions.offer(item=ours, to=Tier.PUBLIC, by=steward.actor)
    ours.refresh_from_db()
    assert ours.tier == Tier.PUBLIC


def test_the_page_of_an_item_offers_the_moves(cast: Cast) -> None:
    """To whom they are open, and to nobody else."""
    mine = challenge_of(cast.official, "A queue at eight", Tier.ROOM)
    page = cast.official.get("challenges:challenge", mine.pk).content.decode()
    assert reverse("labs:take_back", args=["challenge", mine.pk]) in page
    assert 'value="programme"' in page
    other = cast.neighbour.get("challenges:challenge", mine.pk).content.decode()
    assert reverse("labs:offer", args=["challenge", mine.pk]) not in other
