"""The pulse answered in front: only to whoever asked through the view, and never for long."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.web.practice_games import begun

from vuon_web.practice import pulses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_permits() -> None:
    pulses._permits.clear()


def ask(path: str, cookies: str) -> tuple[bool, bytes]:
    """Whether it was answered in front, and what."""
    passed, sent = [], []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        passed.append(scope)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "headers": [(b"cookie", cookies.encode())],
    }
    asyncio.run(pulses.answering(inner)(scope, None, send))
    return not passed, b"".join(message.get("body", b"") for message in sent)


def test_a_phone_that_asked_once_is_answered_until_the_game_goes_on(
    django_capture_on_commit_callbacks: Any,
) -> None:
    player = begun()
    path = f"/practice/g/{player.game.pk}/pulse/"
    cookies = f"vuon_seat={player.client.cookies['vuon_seat'].value}"
    assert ask(path, cookies) == (False, b"")
    player.client.get(path, headers={"cookie": cookies})
    assert ask(path, cookies) == (True, b'{"at": 1, "held": false}')
    assert not ask(path, "vuon_seat=somebody-else")[0]
    assert not ask(f"/practice/g/{player.game.pk}/look/", cookies)[0]
    with django_capture_on_commit_callbacks(execute=True):
        player.post("move", "observe")
    assert not ask(path, cookies)[0], "it is asked anew, and hears of the move"


def test_a_permit_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    player = begun()
    path = f"/practice/g/{player.game.pk}/pulse/"
    cookies = f"vuon_seat={player.client.cookies['vuon_seat'].value}"
    player.client.get(path, headers={"cookie": cookies})
    later = pulses.time.monotonic() + pulses.SECONDS + 1
    monkeypatch.setattr(pulses.time, "monotonic", lambda: later)
    assert not ask(path, cookies)[0]


def test_who_left_is_answered_no_more(django_capture_on_commit_callbacks: Any) -> None:
    player = begun()
    path = f"/practice/g/{player.game.pk}/pulse/"
    cookies = f"vuon_seat={player.client.cookies['vuon_seat'].value}"
    player.client.get(path, headers={"cookie": cookies})
    with django_capture_on_commit_callbacks(execute=True):
        player.post("leave")
    assert not ask(path, cookies)[0]
