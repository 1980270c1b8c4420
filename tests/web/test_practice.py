"""The opening of a practice place: it works, nothing is kept unasked, and a guess is one's own."""

from __future__ import annotations

import pytest
from django.test import Client

from vuon_web.accounts.models import Actor
from vuon_web.audit.models import Event
from vuon_web.practice.models import Guess

pytestmark = pytest.mark.django_db

GUESS = "/practice/song-an/guess/"
AFTER = "/practice/song-an/after/"
FORGET = "/practice/song-an/forget/"
BEANS = {"beans-words": "9", "beans-data": "6", "beans-load": "5", "beans-extra": "0"}


def guessed() -> Client:
    """A browser in which somebody guessed."""
    client = Client()
    assert client.post(GUESS, BEANS).status_code == 302
    return client


@pytest.mark.view("practice:start", "works")
def test_practice_goes_straight_into_the_one_place(client: Client) -> None:
    response = client.get("/practice/", follow=True)
    assert response.redirect_chain == [("/practice/song-an/", 302)]
    assert "Tám giờ mười, sáng thứ Hai" in response.content.decode()


@pytest.mark.view("practice:arrive", "works")
@pytest.mark.view("practice:voices", "works")
@pytest.mark.view("practice:letter", "works")
@pytest.mark.parametrize(
    ("step", "vietnamese", "english"),
    [
        ("", "sáng thứ Hai", "Monday morning"),
        ("voices/", "đứng chờ", "I stand and wait"),
        ("letter/", "thêm một quầy", "one more"),
        ("guess/", "20 hạt", "20 beans"),
    ],
)
def test_each_scene_in_both_languages(
    client: Client, step: str, vietnamese: str, english: str
) -> None:
    assert vietnamese in client.get(f"/practice/song-an/{step}").content.decode()
    client.cookies["vuon_language"] = "en"
    html = client.get(f"/practice/song-an/{step}").content.decode()
    assert english in html
    assert "Practice place" in html


def test_looking_around_makes_nobody(client: Client) -> None:
    for step in ("", "voices/", "letter/", "guess/"):
        client.get(f"/practice/song-an/{step}")
    assert not Actor.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("step", ["", "voices/", "letter/", "guess/", "after/"])
def test_a_place_that_is_not_there(client: Client, step: str) -> None:
    assert client.get(f"/practice/elsewhere/{step}").status_code == 404


@pytest.mark.view("practice:guess", "works")
@pytest.mark.view("practice:after", "works")
def test_a_guess_is_kept_for_an_actor_without_a_name(client: Client) -> None:
    response = client.post(GUESS, BEANS, follow=True)
    assert response.redirect_chain == [(AFTER, 302)]
    kept = Guess.objects.get()
    assert kept.beans == {"words": 9, "data": 6, "load": 5, "extra": 0}
    actor = Actor.objects.get()
    assert (actor.user, kept.actor_id) == (None, actor.pk)
    html = response.content.decode()
    assert "Lời hướng dẫn khó hiểu" in html
    assert "Chỉ mình anh/chị xem được" in html


def test_coming_back_leads_to_the_guess() -> None:
    response = guessed().get("/practice/", follow=True)
    assert response.redirect_chain == [(AFTER, 302)]


def test_a_form_sent_twice_makes_one_actor(client: Client) -> None:
    client.get(GUESS)
    seat = client.cookies["vuon_seat"].value
    for _ in range(2):
        again = Client()
        again.cookies["vuon_seat"] = seat
        again.post(GUESS, BEANS)
    assert Actor.objects.count() == Guess.objects.count() == 1


@pytest.mark.parametrize(
    ("beans", "said"),
    [
        ({"beans-words": "13"}, "Còn 7 hạt"),
        ({"beans-words": "20", "beans-load": "3"}, "Thừa 3 hạt"),
        ({"beans-words": "21"}, "Tất cả chỉ có 20 hạt"),
        ({"beans-words": "-1", "beans-load": "20"}, "ghi 0"),
        ({"beans-words": "many"}, "số nguyên"),
        ({}, "Còn 20 hạt"),
    ],
)
def test_beans_that_do_not_add_up_are_given_back(
    client: Client, beans: dict[str, str], said: str
) -> None:
    response = client.post(GUESS, beans)
    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    for value in beans.values():
        assert f'value="{value}"' in html
    assert not Guess.objects.exists()
    assert not Actor.objects.exists()


def test_a_guess_can_be_changed() -> None:
    client = guessed()
    assert 'value="9"' in client.get(GUESS).content.decode()
    client.post(GUESS, {"beans-extra": "20"})
    assert Guess.objects.get().beans["extra"] == 20


@pytest.mark.view("practice:forget", "works")
def test_a_guess_can_be_deleted() -> None:
    client = guessed()
    response = client.post(FORGET, follow=True)
    assert "Đã xóa phần đoán" in response.content.decode()
    assert not Guess.objects.exists()
    assert client.get(AFTER)["Location"] == GUESS


def test_a_link_deletes_nothing() -> None:
    client = guessed()
    assert client.get(FORGET).status_code == 405
    assert Guess.objects.exists()


@pytest.mark.view("practice:guess", "not yours")
@pytest.mark.view("practice:after", "not yours")
@pytest.mark.view("practice:forget", "not yours")
def test_nobody_else_reads_or_deletes_a_guess() -> None:
    """Somebody without a seat, somebody with one, by every address there is."""
    guessed()
    kept = Guess.objects.get()
    stranger, neighbour = Client(), guessed()
    neighbour.post(GUESS, {"beans-extra": "20"})
    for other in (stranger, neighbour):
        for step in ("", "voices/", "letter/", "guess/", "after/"):
            html = other.get(f"/practice/song-an/{step}", follow=True).content.decode()
            assert 'value="9"' not in html
            assert ">9<" not in html
    stranger.post(FORGET)
    neighbour.post(FORGET)
    assert [guess.pk for guess in Guess.objects.all()] == [kept.pk]


def test_the_record_does_not_know_what_was_guessed() -> None:
    client = guessed()
    client.post(GUESS, {"beans-extra": "20"})
    client.post(FORGET)
    events = Event.objects.filter(kind="guess").order_by("seq")
    assert [event.verb for event in events] == ["guessed", "changed", "forgot"]
    assert all(event.detail == {} for event in events)


def test_a_page_with_a_guess_stays_in_no_cache() -> None:
    assert "no-store" in guessed().get(AFTER)["Cache-Control"]
