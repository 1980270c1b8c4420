"""One seed for all teams of a session: opened, entered, held back, talked about together."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.practice_games import Player, finished, taster

from vuon.practice.worlds import KERNEL, TABLES
from vuon_web.practice.models import Game, Round

pytestmark = pytest.mark.django_db


def opened(cast: Any, mode: str = "taster") -> Round:
    cast.facilitator.post("practice:open_round", cast.session.pk, place="song-an", mode=mode)
    return Round.objects.get()


def entered(person: Any, round_: Round) -> Player:
    response = person.post("practice:enter_round", round_.pk)
    found = re.search(r"/g/([0-9a-f-]{36})/", response["Location"])
    assert found
    return Player(Game.objects.get(pk=found[1]), person.client)


def first_beans(player: Player) -> Player:
    beans = {"beans-words": "9", "beans-data": "5", "beans-load": "4", "beans-extra": "2"}
    player.post("beans", **beans)
    return player


@pytest.mark.view("practice:open_round", "works")
@pytest.mark.view("practice:enter_round", "works")
@pytest.mark.view("practice:round", "works")
@pytest.mark.view("practice:hold_round", "works")
def test_two_teams_play_one_ward_and_talk_about_it_together(english: Any) -> None:
    cast = english
    run = cast.facilitator.get("labs:run", cast.session.pk).content.decode()
    assert "Practise together" in run
    round_ = opened(cast)
    assert "Phường Sông An" in cast.official.get("labs:session", cast.session.pk).content.decode()
    one, two = entered(cast.official, round_), entered(cast.neighbour, round_)
    assert one.game.pk != two.game.pk
    assert one.game.seed == two.game.seed == round_.seed
    assert entered(cast.official, round_).game.pk == one.game.pk
    taster(first_beans(one))
    assert "A year goes by" in one.text("year")
    assert "A year goes by" in one.text("debrief")
    page = cast.facilitator.get("practice:round", round_.pk).content.decode()
    assert "Team A" in page
    assert "decided" in page
    assert "What was true" not in page
    taster(first_beans(two))
    cast.facilitator.post("practice:hold_round", round_.pk, held="no")
    cause = one.played.world.place.cause(one.played.draw.cause)
    for person in (cast.official, cast.neighbour, cast.facilitator):
        page = person.get("practice:round", round_.pk).content.decode()
        assert cause.title.en in page
        assert page.count('class="dot-new"') == 2
        assert page.index("Team A") < page.index("Team B")
    assert "mail-letter" in one.text("year")
    cast.facilitator.post("practice:hold_round", round_.pk, held="yes")
    assert "A year goes by" in one.text("year")


def test_a_team_on_two_phones_plays_one_game(cast: Any) -> None:
    from tests.factories import seated

    from vuon_web.labs import actions

    round_ = opened(cast, "full")
    mate = seated()
    actions.join(session=cast.session, team=cast.team_a, by=mate.actor)
    one, two = entered(cast.official, round_), entered(mate, round_)
    assert one.game.pk == two.game.pk
    first_beans(one)
    two.post("move", "observe")
    assert one.played.state.days == 4


def test_the_whole_cycle_in_a_round_is_held_too(cast: Any) -> None:
    player = finished(first_beans(entered(cast.official, opened(cast, "full"))))
    assert player.get("pulse").json()["held"] is True
    assert player.post("again", **{"from": "1"}).status_code == 200
    assert Game.objects.count() == 1, "no second look while it is held"


@pytest.mark.view("practice:open_round", "not yours")
@pytest.mark.view("practice:enter_round", "not yours")
@pytest.mark.view("practice:round", "not yours")
@pytest.mark.view("practice:hold_round", "not yours")
def test_rounds_are_run_by_facilitators_and_entered_by_those_in_the_room(cast: Any) -> None:
    address = reverse("practice:open_round", args=[cast.session.pk])
    for person in (cast.official, cast.outsider, cast.mentor):
        sent = person.client.post(address, {"place": "song-an", "mode": "full"})
        assert sent.status_code == 404
    assert not Round.objects.exists()
    round_ = opened(cast)
    for person in (cast.official, cast.outsider):
        assert person.post("practice:hold_round", round_.pk, held="no").status_code == 404
        assert person.get("practice:round", round_.pk).status_code == 404, "held back"
    assert cast.outsider.post("practice:enter_round", round_.pk).status_code == 404
    stranger = Client()
    assert stranger.post(reverse("practice:enter_round", args=[round_.pk])).status_code == 404
    cast.facilitator.post("practice:hold_round", round_.pk, held="no")
    assert cast.official.get("practice:round", round_.pk).status_code == 200
    assert cast.outsider.get("practice:round", round_.pk).status_code == 404
    assert Round.objects.get().held is False


def test_all_teams_of_a_round_play_in_its_world(cast: Any) -> None:
    """A round that was opened before places had weeks that run goes on without them."""
    round_ = opened(cast, "full")
    assert round_.world == KERNEL
    Round.objects.filter(pk=round_.pk).update(world=TABLES)
    assert entered(cast.official, round_).game.world == TABLES


def test_a_place_or_mode_that_is_not_there(cast: Any) -> None:
    for place, mode in (("nowhere", "full"), ("song-an", "endless")):
        response = cast.facilitator.post(
            "practice:open_round", cast.session.pk, place=place, mode=mode
        )
        assert response.status_code == 404
