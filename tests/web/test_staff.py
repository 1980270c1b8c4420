"""Staff: the link that works once, how they sign in, the second lock, and no English in Vietnamese."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.views.generic import RedirectView
from tests.factories import Cast, Person

from vuon_web.accounts import staff_urls
from vuon_web.accounts.models import Actor, Invitation, User
from vuon_web.accounts.permissions import Role
from vuon_web.labs import actions, queries
from vuon_web.labs.models import Staff

pytestmark = pytest.mark.django_db

PASSWORD = "four words in a row"


def link(cast: Cast, role: Role = Role.FACILITATOR) -> str:
    """The address of a fresh one-time link."""
    token = actions.invite_staff(lab=cast.lab, role=role, by=cast.facilitator.actor)
    return reverse("accounts:facilitate", args=[token])


@pytest.mark.view("accounts:facilitate", "works")
def test_a_link_makes_somebody_staff_once(cast: Cast, stranger: Client) -> None:
    """Looking changes nothing; the first button wins; the second visitor is told."""
    address = link(cast)
    for _ in range(2):
        assert cast.lab.title in stranger.get(address).content.decode()
    assert not Invitation.objects.exclude(used_at=None).filter(actor=None).exists()
    assert stranger.post(address).url == reverse("accounts:sign_in")
    newcomer = User.objects.latest("pk").actor
    assert (Role.FACILITATOR, cast.lab.pk) in queries.audience_for(newcomer.pk).roles
    late = Client()
    assert late.post(address).status_code == late.get(address).status_code == 410
    assert User.objects.count() == 3


@pytest.mark.view("accounts:facilitate", "not yours")
def test_an_unknown_or_old_link_gives_nothing(cast: Cast, stranger: Client) -> None:
    """Whether it never was or is over."""
    old = link(cast)
    Invitation.objects.filter(used_at=None).update(expires=timezone.now() - timedelta(minutes=1))
    for address in (old, reverse("accounts:facilitate", args=["x" * 43]), "/facilitate/hm/"):
        assert stranger.get(address).status_code == 410
        assert stranger.post(address).status_code == 410
    assert Staff.objects.count() == 2


def test_only_the_hash_of_a_link_is_kept(cast: Cast) -> None:
    """Whoever reads the database cannot use a link that is still open."""
    token = link(cast).split("/")[-2]
    assert not Invitation.objects.filter(token_hash=token).exists()


def test_a_link_used_by_staff_adds_a_role(cast: Cast, mentor: Person) -> None:
    """No second account, and the way leads to the lab."""
    response = mentor.client.post(link(cast))
    assert response.url == reverse("labs:lab", args=[cast.lab.slug])
    roles = {role for role, _ in mentor.audience.roles}
    assert roles == {Role.MENTOR, Role.FACILITATOR}


def test_a_participant_who_uses_a_link_does_not_become_known(cast: Cast, official: Person) -> None:
    """The account is another actor: what was made under a pseudonym stays under it."""
    official.client.post(link(cast, Role.MENTOR))
    newcomer = User.objects.latest("pk").actor
    assert newcomer.pk != official.actor.pk
    assert not Actor.objects.get(pk=official.actor.pk).user_id


def test_the_first_facilitator_owns_the_lab(cast: Cast) -> None:
    """And a later one does not take it over."""
    cast.lab.refresh_from_db()
    assert cast.lab.owner == cast.facilitator.actor
    Client().post(link(cast))
    cast.lab.refresh_from_db()
    assert cast.lab.owner == cast.facilitator.actor


@pytest.mark.view("accounts:sign_in", "works")
def test_come_back_on_another_day(cast: Cast, stranger: Client) -> None:
    """From the link to a user name and a password, out, and in again."""
    stranger.post(link(cast))
    form = reverse("accounts:sign_in")
    assert stranger.get(form).status_code == 200
    taken = stranger.post(form, {"username": "Mentor", "password": PASSWORD})
    easy = stranger.post(form, {"username": "lotus", "password": "password12"})
    assert taken.status_code == easy.status_code == 422
    stranger.post(form, {"username": "Lotus", "name": "Lotus at the window", "password": PASSWORD})
    assert "Lotus at the window" in stranger.get(reverse("accounts:me")).content.decode()
    stranger.post(reverse("account_logout"))
    assert "Lotus" not in stranger.get(reverse("accounts:me")).content.decode()
    entered = {"login": "lotus", "password": PASSWORD}
    wrong = stranger.post(reverse("account_login"), {**entered, "password": "not this one"})
    assert wrong.status_code == 200
    assert stranger.post(reverse("account_login"), entered).url == reverse("labs:ours")


@pytest.mark.view("accounts:sign_in", "not yours")
def test_only_staff_choose_a_password(official: Person, stranger: Client) -> None:
    """Participants have no account."""
    for client in (official.client, stranger):
        assert client.get(reverse("accounts:sign_in")).status_code == 404


def test_nobody_signs_up(stranger: Client) -> None:
    """Every address that the library has for it leads to the sign-in, or nowhere."""
    for name in ("account_signup", "account_email", "account_reset_password"):
        assert stranger.get(reverse(name)).url == reverse("account_login")
        data = {"username": "me", "password1": PASSWORD, "password2": PASSWORD}
        stranger.post(reverse(name), data)
    assert not User.objects.exists()


MENTOR = {"login": "mentor", "password": "Mentor has a long password"}


def signed_in() -> Client:
    """The mentor, who has just typed the password once more, as what follows asks for."""
    client = Client()
    client.post(reverse("account_login"), MENTOR)
    client.post(reverse("account_reauthenticate"), {"password": MENTOR["password"]})
    return client


def switched_on(client: Client) -> str:
    """The key of the app on the telephone, once it is the second lock."""
    secret: str = client.get(reverse("mfa_activate_totp")).context["form"].secret
    response = client.post(reverse("mfa_activate_totp"), {"code": now_code(secret)})
    assert response.status_code == 302
    return secret


def now_code(secret: str) -> str:
    """What the app on the telephone shows."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_the_second_lock(cast: Cast) -> None:
    """Switched on with a code from the app; then the password alone is not enough, and a printed
    code helps once."""
    client = signed_in()
    page = client.get(reverse("mfa_activate_totp"))
    assert page.context["form"].secret in page.content.decode()
    assert client.post(reverse("mfa_activate_totp"), {"code": "1"}).status_code == 200
    switched_on(client)
    printed = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(printed) == 10
    again = Client()
    response = again.post(reverse("account_login"), MENTOR)
    assert response.url == reverse("mfa_authenticate")
    assert "Mentor" not in again.get(reverse("accounts:me")).content.decode()
    assert again.post(response.url, {"code": printed[0]}).status_code == 302
    assert "Mentor" in again.get(reverse("accounts:me")).content.decode()
    third = Client()
    third.post(reverse("account_login"), MENTOR)
    assert third.post(reverse("mfa_authenticate"), {"code": printed[0]}).status_code == 200


