"""One's own page: the resume code on a second device, old codes dead, devices, being forgotten."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import Cast, Person, challenge_of

from vuon_web.accounts import actions, resume_codes
from vuon_web.accounts.models import Actor, Seat
from vuon_web.accounts.seats import COOKIE

pytestmark = pytest.mark.django_db


def shown_words(page: str) -> str:
    """The eight words that a page shows."""
    listed = re.search(r'<ol class="code-words".*?</ol>', page, re.S)
    assert listed
    return " ".join(re.findall(r"<li>(.*?)</li>", listed.group()))


@pytest.mark.view("accounts:me", "works")
def test_me_says_what_i_am_called(official: Person, facilitator: Person) -> None:
    """By pseudonym, staff by name."""
    page = html.unescape(official.get("accounts:me").content.decode())
    assert official.actor.called in page
    assert facilitator.actor.called in facilitator.get("accounts:me").content.decode()


@pytest.mark.view("accounts:me", "not yours")
def test_a_stranger_has_no_page_and_gets_no_seat(stranger: Client) -> None:
    """The page says how to come back; it makes nobody."""
    response = stranger.get(reverse("accounts:me"))
    assert response.status_code == 200
    assert COOKIE not in response.cookies
    assert not Actor.objects.exists()


@pytest.mark.view("accounts:code", "works")
@pytest.mark.view("accounts:resume", "works")
def test_go_on_on_a_second_device(official: Person, stranger: Client) -> None:
    """The words as somebody types them from paper; both devices then know the person."""
    mine = challenge_of(official, "A task begun on the telephone")
    page = official.post("accounts:code").content.decode()
    words = shown_words(page)
    assert len(words.split()) == 8 and "<svg" in page
    assert (
        "http"
        not in page[page.index("code-words") : page.index("</svg>", page.index("code-words"))]
    )
    typed = words.upper().replace(" ", ", ")
    response = stranger.post(reverse("accounts:resume"), {"words": typed})
    assert response.url == reverse("accounts:me")
    assert words.split()[0] not in response.url
    for client in (stranger, official.client):
        assert client.get(reverse("challenges:challenge", args=[mine.pk])).status_code == 200


@pytest.mark.view("accounts:resume", "not yours")
def test_a_wrong_code_opens_nothing(official: Person, stranger: Client) -> None:
    """A mistyped word is named; words that are all in the list are simply not known."""
    official.post("accounts:code")
    form = reverse("accounts:resume")
    assert stranger.get(form).status_code == 200
    mistyped = stranger.post(form, {"words": "ban " * 7 + "kangaroo"})
    assert mistyped.status_code == 422 and "kangaroo" in mistyped.content.decode()
    short = stranger.post(form, {"words": "ban bao bat"})
    assert short.status_code == 422 and "3" in short.content.decode()
    unknown = stranger.post(form, {"words": "ban " * 8})
    assert unknown.status_code == 422
    assert COOKIE not in stranger.cookies


@pytest.mark.view("accounts:code", "not yours")
def test_a_code_is_only_for_who_has_a_seat(facilitator: Person, stranger: Client) -> None:
    """Staff sign in, strangers have nothing to come back to; and a look makes no code."""
    assert stranger.post(reverse("accounts:code")).status_code == 404
    assert facilitator.post("accounts:code").status_code == 404


def test_looking_at_the_address_of_the_code_renews_nothing(official: Person) -> None:
    """GET goes to my page, and the code that was written down still works."""
    words = shown_words(official.post("accounts:code").content.decode())
    assert official.get("accounts:code").status_code == 302
    assert actions.resume(code=resume_codes.read(words))[0] == official.actor


@pytest.mark.view("accounts:revoke", "works")
@pytest.mark.view("accounts:revoke", "not yours")
def test_a_renewed_and_a_revoked_code_are_dead(official: Person, stranger: Client) -> None:
    """At once, and only the newest opens."""
    first, second = (shown_words(official.post("accounts:code").content.decode()) for _ in range(2))
    form = reverse("accounts:resume")
    assert stranger.post(form, {"words": first}).status_code == 422
    assert stranger.post(form, {"words": second}).status_code == 302
    assert Client().post(reverse("accounts:revoke")).status_code == 404
    official.post("accounts:revoke")
    assert Client().post(form, {"words": second}).status_code == 422


def test_only_the_hash_of_a_code_is_kept(official: Person) -> None:
    """80 random bits, each draw another, none of its words in any field of the actor."""
    words = official.post("accounts:code")
    code = shown_words(words.content.decode()).split()
    official.actor.refresh_from_db()
    kept = " ".join(str(value) for value in vars(official.actor).values())
    assert not [word for word in code if re.search(rf"\b{word}\b", kept)]
    assert len(set(resume_codes.words())) == len(resume_codes.words()) == 1024
    assert len({resume_codes.draw() for _ in range(200)}) == 200


def test_words_of_codes_survive_every_keyboard() -> None:
    """No word is changed by Telex or VNI: no tone key after a vowel, no doubled letter."""
    for word in resume_codes.words():
        assert resume_codes.read(word) == (word,)
        assert not re.search(r"[aeiouy].*[sfrxjwz]|aa|ee|oo|dd|\d", word), word


@pytest.mark.view("accounts:devices", "works")
@pytest.mark.view("accounts:devices", "not yours")
def test_ending_all_other_devices(official: Person, neighbour: Person, stranger: Client) -> None:
    """Mine only: the neighbour's stay, and this one stays."""
    words = shown_words(official.post("accounts:code").content.decode())
    stranger.post(reverse("accounts:resume"), {"words": words})
    assert Seat.objects.filter(actor=official.actor).count() == 2
    assert Client().post(reverse("accounts:devices")).status_code == 404
    official.post("accounts:devices")
    assert Seat.objects.filter(actor=official.actor).count() == 1
    for person, known in ((official, True), (neighbour, True)):
        assert (person.actor.called in person.get("accounts:me").content.decode()) is known
    assert official.actor.called not in stranger.get(reverse("accounts:me")).content.decode()


