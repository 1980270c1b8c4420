"""Joining and seats: a look makes nobody, a reload loses nobody, two people are never one."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.factories import Cast, Person, challenge_of, open_room, seated

from vuon_web.accounts import actions as people
from vuon_web.accounts import tokens
from vuon_web.accounts.guesses import GUESSES
from vuon_web.accounts.models import Actor, Seat
from vuon_web.accounts.seats import COOKIE
from vuon_web.labs import actions, queries
from vuon_web.labs.models import Participation, Session

pytestmark = pytest.mark.django_db


class Clock:
    """Seconds, moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def join_page(session: Session) -> str:
    """The address on the poster."""
    return reverse("labs:join_code", args=[session.code])


@pytest.mark.view("labs:join", "works")
def test_a_code_leads_to_its_session(cast: Cast, stranger: Client) -> None:
    """In small letters, with spaces and hyphens as people type them."""
    assert stranger.get(reverse("labs:join")).status_code == 200
    typed = f" {cast.session.code[:3].lower()}-{cast.session.code[3:].lower()} "
    response = stranger.post(reverse("labs:join"), {"code": typed})
    assert response.url == join_page(cast.session)


@pytest.mark.view("labs:join", "not yours")
@pytest.mark.view("labs:join_code", "not yours")
def test_a_code_that_leads_nowhere_says_so(cast: Cast, stranger: Client) -> None:
    """Not a code at all, an unknown one, and that of a session that is over."""
    actions.close_session(session=cast.session, by=cast.facilitator.actor)
    for code in ("hello", "BBBBBB", cast.session.code):
        assert stranger.post(reverse("labs:join"), {"code": code}).status_code == 422
        assert stranger.get(f"/join/{code}/").status_code == 422
    assert cast.session.title not in stranger.get(f"/join/{cast.session.code}/").content.decode()


@pytest.mark.view("labs:join_code", "works")
def test_looking_makes_no_seat_and_the_button_makes_one(cast: Cast, stranger: Client) -> None:
    """A chat program that fetches the link beforehand sits nowhere."""
    actors = Actor.objects.count()
    for _ in range(3):
        page = stranger.get(join_page(cast.session)).content.decode()
        assert cast.session.title in page
    assert stranger.head(join_page(cast.session)).status_code == 200
    assert Actor.objects.count() == actors
    response = stranger.post(join_page(cast.session))
    assert response.url == reverse("labs:session", args=[cast.session.pk])
    assert Actor.objects.count() == actors + 1


def test_the_seat_is_a_cookie_that_no_page_can_read(cast: Cast, stranger: Client) -> None:
    """HttpOnly, SameSite, 256 bits, only its hash kept, never in an address, never cached."""
    response = stranger.post(join_page(cast.session))
    cookie = response.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert tokens.is_formed(cookie.value) and len(cookie.value) == 43
    assert not Seat.objects.filter(token_hash=cookie.value).exists()
    assert Seat.objects.filter(token_hash=tokens.digest(cookie.value)).exists()
    assert cookie.value not in response.url
    page = stranger.get(response.url)
    assert page["Cache-Control"] == "private, no-store"
    assert "Cookie" in page["Vary"]
    assert cookie.value not in page.content.decode()


@pytest.mark.view("labs:session", "works")
def test_a_reload_keeps_the_seat_and_the_pseudonym(cast: Cast, official: Person) -> None:
    """Whatever is loaded again, also the address on the poster."""
    called = official.actor.called
    for _ in range(2):
        assert called in official.get("labs:session", cast.session.pk).content.decode()
        response = official.client.get(join_page(cast.session))
        assert response.url == reverse("labs:session", args=[cast.session.pk])
        official.client.post(join_page(cast.session))
    assert Participation.objects.filter(actor=official.actor).count() == 1
    part = Participation.objects.get(actor=official.actor)
    assert part.pseudonym == official.actor.pseudonym
    assert part.team == cast.team_a


@pytest.mark.view("labs:session", "not yours")
def test_a_session_is_open_only_to_those_in_it(
    cast: Cast, outsider: Person, mentor: Person, stranger: Client
) -> None:
    """Not even staff of the lab, as long as they have not joined."""
    for person in (outsider, mentor):
        assert person.get("labs:session", cast.session.pk).status_code == 404
    assert stranger.get(reverse("labs:session", args=[cast.session.pk])).status_code == 404


def test_a_form_sent_twice_seats_once(cast: Cast, stranger: Client) -> None:
    """Two taps: both requests carry the token that the page laid out."""
    stranger.get(join_page(cast.session))
    laid_out = stranger.cookies[COOKIE].value
    twin = Client()
    twin.cookies[COOKIE] = laid_out
    first = stranger.post(join_page(cast.session))
    twin.post(join_page(cast.session))
    assert first.cookies[COOKIE].value == laid_out
    assert Seat.objects.filter(token_hash=tokens.digest(laid_out)).count() == 1
    assert Participation.objects.filter(session=cast.session).count() == 3


def test_two_people_with_one_browser_are_not_confused(cast: Cast, official: Person) -> None:
    """The second says so, gets a seat of their own, and sees nothing of the first."""
    first = challenge_of(official, "A task that only the first one knows")
    _, _, _, other = open_room("Another lab of the same people")
    page = official.client.get(join_page(other)).content.decode()
    assert official.actor.called in page
    official.client.post(join_page(other), {"somebody_new": "1"})
    me = official.get("accounts:me").content.decode()
    assert official.actor.called not in me
    assert official.get("challenges:challenge", first.pk).status_code == 404
    assert not Seat.objects.filter(actor=official.actor).exists(), "the browser is the second's"
    assert not Participation.objects.filter(actor=official.actor, session=other).exists()