def test_what_changes_the_sign_in_asks_for_the_password_once_more(cast: Cast) -> None:
    """A browser left open is not enough."""
    client = Client()
    client.post(reverse("account_login"), MENTOR)
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    wrong = client.post(reverse("account_reauthenticate"), {"password": "not this one"})
    assert wrong.status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 302


def names(patterns: Any = staff_urls.urlpatterns) -> list[str]:
    """Every address of the sign-in that needs no more than its name, and does not only pass on."""
    found = []
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            found += names(pattern.url_patterns) if not pattern.pattern.converters else []
        elif getattr(pattern.callback, "view_class", None) is not RedirectView:
            found.append(pattern.name)
    return found


# Addresses that send a file or data, or are only for somebody with a passkey.
PAGELESS = {"mfa_download_recovery_codes", "mfa_login_webauthn", "mfa_reauthenticate_webauthn"}
ENGLISH = re.compile(
    r"\b(the|and|your|you|please|password|sign|code|codes|two-factor|authenticat\w+|security|"
    r"remember|username|field|required|enter|incorrect|invalid|again|must|recovery)\b",
    re.IGNORECASE,
)


def english_in(page: str) -> list[str]:
    """English words among what a person reads; what is marked as not to translate is left out."""
    body = page[page.index("<body") :]
    for tag in ("script", "style"):
        body = re.sub(rf"<{tag}\b.*?</{tag}>", " ", body, flags=re.S)
    body = re.sub(r'<(\w+)[^>]*(?:translate="no"|lang="en")[^>]*>.*?</\1>', " ", body, flags=re.S)
    said = re.sub(r'<[^>]*?(?:placeholder|alt|aria-label)="([^"]*)"[^>]*>', r" \1 ", body)
    return ENGLISH.findall(re.sub(r"<[^>]+>", " ", said))


@pytest.mark.parametrize("name", names())
def test_no_english_in_the_vietnamese_pages_of_sign_in(cast: Cast, name: str) -> None:
    """Neither when they are looked at nor when they refuse: signed out, signed in, with a second
    lock, and half-way through it."""
    wrong = {"login": "x", "password": "y", "oldpassword": "z", "password1": "short",
             "password2": "other", "code": "1", "name": ""}  # fmt: skip
    outside, inside, half = Client(), signed_in(), Client()

    def pages(client: Client) -> Iterator[str]:
        for response in (client.get(reverse(name)), client.post(reverse(name), wrong)):
            if response.status_code in (200, 429) and "html" in response["Content-Type"]:
                yield response.content.decode()

    shown = [*pages(outside), *pages(inside)]
    locked = signed_in()
    switched_on(locked)
    half.post(reverse("account_login"), MENTOR)
    shown += [*pages(locked), *pages(half)]
    assert shown or name in PAGELESS, "it shows a page to nobody"
    for page in shown:
        assert not english_in(page), english_in(page)