@pytest.mark.view("accounts:forget", "works")
@pytest.mark.view("accounts:forget", "not yours")
def test_this_device_forgets_me(official: Person, neighbour: Person) -> None:
    """Asked once; afterwards the browser holds nothing, and what was made is still there."""
    mine = challenge_of(official, "A task that is kept")
    assert Client().get(reverse("accounts:forget")).status_code == 404
    words = shown_words(official.post("accounts:code").content.decode())
    assert official.get("accounts:forget").status_code == 200
    assert Seat.objects.filter(actor=official.actor).exists()
    response = official.post("accounts:forget")
    assert response.cookies[COOKIE].value == ""
    assert not Seat.objects.filter(actor=official.actor).exists()
    assert Seat.objects.filter(actor=neighbour.actor).exists()
    assert official.get("challenges:challenge", mine.pk).status_code == 404
    official.post("accounts:resume", words=words)
    assert official.get("challenges:challenge", mine.pk).status_code == 200


def test_forgetting_without_a_code_warns(official: Person) -> None:
    """The one thing that can be lost is said before."""
    warned = official.get("accounts:forget").content.decode()
    official.post("accounts:code")
    assert official.get("accounts:forget").content.decode() != warned
    assert "notice-clay" in warned


@pytest.mark.view("accounts:who_sees", "works")
@pytest.mark.view("accounts:who_sees", "not yours")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_who_sees_what_is_short_whole_and_the_same_for_all(
    cast: Cast, stranger: Client, language: str
) -> None:
    """At most 120 words for the core; every tier, the limits; nothing about anybody."""
    stranger.cookies["vuon_language"] = language
    page = stranger.get(reverse("accounts:who_sees")).content.decode()
    core = re.search(r"<section[^>]*data-core.*?</section>", page, re.S)
    assert core
    words = html.unescape(re.sub(r"<[^>]+>", " ", core.group())).split()
    assert len(words) <= 120, len(words)
    assert ("chưa được mã hóa" in page) if language == "vi" else ("not encrypted yet" in page)
    assert ("bí mật nhà nước" in page) if language == "vi" else ("state secrets" in page)
    assert cast.official.actor.called not in page
