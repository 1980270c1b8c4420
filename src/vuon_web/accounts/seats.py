"""The seat of a browser: a cookie that no page can read, made by a form and never by a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from vuon_web.accounts import tokens
from vuon_web.accounts.actions import end_seat, take_seat
from vuon_web.accounts.models import Actor

COOKIE = "vuon_seat"
KEPT_FOR = 400 * 24 * 3600  # the longest that browsers keep a cookie

_Response = TypeVar("_Response", bound=HttpResponseBase)


def seated(request: HttpRequest) -> tuple[Actor, Callable[[_Response], _Response]]:
    """Whoever asks, with a seat if they had none; and what to wrap the answer in to give it.

    `actor, seat = seated(request)` … `return seat(redirect(…))`. Only for POST: a link that a
    chat program looks at beforehand must not make anybody.
    """
    assert request.method == "POST", "GET never makes a seat"
    actor = getattr(request, "actor", None)
    if actor is not None:
        return actor, lambda response: response
    actor, token = take_seat(token=token_of(request))
    request.actor = actor  # type: ignore[attr-defined]
    return actor, lambda response: give(response, token)


def token_of(request: HttpRequest) -> str:
    """The token that the browser holds, or nothing."""
    return request.COOKIES.get(COOKIE, "")


def hash_of(request: HttpRequest) -> str:
    """The hash of the browser's token, for counting guesses; empty without one."""
    return tokens.digest(token_of(request)) if token_of(request) else ""


def give(response: _Response, token: str) -> _Response:
    """Put the seat into the browser."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=KEPT_FOR,
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )
    return response


def lay_out(request: HttpRequest, response: _Response) -> _Response:
    """Give the browser a token on which nobody sits yet, so that a form sent twice seats once.

    Nothing is kept of it here; it becomes a seat when the form is sent.
    """
    if getattr(request, "actor", None) is None and not tokens.is_formed(token_of(request)):
        return give(response, tokens.new())
    return response


def vacate(request: HttpRequest) -> None:
    """Whoever sat in this browser sits in it no more; staff who are signed in stay signed in."""
    actor = getattr(request, "actor", None)
    if actor is not None and actor.user_id is None:
        end_seat(token=token_of(request), by=actor)
        request.actor = None  # type: ignore[attr-defined]
        request.COOKIES.pop(COOKIE, None)


def clear(response: _Response) -> _Response:
    """Take the seat out of the browser."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