def test_one_person_in_two_rooms_has_two_pseudonyms(cast: Cast, official: Person) -> None:
    """What is theirs stays with them; readers cannot join the rooms."""
    mine = challenge_of(official, "A task I take along")
    before = official.actor.pseudonym
    _, _, _, other = open_room("Another lab")
    official.client.post(join_page(other))
    official.actor.refresh_from_db()
    assert official.actor.pseudonym != before
    assert queries.pseudonym_in(official.actor.pk, cast.session.room) == before
    assert official.get("challenges:challenge", mine.pk).status_code == 200
    back = official.get("labs:session", cast.session.pk)
    official.actor.pseudonym = before
    assert official.actor.called in back.content.decode()


@pytest.mark.view("labs:team", "works")
@pytest.mark.view("labs:team", "not yours")
def test_a_team_of_an_agency_is_entered_by_its_own_code(cast: Cast, stranger: Client) -> None:
    """The room's code opens mixed teams only."""
    mixed = actions.make_team(cohort=cast.cohort, name="Mixed", by=None)
    page = stranger.get(join_page(cast.session)).content.decode()
    assert "Mixed" in page and "Team B" not in page
    stranger.post(join_page(cast.session), {"team": cast.team_b.pk})
    assert (
        not Participation.objects.filter(team=cast.team_b)
        .exclude(actor=cast.neighbour.actor)
        .exists()
    )
    stranger.post(join_page(cast.session), {"team": mixed.pk})
    team = reverse("labs:team", args=[cast.session.pk])
    newest = Participation.objects.latest("pk")
    for wrong in ({"team": cast.team_b.pk}, {"code": "BBBBBB"}, {"code": cast.session.code}):
        stranger.post(team, wrong)
        newest.refresh_from_db()
        assert newest.team == mixed
    stranger.post(team, {"code": cast.team_b.code})
    newest.refresh_from_db()
    assert newest.team == cast.team_b
    assert cast.outsider.post("labs:team", cast.session.pk, team=mixed.pk).status_code == 404


@pytest.mark.view("labs:leave", "works")
@pytest.mark.view("labs:leave", "not yours")
def test_leaving_closes_the_room_and_coming_back_opens_it(cast: Cast, official: Person) -> None:
    """The seat and what was made stay; the same pseudonym waits in the room."""
    called = official.actor.called
    assert cast.outsider.post("labs:leave", cast.session.pk).status_code == 404
    assert official.get("labs:leave", cast.session.pk).status_code == 200
    official.post("labs:leave", cast.session.pk)
    assert official.get("labs:session", cast.session.pk).status_code == 404
    assert official.audience.teams == official.audience.rooms == frozenset()
    assert called not in official.get("accounts:me").content.decode()
    official.client.post(join_page(cast.session))
    page = official.get("labs:session", cast.session.pk).content.decode()
    assert called in page and "Team A" in page


def test_a_closed_session_lets_nobody_in_and_nobody_lose(cast: Cast, official: Person) -> None:
    """Its code is dead; those who were in it still see it."""
    code = cast.session.code
    actions.close_session(session=cast.session, by=cast.facilitator.actor)
    assert queries.entry(code) is None and queries.entry(cast.team_a.code) is None
    with pytest.raises(actions.SessionClosed):
        actions.join(session=cast.session, by=seated().actor)
    assert official.get("labs:session", cast.session.pk).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_many_join_at_once_and_every_pseudonym_is_different() -> None:
    """A room that scans at the same moment; nobody waits for ever, nobody gets another's seat."""
    _, _, _, session = open_room("A full room")
    problems: list[Exception] = []
    start = threading.Barrier(12)

    def arrive() -> None:
        try:
            start.wait()
            actor, _ = people.take_seat()
            actions.join(session=session, by=actor)
        except Exception as problem:  # told by the test, not by the thread
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=arrive) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    drawn = list(session.participations.values_list("pseudonym", flat=True))
    assert len(drawn) == len(set(drawn)) == 12


def test_a_pseudonym_that_is_taken_is_drawn_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database decides who was first."""
    taken = cast.official.actor.pseudonym
    draws = iter([taken, taken, "rice.fern.blue"])
    newcomer = seated()
    monkeypatch.setattr("vuon_web.accounts.pseudonyms.draw", lambda: next(draws))
    part = actions.join(session=cast.session, by=newcomer.actor)
    assert part.pseudonym == "rice.fern.blue"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time stands still until the test moves it."""
    clock = Clock()
    monkeypatch.setattr(GUESSES, "clock", clock)
    GUESSES.forget()
    return clock


def test_wrong_codes_are_capped_for_the_server(cast: Cast, clock: Clock) -> None:
    """Ten a second, from however many browsers; a second later the right one works."""

    def tried(code: str) -> int:
        return Client().post(reverse("labs:join"), {"code": code}).status_code

    assert [tried("BBBBBB") for _ in range(11)] == [422] * 10 + [429]
    assert tried(cast.session.code) == 429
    clock.now += 1
    assert [tried(cast.session.code) for _ in range(30)] == [302] * 30, "right ones are given back"


def test_wrong_codes_are_capped_for_a_seat_and_not_for_its_neighbour(
    cast: Cast, official: Person, clock: Clock
) -> None:
    """Five a minute; never counted by address, which a room shares."""
    answers = [official.post("labs:join", code="BBBBBB").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert official.post("labs:join", code=cast.session.code).status_code == 429
    clock.now += 1
    assert official.post("labs:join", code=cast.session.code).status_code == 429
    assert cast.neighbour.post("labs:join", code=cast.session.code).status_code == 302
    clock.now += 12
    assert official.post("labs:join", code=cast.session.code).status_code == 302
