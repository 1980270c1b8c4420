"""The pulse of a game, answered before anything else where it is known.

Every phone of a team asks every two seconds. Whoever asked once through the ordinary view may be
answered from memory for a while, until the game goes on or somebody leaves it. Nothing but a number
is kept; a browser is known by the hash of its cookies. With several processes a phone hears from
another one's games when its permit has run out, after `SECONDS`.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

Asgi = Callable[[Any, Any, Any], Awaitable[None]]
SECONDS = 6.0
MOST = 5000
_PATH = re.compile(r"/practice/g/([0-9a-f-]{36})/pulse/\Z")
_permits: dict[tuple[str, bytes], tuple[float, bytes]] = {}


def _browser(cookies: str) -> bytes:
    return hashlib.sha256(cookies.encode()).digest()


def permit(request: HttpRequest, game_id: UUID, answer: dict[str, Any]) -> None:
    """This browser may be given this answer from memory until it changes."""
    if len(_permits) >= MOST:
        _permits.clear()
    known = (str(game_id), _browser(request.META.get("HTTP_COOKIE", "")))
    _permits[known] = (time.monotonic() + SECONDS, json.dumps(answer).encode())


def forget(*game_ids: UUID) -> None:
    """The answers of these games are no longer true, from the end of this transaction."""
    gone = {str(each) for each in game_ids}

    def drop() -> None:
        for key in [key for key in list(_permits) if key[0] in gone]:
            _permits.pop(key, None)

    drop()
    transaction.on_commit(drop)


def answering(inner: Asgi) -> Asgi:
    """The application with pulses answered in front of it."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        found = _PATH.match(scope.get("path", "")) if scope["type"] == "http" else None
        answer = _known(found[1], scope) if found and scope["method"] == "GET" else None
        if answer is None:
            await inner(scope, receive, send)
            return
        headers = [
            (b"content-type", b"application/json"),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    return application


def _known(game_id: str, scope: Any) -> bytes | None:
    cookies = next((value for name, value in scope["headers"] if name == b"cookie"), b"")
    kept = _permits.get((game_id, _browser(cookies.decode("latin-1"))))
    return kept[1] if kept and kept[0] > time.monotonic() else None
